package org.pgrehearsal.gitops;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.pgrehearsal.process.Command;
import org.pgrehearsal.process.Finished;
import org.pgrehearsal.process.Runner;

/**
 * A copy of a work tree, as it is and committed, with a bare repository beside it that it pushes to: a user's fork for the time of a run.
 *
 * @param runner runs git
 * @param folder where the copy is
 */
public record WorkTree(Runner runner, Path folder) {
    /** The branch that everything is on. */
    public static final String BRANCH = "main";

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Map<String, String> WHO = Map.of(
            "GIT_AUTHOR_NAME", "pgrehearsal",
            "GIT_AUTHOR_EMAIL", "pgrehearsal@localhost",
            "GIT_COMMITTER_NAME", "pgrehearsal",
            "GIT_COMMITTER_EMAIL", "pgrehearsal@localhost",
            "GIT_CONFIG_NOSYSTEM", "1");

    /**
     * Copies what git knows of a work tree, and what it does not know yet but would take.
     *
     * @param repository where from; it is only read
     * @param folder     where to, with the bare repository {@code folder.git}
     */
    static WorkTree copy(Path repository, Path folder, Runner runner) {
        WorkTree tree = new WorkTree(runner, folder);
        try {
            Files.createDirectories(folder);
            String list = tree.git(repository, "ls-files", "-z", "-co", "--exclude-standard")
                    .out();
            for (String name : list.split("\0", -1)) {
                Path file = repository.resolve(name);
                // what is deleted and not committed is still listed
                if (!name.isEmpty() && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                    Path target = folder.resolve(name);
                    Files.createDirectories(target.getParent());
                    Files.copy(file, target, LinkOption.NOFOLLOW_LINKS, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot copy the work tree " + repository + ": " + e.getMessage(), e);
        }
        Path bare = bare(folder);
        tree.git(folder, "init", "--quiet", "--initial-branch=" + BRANCH);
        tree.git(tree.above(), "init", "--quiet", "--bare", "--initial-branch=" + BRANCH, bare.toString());
        tree.git(bare, "config", "http.receivepack", "true");
        return tree;
    }

    /** The folder that holds the work tree and the repository that is served. */
    Path above() {
        return folder.resolveSibling(".").normalize();
    }

    private static Path bare(Path folder) {
        return folder.resolveSibling(folder.getFileName() + ".git");
    }

    /** The name of the bare repository in its folder. */
    String repositoryName() {
        return bare(folder).getFileName().toString();
    }

    /** Commits all of it and pushes it to where Flux looks. */
    public void push(String message) {
        git(folder, "add", "--all");
        git(folder, "commit", "--quiet", "--allow-empty", "--message=" + message);
        git(folder, "push", "--quiet", "origin", BRANCH);
    }

    /** The commit that it is at. */
    public String commit() {
        return git(folder, "rev-parse", "HEAD").out().strip();
    }

    /** Makes all files what they were in a commit, on top of what anybody has pushed since; not pushed yet. */
    public void reset(String commit) {
        git(folder, "fetch", "--quiet", "origin");
        git(folder, "reset", "--quiet", "--hard", "origin/" + BRANCH);
        git(folder, "read-tree", "-u", "--reset", commit);
    }

    /**
     * Another user's clone, which may be pushed from.
     *
     * @param place a new folder
     */
    public Path clone(Path place) {
        String url = git(folder, "remote", "get-url", "origin").out().strip();
        git(folder, "clone", "--quiet", url, place.toString());
        return place;
    }

    void follow(String url) {
        git(folder, "remote", "add", "origin", url);
    }

    private Finished git(Path directory, String... arguments) {
        List<String> argv = new ArrayList<>(List.of("git", "-c", "safe.directory=*"));
        argv.addAll(List.of(arguments));
        return runner.run(Command.of(argv).with(WHO).in(directory).within(PATIENCE))
                .orFail();
    }

    /** The variables by which git knows who commits. */
    static Map<String, String> who() {
        return WHO;
    }
}
