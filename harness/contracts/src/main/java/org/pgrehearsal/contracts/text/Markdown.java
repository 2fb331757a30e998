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
import org.pgrehearsal.playbook.Block;

/**
 * What a page of documentation promises.
 *
 * @param links    targets, with their lines
 * @param codes    pieces of code inside the text
 * @param blocks   fenced blocks
 * @param anchors  that a link may point at
 */
public record Markdown(List<Piece> links, List<Piece> codes, List<Block> blocks, Set<String> anchors) {
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

    /** Reads a page. */
    public static Markdown of(String page) {
        List<Piece> links = new ArrayList<>();
        List<Piece> codes = new ArrayList<>();
        List<Block> blocks = Block.of(page);
        Set<String> anchors = new TreeSet<>();
        Map<String, Integer> repeated = new HashMap<>();
        List<String> lines = page.lines().toList();
        for (int i = 1; i <= lines.size(); i++) {
            int line = i;
            if (blocks.stream().anyMatch(block -> block.covers(line))) {
                continue;
            }
            String text = lines.get(line - 1);
            inline(line, text, links, codes);
            Matcher heading = HEADING.matcher(text);
            if (heading.matches()) {
                String slug = slug(heading.group(1));
                int count = repeated.merge(slug, 1, Integer::sum);
                anchors.add(count == 1 ? slug : slug + "_" + (count - 1));
                anchors.add(count == 1 ? slug : slug + "-" + (count - 1));
            }
            Matcher named = NAMED.matcher(text);
            while (named.find()) {
                anchors.add(named.group(1) == null ? named.group(2) : named.group(1));
            }
        }
        return new Markdown(links, codes, blocks, anchors);
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
