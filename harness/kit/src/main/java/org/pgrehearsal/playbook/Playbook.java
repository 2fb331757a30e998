package org.pgrehearsal.playbook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A page whose named blocks of shell are run.
 *
 * @param page     its name, for messages
 * @param steps    in the order of the page
 * @param problems blocks that break the rules, in one sentence each, by line
 */
public record Playbook(String page, List<Step> steps, Map<Integer, String> problems) {
    /** The procedure that always runs. */
    public static final String SETTINGS = "settings";

    private static final Pattern NAME = Pattern.compile("([a-z-]+\\.[a-z-]+)( prints(, among other lines)?)?");

    public Playbook {
        steps = List.copyOf(steps);
        problems = Map.copyOf(problems);
    }

    /** Reads a page. */
    public static Playbook of(String page, String text) {
        Map<String, Step> steps = new LinkedHashMap<>();
        Map<Integer, String> problems = new LinkedHashMap<>();
        for (Block block : Block.of(text)) {
            // a title with a slash is that of a file: an example
            block.title().filter(title -> !title.contains("/")).ifPresent(title -> take(block, title, steps, problems));
        }
        return new Playbook(page, List.copyOf(steps.values()), problems);
    }

    /**
     * Reads the page in a file, and wants it to keep to the rules.
     *
     * @throws IllegalArgumentException if it does not; says where
     */
    public static Playbook read(Path file) {
        try {
            Playbook playbook =
                    of(String.valueOf(file.getFileName()).replaceFirst("\\.md$", ""), Files.readString(file));
            playbook.problems.forEach((line, problem) -> {
                throw new IllegalArgumentException(file + ", line " + line + ": " + problem);
            });
            return playbook;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the playbook " + file + ": " + e.getMessage(), e);
        }
    }

    private static void take(Block block, String title, Map<String, Step> steps, Map<Integer, String> problems) {
        Matcher name = NAME.matcher(title);
        if (!name.matches()) {
            problems.put(
                    block.line(), "\"" + title + "\" is neither PROCEDURE.STEP nor what one prints, nor a file's path");
        } else if (name.group(2) == null) {
            if (!block.language().equals("bash")) {
                problems.put(block.line(), "the step " + title + " is not marked as bash");
            }
            if (steps.putIfAbsent(title, new Step(block.line(), title, block.text(), null)) != null) {
                problems.put(block.line(), "there is another step " + title);
            }
        } else {
            Step step = steps.get(name.group(1));
            if (step == null || step.prints() != null) {
                problems.put(
                        block.line(),
                        (step == null ? "no step before it is called " : "it is said twice what is printed by ")
                                + name.group(1));
            } else {
                steps.put(
                        step.title(),
                        step.printing(new Prints(block.text().lines().toList(), name.group(3) != null)));
            }
        }
    }

    /**
     * The settings, then the steps of some procedures, in the order of the page.
     *
     * @throws IllegalArgumentException if the page has no step of one of them
     */
    public List<Step> of(Set<String> procedures) {
        Set<String> missing = new TreeSet<>(procedures);
        missing.add(SETTINGS);
        missing.removeAll(steps.stream().map(Step::procedure).collect(Collectors.toSet()));
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(page + " has no procedure " + String.join(", ", missing));
        }
        List<Step> chosen = new ArrayList<>(
                steps.stream().filter(step -> step.procedure().equals(SETTINGS)).toList());
        steps.stream()
                .filter(step -> !step.procedure().equals(SETTINGS) && procedures.contains(step.procedure()))
                .forEach(chosen::add);
        return chosen;
    }
}
