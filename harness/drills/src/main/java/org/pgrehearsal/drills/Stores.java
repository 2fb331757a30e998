package org.pgrehearsal.drills;

import java.net.InetAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.pgrehearsal.store.CertificateAuthority;
import org.pgrehearsal.store.EmbeddedStore;
import org.pgrehearsal.store.ExternalStore;
import org.pgrehearsal.store.ObjectStore;

/** Opens the store of a run. */
final class Stores {
    private Stores() {}

    /**
     * Opens what was chosen; an external store gets a place of this run alone, so that two runs under one prefix do not meet, and what a killed one
     * left is never taken for ours.
     *
     * @param work    the run's work directory
     * @param address at which its gates listen; null for this machine alone
     */
    static ObjectStore open(StoreChoice choice, Rehearsal rehearsal, Path work, @Nullable InetAddress address) {
        Path file = work.resolve("ca.pem");
        CertificateAuthority authority =
                address == null ? CertificateAuthority.create(file) : CertificateAuthority.create(file, address);
        return switch (choice) {
            case StoreChoice.Embedded _ -> EmbeddedStore.start(work.resolve("store"), authority);
            case StoreChoice.External external -> {
                rehearsal
                        .redaction()
                        .add("external-secret-key", external.access().secretKey());
                String prefix = external.prefix() + "/" + rehearsal.folder().id();
                yield ExternalStore.open(
                        external.access(),
                        external.bucket(),
                        prefix,
                        rehearsal.options().keep(),
                        authority);
            }
            case StoreChoice.Garage _ ->
                throw new IllegalArgumentException("only a Kubernetes of the run's own has Garage");
        };
    }
}
