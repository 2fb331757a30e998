package org.pgrehearsal.platform;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** A PostgreSQL server, wherever it runs, as whoever writes to it and judges it needs it. */
public interface DatabaseServer {
    /** How we get in: as a superuser. */
    Login login();

    /** A new connection as {@link #login} says, to any database. */
    Connection connect(String database) throws SQLException;

    /** Whether it is there, whether or not it takes connections yet. */
    boolean isAlive();

    /** Why it is not running, in its own last words; empty while it runs. */
    Optional<String> whyDead();

    /** Its log so far, over all of its starts, one message a line as PostgreSQL writes them to standard error. */
    List<String> logLines();
}
