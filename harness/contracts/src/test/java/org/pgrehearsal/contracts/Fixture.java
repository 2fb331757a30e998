package org.pgrehearsal.contracts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.pgrehearsal.contracts.tool.Toolbox;

/**
 * A small tree, good but for one thing. It is a text file:
 *
 * <pre>
 * # a part of what the rule has to say of it; one such line for each finding
 * --- path/of/a/file.yaml
 * - what stands there
 * + what stands there instead
 * --- path/of/another
 * + all of a file that is not there otherwise
 * --- path/of/a/third (gone)
 * </pre>
 *
 * <p>A word in at signs is put together here, so that no file of the repository looks like a secret.
 *
 * @param rule    that has to refuse it
 * @param name    of the file
 * @param reasons that the rule has to give
 * @param changes to the good tree
 */
record Fixture(String rule, String name, List<String> reasons, List<Change> changes) {
    private static final Map<String, String> WORDS = Map.of(
            "@age-key@", "AGE-SECRET-" + "KEY-1" + "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7LQPZRY9X8GF2TVDW0S3JN54KHCE",
            "@aws-key@", "AKIA" + "IOSFODNN7EXAMPLQ",
            "@random@", "wJalrXUtnFEMI7K3" + "MDENGbPxRfiCYz9Qk0Lh5TvW");

    /**
     * One place of one file.
     *
     * @param file   from the root of the tree
     * @param before what has to stand there; empty for a new file
     * @param after  what takes its place
     * @param gone   whether the file is taken away
     */
    record Change(String file, String before, String after, boolean gone) {}

    static Path resources() {
        return Path.of("src/test/resources").toAbsolutePath();
    }

    static List<Fixture> all() {
        Path broken = resources().resolve("broken");
        try (Stream<Path> files = Files.walk(broken)) {
            List<Fixture> fixtures = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                Path relative = broken.relativize(file);
                fixtures.add(read(relative.getName(0).toString(), relative.toString(), Files.readAllLines(file)));
            }
            return fixtures;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + broken + ": " + e.getMessage(), e);
        }
    }

    private static Fixture read(String rule, String name, List<String> lines) {
        List<String> reasons = new ArrayList<>();
        List<Change> changes = new ArrayList<>();
        String file = "";
        List<String> before = new ArrayList<>();
        List<String> after = new ArrayList<>();
        boolean gone = false;
        for (String line : Stream.concat(lines.stream(), Stream.of("--- ")).toList()) {
            boolean next = line.startsWith("- ") || line.equals("-");
            if (line.startsWith("--- ") || (next && !after.isEmpty())) {
                if (!file.isEmpty()) {
                    changes.add(new Change(file, String.join("\n", before), String.join("\n", after), gone));
                }
                before.clear();
                after.clear();
            }
            if (line.startsWith("--- ")) {
                gone = line.endsWith(" (gone)");
                file = line.substring(4).replace(" (gone)", "");
            } else if (next) {
                before.add(line.substring(Math.min(2, line.length())));
            } else if (line.startsWith("+")) {
                after.add(line.substring(Math.min(2, line.length())));
            } else if (line.startsWith("# ") && file.isEmpty()) {
                reasons.add(line.substring(2));
            } else if (!line.isBlank()) {
                throw new IllegalArgumentException(name + ": what does \"" + line + "\" mean?");
            }
        }
        return new Fixture(rule, name, List.copyOf(reasons), List.copyOf(changes));
    }

    /** The good tree, in a place of its own. */
    static Path good(Toolbox tools) {
        Path copy = tools.directory("fixture");
        Path good = resources().resolve("good");
        try (Stream<Path> files = Files.walk(good)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = copy.resolve(good.relativize(file));
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
                target.toFile().setExecutable(file.toFile().canExecute());
            }
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot copy the good tree: " + e.getMessage(), e);
        }
    }

    boolean touches(String folder) {
        return changes.stream().anyMatch(change -> change.file().startsWith(folder + "/"));
    }

    /** The good tree with the changes. */
    Path make(Toolbox tools) {
        Path tree = good(tools);
        try {
            for (Change change : changes) {
                Path file = tree.resolve(change.file());
                if (change.gone()) {
                    Files.delete(file);
                } else if (change.before().isEmpty()) {
                    Toolbox.write(file, words(change.after()) + "\n");
                } else {
                    String text = Files.readString(file);
                    if (!text.contains(change.before())) {
                        throw new IllegalArgumentException(
                                name + ": there is no \"" + change.before() + "\" in " + change.file());
                    }
                    Files.writeString(file, text.replace(change.before(), words(change.after())));
                }
            }
            return tree;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + name + ": " + e.getMessage(), e);
        }
    }

    private static String words(String text) {
        String whole = text;
        for (Map.Entry<String, String> word : WORDS.entrySet()) {
            whole = whole.replace(word.getKey(), word.getValue());
        }
        return whole;
    }
}
