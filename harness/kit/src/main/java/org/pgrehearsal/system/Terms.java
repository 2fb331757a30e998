package org.pgrehearsal.system;

import java.time.Duration;

/**
 * How to deal with a repository.
 *
 * @param server   what the source is called in it: pgBackRest's stanza, barman's server
 * @param silence  how long the store may say nothing before a request to it has failed, in whole seconds
 * @param deadline of a backup or a restore
 */
public record Terms(String server, Duration silence, Duration deadline) {
    /** The name that our own sources have. */
    public static final String OURS = "main";

    /** For a drill: a store that does not answer must not hold it up for minutes. */
    public static Terms ofDrills(Duration silence) {
        return new Terms(OURS, silence, Duration.ofMinutes(10));
    }
}
