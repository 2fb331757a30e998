package org.pgrehearsal.evidence;

import java.util.List;

/**
 * The matrix as text. Systems that do not fit beside each other are shown below each other; a scenario's name that does not fit goes on in the
 * next line.
 */
final class TextTable {
    private static final int GAP = 2;
    private static final int NARROWEST_NAME = 24;
    private static final int WIDEST_SYSTEM = 24;
    private static final String INDENT = "  ";

    private final StringBuilder text = new StringBuilder();
    private final Matrix matrix;
    private final List<String> systems;
    private final int[] widths;
    private final int name;
    private final Ink ink;

    private TextTable(Matrix matrix, List<String> systems, int width, Ink ink) {
        this.matrix = matrix;
        this.systems = systems;
        this.ink = ink;
        widths =
                systems.stream().mapToInt(system -> columnWidth(matrix, system)).toArray();
        int longest = matrix.features().stream()
                .flatMap(feature -> feature.rows().stream())
                .mapToInt(row -> INDENT.length() + Columns.width(Printable.line(row.scenario())))
                .max()
                .orElse(0);
        int room = width;
        for (int column : widths) {
            room -= GAP + column;
        }
        name = Math.min(longest, room);
    }

    static String render(Matrix matrix, int width, Ink ink) {
        StringBuilder text = new StringBuilder();
        int next = 0;
        while (next < matrix.systems().size()) {
            int end = next + 1;
            int used =
                    NARROWEST_NAME + GAP + columnWidth(matrix, matrix.systems().get(next));
            while (end < matrix.systems().size()) {
                used += GAP + columnWidth(matrix, matrix.systems().get(end));
                if (used > width) {
                    break;
                }
                end++;
            }
            TextTable table = new TextTable(matrix, matrix.systems().subList(next, end), width, ink);
            text.append(table.draw());
            next = end;
        }
        return text.toString();
    }

    private static int columnWidth(Matrix matrix, String system) {
        return matrix.features().stream()
                .flatMap(feature -> feature.rows().stream())
                .mapToInt(row -> Columns.width(cell(row.cell(system))))
                .reduce(Columns.width(title(system)), Math::max);
    }

    private static String title(String system) {
        return Columns.cut(Printable.line(system), WIDEST_SYSTEM);
    }

    private static String cell(Matrix.Cell cell) {
        return switch (cell) {
            case Matrix.Cell.Ran ran -> ran.text();
            case Matrix.Cell.NotApplicable _ -> "n/a";
            case Matrix.Cell.NotRun _ -> "-";
        };
    }

    private String draw() {
        text.append(" ".repeat(name));
        for (int i = 0; i < systems.size(); i++) {
            field(title(systems.get(i)), widths[i], Ink.Colour.BOLD, i == systems.size() - 1);
        }
        text.append('\n');
        for (Matrix.Feature feature : matrix.features()) {
            for (String line : Columns.wrap(Printable.line(feature.name()), name)) {
                text.append(ink.paint(Ink.Colour.BOLD, line)).append('\n');
            }
            feature.rows().forEach(this::row);
        }
        return text.append('\n').toString();
    }

    private void row(Matrix.Row row) {
        List<String> lines = Columns.wrap(Printable.line(row.scenario()), name - INDENT.length());
        String first = INDENT + lines.getFirst();
        text.append(first).append(" ".repeat(name - Columns.width(first)));
        for (int i = 0; i < systems.size(); i++) {
            Matrix.Cell cell = row.cell(systems.get(i));
            Ink.Colour colour = cell instanceof Matrix.Cell.Ran ran ? Ink.of(ran.drill()) : Ink.Colour.FAINT;
            field(cell(cell), widths[i], colour, i == systems.size() - 1);
        }
        text.append('\n');
        lines.stream().skip(1).forEach(line -> text.append(INDENT).append(line).append('\n'));
    }

    private void field(String content, int width, Ink.Colour colour, boolean last) {
        String shown = Printable.line(content);
        text.append(" ".repeat(GAP)).append(ink.paint(colour, shown));
        if (!last) {
            text.append(" ".repeat(width - Columns.width(shown)));
        }
    }
}
