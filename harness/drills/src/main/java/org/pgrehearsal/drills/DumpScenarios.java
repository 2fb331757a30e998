package org.pgrehearsal.drills;

import org.jspecify.annotations.Nullable;

/** What the steps do that only the chart of dumps has. Made anew for each scenario by Cucumber. */
public final class DumpScenarios {
    private final Scenarios scenario;
    private @Nullable DumpTarget target;

    /** With the steps that it shares with other systems. */
    public DumpScenarios(Scenarios scenario) {
        this.scenario = scenario;
    }

    private DumpTarget target() {
        if (target == null) {
            throw new IllegalStateException("the scenario needs another database first");
        }
        return target;
    }

    /** Another database. */
    public void another(boolean table) throws Exception {
        target = DumpTarget.make(scenario.drill(), scenario.courseIfAny(), table);
    }

    /** The source's dump goes into it. */
    public void restored(boolean force) throws Exception {
        target().restore(force);
        if (force) {
            scenario.judged(target().judged());
        }
    }

    /** That was refused. */
    public void refused(String words) {
        target().demandRefused(words);
    }

    /** Life goes on. */
    public void goOnAndUpgrade() throws Exception {
        target().goOnAndUpgrade();
    }

    /** It was not done again. */
    public void doneAlready(String words) {
        target().demandDoneAlready(words);
    }

    /** A dump in trouble. */
    public void dumpAlthough(String trouble) throws Exception {
        target().dumpAlthough(trouble);
    }

    /** It failed loudly. */
    public void failed(String words) {
        target().demandFailed(words);
    }

    /** The schedule takes one. */
    public void schedule() throws Exception {
        target().awaitSchedule();
    }

    /** It did. */
    public void dumped() {
        target().demandDump();
    }

    /** A look at a pod. */
    public void lookAtPod() throws Exception {
        target().lookAtPod();
    }

    /** It has few rights. */
    public void noRights() {
        target().demandNoRights();
    }
}
