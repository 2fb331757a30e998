package org.pgrehearsal.drills.glue;

import io.cucumber.java.Before;
import io.cucumber.java.Scenario;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import org.pgrehearsal.drills.DrillUri;
import org.pgrehearsal.drills.Scenarios;

/** The sentences of the features. */
public final class Steps {
    private final Scenarios scenario;

    /** Made by Cucumber for each scenario. */
    public Steps(Scenarios scenario) {
        this.scenario = scenario;
    }

    @Before
    public void begin(Scenario described) {
        DrillUri uri = DrillUri.parse(described.getUri());
        scenario.begin(
                uri.run(),
                uri.system(),
                uri.feature(),
                described.getName(),
                described.getSourceTagNames().contains("@control"),
                described.getId());
    }

    @Given("a source that was backed up while its writers ran")
    public void backedUp() {
        scenario.backedUp();
    }

    @Given("^a source (with a backup .*|whose (?!sidecar may).*|that was switched over.*)$")
    public void onKubernetes(String which) {
        scenario.kubernetes(which);
    }

    @Given("^a source (whose sidecar may use .*)$")
    public void withLittleMemory(String which) {
        scenario.kubernetesWithLittle(which);
    }

    @Then("its last backup restores to the latest commit, or the operator said why it failed")
    public void restoredOrLoud() throws Exception {
        scenario.restoredIfThereIsOne();
    }

    @Then("the report has the operator's word on it")
    public void operatorSpoke() {
        scenario.operatorSpoke();
    }

    @Given("a source that was backed up in a chain, and archives in the background")
    public void backedUpInAChain() {
        scenario.backedUpInAChain();
    }

    @Given("a source that was restored to a point in the middle, promoted, written to and backed up again")
    public void forked() {
        scenario.forked();
    }

    @Given("^a copy of its backup in which (.*)$")
    public void damaged(String damage) throws Exception {
        scenario.sabotage(damage);
    }

    @Given("^a store that (.*) from a WAL segment in the middle on$")
    public void outage(String fault) {
        scenario.fault(fault);
    }

    @When("^its last backup is restored to (.*)$")
    public void restored(String target) throws Exception {
        scenario.restoreLast(target);
    }

    @When("a replica that follows its archive is promoted")
    public void replicaPromoted() throws Exception {
        scenario.promoteReplica();
    }

    @When("its last backup is restored from its plain form")
    public void restoredFromPlain() throws Exception {
        scenario.restorePlain();
    }

    @When("^the (first|second) backup is restored to (.*) on the (old|new) timeline$")
    public void restoredOn(String which, String target, String timeline) throws Exception {
        scenario.restoreForked(which.equals("first"), target, timeline.equals("new"));
    }

    @When("^the copy(?: of the first backup)? is restored( from its plain form)?(?: to the latest commit)?$")
    public void copyRestored(String plain) throws Exception {
        scenario.restoreCopy(plain != null);
    }

    @When("a new cluster archives through the spool of an earlier one")
    public void oldSpool() throws Exception {
        scenario.archiveThroughOldSpool();
    }

    @Then("the store holds everything that the backup needs")
    public void complete() {
        scenario.storeHoldsEverything();
    }

    @Then("exactly the commits that the log puts before the stop are there")
    public void exact() {
        scenario.rowsAreExact();
    }

    @Then("the acknowledged commits that the standby never had are counted, and the first is named")
    public void lostAreNamed() {
        scenario.lostCommitsAreNamed();
    }

    @Then("no acknowledged commit was lost with the primary")
    public void noneLost() {
        scenario.noAcknowledgedCommitIsLost();
    }

    @Then("the server's log says that it stopped there")
    public void stopped() {
        scenario.serverStopped();
    }

    @Then("the transaction status agrees with the archived log")
    public void statusAgrees() {
        scenario.statusAgrees();
    }

    @Then("every page and index is sound")
    public void sound() {
        scenario.pagesAreSound();
    }

    @Then("every change that is made to the restored rows is found")
    public void ownEyes() {
        scenario.changesAreFound();
    }

    @Then("the source's archive is as it was")
    public void untouched() {
        scenario.archiveIsUntouched();
    }

    @Then(
            "the restore does what PostgreSQL's rules ask for, and if they ask for a refusal, it is refused for that reason")
    public void asTheRulesSay() {
        scenario.asTheRulesSay();
    }

    @Then("the damage is found, for the right reason")
    public void found() {
        scenario.damageIsFound();
    }

    @Then("nothing is lost without notice")
    public void noticed() {
        scenario.nothingIsLostUnnoticed();
    }

    @Then("it is found that WAL was acknowledged that the store does not hold")
    public void spoolFound() {
        scenario.spoolIsFound();
    }

    @Given("a database that was made from Git, and backed up while its writers ran")
    public void madeFromGit() throws Exception {
        scenario.madeFromGit();
    }

    @When("it is rebuilt by the playbook")
    public void rebuilt() throws Exception {
        scenario.rebuildByThePlaybook();
    }

    @When("^the playbook makes a copy of it at (.*)$")
    public void copied(String target) throws Exception {
        scenario.copyByThePlaybook(target);
    }

    @Then("the rows that the playbook brought over are those of the copy")
    public void broughtOver() {
        scenario.rowsWereBroughtOver();
    }

    @When("it is lost with its volumes, and made again from Git")
    public void lost() throws Exception {
        scenario.lostAndMadeAgain();
    }

    @When("it is lost with its volumes, and rebuilt from its backup without a new place for its archive")
    public void rebuiltInTheOldPlace() throws Exception {
        scenario.rebuiltInTheOldPlace();
    }

    @Then("the operator keeps it out of the old archive, and says why")
    public void keptOut() throws Exception {
        scenario.keptOut();
    }
}
