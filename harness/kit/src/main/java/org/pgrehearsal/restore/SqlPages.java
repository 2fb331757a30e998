package org.pgrehearsal.restore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.pgrehearsal.check.CheckResult;
import org.pgrehearsal.platform.DatabaseServer;

/**
 * The pages of a server that takes writes and whose files are out of reach, by SQL: amcheck for the structure, and a read of every page for its
 * checksum, which the server verifies as it takes the page in.
 */
public record SqlPages(DatabaseServer server) implements Pages {
    private static final String RELATIONS = """
            SELECT c.oid, c.oid::regclass::text, c.relkind = 'i'
            FROM pg_class c JOIN pg_am a ON a.oid = c.relam
            WHERE c.relpersistence <> 't' AND a.amname IN ('heap', 'btree') AND c.relkind IN ('r', 't', 'm', 'i') AND c.relname LIKE ?
            ORDER BY c.oid
            """;

    /** Every fork of every relation that has files. */
    private static final String FORKS = """
            SELECT c.oid, c.oid::regclass::text, f.fork
            FROM pg_class c CROSS JOIN (VALUES ('main'), ('fsm'), ('vm'), ('init')) AS f (fork)
            WHERE c.relpersistence <> 't' AND c.relkind IN ('r', 't', 'm', 'i', 'S')
              AND pg_relation_size(c.oid, f.fork) > 0
            ORDER BY c.oid
            """;

    @Override
    public CheckResult structure(String database, Depth depth) throws SQLException {
        List<String> complaints = new ArrayList<>();
        long sound = 0;
        try (Connection connection = server.connect(database)) {
            for (Relation relation : relations(connection, depth == Depth.LEDGER ? "dr\\_%" : "%")) {
                List<String> wrong = amcheck(connection, relation);
                complaints.addAll(wrong);
                sound += wrong.isEmpty() ? 1 : 0;
            }
        }
        return PagesResult.relations(sound, complaints, "amcheck");
    }

    private record Relation(long oid, String name, boolean index) {}

    private static List<Relation> relations(Connection connection, String like) throws SQLException {
        List<Relation> relations = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(RELATIONS)) {
            statement.setString(1, like);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    relations.add(new Relation(result.getLong(1), result.getString(2), result.getBoolean(3)));
                }
            }
        }
        return relations;
    }

    private static List<String> amcheck(Connection connection, Relation relation) {
        String sql = relation.index()
                ? "SELECT bt_index_check(" + relation.oid() + ", true)"
                : "SELECT blkno, msg FROM verify_heapam(" + relation.oid() + ", check_toast => true)";
        List<String> wrong = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (!relation.index() && result.next()) {
                wrong.add(relation.name() + ", block " + result.getString(1) + ": " + result.getString(2));
            }
        } catch (SQLException e) {
            wrong.add(relation.name() + ": " + e.getMessage());
        }
        return wrong;
    }

    @Override
    public CheckResult checksums() throws SQLException {
        List<String> complaints = new ArrayList<>();
        long pages = 0;
        for (String database : Databases.connectable(server)) {
            try (Connection connection = server.connect(database)) {
                if (!hasChecksums(connection)) {
                    return PagesResult.pages(0, 0, List.of(), "checksums");
                }
                pages += read(connection, complaints);
            }
        }
        return PagesResult.pages(pages, complaints.size(), complaints, "reading every page");
    }

    private static boolean hasChecksums(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SHOW data_checksums")) {
            result.next();
            return result.getString(1).equals("on");
        }
    }

    private static long read(Connection connection, List<String> complaints) throws SQLException {
        List<String> reads = new ArrayList<>();
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE EXTENSION IF NOT EXISTS pg_prewarm");
            try (ResultSet result = statement.executeQuery(FORKS)) {
                while (result.next()) {
                    reads.add("SELECT pg_prewarm(" + result.getLong(1) + "::regclass, 'buffer', '" + result.getString(3)
                            + "')");
                    names.add(result.getString(2));
                }
            }
        }
        long pages = 0;
        for (int i = 0; i < reads.size(); i++) {
            try (Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery(reads.get(i))) {
                result.next();
                pages += result.getLong(1);
            } catch (SQLException e) {
                complaints.add(names.get(i) + ": " + e.getMessage());
            }
        }
        return pages;
    }
}
