package org.pgrehearsal.course;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pgrehearsal.ledger.History;
import org.pgrehearsal.ledger.LedgerSchema;
import org.pgrehearsal.ledger.Outcome;
import org.pgrehearsal.platform.DatabaseServer;

/**
 * Ends the transactions that a restore left prepared, as whoever coordinates them would: by what it noted.
 *
 * <p>Nobody else does: they would hold their locks, and the oldest transaction number, for ever.
 */
final class InDoubt {
    private static final Pattern NAME = Pattern.compile(".*-(\\d+)-(\\d+)");

    private InDoubt() {}

    static void settle(DatabaseServer server, History history) throws SQLException {
        try (Connection connection = server.connect(LedgerSchema.DATABASE);
                Statement statement = connection.createStatement()) {
            List<String> names = new ArrayList<>();
            try (ResultSet result = statement.executeQuery("SELECT gid FROM pg_prepared_xacts")) {
                while (result.next()) {
                    names.add(result.getString(1));
                }
            }
            for (String name : names) {
                Matcher matcher = NAME.matcher(name);
                boolean commits = matcher.matches()
                        && history.outcome(Integer.parseInt(matcher.group(1)), Long.parseLong(matcher.group(2)))
                                == Outcome.OK;
                statement.execute((commits ? "COMMIT" : "ROLLBACK") + " PREPARED '" + name + "'");
            }
        }
    }
}
