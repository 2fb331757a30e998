package org.pgrehearsal.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.pgrehearsal.lab.KeptNode;
import org.pgrehearsal.lab.Lab;
import org.pgrehearsal.platform.MachineException;
import org.pgrehearsal.platform.k3s.K3sNode;
import org.pgrehearsal.platform.k3s.NodeImages;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rehearse lab up}: a node for a person. */
@Command(
        name = "up",
        description =
                "Starts a Kubernetes of one node that stays until `rehearse lab down`, and says where its kubeconfig is.",
        versionProvider = Version.class,
        sortOptions = false)
final class LabUpCommand implements Callable<Integer> {
    /** The images are there by then; the node itself gives up earlier, and says why. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @Mixin
    @SuppressWarnings("UnusedVariable") // adds its options to the command
    private final CommonOptions common = new CommonOptions();

    @Mixin
    private final LabOptions options = new LabOptions();

    @Option(names = "--foreground", description = "Hold the node in this process, until Ctrl-C.")
    private boolean foreground;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        KeptNode kept = LabOptions.kept();
        kept.holder().ifPresent(process -> {
            throw new MachineException("there is a node already, held by process " + process.pid()
                    + "; use it (rehearse lab status) or take it down (rehearse lab down)");
        });
        NodeImages images;
        try (Lab lab = Lab.open(Home.path())) {
            images = options.bring(lab, spec.commandLine());
        }
        if (foreground) {
            hold(kept, images);
        } else {
            kept.hold(again(), PATIENCE);
            say("export KUBECONFIG=" + kept.kubeconfig());
        }
        return ExitCode.PROVED.number();
    }

    private void hold(KeptNode kept, NodeImages images) throws IOException, InterruptedException {
        kept.claim(true);
        try (K3sNode node = K3sNode.start(images)) {
            Runtime.getRuntime().addShutdownHook(new Thread(node::close, "node"));
            kept.announce(node.kubeconfig());
            say("export KUBECONFIG=" + kept.kubeconfig());
            new CountDownLatch(1).await();
        } finally {
            kept.claim(false);
        }
    }

    /** The same command in a session of its own, so that Ctrl-C at this terminal does not reach it. */
    private List<String> again() {
        Path launcher = Home.path().resolve("rehearse");
        List<String> command = new ArrayList<>(List.of("setsid", launcher.toString()));
        command.addAll(
                spec.commandLine().getParent().getParent().getParseResult().originalArgs());
        command.add("--foreground");
        return command;
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }
}
