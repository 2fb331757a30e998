package org.pgrehearsal.cli;

import java.util.List;
import org.pgrehearsal.platform.Machine;
import org.pgrehearsal.platform.PreflightItem;

/** The doctor's answer for a person to read. */
final class DoctorTable {
    private DoctorTable() {}

    static String of(Machine machine, List<PreflightItem> items) {
        StringBuilder text = new StringBuilder();
        text.append(
                "machine   %s, Linux %s, %s%n".formatted(machine.system(), machine.kernel(), machine.architecture()));
        text.append("          %d cores, %.1f GiB of memory, Java %s%n%n"
                .formatted(machine.cores(), machine.memoryBytes() / (double) (1L << 30), machine.jdk()));
        for (PreflightItem item : items) {
            text.append("%-9s %-20s %s%n".formatted(word(item), item.name(), item.found()));
            if (item.status() != PreflightItem.Status.OK) {
                text.append(
                        "          %-20s needed for %s. Remedy: %s%n".formatted("", item.neededFor(), item.remedy()));
            }
        }
        long blocking = items.stream().filter(PreflightItem::blocks).count();
        return text.append(
                        blocking == 0
                                ? "%nThis machine is ready for local drills.".formatted()
                                : "%nNot ready for local drills: %d missing.".formatted(blocking))
                .toString();
    }

    /** What local drills can do without is not shouted. */
    private static String word(PreflightItem item) {
        return switch (item.status()) {
            case OK -> "ok";
            case MISSING -> item.required() ? "MISSING" : "absent";
            case BROKEN -> item.required() ? "BROKEN" : "broken";
        };
    }
}
