package org.pgrehearsal.target;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pgrehearsal.wal.Lsn;
import org.pgrehearsal.wal.TimelineId;

/**
 * Reads a server's log with English messages, in any {@code log_line_prefix}: a message is what follows the severity. If the prefix has the
 * process number, FATAL messages count only if the recovering process wrote them; else those that clients provoke are told by their words.
 */
public final class RecoveryLogParser {
    /** The process number as {@code %m [%p]} and Debian's prefixes print it. */
    public static final Pattern DEFAULT_PROCESS = Pattern.compile("\\[(\\d+)\\]");

    private static final Pattern LINE = Pattern.compile("^(.*?)\\b(LOG|WARNING|ERROR|FATAL|PANIC|DEBUG[1-5]?):  (.*)$");
    private static final Pattern BEGIN = Pattern.compile("starting (archive recovery|point-in-time recovery .*)");
    private static final Pattern REDO_STARTS = Pattern.compile("redo starts at ([0-9A-F]+/[0-9A-F]+)");
    private static final Pattern CONSISTENT =
            Pattern.compile("consistent recovery state reached at ([0-9A-F]+/[0-9A-F]+)");
    private static final Pattern REDO_DONE = Pattern.compile("redo done at ([0-9A-F]+/[0-9A-F]+).*");
    private static final Pattern LAST_TRANSACTION = Pattern.compile("last completed transaction was at log time (.+)");
    private static final Pattern NEW_TIMELINE = Pattern.compile("selected new timeline ID: (\\d+)");
    private static final Pattern RESTORED = Pattern.compile("restored log file \"(.+)\" from archive");
    /** The recovering process says this before it reads a history file or its first segment, which may already be fatal. */
    private static final Pattern WAKES =
            Pattern.compile("database system (was interrupted|shutdown was interrupted|was shut down in recovery).*");

    private static final Pattern REFUSED_CLIENT = Pattern.compile(
            "the database system is .*|terminating connection .*|role \".*|database \".*|password authentication .*"
                    + "|no pg_hba.conf entry .*|sorry, too many clients .*|connection to client lost.*|remaining connection slots .*");
    /** Messages of xlogreader.c, xlogrecovery.c and xlogarchive.c; 16 says "WAL segment" where 15 says "log segment". */
    private static final Pattern END_REASON = Pattern.compile("(invalid record length at|record with invalid length at"
            + "|record length \\d+ at|incorrect resource manager data checksum|unexpected pageaddr|invalid magic number"
            + "|invalid info bits|invalid resource manager ID|record with incorrect prev-link|invalid contrecord length"
            + "|missing contrecord|there is no contrecord flag|contrecord is requested by|invalid record offset"
            + "|out-of-sequence timeline ID|unexpected timeline ID|WAL file is from different database system"
            + "|archive file \"|could not restore file \"|could not read from (log|WAL) segment|could not decompress image"
            + "|out-of-order block_id|invalid block_id|BKPBLOCK_|BKPIMAGE_|invalid (primary )?checkpoint|could not locate"
            + "|WAL ends before|according to history file).*");

    private final Pattern process;
    private final Map<Pattern, Consumer<String>> facts = Map.of(
            REDO_STARTS, lsn -> redoStart = Lsn.parse(lsn),
            CONSISTENT, lsn -> consistent = Lsn.parse(lsn),
            REDO_DONE, lsn -> redoDone = Lsn.parse(lsn),
            LAST_TRANSACTION, time -> lastTransaction = Clock.parse(time),
            NEW_TIMELINE, number -> newTimeline = new TimelineId(Integer.parseInt(number)),
            RESTORED, name -> restoredFile(name));
    private @Nullable String recoverer;
    private boolean awake;
    private int attempts;
    private @Nullable Lsn redoStart;
    private @Nullable Lsn consistent;
    private @Nullable StopPoint stopped;
    private boolean paused;
    private @Nullable Lsn redoDone;
    private @Nullable Instant lastTransaction;
    private @Nullable TimelineId newTimeline;
    private boolean complete;
    private final List<String> fatal = new ArrayList<>();
    private final List<String> restored = new ArrayList<>();
    private final List<String> endReasons = new ArrayList<>();

    /** For a prefix with the process number in brackets, or with none. */
    public RecoveryLogParser() {
        this(DEFAULT_PROCESS);
    }

    /**
     * @param process finds the process number in a line's prefix, as its first group
     */
    public RecoveryLogParser(Pattern process) {
        this.process = process;
    }

    /** Reads a whole log. The stream is not closed. */
    public static RecoveryLog parse(Stream<String> lines) {
        RecoveryLogParser parser = new RecoveryLogParser();
        lines.forEach(parser::consume);
        return parser.log();
    }

    /** Takes one line; one that is no message of a known severity (a statement's second line, a hint) says nothing. */
    public void consume(String line) {
        Matcher matcher = LINE.matcher(line);
        if (matcher.matches()) {
            Matcher number = process.matcher(matcher.group(1));
            message(number.find() ? number.group(1) : null, matcher.group(2), matcher.group(3));
        }
    }

    /**
     * Takes one message that is already apart, as from a log in JSON.
     *
     * @param writer the number of the process that wrote it; null if not known
     */
    public void message(@Nullable String writer, String severity, String text) {
        if (WAKES.matcher(text).matches()) {
            begin(writer);
            awake = true;
        } else if (BEGIN.matcher(text).matches()) {
            if (!awake) {
                begin(writer);
            }
            awake = false;
        } else if (severity.equals("FATAL") || severity.equals("PANIC")) {
            if (ofRecovery(writer, text)) {
                fatal.add(severity + ": " + text);
            }
        } else {
            StopPoint.parse(text).ifPresent(point -> stopped = point);
            fact(text);
        }
        if (END_REASON.matcher(text).matches()) {
            endReasons.add(text);
        }
    }

    /** What the log has said so far. */
    public RecoveryLog log() {
        return new RecoveryLog(
                attempts,
                redoStart,
                consistent,
                stopped,
                paused,
                redoDone,
                lastTransaction,
                newTimeline,
                complete,
                fatal,
                restored,
                endReasons);
    }

    private void fact(String text) {
        for (Map.Entry<Pattern, Consumer<String>> fact : facts.entrySet()) {
            Matcher matcher = fact.getKey().matcher(text);
            if (matcher.matches()) {
                fact.getValue().accept(matcher.group(1));
            }
        }
        complete |= text.equals("archive recovery complete");
        paused |= text.equals("pausing at the end of recovery");
    }

    private void restoredFile(String name) {
        restored.add(name);
    }

    private boolean ofRecovery(@Nullable String writer, String text) {
        return (recoverer == null || writer == null)
                ? !REFUSED_CLIENT.matcher(text).matches()
                : recoverer.equals(writer);
    }

    private void begin(@Nullable String writer) {
        recoverer = writer;
        attempts++;
        redoStart = null;
        consistent = null;
        stopped = null;
        paused = false;
        redoDone = null;
        lastTransaction = null;
        newTimeline = null;
        complete = false;
        fatal.clear();
        restored.clear();
        endReasons.clear();
    }
}
