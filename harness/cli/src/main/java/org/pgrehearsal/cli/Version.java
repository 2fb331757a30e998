package org.pgrehearsal.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version in the manifest of the archive that this runs from. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version =
                Objects.requireNonNullElse(Version.class.getPackage().getImplementationVersion(), "(not packaged)");
        return new String[] {"rehearse " + version, "Java " + Runtime.version()};
    }
}
