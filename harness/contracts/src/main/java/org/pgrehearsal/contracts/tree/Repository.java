package org.pgrehearsal.contracts.tree;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.pgrehearsal.contracts.tool.Tool;
import org.pgrehearsal.contracts.tool.Toolbox;
import org.pgrehearsal.process.Finished;

/**
 * The files that are judged: what git tracks or would track, or every file of a folder that is no git repository.
 *
 * @param root  where they are
 * @param files their paths from there, sorted
 */
public record Repository(Path root, List<String> files) {
    /** Reads the list of files. */
    public static Repository at(Path root, Toolbox tools) {
        Path place = root.toAbsolutePath().normalize();
        if (!Files.exists(place.resolve(".git"))) {
            try (Stream<Path> walk = Files.walk(place)) {
                return new Repository(
                        place,
                        walk.filter(Files::isRegularFile)
                                .map(file -> place.relativize(file).toString())
                                .sorted()
                                .toList());
            } catch (IOException e) {
                throw new UncheckedIOException("cannot list " + place + ": " + e.getMessage(), e);
            }
        }
        Finished list = tools.run(
                        Tool.GIT,
                        place,
                        "-c",
                        "safe.directory=*",
                        "ls-files",
                        "-z",
                        "--cached",
                        "--others",
                        "--exclude-standard")
                .orFail();
        return new Repository(
                place,
                Stream.of(list.out().split("\0"))
                        .filter(file -> Files.isRegularFile(place.resolve(file)))
                        .sorted()
                        .distinct()
                        .toList());
    }

    /** Files below a folder. */
    public List<String> below(String folder) {
        return matching(file -> file.startsWith(folder + "/"));
    }

    public List<String> matching(Predicate<String> wanted) {
        return files.stream().filter(wanted).toList();
    }

    /** Names of the folders directly below a folder that hold the given file. */
    public List<String> foldersWith(String folder, String file) {
        return below(folder).stream()
                .filter(path -> path.substring(folder.length() + 1).matches("[^/]+/" + file.replace(".", "\\.")))
                .map(path -> path.substring(0, path.lastIndexOf('/')))
                .toList();
    }

    /** Whether there is such a file, or a folder with files. */
    public boolean has(String path) {
        return files.contains(path) || path.isEmpty() || files.stream().anyMatch(file -> file.startsWith(path + "/"));
    }

    /** A file's text; empty if it is not UTF-8. */
    public Optional<String> text(String file) {
        try {
            return Optional.of(Files.readString(root.resolve(file), StandardCharsets.UTF_8));
        } catch (MalformedInputException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** One text for the content of all files below some folders; of every file, if one of them is empty. */
    public String digest(List<String> folders) {
        MessageDigest digest = sha256();
        for (String file : files) {
            if (folders.stream().anyMatch(folder -> folder.isEmpty() || file.startsWith(folder + "/"))) {
                digest.update(file.getBytes(StandardCharsets.UTF_8));
                try {
                    digest.update(Files.readAllBytes(root.resolve(file)));
                } catch (IOException e) {
                    throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
                }
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Copies the files below some folders to another place, where they may be changed. */
    public void copy(Path target, String... folders) {
        for (String folder : folders) {
            for (String file : below(folder)) {
                Path copy = target.resolve(file);
                try {
                    Files.createDirectories(copy.getParent());
                    Files.copy(root.resolve(file), copy);
                } catch (IOException e) {
                    throw new UncheckedIOException("cannot copy " + file + ": " + e.getMessage(), e);
                }
            }
        }
    }
}
