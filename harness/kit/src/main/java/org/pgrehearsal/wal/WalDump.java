package org.pgrehearsal.wal;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@code pg_waldump} prints for the segments of one timeline, line by line, in one or several passes (before PostgreSQL 16 one
 * call shows either all resource managers or one).
 *
 * <p>It needs at least {@code -r Transaction}; {@code -r XLOG} adds restore points and the end of the backup; a dump of everything makes
 * every record's position known ({@link RecordPositions}). The tool prints times in its own zone, so it must run with {@code TZ=UTC}: any
 * other zone is an error. A line of those two managers that is not understood is an error and never skipped.
 */
public final class WalDump {
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{6} \\S+";
    /** {@code COMMIT_PREPARED 735: <time>; rels: …}; the number only in the prepared forms. */
    private static final Pattern ENDING = Pattern.compile("(?:(\\d+): )?(" + TIME + ")(; .*)?");
    /** The name of a prepared transaction is free text: the last time in the line ends it. */
    private static final Pattern PREPARING = Pattern.compile("gid (.*): (" + TIME + ")(; .*)?");

    private static final Pattern CHILDREN = Pattern.compile("; subxacts:((?: \\d+)+)");
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);
    private static final Set<String> NO_ENDING = Set.of("ASSIGNMENT", "INVALIDATION");
    private static final Set<String> NOT_KEPT =
            Set.of("NOOP", "NEXTOID", "FPW_CHANGE", "FPI", "FPI_FOR_HINT", "OVERWRITE_CONTRECORD");

    private final TimelineId timeline;
    private final WalLayout layout;
    private final List<TransactionRecord> transactions = new ArrayList<>();
    private final List<XlogRecord> controls = new ArrayList<>();
    private final RecordPositions.Builder positions = new RecordPositions.Builder();
    private final Map<Long, String> preparedNames = new HashMap<>();

    /**
     * @param timeline the timeline whose segments are dumped; the lines do not say it
     * @param layout   the segment size and page size of the cluster
     */
    public WalDump(TimelineId timeline, WalLayout layout) {
        this.timeline = timeline;
        this.layout = layout;
    }

    /** Reads a whole dump. The stream is not closed. */
    public static WalFacts read(TimelineId timeline, WalLayout layout, Stream<String> lines) {
        WalDump dump = new WalDump(timeline, layout);
        lines.forEach(dump::consume);
        return dump.facts();
    }

    /**
     * Takes one line.
     *
     * @throws IllegalArgumentException if the line, or its zone, is not understood; the message has the line
     */
    public void consume(String line) {
        if (line.isBlank()) {
            return;
        }
        WalLine record = WalLine.parse(line);
        boolean switched =
                record.resourceManager().equals("XLOG") && record.what().equals("SWITCH");
        Lsn end = switched ? layout.segmentEnd(record.start()) : layout.end(record.start(), record.length());
        positions.add(record.start(), end, record.previous());
        switch (record.resourceManager()) {
            case "Transaction" -> transaction(record, line);
            case "XLOG" -> control(record, end, line);
            default -> {}
        }
    }

    /** What was read so far; by position, each record once. */
    public WalFacts facts() {
        return new WalFacts(timeline, transactions, controls, positions.build(), preparedNames);
    }

    private void transaction(WalLine record, String line) {
        if (NO_ENDING.contains(record.what())) {
            return;
        }
        TransactionRecord.Kind kind = kind(record.what(), line);
        boolean prepare = kind == TransactionRecord.Kind.PREPARE;
        Matcher matcher = (prepare ? PREPARING : ENDING).matcher(record.detail());
        boolean prepared =
                kind == TransactionRecord.Kind.COMMIT_PREPARED || kind == TransactionRecord.Kind.ABORT_PREPARED;
        if (!matcher.matches() || (!prepare && (matcher.group(1) != null) != prepared)) {
            throw new IllegalArgumentException("a transaction record of an unknown form: " + line);
        }
        long xid = prepared ? Long.parseLong(matcher.group(1)) : record.xid();
        if (prepare) {
            preparedNames.put(xid, matcher.group(1));
        }
        transactions.add(new TransactionRecord(
                timeline, record.start(), kind, xid, children(matcher.group(3)), time(matcher.group(2), line)));
    }

    private void control(WalLine record, Lsn end, String line) {
        if (NOT_KEPT.contains(record.what())) {
            return;
        }
        XlogRecord.Kind kind;
        try {
            kind = XlogRecord.Kind.valueOf(record.what());
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException("an XLOG record of an unknown kind: " + line, unknown);
        }
        controls.add(new XlogRecord(timeline, record.start(), end, kind, record.detail()));
    }

    private static TransactionRecord.Kind kind(String what, String line) {
        try {
            // "COMMIT_PREPARED" and its like are the tool's words and ours
            return TransactionRecord.Kind.valueOf(what);
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException("a transaction record of an unknown kind: " + line, unknown);
        }
    }

    private static List<Long> children(@Nullable String sections) {
        if (sections == null) {
            return List.of();
        }
        Matcher matcher = CHILDREN.matcher(sections);
        return matcher.find()
                ? Arrays.stream(matcher.group(1).strip().split(" "))
                        .map(Long::valueOf)
                        .toList()
                : List.of();
    }

    private static Instant time(String text, String line) {
        int zone = text.lastIndexOf(' ');
        if (!text.substring(zone + 1).equals("UTC")) {
            throw new IllegalArgumentException("a time that is not in UTC (run pg_waldump with TZ=UTC): " + line);
        }
        return LocalDateTime.parse(text.substring(0, zone), CLOCK).toInstant(ZoneOffset.UTC);
    }
}
