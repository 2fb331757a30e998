package org.pgrehearsal.platform.kubernetes;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pgrehearsal.await.Waiting;

/**
 * The Jobs of a namespace.
 *
 * @param place the namespace
 */
public record Jobs(Place place) {
    private static final Duration REMOVAL = Duration.ofMinutes(1);

    /**
     * A Job that has ended.
     *
     * @param log what its pods said, in the order of their names
     */
    public record Ended(String name, boolean succeeded, List<String> log) {}

    /**
     * Has a CronJob do its work now, as {@code kubectl create job --from} does.
     *
     * @return the name of the Job
     */
    public String order(String cronJob) {
        CronJob schedule = place.cluster()
                .client()
                .batch()
                .v1()
                .cronjobs()
                .inNamespace(place.name())
                .withName(cronJob)
                .get();
        if (schedule == null) {
            throw new IllegalStateException("there is no CronJob " + cronJob + " in " + place.name());
        }
        String name = cronJob + "-" + Long.toString(System.nanoTime(), 36);
        place.cluster()
                .client()
                .batch()
                .v1()
                .jobs()
                .inNamespace(place.name())
                .resource(new JobBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withLabels(schedule.getSpec()
                                .getJobTemplate()
                                .getMetadata()
                                .getLabels())
                        .endMetadata()
                        .withSpec(schedule.getSpec().getJobTemplate().getSpec())
                        .build())
                .create();
        return name;
    }

    /** The names of those with some labels. */
    public List<String> names(Map<String, String> labels) {
        return place
                .cluster()
                .client()
                .batch()
                .v1()
                .jobs()
                .inNamespace(place.name())
                .withLabels(labels)
                .list()
                .getItems()
                .stream()
                .map(job -> job.getMetadata().getName())
                .toList();
    }

    /** The name of the pod of a Job that has one. */
    public String pod(String job) {
        return place.pods(Map.of("batch.kubernetes.io/job-name", job)).stream()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the Job " + job + " has no pod"))
                .getMetadata()
                .getName();
    }

    /** Removes a Job with its pods, and waits until it is gone. */
    public void remove(String job) {
        place.cluster()
                .client()
                .batch()
                .v1()
                .jobs()
                .inNamespace(place.name())
                .withName(job)
                .withPropagationPolicy(DeletionPropagation.BACKGROUND)
                .delete();
        Waiting.on("the Job " + job + " in " + place.name() + " to be gone", REMOVAL)
                .every(Duration.ofMillis(300))
                .until(() -> names(Map.of()).contains(job), there -> !there);
    }

    /**
     * Waits until a Job has succeeded or failed.
     *
     * @param container of its pods, that says what it does
     * @throws org.pgrehearsal.await.WaitFailed if it does neither in time
     */
    public Ended await(String name, String container, Duration deadline) {
        boolean succeeded = Waiting.on("the Job " + name + " in " + place.name() + " to end", deadline)
                .every(Duration.ofMillis(300))
                .until(() -> outcome(name), Optional::isPresent)
                .orElseThrow();
        return new Ended(name, succeeded, place.logs().lines(name + "-", container));
    }

    private Optional<Boolean> outcome(String name) {
        Job job = place.cluster()
                .client()
                .batch()
                .v1()
                .jobs()
                .inNamespace(place.name())
                .withName(name)
                .get();
        if (job == null || job.getStatus() == null) {
            return Optional.empty();
        }
        for (JobCondition condition : job.getStatus().getConditions()) {
            if (condition.getStatus().equals("True")) {
                switch (condition.getType()) {
                    case "Complete" -> {
                        return Optional.of(true);
                    }
                    case "Failed" -> {
                        return Optional.of(false);
                    }
                    default -> {}
                }
            }
        }
        return Optional.empty();
    }
}
