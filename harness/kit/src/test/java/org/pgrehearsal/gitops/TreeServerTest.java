package org.pgrehearsal.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pgrehearsal.process.Account;
import org.pgrehearsal.process.Command;
import org.pgrehearsal.process.Janitor;
import org.pgrehearsal.process.Redaction;
import org.pgrehearsal.process.Runner;
import org.pgrehearsal.process.Transcript;
import org.pgrehearsal.undo.UndoStack;

class TreeServerTest {
    @TempDir
    Path folder;

    private final UndoStack undo = new UndoStack();
    private Runner runner;
    private Path source;
    private WorkTree tree;
    private TreeServer server;

    @BeforeEach
    void aServedTree() throws IOException {
        Path work = folder.resolve("work");
        Janitor janitor =
                undo.closing("end", Janitor.watch(work, UUID.randomUUID().toString(), false));
        runner = new Runner(Account.self(), work, janitor, new Transcript(folder.resolve("log"), new Redaction()));
        source = Files.createDirectory(folder.resolve("source"));
        git(source, "init", "--quiet");
        Files.writeString(source.resolve(".gitignore"), "ignored\n");
        Files.writeString(source.resolve("tracked"), "as committed");
        Files.writeString(source.resolve("deleted"), "");
        git(source, "add", "--all");
        Files.delete(source.resolve("deleted"));
        Files.writeString(source.resolve("tracked"), "as it is");
        Files.writeString(source.resolve("new"), "");
        Files.writeString(source.resolve("ignored"), "");
        tree = WorkTree.copy(source, work.resolve("git/tree"), runner);
        Path files = Files.createDirectory(folder.resolve("files"));
        Files.writeString(files.resolve("index.yaml"), "entries");
        server = undo.closing("stop", TreeServer.start("127.0.0.1", new GitBackend(runner, tree.above()), files));
        tree.follow(server.url() + "/git/" + tree.repositoryName());
        tree.push("The work tree as it is");
    }

    @AfterEach
    void away() {
        undo.close();
    }

    private String git(Path directory, String... arguments) {
        String[] argv = new String[arguments.length + 1];
        argv[0] = "git";
        System.arraycopy(arguments, 0, argv, 1, arguments.length);
        return runner.run(Command.of((Object[]) argv).in(directory)).orFail().out();
    }

    @Test
    void aCloneHoldsTheTreeAsItIs() throws IOException {
        git(folder, "clone", "--quiet", server.url() + "/git/tree.git", "clone");

        assertThat(git(folder.resolve("clone"), "ls-files").lines()).containsExactly(".gitignore", "new", "tracked");
        assertThat(folder.resolve("clone/tracked")).hasContent("as it is");
        assertThat(git(source, "status", "--porcelain")).contains("AM tracked", "?? new");
    }

    @Test
    void whatIsPushedLaterIsServed() throws IOException {
        git(folder, "clone", "--quiet", "--depth=1", server.url() + "/git/tree.git", "clone");
        Files.writeString(tree.folder().resolve("new"), "changed");

        tree.push("Change it");
        git(folder.resolve("clone"), "pull", "--quiet");

        assertThat(folder.resolve("clone/new")).hasContent("changed");
        assertThat(git(folder.resolve("clone"), "log", "-1", "--format=%s")).isEqualTo("Change it\n");
    }

    @Test
    void theTreeCanBeWhatItWasOnTopOfWhatOthersPushed() throws IOException {
        String before = tree.commit();
        Path clone = tree.clone(folder.resolve("clone"));
        Files.writeString(clone.resolve("tracked"), "changed by somebody");
        Files.writeString(clone.resolve("added"), "");
        git(clone, "add", "--all");
        git(clone, "-c", "user.name=x", "-c", "user.email=x", "commit", "--quiet", "--message=Change it");
        git(clone, "push", "--quiet", "origin", "HEAD");
        Files.writeString(tree.folder().resolve("new"), "half done");

        tree.reset(before);
        tree.push("As it was");
        git(clone, "pull", "--quiet");

        assertThat(git(clone, "ls-files").lines()).containsExactly(".gitignore", "new", "tracked");
        assertThat(clone.resolve("tracked")).hasContent("as it is");
        assertThat(clone.resolve("new")).isEmptyFile();
        assertThat(git(clone, "log", "--format=%s").lines())
                .containsExactly("As it was", "Change it", "The work tree as it is");
        assertThat(git(clone, "rev-parse", "HEAD").strip()).isEqualTo(tree.commit());
    }

    @Test
    void filesOfTheFolderAreServedAndNoOthers() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("secret"), "secret");

        assertThat(get("/index.yaml").body()).isEqualTo("entries");
        assertThat(get("/nothing").statusCode()).isEqualTo(404);
        assertThat(get("/%2e%2e/secret").statusCode()).isEqualTo(404);
        assertThat(get("/git/other.git/info/refs?service=git-upload-pack").statusCode())
                .isEqualTo(404);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(server.url() + path)).build(), BodyHandlers.ofString());
        }
    }
}
