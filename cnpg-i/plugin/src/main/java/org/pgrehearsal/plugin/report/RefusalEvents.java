package org.pgrehearsal.plugin.report;

import io.grpc.ForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** Makes Events of refused calls that somebody has to know of, in one place for all services. */
public final class RefusalEvents implements ServerInterceptor {
    /** The calls, by what their refusal is about. That a file is absent is no news. */
    private static final Map<String, String> REASONS = Map.of(
            "cnpgi.wal.v1.WAL/Archive", "WalNotArchived",
            "cnpgi.wal.v1.WAL/Restore", "WalNotRestored",
            "cnpgi.backup.v1.Backup/Backup", "BackupFailed",
            "cnpgi.wal.v1.RestoreJobHooks/Restore", "RestoreFailed");

    private static final Set<Status.Code> NO_NEWS =
            Set.of(Status.Code.OK, Status.Code.NOT_FOUND, Status.Code.CANCELLED);

    private final BiConsumer<String, String> warning;

    /**
     * Events by a way to say them.
     *
     * @param warning takes a reason and a message
     */
    public RefusalEvents(BiConsumer<String, String> warning) {
        this.warning = warning;
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        String reason = REASONS.get(call.getMethodDescriptor().getFullMethodName());
        if (reason == null) {
            return next.startCall(call, headers);
        }
        return next.startCall(
                new ForwardingServerCall.SimpleForwardingServerCall<Q, R>(call) {
                    @Override
                    public void close(Status status, Metadata trailers) {
                        super.close(status, trailers);
                        String description = status.getDescription();
                        if (!NO_NEWS.contains(status.getCode()) && description != null) {
                            // PostgreSQL waits for the answer, nobody for the event
                            Thread.ofVirtual().start(() -> warning.accept(reason, description));
                        }
                    }
                },
                headers);
    }
}
