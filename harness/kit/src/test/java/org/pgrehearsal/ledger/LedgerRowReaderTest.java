package org.pgrehearsal.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LedgerRowReaderTest {
    private static final String HEADER = "5047434f50590aff0d0a00" + "00000000" + "00000000";
    private static final UUID RUN = UUID.fromString("00010203-0405-0607-0809-0a0b0c0d0e0f");
    private static final byte[] PREVIOUS = filled(1);
    private static final byte[] HASH = filled(2);
    private final LedgerRowReader reader = new LedgerRowReader();

    private static byte[] filled(int value) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static byte[] ledger(int kind, int xidLength) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeShort(12);
            out.writeInt(16);
            out.write(hex("000102030405060708090a0b0c0d0e0f"));
            out.writeInt(4);
            out.writeInt(3);
            out.writeInt(8);
            out.writeLong(5_000_000_000L);
            out.writeInt(2);
            out.writeShort(kind);
            for (int number : new int[] {11, 12, 13}) {
                out.writeInt(4);
                out.writeInt(number);
            }
            for (byte[] value : new byte[][] {hex("cafe"), PREVIOUS, HASH}) {
                out.writeInt(value.length);
                out.write(value);
            }
            out.writeInt(xidLength);
            if (xidLength >= 0) {
                out.writeLong(1L << 33);
            }
            out.writeInt(4);
            out.writeInt(2);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @Test
    void theColumnsAreReadInTheirOrder() {
        assertThat(reader.ledgerRow(hex(HEADER))).isNull();
        LedgerRow row = Objects.requireNonNull(reader.ledgerRow(ledger(3, 8)));

        assertThat(row)
                .usingRecursiveComparison()
                .isEqualTo(new LedgerRow(
                        RUN,
                        3,
                        5_000_000_000L,
                        OperationKind.TWO_PHASE,
                        11,
                        12,
                        13,
                        hex("cafe"),
                        PREVIOUS,
                        HASH,
                        1L << 33,
                        2));
        assertThat(Objects.requireNonNull(reader.ledgerRow(ledger(3, 8))).run()).isSameAs(row.run());
        assertThat(reader.ledgerRow(hex("ffff"))).isNull();
    }

    @Test
    void aTwinIsReadWithTheHeaderBeforeIt() {
        TwinRow twin = reader.twinRow(hex(HEADER + "0004" + "00000010" + "000102030405060708090a0b0c0d0e0f" + "00000004"
                + "00000001" + "00000008" + "0000000000000007" + "00000002" + "beef"));

        assertThat(twin).usingRecursiveComparison().isEqualTo(new TwinRow(RUN, 1, 7, hex("beef")));
        assertThat(reader.twinRow(hex("ffff"))).isNull();
    }

    @Test
    void anExtensionOfTheHeaderIsSkipped() {
        assertThat(reader.twinRow(hex("5047434f50590aff0d0a00" + "00000000" + "00000002" + "abcd" + "ffff")))
                .isNull();
    }

    @Test
    void whatIsNotABinaryCopyIsRefused() {
        assertThatThrownBy(() -> reader.ledgerRow(hex("00")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("signature");
        assertThatThrownBy(() -> reader.ledgerRow(new byte[19])).hasMessageContaining("signature");
    }

    @Test
    void whatNoWriterWritesIsDamage() {
        reader.ledgerRow(hex(HEADER));
        assertThatThrownBy(() -> reader.ledgerRow(ledger(77, 8)))
                .isInstanceOf(MalformedRowException.class)
                .hasMessage("writer 3 operation 5000000000: no kind of operation has the number 77");
        assertThatThrownBy(() -> reader.ledgerRow(ledger(3, -1))).hasMessage("a row has a null in xid");
        assertThatThrownBy(() -> reader.ledgerRow(ledger(3, 4))).hasMessage("a row has 4 bytes in xid instead of 8");
        assertThatThrownBy(() -> reader.ledgerRow(hex("0004"))).hasMessage("a row has 4 columns instead of 12");
        assertThatThrownBy(() -> reader.ledgerRow(Arrays.copyOf(ledger(3, 8), 150)))
                .isInstanceOf(MalformedRowException.class)
                .hasMessageContaining("ends after 150 bytes");
        assertThatThrownBy(() -> reader.ledgerRow(Arrays.copyOf(ledger(3, 8), 100)))
                .hasMessageContaining("ends after 100 bytes");
        assertThatThrownBy(() -> reader.twinRow(hex("0004" + "00000010"))).hasMessageContaining("ends after 6 bytes");
    }
}
