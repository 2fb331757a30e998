package org.pgrehearsal.platform.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import org.pgrehearsal.platform.Machine;
import org.pgrehearsal.platform.MachineException;
import org.pgrehearsal.process.Command;
import org.pgrehearsal.process.Janitor;
import org.pgrehearsal.process.Runner;

/** Where a run may put its work directory. Every refusal is one line with the remedy. */
public final class WorkPlace {
    /** A socket's path has 107 bytes and a zero ({@code sun_path} in {@code unix(7)}). */
    private static final int SOCKET_PATH = 107;

    /** The longest that a cluster puts behind the work directory. */
    private static final String LONGEST = "/c99999/s/.s.PGSQL.65535";

    private static final String REMEDY = "; choose another place with --work";

    /** For what is larger than memory, or stays. */
    public static final Path DISK = Path.of("/tmp");

    private static final Path MEMORY = Path.of("/dev/shm");

    /** How many times what a run needs must be free before it goes to memory: other programs need some too. */
    private static final int PLENTY = 4;

    private WorkPlace() {}

    /**
     * Where work directories go if nobody says where: memory if there is plenty, since drills write and remove gigabytes that nobody keeps, else
     * the disk.
     *
     * @param bytes what the run needs
     */
    public static Path preferred(long bytes) {
        boolean plenty = Files.isWritable(MEMORY)
                && Math.min(Machine.freeBytes(MEMORY), Machine.availableMemory()) / PLENTY >= bytes;
        return plenty ? MEMORY : DISK;
    }

    /**
     * A name for a work directory that is not there yet; the directories above it are made.
     *
     * @throws MachineException if there can be none in {@code parent}
     */
    public static Path choose(Path parent) {
        Path work = parent.resolve(String.format(
                Locale.ROOT, "rehearse-%08x", ThreadLocalRandom.current().nextInt()));
        int excess = (work + LONGEST).getBytes(StandardCharsets.UTF_8).length - SOCKET_PATH;
        if (excess > 0) {
            throw new MachineException(
                    "the path of a socket in " + parent + " would be " + excess + " bytes longer than the "
                            + SOCKET_PATH + " that the kernel allows; choose a shorter place with --work");
        }
        try {
            Files.createDirectories(parent);
        } catch (IOException e) {
            throw unusable(parent, e);
        }
        return work;
    }

    /**
     * Makes the work directory, with a janitor that removes it.
     *
     * @throws MachineException if it cannot be made
     */
    public static Janitor make(Path work, String cookie, boolean keep) {
        try {
            return Janitor.watch(work, cookie, keep);
        } catch (IOException e) {
            throw unusable(work, e);
        }
    }

    /**
     * Makes sure that the user that the commands run as gets into the work directory.
     *
     * @throws MachineException if a directory above it is closed to that user
     */
    public static void demandEntry(Runner runner) {
        if (!runner.run(Command.of("test", "-x", runner.place())).succeeded()) {
            throw new MachineException("the user " + runner.account().name() + ", who runs PostgreSQL, cannot enter "
                    + runner.place().getParent() + REMEDY);
        }
    }

    private static MachineException unusable(Path place, IOException cause) {
        String reason = switch (cause) {
            case AccessDeniedException _ -> "permission denied";
            case FileAlreadyExistsException e -> e.getFile() + " is a file";
            case FileSystemException e when e.getReason() != null -> e.getReason();
            default -> String.valueOf(cause.getMessage());
        };
        return new MachineException("cannot make a work directory in " + place + ": " + reason + REMEDY, cause);
    }
}
