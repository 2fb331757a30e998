package org.pgrehearsal.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A bucket by way of the AWS SDK; the same for every store. */
final class S3Bucket implements Bucket {
    // enough to hide the round trips, few enough for a store that shares two cores with us
    private static final int COPIES_AT_ONCE = 4;

    private final S3Client client;
    private final String name;
    private final String prefix;
    private final @Nullable Path files;

    /** @param prefix before every key: empty, or ending in a slash */
    S3Bucket(S3Client client, String name, String prefix) {
        this(client, name, prefix, null);
    }

    /** @param files the directory in which the store keeps this bucket's objects as files that it replaces and never changes, if so */
    S3Bucket(S3Client client, String name, String prefix, @Nullable Path files) {
        this.client = client;
        this.name = name;
        this.prefix = prefix;
        this.files = files;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String prefix() {
        return prefix;
    }

    @Override
    public boolean exists() {
        return asked("look for bucket " + name, () -> {
            try {
                client.headBucket(request -> request.bucket(name));
                return true;
            } catch (NoSuchBucketException e) {
                return false;
            }
        });
    }

    @Override
    public List<StoredObject> list(String keys) {
        return asked("list " + at(keys), () -> {
            var objects = new ArrayList<StoredObject>();
            for (ListObjectsV2Response page : client.listObjectsV2Paginator(
                    request -> request.bucket(name).prefix(prefix + keys))) {
                if (page.isTruncated() == null) {
                    // an answer of 200 without a body reads as a bucket without objects
                    throw new StoreException("cannot list " + at(keys) + ": the store sent an empty answer");
                }
                for (S3Object object : page.contents()) {
                    objects.add(new StoredObject(
                            object.key().substring(prefix.length()),
                            object.size(),
                            object.eTag().replace("\"", ""),
                            object.lastModified()));
                }
            }
            objects.sort(Comparator.comparing(StoredObject::key, Keys.BY_UTF8));
            return List.copyOf(objects);
        });
    }

    @Override
    public boolean contains(String key) {
        return asked("look for " + at(key), () -> {
            try {
                client.headObject(request -> request.bucket(name).key(prefix + key));
                return true;
            } catch (NoSuchKeyException e) {
                return false;
            }
        });
    }

    @Override
    public byte[] read(String key) {
        try (InputStream content = open(key)) {
            return content.readAllBytes();
        } catch (IOException e) {
            throw new StoreException("cannot read " + at(key) + ": " + e.getMessage(), e);
        }
    }

    @Override
    public InputStream open(String key) {
        return asked(
                "read " + at(key),
                () -> client.getObject(request -> request.bucket(name).key(prefix + key)));
    }

    @Override
    public void write(String key, byte[] content) {
        asked(
                "write " + at(key),
                () -> client.putObject(
                        request -> request.bucket(name).key(prefix + key), RequestBody.fromBytes(content)));
    }

    @Override
    public void write(String key, InputStream content) {
        new PartedUpload(client, name, prefix + key).send(content);
    }

    @Override
    public void delete(String key) {
        asked(
                "delete " + at(key),
                () -> client.deleteObject(request -> request.bucket(name).key(prefix + key)));
    }

    @Override
    public int copyTo(Bucket target, Predicate<String> keys) {
        List<String> chosen =
                list("").stream().map(StoredObject::key).filter(keys).toList();
        eachAtOnce(chosen, key -> copy(key, target));
        return chosen.size();
    }

    /** Also what is written meanwhile, as long as it comes. */
    void deleteEverything() {
        List<StoredObject> left = list("");
        while (!left.isEmpty()) {
            eachAtOnce(left.stream().map(StoredObject::key).toList(), this::delete);
            left = list("");
        }
    }

    /** Gives up uploads in parts that were begun and not ended: no listing shows them, but the store keeps what came. */
    void abandonUploads() {
        asked("list the uploads to " + at(""), () -> {
            client.listMultipartUploadsPaginator(request -> request.bucket(name).prefix(prefix)).uploads().stream()
                    .filter(upload -> upload.key().startsWith(prefix))
                    .forEach(upload -> client.abortMultipartUpload(
                            request -> request.bucket(name).key(upload.key()).uploadId(upload.uploadId())));
            return name;
        });
    }

    private void copy(String key, Bucket target) {
        if (target instanceof S3Bucket other && files != null && other.files != null && link(key, files, other.files)) {
            return;
        }
        if (target instanceof S3Bucket other && other.client.equals(client)) {
            asked(
                    "copy " + at(key) + " to " + other.at(key),
                    () -> client.copyObject(request -> request.sourceBucket(name)
                            .sourceKey(prefix + key)
                            .destinationBucket(other.name)
                            .destinationKey(other.prefix + key)));
        } else {
            target.write(key, read(key));
        }
    }

    /** Gives an object a second name instead of a copy; says whether that was possible. */
    private static boolean link(String key, Path from, Path to) {
        Path copy = to.resolve(key);
        try {
            Files.createDirectories(copy.getParent());
            Files.deleteIfExists(copy);
            Files.createLink(copy, from.resolve(key));
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            // a file system without links, too many of them, or a key that is a directory
            return false;
        }
    }

    private interface Work {
        void on(String key);
    }

    private static void eachAtOnce(List<String> keys, Work work) {
        try (var threads = Executors.newFixedThreadPool(
                COPIES_AT_ONCE, Thread.ofVirtual().name("bucket-", 0).factory())) {
            List<Future<?>> all = new ArrayList<>();
            for (String key : keys) {
                all.add(threads.submit(() -> work.on(key)));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof StoreException known ? known : new StoreException("copy failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted while copying", e);
        }
    }

    private String at(String key) {
        return name + "/" + prefix + key;
    }

    static <T> T asked(String what, Supplier<T> question) {
        try {
            return question.get();
        } catch (S3Exception e) {
            throw new StoreException("cannot " + what + ": the store answered " + e.statusCode() + " " + code(e), e);
        } catch (SdkException e) {
            throw new StoreException("cannot " + what + ": " + e.getMessage(), e);
        }
    }

    private static String code(S3Exception e) {
        var details = e.awsErrorDetails();
        return details == null || details.errorCode() == null ? "" : details.errorCode();
    }
}
