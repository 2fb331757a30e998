package org.pgrehearsal.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** The ledger's tables. */
public final class LedgerSchema {
    /** The database that holds the ledger. */
    public static final String DATABASE = "ledger";

    /** Accounts that all writers share. */
    public static final int SHARED_ACCOUNTS = 200;

    /** Accounts of one writer alone, for operations that hold their locks for long. */
    public static final int PRIVATE_ACCOUNTS = 8;

    /** What every account begins with. */
    public static final long INITIAL_BALANCE = 1_000_000;

    /** Rows in the unlogged table. */
    public static final int UNLOGGED_ROWS = 1000;

    private LedgerSchema() {}

    /** How many accounts there are for a number of writers. */
    public static int accounts(int writers) {
        return SHARED_ACCOUNTS + writers * PRIVATE_ACCOUNTS;
    }

    /** Creates the tables and the accounts in the connection's database. */
    public static void create(Connection connection, int writers) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(script());
        }
        try (PreparedStatement accounts =
                connection.prepareStatement("INSERT INTO dr_account SELECT id, ? FROM generate_series(0, ?) id")) {
            accounts.setLong(1, INITIAL_BALANCE);
            accounts.setInt(2, accounts(writers) - 1);
            accounts.executeUpdate();
        }
    }

    private static String script() {
        try (InputStream source = LedgerSchema.class.getResourceAsStream("schema.sql")) {
            if (source == null) {
                throw new IllegalStateException("schema.sql is not on the class path");
            }
            return new String(source.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
