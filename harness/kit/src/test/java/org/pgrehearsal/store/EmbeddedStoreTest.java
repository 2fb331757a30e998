package org.pgrehearsal.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.model.S3Exception;

class EmbeddedStoreTest {
    @TempDir
    static Path directory;

    private static EmbeddedStore store;

    @BeforeAll
    static void start() {
        store = EmbeddedStore.start(
                directory.resolve("objects"), CertificateAuthority.create(directory.resolve("ca.pem")));
    }

    @AfterAll
    static void stop() {
        store.close();
    }

    @Test
    void keeps_what_was_written_until_it_is_deleted() {
        Bucket bucket = store.createBucket("keeps");
        bucket.write("a/b c+ü%/1", "one".getBytes(UTF_8));
        bucket.write("a/b c+ü%/1", "two".getBytes(UTF_8));

        assertThat(bucket.exists()).isTrue();
        assertThat(bucket.read("a/b c+ü%/1")).asString(UTF_8).isEqualTo("two");
        assertThat(bucket.list("a/")).singleElement().satisfies(object -> {
            assertThat(object.key()).isEqualTo("a/b c+ü%/1");
            assertThat(object.size()).isEqualTo(3);
            assertThat(object.etag()).isEqualTo("b8a9f715dbb64fd5c56e7783c6820a61");
        });

        bucket.delete("a/b c+ü%/1");
        bucket.delete("a/b c+ü%/1");
        assertThat(bucket.contains("a/b c+ü%/1")).isFalse();
        assertThatThrownBy(() -> bucket.read("a/b c+ü%/1"))
                .isInstanceOf(StoreException.class)
                .hasMessage("cannot read keeps/a/b c+ü%/1: the store answered 404 NoSuchKey");
    }

    @Test
    void a_listing_has_every_page_in_the_order_of_the_keys() throws IOException {
        Bucket bucket = store.createBucket("pages");
        bucket.write("k1", new byte[0]);
        Path files = directory.resolve("objects/pages");
        for (int i = 2; i <= 1100; i++) {
            Files.createLink(files.resolve("k" + i), files.resolve("k1"));
        }

        assertThat(bucket.list("")).hasSize(1100).extracting(StoredObject::key).isSorted();
        assertThat(bucket.list("k109")).hasSize(11);
        store.deleteBucket("pages");
        assertThat(bucket.exists()).isFalse();
    }

    @Test
    void a_copy_is_the_same_object_for_object_and_apart_from_the_original() throws IOException {
        Bucket good = store.createBucket("good");
        good.write("wal/1", "1".getBytes(UTF_8));
        good.write("wal/2", "2".getBytes(UTF_8));
        good.write("base/1", "b".getBytes(UTF_8));
        Bucket copy = store.createBucket("copy");

        assertThat(good.copyTo(copy)).isEqualTo(3);
        assertThat(copy.inventory()).isEqualTo(good.inventory());
        assertThat(Files.getAttribute(directory.resolve("objects/copy/wal/1"), "unix:nlink"))
                .as("a copy takes no space")
                .isEqualTo(2);

        Inventory before = good.inventory();
        copy.write("wal/1", "X".getBytes(UTF_8));
        copy.delete("wal/2");
        assertThat(good.inventory()).isEqualTo(before);
        assertThat(good.read("wal/1")).asString(UTF_8).isEqualTo("1");
        assertThat(before.difference(copy.inventory()).toString())
                .isEqualTo("added [], removed [wal/2], changed [wal/1]");

        Bucket part = store.createBucket("part");
        assertThat(good.copyTo(part, key -> key.startsWith("base/"))).isEqualTo(1);
        assertThat(part.list("")).extracting(StoredObject::key).containsExactly("base/1");
    }

    @Test
    void refuses_a_wrong_secret_and_an_unknown_key() {
        store.createBucket("locked");
        S3Access right = store.access();
        for (S3Access wrong : new S3Access[] {
            new S3Access(right.endpoint(), right.region(), right.accessKey(), "wrong", right.caCertificate()),
            new S3Access(right.endpoint(), right.region(), "nobody", right.secretKey(), right.caCertificate())
        }) {
            try (var client = S3Clients.connect(wrong)) {
                assertThatThrownBy(() -> client.listObjectsV2(request -> request.bucket("locked")))
                        .isInstanceOfSatisfying(
                                S3Exception.class,
                                e -> assertThat(e.statusCode()).isEqualTo(403));
            }
        }
        try (var client = S3Clients.connect(right)) {
            assertThat(client.listObjectsV2(request -> request.bucket("locked")).contents())
                    .isEmpty();
        }
    }

    @Test
    void secrets_are_not_in_the_text_of_an_access() {
        assertThat(store.access().toString()).doesNotContain(store.access().secretKey());
    }
}
