package org.pgrehearsal.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LedgerRowTest {
    private static final UUID RUN = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
    private static final byte[] PAYLOAD = "payload".getBytes(UTF_8);
    private static final byte[] PREVIOUS =
            HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

    /** SHA-256 over the 80 bytes that {@link LedgerRow#computeHash} describes, made by another program (Python's struct and hashlib). */
    private static final String HASH = "7d22fec6dae719d03e70c31efc57fbe10cce2743dfd6ee10f32ca5fded47e658";

    private static LedgerRow row(
            UUID run,
            int writer,
            long sequence,
            OperationKind kind,
            int debit,
            int credit,
            int amount,
            byte[] payload,
            byte[] previous) {
        byte[] hash = HexFormat.of().parseHex(HASH);
        return new LedgerRow(run, writer, sequence, kind, debit, credit, amount, payload, previous, hash, 7, 1);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    @Test
    void theHashIsWhatTheDescriptionSays() {
        LedgerRow row = row(RUN, 3, 258, OperationKind.DDL, 11, 12, 1000, PAYLOAD, PREVIOUS);

        assertThat(hex(row.expectedHash())).isEqualTo(HASH).isEqualTo(hex(row.hash()));
    }

    @Test
    void noPartOfARowCanChangeWithoutIt() {
        byte[] otherPayload = "paylaod".getBytes(UTF_8);
        byte[] otherPrevious = PREVIOUS.clone();
        otherPrevious[31] ^= 1;

        List<LedgerRow> altered = List.of(
                row(new UUID(1, 2), 3, 258, OperationKind.DDL, 11, 12, 1000, PAYLOAD, PREVIOUS),
                row(RUN, 4, 258, OperationKind.DDL, 11, 12, 1000, PAYLOAD, PREVIOUS),
                row(RUN, 3, 259, OperationKind.DDL, 11, 12, 1000, PAYLOAD, PREVIOUS),
                row(RUN, 3, 258, OperationKind.ABORT, 11, 12, 1000, PAYLOAD, PREVIOUS),
                row(RUN, 3, 258, OperationKind.DDL, 12, 11, 1000, PAYLOAD, PREVIOUS),
                row(RUN, 3, 258, OperationKind.DDL, 11, 13, 1000, PAYLOAD, PREVIOUS),
                row(RUN, 3, 258, OperationKind.DDL, 11, 12, 1001, PAYLOAD, PREVIOUS),
                row(RUN, 3, 258, OperationKind.DDL, 11, 12, 1000, otherPayload, PREVIOUS),
                row(RUN, 3, 258, OperationKind.DDL, 11, 12, 1000, PAYLOAD, otherPrevious));

        assertThat(altered)
                .extracting(row -> hex(row.expectedHash()))
                .doesNotContain(HASH)
                .doesNotHaveDuplicates();
    }

    @Test
    void theShortHashIsItsFirstEightBytes() {
        assertThat(LedgerRow.shortHash(HexFormat.of().parseHex(HASH))).isEqualTo(0x7d22fec6dae719d0L);
    }
}
