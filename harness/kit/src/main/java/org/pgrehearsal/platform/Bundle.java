package org.pgrehearsal.platform;

/** Programs that come together, from one package: what is missing is missing as a whole. */
public enum Bundle {
    POSTGRESQL("PostgreSQL", "every backup system", true, "scripts/setup, or: apt-get install postgresql"),
    PGBACKREST("pgBackRest", "pgbackrest", true, "scripts/setup, or: apt-get install pgbackrest"),
    BARMAN_CLOUD("barman-cloud", "barman-cloud", true, "scripts/setup"),
    LZ4("lz4", "looking into archives by hand", false, "apt-get install lz4"),
    ZSTD("zstd", "looking into archives by hand", false, "apt-get install zstd"),
    DOCKER("Docker engine", "the platform k3s", false, "apt-get install docker.io, then start dockerd"),
    KUSTOMIZE("kustomize", "the platform k3s", false, "scripts/tools");

    private final String title;
    private final String neededFor;
    private final boolean neededLocally;
    private final String remedy;

    Bundle(String title, String neededFor, boolean neededLocally, String remedy) {
        this.title = title;
        this.neededFor = neededFor;
        this.neededLocally = neededLocally;
        this.remedy = remedy;
    }

    /** The name that people know it by. */
    public String title() {
        return title;
    }

    /** The backup system or the platform that does not work without it, in the words of the documentation. */
    public String neededFor() {
        return neededFor;
    }

    /** Whether the drills of the local platform need it. */
    public boolean neededLocally() {
        return neededLocally;
    }

    /** The command that brings it, for a person to type. */
    public String remedy() {
        return remedy;
    }
}
