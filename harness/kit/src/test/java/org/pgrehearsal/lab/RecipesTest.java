package org.pgrehearsal.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pgrehearsal.platform.MachineException;

class RecipesTest {
    private static final Path LAB = Path.of("../../lab");
    private static final Recipes RECIPES = Recipes.read(LAB.resolve("images.yaml"));

    static List<Recipe> images() {
        return RECIPES.images();
    }

    @ParameterizedTest
    @MethodSource("images")
    void whatAnImageIsMadeFromIsThere(Recipe recipe) {
        assertThat(LAB.resolve("images").resolve(recipe.folder()).resolve("Dockerfile"))
                .isRegularFile();
        assertThat(recipe.go())
                .allSatisfy(module -> assertThat(LAB.resolve("go").resolve(module))
                        .isDirectoryContaining("glob:**/go.mod")
                        .isDirectoryContaining("glob:**/go.sum"));
        if (recipe.debian() != null) {
            assertThat(LAB.resolve("debian").resolve(recipe.debian())).isNotEmptyFile();
        }
    }

    @ParameterizedTest
    @MethodSource("images")
    void aDockerfileCopiesNoModuleThatIsNotBuiltForIt(Recipe recipe) throws IOException {
        List<String> lines = Files.readAllLines(
                LAB.resolve("images").resolve(recipe.folder()).resolve("Dockerfile"));

        assertThat(recipe.go())
                .allSatisfy(module -> assertThat(lines).anyMatch(line -> line.startsWith("COPY " + module + "/")));
        assertThat(lines.contains("ADD root.tar /")).isEqualTo(recipe.debian() != null);
    }

    @Test
    void everythingInTheFoldersIsUsed() throws IOException {
        assertThat(names("go"))
                .isSubsetOf(images().stream()
                        .flatMap(recipe -> recipe.go().stream())
                        .toList());
        assertThat(names("debian"))
                .isSubsetOf(images().stream()
                        .map(Recipe::debian)
                        .filter(Objects::nonNull)
                        .toList());
        assertThat(names("images"))
                .isSubsetOf(images().stream().map(Recipe::folder).toList());
    }

    private static List<String> names(String folder) throws IOException {
        try (Stream<Path> files = Files.list(LAB.resolve(folder))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    static Stream<Path> manifests() throws IOException {
        Path root = LAB.resolve("..");
        try (Stream<Path> tree = Files.walk(root.resolve("kubernetes/apps"));
                Stream<Path> node = Files.walk(LAB.resolve("images/node/rootfs/etc"))) {
            return Stream.of(
                    tree,
                    node,
                    Stream.of(LAB.resolve("flux.yaml"), root.resolve("clusters/drill/cluster-settings.yaml")))
                    .flatMap(files -> files)
                    .filter(file -> file.toString().matches(".*\\.(yaml|toml)"))
                    .toList()
                    .stream();
        }
    }

    @Test
    void everyImageThatAManifestNamesIsBuilt() throws IOException {
        Pattern name = Pattern.compile("(?m)^\\s*(?:image|sandbox|POSTGRES_IMAGE)(?:: | = \")([a-z][^\\s\"]*)");
        Set<String> named = new TreeSet<>();
        for (Path file : manifests().toList()) {
            name.matcher(Files.readString(file)).results().forEach(match -> named.add(match.group(1)));
        }

        assertThat(named).hasSizeGreaterThan(7);
        assertThat(images().stream().map(Recipe::image)).containsAll(named);
    }

    @Test
    void whatOneSystemDoesNotNeedIsNotForIt() {
        List<String> names = images().stream()
                .filter(recipe -> recipe.isFor(Set.of("cnpg-barman")))
                .map(Recipe::image)
                .toList();

        assertThat(names)
                .contains("pgrehearsal/lab-node", "ghcr.io/cloudnative-pg/cloudnative-pg:1.30.0")
                .noneMatch(name -> name.contains("zalando") || name.contains("garage") || name.contains("fluxcd"));
    }

    @Test
    void thePluginRunsInTheLabAsItsOwnImageSaysItDoes() throws IOException {
        String script = Files.readString(LAB.resolve("../scripts/plugin-image"))
                .replace("$HOME_IN_IMAGE", "/opt/plugin-pgbackrest");
        String file = Files.readString(LAB.resolve("images/plugin-pgbackrest/Dockerfile"));

        assertThat(file.lines().filter(line -> line.startsWith("ENTRYPOINT ")))
                .hasSize(1)
                .allSatisfy(line -> assertThat(script).contains("\"Entrypoint\": " + line.substring(11)));
        assertThat(file.lines()
                        .filter(line -> line.startsWith("ENV "))
                        .flatMap(line -> Stream.of(line.substring(4).split(" "))))
                .hasSize(3)
                .allSatisfy(variable -> assertThat(script).contains('"' + variable + '"'));
        assertThat(file.lines().filter(line -> line.startsWith("USER ")))
                .hasSize(1)
                .allSatisfy(line -> assertThat(script).contains("\"User\": \"" + line.substring(5) + '"'));
    }

    @Test
    void aMirrorKnowsAnImageByItsPath() {
        Recipe coredns = images().stream()
                .filter(recipe -> recipe.folder().equals("coredns"))
                .findFirst()
                .orElseThrow();

        assertThat(coredns.path()).isEqualTo("coredns/coredns:1.14.7");
    }

    @Test
    void aFileThatIsNoListIsNamed(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("images.yaml"), "images: [{image: x, nonsense: 1}]");

        assertThatThrownBy(() -> Recipes.read(file))
                .isInstanceOf(MachineException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("nonsense");
    }
}
