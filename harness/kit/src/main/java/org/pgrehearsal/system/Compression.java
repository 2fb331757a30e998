package org.pgrehearsal.system;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;

/** How an object is compressed, by the end of its name. */
public enum Compression {
    NONE(""),
    GZIP(".gz"),
    BZIP2(".bz2"),
    LZ4(".lz4");

    private static final List<String> UNREADABLE = List.of(".zst", ".xz", ".snappy");

    private final String suffix;

    Compression(String suffix) {
        this.suffix = suffix;
    }

    /**
     * By the end of a key; anything else is taken as not compressed.
     *
     * @throws IllegalArgumentException if it is compressed in a way that cannot be read here
     */
    public static Compression of(String key) {
        for (String suffix : UNREADABLE) {
            if (key.endsWith(suffix)) {
                throw new IllegalArgumentException("cannot read " + key + ": compression " + suffix.substring(1)
                        + " is not supported; gz, bz2 and lz4 are");
            }
        }
        for (Compression compression : values()) {
            if (compression != NONE && key.endsWith(compression.suffix)) {
                return compression;
            }
        }
        return NONE;
    }

    /**
     * The content of a stored object.
     *
     * @throws IOException if the bytes are not of this form, or end too early
     */
    public byte[] decompress(byte[] stored) throws IOException {
        if (this == NONE) {
            return stored.clone();
        }
        try (InputStream content = decompress(new ByteArrayInputStream(stored))) {
            return content.readAllBytes();
        }
    }

    /** The same as it comes; what is wrong with it shows while it is read. */
    public InputStream decompress(InputStream stored) throws IOException {
        return switch (this) {
            case NONE -> stored;
            case GZIP -> new GZIPInputStream(stored);
            case BZIP2 -> new BZip2CompressorInputStream(stored);
            case LZ4 -> new Lz4Input(stored);
        };
    }

    public byte[] compress(byte[] content) throws IOException {
        return switch (this) {
            case NONE -> content.clone();
            case GZIP -> through(GZIPOutputStream::new, content);
            case BZIP2 -> through(BZip2CompressorOutputStream::new, content);
            case LZ4 -> compress(new ByteArrayInputStream(content)).readAllBytes();
        };
    }

    /** The same as it comes, where the form allows that; else the content is held in memory. */
    public InputStream compress(InputStream content) throws IOException {
        return switch (this) {
            case NONE -> content;
            case LZ4 -> new Lz4Frame(content);
            case GZIP, BZIP2 -> new ByteArrayInputStream(compress(content.readAllBytes()));
        };
    }

    private interface Compressor {
        OutputStream onto(OutputStream stored) throws IOException;
    }

    private static byte[] through(Compressor compressor, byte[] content) throws IOException {
        ByteArrayOutputStream stored = new ByteArrayOutputStream();
        try (OutputStream out = compressor.onto(stored)) {
            out.write(content);
        }
        return stored.toByteArray();
    }
}
