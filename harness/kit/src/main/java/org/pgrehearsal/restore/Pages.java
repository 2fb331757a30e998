package org.pgrehearsal.restore;

import java.sql.SQLException;
import org.pgrehearsal.check.CheckResult;

/** Whether the pages and indexes of one restored cluster are sound, by PostgreSQL's own means. */
public interface Pages {
    /** How much is looked at beside the checksums. */
    enum Depth {
        /** The ledger's own tables and indexes. */
        LEDGER,
        /** Every table and index of the database. */
        EVERYTHING
    }

    /** Tables against their indexes and their own structure, in a database that has the extension amcheck. */
    CheckResult structure(String database, Depth depth) throws SQLException;

    /** The checksum of every page. Comes last: afterwards the server may not be running any more. */
    CheckResult checksums() throws SQLException;
}
