# shellcheck shell=bash
# What the other scripts share: settings, words, and the questions that are asked more than once. Sourced, never run.
set -euo pipefail

: "${VOLUME:=/var/lib/postgresql/data}" # the data volume
: "${RUN:=/run/postgresql}"             # sockets and locks, shared by the containers of the pod
: "${SCRIPTS:=/scripts}"
: "${STANZA:=main}"
: "${REPOSITORIES:=}"   # numbers of the repositories that are backed up to, "1 2"; empty: no backups
: "${REPOSITORY_ID:=}"  # hash of where they are: another place is another marker
: "${RECOVERY_ID:=}"    # hash of what is asked for; empty: no recovery is asked for
: "${RECOVERY_FROM:=own}" # own or source: whose repository is read
: "${SPOOL:=/spool}"

export PGDATA=$VOLUME/pgdata
export PGBACKREST_STANZA=$STANZA
state=$VOLUME/state
# shellcheck disable=SC2034 # for those who source this
stanza_ok=$state/stanza-$REPOSITORY_ID first_backup=$state/first-backup-$REPOSITORY_ID

for bin in /usr/lib/postgresql/*/bin; do
    [[ $PATH == *"$bin"* || ! -d $bin ]] || PATH=$PATH:$bin
done

say() { printf '%s %s: %s\n' "$(date -u +%FT%TZ)" "${0##*/}" "$*" >&2; }
die() { say "$1"; exit "${2:-1}"; }

backups_on() { [[ -n $REPOSITORIES ]]; }
has_cluster() { [[ -s $PGDATA/PG_VERSION ]]; }

# The state of a recovery, on the volume: its hash and how far it is.
#   restoring  files are being written: go on with it, whatever else is asked for
#   restored   PostgreSQL replays or has replayed; a full backup of the new timeline is due
#   done       nothing is left to do
phase() { if [[ -s $state/recovery ]]; then cut -d' ' -f2 "$state/recovery"; fi; }
phase_of() { if [[ -s $state/recovery ]]; then cut -d' ' -f1 "$state/recovery"; fi; }
set_phase() { # HASH PHASE: as a whole or not at all
    printf '%s %s\n' "$1" "$2" >"$state/recovery.new"
    sync "$state/recovery.new"
    mv "$state/recovery.new" "$state/recovery"
    sync "$state"
}

local_sql() { psql -X -q -At -v ON_ERROR_STOP=1 -h "$RUN" -U postgres -d postgres "$@"; }

# With the repository that is recovered from instead of the own one: its configuration, and its credentials, which
# stand in variables that begin with SOURCE_ so that the two never mix.
use_source() {
    local name
    while IFS= read -r name; do
        case $name in
            PGBACKREST_REPO*) unset "$name" ;;
            SOURCE_REPO*) export "PGBACKREST_${name#SOURCE_}=${!name}" ;;
        esac
    done < <(compgen -e)
    export PGBACKREST_CONFIG=$SOURCE_CONFIG PGBACKREST_STANZA=$SOURCE_STANZA
}
reading() { # own|source COMMAND...
    if [[ $1 == source ]]; then (use_source && "${@:2}"); else "${@:2}"; fi
}
repository_info() { pgbackrest info --output=json --log-level-console=error; } # an array with no or one stanza

# Whether the own repository remembers that the recovery of the values was performed: see prepare.sh. Gets what repository_info printed.
remembered() {
    jq -e --arg id "$RECOVERY_ID" 'any(.[].backup[]?.annotation // {}; .recovery == $id or has("recovered-" + $id))' <<<"$1" >/dev/null
}
