package org.pgrehearsal.plugin.pgbackrest;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pgrehearsal.plugin.Refusal;

class FailureTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "44 | ERROR: [044]: unable to push | FAILED_PRECONDITION | another PostgreSQL cluster",
                "45 | ERROR: [045]: WAL file exists with a different checksum | FAILED_PRECONDITION | two clusters write",
                "95 | ERROR: [095]: cipher header invalid | FAILED_PRECONDITION | cipher-pass",
                "103 | ERROR: [103]: repo1: [CryptoError] cipher header invalid | FAILED_PRECONDITION | cipher-pass",
                "39 | ERROR: [039]: HTTP request failed with 403 (Forbidden) AccessDenied | UNAVAILABLE | credentials",
                "101 | ERROR: [101]: NoSuchBucket | UNAVAILABLE | create the bucket",
                "49 | ERROR: [049]: unable to connect to 's3:443' | UNAVAILABLE | unable to connect",
                "95 | unable to verify certificate presented by 's3' | UNAVAILABLE | ca-secret",
                "31 | ERROR: [031]: invalid option 'x' | INVALID_ARGUMENT | parameters",
                "56 | ERROR: [056]: unable to find primary cluster | UNAVAILABLE | target: primary"
            })
    void aFailureSaysWhatToDo(int exit, String error, Status.Code code, String words) {
        Refusal refusal =
                Failure.of("archive-push", exit, error + "\nHINT: not this").refusal();

        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal).hasMessageContaining(words).hasMessageContaining("exit " + exit);
        assertThat(refusal.getMessage()).doesNotContain("HINT");
    }

    @Test
    void theRemedyIsFoundBehindAllTheHeadersOfARequest() {
        String error = """
                [ProtocolError] HTTP request failed with 404 (Not Found):
                *** Path/Query ***:
                GET /nobucket/?list-type=2
                *** Request Headers ***:
                authorization: <redacted>
                *** Response Headers ***:
                x-amz-id-2: %s
                *** Response Content ***:
                <Error><Code>NoSuchBucket</Code></Error>
                """.formatted("x".repeat(900));

        String message = Failure.of("info", 99, error).refusal().getMessage();

        assertThat(message).endsWith("create the bucket, or correct s3-bucket").contains("GET /nobucket/");
        assertThat(message).doesNotContain("x-amz-id-2");
    }
}
