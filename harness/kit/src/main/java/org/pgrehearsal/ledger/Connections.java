package org.pgrehearsal.ledger;

import java.sql.Connection;
import java.sql.SQLException;

/** Where connections to the database under load come from. */
@FunctionalInterface
public interface Connections {
    Connection open() throws SQLException;
}
