package org.pgrehearsal.contracts.rule;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.pgrehearsal.contracts.text.Markdown;
import org.pgrehearsal.contracts.tree.World;
import org.pgrehearsal.playbook.Block;

/**
 * Every command of a shell block exists: a script of the repository that can be run, a verb of {@code rehearse}, or a program of the list beside this
 * rule, which is there so that a misspelt one is found.
 */
record DocsCommandsRule() implements Rule {
    private static final Set<String> SHELLS = Set.of("sh", "bash", "shell", "console");
    private static final Pattern ASSIGNMENT = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*=.*");
    // what an assignment puts before the command whose output it takes: X=$( and X=${X:-$(
    private static final Pattern SUBSTITUTION = Pattern.compile("^[A-Za-z_][A-Za-z0-9_]*=\\S*?\\$\\((?!\\()");

    private static final Pattern VERB = Pattern.compile("@Command\\([^)]*?name\\s*=\\s*\"([a-z-]+)\"", Pattern.DOTALL);
    private static final Pattern HEREDOC = Pattern.compile("<<-?\\s*['\"]?([A-Za-z_]+)['\"]?");
    private static final Pattern SCRIPT = Pattern.compile("(?:\\./)?((?:scripts|\\.ci|lab)/[A-Za-z0-9._/-]+|rehearse)");

    @Override
    public String name() {
        return "docs-commands";
    }

    @Override
    public void check(World world, Report report) {
        Set<String> programs = programs();
        Set<String> verbs = verbs(world);
        Pages.each(world, report, (page, markdown) -> {
            for (Block block : markdown.blocks()) {
                if (SHELLS.contains(block.language())) {
                    for (Markdown.Piece command : commands(block)) {
                        report.looked();
                        judge(world, page, command, programs, verbs, report);
                    }
                }
            }
        });
    }

    private static Set<String> programs() {
        try (InputStream list = DocsCommandsRule.class.getResourceAsStream("programs.txt")) {
            if (list == null) {
                throw new IllegalStateException("programs.txt is not on the class path");
            }
            return new BufferedReader(new InputStreamReader(list, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .flatMap(line -> Pattern.compile("\\s+").splitAsStream(line))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> verbs(World world) {
        Set<String> verbs = new TreeSet<>();
        for (String source : world.repository().below("harness/cli/src/main")) {
            Matcher verb = VERB.matcher(world.repository().text(source).orElse(""));
            while (verb.find()) {
                verbs.add(verb.group(1));
            }
        }
        return verbs;
    }

    /** The first words of each command of a block; of a console, of the lines behind a prompt. */
    static List<Markdown.Piece> commands(Block block) {
        List<Markdown.Piece> commands = new ArrayList<>();
        List<String> lines = block.text().lines().toList();
        boolean console = block.language().equals("console") || lines.stream().anyMatch(line -> line.startsWith("$ "));
        boolean continued = false;
        boolean quoted = false;
        String end = "";
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!end.isEmpty()) {
                end = line.equals(end) ? "" : end;
                continue;
            }
            boolean prompt = line.startsWith("$ ");
            String bare = prompt ? line.substring(2) : line;
            if (!bare.isEmpty() && !bare.startsWith("#") && !continued && (prompt || !console)) {
                for (String part : parts(bare)) {
                    commands.add(new Markdown.Piece(block.line() + i, part));
                }
            }
            quoted = bare.startsWith("#") ? quoted : quoteOpen(bare, quoted);
            continued = quoted || bare.endsWith("\\") || bare.endsWith("|") || bare.endsWith("&&");
            Matcher heredoc = HEREDOC.matcher(bare);
            end = heredoc.find() ? heredoc.group(1) : "";
        }
        return commands;
    }

    /** A quote that goes on in the next line: what stands there is no command. */
    private static boolean quoteOpen(String line, boolean before) {
        boolean odd = (line.chars().filter(character -> character == '\'').count() & 1) == 1;
        return before != odd;
    }

    private static List<String> parts(String line) {
        // what stands in quotes or behind a command as a comment is no command of ours
        String bare = line.replaceAll("'[^']*'", "''")
                .replaceAll("\"[^\"]*\"", "\"\"")
                .replaceAll("\\s#.*", "");
        return Pattern.compile("&&|\\|\\||[|;]")
                .splitAsStream(bare)
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    private static void judge(
            World world, String page, Markdown.Piece command, Set<String> programs, Set<String> verbs, Report report) {
        String text = SUBSTITUTION.matcher(command.text()).replaceFirst("");
        List<String> words = new ArrayList<>(List.of(text.split("\\s+")));
        while (!words.isEmpty() && ASSIGNMENT.matcher(words.getFirst()).matches()) {
            words.removeFirst();
        }
        if (words.isEmpty()) {
            return;
        }
        String where = "line " + command.line();
        String first = words.getFirst().replaceFirst("^[({!]+", "");
        Matcher script = SCRIPT.matcher(first);
        if (script.matches()) {
            if (!world.repository().files().contains(script.group(1))) {
                report.refuse(page, where, "there is no " + script.group(1));
            } else if (!Files.isExecutable(world.repository().root().resolve(script.group(1)))) {
                report.refuse(page, where, script.group(1) + " cannot be run: chmod +x it");
            } else if (script.group(1).equals("rehearse")
                    && words.size() > 1
                    && words.get(1).matches("[a-z][a-z-]*")
                    && !verbs.contains(words.get(1))) {
                report.refuse(page, where, "rehearse has no verb " + words.get(1));
            }
        } else if (first.matches("[A-Za-z0-9_.-]+") && !programs.contains(first)) {
            report.refuse(
                    page,
                    where,
                    "the program " + first
                            + " is not known: mend its name, or add it to programs.txt of harness/contracts");
        }
    }
}
