package org.pgrehearsal.system.dump;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts what a database holds, by the connection's snapshot: the same question for the source and for a restored one. */
final class ContentsCount {
    /** What pg_dump dumps with its rows: tables and partitions of users, not those that an extension brings along. */
    private static final String TABLES = relations("'r'");

    private static final String SEQUENCES = relations("'S'");

    private ContentsCount() {}

    private static String relations(String kind) {
        return """
                SELECT format('%I.%I', n.nspname, c.relname)
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE c.relkind = KIND AND c.relpersistence <> 't'
                  AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
                  AND NOT EXISTS (SELECT FROM pg_depend d
                                  WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
                ORDER BY 1
                """.replace("KIND", kind);
    }

    static Manifest.Contents of(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            SortedMap<String, Long> tables = new TreeMap<>();
            for (String table : names(statement, TABLES)) {
                tables.put(table, number(statement, "SELECT count(*) FROM ONLY " + table));
            }
            long largeObjects = number(statement, "SELECT count(*) FROM pg_largeobject_metadata");
            SortedMap<String, Long> sequences = new TreeMap<>();
            for (String sequence : names(statement, SEQUENCES)) {
                sequences.put(sequence, number(statement, "SELECT last_value FROM " + sequence));
            }
            return new Manifest.Contents(tables, largeObjects, sequences);
        }
    }

    private static List<String> names(Statement statement, String query) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    private static long number(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
