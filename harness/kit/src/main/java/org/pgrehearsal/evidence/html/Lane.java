package org.pgrehearsal.evidence.html;

import java.util.ArrayList;
import java.util.List;
import org.pgrehearsal.evidence.DrillRecord.Mark;

/**
 * One timeline of a drawing, laid out.
 *
 * @param timeline its number
 * @param marks    what lies on it; a fork lies on the timeline that begins
 * @param labels   in their places
 * @param y        of the line itself
 * @param bottom   below the last label
 */
record Lane(int timeline, List<Mark> marks, List<Labels.Label> labels, double y, double bottom) {
    /** Height of a row of labels. */
    static final double ROW = 15;
    /** From the line to the nearest row, free for the marks themselves. */
    static final double CLEAR = 13;

    static Lane lay(int timeline, List<Mark> marks, LogScale scale, Labels labels, double top) {
        List<Labels.Wish> wishes = new ArrayList<>();
        for (int i = 0; i < marks.size(); i++) {
            wishes.add(new Labels.Wish(
                    i, Words.label(marks.get(i)), scale.at(marks.get(i).from())));
        }
        List<Labels.Label> placed = labels.place(wishes);
        double y = top + rows(placed, true) * ROW + CLEAR;
        return new Lane(timeline, marks, placed, y, y + CLEAR + rows(placed, false) * ROW);
    }

    /** The base line of a label's text. */
    double baseline(Labels.Label label) {
        return label.above() ? y - CLEAR - label.row() * ROW - 3 : y + CLEAR + label.row() * ROW + 11;
    }

    private static int rows(List<Labels.Label> labels, boolean above) {
        return labels.stream()
                .filter(label -> label.above() == above)
                .mapToInt(label -> label.row() + 1)
                .max()
                .orElse(0);
    }
}
