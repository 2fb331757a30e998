package org.pgrehearsal.process;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;

/**
 * The user that PostgreSQL and the backup tools run as. PostgreSQL refuses to run as root, so a harness that is root changes to another user;
 * one that is not stays what it is.
 *
 * @param name   the user's name
 * @param switches whether the harness is another user (root) and has to change
 */
public record Account(String name, boolean switches) {
    /**
     * The account for this process: itself, or {@code postgres} for root.
     *
     * @throws IllegalStateException if the harness is root and there is no user {@code postgres}
     */
    public static Account unprivileged() {
        String self = System.getProperty("user.name");
        if (!"root".equals(self)) {
            return new Account(self, false);
        }
        try {
            FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName("postgres");
        } catch (IOException e) {
            throw new IllegalStateException(
                    "PostgreSQL does not run as root and there is no user postgres: create one (useradd --system postgres) or start as another user",
                    e);
        }
        return new Account("postgres", true);
    }

    /** The user who started this process, root or not: for what is no database and keeps caches of its own. */
    public static Account self() {
        return new Account(System.getProperty("user.name"), false);
    }

    /**
     * The command as this account runs it, in a session of its own: Ctrl-C at a terminal reaches the harness only, which then ends what it
     * started. {@code setsid} and {@code setpriv} become the program, so the process id stays the same.
     */
    List<String> wrap(List<String> argv) {
        List<String> wrapped = new ArrayList<>(List.of("setsid", "--"));
        if (switches) {
            wrapped.addAll(List.of("setpriv", "--reuid=" + name, "--regid=" + name, "--init-groups", "--"));
        }
        wrapped.addAll(argv);
        return wrapped;
    }

    /**
     * Makes a directory, with its parents, that only this account (and root) can enter.
     *
     * @return the same path
     */
    public Path makePrivateDirectory(Path directory) throws IOException {
        Files.createDirectories(directory);
        own(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        return directory;
    }

    /** Writes a file that only this account (and root) can read. */
    public Path writePrivate(Path file, String content) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, content);
        own(file);
        return file;
    }

    /** Gives a file to this account. */
    public void own(Path path) throws IOException {
        if (switches) {
            UserPrincipal owner =
                    FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(name);
            Files.setOwner(path, owner);
        }
    }
}
