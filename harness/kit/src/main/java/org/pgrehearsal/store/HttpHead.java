package org.pgrehearsal.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * First line and fields of an HTTP/1.1 message (RFC 9112), in the order and the letters in which they came, so that what was signed stays signed.
 * Reading is strict: what two parsers could understand in two ways is refused, or a write could hide from a guard inside a read.
 */
record HttpHead(String firstLine, List<Field> fields) {
    record Field(String name, String value) {}

    private static final int LIMIT = 64 * 1024;
    private static final String TOKEN_SPECIALS = "!#$%&'*+-.^_`|~";

    HttpHead {
        fields = List.copyOf(fields);
    }

    /**
     * Reads up to and with the empty line.
     *
     * @return null if the stream ended before the first byte
     * @throws ProtocolException if it is not a head, or longer than 64 KiB
     */
    static @Nullable HttpHead read(InputStream in) throws IOException {
        int[] budget = {LIMIT};
        String first = line(in, budget);
        if (first == null) {
            return null;
        }
        var fields = new ArrayList<Field>();
        while (true) {
            String line = line(in, budget);
            if (line == null) {
                throw new EOFException("the message ended within its head");
            }
            if (line.isEmpty()) {
                return new HttpHead(first, fields);
            }
            fields.add(field(line));
        }
    }

    private static Field field(String line) throws ProtocolException {
        int colon = line.indexOf(':');
        boolean token = colon > 0
                && line.chars()
                        .limit(colon)
                        .allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || TOKEN_SPECIALS.indexOf(c) >= 0));
        if (!token) {
            throw new ProtocolException("not a header field");
        }
        return new Field(line.substring(0, colon), line.substring(colon + 1).strip());
    }

    private static @Nullable String line(InputStream in, int[] budget) throws IOException {
        var line = new ByteArrayOutputStream(128);
        while (true) {
            int c = in.read();
            if (c < 0) {
                if (line.size() == 0) {
                    return null;
                }
                throw new EOFException("the message ended within a line");
            }
            if (--budget[0] < 0) {
                throw new ProtocolException("a head of more than " + LIMIT + " bytes");
            }
            if (c == '\n') {
                throw new ProtocolException("a line that does not end in CR LF");
            }
            if (c == '\r') {
                if (in.read() != '\n') {
                    throw new ProtocolException("a CR within a line");
                }
                return line.toString(ISO_8859_1);
            }
            line.write(c);
        }
    }

    /** The value of the only or first field of that name, whatever its case. */
    @Nullable
    String first(String name) {
        for (Field field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                return field.value();
            }
        }
        return null;
    }

    boolean says(String name, String value) {
        String is = first(name);
        return is != null && is.equalsIgnoreCase(value);
    }

    boolean isChunked() {
        return says("Transfer-Encoding", "chunked");
    }

    /**
     * The length that the head declares.
     *
     * @throws ProtocolException if it is ambiguous: two lengths, a length beside a transfer encoding, an unknown encoding, not a number
     */
    OptionalLong contentLength() throws ProtocolException {
        List<String> lengths = all("Content-Length");
        List<String> encodings = all("Transfer-Encoding");
        if (!encodings.isEmpty() && (encodings.size() > 1 || !isChunked() || !lengths.isEmpty())) {
            throw new ProtocolException("ambiguous framing");
        }
        if (lengths.isEmpty()) {
            return OptionalLong.empty();
        }
        if (lengths.size() > 1 || !lengths.getFirst().matches("\\d{1,18}")) {
            throw new ProtocolException("ambiguous Content-Length");
        }
        return OptionalLong.of(Long.parseLong(lengths.getFirst()));
    }

    private List<String> all(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value)
                .toList();
    }

    HttpHead without(Predicate<String> names) {
        return new HttpHead(
                firstLine,
                fields.stream().filter(field -> !names.test(field.name())).toList());
    }

    HttpHead with(String name, String value) {
        var changed = new ArrayList<>(without(name::equalsIgnoreCase).fields);
        changed.add(new Field(name, value));
        return new HttpHead(firstLine, changed);
    }

    byte[] bytes() {
        var text = new StringBuilder(firstLine).append("\r\n");
        fields.forEach(field ->
                text.append(field.name()).append(": ").append(field.value()).append("\r\n"));
        return text.append("\r\n").toString().getBytes(ISO_8859_1);
    }
}
