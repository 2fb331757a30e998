#!/usr/bin/env bash
# Beside PostgreSQL as long as the pod lives: pgBackRest's TLS server, which the backup jobs talk to; the stanza where it could not be
# made at the start; the first full backup, and the one that each recovery needs; the passwords.
set -euo pipefail
# shellcheck source=charts/postgresql-pgbackrest/files/lib.sh
. "${0%/*}/lib.sh"

: "${KEEPER_SECONDS:=10}" "${TLS:=/tls}" "${CREDENTIALS:=/credentials}" "${APP_USER:=}" "${RECOVERY_ACTION:=promote}"
server='' certificate='' passwords='' backup='' backup_for='' not_before=0

main() {
    trap 'stop_children; exit 0' TERM INT
    while true; do
        if backups_on; then keep_server; fi
        if pg_isready -q -h "$RUN" -U postgres && keep_database; then :; fi
        sleep "$KEEPER_SECONDS" &
        wait $! || true
    done
}
stop_children() {
    local child
    for child in $server $backup; do kill "$child" 2>/dev/null || true; done
    wait
}

keep_server() {
    local now
    now=$(cat "$TLS"/* 2>/dev/null | cksum)
    if [[ -z $server ]]; then
        pgbackrest server &
        server=$!
    elif ! kill -0 "$server" 2>/dev/null; then
        die "pgBackRest's server has ended"
    elif [[ $now != "$certificate" ]]; then
        say "the certificate has changed"
        kill -HUP "$server"
    fi
    certificate=$now
}

keep_database() {
    local recovering
    recovering=$(local_sql -c 'SELECT pg_is_in_recovery()') || return 0 # the next time round
    if [[ $recovering == t ]]; then
        # Paused by an earlier "pause", and "promote" is what the values say now
        if [[ $RECOVERY_ACTION == promote && $(local_sql -c 'SELECT pg_get_wal_replay_pause_state()') == paused ]]; then
            say "the recovery is paused at its target; opening the database"
            local_sql -c 'SELECT pg_wal_replay_resume()' >/dev/null
        fi
        return
    fi
    keep_passwords
    if backups_on; then
        keep_stanza && keep_first_backup
    elif [[ $(phase) == restored ]]; then
        set_phase "$(phase_of)" 'done'
    fi
}

can_log_in() { # ROLE FILE
    PGPASSWORD=$(<"$2") psql -X -q -w -h 127.0.0.1 -p "${PGPORT:-5432}" -U "$1" -d postgres -c '' 2>/dev/null
}
keep_passwords() { # once for each content of the Secret
    local now
    [[ -e $CREDENTIALS/postgres-password ]] || return 0
    now=$(cat "$CREDENTIALS"/* | cksum)
    [[ $now != "$passwords" ]] || return 0
    if ! can_log_in postgres "$CREDENTIALS/postgres-password" || { [[ -n $APP_USER ]] && ! can_log_in "$APP_USER" "$CREDENTIALS/password"; }; then
        say "setting the passwords to those of the Secret"
        APP_USER=$APP_USER CREDENTIALS=$CREDENTIALS local_sql -f "$SCRIPTS/passwords.sql" || return 0
    fi
    passwords=$now
}

keep_stanza() {
    [[ ! -e $stanza_ok ]] || return 0
    if pgbackrest stanza-create; then
        touch "$stanza_ok"
        say "the stanza exists; held WAL is archived now"
    else
        say "the stanza cannot be made (above); WAL is held back until it can"
        return 1
    fi
}

keep_first_backup() {
    if [[ -n $backup ]] && kill -0 "$backup" 2>/dev/null; then return 0; fi
    if [[ -n $backup ]]; then
        if wait "$backup"; then
            touch "$first_backup"
            if [[ $(phase) == restored && $(phase_of) == "$backup_for" ]]; then set_phase "$backup_for" 'done'; fi
        else
            not_before=$((SECONDS + ${RETRY_SECONDS:-60}))
        fi
        backup=''
    fi
    if [[ -e $first_backup && $(phase) != restored ]] || ((SECONDS < not_before)); then return 0; fi
    backup_for=$(phase_of)
    "$SCRIPTS/backup.sh" full &
    backup=$!
}

main
