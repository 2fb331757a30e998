package org.pgrehearsal.evidence.html;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgrehearsal.evidence.RunRecord;
import org.pgrehearsal.evidence.SampleRuns;
import org.pgrehearsal.evidence.Tally;

/** The page as a browser shows it. Needs Chromium; run with {@code mvn -Pbrowser test}. */
@Tag("browser")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReportHtmlBrowserTest {
    private static final List<String> RUNS = List.of("proved", "mixed", "hostile", "nothing");

    private final Path shots = Path.of("target", "report-pictures");
    private final Chromium browser;
    private final Path folder;

    ReportHtmlBrowserTest(@TempDir Path place) throws Exception {
        folder = Files.createDirectories(place.resolve("pages"));
        browser = new Chromium(place.resolve("profile"));
    }

    @BeforeAll
    void writePages() throws IOException {
        Files.createDirectories(shots);
        for (String run : RUNS) {
            Files.writeString(page(run), ReportHtml.render(record(run)));
        }
    }

    @AfterAll
    void stop() throws IOException {
        browser.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"proved", "mixed", "hostile", "nothing"})
    void asksForNothingAndComplainsOfNothing(String run) throws Exception {
        open(run, 1280, "light");

        assertThat(browser.requests())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("file:")
                .endsWith(run + ".html");
        assertThat(browser.problems()).isEmpty();
        assertThat(browser.evaluate("document.scripts.length + document.images.length")
                        .asInt())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"proved", "mixed", "hostile", "nothing"})
    void saysTheVerdictFirst(String run) throws Exception {
        open(run, 360, "light");

        assertThat(browser.evaluate("document.querySelector('h1,h2,h3,h4,h5,h6').outerHTML")
                        .asText())
                .isEqualTo("<h1>" + Tally.of(record(run)).headline() + "</h1>");
        assertThat(browser.evaluate("document.querySelector('h1').getBoundingClientRect().bottom < 300")
                        .asBoolean())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "proved,320",
        "mixed,320",
        "hostile,320",
        "nothing,320",
        "mixed,360",
        "hostile,360",
        "mixed,768",
        "hostile,800",
        "mixed,1280"
    })
    void neverScrollsSideways(String run, int width) throws Exception {
        open(run, width, "light");
        unfold();

        JsonNode sizes = browser.evaluate("[document.scrollingElement.scrollWidth, innerWidth]");
        assertThat(sizes.get(0).asInt()).isPositive().isLessThanOrEqualTo(width);
        assertThat(sizes.get(1).asInt()).isEqualTo(width);
    }

    @ParameterizedTest
    @CsvSource({"mixed,1280", "mixed,320", "proved,1280", "proved,360", "hostile,1280", "hostile,320"})
    void labelsNeverOverlapOrRunOut(String run, int width) throws Exception {
        open(run, width, "light");
        unfold();

        JsonNode drills = browser.evaluate("""
                [...document.querySelectorAll('details.drill')].map(drill => {
                  const svg = [...drill.querySelectorAll('svg')].filter(s => s.getBoundingClientRect().width > 0);
                  const box = svg[0].getBoundingClientRect();
                  const labels = [...svg[0].querySelectorAll('text')].map(t => ({ t: t.textContent, r: t.getBoundingClientRect() }));
                  const bad = [];
                  labels.forEach((a, i) => {
                    if (a.r.left < box.left - 1 || a.r.right > box.right + 1 || a.r.top < box.top - 1 || a.r.bottom > box.bottom + 1) bad.push('out: ' + a.t);
                    labels.slice(i + 1).forEach(b => {
                      if (a.r.left < b.r.right && b.r.left < a.r.right && a.r.top + 1 < b.r.bottom && b.r.top + 1 < a.r.bottom) bad.push(a.t + ' / ' + b.t);
                    });
                  });
                  return { pictures: svg.length, labels: labels.length, named: svg[0].querySelectorAll('title,desc').length, bad };
                })""");

        assertThat(drills).hasSize(record(run).drills().size()).allSatisfy(drill -> {
            assertThat(drill.path("pictures").asInt()).isEqualTo(1);
            assertThat(drill.path("named").asInt()).isEqualTo(2);
            assertThat(drill.path("labels").asInt()).isGreaterThan(2);
            assertThat(drill.path("bad")).isEmpty();
        });
    }

    @Test
    void foldsAwayWhatIsProvedAndUnfoldsWhatALinkLeadsTo() throws Exception {
        open("mixed", 1280, "light");

        assertThat(texts("[...document.querySelectorAll('details.drill[open]')].map(d => d.className)"))
                .containsExactly("drill refuted", "drill refuted", "drill inconclusive", "drill inconclusive");
        assertThat(browser.evaluate("""
                (() => { const d = document.querySelector('details.drill'); const s = d.querySelector('summary');
                  const seen = [d.open]; s.click(); seen.push(d.open); s.click(); seen.push(d.open); return seen.join(); })()""").asText()).isEqualTo("false,true,false");
        assertThat(browser.evaluate("""
                (() => { const a = document.querySelector('.matrix a.outcome.proved'); a.click();
                  return document.querySelector(a.getAttribute('href')).closest('details').open; })()""").asBoolean()).isTrue();
        assertThat(browser.evaluate(
                                "[...document.querySelectorAll('a[href^=\"#\"]')].filter(a => !document.querySelector(a.getAttribute('href'))).length")
                        .asInt())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({"mixed,light", "mixed,dark", "proved,light", "proved,dark", "nothing,dark"})
    void textStandsOutFromWhatIsBehindIt(String run, String scheme) throws Exception {
        open(run, 1280, scheme);
        unfold();
        assertThat(browser.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
                        .asBoolean())
                .isEqualTo(scheme.equals("dark"));

        JsonNode texts = browser.evaluate("""
                (() => {
                  const rgb = c => c.match(/[\\d.]+/g).map(Number);
                  const light = c => { const [r, g, b] = c.map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
                    return .2126 * r + .7152 * g + .0722 * b; };
                  const behind = e => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor);
                    if (c.length < 4 || c[3] > 0) return c; } return [255, 255, 255]; };
                  const seen = [...document.querySelectorAll('body *')].filter(e =>
                    e.getBoundingClientRect().width > 0 && [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()));
                  return seen.map(e => { const s = getComputedStyle(e);
                    const a = light(rgb(e instanceof SVGElement ? s.fill : s.color)), b = light(behind(e));
                    return { what: e.tagName + '.' + (e.getAttribute('class') || ''), ratio: (Math.max(a, b) + .05) / (Math.min(a, b) + .05) }; });
                })()""");

        assertThat(texts)
                .hasSizeGreaterThan(10)
                .allSatisfy(text -> assertThat(text.path("ratio").asDouble())
                        .as(text.path("what").asText())
                        .isGreaterThanOrEqualTo(4.5));
    }

    @ParameterizedTest
    @CsvSource({
        "mixed,1280,light",
        "mixed,1280,dark",
        "mixed,360,light",
        "mixed,320,dark",
        "hostile,360,light",
        "proved,1280,light"
    })
    void looksAsItShould(String run, int width, String scheme) throws Exception {
        open(run, width, scheme);
        Path shot = shots.resolve(run + "-" + width + "-" + scheme + ".png");
        browser.screenshot(shot);

        assertThat(shot).isNotEmptyFile();
    }

    private static RunRecord record(String run) {
        return switch (run) {
            case "proved" -> SampleRuns.proved();
            case "mixed" -> SampleRuns.mixed();
            case "hostile" -> SampleRuns.hostile();
            case "nothing" -> SampleRuns.nothing();
            default -> throw new IllegalArgumentException(run);
        };
    }

    private void open(String run, int width, String scheme) throws Exception {
        browser.viewport(width, 900);
        browser.colourScheme(scheme);
        browser.open(page(run));
    }

    private void unfold() throws Exception {
        browser.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })");
    }

    private List<String> texts(String expression) throws Exception {
        return browser.evaluate(expression).valueStream().map(JsonNode::asText).toList();
    }

    private Path page(String run) {
        return folder.resolve(run + ".html");
    }
}
