package org.pgrehearsal.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.pgrehearsal.check.Scene.Op;
import org.pgrehearsal.ledger.LedgerRow;
import org.pgrehearsal.verdict.Anomaly;
import org.pgrehearsal.verdict.Finding;

class BalancesTest {
    private final Accusations accusations = new Accusations();
    private final LedgerRow row = row();

    private static LedgerRow row() {
        Op op = new Scene(1, 3).committed(0);
        return op.row();
    }

    @Test
    void missingAccountsAreTorn() {
        Balances balances = new Balances(new Accounts(2, 10), accusations);
        balances.balance(1, 10);
        balances.judge();

        assertThat(accusations.findings())
                .singleElement()
                .isEqualTo(Finding.of(
                        Anomaly.TORN_TRANSACTION,
                        "half a transaction came back: account 0 is missing",
                        "account 0 is missing"));
        assertThat(balances.read()).isEqualTo(1);
    }

    @Test
    void accountsThatNobodyMadeAreGhosts() {
        Balances balances = new Balances(new Accounts(1, 10), accusations);
        balances.balance(0, 10);
        balances.balance(1, 10);
        balances.balance(-1, 10);
        balances.judge();

        assertThat(accusations.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.anomaly()).isEqualTo(Anomaly.GHOST);
            assertThat(finding.evidence())
                    .containsExactly("account 1 is not one of the 1", "account -1 is not one of the 1");
        });
    }

    @Test
    void anAccountThatIsThereTwiceIsADuplicateWhateverItHolds() {
        Balances balances = new Balances(new Accounts(1, 10), accusations);
        balances.balance(0, 10);
        balances.balance(0, 11);
        balances.judge();

        assertThat(accusations.findings())
                .singleElement()
                .isEqualTo(Finding.of(
                        Anomaly.DUPLICATE,
                        "a row is there more than once: account 0 is there more than once",
                        "account 0 is there more than once"));
    }

    @Test
    void transfersAreTakenFromOneAndGivenToTheOther() {
        Balances balances = new Balances(Scene.ACCOUNTS, accusations);
        balances.transfer(row);
        for (int id = 0; id < Scene.ACCOUNTS.count(); id++) {
            int moved = id == row.debit() ? -row.amount() : id == row.credit() ? row.amount() : 0;
            balances.balance(id, 1000 + moved);
        }
        balances.judge();

        assertThat(accusations.findings()).isEmpty();
        assertThat(balances.judged()).isTrue();
    }

    @Test
    void transfersToNowhereAreTorn() {
        Balances balances = new Balances(new Accounts(Math.max(row.debit(), row.credit()), 0), accusations);
        balances.transfer(row);

        assertThat(accusations.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.what())
                        .contains("writer 0 operation 0 moves " + row.amount() + " by account "
                                + Math.max(row.debit(), row.credit())));
    }

    @Test
    void aWorkloadWithoutAccountsHasNothingToAddUp() {
        Balances balances = new Balances(Accounts.NONE, accusations);
        balances.transfer(row);
        balances.judge();

        assertThat(accusations.findings()).isEmpty();
    }

    @Test
    void distrustedAmountsAccuseNobody() {
        Balances balances = new Balances(new Accounts(1, 10), accusations);
        balances.distrust();
        balances.balance(0, 11);
        balances.judge();

        assertThat(accusations.findings()).isEmpty();
        assertThat(balances.judged()).isFalse();
    }
}
