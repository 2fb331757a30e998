package org.pgrehearsal.system.cnpg;

/** A Backup that the operator calls failed; the message is its reason. */
public final class BackupFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    BackupFailed(String name, String reason) {
        super("the Backup " + name + " failed: " + reason);
    }
}
