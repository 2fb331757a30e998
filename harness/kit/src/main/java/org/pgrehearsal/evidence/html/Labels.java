package org.pgrehearsal.evidence.html;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.pgrehearsal.evidence.Columns;

/**
 * The labels of one lane, placed so that none overlaps another, none is crossed by another's leader, and none runs out of the picture.
 *
 * <p>A label begins at its leader and reads to the right, below the lane; one that would run out ends at its leader, above the lane. Below, the
 * rightmost takes the nearest row and those left of it go down like stairs, so a leader only ever passes free space; above it is the mirror image.
 */
final class Labels {
    /** Width of a character: the font is monospaced, and the text is set to this width whatever font there is. */
    static final double CHARACTER = 6.3;
    /** Between a leader and its text. */
    static final double INDENT = 4;
    /** Between two texts. */
    private static final double GAP = 8;

    private final double left;
    private final double right;

    /**
     * A label in its place.
     *
     * @param mark  index of its mark
     * @param text  what fits
     * @param x     the leader
     * @param from  where the text begins
     * @param to    where it ends
     * @param above whether it is above the lane
     * @param row   rows away from the lane, 0 is the nearest
     */
    record Label(int mark, String text, double x, double from, double to, boolean above, int row) {
        private boolean covers(double place) {
            return place > from - 1 && place < to + 1;
        }

        private boolean collides(Label other) {
            if (row == other.row) {
                return from < other.to + GAP && other.from < to + GAP;
            }
            return row > other.row ? other.covers(x) : covers(other.x);
        }

        private Label inRow(int chosen) {
            return new Label(mark, text, x, from, to, above, chosen);
        }
    }

    /** What is to be labelled. */
    record Wish(int mark, String text, double x) {}

    Labels(double left, double right) {
        this.left = left;
        this.right = right;
    }

    List<Label> place(List<Wish> wishes) {
        List<Label> unplaced = wishes.stream().map(this::side).toList();
        List<Label> placed = new ArrayList<>();
        placed.addAll(stairs(unplaced.stream()
                .filter(label -> !label.above)
                .sorted(Comparator.comparingDouble(Label::x).reversed())
                .toList()));
        placed.addAll(stairs(unplaced.stream()
                .filter(Label::above)
                .sorted(Comparator.comparingDouble(Label::x))
                .toList()));
        return placed;
    }

    private Label side(Wish wish) {
        double after = right - wish.x - INDENT;
        double before = wish.x - INDENT - left;
        double needed = Columns.width(wish.text) * CHARACTER;
        boolean above = needed > after && before > after;
        String text = Columns.cut(wish.text, (int) Math.floor((above ? before : after) / CHARACTER));
        double width = Columns.width(text) * CHARACTER;
        double from = above ? wish.x - INDENT - width : wish.x + INDENT;
        return new Label(wish.mark, text, wish.x, from, from + width, above, 0);
    }

    private static List<Label> stairs(List<Label> labels) {
        List<Label> placed = new ArrayList<>();
        for (Label label : labels) {
            int row = 0;
            while (placed.stream().anyMatch(label.inRow(row)::collides)) {
                row++;
            }
            placed.add(label.inRow(row));
        }
        return placed;
    }
}
