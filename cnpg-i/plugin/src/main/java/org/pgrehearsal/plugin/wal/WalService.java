package org.pgrehearsal.plugin.wal;

import io.grpc.stub.StreamObserver;
import java.util.function.Consumer;
import org.pgrehearsal.cnpgi.wal.WALArchiveRequest;
import org.pgrehearsal.cnpgi.wal.WALArchiveResult;
import org.pgrehearsal.cnpgi.wal.WALCapabilitiesRequest;
import org.pgrehearsal.cnpgi.wal.WALCapabilitiesResult;
import org.pgrehearsal.cnpgi.wal.WALCapability;
import org.pgrehearsal.cnpgi.wal.WALGrpc;
import org.pgrehearsal.cnpgi.wal.WALRestoreRequest;
import org.pgrehearsal.cnpgi.wal.WALRestoreResult;
import org.pgrehearsal.cnpgi.wal.WALStatusRequest;
import org.pgrehearsal.cnpgi.wal.WALStatusResult;
import org.pgrehearsal.plugin.Answer;
import org.pgrehearsal.plugin.Archives;
import org.pgrehearsal.plugin.config.ClusterView;
import org.pgrehearsal.plugin.pgbackrest.PgBackRest;
import org.pgrehearsal.plugin.pgbackrest.RepositoryInfo;
import org.pgrehearsal.plugin.pgbackrest.Stanza;

/** CNPG-I's WAL service. What may be removed is decided by the retention of a repository, so SetFirstRequired is not offered. */
public final class WalService extends WALGrpc.WALImplBase {
    private final Archives archives;
    private final WalArchiver archiver;
    private final WalFetcher fetcher;

    /**
     * WAL of the pod's cluster.
     *
     * @param waiting is told when recovery waits for a repository
     */
    public WalService(Archives archives, Stanza stanza, Consumer<String> waiting) {
        this.archives = archives;
        this.archiver = new WalArchiver(archives, stanza);
        this.fetcher = new WalFetcher(archives, waiting);
    }

    @Override
    public void getCapabilities(WALCapabilitiesRequest request, StreamObserver<WALCapabilitiesResult> call) {
        WALCapabilitiesResult.Builder result = WALCapabilitiesResult.newBuilder();
        for (WALCapability.RPC.Type type : new WALCapability.RPC.Type[] {
            WALCapability.RPC.Type.TYPE_ARCHIVE_WAL,
            WALCapability.RPC.Type.TYPE_RESTORE_WAL,
            WALCapability.RPC.Type.TYPE_STATUS
        }) {
            result.addCapabilities(WALCapability.newBuilder()
                    .setRpc(WALCapability.RPC.newBuilder().setType(type)));
        }
        Answer.to(call, "WAL.GetCapabilities", result::build);
    }

    @Override
    public void archive(WALArchiveRequest request, StreamObserver<WALArchiveResult> call) {
        Answer.to(call, "WAL.Archive", () -> {
            archiver.archive(
                    ClusterView.of(request.getClusterDefinition()),
                    request.getSourceFileName(),
                    request.getCheckEmptyWalArchive());
            return WALArchiveResult.getDefaultInstance();
        });
    }

    @Override
    public void restore(WALRestoreRequest request, StreamObserver<WALRestoreResult> call) {
        Answer.to(call, "WAL.Restore", () -> {
            fetcher.fetch(
                    ClusterView.of(request.getClusterDefinition()),
                    request.getSourceWalName(),
                    request.getDestinationFileName(),
                    request.getMode() == WALRestoreRequest.Mode.MODE_REWIND);
            return WALRestoreResult.getDefaultInstance();
        });
    }

    @Override
    public void status(WALStatusRequest request, StreamObserver<WALStatusResult> call) {
        Answer.to(call, "WAL.Status", () -> {
            PgBackRest archive = archives.own(ClusterView.of(request.getClusterDefinition()));
            RepositoryInfo info = RepositoryInfo.of(archive).orUnreadable();
            WALStatusResult.Builder result = WALStatusResult.newBuilder()
                    .putAdditionalInformation("stanza", archive.settings().stanza())
                    .putAdditionalInformation(
                            "waiting", Long.toString(archives.data().waiting()));
            archive.settings()
                    .repositories()
                    .forEach(repository -> info.archive(repository.number()).ifPresent(range -> {
                        if (result.getFirstWal().isEmpty()) {
                            result.setFirstWal(range.min()).setLastWal(range.max());
                        }
                        result.putAdditionalInformation("repo" + repository.number() + "-last-wal", range.max());
                    }));
            return result.build();
        });
    }
}
