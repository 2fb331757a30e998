package org.pgrehearsal.contracts.rule;

import java.util.List;
import org.pgrehearsal.contracts.tool.Schemas;
import org.pgrehearsal.contracts.tool.Toolbox;

/** All rules. One that is not in this list holds nobody to anything: a test asks that each has its broken fixtures. */
public final class Rules {
    private Rules() {}

    /** The rules, with what they know from the operators. */
    public static List<Rule> all(Toolbox tools) {
        Schemas schemas = new Schemas(tools);
        return List.of(
                new BuildsRule(),
                new VariablesRule(),
                new SchemaRule(schemas),
                new ReferencesRule(),
                new NamespaceRule(),
                new ImageVersionRule(),
                new RestrictedRule(),
                new SchedulesRule(),
                new BackupPathsRule(),
                new ZalandoRule(),
                new RunbooksRule(),
                new MetricsRule(tools.operators().resolve("metrics.txt")),
                new DashboardsRule(),
                new PlaintextSecretsRule(),
                new SopsRule(),
                new ChartsRule(),
                new RefusedValuesRule(),
                new RepeatableRule(),
                new DocsLinksRule(),
                new DocsPathsRule(),
                new DocsCommandsRule(),
                new DocsPlaybooksRule(),
                new DocsYamlRule(schemas),
                new DocsSiteRule());
    }
}
