#!/usr/bin/env bash
# archive_command. Waits, without failing, until the stanza is known to exist; then pgBackRest decides.
# pgBackRest takes no backup where this setting does not contain its own name, so the script's name does.
set -euo pipefail
# shellcheck source=charts/postgresql-pgbackrest/files/lib.sh
. "${0%/*}/lib.sh"

until [[ -e $stanza_ok ]]; do
    # A server that is being stopped waits for this command: let it go. The segment stays and is archived later.
    if grep -q stopping "$PGDATA/postmaster.pid" 2>/dev/null; then exit 1; fi
    sleep 0.5
done
exec pgbackrest archive-push "$1"
