package org.pgrehearsal.restore;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.pgrehearsal.platform.local.PostgresCluster;

/** What databases a cluster has. */
final class Databases {
    private Databases() {}

    /** Those that take connections, by name. */
    static List<String> connectable(PostgresCluster cluster) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Connection connection = cluster.connect(cluster.login().database());
                Statement statement = connection.createStatement();
                ResultSet result =
                        statement.executeQuery("SELECT datname FROM pg_database WHERE datallowconn ORDER BY datname")) {
            while (result.next()) {
                names.add(result.getString(1));
            }
        }
        return names;
    }

    static boolean hasAmcheck(PostgresCluster cluster, String database) throws SQLException {
        try (Connection connection = cluster.connect(database);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT FROM pg_extension WHERE extname = 'amcheck'")) {
            return result.next();
        }
    }
}
