package org.pgrehearsal.drills;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cucumber.core.gherkin.Feature;
import io.cucumber.core.gherkin.Pickle;
import io.cucumber.core.gherkin.Step;
import io.cucumber.core.options.RuntimeOptionsBuilder;
import io.cucumber.core.runtime.Runtime;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import io.cucumber.plugin.ConcurrentEventListener;
import io.cucumber.plugin.event.PickleStepTestStep;
import io.cucumber.plugin.event.Status;
import io.cucumber.plugin.event.TestStepFinished;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.pgrehearsal.drills.glue.DumpSteps;
import org.pgrehearsal.drills.glue.Steps;
import org.pgrehearsal.sabotage.Sabotage;

/** The features say only what there is. */
class FeaturesTest {
    private static final Pattern TARGET = Pattern.compile("its last backup is restored to (.*)");
    private static final Pattern FORK =
            Pattern.compile("the (?:first|second) backup is restored to (.*) on the (?:old|new) timeline");
    private static final Pattern COPY = Pattern.compile("the playbook makes a copy of it at (.*)");
    private static final Pattern DAMAGE = Pattern.compile("a copy of its backup in which (.*)");
    private static final Pattern SOURCE =
            Pattern.compile("a source (with a backup .*|whose .*|that was switched over.*)");
    private static final Pattern OUTAGE = Pattern.compile("a store that (.*) from a WAL segment in the middle on");

    @Test
    void everyTargetIsKnown() {
        assertThat(phrases(TARGET)).isNotEmpty().isSubsetOf(Targets.phrases());
    }

    @Test
    void everyTargetThatIsKnownIsDrilled() {
        assertThat(phrases(TARGET)).containsAll(Targets.phrases());
    }

    @Test
    void everyTargetOfAForkIsKnown() {
        assertThat(phrases(FORK))
                .containsExactlyInAnyOrder(
                        "the latest commit",
                        "the restore point",
                        "a position past the fork",
                        "a position before the switch",
                        "a time after the switch");
    }

    @Test
    void everyTargetOfACopyIsKnown() {
        assertThat(phrases(COPY)).isNotEmpty().isSubsetOf(Targets.phrases());
    }

    @Test
    void theDamagesAreThoseOfTheCatalogue() {
        assertThat(phrases(DAMAGE))
                .containsExactlyInAnyOrderElementsOf(
                        Sabotage.all().stream().map(Sabotage::name).toList());
    }

    @Test
    void everyOutageIsKnownAndDrilled() {
        assertThat(phrases(OUTAGE)).containsExactlyInAnyOrderElementsOf(Faults.phrases());
        assertThat(phrases(OUTAGE))
                .allSatisfy(phrase -> assertThat(Faults.named(phrase)).isNotNull());
    }

    @Test
    void everySourceThatOnlyAnOperatorHasIsKnownAndDrilled() {
        assertThat(phrases(SOURCE).stream().map(KubernetesSource::named))
                .containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(
                        EnumSet.of(KubernetesSource.USUAL, KubernetesSource.CHAINED))); // every platform has those
    }

    @Test
    void anUnknownOutageNamesTheKnownOnes() {
        assertThatThrownBy(() -> Faults.named("sulks"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sulks")
                .hasMessageContaining("answers 503");
    }

    @Test
    void everyStepHasOneDefinitionAndEveryDefinitionASteps() {
        Plan plan = Plans.whole();
        Finished finished = new Finished();
        Runtime.builder()
                .withRuntimeOptions(new RuntimeOptionsBuilder()
                        .addGlue(URI.create("classpath:/org/pgrehearsal/drills/glue"))
                        .setDryRun(true)
                        .setPickleOrder(_ -> plan.pickles())
                        .setPublishQuiet(true)
                        .build())
                .withFeatureSupplier(plan::features)
                .withAdditionalPlugins(finished)
                .build()
                .run();

        assertThat(finished.steps)
                .hasSizeGreaterThan(100)
                .allSatisfy(event -> assertThat(event.getResult().getStatus())
                        .as(text(event))
                        .isNotIn(Status.UNDEFINED, Status.AMBIGUOUS, Status.FAILED, Status.PENDING));
        Set<String> used = finished.steps.stream()
                .map(event -> event.getTestStep().getCodeLocation().replaceFirst("\\(.*", ""))
                .collect(Collectors.toSet());
        assertThat(used)
                .containsExactlyInAnyOrderElementsOf(Stream.of(Steps.class, DumpSteps.class)
                        .flatMap(steps -> Arrays.stream(steps.getMethods()))
                        .filter(FeaturesTest::isStep)
                        .map(method -> method.getDeclaringClass().getName() + "." + method.getName())
                        .toList());
    }

    @Test
    void noFeatureNamesABackupSystemAPlatformOrAStore() throws IOException {
        List<String> names = Stream.concat(
                        new PlatformChoice.Local().systems().stream(),
                        Stream.of(
                                "barman",
                                "pg_dump",
                                "wal-g",
                                "walg",
                                "cnpg",
                                "cloudnativepg",
                                "zalando",
                                "kubernetes",
                                "k3s",
                                "cluster platform",
                                "embedded",
                                "garage",
                                "versitygw",
                                "minio",
                                "s3"))
                .toList();
        try (Stream<Path> files = Files.list(Plans.HOME.resolve("features"))) {
            List<Path> features = files.toList();
            assertThat(features).hasSizeGreaterThanOrEqualTo(7);
            for (Path feature : features) {
                String text = Files.readString(feature).toLowerCase(Locale.ROOT);
                assertThat(names).as(feature.toString()).noneMatch(text::contains);
            }
        }
    }

    private static boolean isStep(Method method) {
        return method.isAnnotationPresent(Given.class)
                || method.isAnnotationPresent(When.class)
                || method.isAnnotationPresent(Then.class);
    }

    private static Set<String> phrases(Pattern pattern) {
        return Plans.whole().features().stream()
                .map(Feature::getPickles)
                .flatMap(List::stream)
                .map(Pickle::getSteps)
                .flatMap(List::stream)
                .map(Step::getText)
                .map(pattern::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .collect(Collectors.toSet());
    }

    private static String text(TestStepFinished event) {
        return ((PickleStepTestStep) event.getTestStep()).getStep().getText();
    }

    private static final class Finished implements ConcurrentEventListener {
        private final Queue<TestStepFinished> steps = new ConcurrentLinkedQueue<>();

        @Override
        public void setEventPublisher(io.cucumber.plugin.event.EventPublisher publisher) {
            publisher.registerHandlerFor(TestStepFinished.class, event -> {
                if (event.getTestStep() instanceof PickleStepTestStep) {
                    steps.add(event);
                }
            });
        }
    }
}
