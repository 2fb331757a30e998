package org.pgrehearsal.check;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.pgrehearsal.ledger.History;
import org.pgrehearsal.ledger.LedgerRow;
import org.pgrehearsal.ledger.OperationKind;

/**
 * What the expected operations must have made beside the ledger.
 *
 * @param tables       names as in {@link RestoredObjects}
 * @param largeObjects digests as in {@link RestoredObjects}
 * @param sequenceAtLeast the greatest number that an expected operation took from the sequence; 0 if none did
 */
public record ExpectedObjects(Set<String> tables, Set<String> largeObjects, long sequenceAtLeast) {
    public ExpectedObjects {
        tables = Set.copyOf(tables);
        largeObjects = Set.copyOf(largeObjects);
    }

    /** The table that an operation of kind DDL creates. */
    public static String tableName(int writer, long sequence) {
        return "dr_ddl_" + writer + "_" + sequence;
    }

    /** The digest by which a large object is known. */
    public static String digest(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * Collects from the history (tables) and from the restored rows (large objects), which the ledger check holds against the history. The
     * numbers are told by whoever knows where an operation records them.
     */
    public static final class Collector {
        private final Expectation expectation;
        private final Set<String> largeObjects = new HashSet<>();
        private long sequenceAtLeast;

        public Collector(Expectation expectation) {
            this.expectation = expectation;
        }

        /** Takes a restored row; those that must not be there ask for nothing. */
        public void row(LedgerRow row) {
            if (row.kind() == OperationKind.LARGE_OBJECT && expectation.expects(row.writer(), row.sequence())) {
                largeObjects.add(digest(row.payload()));
            }
        }

        /** Takes the number that an operation of kind SEQUENCE took. */
        public void number(int writer, long sequence, long number) {
            if (expectation.expects(writer, sequence)) {
                sequenceAtLeast = Math.max(sequenceAtLeast, number);
            }
        }

        public ExpectedObjects collected() {
            Set<String> tables = new HashSet<>();
            History history = expectation.history();
            for (int writer = 0; writer < history.writers(); writer++) {
                for (long sequence = 0; sequence < history.operations(writer); sequence++) {
                    if (history.kind(writer, sequence) == OperationKind.DDL && expectation.expects(writer, sequence)) {
                        tables.add(tableName(writer, sequence));
                    }
                }
            }
            return new ExpectedObjects(tables, largeObjects, sequenceAtLeast);
        }
    }
}
