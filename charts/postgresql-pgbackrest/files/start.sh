#!/usr/bin/env bash
# Becomes PostgreSQL. What must not be changed by a setting that came with restored files is given on the command line, where it wins.
set -euo pipefail
# shellcheck source=charts/postgresql-pgbackrest/files/lib.sh
. "${0%/*}/lib.sh"

exec 9>"$state/lock" # held as long as PostgreSQL lives: one server on a volume, whatever Kubernetes believes
flock -n 9 || die "another server still uses this volume; wait until its pod is gone"

: "${PG_CONFIG:=/etc/postgresql}"
settings=(-c "config_file=$PG_CONFIG/postgresql.conf" -c "hba_file=$PG_CONFIG/pg_hba.conf" -c "unix_socket_directories=$RUN")
if backups_on; then
    settings+=(-c archive_mode=on -c archive_library= -c "archive_command=$SCRIPTS/pgbackrest-archive-push.sh %p")
else
    settings+=(-c archive_mode=off)
fi
exec postgres -D "$PGDATA" "${settings[@]}"
