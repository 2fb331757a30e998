#!/usr/bin/env bash
# probe.sh live|ready
#   live   a server that replays WAL answers "rejecting connections" (1): it lives, and must not be killed for it
#   ready  it takes writes; or it is paused at a recovery target because that was asked for
set -euo pipefail
# shellcheck source=charts/postgresql-pgbackrest/files/lib.sh
. "${0%/*}/lib.sh"

code=0
pg_isready -q -h "$RUN" -U postgres || code=$?
case $1 in
    live) ((code < 2)) ;;
    ready)
        ((code == 0))
        [[ ${RECOVERY_ACTION:-} == pause || $(local_sql -c 'SELECT pg_is_in_recovery()') == f ]]
        ;;
esac
