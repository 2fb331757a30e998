package org.pgrehearsal.platform.kubernetes;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.pgrehearsal.platform.DatabaseServer;

/** A PostgreSQL server in a pod. */
public interface PodServer extends DatabaseServer {
    /** Its namespace. */
    Place place();

    /** Runs commands in its container, which has all of PostgreSQL's programs. */
    Shell shell();

    /**
     * What it answers to a question with one text as its answer.
     *
     * @return the answer, or why there is none
     */
    default String ask(String question) {
        try (Connection connection = connect(login().database());
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(question)) {
            answer.next();
            return String.valueOf(answer.getString(1));
        } catch (SQLException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
