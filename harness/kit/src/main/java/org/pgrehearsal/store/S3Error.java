package org.pgrehearsal.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/** An answer that refuses, in the form that S3 clients read. */
record S3Error(int status, String code, String message) {
    /** The error that a store most often means by a status. */
    static S3Error injected(int status) {
        String code = switch (status) {
            case 400 -> "BadRequest";
            case 403 -> "AccessDenied";
            case 404 -> "NoSuchKey";
            case 429, 503 -> "SlowDown";
            case 501 -> "NotImplemented";
            case 507 -> "InsufficientStorage";
            default -> status < 500 ? "InvalidRequest" : "InternalError";
        };
        return new S3Error(status, code, "injected by the drill");
    }

    byte[] body() {
        return ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + code + "</Code><Message>" + message
                        + "</Message><RequestId>0</RequestId></Error>")
                .getBytes(UTF_8);
    }

    HttpHead head() {
        return new HttpHead(
                "HTTP/1.1 " + status + " " + code,
                List.of(
                        new HttpHead.Field("Content-Type", "application/xml"),
                        new HttpHead.Field("Content-Length", Integer.toString(body().length))));
    }
}
