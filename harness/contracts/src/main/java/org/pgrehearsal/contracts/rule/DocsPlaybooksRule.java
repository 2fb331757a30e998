package org.pgrehearsal.contracts.rule;

import org.pgrehearsal.contracts.tree.World;
import org.pgrehearsal.playbook.Playbook;

/** The named blocks of a page keep to the rules of playbooks, so that a drill can run them: see ADR 6. */
record DocsPlaybooksRule() implements Rule {
    @Override
    public String name() {
        return "docs-playbooks";
    }

    @Override
    public void check(World world, Report report) {
        for (String page : Pages.all(world)) {
            Playbook playbook = Playbook.of(page, world.repository().text(page).orElse(""));
            playbook.steps().forEach(_ -> report.looked());
            playbook.problems().forEach((line, problem) -> report.refuse(page, "line " + line, problem));
        }
    }
}
