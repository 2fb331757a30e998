package org.pgrehearsal.cli;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pgrehearsal.lab.ImageSource;
import org.pgrehearsal.lab.KeptNode;
import org.pgrehearsal.lab.Lab;
import org.pgrehearsal.platform.Toolbox;
import org.pgrehearsal.platform.k3s.NodeImages;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Which images, and from where. */
@Command(sortOptions = false)
final class LabOptions {
    @Option(
            names = "--for",
            paramLabel = "NAME",
            split = ",",
            defaultValue = "cnpg-barman,flux,garage,versitygw",
            description =
                    "What the images are for: backup systems, stores or flux, with commas between (default: ${DEFAULT-VALUE}).")
    private Set<String> users = new LinkedHashSet<>();

    @Option(
            names = "--images",
            paramLabel = "HOW",
            description =
                    "Whether images are pulled or built (default: pulled where a container registry answers; REHEARSE_IMAGES says it too).")
    private @Nullable ImageSource source;

    ImageSource source() {
        return source == null ? ImageSource.ofThisMachine() : source;
    }

    /** The images that were asked for, with a name that nothing has as the user's mistake. */
    Set<String> users(Lab lab, CommandLine commandLine) {
        for (String user : users) {
            if (!lab.users().contains(user)) {
                throw new ParameterException(
                        commandLine, "--for: no image is for '" + user + "'; one of " + String.join(", ", lab.users()));
            }
        }
        return users;
    }

    NodeImages bring(Lab lab, CommandLine commandLine) {
        Consumer<String> said = line -> {
            commandLine.getErr().println(line);
            commandLine.getErr().flush();
        };
        return lab.bring(users(lab, commandLine), source(), said);
    }

    static KeptNode kept() {
        return new KeptNode(Toolbox.ofThisMachine().cache().resolve("lab/up"));
    }
}
