package org.pgrehearsal.system.dump;

import org.pgrehearsal.platform.local.PostgresCluster;

/** The script with roles, as a new cluster can run it. */
final class Globals {
    private static final String EXISTING = "CREATE ROLE " + PostgresCluster.USER + ";";

    private Globals() {}

    /**
     * Without the one statement that must fail on a new cluster, the creation of the superuser that initdb has made; what follows still gives it
     * the source's attributes and password.
     */
    static String forNewCluster(String script) {
        StringBuilder kept = new StringBuilder(script.length());
        boolean dropped = false;
        for (String line : script.split("\n", -1)) {
            if (!dropped && line.equals(EXISTING)) {
                dropped = true;
            } else {
                kept.append(line).append('\n');
            }
        }
        kept.setLength(kept.length() - 1);
        return kept.toString();
    }
}
