package org.pgrehearsal.platform.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.pgrehearsal.process.CommandFailed;

/**
 * Runs commands in one container.
 *
 * @param namespace of the pod
 * @param pod       its name
 * @param container of the pod
 */
public record Shell(KubernetesClient client, String namespace, String pod, String container) {
    /**
     * Runs a command to its end; it gets no input.
     *
     * @param lines takes each line of its output
     * @throws CommandFailed if it cannot be started, does not end in time, or fails; with its last words
     */
    public void run(Duration deadline, Consumer<String> lines, List<String> argv) {
        String what = argv.getFirst() + " in " + pod;
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        try (ExecWatch running = client.pods()
                        .inNamespace(namespace)
                        .withName(pod)
                        .inContainer(container)
                        .redirectingOutput()
                        .writingError(errors)
                        .exec(argv.toArray(String[]::new));
                BufferedReader output =
                        new BufferedReader(new InputStreamReader(running.getOutput(), StandardCharsets.UTF_8))) {
            output.lines().forEach(lines);
            int exit = running.exitCode().get(deadline.toMillis(), TimeUnit.MILLISECONDS);
            if (exit != 0) {
                String said = errors.toString(StandardCharsets.UTF_8).strip();
                throw new CommandFailed(what + " ended with " + exit + ": "
                        + said.lines().reduce((_, last) -> last).orElse("it said nothing"));
            }
        } catch (TimeoutException e) {
            throw new CommandFailed(what + " did not end within " + deadline.toSeconds() + " s", e);
        } catch (IOException | ExecutionException | KubernetesClientException e) {
            throw new CommandFailed("cannot run " + what + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed(what + " was interrupted", e);
        }
    }

    /** The same, without its output. */
    public void run(Duration deadline, List<String> argv) {
        run(deadline, _ -> {}, argv);
    }
}
