package org.pgrehearsal.evidence;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Where one run keeps its evidence: {@code <root>/<run-id>/}, with a folder for each drill below it. A run's id sorts by time and is its own even
 * if two runs start in the same second. {@code <root>/latest} points to the run that finished last.
 */
public final class RunFolder {
    public static final String HTML = "report.html";
    public static final String JSON = "report.json";
    public static final String JUNIT = "junit.xml";
    public static final String LATEST = "latest";

    private static final DateTimeFormatter ID = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HHmmss'Z'", Locale.ROOT);
    private static final int ATTEMPTS = 100;

    private final Path path;

    private RunFolder(Path path) {
        this.path = path;
    }

    /**
     * Makes the folder of a new run, and the root if it is not there yet.
     *
     * @param root  what holds all runs, {@code drills} by convention
     * @param start when the run began
     * @throws EvidenceException if the place cannot be written to
     */
    public static RunFolder create(Path root, Instant start) {
        String second = ID.format(start.atOffset(ZoneOffset.UTC));
        try {
            Files.createDirectories(root);
            for (int attempt = 1; ; attempt++) {
                String suffix = String.format(
                        Locale.ROOT, "%04x", ThreadLocalRandom.current().nextInt(0x10000));
                try {
                    return new RunFolder(Files.createDirectory(root.resolve(second + "-" + suffix)));
                } catch (FileAlreadyExistsException taken) {
                    if (attempt == ATTEMPTS) {
                        throw taken;
                    }
                }
            }
        } catch (IOException e) {
            throw EvidenceException.of("make a run folder in", root, e);
        }
    }

    /**
     * Finds the folder of a run that was made before.
     *
     * @param root what holds all runs
     * @param run  a run's id, or {@code latest}
     * @throws EvidenceException if there is no such run
     */
    public static RunFolder open(Path root, String run) {
        Path wanted = root.resolve(run);
        if (!root.normalize().equals(wanted.normalize().getParent()) || !Files.isDirectory(wanted)) {
            throw new EvidenceException(
                    run.equals(LATEST)
                            ? "there is no finished run in " + root + "; make one with: rehearse run"
                            : "there is no run " + Printable.line(run) + " in " + root + "; see what there is with: ls "
                                    + root);
        }
        try {
            return new RunFolder(wanted.toRealPath());
        } catch (IOException e) {
            throw EvidenceException.of("open", wanted, e);
        }
    }

    public String id() {
        return path.getFileName().toString();
    }

    public Path path() {
        return path;
    }

    /**
     * Makes the folder of one drill. Its name is made of the system's and the scenario's, of characters that are safe in every shell and on every
     * file system, with a number where the name is taken.
     *
     * @throws EvidenceException if it cannot be made
     */
    public Path drill(String system, String scenario) {
        Path parent = path.resolve(SafeName.of(system));
        String name = SafeName.of(scenario);
        try {
            Files.createDirectories(parent);
            for (int number = 1; ; number++) {
                Path folder = parent.resolve(number == 1 ? name : name + "-" + number);
                try {
                    return Files.createDirectory(folder);
                } catch (FileAlreadyExistsException taken) {
                    if (!Files.isDirectory(folder)) {
                        throw taken;
                    }
                }
            }
        } catch (IOException e) {
            throw EvidenceException.of("make a drill's folder in", parent, e);
        }
    }

    /** A file or folder of this run as a report names it: relative, with forward slashes. */
    public String relative(Path inside) {
        return path.relativize(inside.toAbsolutePath().startsWith(path) ? inside.toAbsolutePath() : inside)
                .toString()
                .replace(inside.getFileSystem().getSeparator(), "/");
    }

    /**
     * Writes a file of the run: all of it or nothing, even if the disk fills up meanwhile.
     *
     * @throws EvidenceException if it cannot be written
     */
    public Path save(String name, String content) {
        Path file = path.resolve(name);
        Path draft = path.resolve("." + name + ".draft");
        try {
            try (Writer writer = new OutputStreamWriter(Files.newOutputStream(draft), StandardCharsets.UTF_8)) {
                writer.write(content);
            }
            return Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            EvidenceException failure = EvidenceException.of("write", file, e);
            try {
                Files.deleteIfExists(draft);
            } catch (IOException left) {
                failure.addSuppressed(left);
            }
            throw failure;
        }
    }

    /**
     * Lets {@code latest} point to this run, in one step: a reader finds the former run or this one, never nothing.
     *
     * @throws EvidenceException if the link cannot be made
     */
    public void becomeLatest() {
        Path root = path.resolveSibling(LATEST);
        Path link = path.resolveSibling("." + LATEST + "-" + id());
        try {
            Files.deleteIfExists(link);
            Files.createSymbolicLink(link, path.getFileName());
            Files.move(link, root, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            throw new EvidenceException("the run folder " + path + " was removed while the run went on", e);
        } catch (IOException e) {
            throw EvidenceException.of("point to this run with", root, e);
        }
    }
}
