package org.pgrehearsal.plugin.backup;

import io.grpc.stub.StreamObserver;
import org.pgrehearsal.cnpgi.backup.BackupCapabilitiesRequest;
import org.pgrehearsal.cnpgi.backup.BackupCapabilitiesResult;
import org.pgrehearsal.cnpgi.backup.BackupCapability;
import org.pgrehearsal.cnpgi.backup.BackupGrpc;
import org.pgrehearsal.cnpgi.backup.BackupRequest;
import org.pgrehearsal.cnpgi.backup.BackupResult;
import org.pgrehearsal.plugin.Answer;
import org.pgrehearsal.plugin.Archives;
import org.pgrehearsal.plugin.Refusal;
import org.pgrehearsal.plugin.config.ClusterView;
import org.pgrehearsal.plugin.metrics.LastFailure;
import org.pgrehearsal.plugin.metrics.Observations;
import org.pgrehearsal.plugin.pgbackrest.RepositoryInfo;
import org.pgrehearsal.plugin.pgbackrest.Stanza;

/** CNPG-I's backup service. */
public final class BackupService extends BackupGrpc.BackupImplBase {
    private final Archives archives;
    private final BackupTaker taker;
    private final LastFailure lastFailure;
    private final BackupReport report;
    private final Observations observations;

    /**
     * Backups of the pod's cluster.
     *
     * @param report is told what became of each
     * @param observations are made anew after each
     */
    public BackupService(
            Archives archives, Stanza stanza, LastFailure lastFailure, BackupReport report, Observations observations) {
        this.observations = observations;
        this.report = report;
        this.archives = archives;
        this.taker = new BackupTaker(archives, stanza);
        this.lastFailure = lastFailure;
    }

    @Override
    public void getCapabilities(BackupCapabilitiesRequest request, StreamObserver<BackupCapabilitiesResult> call) {
        Answer.to(
                call,
                "Backup.GetCapabilities",
                () -> BackupCapabilitiesResult.newBuilder()
                        .addCapabilities(BackupCapability.newBuilder()
                                .setRpc(BackupCapability.RPC
                                        .newBuilder()
                                        .setType(BackupCapability.RPC.Type.TYPE_BACKUP)))
                        .build());
    }

    @Override
    public void backup(BackupRequest request, StreamObserver<BackupResult> call) {
        Answer.to(call, "Backup.Backup", () -> {
            ClusterView cluster = ClusterView.of(request.getClusterDefinition());
            try {
                BackupTaker.Taken taken = taker.take(
                        cluster, ClusterView.json(request.getBackupDefinition(), "Backup"), request.getParametersMap());
                report.proven(cluster, taken);
                observations.renew(cluster);
                return result(taken);
            } catch (Refusal refusal) {
                lastFailure.now();
                report.failed(cluster, String.valueOf(refusal.getMessage()));
                throw refusal;
            }
        });
    }

    private BackupResult result(BackupTaker.Taken taken) {
        RepositoryInfo.Backup backup = taken.backup();
        return BackupResult.newBuilder()
                .setBackupId(backup.label())
                .setBackupName(backup.label())
                .setStartedAt(backup.start().getEpochSecond())
                .setStoppedAt(backup.stop().getEpochSecond())
                .setBeginWal(backup.walStart())
                .setEndWal(backup.walStop())
                .setBeginLsn(backup.lsnStart())
                .setEndLsn(backup.lsnStop())
                .setInstanceId(archives.pod())
                .setOnline(true)
                .putMetadata("stanza", taken.stanza())
                .putMetadata("place", taken.place())
                .putMetadata("repo", Integer.toString(backup.repository()))
                .putMetadata("type", backup.type())
                .putMetadata("prior", backup.prior())
                .putMetadata("timeline", Integer.toString(backup.timeline()))
                .putMetadata("systemIdentifier", taken.database().systemIdentifier())
                .putMetadata(
                        "postgresVersion", Integer.toString(taken.database().majorVersion()))
                .putMetadata("size", Long.toString(backup.size()))
                .putMetadata("repositorySize", Long.toString(backup.repositorySize()))
                .putMetadata("provenSegments", Long.toString(taken.proof().segments()))
                .putMetadata("provenFiles", Long.toString(taken.proof().files()))
                .build();
    }
}
