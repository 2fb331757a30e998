package org.pgrehearsal.platform;

import org.jspecify.annotations.Nullable;

/**
 * How we get into a cluster.
 *
 * @param user     a superuser
 * @param password over TCP on the loopback address; null for a cluster whose passwords we do not know: then it listens on its private socket
 *                 only, which nobody but its account (and root) can reach
 * @param database one that is there
 */
public record Login(String user, @Nullable String password, String database) {
    /** Into a cluster that somebody else made, as it comes out of a backup. */
    public static Login local(String user) {
        return new Login(user, null, "template1");
    }

    public boolean isLocal() {
        return password == null;
    }

    @Override
    public String toString() {
        return "Login[" + user + ", " + database + "]";
    }
}
