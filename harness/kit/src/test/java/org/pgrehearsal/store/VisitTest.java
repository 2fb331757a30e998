package org.pgrehearsal.store;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class VisitTest {
    private static final byte[] SPACE = "1\r\n \r\n".getBytes(US_ASCII);

    private final ByteArrayOutputStream wire = new ByteArrayOutputStream();

    /** S3Proxy writes a space each second while it puts the parts of an upload together; pgBackRest waits for two. */
    @Test
    void a_chunk_reaches_the_client_before_the_answer_is_complete() throws IOException {
        assertThat(seenBeforeTheEnd(new HttpHead.Field("Transfer-Encoding", "chunked")))
                .endsWith("\r\n\r\n1\r\n \r\n");
    }

    @Test
    void an_answer_of_known_length_is_not_sent_in_small_pieces() throws IOException {
        assertThat(seenBeforeTheEnd(new HttpHead.Field("Content-Length", "6"))).isEmpty();
    }

    private String seenBeforeTheEnd(HttpHead.Field framing) throws IOException {
        var visit = Visit.begin(
                new HttpHead("POST /bucket/key?uploadId=1 HTTP/1.1", List.of()),
                new ByteArrayInputStream(new byte[0]),
                new BufferedOutputStream(wire));
        var seen = new StringBuilder();
        visit.answer(new HttpHead("HTTP/1.1 200 OK", List.of(framing)), 200, sink -> {
            sink.accept(SPACE, 0, SPACE.length);
            seen.append(wire.toString(US_ASCII));
        });
        return seen.toString();
    }
}
