package org.pgrehearsal.contracts.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a page of documentation promises.
 *
 * @param links    targets, with their lines
 * @param codes    pieces of code inside the text
 * @param blocks   fenced blocks
 * @param anchors  that a link may point at
 */
public record Markdown(List<Piece> links, List<Piece> codes, List<Block> blocks, Set<String> anchors) {
    private static final Pattern FENCE = Pattern.compile("^(\\s*)(`{3,}|~{3,})\\s*([\\w-]*)(.*)$");
    private static final Pattern LINK =
            Pattern.compile("(?<!`)\\[(?:[^\\]\\[]|\\[[^\\]]*\\])*\\]\\(<?([^)\\s>]+)>?(?:\\s+\"[^\"]*\")?\\)");
    private static final Pattern DEFINITION = Pattern.compile("^\\s{0,3}\\[[^\\]^][^\\]]*\\]:\\s*<?(\\S+?)>?\\s*$");
    private static final Pattern CODE = Pattern.compile("(`+)(.+?)\\1");
    private static final Pattern HEADING = Pattern.compile("^#{1,6}\\s+(.*?)\\s*#*$");
    private static final Pattern NAMED = Pattern.compile("\\{[^}]*#([\\w-]+)[^}]*\\}|<a\\s+(?:name|id)=\"([^\"]+)\"");

    /**
     * Something in a line.
     *
     * @param line counted from 1
     * @param text itself
     */
    public record Piece(int line, String text) {}

    /**
     * A fenced block.
     *
     * @param line     of its first line of code
     * @param language as it says, in lower case; empty if it says none
     * @param rest     of the fence's line
     * @param text     without the indentation of the fence
     * @param closed   whether its end was found
     */
    public record Block(int line, String language, String rest, String text, boolean closed) {}

    /** Reads a page. */
    public static Markdown of(String page) {
        List<Piece> links = new ArrayList<>();
        List<Piece> codes = new ArrayList<>();
        List<Block> blocks = new ArrayList<>();
        Set<String> anchors = new TreeSet<>();
        Map<String, Integer> repeated = new HashMap<>();
        List<String> lines = page.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            Matcher fence = FENCE.matcher(lines.get(i));
            if (fence.matches()) {
                int from = i + 1;
                StringBuilder text = new StringBuilder();
                boolean closed = false;
                for (i++; i < lines.size() && !closed; i++) {
                    closed = closes(lines.get(i), fence.group(2));
                    if (!closed) {
                        text.append(without(lines.get(i), fence.group(1))).append('\n');
                    }
                }
                i--;
                blocks.add(new Block(
                        from + 1,
                        fence.group(3).toLowerCase(Locale.ROOT),
                        fence.group(4).strip(),
                        text.toString(),
                        closed));
            } else {
                inline(i + 1, lines.get(i), links, codes);
                Matcher heading = HEADING.matcher(lines.get(i));
                if (heading.matches()) {
                    String slug = slug(heading.group(1));
                    int count = repeated.merge(slug, 1, Integer::sum);
                    anchors.add(count == 1 ? slug : slug + "_" + (count - 1));
                    anchors.add(count == 1 ? slug : slug + "-" + (count - 1));
                }
                Matcher named = NAMED.matcher(lines.get(i));
                while (named.find()) {
                    anchors.add(named.group(1) == null ? named.group(2) : named.group(1));
                }
            }
        }
        return new Markdown(links, codes, blocks, anchors);
    }

    private static boolean closes(String line, String opening) {
        String bare = line.strip();
        return bare.length() >= opening.length() && bare.chars().allMatch(character -> character == opening.charAt(0));
    }

    private static String without(String line, String indentation) {
        return line.startsWith(indentation) ? line.substring(indentation.length()) : line.stripLeading();
    }

    private static void inline(int line, String text, List<Piece> links, List<Piece> codes) {
        Matcher code = CODE.matcher(text);
        while (code.find()) {
            codes.add(new Piece(line, code.group(2).strip()));
        }
        // code keeps its length, so that a link around it is still one
        String bare =
                CODE.matcher(text).replaceAll(match -> "c".repeat(match.group().length()));
        for (Pattern pattern : List.of(LINK, DEFINITION)) {
            Matcher link = pattern.matcher(bare);
            while (link.find()) {
                links.add(new Piece(line, link.group(1)));
            }
        }
    }

    /** As mkdocs makes it of a heading. */
    private static String slug(String heading) {
        String plain = heading.replaceAll("\\{[^}]*\\}\\s*$", "")
                .replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1")
                .replaceAll("[`*]", "");
        return plain.strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\w\\s-]", "")
                .strip()
                .replaceAll("[-\\s]+", "-");
    }
}
