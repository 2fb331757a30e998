package org.pgrehearsal.store;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Says in one line why a store cannot be used, and the remedy. */
final class Diagnosis {
    private Diagnosis() {}

    static String of(Throwable failure, S3Access access, String bucket) {
        String store = access.endpoint().toString();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String line = switch (cause) {
                case S3Exception answer -> ofAnswer(answer, access, bucket);
                case UnknownHostException _ ->
                    "no such host: " + access.endpoint().getHost() + "; check the endpoint " + store;
                case ConnectException _ -> unreachable(store);
                case NoRouteToHostException _ -> unreachable(store);
                case SocketTimeoutException _ -> unreachable(store);
                case SSLException tls -> ofTls(tls, store);
                default -> null;
            };
            if (line != null) {
                return line;
            }
        }
        return "cannot use the store at " + store + ": " + firstLine(failure.getMessage());
    }

    private static String unreachable(String store) {
        return "nothing answers at " + store + "; check host, port and firewall";
    }

    private static String ofTls(SSLException tls, String store) {
        String message = firstLine(tls.getMessage());
        if (message.contains("path") || message.contains("trust")) {
            return "the certificate of " + store
                    + " is from an authority that is not trusted; give its CA certificate (PEM)";
        }
        if (message.contains("plaintext") || message.contains("unrecognized SSL message")) {
            return store + " does not speak TLS; use http://, or the port that does";
        }
        return "TLS with " + store + " failed: " + message + "; check the endpoint's name and the CA certificate";
    }

    private static String ofAnswer(S3Exception answer, S3Access access, String bucket) {
        String store = access.endpoint().toString();
        String code = code(answer);
        String said = answer.statusCode() + (code.isEmpty() ? "" : " " + code);
        return switch (code) {
            case "NoSuchBucket" -> "no bucket " + bucket + " at " + store + "; check its name or make it";
            case "InvalidAccessKeyId" ->
                "the store at " + store + " does not know the access key " + access.accessKey()
                        + "; check AWS_ACCESS_KEY_ID";
            case "SignatureDoesNotMatch" ->
                "the secret does not belong to the access key " + access.accessKey() + "; check AWS_SECRET_ACCESS_KEY";
            case "RequestTimeTooSkewed" -> "the clocks of this machine and of " + store + " differ; set this one right";
            case "PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException" ->
                "region " + access.region() + " is not that of bucket " + bucket + " (" + said
                        + "); give the right one";
            default ->
                switch (answer.statusCode()) {
                    case 301, 307, 400 ->
                        "the store at " + store + " answered " + said + "; probably region " + access.region()
                                + " is not that of bucket " + bucket + ": give the right one";
                    case 403 ->
                        "the store at " + store + " refuses access key " + access.accessKey() + " (" + said
                                + "); check the keys and that they may list bucket " + bucket;
                    case 404 -> "no bucket " + bucket + " at " + store + "; check its name or make it";
                    default -> "the store at " + store + " answered " + said + "; try again when it is well";
                };
        };
    }

    private static String code(S3Exception answer) {
        var details = answer.awsErrorDetails();
        String code = details == null ? null : details.errorCode();
        return code == null ? "" : code;
    }

    private static String firstLine(@Nullable String message) {
        return message == null ? "no reason given" : message.lines().findFirst().orElse("no reason given");
    }
}
