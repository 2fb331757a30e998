package org.pgrehearsal.system;

import org.pgrehearsal.target.RecoveryTarget;
import org.pgrehearsal.target.TargetAction;
import org.pgrehearsal.target.TargetTimeline;

/**
 * What to restore.
 *
 * @param backup   the backup to begin with
 * @param target   where to stop
 * @param timeline the branch to follow
 * @param action   what to do there
 */
public record RestoreOrder(Backup backup, RecoveryTarget target, TargetTimeline timeline, TargetAction action) {
    /** To the end of the archive; the server promotes itself there. */
    public static RestoreOrder latest(Backup backup) {
        return new RestoreOrder(backup, new RecoveryTarget.Latest(), new TargetTimeline.Latest(), TargetAction.PROMOTE);
    }

    /** To a target, where the server waits and can be read. */
    public static RestoreOrder to(Backup backup, RecoveryTarget target) {
        return new RestoreOrder(backup, target, new TargetTimeline.Latest(), TargetAction.PAUSE);
    }
}
