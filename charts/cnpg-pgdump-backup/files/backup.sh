# shellcheck shell=sh
# One dump, from the database straight into the store: the globals, the database, and last the manifest that makes them a backup.
# shellcheck source=lib.sh
. "$(dirname -- "$0")/lib.sh"

: "${DUMP_COMPRESSION:=gzip:6}"
store_setup
database_setup
base=$(base_key "$PGDATABASE")
label=$(date -u +%Y%m%dT%H%M%SZ)-$(od -An -N3 -tx1 /dev/urandom | tr -d ' \n')
started=$(date -u +%Y-%m-%dT%H:%M:%SZ)
say "dump $label of database $PGDATABASE at $PGHOST (PostgreSQL $server_version, $((database_bytes / 1048576)) MiB) to $S3_BUCKET/$base/"
[ "$((database_bytes / 1048576))" -lt $((${S3_CHUNK_MIB:-32} * 9000)) ] ||
    warn "an upload has at most 10000 parts of ${S3_CHUNK_MIB:-32} MiB: raise s3.upload.chunkSizeMiB if this dump may become larger than that"

abandon() { # MESSAGE: what was written is no backup without its manifest; clear it away if the store still answers
    trap cleanup EXIT
    close_session
    for key in "$base/$label/$database_key" "$base/$label/globals.sql"; do store_delete "$key" 2>/dev/null || :; done
    die "$1; dump $label has no manifest and is no backup"
}

# --- a session that holds the snapshot, asked by one pipe and answering by another

session=''
open_session() {
    mkfifo "$work/ask" "$work/answer"
    pg -v exclude="${DUMP_EXCLUDE_TABLES:-}" <"$work/ask" >"$work/answer" 2>"$work/session.err" &
    session=$!
    exec 3>"$work/ask" 4<"$work/answer"
}
ask() { (trap '' PIPE && printf '%s\n' "$@" >&3) 2>/dev/null || return 0; } # a session that has ended is found by the answer
close_session() {
    [ -n "$session" ] || return 0
    exec 3>&- 4<&-
    wait "$session" 2>/dev/null || :
    session=''
}
database_key=db/$(encoded "$PGDATABASE").dump
open_session
trap 'close_session; cleanup' EXIT
ask "\\i $sql/snapshot.sql"
IFS=' ' read -r snapshot visible lsn <&4 || abandon "no snapshot: $(first_words "$work/session.err")"

# --- the parts

# Passes its input to the store and remembers size and checksum of what passed.
store_part() { # NAME KEY [EXPECTED BYTES]
    mkfifo "$work/$1.sum" "$work/$1.count"
    sha256sum <"$work/$1.sum" >"$work/$1.sha256" &
    summing=$!
    wc -c <"$work/$1.count" >"$work/$1.size" &
    counting=$!
    stored=0
    { tee "$work/$1.sum" "$work/$1.count" || echo tee >"$work/$1.broken"; } | store_put "$2" "${3:-}" || stored=$?
    wait "$summing" "$counting" || echo checksum >"$work/$1.broken"
    return "$stored"
}
# What the store now holds is what passed.
verify_part() { # NAME KEY
    part_sha256=$(cut -d ' ' -f 1 <"$work/$1.sha256")
    part_size=$(tr -d ' ' <"$work/$1.size")
    listed=$(store_size "$2") || abandon "cannot list $2"
    [ "$listed" = "$part_size" ] || abandon "$2 has ${listed:-no} bytes in the store, $part_size were written"
    [ "${DUMP_VERIFY:-full}" = full ] || return 0
    [ "$(store_get "$2" | sha256sum | cut -d ' ' -f 1)" = "$part_sha256" ] || abandon "$2 reads back with another checksum than it was written with"
}
part_json() { printf '{"key":"%s","sha256":"%s","size":%s}' "$label/$1" "$part_sha256" "$part_size"; }

write_globals() {
    if [ "${DUMP_GLOBALS:-false}" != true ]; then
        echo '-- No roles: dump.globals.enabled is false.'
    elif [ "${DUMP_GLOBALS_PASSWORDS:-false}" = true ]; then
        pg_dumpall --no-password --roles-only
    else
        pg_dumpall --no-password --roles-only --no-role-passwords
    fi
}
{ write_globals || echo pg_dumpall >"$work/globals.failed"; } 2>"$work/globals.err" | store_part globals "$base/$label/globals.sql" ||
    abandon "cannot write to bucket $S3_BUCKET: see the line above; check endpoint, credentials and the bucket's policy"
[ ! -e "$work/globals.failed" ] || abandon "cannot dump the roles: $(first_words "$work/globals.err"); passwords of roles need a superuser (dump.globals.passwords)"
verify_part globals "$base/$label/globals.sql"
globals_json=$(part_json globals.sql)

compress() { # an option in the form that this pg_dump knows
    if [ "$client_major" -ge 16 ]; then
        printf -- '--compress=%s' "$DUMP_COMPRESSION"
    else
        case $DUMP_COMPRESSION in
            none) printf -- '--compress=0' ;;
            gzip:*) printf -- '--compress=%s' "${DUMP_COMPRESSION#gzip:}" ;;
            gzip) printf -- '--compress=6' ;;
            *) return 1 ;;
        esac
    fi
}
compression=$(compress) || refuse "pg_dump $client_major compresses with gzip only, dump.compression is $DUMP_COMPRESSION: set it to gzip:6, or image.tag to 16 or newer"
quoted_table() { printf '"%s"."%s"' "${1%%.*}" "${1#*.}"; }
write_dump() {
    set -- --format=custom --no-password --snapshot="$snapshot" --lock-wait-timeout=60s "$compression"
    set -f
    IFS='
'
    for table in ${DUMP_EXCLUDE_TABLES:-}; do set -- "$@" --exclude-table="$(quoted_table "$table")"; done
    for table in ${DUMP_EXCLUDE_TABLE_DATA:-}; do set -- "$@" --exclude-table-data="$(quoted_table "$table")"; done
    for option in ${DUMP_EXTRA_ARGS:-}; do set -- "$@" "$option"; done
    unset IFS
    pg_dump "$@"
}
{ write_dump || echo pg_dump >"$work/database.failed"; } 2>"$work/database.err" 3>&- 4<&- | store_part database "$base/$label/$database_key" "$database_bytes" 3>&- 4<&- &
dumping=$!
# meanwhile the same snapshot is counted
ask "\\set exclude_data '$(printf '%s' "${DUMP_EXCLUDE_TABLE_DATA:-}" | awk '{ printf "%s%s", (NR > 1 ? "\\n" : ""), $0 }')'" "\\set count ${DUMP_ROW_COUNTS:-true}" \
    "\\set lsn $lsn" "\\set globals ${DUMP_GLOBALS:-false}" "\\set tables $work/tables" "\\set sequences $work/sequences" \
    "\\set large_objects $work/large_objects" "\\set details $work/details" "\\i $sql/contents.sql"
counted=''
IFS= read -r counted <&4 || :
uploaded=0
wait "$dumping" || uploaded=$?
[ "$uploaded" = 0 ] || abandon "the upload of $base/$label/$database_key failed: see the lines above"
[ ! -e "$work/database.failed" ] || abandon "pg_dump failed: $(first_words "$work/database.err")"
[ ! -e "$work/database.broken" ] || abandon "the stream of the dump broke ($(cat "$work/database.broken"))"
[ "$counted" = counted ] || abandon "the snapshot could not be counted: $(first_words "$work/session.err")"
close_session
trap cleanup EXIT
[ ! -s "$work/database.err" ] || cat "$work/database.err" >&2
verify_part database "$base/$label/$database_key"

# --- the manifest, last: with it the dump is a backup

tables=$(grep -c . "$work/tables" || :)
dump_json=$(printf '{"label":"%s","started":"%s","server":%s,"tool":%s,"globals":%s,"databases":[{"name":%s,"snapshot":"%s","parts":{"CUSTOM":%s},"contents":{"tables":{%s},"largeObjects":%s,"sequences":{%s}}}]}' \
    "$label" "$started" "$(json_string "$server_version")" "$(json_string "$tool")" "$globals_json" "$(json_string "$PGDATABASE")" "$visible" \
    "$(part_json "$database_key")" "$(paste -s -d , "$work/tables")" "$(cat "$work/large_objects")" "$(paste -s -d , "$work/sequences")")
details_json=$(cat "$work/details")
printf '{\n"version":1,\n"sha256":"%s",\n"dump":%s,\n"details":%s,\n"detailsSha256":"%s"\n}\n' "$(text_sha256 "$dump_json")" "$dump_json" \
    "$details_json" "$(text_sha256 "$details_json")" >"$work/manifest.json"
manifest_read "$work/manifest.json" "$label" || abandon "this dump's own manifest is wrong: $problem"
store_put "$base/$label/manifest.json" <"$work/manifest.json" || abandon "cannot write the manifest: see the lines above"
store_get "$base/$label/manifest.json" >"$work/manifest.back" || :
if ! cmp -s "$work/manifest.json" "$work/manifest.back"; then
    store_delete "$base/$label/manifest.json" 2>/dev/null || :
    abandon "the manifest reads back otherwise than it was written"
fi
say "dump $label is complete: $part_size bytes, $tables tables, snapshot $visible at $lsn. To restore it: restore.object=$base/$label"
[ "$tables" -gt 0 ] || warn "database $PGDATABASE has no tables: is it the right one?"

# --- retention: only after a good dump, only complete labels below this database's own folder

delete_dump() { # LABEL: the manifest first, so that half a dump is never taken for a whole one
    awk -F "$tab" -v folder="$base/$1/" 'index($2, folder) == 1 { print ($2 != folder "manifest.json") FS $2 }' "$work/objects" | sort | cut -f 2 >"$work/doomed"
    while IFS= read -r key; do store_delete "$key" || return; done <"$work/doomed"
}
days_ago() { date -u -d "@$(($(date +%s) - $1 * 86400))" +%Y%m%d%H%M%S; }
retain() {
    store_list "$base/" >"$work/objects" || return
    sed "s|^[0-9]*$tab$base/||; s|/.*||" "$work/objects" | grep "$LABEL" | sort -ru >"$work/labels" || :
    too_old=$(days_ago "$RETENTION_DAYS") abandoned=$(days_ago 7) good=0 deleted=0 own_system=$system_id
    while IFS= read -r old; do
        taken=$(printf '%s' "${old%Z-*}" | tr -d T)
        if ! cut -f 2 "$work/objects" | grep -qxF "$base/$old/manifest.json"; then
            # never completed; after a week nobody is writing it any more
            if [ "$taken" -lt "$abandoned" ] && [ "$good" -gt 0 ]; then
                delete_dump "$old" || return
                say "deleted $old: it was never completed"
            fi
            continue
        fi
        if [ "$good" -ge "$RETENTION_LAST" ] && [ "$taken" -ge "$too_old" ]; then continue; fi
        store_get "$base/$old/manifest.json" >"$work/old.json" || return
        if ! manifest_read "$work/old.json" "$old"; then
            warn "$old is no good backup and does not count: $problem"
        elif [ "$mf_system" != "$own_system" ]; then
            say "kept $old: it is of another server (system identifier $mf_system), delete it by hand when you do not need it"
        elif ! parts_listed "$base/" "$work/objects"; then
            warn "$old is no good backup and does not count: $problem"
        elif [ "$good" -lt "$RETENTION_LAST" ]; then
            good=$((good + 1))
        elif [ "$taken" -lt "$too_old" ]; then
            delete_dump "$old" || return
            deleted=$((deleted + 1))
            say "deleted $old: older than $RETENTION_DAYS days, and $good newer good ones are kept"
        fi
    done <"$work/labels"
    say "retention: $deleted deleted, the newest $good good dumps are kept in any case"
}
if [ "${RETENTION_ENABLED:-false}" = true ]; then
    retain || { say "ERROR: the dump is good, but old ones could not be deleted: see the lines above; the credentials need ListBucket, GetObject and DeleteObject" >&2; exit 75; }
fi
