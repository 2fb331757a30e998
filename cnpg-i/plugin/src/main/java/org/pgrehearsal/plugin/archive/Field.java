package org.pgrehearsal.plugin.archive;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A field of an Archive that is a parameter under another name.
 *
 * @param pointer   from the spec, or from a repository
 * @param parameter without the repository's number
 */
record Field(String pointer, String parameter) {
    static final List<Field> GENERAL = List.of(
            new Field("/stanza", "stanza"),
            new Field("/processMax", "process-max"),
            new Field("/ioTimeoutSeconds", "io-timeout"),
            new Field("/bufferSize", "buffer-size"),
            new Field("/allowStanzaUpgrade", "allow-stanza-upgrade"),
            new Field("/compression/type", "compress-type"),
            new Field("/compression/level", "compress-level"),
            new Field("/wal/async", "archive-async"),
            new Field("/wal/timeoutSeconds", "archive-timeout"),
            new Field("/wal/getQueueMax", "archive-get-queue-max"),
            new Field("/backup/startFast", "start-fast"),
            new Field("/backup/walTimeoutSeconds", "backup-wal-timeout"));

    static final List<Field> REPOSITORY = List.of(
            new Field("/path", "path"),
            new Field("/s3/bucket", "s3-bucket"),
            new Field("/s3/endpoint", "s3-endpoint"),
            new Field("/s3/region", "s3-region"),
            new Field("/s3/uriStyle", "s3-uri-style"),
            new Field("/s3/keyType", "s3-key-type"),
            new Field("/s3/role", "s3-role"),
            new Field("/s3/kmsKeyId", "s3-kms-key-id"),
            new Field("/azure/container", "azure-container"),
            new Field("/azure/endpoint", "azure-endpoint"),
            new Field("/azure/keyType", "azure-key-type"),
            new Field("/azure/uriStyle", "azure-uri-style"),
            new Field("/gcs/bucket", "gcs-bucket"),
            new Field("/gcs/endpoint", "gcs-endpoint"),
            new Field("/gcs/keyType", "gcs-key-type"),
            new Field("/posix/claim", "claim"),
            new Field("/credentials/from", "credentials"),
            new Field("/credentials/secret", "secret"),
            new Field("/caSecret", "ca-secret"),
            new Field("/cipher", "cipher-type"),
            new Field("/bundle", "bundle"),
            new Field("/block", "block"),
            new Field("/storage/host", "storage-host"),
            new Field("/storage/port", "storage-port"),
            new Field("/storage/verifyTls", "storage-verify-tls"),
            new Field("/storage/uploadChunkSize", "storage-upload-chunk-size"),
            new Field("/retention/full", "retention-full"),
            new Field("/retention/fullType", "retention-full-type"),
            new Field("/retention/diff", "retention-diff"),
            new Field("/retention/archive", "retention-archive"),
            new Field("/retention/archiveType", "retention-archive-type"),
            new Field("/retention/history", "retention-history"));

    /** The objects of a repository of which exactly one says where it is. */
    static final List<String> STORES = List.of("s3", "azure", "gcs", "posix");

    /** A value as a parameter has it: yes and no are letters. */
    static String text(JsonNode value) {
        if (value.isBoolean()) {
            return value.asBoolean() ? "y" : "n";
        }
        return value.asText();
    }
}
