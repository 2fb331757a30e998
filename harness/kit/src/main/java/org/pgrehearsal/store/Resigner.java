package org.pgrehearsal.store;

import java.io.IOException;
import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * Signs a client's request again with the store's real keys.
 *
 * <p>The hash of the body is not signed, so that a body can be streamed: TLS protects it on its way. A body in {@code aws-chunked} form is sent
 * as its plain content, since the signatures within it were the client's; a checksum in its trailer is lost.
 */
final class Resigner {
    // of the client's signature, or set anew
    private static final Set<String> DROPPED = Set.of(
            "authorization",
            "expect",
            "host",
            "x-amz-content-sha256",
            "x-amz-date",
            "x-amz-security-token",
            "x-amz-decoded-content-length",
            "x-amz-trailer",
            "x-amz-sdk-checksum-algorithm");
    private static final Set<String> SIGNED_TOO = Set.of("content-md5", "content-type");

    private Resigner() {}

    static Upstream.Outgoing sign(S3Access access, HttpHead head, S3Request request, HttpBody body) throws IOException {
        HttpBody content = body;
        HttpHead kept = head.without(name -> DROPPED.contains(lower(name)));
        String hash = head.first("x-amz-content-sha256");
        if (hash != null && hash.startsWith("STREAMING-")) {
            String length = head.first("x-amz-decoded-content-length");
            if (length == null || !length.matches("\\d{1,18}")) {
                throw new ProtocolException("a streamed body without its decoded length");
            }
            content = new HttpBody(
                    new ChunkedInput(body.content(), (_, _, _) -> {}),
                    new HttpBody.Framing.Length(Long.parseLong(length)));
            kept = kept.without(name -> lower(name).equals("transfer-encoding")
                            || (lower(name).equals("content-encoding") && head.says(name, "aws-chunked")))
                    .with("Content-Length", length);
        }
        return new Upstream.Outgoing(signed(access, kept, request, target(head)), content);
    }

    private static HttpHead signed(S3Access access, HttpHead kept, S3Request request, String target) {
        int question = target.indexOf('?');
        var unsigned = SdkHttpRequest.builder()
                .method(SdkHttpMethod.fromValue(request.method()))
                // what the signer is told; over plain HTTP it would insist on hashing the body
                .protocol("https")
                .host(access.endpoint().getHost())
                .port(access.port())
                .encodedPath(question < 0 ? target : target.substring(0, question));
        request.parameters().forEach(unsigned::appendRawQueryParameter);
        for (HttpHead.Field field : kept.fields()) {
            if (lower(field.name()).startsWith("x-amz-") || SIGNED_TOO.contains(lower(field.name()))) {
                unsigned.appendHeader(field.name(), field.value());
            }
        }
        SdkHttpRequest signed = AwsV4HttpSigner.create()
                .sign(ask -> ask.identity(AwsCredentialsIdentity.create(access.accessKey(), access.secretKey()))
                        .request(unsigned.build())
                        .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "s3")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, access.region())
                        .putProperty(AwsV4FamilyHttpSigner.DOUBLE_URL_ENCODE, false)
                        .putProperty(AwsV4FamilyHttpSigner.NORMALIZE_PATH, false)
                        .putProperty(AwsV4FamilyHttpSigner.PAYLOAD_SIGNING_ENABLED, false))
                .request();
        List<HttpHead.Field> fields = new ArrayList<>(
                kept.without(name -> signed.headers().keySet().stream().anyMatch(name::equalsIgnoreCase))
                        .fields());
        signed.headers()
                .forEach((name, values) -> values.forEach(value -> fields.add(new HttpHead.Field(name, value))));
        return new HttpHead(kept.firstLine(), fields);
    }

    private static String target(HttpHead head) {
        return head.firstLine().split(" ", -1)[1];
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
