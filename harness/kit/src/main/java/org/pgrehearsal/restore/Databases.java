package org.pgrehearsal.restore;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.pgrehearsal.platform.DatabaseServer;

/** What databases a cluster has. */
final class Databases {
    private Databases() {}

    /** Those that take connections, by name. */
    static List<String> connectable(DatabaseServer server) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Connection connection = server.connect(server.login().database());
                Statement statement = connection.createStatement();
                ResultSet result =
                        statement.executeQuery("SELECT datname FROM pg_database WHERE datallowconn ORDER BY datname")) {
            while (result.next()) {
                names.add(result.getString(1));
            }
        }
        return names;
    }

    static boolean hasAmcheck(DatabaseServer server, String database) throws SQLException {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT FROM pg_extension WHERE extname = 'amcheck'")) {
            return result.next();
        }
    }
}
