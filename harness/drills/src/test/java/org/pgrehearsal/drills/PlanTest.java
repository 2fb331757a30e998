package org.pgrehearsal.drills;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cucumber.core.gherkin.Feature;
import io.cucumber.core.gherkin.Pickle;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.pgrehearsal.evidence.RunRecord;
import org.pgrehearsal.system.BackupSystem;
import org.pgrehearsal.system.Capability;

class PlanTest {
    @Test
    void byDefaultOnlyWhatIsTaggedSoIsRun() {
        assertThat(Plans.of(Plans.systems(), null, false).pickles())
                .isNotEmpty()
                .allMatch(pickle -> pickle.getTags().contains("@default"));
    }

    @Test
    void theDefaultSetShowsEveryKindOfRisk() {
        Plan plan = Plans.of(Plans.systems().subList(0, 1), null, false);
        assertThat(plan.pickles().stream().map(PlanTest::feature))
                .contains("backup", "restore", "pitr", "timelines", "sabotage", "outage");
        assertThat(plan.pickles())
                .filteredOn(pickle -> feature(pickle).equals("sabotage"))
                .hasSizeGreaterThanOrEqualTo(4);
    }

    @Test
    void whatTakesLongBeginsFirstOnceForEachSystem() {
        Plan plan = Plans.of(Plans.systems(), null, false);
        List<Pickle> order = plan.inOrderOfStart();
        assertThat(order).containsExactlyInAnyOrderElementsOf(plan.pickles());
        assertThat(order.subList(0, 4))
                .extracting(pickle -> system(pickle) + " " + feature(pickle))
                .containsExactlyInAnyOrder(
                        "pgbackrest timelines", "barman-cloud timelines", "pgbackrest outage", "barman-cloud outage");
        assertThat(order.get(4)).isEqualTo(plan.pickles().getFirst());
    }

    @Test
    void theWholeMatrixIsMore() {
        assertThat(names(Plans.whole()))
                .hasSizeGreaterThan(
                        names(Plans.of(Plans.systems(), null, false)).size());
    }

    @Test
    void everyScenarioOfEverySystemIsEitherRunOrNotApplicable() {
        Plan plan = Plans.whole();
        for (BackupSystem system : Plans.systems()) {
            Set<String> shown = plan.notApplicable().stream()
                    .filter(cell -> cell.system().equals(system.name()))
                    .map(RunRecord.NotApplicable::scenario)
                    .collect(Collectors.toCollection(HashSet::new));
            plan.pickles().stream()
                    .filter(pickle -> system(pickle).equals(system.name()))
                    .map(Pickle::getName)
                    .forEach(shown::add);
            assertThat(shown).as(system.name()).containsExactlyInAnyOrderElementsOf(namesOf(plan, system));
        }
    }

    @Test
    void whatOneSystemHasAloneIsInThePlanOfNoOther() {
        Plan plan = Plans.whole();
        assertThat(plan.pickles().stream().filter(pickle -> feature(pickle).equals("dumps")))
                .isNotEmpty()
                .allMatch(pickle -> system(pickle).equals("pgdump-chart"));
        assertThat(plan.notApplicable()).noneMatch(cell -> cell.feature().equals("dumps"));
    }

    @Test
    void everyScenarioIsRunOnSomeSystem() {
        Plan plan = Plans.whole();
        assertThat(names(plan)).isEqualTo(allNames(plan));
    }

    @Test
    void whatASystemLacksIsNotApplicableWithItsReason() {
        BackupSystem dump = Plans.systems().get(2);
        Plan plan = Plans.of(List.of(dump), null, true);

        assertThat(plan.pickles())
                .noneMatch(pickle -> dump.lacks().keySet().stream()
                        .anyMatch(lack -> pickle.getTags().contains(lack.tag())));
        assertThat(plan.notApplicable())
                .filteredOn(cell -> cell.feature().equals("pitr"))
                .isNotEmpty()
                .allSatisfy(
                        cell -> assertThat(cell.reason()).isEqualTo(dump.lacks().get(Capability.POINT_IN_TIME)));
    }

    @Test
    void everyTagOfANeedIsACapability() {
        Set<String> known =
                Set.of(Capability.values()).stream().map(Capability::tag).collect(Collectors.toSet());
        assertThat(pickles(Plans.whole()).stream().flatMap(pickle -> pickle.getTags().stream()))
                .filteredOn(tag -> tag.startsWith("@needs-"))
                .isNotEmpty()
                .isSubsetOf(known);
    }

    @Test
    void aPartOfANameChoosesAlsoBeyondTheDefaultSetWhateverItsCase() {
        assertThat(names(Plans.of(Plans.systems(), "CLOCK RAN", false)))
                .containsExactly("to a time at which the clock ran backwards");
    }

    @Test
    void nothingThatFitsIsSaid() {
        assertThatThrownBy(() -> Plans.of(Plans.systems(), "moonlight", true))
                .isInstanceOf(NothingToRun.class)
                .hasMessageContaining("moonlight");
    }

    @Test
    void nothingThatAppliesIsSaidWithTheReason() {
        BackupSystem dump = Plans.systems().get(2);
        assertThatThrownBy(() -> Plans.of(List.of(dump), "clock ran", true))
                .isInstanceOf(NothingToRun.class)
                .hasMessageContaining("pg-dump")
                .hasMessageContaining(dump.lacks().get(Capability.POINT_IN_TIME));
    }

    @Test
    void theSystemsTakeTurns() {
        assertThat(Plans.of(Plans.systems(), null, false).pickles().stream()
                        .map(PlanTest::system)
                        .limit(6))
                .containsExactly("pgbackrest", "barman-cloud", "pg-dump", "pgbackrest", "barman-cloud", "pg-dump");
    }

    private static String system(Pickle pickle) {
        return DrillUri.parse(pickle.getUri()).system();
    }

    private static String feature(Pickle pickle) {
        return DrillUri.parse(pickle.getUri()).feature();
    }

    private static Set<String> names(Plan plan) {
        return plan.pickles().stream().map(Pickle::getName).collect(Collectors.toSet());
    }

    private static Set<String> allNames(Plan plan) {
        return pickles(plan).stream().map(Pickle::getName).collect(Collectors.toSet());
    }

    /** Those that are not another system's alone. */
    private static Set<String> namesOf(Plan plan, BackupSystem system) {
        return pickles(plan).stream()
                .filter(pickle -> pickle.getTags().stream()
                        .noneMatch(tag -> tag.startsWith("@only-") && !tag.equals("@only-" + system.name())))
                .map(Pickle::getName)
                .collect(Collectors.toSet());
    }

    private static List<Pickle> pickles(Plan plan) {
        return plan.features().stream()
                .map(Feature::getPickles)
                .flatMap(List::stream)
                .toList();
    }
}
