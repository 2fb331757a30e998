package org.pgrehearsal.playbook;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fenced block of a page in Markdown.
 *
 * @param line     of its first line of code, counted from 1
 * @param end      the line of the fence that ends it, or the page's last
 * @param language as it says, in lower case; empty if it says none
 * @param rest     of the fence's line
 * @param text     without the indentation of the fence
 * @param closed   whether its end was found
 */
public record Block(int line, int end, String language, String rest, String text, boolean closed) {
    private static final Pattern FENCE = Pattern.compile("^(\\s*)(`{3,}|~{3,})\\s*([\\w-]*)(.*)$");
    private static final Pattern TITLE = Pattern.compile("(?:^|\\s)title=\"([^\"]*)\"");

    /** All blocks of a page, in their order. */
    public static List<Block> of(String page) {
        List<Block> blocks = new ArrayList<>();
        List<String> lines = page.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            Matcher fence = FENCE.matcher(lines.get(i));
            if (fence.matches()) {
                int first = i + 1;
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
                        first + 1,
                        i + 1,
                        fence.group(3).toLowerCase(Locale.ROOT),
                        fence.group(4).strip(),
                        text.toString(),
                        closed));
            }
        }
        return blocks;
    }

    /** Whether a line of the page, counted from 1, belongs to the block, its fences included. */
    public boolean covers(int number) {
        return number >= line - 1 && number <= end;
    }

    /** The title that is shown above it. */
    public Optional<String> title() {
        Matcher title = TITLE.matcher(rest);
        return title.find() ? Optional.of(title.group(1)) : Optional.empty();
    }

    private static boolean closes(String line, String opening) {
        String bare = line.strip();
        return bare.length() >= opening.length() && bare.chars().allMatch(character -> character == opening.charAt(0));
    }

    private static String without(String line, String indentation) {
        return line.startsWith(indentation) ? line.substring(indentation.length()) : line.stripLeading();
    }
}
