package org.pgrehearsal.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the command ends with. The numbers from 64 on are those of {@code sysexits.h}. */
public enum ExitCode {
    PROVED(0, "all proved, or the command did what was asked"),
    REFUTED(1, "something was refuted"),
    INCONCLUSIVE(2, "something was inconclusive, nothing refuted"),
    USAGE(64, "wrong usage"),
    MACHINE(69, "the machine lacks something: a tool, a user, space, a directory or a store that can be used"),
    INTERNAL(70, "an error of our own"),
    INTERRUPTED(130, "interrupted by Ctrl-C (143: by kill); nothing is left but an unfinished run folder");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    public int number() {
        return number;
    }

    /** For the help text: numbers and meanings in order. */
    static Map<String, String> list() {
        Map<String, String> list = new LinkedHashMap<>();
        Arrays.stream(values()).forEach(code -> list.put(String.valueOf(code.number), code.meaning));
        return list;
    }
}
