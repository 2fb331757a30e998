#!/usr/bin/env bash
# Before PostgreSQL starts: a new database in an empty volume, or the recovery that the values ask for, or nothing. Every step may be
# interrupted and is gone on with. A recovery is known by its hash and performed once; a later run of the same values changes nothing.
set -euo pipefail
# shellcheck source=charts/postgresql-pgbackrest/files/lib.sh
. "${0%/*}/lib.sh"

: "${INITDB_ARGS:=}" "${INSTANCE:=}" "${CREDENTIALS:=/credentials}"
: "${RECOVERY_TYPE:=latest}" "${RECOVERY_TARGET:=}" "${RECOVERY_EXCLUSIVE:=}" "${RECOVERY_TIMELINE:=}" "${RECOVERY_SET:=}" "${RECOVERY_ACTION:=promote}"
: "${RECOVERY_REPOSITORY:=}" "${RECOVERY_IN_PLACE:=}" "${RECOVERY_TAKE_OVER:=}" "${RECOVERY_DISCARD_WAL:=}"
foreign=28 # pgBackRest: the stanza belongs to another database
unknown=99 # in pgBackRest's info: a repository did not answer

main() {
    mkdir -p "$state"
    exec 9>"$state/lock"
    flock -n 9 || die "another server still uses this volume; wait until its pod is gone"
    check_endpoint
    if recovery_due; then
        recover
    elif unfinished; then
        die "the volume holds the unfinished recovery $(phase_of); enable recovery again, or delete the volume"
    elif ! has_cluster; then
        new_cluster
    fi
    chmod 700 "$PGDATA" # fsGroup opens it, and PostgreSQL refuses that
    check_major
    guard_spool
    ensure_stanza
}

unfinished() { [[ $(phase) == restoring || $(phase) == rebuilding ]]; }

recovery_due() {
    [[ -n $RECOVERY_ID ]] || return 1
    if [[ $(phase_of) == "$RECOVERY_ID" ]]; then unfinished; return; fi
    # Another recovery was begun and never came to a database in use: what is asked for now takes its place.
    if unfinished || ! has_cluster || [[ $(phase) == restored && -e $PGDATA/recovery.signal ]]; then return 0; fi
    if [[ -n $RECOVERY_IN_PLACE ]]; then return 0; fi
    say "the volume holds a database, so recovery $RECOVERY_ID is not performed; recovery.inPlace=true would replace it"
    return 1
}

recover() {
    local from=$RECOVERY_FROM type=$RECOVERY_TYPE next=restoring
    if [[ $(phase) == rebuilding && $(phase_of) == "$RECOVERY_ID" ]] || { [[ -z $(phase) ]] && ! has_cluster && performed; }; then
        say "recovery $RECOVERY_ID was performed before and its volume is gone: rebuilding the latest state from the own repository"
        from=own type=latest next=rebuilding
    fi
    if ! unfinished; then
        check_repository "$from"
        if has_cluster; then push_what_is_left; fi
    fi
    set_phase "$RECOVERY_ID" "$next"
    rm -f "$state"/stanza-* "$state"/first-backup-*
    mkdir -p "$PGDATA"
    chmod 700 "$PGDATA"
    rm -f "$PGDATA/postmaster.pid" # of a server that is gone: this script holds the lock of the volume

    # --delta goes on where an interrupted restore ended, and takes over what is right of a database in place
    local args=(--delta "--recovery-option=restore_command=$SCRIPTS/pgbackrest-archive-get.sh $from %f \"%p\"")
    if [[ $type == latest ]]; then
        args+=(--type=default)
    else
        args+=(--type="$type" --target-action="$RECOVERY_ACTION")
        [[ -z $RECOVERY_TARGET ]] || args+=(--target="$RECOVERY_TARGET")
        [[ -z $RECOVERY_EXCLUSIVE ]] || args+=(--target-exclusive)
    fi
    if [[ $next == restoring ]]; then
        [[ -z $RECOVERY_TIMELINE ]] || args+=(--target-timeline="$RECOVERY_TIMELINE")
        [[ -z $RECOVERY_SET ]] || args+=(--set="$RECOVERY_SET")
        [[ -z $RECOVERY_REPOSITORY ]] || args+=(--repo="$RECOVERY_REPOSITORY")
    fi
    say "recovery $RECOVERY_ID from the $from repository: $type${RECOVERY_TARGET:+ $RECOVERY_TARGET}"
    local code=0
    reading "$from" pgbackrest restore "${args[@]}" | tee "$state/restore.log" || code=$?
    ((code == 0)) || die "the restore failed (pgBackRest error $code, above); it goes on at the next start"
    if [[ $from == own && $next == restoring && $type != latest ]]; then remember; fi
    set_phase "$RECOVERY_ID" restored
}

# A volume can be lost after its recovery. To perform the recovery again would throw away all that was written since, so the
# repository remembers: the backup that was restored carries a note, and so does every later one while the values stand (backup.sh).
remember() {
    local label repository noted=''
    label=$(sed -n 's/.*restore backup set \([0-9]*-[0-9]*F\(_[0-9]*-[0-9]*[DI]\)\?\).*/\1/p' "$state/restore.log")
    for repository in $REPOSITORIES; do
        if pgbackrest annotate --repo="$repository" --set="$label" --annotation="recovered-$RECOVERY_ID=yes" --log-level-console=error 2>/dev/null; then noted=yes; fi
    done
    [[ -n $noted ]] || die "backup $label could not be marked as recovered; the repository must be writable"
}
performed() {
    local info
    backups_on || return 1
    info=$(reliable_info own) || exit 1
    remembered "$info"
}

reliable_info() { # own|source: all repositories, or none
    local info
    info=$(reading "$1" repository_info) || die "the $1 repository cannot be read (above)"
    jq -e --argjson unknown $unknown 'all(.[]; .status.code != $unknown)' <<<"$info" >/dev/null || die "the $1 repository did not answer: $(jq -c '[.[].repo[]?.status]' <<<"$info")"
    echo "$info"
}
system_of() { grep -o '"system-id":[0-9]*' <<<"$1" | tail -n 1 | cut -d: -f2 || true; } # jq would round the number

check_repository() { # own|source: refuses what would mix two databases, before anything is touched
    local info own owner
    info=$(reliable_info "$1")
    [[ -n $(system_of "$info") ]] || die "there is no backup to recover from: the $1 repository has no stanza '$([[ $1 == own ]] && echo "$STANZA" || echo "$SOURCE_STANZA")'"
    if [[ $1 == own ]]; then
        owner=$(jq -r '[.[].backup[]?] | max_by(.timestamp.stop) | .annotation.instance // ""' <<<"$info")
        if [[ -n $owner && $owner != "$INSTANCE" && -z $RECOVERY_TAKE_OVER ]]; then
            die "this repository path is the one of $owner, and two databases must not archive to one path. Give another path and recover with recovery.source; or, if $owner is gone for good, set recovery.takeOver=true"
        fi
    elif backups_on; then
        own=$(reliable_info own)
        [[ -n $(system_of "$own") ]] || return 0
        [[ $(system_of "$own") == "$(system_of "$info")" ]] ||
            die "the own repository path holds backups of another database than recovery.source; give this one a path of its own"
        jq -e 'any(.[].archive[]?; .max != null) and all(.[]; .backup == [])' <<<"$own" >/dev/null &&
            die "the own repository path holds WAL of an earlier copy but no backup; give this one a path of its own"
        return 0
    fi
}

# Before a database is replaced: WAL that was never archived would be lost with it.
push_what_is_left() {
    local ready name
    if ! backups_on || [[ ! -e $stanza_ok ]]; then return 0; fi
    for ready in "$PGDATA"/pg_wal/archive_status/*.ready; do
        [[ -e $ready ]] || continue
        name=$(basename "$ready" .ready)
        pgbackrest archive-push --no-archive-async "$PGDATA/pg_wal/$name" && continue
        [[ -n $RECOVERY_DISCARD_WAL ]] ||
            die "$name was never archived and would be lost; mend the repository, or give it up with recovery.discardUnarchivedWal=true"
        say "$name was never archived and is given up"
    done
}

new_cluster() {
    local new=$PGDATA.new
    say "the volume is empty: making a new database"
    rm -rf "$new"
    # shellcheck disable=SC2086 # words on purpose; the schema allows no others than options
    initdb --pgdata="$new" --username=postgres --pwfile="$CREDENTIALS/postgres-password" --auth-local=peer --auth-host=scram-sha-256 \
        --data-checksums --encoding=UTF8 --no-instructions $INITDB_ARGS >/dev/null
    if [[ -n ${APP_DATABASE:-} ]]; then
        # a server that nobody else can reach, only as long as this takes
        pg_ctl start --pgdata="$new" --wait --silent --log="$new/bootstrap.log" \
            --options="-c listen_addresses= -c unix_socket_directories='$RUN' -c archive_mode=off" || { cat "$new/bootstrap.log" >&2; die "the new database does not start"; }
        local code=0
        local_sql -f "$SCRIPTS/bootstrap.sql" || code=$?
        pg_ctl stop --pgdata="$new" --wait --silent --mode=fast
        ((code == 0)) || die "role $APP_USER and database $APP_DATABASE could not be made"
        rm "$new/bootstrap.log"
    fi
    rm -f "$state"/recovery "$state"/stanza-* "$state"/first-backup-* # of a database that is gone
    if backups_on; then # before the first segment is full; and before the volume holds a database whose backups are refused
        create_stanza "$new" || die "the stanza could not be made (above), and a new database is not started without its archive"
        touch "$stanza_ok"
    fi
    mv "$new" "$PGDATA"
    sync "$VOLUME"
}

create_stanza() { # DIRECTORY: of a stopped server
    local code=0
    timeout "${STANZA_TIMEOUT:-120}" pgbackrest stanza-create --no-online --pg1-path="$1" || code=$?
    if ((code == foreign)); then
        die "the repository path holds the backups of another database. If they are this one's and its volume was lost, set recovery.enabled=true to rebuild it from them; otherwise give this release a path of its own"
    fi
    return "$code"
}
ensure_stanza() {
    if ! backups_on || [[ -e $stanza_ok ]]; then return 0; fi
    if create_stanza "$PGDATA"; then
        touch "$stanza_ok"
    else
        say "the stanza could not be made now; PostgreSQL starts, WAL is held back, and the pgbackrest container goes on trying"
    fi
}

# pgBackRest's spool says which segments are stored. One that another database left behind would say so of segments that were never sent.
guard_spool() {
    [[ -d $SPOOL ]] || return 0
    local system
    system="$(pg_controldata "$PGDATA" | sed -n 's/^Database system identifier: *//p') $(phase_of)"
    if [[ $(cat "$SPOOL/system" 2>/dev/null) != "$system" ]]; then
        find "$SPOOL" -mindepth 1 -delete
        echo "$system" >"$SPOOL/system"
    fi
}

check_major() {
    local data program
    data=$(<"$PGDATA/PG_VERSION")
    program=$(postgres --version | sed 's/.* \([0-9]*\)[.a-z].*/\1/')
    [[ $data == "$program" ]] ||
        die "the data is of PostgreSQL $data and the image has $program: take an image of $data, or move by pg_dumpall (README, Upgrade)"
}
check_endpoint() {
    [[ ${PLAIN_HTTP:-} != yes ]] && return
    local version
    version=$(pgbackrest version | sed 's/[^0-9.]//g')
    [[ $(printf '%s\n' 2.58 "$version" | sort -V | head -n 1) == 2.58 ]] ||
        die "an endpoint has http:// and pgBackRest $version speaks only https; use https with s3.ca, or an image with pgBackRest 2.58 or newer"
}

main
