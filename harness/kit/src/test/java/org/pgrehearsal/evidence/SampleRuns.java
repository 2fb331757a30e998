package org.pgrehearsal.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pgrehearsal.evidence.DrillRecord.Mark;
import org.pgrehearsal.evidence.DrillRecord.Phase;
import org.pgrehearsal.verdict.Anomaly;
import org.pgrehearsal.verdict.Finding;
import org.pgrehearsal.verdict.Measurement;
import org.pgrehearsal.verdict.Verdict;

/** Runs as they may come to a report: good, bad, empty, and with text that was written to do harm. */
public final class SampleRuns {
    public static final String HOSTILE =
            "</title><script>document.title='owned'</script><img src=http://198.51.100.1/x onerror=alert(1)> \"'&]]> \u0000\u001B[31m\u202Eevil";

    private static final Instant START = Instant.parse("2026-11-21T10:56:12.345678Z");
    private static final long BASE = 0x3000028L;
    private static final long SEGMENT = 16L << 20;

    private SampleRuns() {}

    /** Twelve drills of three systems, all proved, controls among them. */
    public static RunRecord proved() {
        List<DrillRecord> drills = new ArrayList<>();
        for (String system : List.of("pgbackrest", "barman-cloud", "pg-dump")) {
            drills.add(drill(
                    system, "Backup", "A backup is complete while writers run", false, new Verdict.Proved(), null));
            drills.add(drill(system, "Restore", "Restore to latest", false, new Verdict.Proved(), seconds(2.913)));
            if (!system.equals("pg-dump")) {
                drills.add(drill(
                        system, "Point in time", "To an LSN, inclusive", false, new Verdict.Proved(), seconds(3.2)));
                drills.add(drill(
                        system,
                        "Sabotage",
                        "A missing WAL segment in the middle",
                        true,
                        new Verdict.Proved(),
                        seconds(2.1)));
            }
        }
        return run(
                drills,
                List.of(new RunRecord.NotApplicable(
                        "pg-dump",
                        "Point in time",
                        "To an LSN, inclusive",
                        "A dump holds one snapshot and no log, so there is nothing to replay.")),
                0);
    }

    /** Thirty drills of three systems; two refuted, one of them with many findings, two inconclusive, forks, long names. */
    public static RunRecord mixed() {
        List<DrillRecord> drills = new ArrayList<>();
        List<RunRecord.NotApplicable> skipped = new ArrayList<>();
        for (String[] row : SCENARIOS) {
            for (String system : List.of("pgbackrest", "barman-cloud", "pg-dump")) {
                boolean pitr = row[0].startsWith("Point") || row[1].contains("WAL") || row[1].contains("timeline");
                if (system.equals("pg-dump") && pitr) {
                    skipped.add(new RunRecord.NotApplicable(
                            system,
                            row[0],
                            row[1],
                            "A dump holds one snapshot and no log, so there is nothing to replay."));
                    continue;
                }
                boolean control = row[0].equals("Sabotage") || row[0].equals("Outage");
                drills.add(drill(
                        system, row[0], row[1], control, verdict(system, row[1]), seconds(0.9 + drills.size() * 0.37)));
            }
        }
        return run(drills, skipped, 1);
    }

    /** A run in which every text tries to leave its place. */
    public static RunRecord hostile() {
        DrillRecord drill = new DrillRecord(
                HOSTILE,
                HOSTILE,
                HOSTILE.repeat(4),
                false,
                new Verdict.Refuted(List.of(new Finding(Anomaly.GHOST, 7, HOSTILE, List.of(HOSTILE, "\tx\ny")))),
                HOSTILE,
                START,
                List.of(new Phase(HOSTILE, Duration.ZERO, seconds(1), 5)),
                seconds(1),
                List.of(new Measurement(HOSTILE, 1, HOSTILE)),
                List.of(HOSTILE),
                List.of(HOSTILE),
                List.of(new Mark(Mark.Kind.TARGET, HOSTILE, 1, BASE, BASE)),
                "javascript:alert(1)/../" + HOSTILE);
        return new RunRecord(
                HOSTILE,
                START,
                seconds(2),
                1,
                HOSTILE,
                HOSTILE,
                HOSTILE,
                Map.of(HOSTILE, HOSTILE),
                List.of(drill),
                List.of(new RunRecord.NotApplicable(HOSTILE + "2", HOSTILE, HOSTILE, HOSTILE)),
                List.of(HOSTILE),
                1);
    }

    /** A run that was asked for nothing that any system can do. */
    public static RunRecord nothing() {
        return run(List.of(), List.of(), 2);
    }

    private static final String[][] SCENARIOS = {
        {"Backup", "A backup is complete while writers run"},
        {"Restore", "Restore to latest brings back every acknowledged commit up to the frontier"},
        {"Restore", "The source's archive is the same before and after"},
        {"Point in time", "To an LSN, inclusive"},
        {
            "Point in time",
            "To a time between two commits that are a few microseconds apart, while a long transaction and two prepared ones are open"
        },
        {"Point in time", "To a transaction, exclusive"},
        {
            "Point in time twice",
            "Restore, promote, write, back up again, then restore on the old and on the new timeline"
        },
        {"Sabotage", "A missing WAL segment in the middle"},
        {"Sabotage", "A flipped byte in a data file"},
        {"Sabotage", "A truncated object"},
        {"Outage", "The store answers 503 from the second WAL segment on"},
        {"Restore", "Ein-sehr-langes-Wort-ohne-jede-Stelle-zum-Umbrechen-das-trotzdem-auf-ein-Telefon-passen-muss"},
        {"Refusals", "A target after the end of the archive"},
    };

    private static Verdict verdict(String system, String scenario) {
        if (system.equals("barman-cloud") && scenario.startsWith("Restore to latest")) {
            return new Verdict.Refuted(
                    List.of(
                            new Finding(
                                    Anomaly.LOST_SUFFIX,
                                    1204,
                                    "1 204 acknowledged commits after 0/5A3F210 are missing, the first is transaction 48213 of writer 2.",
                                    List.of(
                                            "xid 48213  writer 2  seq 9001  commit 0/5A3F2A8  acknowledged 10:56:31.402113",
                                            "xid 48214  writer 0  seq 8997  commit 0/5A3F318  acknowledged 10:56:31.402390",
                                            "xid 48216  writer 3  seq 9120  commit 0/5A3F388  acknowledged 10:56:31.403004")),
                            Finding.of(
                                    Anomaly.STOPPED_ELSEWHERE,
                                    "Recovery ended at 0/5A3F210, 41.8 MB before the frontier at 0/8220000.",
                                    "LOG:  redo done at 0/5A3F1D8 system usage: CPU: user: 0.31 s, system: 0.12 s, elapsed: 1.94 s")));
        }
        if (system.equals("pgbackrest") && scenario.startsWith("A truncated")) {
            return new Verdict.Refuted(List.of(Finding.of(
                    Anomaly.UNDETECTED,
                    "The truncated object was restored without a word, and the server started.",
                    "base/16384/16397 is 8192 bytes, the manifest says 163840")));
        }
        if (scenario.startsWith("The store answers")) {
            return new Verdict.Inconclusive(List.of(
                    "The outage never fired: the restore asked for 1 segment, and the fault waits for the second.",
                    "The frontier was not read, since the listing timed out after 10 s."));
        }
        return new Verdict.Proved();
    }

    private static DrillRecord drill(
            String system, String feature, String scenario, boolean control, Verdict verdict, @Nullable Duration rto) {
        boolean twice = feature.endsWith("twice");
        String folder = system + "/" + SafeName.of(scenario);
        return new DrillRecord(
                system,
                feature,
                scenario,
                control,
                verdict,
                verdict instanceof Verdict.Inconclusive
                        ? "It cannot be said whether the damage would have been found."
                        : verdict instanceof Verdict.Refuted
                                ? "The restore came to its end, and what came back is not what was asked for."
                                : control
                                        ? "The damage was named by the engine and by the archive's own listing."
                                        : "All 18 402 acknowledged commits up to the target are back, none after it, none torn.",
                START.plusSeconds(4),
                List.of(
                        new Phase("back up", Duration.ZERO, seconds(2.84), 238_000_000),
                        new Phase("write on, and wait for the frontier", seconds(2.84), seconds(0.61), 0),
                        new Phase("restore files", seconds(3.45), seconds(1.72), 238_000_000),
                        new Phase("replay", seconds(5.17), seconds(1.2), 83_886_080),
                        new Phase("check", seconds(6.37), seconds(0.042), 0)),
                rto,
                List.of(
                        new Measurement("acknowledged commits", 18402, "commits"),
                        new Measurement("ledger rows compared", 1_204_311, "rows"),
                        new Measurement("recovery point", 0.00041, "s"),
                        new Measurement("archive listed", 83_886_080, "B")),
                List.of("Two commits carry times that run backwards by 3 µs; the log's order was used."),
                List.of(
                        "2026-11-21 10:56:40.113 UTC [4711] LOG:  starting point-in-time recovery to WAL location (LSN) \"0/5A3F2A8\"",
                        "2026-11-21 10:56:42.030 UTC [4711] LOG:  recovery stopping after WAL location (LSN) \"0/5A3F2A8\"",
                        "2026-11-21 10:56:42.031 UTC [4711] LOG:  pausing at the end of recovery"),
                picture(twice, control),
                folder);
    }

    private static List<Mark> picture(boolean twice, boolean control) {
        long target = BASE + 9 * SEGMENT / 2;
        List<Mark> marks = new ArrayList<>(List.of(
                new Mark(Mark.Kind.COMMITS, "18 402 commits", 1, BASE + 4000, BASE + 7 * SEGMENT),
                new Mark(Mark.Kind.BACKUP, "full backup 20261121-105612F", 1, BASE + SEGMENT / 3, BASE + 2 * SEGMENT),
                new Mark(Mark.Kind.TARGET, "target LSN, inclusive", 1, target, target),
                new Mark(Mark.Kind.STOPPED, "", 1, target + 56, target + 56),
                new Mark(Mark.Kind.FRONTIER, "", 1, BASE + 7 * SEGMENT, BASE + 7 * SEGMENT)));
        if (control) {
            marks.add(new Mark(
                    Mark.Kind.DAMAGE,
                    "segment 000000010000000000000006 is missing",
                    1,
                    BASE + 3 * SEGMENT,
                    BASE + 4 * SEGMENT));
        }
        if (twice) {
            marks.add(Mark.fork("", 1, 2, target + 56));
            marks.add(new Mark(
                    Mark.Kind.COMMITS, "2 110 commits after promotion", 2, target + 4000, target + 2 * SEGMENT));
            marks.add(new Mark(Mark.Kind.BACKUP, "diff", 2, target + SEGMENT, target + SEGMENT + SEGMENT / 8));
            marks.add(new Mark(
                    Mark.Kind.TARGET,
                    "second target, a restore point with a name that is longer than any phone is wide",
                    2,
                    target + SEGMENT + SEGMENT / 2,
                    target + SEGMENT + SEGMENT / 2));
            marks.add(Mark.fork("promoted again", 2, 3, target + SEGMENT + SEGMENT / 2));
            marks.add(new Mark(Mark.Kind.COMMITS, "12 commits", 3, target + 2 * SEGMENT, target + 2 * SEGMENT + 9000));
            marks.add(Mark.fork("a branch beside it", 1, 4, BASE + 3 * SEGMENT));
            marks.add(new Mark(Mark.Kind.STOPPED, "", 4, BASE + 6 * SEGMENT, BASE + 6 * SEGMENT));
        }
        return marks;
    }

    private static RunRecord run(List<DrillRecord> drills, List<RunRecord.NotApplicable> skipped, int exitCode) {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("PostgreSQL", "15.14 (Debian 15.14-0+deb12u1)");
        versions.put("pgBackRest", "2.45");
        versions.put("barman-cloud", "3.19.1");
        versions.put("Java", "25.0.1+8-LTS");
        versions.put("Kernel", "Linux 6.1.0-40-amd64");
        return new RunRecord(
                "2026-11-21T105612Z-7f3a",
                START,
                Duration.ofMillis(78_412),
                -8_412_113_004_177L,
                "./rehearse run --seed -8412113004177",
                "local",
                "embedded S3, TLS, path style",
                versions,
                drills,
                skipped,
                List.of(
                        "Kubernetes: this run used processes on one machine.",
                        "Databases larger than 300 MB, and links slower than a loopback."),
                exitCode);
    }

    private static Duration seconds(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }
}
