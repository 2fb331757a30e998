#!/usr/bin/env bash
# backup.sh full|diff|incr: one backup in each repository.
# pgBackRest holds an advisory lock in PostgreSQL as long as a backup runs, wherever it was started from, and pg_dumpall's job takes the
# same one: that is the one lock of all backup jobs. Who finds it taken waits.
set -euo pipefail
# shellcheck source=charts/postgresql-pgbackrest/files/lib.sh
. "${0%/*}/lib.sh"

type=$1
: "${LOCK_WAIT_SECONDS:=3600}" "${LOCK_RETRY_SECONDS:=10}" "${INSTANCE:=}"
locked=50
notes=()
[[ -z $INSTANCE ]] || notes+=(--annotation="instance=$INSTANCE")
# A recovery that was performed is noted with each backup, so that the note outlives the backup that it began with: see prepare.sh.
if [[ -n $RECOVERY_ID ]]; then
    if [[ $(phase_of) == "$RECOVERY_ID" ]] || remembered "$(repository_info)"; then notes+=(--annotation="recovery=$RECOVERY_ID"); fi
fi

failed=0
for repository in $REPOSITORIES; do
    say "$type backup to repository $repository"
    while true; do
        code=0
        pgbackrest backup --type="$type" --repo="$repository" "${notes[@]}" || code=$?
        ((code == locked && SECONDS < LOCK_WAIT_SECONDS)) || break
        say "another backup job holds the lock; trying again in $LOCK_RETRY_SECONDS s"
        sleep "$LOCK_RETRY_SECONDS"
    done
    if ((code == 0)); then
        say "$type backup to repository $repository is complete"
    else
        say "$type backup to repository $repository failed (pgBackRest error $code, above)"
        failed=$code
    fi
done
exit "$failed"
