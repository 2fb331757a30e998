package org.pgrehearsal.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class CompressionTest {
    /** {@code printf 'WAL WAL WAL WAL WAL WAL WAL WAL ' | lz4 -c}: head, size, block, end, checksum. */
    private static final byte[] WRITTEN_BY_LZ4 = HexFormat.ofDelimiter(" ")
            .parseHex(
                    "04 22 4d 18 64 40 a7 0e 00 00 00 4f 57 41 4c 20 04 00 04 50 20 57 41 4c 20 00 00 00 00 35 94 61 39");

    private static byte[] noise(int length) {
        byte[] content = new byte[length];
        new Random(11).nextBytes(content);
        return content;
    }

    @ParameterizedTest
    @CsvSource({
        "archive/main/15-1/000000010000000000000003-aa.lz4, LZ4",
        "main/wals/000000010000000000000003.gz, GZIP",
        "main/base/1/data.tar.bz2, BZIP2",
        "main/base/1/data.tar, NONE",
        "backup.gz/manifest, NONE",
    })
    void isKnownByTheEndOfTheKey(String key, Compression compression) {
        assertThat(Compression.of(key)).isEqualTo(compression);
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void contentComesBackAsItWas(Compression compression) throws IOException {
        for (byte[] content :
                Stream.of(0, 1, 70_000).map(CompressionTest::noise).toList()) {
            comesBack(compression, content);
        }
    }

    @Test
    void anLz4FrameHasAsManyBlocksAsItNeeds() throws IOException {
        comesBack(Compression.LZ4, noise((4 << 20) + 1));
    }

    private static void comesBack(Compression compression, byte[] content) throws IOException {
        byte[] stored = compression.compress(content);

        assertThat(Arrays.equals(compression.decompress(stored), content))
                .as("%s of %d bytes", compression, content.length)
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(value = Compression.class, mode = Mode.EXCLUDE, names = "NONE")
    void whatEndsTooEarlyIsNoContent(Compression compression) throws IOException {
        byte[] stored = compression.compress(noise(10_000));

        for (int length : new int[] {stored.length - 1, stored.length / 2, 5}) {
            assertThatThrownBy(() -> compression.decompress(Arrays.copyOf(stored, length)))
                    .as("%s cut from %d to %d bytes", compression, stored.length, length)
                    .isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Compression.class, mode = Mode.EXCLUDE, names = "NONE")
    void whatIsNotOfThisFormIsNoContent(Compression compression) {
        assertThatThrownBy(() -> compression.decompress(noise(100))).isInstanceOf(IOException.class);
    }

    @Test
    void readsWhatTheLz4ProgramWrites() throws IOException {
        byte[] stored = WRITTEN_BY_LZ4.clone();

        assertThat(Compression.LZ4.decompress(stored)).asString().isEqualTo("WAL ".repeat(8));
    }

    /** Linked blocks, long runs and overlapping matches, as the program and pgBackRest write them; another reader must agree. */
    @Test
    void aSegmentThatIsMostlyZerosIsReadAsAnotherReaderReadsIt() throws IOException {
        byte[] content = new byte[300_000];
        System.arraycopy(noise(70_000), 0, content, 0, 70_000);
        for (int i = 70_000; i < 200_000; i++) {
            content[i] = (byte) (i % 7 == 0 ? i >>> 8 : i % 7);
        }
        ByteArrayOutputStream stored = new ByteArrayOutputStream();
        try (FramedLZ4CompressorOutputStream out = new FramedLZ4CompressorOutputStream(
                stored,
                new FramedLZ4CompressorOutputStream.Parameters(
                        FramedLZ4CompressorOutputStream.BlockSize.K64, true, true, true))) {
            out.write(content);
        }

        assertThat(Compression.LZ4.decompress(stored.toByteArray())).isEqualTo(content);
    }

    @Test
    void aFlippedByteOfAFrameIsNoticed() {
        byte[] stored = WRITTEN_BY_LZ4.clone();

        int lastToken = 19; // its lower half means nothing
        for (int at = 0; at < stored.length; at++) {
            byte[] flipped = stored.clone();
            flipped[at] ^= (byte) (at == lastToken ? 0x10 : 1);
            assertThatThrownBy(() -> Compression.LZ4.decompress(flipped), "byte %d", at)
                    .isInstanceOf(IOException.class);
        }
    }
}
