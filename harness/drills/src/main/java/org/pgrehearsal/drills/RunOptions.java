package org.pgrehearsal.drills;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgrehearsal.course.Size;
import org.pgrehearsal.platform.local.WorkPlace;

/**
 * What to run.
 *
 * @param home     the repository: {@code features/} is read from it
 * @param reports  where run folders go
 * @param store    where backups go
 * @param work     where clusters are made; the run makes a directory of its own in it; null for where it suits best
 * @param systems  backup systems by name, in the order of the report
 * @param scenario a part of the names of the scenarios to run; null for all
 * @param all      whether the whole matrix is run, and not only what is tagged {@code @default}
 * @param size     how much the sources do
 * @param seed     of every random choice
 * @param keep     whether the work directory stays
 * @param jobs     how many drills run side by side
 * @param command  how to run the same again, for the report
 */
public record RunOptions(
        Path home,
        Path reports,
        StoreChoice store,
        @Nullable Path work,
        List<String> systems,
        @Nullable String scenario,
        boolean all,
        Size size,
        long seed,
        boolean keep,
        int jobs,
        String command) {
    /** Every backup system of the local platform. */
    public static final List<String> SYSTEMS = List.of("pgbackrest", "barman-cloud", "pg-dump");

    private static final long GIBIBYTE = 1L << 30;

    public RunOptions {
        systems = List.copyOf(systems);
    }

    /** What the work directory surely takes, in bytes: a run that begins with less than that can only fail. */
    long bytes() {
        int times = Math.max(1, size.scale() / Size.SMALL.scale());
        return GIBIBYTE * systems.size() * (all && scenario == null ? 4 : 1) * times;
    }

    /** Where the work directory goes. What is kept must not fill memory for longer than the run. */
    Path place() {
        if (work != null) {
            return work;
        }
        return keep ? WorkPlace.DISK : WorkPlace.preferred(bytes());
    }
}
