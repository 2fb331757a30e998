package org.pgrehearsal.drills.glue;

import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import org.pgrehearsal.drills.DumpScenarios;

/** The sentences of the feature of dumps. */
public final class DumpSteps {
    private final DumpScenarios scenario;

    /** Made by Cucumber for each scenario. */
    public DumpSteps(DumpScenarios scenario) {
        this.scenario = scenario;
    }

    @Given("^another database, with (a table of its own|nothing in it)$")
    public void another(String what) throws Exception {
        scenario.another(what.startsWith("a table"));
    }

    @When("^the dump is restored into it( by force)?$")
    public void restored(String force) throws Exception {
        scenario.restored(force != null);
    }

    @Then("the restore is refused since {string}, and the table is as it was")
    public void refused(String words) {
        scenario.refused(words);
    }

    @When("the database is written to, and an upgrade makes the Job of the restore again")
    public void upgraded() throws Exception {
        scenario.goOnAndUpgrade();
    }

    @Then("that Job says {string}, and what was written is as it was")
    public void doneAlready(String words) {
        scenario.doneAlready(words);
    }

    @When("its schedule comes round")
    public void schedule() throws Exception {
        scenario.schedule();
    }

    @Then("the store holds a dump with a manifest")
    public void dumped() {
        scenario.dumped();
    }

    @When("a look is taken at the pod of a dump that is under way")
    public void lookAtPod() throws Exception {
        scenario.lookAtPod();
    }

    @Then("it is nobody, can write nowhere but in its work folder, and has no way to the cluster's API")
    public void noRights() {
        scenario.noRights();
    }

    @When("^it is dumped although (.*)$")
    public void dumpAlthough(String trouble) throws Exception {
        scenario.dumpAlthough(trouble);
    }

    @Then("the dump fails, says {string}, and leaves nothing that could be taken for a dump")
    public void failed(String words) {
        scenario.failed(words);
    }
}
