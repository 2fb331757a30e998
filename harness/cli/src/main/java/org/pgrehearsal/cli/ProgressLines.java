package org.pgrehearsal.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Timer;
import java.util.TimerTask;
import org.pgrehearsal.drills.RunListener;
import org.pgrehearsal.evidence.DrillRecord;

/** How a run is getting on: on a terminal a live line for each drill under way, elsewhere a plain line for each phase and each result. */
final class ProgressLines implements RunListener, AutoCloseable {
    private static final long REDRAW_MILLIS = 500;
    private static final int NAME_WIDTH = 56;

    private final PrintWriter out;
    private final boolean live;
    private final Instant began = Instant.now();
    private final Map<String, Line> underWay = new LinkedHashMap<>();
    private final Timer redraw = new Timer("progress", true);
    private int drawn;
    private int planned;
    private int done;
    private boolean over;

    private record Line(String system, String what, String phase, Instant since) {}

    ProgressLines(PrintWriter out, boolean live) {
        this.out = out;
        this.live = live;
        if (live) {
            redraw.schedule(
                    new TimerTask() {
                        @Override
                        public void run() {
                            draw();
                        }
                    },
                    REDRAW_MILLIS,
                    REDRAW_MILLIS);
        }
    }

    @Override
    public synchronized void planned(int drills) {
        planned = drills;
        say(drills + " drills");
    }

    @Override
    public synchronized void phase(String system, String what, String phase) {
        underWay.put(system + "/" + what, new Line(system, what, phase, Instant.now()));
        if (!live) {
            say("%-12s %s: %s".formatted(system, cut(what), phase));
        }
    }

    @Override
    public synchronized void finished(DrillRecord drill) {
        done++;
        underWay.remove(drill.system() + "/" + drill.scenario());
        erase();
        say("%-12s %-12s %s  (%s)"
                .formatted(drill.system(), drill.outcome(), drill.scenario(), seconds(drill.elapsed())));
        draw();
    }

    /** The program was told to end: what drills say from now on is of no interest. */
    synchronized void interrupted() {
        clear();
        say("interrupted: ending what runs; there is no report of this run");
        over = true;
    }

    private void say(String text) {
        if (over) {
            return;
        }
        erase();
        out.printf(Locale.ROOT, "%8s  %s%n", seconds(Duration.between(began, Instant.now())), text);
        out.flush();
    }

    private synchronized void draw() {
        if (!live || over) {
            return;
        }
        erase();
        for (Line line : underWay.values()) {
            out.printf(
                    Locale.ROOT,
                    "\u001b[2m%8s  %-12s %s: %s\u001b[0m%n",
                    seconds(Duration.between(line.since(), Instant.now())),
                    line.system(),
                    cut(line.what()),
                    line.phase());
        }
        out.printf(Locale.ROOT, "\u001b[2m%8s  %d of %d drills\u001b[0m%n", "", done, planned);
        drawn = underWay.size() + 1;
        out.flush();
    }

    private void erase() {
        if (drawn > 0) {
            out.print("\u001b[" + drawn + "A\u001b[J");
            drawn = 0;
        }
    }

    /** Takes the live lines away, for what is printed next. */
    synchronized void clear() {
        underWay.clear();
        erase();
        out.flush();
    }

    private static String cut(String text) {
        return text.length() <= NAME_WIDTH ? text : text.substring(0, NAME_WIDTH - 1) + "…";
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }

    @Override
    public void close() {
        redraw.cancel();
        clear();
    }
}
