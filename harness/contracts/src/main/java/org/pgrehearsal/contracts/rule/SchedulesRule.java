package org.pgrehearsal.contracts.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pgrehearsal.contracts.text.Cron;
import org.pgrehearsal.contracts.tree.Manifest;
import org.pgrehearsal.contracts.tree.Rendering;
import org.pgrehearsal.contracts.tree.World;

/** Every schedule parses by the rules of what reads it, and no two databases of a cluster are backed up by the same one. */
record SchedulesRule() implements Rule {
    private static final int HOURLY = 24;

    private record Schedule(Manifest owner, String text, Cron cron) {}

    @Override
    public String name() {
        return "schedules";
    }

    @Override
    public void check(World world, Report report) {
        for (Rendering rendering : world.renderings()) {
            List<Schedule> schedules = new ArrayList<>();
            for (Manifest object : rendering.manifests()) {
                text(object).ifPresent(text -> {
                    report.looked();
                    boolean six = object.kind().equals("ScheduledBackup");
                    try {
                        schedules.add(new Schedule(object, text, six ? Cron.six(text) : Cron.five(text)));
                    } catch (IllegalArgumentException e) {
                        report.refuse(
                                object,
                                "the schedule \"" + text + "\" has " + e.getMessage()
                                        + (six ? "; CloudNativePG's begin with the seconds" : ""));
                    }
                });
            }
            if (rendering.kind() == Rendering.Kind.CLUSTER) {
                apart(schedules, report);
            }
        }
    }

    private static Optional<String> text(Manifest object) {
        if (object.is("batch", "CronJob") || object.is("postgresql.cnpg.io", "ScheduledBackup")) {
            return Optional.of(object.text("/spec/schedule"));
        }
        if (object.is("acid.zalan.do", "postgresql")
                && object.body().at("/spec").has("logicalBackupSchedule")) {
            return Optional.of(object.text("/spec/logicalBackupSchedule"));
        }
        return Optional.empty();
    }

    /** They share one network and one store. What runs more than once an hour meets everything, and is no backup. */
    private static void apart(List<Schedule> schedules, Report report) {
        for (int i = 0; i < schedules.size(); i++) {
            for (int j = 0; j < i; j++) {
                Schedule one = schedules.get(j);
                Schedule other = schedules.get(i);
                if (one.cron().timesADay() <= HOURLY
                        && other.cron().timesADay() <= HOURLY
                        && one.cron().meets(other.cron())) {
                    report.refuse(
                            other.owner(),
                            "its schedule \"" + other.text() + "\" fires in the same minute as \"" + one.text()
                                    + "\" of " + one.owner().title() + ": give it another minute");
                }
            }
        }
    }
}
