package org.pgrehearsal.system;

/** What a scenario may need of a backup system. A feature names it with the tag {@code @needs-<capability>}. */
public enum Capability {
    /** Archives the log, so that recovery goes on after the backup. */
    ARCHIVE,
    /** Restores to a point in time. */
    POINT_IN_TIME,
    /** Takes backups that build on an earlier one. */
    INCREMENTAL,
    /** Archives in the background, with a spool. */
    SPOOL,
    /** Keeps an index over its backups and its archive. */
    INDEX,
    /** Writes the backup in parts that can be lost one by one, as rows and not as files. */
    LOGICAL,
    /** Keeps a dump as SQL text too. */
    PLAIN,
    /** Keeps both branches of a history that forked in one archive. */
    FORK,
    /** Takes a backup of a standby. */
    STANDBY,
    /** Keeps backups for a window of time, which a drill can let pass. */
    WINDOW,
    /** Has a component for a cluster that follows another's archive. */
    REPLICA,
    /** Runs under an operator, which acts on objects and has a word on how things are. */
    OPERATOR,
    /** Is made from a Git repository that the run may push to. */
    GITOPS;

    /** As it is written in a tag. */
    public String tag() {
        return "@needs-" + name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
