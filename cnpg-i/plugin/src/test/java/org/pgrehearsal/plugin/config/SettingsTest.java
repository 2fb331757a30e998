package org.pgrehearsal.plugin.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parameters of a plugin entry: those of the design note, several repositories, and everything that is wrong at once. */
class SettingsTest {
    private static final Map<String, String> NOTE = Map.of(
            "s3-bucket", "demo-pgbackrest",
            "s3-endpoint", "s3.fr-par.scw.cloud",
            "s3-region", "fr-par",
            "s3-repo-path", "/demo-pgbackrest-5/cluster-demo",
            "stanza", "pgbackrest");

    @Test
    void theParametersOfTheDesignNoteAreEnough() {
        Settings settings = SettingsReader.read(NOTE, "cluster-demo");

        assertThat(settings.stanza()).isEqualTo("pgbackrest");
        assertThat(settings.repositories()).singleElement().satisfies(repository -> {
            assertThat(repository.type()).isEqualTo("s3");
            assertThat(repository.path()).isEqualTo("/demo-pgbackrest-5/cluster-demo");
            assertThat(repository.secret()).contains("pgbackrest-s3-secret");
            assertThat(repository.options()).containsEntry("s3-bucket", "demo-pgbackrest");
        });
        assertThat(settings.options()).containsEntry("archive-async", "y").doesNotContainKey("archive-push-queue-max");
    }

    @Test
    void severalRepositoriesHaveTheirOwnStoreSecretAndRetention() {
        Map<String, String> parameters = new HashMap<>(NOTE);
        parameters.putAll(Map.of(
                "repo2-type", "azure",
                "repo2-path", "/second",
                "repo2-azure-container", "backups",
                "repo2-secret", "azure-keys",
                "repo2-cipher-type", "aes-256-cbc",
                "repo2-retention-full", "4",
                "repo1-s3-key-type", "web-id"));

        Settings settings = SettingsReader.read(parameters, "demo");

        assertThat(settings.repositories()).hasSize(2);
        assertThat(settings.repositories().getFirst().secret()).isEmpty();
        assertThat(settings.repositories().get(1)).satisfies(second -> {
            assertThat(second.secret()).contains("azure-keys");
            assertThat(second.encrypted()).isTrue();
            assertThat(second.options()).containsEntry("retention-full", "4");
        });
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnceWithARemedy() {
        InvalidSettings invalid = catchThrowableOfType(
                InvalidSettings.class,
                () -> SettingsReader.read(
                        Map.of("s3-buckt", "x", "compress-type", "zip", "s3-region", "a\nb", "repo-path", "/x"),
                        "demo"));

        assertThat(invalid.violations())
                .extracting(Violation::parameter, Violation::message)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(
                                "s3-buckt", "is not a parameter of this plugin; did you mean s3-bucket?"),
                        org.assertj.core.groups.Tuple.tuple("compress-type", "must be one of gz, bz2, lz4, zst, none"),
                        org.assertj.core.groups.Tuple.tuple("s3-region", "must be printable text in one line"),
                        org.assertj.core.groups.Tuple.tuple(
                                "repo1-s3-bucket", "is required for a repository of type s3"),
                        org.assertj.core.groups.Tuple.tuple(
                                "repo1-s3-endpoint", "is required for a repository of type s3"),
                        org.assertj.core.groups.Tuple.tuple(
                                "repo1-s3-region", "is required for a repository of type s3"));
    }

    @ParameterizedTest
    @CsvSource({
        "stanza, ../x",
        "repo1-path, relative",
        "repo1-path, /a/../b",
        "repo1-path, /a/",
        "secret, Not_A_Name",
        "process-max, many",
        "start-fast, yes",
        "sidecar-memory-limit, 1 GB"
    })
    void aValueThatDoesNotFitIsRefused(String name, String value) {
        InvalidSettings invalid =
                catchThrowableOfType(InvalidSettings.class, () -> SettingsReader.read(Map.of(name, value), "demo"));

        assertThat(invalid.violations()).anySatisfy(violation -> {
            assertThat(violation.parameter()).isEqualTo(name);
            assertThat(violation.message()).startsWith("must be ");
        });
    }

    @Test
    void oneThingIsNotSaidInTwoWays() {
        Map<String, String> parameters = new HashMap<>(NOTE);
        parameters.put("repo1-path", "/other");

        assertThat(catchThrowableOfType(InvalidSettings.class, () -> SettingsReader.read(parameters, "demo"))
                        .violations())
                .extracting(Violation::message)
                .containsExactly("says another thing than repo1-path: keep one of them");
    }

    @Test
    void theStanzaIsNamedAfterItsOwner() {
        Map<String, String> parameters = new HashMap<>(NOTE);
        parameters.remove("stanza");

        assertThat(SettingsReader.read(parameters, "cluster-demo").stanza()).isEqualTo("cluster-demo");
    }

    @Test
    void namesOfTheNoteAreAliases() {
        assertThat(PluginName.ALL)
                .isEqualTo(List.of(PluginName.OWN, "pgbackrest.dalibo.com", "cnpg-i-pgbackrest.dalibo.com"));
    }
}
