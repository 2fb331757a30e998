package org.pgrehearsal.evidence.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import org.pgrehearsal.evidence.DrillRecord;
import org.pgrehearsal.evidence.Quantity;
import org.pgrehearsal.evidence.RunRecord;
import org.pgrehearsal.evidence.Tally;

/** The whole document: the verdict, the matrix, the drills, and what lies around them. */
final class Page {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT);
    /** Lets the browser itself refuse whatever a hostile row or log line might try to load or run. */
    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

    private final RunRecord run;
    private final Html html;

    Page(RunRecord run, Html html) {
        this.run = run;
        this.html = html;
    }

    void write() {
        Tally tally = Tally.of(run);
        html.trusted("<!doctype html>\n").open("html", "lang", "en").open("head");
        html.empty("meta", "charset", "utf-8");
        html.empty("meta", "http-equiv", "Content-Security-Policy", "content", POLICY);
        html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        html.empty("meta", "name", "color-scheme", "content", "light dark");
        html.empty("meta", "name", "referrer", "content", "no-referrer");
        html.empty("link", "rel", "icon", "href", "data:,");
        html.element("title", tally.headline() + " · " + run.id());
        html.open("style").trusted(style()).close().close().newline();
        html.open("body").open("main");
        new Verdicts(run, tally, html).write();
        if (!run.drills().isEmpty() || !run.notApplicable().isEmpty()) {
            new MatrixTable(run, html).write();
        }
        drills();
        notApplicable();
        notTested();
        about();
        html.close().close().close();
    }

    private void drills() {
        String current = "";
        for (int i = 0; i < run.drills().size(); i++) {
            DrillRecord drill = run.drills().get(i);
            if (i == 0 || !drill.feature().equals(current)) {
                current = drill.feature();
                html.newline().element("h2", current);
            }
            new DrillSection(drill, i, html).write();
        }
    }

    private void notApplicable() {
        if (run.notApplicable().isEmpty()) {
            return;
        }
        html.newline().element("h2", "Not applicable", "id", "not-applicable");
        html.open("dl", "class", "pairs");
        for (RunRecord.NotApplicable skipped : run.notApplicable()) {
            html.open("dt").element("b", skipped.scenario()).text(" ");
            html.element("span", skipped.system(), "class", "system").close();
            html.element("dd", skipped.reason());
        }
        html.close();
    }

    private void notTested() {
        html.newline().element("h2", "Not tested");
        if (run.notTested().isEmpty()) {
            html.element("p", "This run does not say what it left out.");
            return;
        }
        html.open("ul");
        run.notTested().forEach(sentence -> html.element("li", sentence));
        html.close();
    }

    private void about() {
        html.newline().element("h2", "This run");
        html.open("dl", "class", "facts");
        fact("Run", run.id());
        fact("Began", time(run.started()));
        fact("Took", Quantity.time(run.elapsed()));
        fact("Platform", run.platform());
        fact("Object store", run.store());
        run.versions().forEach(this::fact);
        fact("Seed", Long.toString(run.seed()));
        html.element("dt", "Run it again")
                .open("dd")
                .element("code", run.command())
                .close();
        html.close();
    }

    private void fact(String name, String value) {
        html.element("dt", name).element("dd", value);
    }

    static String time(Instant instant) {
        return TIME.format(instant.atOffset(ZoneOffset.UTC));
    }

    /** A name for an element that a link can point to. */
    static String anchor(int drill) {
        return "drill-" + (drill + 1);
    }

    /** The class of an outcome, for its colour. */
    static String tone(DrillRecord drill) {
        return drill.verdict().label().toLowerCase(Locale.ROOT);
    }

    private static String style() {
        try (InputStream in = Objects.requireNonNull(Page.class.getResourceAsStream("report.css"), "report.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
