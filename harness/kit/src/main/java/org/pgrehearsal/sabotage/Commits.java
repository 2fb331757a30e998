package org.pgrehearsal.sabotage;

import java.util.Optional;
import org.pgrehearsal.wal.Lsn;

/** Where the archived log says that the commits ended which a checker would miss. */
@FunctionalInterface
public interface Commits {
    /** The end of the first such commit record that ends after a position; empty if there is none, or nobody knows. */
    Optional<Lsn> firstEndingAfter(Lsn position);

    /** Nobody knows. A loss may then begin anywhere from the damage on. */
    static Commits unknown() {
        return position -> Optional.empty();
    }
}
