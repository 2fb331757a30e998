package org.pgrehearsal.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpHeadTest {
    private static final String LINE = "PUT /b/k HTTP/1.1\r\n";

    @Test
    void is_written_as_it_was_read() throws IOException {
        String text = LINE + "hOST: x\r\nX-Empty: \r\nContent-Length: 3\r\n\r\n";

        assertThat(new String(head(text).bytes(), ISO_8859_1)).isEqualTo(text);
        assertThat(head(text).contentLength()).hasValue(3);
        assertThat(HttpHead.read(InputStream.nullInputStream())).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 3\r\nContent-Length: 4\r\n",
                "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
                "Transfer-Encoding: xchunked\r\n",
                "Content-Length: +3\r\n",
            })
    void framing_that_can_be_read_in_two_ways_is_refused(String fields) throws IOException {
        HttpHead head = head(LINE + fields + "\r\n");

        assertThatThrownBy(() -> HttpBody.ofRequest(head, InputStream.nullInputStream()))
                .isInstanceOf(ProtocolException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A: 1\n\r\n", "A : 1\r\n\r\n", " folded\r\n\r\n", "no colon\r\n\r\n", "A: 1\rB: 2\r\n\r\n"})
    void lines_that_can_be_read_in_two_ways_are_refused(String rest) {
        assertThatThrownBy(() -> head(LINE + rest)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void a_chunked_body_is_passed_as_it_came_and_ends_with_its_trailer() throws IOException {
        String body = "3;chunk-signature=0\r\nabc\r\n02\r\nde\r\n0\r\nx-amz-checksum-crc32: 1\r\n\r\n";
        HttpHead head = head(LINE + "Transfer-Encoding: chunked\r\n\r\n");
        var wire = new ByteArrayInputStream((body + "NEXT").getBytes(ISO_8859_1));
        var passed = new ByteArrayOutputStream();

        HttpBody.ofRequest(head, wire).passTo(passed::write);

        assertThat(passed.toString(ISO_8859_1)).isEqualTo(body);
        assertThat(wire.readAllBytes()).asString(ISO_8859_1).isEqualTo("NEXT");
        var again = new ByteArrayInputStream(body.getBytes(ISO_8859_1));
        assertThat(HttpBody.ofRequest(head, again).content().readAllBytes())
                .asString(ISO_8859_1)
                .isEqualTo("abcde");
    }

    private static HttpHead head(String text) throws IOException {
        return Objects.requireNonNull(HttpHead.read(new ByteArrayInputStream(text.getBytes(ISO_8859_1))));
    }
}
