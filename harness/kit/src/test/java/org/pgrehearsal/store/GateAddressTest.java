package org.pgrehearsal.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GateAddressTest {
    @Test
    void aGateListensWhereItsAuthoritySaysAndItsCertificateNamesThatAddress(@TempDir Path folder) throws IOException {
        CertificateAuthority authority =
                CertificateAuthority.create(folder.resolve("ca.pem"), InetAddress.getByName("127.0.0.2"));
        try (EmbeddedStore store = EmbeddedStore.start(folder.resolve("store"), authority)) {
            store.createBucket("bucket");
            assertThat(store.access().endpoint().getHost()).isEqualTo("127.0.0.2");
            try (BucketClient client = BucketClient.open(store.access(), "bucket", "part/", Duration.ofSeconds(10))) {
                client.bucket().write("key", "content".getBytes(UTF_8));
            }
            assertThat(store.bucket("bucket", "part/").read("key"))
                    .asString(UTF_8)
                    .isEqualTo("content");
            assertThat(store.bucket("bucket").list(""))
                    .extracting(StoredObject::key)
                    .containsExactly("part/key");
        }
    }
}
