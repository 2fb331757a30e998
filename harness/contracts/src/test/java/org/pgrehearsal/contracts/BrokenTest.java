package org.pgrehearsal.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.pgrehearsal.contracts.rule.Finding;
import org.pgrehearsal.contracts.rule.Report;
import org.pgrehearsal.contracts.rule.Rule;
import org.pgrehearsal.contracts.rule.Rules;
import org.pgrehearsal.contracts.tool.Toolbox;
import org.pgrehearsal.contracts.tree.World;

/** Each broken fixture is refused by the rule that it is named after, for its reason, and by no other; the good tree by none. */
class BrokenTest {
    @Test
    void everyRuleHasABrokenFixtureAndEveryFixtureARule() {
        Set<String> folders = new TreeSet<>();
        Fixture.all().forEach(fixture -> folders.add(fixture.rule()));
        Set<String> rules = new TreeSet<>();
        Rules.all(Lab.any()).forEach(rule -> rules.add(rule.name()));
        assertThat(folders).isEqualTo(rules);
    }

    @Tag("tools")
    @TestFactory
    Stream<DynamicTest> theGoodTreeKeepsTheRuleAndIsLookedAt() {
        Toolbox tools = Lab.whole();
        World world = World.of(Fixture.good(tools), tools);
        return Rules.all(tools).stream().map(rule -> DynamicTest.dynamicTest(rule.name(), () -> {
            Report report = rule.report(world);
            assertThat(report.findings()).isEmpty();
            assertThat(report.count()).as("things looked at").isPositive();
        }));
    }

    @Tag("tools")
    @TestFactory
    Stream<DynamicTest> aBrokenTreeIsRefusedForItsReasonOnly() {
        Toolbox tools = Lab.whole();
        List<Rule> rules = Rules.all(tools);
        return Fixture.all().stream()
                .map(fixture -> DynamicTest.dynamicTest(fixture.name(), () -> refused(fixture, rules, tools)));
    }

    private static void refused(Fixture fixture, List<Rule> rules, Toolbox tools) {
        World world = World.of(fixture.make(tools), tools);
        List<Finding> findings = new ArrayList<>();
        rules.forEach(rule -> findings.addAll(rule.report(world).findings()));
        assertThat(findings).extracting(Finding::rule).containsOnly(fixture.rule());
        assertThat(fixture.reasons()).as("reasons in the first lines").isNotEmpty();
        assertThat(findings).hasSameSizeAs(fixture.reasons());
        for (String reason : fixture.reasons()) {
            assertThat(findings).anySatisfy(finding -> assertThat(finding.toString()).contains(reason));
        }
    }
}
