package org.pgrehearsal.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class ReportJunitTest {
    @Test
    void hasASuiteForEachSystemAndACaseForEachDrill() throws Exception {
        RunRecord run = SampleRuns.mixed();
        Element root = parse(run).getDocumentElement();

        assertThat(elements(root, "testsuite"))
                .extracting(suite -> suite.getAttribute("name"))
                .containsExactly("pgbackrest", "barman-cloud", "pg-dump");
        assertThat(elements(root, "testcase"))
                .hasSize(run.drills().size() + run.notApplicable().size());
        assertThat(root.getAttribute("tests"))
                .isEqualTo(Integer.toString(
                        run.drills().size() + run.notApplicable().size()));
        assertThat(elements(root, "testsuite")).allSatisfy(suite -> {
            assertThat(elements(suite, "testcase")).hasSize(Integer.parseInt(suite.getAttribute("tests")));
            assertThat(elements(suite, "failure")).hasSize(Integer.parseInt(suite.getAttribute("failures")));
            assertThat(elements(suite, "error")).hasSize(Integer.parseInt(suite.getAttribute("errors")));
            assertThat(elements(suite, "skipped")).hasSize(Integer.parseInt(suite.getAttribute("skipped")));
        });
    }

    @Test
    void saysWhatWasRefutedAndWhyItCannotBeSaid() throws Exception {
        Element root = parse(SampleRuns.mixed()).getDocumentElement();

        Element failure = elements(root, "failure").get(1);
        assertThat(failure.getAttribute("message")).startsWith("1 204 acknowledged commits");
        assertThat(failure.getTextContent())
                .contains(
                        "LOST_SUFFIX (1204): ", "\n  xid 48213", "STOPPED_ELSEWHERE (1): Recovery ended at 0/5A3F210");
        assertThat(elements(root, "error").getFirst().getTextContent())
                .contains("never fired", "frontier was not read");
        assertThat(elements(root, "skipped").getFirst().getAttribute("message"))
                .startsWith("not applicable: A dump holds one snapshot");
    }

    @Test
    void staysWellFormedWhateverTheTextIs() throws Exception {
        Element root = parse(SampleRuns.hostile()).getDocumentElement();

        assertThat(elements(root, "testcase").getFirst().getAttribute("name"))
                .contains("<script>", "\"'&]]>", "␀␛[31m");
        assertThat(elements(root, "system-err").getFirst().getTextContent()).contains("]]>", "␀");
        assertThat(elements(root, "script")).isEmpty();
    }

    @Test
    void keepsCharactersBeyondTheFirstPlane() throws Exception {
        assertThat(Printable.block("ok 🐘 \uD83D half\tand\nso on\r\uFFFF")).isEqualTo("ok 🐘 � half\tand\nso on␍�");
        assertThat(Printable.line("a\nb\tc\u2028d")).isEqualTo("a␊b␉c�d");
    }

    private static Document parse(RunRecord run) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(ReportJunit.render(run))));
    }

    private static List<Element> elements(Element root, String name) {
        NodeList found = root.getElementsByTagName(name);
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> (Element) found.item(i))
                .toList();
    }
}
