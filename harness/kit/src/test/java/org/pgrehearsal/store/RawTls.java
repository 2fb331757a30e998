package org.pgrehearsal.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.Objects;

/** A client that says what it is told and shows what came back, byte for byte. */
final class RawTls {
    private RawTls() {}

    /** Everything that the gate sends until it closes the connection. */
    static String answerTo(S3Access gate, String request) {
        try (Socket socket = Trust.context(Objects.requireNonNull(gate.caCertificate()))
                .getSocketFactory()
                .createSocket("localhost", gate.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a signing gate looks at: the key, not the signature. */
    static String authorization(S3Access gate) {
        return "Authorization: AWS4-HMAC-SHA256 Credential=" + gate.accessKey()
                + "/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0\r\n";
    }
}
