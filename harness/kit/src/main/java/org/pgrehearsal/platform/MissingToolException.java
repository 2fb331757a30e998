package org.pgrehearsal.platform;

/** The machine lacks a program; the message names it, what needs it and what brings it, in one line. */
public final class MissingToolException extends MachineException {
    MissingToolException(Program program) {
        super("%s (%s) is not on this machine; needed for %s. Remedy: %s"
                .formatted(
                        program.command(),
                        program.bundle().title(),
                        program.bundle().neededFor(),
                        program.bundle().remedy()));
    }
}
