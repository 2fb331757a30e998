package org.pgrehearsal.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestReporter;
import org.pgrehearsal.contracts.rule.Report;
import org.pgrehearsal.contracts.rule.Rule;
import org.pgrehearsal.contracts.rule.Rules;
import org.pgrehearsal.contracts.tool.Toolbox;
import org.pgrehearsal.contracts.tree.World;

/** The tree of this repository keeps every rule. */
@Tag("tools")
class TreeTest {
    @TestFactory
    Stream<DynamicTest> theTreeKeepsTheRule(TestReporter reporter) {
        Toolbox tools = Lab.whole();
        World world = World.of(Lab.root(), tools);
        return Rules.all(tools).stream()
                .map(rule -> DynamicTest.dynamicTest(rule.name(), () -> judge(rule, world, reporter)));
    }

    private static void judge(Rule rule, World world, TestReporter reporter) {
        Report report = rule.report(world);
        reporter.publishEntry(rule.name(), "looked at " + report.count());
        assertThat(report.findings()).isEmpty();
        assertThat(report.count())
                .as("%s looked at nothing, so it says nothing", rule.name())
                .isPositive();
    }
}
