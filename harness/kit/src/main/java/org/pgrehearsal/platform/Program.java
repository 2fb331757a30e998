package org.pgrehearsal.platform;

import java.util.Arrays;
import java.util.List;

/** A program that the harness runs, by the name of its executable. */
public enum Program {
    POSTGRES("postgres", Bundle.POSTGRESQL),
    INITDB("initdb", Bundle.POSTGRESQL),
    PG_CTL("pg_ctl", Bundle.POSTGRESQL),
    PG_CONTROLDATA("pg_controldata", Bundle.POSTGRESQL),
    PSQL("psql", Bundle.POSTGRESQL),
    PGBENCH("pgbench", Bundle.POSTGRESQL),
    PG_BASEBACKUP("pg_basebackup", Bundle.POSTGRESQL),
    PG_VERIFYBACKUP("pg_verifybackup", Bundle.POSTGRESQL),
    PG_DUMP("pg_dump", Bundle.POSTGRESQL),
    PG_DUMPALL("pg_dumpall", Bundle.POSTGRESQL),
    PG_RESTORE("pg_restore", Bundle.POSTGRESQL),
    PG_WALDUMP("pg_waldump", Bundle.POSTGRESQL),
    PG_AMCHECK("pg_amcheck", Bundle.POSTGRESQL),
    PG_CHECKSUMS("pg_checksums", Bundle.POSTGRESQL),
    PGBACKREST("pgbackrest", Bundle.PGBACKREST),
    BARMAN_CLOUD_BACKUP("barman-cloud-backup", Bundle.BARMAN_CLOUD),
    BARMAN_CLOUD_BACKUP_LIST("barman-cloud-backup-list", Bundle.BARMAN_CLOUD),
    BARMAN_CLOUD_BACKUP_SHOW("barman-cloud-backup-show", Bundle.BARMAN_CLOUD),
    BARMAN_CLOUD_RESTORE("barman-cloud-restore", Bundle.BARMAN_CLOUD),
    BARMAN_CLOUD_WAL_ARCHIVE("barman-cloud-wal-archive", Bundle.BARMAN_CLOUD),
    BARMAN_CLOUD_WAL_RESTORE("barman-cloud-wal-restore", Bundle.BARMAN_CLOUD),
    LZ4("lz4", Bundle.LZ4),
    ZSTD("zstd", Bundle.ZSTD),
    /** The client; its version is asked of the engine, so a client without an engine counts as one that does not work. */
    DOCKER("docker", Bundle.DOCKER),
    KUSTOMIZE("kustomize", Bundle.KUSTOMIZE);

    private final String command;
    private final Bundle bundle;

    Program(String command, Bundle bundle) {
        this.command = command;
        this.bundle = bundle;
    }

    /** The executable's file name. */
    public String command() {
        return command;
    }

    public Bundle bundle() {
        return bundle;
    }

    /** What makes the program print its version and end. */
    List<String> versionArguments() {
        return switch (this.bundle) {
            case PGBACKREST, KUSTOMIZE -> List.of("version");
            case DOCKER -> List.of("version", "--format", "{{.Server.Version}}");
            case POSTGRESQL, BARMAN_CLOUD, LZ4, ZSTD -> List.of("--version");
        };
    }

    /** All programs of a bundle; the first one speaks for its version. */
    public static List<Program> of(Bundle bundle) {
        return Arrays.stream(values())
                .filter(program -> program.bundle == bundle)
                .toList();
    }
}
