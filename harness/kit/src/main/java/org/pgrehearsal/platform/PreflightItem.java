package org.pgrehearsal.platform;

/**
 * One thing that drills need, and how the machine stands to it.
 *
 * @param name what is needed, by the name that people know
 * @param found what is there, in a few words
 * @param neededFor the backup systems or the platform that need it
 * @param required whether the drills of the local platform cannot do without it
 * @param remedy the command, or the few words, that bring it; also given when nothing is wrong
 */
public record PreflightItem(
        String name, Status status, String found, String neededFor, boolean required, String remedy) {

    /** How the machine stands to a need. */
    public enum Status {
        OK,
        MISSING,
        /** It is there but does not work. */
        BROKEN
    }

    static PreflightItem fine(String name, String found, String neededFor) {
        return new PreflightItem(name, Status.OK, found, neededFor, true, "");
    }

    /** Whether drills cannot start because of this. */
    public boolean blocks() {
        return required && status != Status.OK;
    }
}
