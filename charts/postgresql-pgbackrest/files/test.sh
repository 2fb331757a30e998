#!/usr/bin/env bash
# helm test: the database answers, and its backups are there and usable by pgBackRest's own account.
set -euo pipefail
# shellcheck source=charts/postgresql-pgbackrest/files/lib.sh
. "${0%/*}/lib.sh"

[[ $(psql -X -At -w -d postgres -c 'SELECT pg_is_in_recovery()') == f ]] || die "the database takes no writes"
say "the database takes writes"
backups_on || { say "there are no backups to test: pgbackrest.enabled is false"; exit 0; }

# a segment is switched and must arrive in every repository, by way of the server in the database's pod
pgbackrest check || die "archiving does not work (above)"
until [[ -n $(repository_info | jq 'select(all(.[]; .status.code == 0) and any(.[]; .backup | length > 0)) | 1') ]]; do
    ((SECONDS < ${WAIT_SECONDS:-300})) || { pgbackrest info; die "there is no usable backup after ${WAIT_SECONDS:-300} s"; }
    say "the first full backup is not complete yet"
    sleep 5
done
pgbackrest info
