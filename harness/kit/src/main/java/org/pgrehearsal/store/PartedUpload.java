package org.pgrehearsal.store;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** Sends a stream as one object: at once if it fits into one part, else by S3's multipart upload, which is given up when anything fails. */
final class PartedUpload {
    /** S3 takes at most 10000 parts, so an object can have 80 GB. */
    private static final int PART = 8 << 20;

    private final S3Client client;
    private final String bucket;
    private final String key;

    PartedUpload(S3Client client, String bucket, String key) {
        this.client = client;
        this.bucket = bucket;
        this.key = key;
    }

    void send(InputStream content) {
        byte[] first = next(content);
        if (first.length < PART) {
            asked(() -> client.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromBytes(first)));
            return;
        }
        String upload = asked(() -> client.createMultipartUpload(
                        request -> request.bucket(bucket).key(key))
                .uploadId());
        try {
            complete(upload, sendParts(upload, first, content));
        } catch (StoreException e) {
            giveUp(upload, e);
            throw e;
        }
    }

    private List<CompletedPart> sendParts(String upload, byte[] first, InputStream content) {
        List<CompletedPart> parts = new ArrayList<>();
        byte[] bytes = first;
        while (bytes.length > 0) {
            parts.add(sendPart(upload, parts.size() + 1, bytes));
            bytes = bytes.length < PART ? new byte[0] : next(content);
        }
        return parts;
    }

    private CompletedPart sendPart(String upload, int number, byte[] bytes) {
        String etag = asked(() -> client.uploadPart(
                        request ->
                                request.bucket(bucket).key(key).uploadId(upload).partNumber(number),
                        RequestBody.fromBytes(bytes))
                .eTag());
        return CompletedPart.builder().partNumber(number).eTag(etag).build();
    }

    private void complete(String upload, List<CompletedPart> parts) {
        asked(() -> client.completeMultipartUpload(request ->
                request.bucket(bucket).key(key).uploadId(upload).multipartUpload(whole -> whole.parts(parts))));
    }

    private void giveUp(String upload, StoreException because) {
        try {
            asked(() -> client.abortMultipartUpload(
                    request -> request.bucket(bucket).key(key).uploadId(upload)));
        } catch (StoreException e) {
            because.addSuppressed(e);
        }
    }

    private byte[] next(InputStream content) {
        try {
            return content.readNBytes(PART);
        } catch (IOException e) {
            throw new StoreException("cannot write " + bucket + "/" + key + ": " + e.getMessage(), e);
        }
    }

    private <T> T asked(java.util.function.Supplier<T> question) {
        return S3Bucket.asked("write " + bucket + "/" + key, question);
    }
}
