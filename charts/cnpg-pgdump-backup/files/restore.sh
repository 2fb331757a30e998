# shellcheck shell=sh
# One dump into one database, in one transaction: checked before, checked against the manifest within, and committed only if both hold.
# shellcheck source=lib.sh
. "$(dirname -- "$0")/lib.sh"

need RESTORE_OBJECT 'set restore.object to the folder of a dump, as the backup job prints it'
need RESTORE_ID 'the chart sets it'
folder=${RESTORE_OBJECT%/manifest.json}
folder=${folder%/}
label=${folder##*/}
source_base=${folder%/*}
if ! is_label "$label" || [ "$source_base" = "$folder" ]; then
    refuse "restore.object $RESTORE_OBJECT names no dump: give the folder that the backup job printed, PREFIX/NAMESPACE/RELEASE/DATABASE/LABEL"
fi
force=${RESTORE_FORCE:-false}

store_setup
database_setup
say "restore of $folder into database $PGDATABASE at $PGHOST (PostgreSQL $server_version)$([ "$force" = false ] || printf ', by force')"
[ "$in_recovery" = f ] || refuse "$PGHOST is a standby: set cnpg.serviceName to the primary's service"

# --- once: a reconcile that makes the Job again finds what the first one left

record=$(base_key "$PGDATABASE")/restores/$RESTORE_ID
if [ "${RESTORE_RECORD:-true}" = true ]; then
    done_before=$(store_size "$record.json") || die "cannot look for the record $record.json: see the lines above"
    if [ -n "$done_before" ]; then
        say "this restore was done already, its record is $record.json: nothing to do. Set restore.nonce to another value to do it again"
        exit 0
    fi
fi

# --- everything that can be known before the database is touched

# absent, or not to be read: the client's own line above says which
store_get "$folder/manifest.json" >"$work/manifest.json" || : >"$work/manifest.json"
[ -s "$work/manifest.json" ] ||
    refuse "$folder/manifest.json is not in bucket $S3_BUCKET: such a dump was never completed, is misspelled or cannot be read; choose another one"
manifest_read "$work/manifest.json" "$label" || refuse "dump $label: $problem; choose another one"
store_list "$folder/" >"$work/objects" || die "cannot list $folder/ in bucket $S3_BUCKET: see the lines above"
parts_listed "$source_base/" "$work/objects" || refuse "dump $label is damaged: $problem; choose another one"
[ "$server_major" -ge $((mf_server_num / 10000)) ] ||
    refuse "the dump is of PostgreSQL $((mf_server_num / 10000)), this server is $server_major: restore into the same or a newer version"
[ "${RESTORE_GLOBALS:-false}" = false ] || [ "$mf_globals" = true ] || refuse "restore.globals is true, but dump $label has no roles in it: set it to false, or choose a dump made with dump.globals.enabled"

pg -v file="$work/manifest.json" -f "$sql/extensions.sql" >"$work/extensions" || die 'cannot ask for extensions: see the line above'
[ ! -s "$work/extensions" ] ||
    refuse "$(first_words "$work/extensions"): create it in the database first (for CNPG in spec.extensions of its Database), or restore as a superuser from an image that has it"

if [ "$force" = false ]; then
    { echo 'BEGIN;'; cat "$sql/prepare.sql"; echo 'ROLLBACK;'; } | pg -v force=false -o /dev/null 2>"$work/psql.err" ||
        refuse "$(sed -n 's/^.*ERROR: *//p' "$work/psql.err" | head -n 1). Restore into an empty database, or set restore.force=true to delete what is there"
fi
if [ "${RESTORE_BACKUP_BEFORE:-false}" = true ]; then
    say 'first a dump of what is there'
    RETENTION_ENABLED=false DUMP_EXCLUDE_TABLES='' DUMP_EXCLUDE_TABLE_DATA='' sh "$(dirname -- "$0")/backup.sh" ||
        die 'the dump before the restore failed, so nothing was restored: mend it, or set restore.backupBeforeRestore=false'
fi

# --- the transaction

# Roles that exist keep what they have: their passwords and rights belong to this server.
globals() {
    store_get "$source_base/$mf_globals_key" >"$work/globals.sql" || return
    [ "$(sha256_of "$work/globals.sql")" = "$mf_globals_sha" ] || { echo "$mf_globals_key has another checksum than its manifest says" >&2; return 1; }
    pg -c 'SELECT quote_ident(rolname) FROM pg_roles' >"$work/roles" || return
    awk 'NR == FNR { have[$0]; next }
         { name = $0; if (sub(/^(CREATE|ALTER) ROLE /, "", name)) { sub(/ (WITH|SET|RESET|IN DATABASE) .*$|;$/, "", name); if (name in have) next } print }' \
        "$work/roles" "$work/globals.sql" >"$work/globals.new"
}
if [ "${RESTORE_GLOBALS:-false}" = true ]; then globals || die 'the roles of the dump cannot be used: see the lines above'; else : >"$work/globals.new"; fi

# As one transaction, so that large objects are not committed on their own; its COMMIT is ours to give, so it is taken out of the last lines.
set -- --file=- --single-transaction
without_commit() {
    awk '{ if (NR > 16) print kept[NR % 16]; kept[NR % 16] = $0 }
         END { for (i = NR; i > NR - 16 && i > 0; i--) if (kept[i % 16] == "COMMIT;") { gone = i; break }
               for (i = (NR > 16 ? NR - 15 : 1); i <= NR; i++) if (i != gone) print kept[i % 16] }'
}
[ "${RESTORE_NO_OWNER:-true}" = false ] || set -- "$@" --no-owner
[ "${RESTORE_NO_PRIVILEGES:-true}" = false ] || set -- "$@" --no-privileges
if [ "$superuser" = f ]; then
    # who does not own an extension may not comment on it; the table of contents is at the head of the archive, so little of it is read
    store_get "$source_base/$mf_key" 2>/dev/null | pg_restore --list >"$work/contents" 2>"$work/list.err" || die "dump $label has no table of contents: $(first_words "$work/list.err")"
    sed -i '/^[0-9]*; [0-9]* [0-9]* COMMENT - EXTENSION /d' "$work/contents"
    set -- "$@" --use-list="$work/contents"
fi
# pg_restore 17 and newer sets a parameter that older servers do not have. Only the head of the script is looked at: behind it there is data.
for_server() { if [ "$server_major" -lt 17 ]; then sed '1,/^SELECT pg_catalog.set_config/{/^SET transaction_timeout = 0;$/d;}'; else cat; fi; }

archive() { # the database's part as SQL; what passed is summed up, to the end even if pg_restore ends before
    mkfifo "$work/sum"
    sha256sum <"$work/sum" >"$work/sha256" &
    summing=$!
    { store_get "$source_base/$mf_key" || echo store >"$work/get.failed"; } | tee "$work/sum" |
        { pg_restore "$@" 2>"$work/restore.err" || echo pg_restore >"$work/restore.failed"; cat >/dev/null; } | for_server | without_commit
    wait "$summing"
}
# Reads psql's answers by the second pipe, so that nothing is fetched for a transaction that has ended already.
transaction() {
    exec 4<"$work/answers"
    echo 'BEGIN;'
    printf "SET LOCAL lock_timeout = '%s';\n" "${RESTORE_LOCK_TIMEOUT:-60s}"
    cat "$sql/prepare.sql" "$work/globals.new"
    printf '%s\n' 'SET LOCAL lock_timeout = 0; SET LOCAL statement_timeout = 0;' '\echo prepared'
    answered prepared || return 0
    archive "$@"
    # no COMMIT, so the server rolls back when the input ends
    [ ! -e "$work/get.failed" ] && [ ! -e "$work/restore.failed" ] && [ "$(cut -d ' ' -f 1 <"$work/sha256")" = "$mf_sha" ] || return 0
    cat "$sql/verify.sql"
    printf '%s\n' '\echo verified'
    answered verified || return 0
    : >"$work/asked"
    printf '%s\n' 'COMMIT;' '\echo committed'
    answered committed || return 0
    : >"$work/committed"
}
answered() { said=''; IFS= read -r said <&4 && [ "$said" = "$1" ]; }
mkfifo "$work/answers"
ended=0
{ transaction "$@" 2>"$work/stream.err" || :; } |
    PGCLIENTENCODING='' psql -X -q -A -t -o /dev/null -v ON_ERROR_STOP=1 -v VERBOSITY=terse -v force="$force" -v file="$work/manifest.json" \
        >"$work/answers" 2>"$work/psql.err" || ended=$?
cat "$work/stream.err" >&2
if [ ! -e "$work/committed" ] || [ "$ended" != 0 ]; then
    grep -v 'NOTICE: \|WARNING: *there is already a transaction' "$work/psql.err" >&2 || :
    passed=$(cut -d ' ' -f 1 <"$work/sha256" 2>/dev/null || :)
    [ ! -e "$work/get.failed" ] || die "the store stopped answering while $source_base/$mf_key was read; nothing was restored"
    [ -z "$passed" ] || [ "$passed" = "$mf_sha" ] ||
        refuse "$source_base/$mf_key has SHA-256 $passed, its manifest says $mf_sha: the dump is damaged, choose another one; nothing was restored"
    words=$(sed -n 's/^.*\(ERROR\|FATAL\): *//p' "$work/psql.err" | head -n 1)
    [ -n "$words" ] || words=$(first_words "$work/psql.err")
    [ -n "$words" ] || [ ! -e "$work/restore.err" ] || words=$(first_words "$work/restore.err")
    # an error is an answer; silence after COMMIT is not
    [ ! -e "$work/asked" ] || grep -q 'ERROR: ' "$work/psql.err" || die "the connection was lost during COMMIT: look into the database whether dump $label is in it (${words:-no reason given})"
    die "the restore failed and was rolled back, nothing was restored: ${words:-the connection was lost}"
fi
tables=$(pg -c "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND c.relpersistence <> 't' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'")
say "restored dump $label: $tables tables, each compared with the manifest before the commit"
[ "${RESTORE_ANALYZE:-true}" = false ] || pg -c 'ANALYZE' 2>"$work/psql.err" || warn "ANALYZE failed: $(first_words "$work/psql.err")"
if [ "${RESTORE_RECORD:-true}" = true ]; then
    printf '{"restore":"%s","object":"%s","sha256":"%s","force":%s,"at":"%s"}\n' "$RESTORE_ID" "$folder" "$mf_sha" "$force" "$(date -u +%Y-%m-%dT%H:%M:%SZ)" >"$work/record"
    store_put "$record.json" <"$work/record" ||
        { say "ERROR: the restore is committed, but its record could not be written: see the lines above. Let the credentials write, or set restore.record=false" >&2; exit 75; }
fi
