package org.pgrehearsal.evidence;

import java.io.StringWriter;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.pgrehearsal.verdict.Finding;
import org.pgrehearsal.verdict.Verdict;

/**
 * {@code junit.xml}, in the form that CI servers read: a suite for each backup system, a case for each drill. Refuted is a failure, inconclusive an
 * error, not applicable is skipped with the reason.
 */
public final class ReportJunit {
    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter xml;

    private ReportJunit() throws XMLStreamException {
        xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
    }

    /** The run as JUnit XML. */
    public static String render(RunRecord run) {
        try {
            ReportJunit report = new ReportJunit();
            report.run(run);
            return report.text + "\n";
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a run cannot be written as XML", e);
        }
    }

    private void run(RunRecord run) throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        open("testsuites");
        attribute("name", "pgrehearsal " + run.id());
        counts(Tally.of(run), run.elapsed());
        for (String system : run.systems()) {
            suite(run.only(system), system);
        }
        xml.writeCharacters("\n");
        xml.writeEndElement();
        xml.writeEndDocument();
        xml.close();
    }

    private void suite(RunRecord run, String system) throws XMLStreamException {
        open("testsuite");
        attribute("name", system);
        attribute("timestamp", run.started().truncatedTo(ChronoUnit.SECONDS).toString());
        counts(Tally.of(run), run.drills().stream().map(DrillRecord::elapsed).reduce(Duration.ZERO, Duration::plus));
        for (DrillRecord drill : run.drills()) {
            open("testcase");
            attribute("classname", system + "." + drill.feature().replace('.', ' '));
            attribute("name", drill.scenario());
            attribute("time", seconds(drill.elapsed()));
            outcome(drill);
            xml.writeEndElement();
        }
        for (RunRecord.NotApplicable skipped : run.notApplicable()) {
            open("testcase");
            attribute("classname", system + "." + skipped.feature().replace('.', ' '));
            attribute("name", skipped.scenario());
            attribute("time", "0");
            open("skipped");
            attribute("message", "not applicable: " + skipped.reason());
            xml.writeEndElement();
            xml.writeEndElement();
        }
        xml.writeCharacters("\n");
        xml.writeEndElement();
    }

    private void counts(Tally tally, Duration elapsed) throws XMLStreamException {
        attribute("tests", Integer.toString(tally.drills() + tally.notApplicable()));
        attribute("failures", Integer.toString(tally.refuted()));
        attribute("errors", Integer.toString(tally.inconclusive()));
        attribute("skipped", Integer.toString(tally.notApplicable()));
        attribute("time", seconds(elapsed));
    }

    private void outcome(DrillRecord drill) throws XMLStreamException {
        switch (drill.verdict()) {
            case Verdict.Proved _ -> body("system-out", drill.summary());
            case Verdict.Refuted refuted -> {
                open("failure");
                attribute("type", "REFUTED");
                attribute("message", refuted.findings().getFirst().what());
                text(refuted.findings().stream().map(ReportJunit::block).collect(Collectors.joining("\n")));
                xml.writeEndElement();
            }
            case Verdict.Inconclusive inconclusive -> {
                open("error");
                attribute("type", "INCONCLUSIVE");
                attribute("message", inconclusive.reasons().getFirst());
                text(String.join("\n", inconclusive.reasons()));
                xml.writeEndElement();
            }
        }
        if (!drill.log().isEmpty()) {
            body("system-err", String.join("\n", drill.log()));
        }
    }

    private static String block(Finding finding) {
        String head = finding.anomaly() + " (" + finding.count() + "): " + finding.what();
        List<String> lines =
                finding.evidence().stream().map(line -> "  " + line).toList();
        return lines.isEmpty() ? head : head + "\n" + String.join("\n", lines);
    }

    private void open(String element) throws XMLStreamException {
        xml.writeCharacters("\n");
        xml.writeStartElement(element);
    }

    private void body(String element, String content) throws XMLStreamException {
        open(element);
        text(content);
        xml.writeEndElement();
    }

    private void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, Printable.line(value));
    }

    private void text(String value) throws XMLStreamException {
        xml.writeCharacters(Printable.block(value));
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.3f", duration.toNanos() / 1e9);
    }
}
