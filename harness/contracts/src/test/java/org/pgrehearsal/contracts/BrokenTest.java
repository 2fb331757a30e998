package org.pgrehearsal.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
import org.pgrehearsal.contracts.tree.Repository;
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
        return Rules.all(tools).stream()
                .map(rule -> DynamicTest.dynamicTest(rule.name(), () -> {
                    Report report = rule.report(world);
                    assertThat(report.findings()).isEmpty();
                    assertThat(report.count()).as("things looked at").isPositive();
                }));
    }

    @Tag("tools")
    @TestFactory
    Stream<DynamicTest> aBrokenTreeIsRefusedForItsReasonOnly() {
        Judges judges = new Judges(Lab.whole());
        return Fixture.all().stream()
                .map(fixture -> DynamicTest.dynamicTest(fixture.name(), () -> refused(fixture, judges)));
    }

    private static void refused(Fixture fixture, Judges judges) {
        List<Finding> findings = judges.findings(fixture);
        assertThat(findings)
                .as("findings of this rule only")
                .isNotEmpty()
                .allMatch(finding -> finding.rule().equals(fixture.rule()));
        assertThat(fixture.reasons()).as("reasons in the first lines").isNotEmpty();
        assertThat(findings).hasSameSizeAs(fixture.reasons());
        for (String reason : fixture.reasons()) {
            assertThat(findings)
                    .anySatisfy(finding -> assertThat(finding.toString()).contains(reason));
        }
    }

    /** Judges many trees that differ little, and does nothing twice for files that are the same. */
    private static final class Judges {
        private final Toolbox tools;
        private final List<Rule> rules;
        private final Map<String, World> worlds = new HashMap<>();
        private final Map<String, List<Finding>> known = new HashMap<>();

        private Judges(Toolbox tools) {
            this.tools = tools;
            this.rules = Rules.all(tools);
        }

        private List<Finding> findings(Fixture fixture) {
            Repository repository = Repository.at(fixture.make(tools), tools);
            World world = worlds.computeIfAbsent(
                            repository.digest(World.RENDERED), _ -> World.of(repository.root(), tools))
                    .with(repository);
            List<Finding> findings = new ArrayList<>();
            for (Rule rule : rules) {
                // a tree in which no template has changed is not rendered twice
                if (!rule.name().equals("repeatable") || fixture.touches("charts")) {
                    findings.addAll(known.computeIfAbsent(
                            rule.name() + repository.digest(rule.reads()),
                            _ -> rule.report(world).findings()));
                }
            }
            return findings;
        }
    }
}
