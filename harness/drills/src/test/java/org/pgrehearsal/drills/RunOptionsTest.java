package org.pgrehearsal.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pgrehearsal.course.Size;
import org.pgrehearsal.platform.local.WorkPlace;

class RunOptionsTest {
    @Test
    void goesWhereItIsTold() {
        assertThat(options(Path.of("/elsewhere"), Size.SMALL, true).place()).isEqualTo(Path.of("/elsewhere"));
    }

    @Test
    void doesNotFillMemoryWithWhatIsKept() {
        assertThat(options(null, Size.SMALL, true).place()).isEqualTo(WorkPlace.DISK);
    }

    @Test
    void doesNotFillMemoryWithWhatIsLarge() {
        // a machine with the terabytes for that is no laptop
        assertThat(options(null, new Size(10_000, 4, 1), false).place()).isEqualTo(WorkPlace.DISK);
    }

    @Test
    void needsMoreForALargerSource() {
        assertThat(options(null, Size.LARGE, false).bytes())
                .isEqualTo(38 * options(null, Size.SMALL, false).bytes());
    }

    private static RunOptions options(@Nullable Path work, Size size, boolean keep) {
        return new RunOptions(
                Path.of("/home"),
                Path.of("/reports"),
                new StoreChoice.Embedded(),
                work,
                List.of("pgbackrest"),
                null,
                false,
                size,
                1,
                keep,
                1,
                "./rehearse run");
    }
}
