package org.pgrehearsal.system.barman;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.pgrehearsal.store.BucketClient;
import org.pgrehearsal.store.S3Access;
import org.pgrehearsal.system.Site;

class BarmanCommandsTest {
    @Test
    void secrets_are_in_the_environment_and_nowhere_else() {
        var access = new S3Access(
                URI.create("https://localhost:9"), "eu-1", "public-half", "secret-half", Path.of("/ca.pem"));
        // the client would read the authority's file
        var open = new S3Access(access.endpoint(), access.region(), access.accessKey(), access.secretKey(), null);
        try (var client = BucketClient.open(open, "bucket", "", Duration.ofSeconds(1))) {
            var site = new Site(access, client.bucket(), Path.of("/home"));
            var commands = new BarmanCommands(Path.of("/opt/it's 100%"));

            assertThat(commands.archiveCommand(site))
                    .isEqualTo("'/opt/it'\\''s 100%%/barman-cloud-wal-archive' '--cloud-provider=aws-s3'"
                            + " '--endpoint-url=https://localhost:9' '--addressing-style=path' '--read-timeout=5'"
                            + " '--gzip' '--compression-level=1' 's3://bucket' 'main' %p");
            assertThat(commands.restoreCommand(site, Path.of("/spool")))
                    .endsWith(" '--spool-dir=/spool' 's3://bucket' 'main' %f %p")
                    .doesNotContain("-half");
            assertThat(commands.environment(site))
                    .containsEntry("AWS_SECRET_ACCESS_KEY", "secret-half")
                    .containsEntry("AWS_CA_BUNDLE", "/ca.pem")
                    .containsEntry("AWS_MAX_ATTEMPTS", "2");
        }
    }
}
