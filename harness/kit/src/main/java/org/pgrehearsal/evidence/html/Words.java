package org.pgrehearsal.evidence.html;

import java.util.Locale;
import org.pgrehearsal.evidence.DrillRecord.Mark;
import org.pgrehearsal.evidence.Printable;

/** What marks are called. */
final class Words {
    private Words() {}

    /** The kind and the mark's own label, unless the label says the kind itself. */
    static String label(Mark mark) {
        String label = Printable.line(mark.label()).strip();
        String kind = kind(mark.kind());
        if (label.isEmpty()) {
            return mark.kind() == Mark.Kind.FORK ? "timeline " + mark.timeline() + " begins" : kind;
        }
        return label.toLowerCase(Locale.ROOT).contains(kind) ? label : kind + ": " + label;
    }

    private static String kind(Mark.Kind kind) {
        return switch (kind) {
            case COMMITS -> "commits";
            case BACKUP -> "backup";
            case TARGET -> "target";
            case FRONTIER -> "frontier";
            case STOPPED -> "stopped";
            case DAMAGE -> "damage";
            case FORK -> "fork";
        };
    }
}
