package org.pgrehearsal.verdict;

/** The kinds of wrong that a check can find. */
public enum Anomaly {
    /** Expected commits are missing, and nothing later is there. */
    LOST_SUFFIX("the end of the history is lost"),
    /** An expected commit is missing, and a later one is there. */
    HOLE("a commit in the middle of the history is lost"),
    /** A row whose commit lies after the point of recovery, or that the log never committed. */
    GHOST("a row is there that must not be"),
    /** A row that its writer rolled back. */
    RESURRECTED_ABORT("a rolled back transaction came back"),
    /** One half of a transaction without the other. */
    TORN_TRANSACTION("half a transaction came back"),
    /** The same key more than once. */
    DUPLICATE("a row is there more than once"),
    /** A row whose content is not what was written. */
    ALTERED("a row is not what was written"),
    /** A row from a branch of history that the restored one left behind. */
    WRONG_BRANCH("a row comes from another branch of history"),
    /** A row of another run or cluster. */
    WRONG_CLUSTER("a row comes from another cluster"),
    /** Acknowledged although no standby had it, and gone with the primary: with synchronous replication that must not happen. */
    LOST_WITH_THE_PRIMARY("acknowledged commits were lost with the primary"),
    /** Acknowledged to a writer, aborted in the log, or the other way round. */
    HISTORY_CONTRADICTS_LOG("the log contradicts what the writer was told"),
    /** A transaction's status on the restored cluster is not what the archived log says. */
    STATUS_DISAGREES("the restored transaction status contradicts the archived log"),
    /** Tables, large objects, sequences or unlogged tables differ from what the restored commits made. */
    OBJECTS_DIFFER("objects differ from what the commits made"),
    /** Recovery stopped elsewhere than the target asks for. */
    STOPPED_ELSEWHERE("recovery stopped at another place than asked"),
    /** A damaged page, index or relation. */
    PAGE_DAMAGED("a page or index is damaged"),
    /** A segment or history file that the restore needs is not in the store. */
    ARCHIVE_GAP("the archive has a gap"),
    /** An object that the backup needs is missing, empty or of the wrong size. */
    BACKUP_INCOMPLETE("the backup is not complete"),
    /** The archiver was told that a segment is stored, and it is not. */
    ACKNOWLEDGED_NOT_STORED("WAL was acknowledged that was never stored"),
    /** The source's archive is not what it was before the restore, or the restore tried to write to it. */
    ARCHIVE_TOUCHED("the restore touched the source's archive"),
    /** The engine or PostgreSQL refused to restore, loudly. Right for a damaged backup, wrong for a good one. */
    REFUSED("the restore was refused"),
    /** A step of a playbook failed, or did not print what its page says. */
    PLAYBOOK_WRONG("the playbook is wrong"),
    /** A pod can do what it does not need to. */
    TOO_MANY_RIGHTS("a pod has more rights than it needs"),
    /** A damage done on purpose, or an impossible request, that went unnoticed. */
    UNDETECTED("damage went unnoticed");

    private final String summary;

    Anomaly(String summary) {
        this.summary = summary;
    }

    /** What it means, for a reader who is new to the words. */
    public String summary() {
        return summary;
    }
}
