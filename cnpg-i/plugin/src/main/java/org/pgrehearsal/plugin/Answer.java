package org.pgrehearsal.plugin;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one way that a call is answered: a value, a refusal with its status, or an error of our own that is logged. */
public final class Answer {
    private static final Logger LOG = LoggerFactory.getLogger(Answer.class);

    private Answer() {}

    /** Answers a unary call. */
    public static <T> void to(StreamObserver<T> call, String name, Supplier<T> work) {
        T value;
        try {
            value = work.get();
        } catch (Refusal refusal) {
            if (refusal.code() != Status.Code.NOT_FOUND) {
                LOG.atWarn()
                        .addKeyValue("call", name)
                        .addKeyValue("status", refusal.code())
                        .log(refusal.getMessage());
            }
            call.onError(refusal.status().asRuntimeException());
            return;
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("call", name).setCause(e).log("a call failed by an error of the plugin itself");
            call.onError(Status.INTERNAL
                    .withDescription(name + ": " + e + " (an error of the plugin itself: see the sidecar's log)")
                    .asRuntimeException());
            return;
        }
        call.onNext(value);
        call.onCompleted();
    }
}
