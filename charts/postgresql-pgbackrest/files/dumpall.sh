#!/usr/bin/env bash
# A dump of the whole cluster by pg_dumpall, streamed to S3: nothing is kept on a disk. It gets its name only when it is complete and
# as long as what was sent. Then dumps beyond DUMP_KEEP go, and only those of this release.
set -euo pipefail
# shellcheck source=charts/postgresql-pgbackrest/files/lib.sh
. "${0%/*}/lib.sh"

: "${DUMP_NAME:?}" "${DUMP_PATH:?}" "${DUMP_KEEP:?}" "${DUMP_COMPRESSION:=gzip}" "${LOCK_WAIT_SECONDS:=3600}" "${LOCK_RETRY_SECONDS:=10}"
lock=12340078987004321 # pgBackRest's own, in the database "postgres": see backup.sh

case $DUMP_COMPRESSION in
    gzip) suffix=sql.gz compress=(gzip -6) ;;
    zstd) suffix=sql.zst compress=(zstd -q -3) ;;
    none) suffix=sql compress=(cat) ;;
    *) die "compression $DUMP_COMPRESSION is not known" ;;
esac
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

coproc LOCKER { psql -X -q -At -d postgres 2>&1; } # holds the lock as long as it lives
ask=${LOCKER[1]} answers=${LOCKER[0]}
while true; do
    echo "SELECT pg_try_advisory_lock($lock);" >&"$ask"
    IFS= read -r answer <&"$answers" || die "the database cannot be reached"
    case $answer in
        t) break ;;
        f) ((SECONDS < LOCK_WAIT_SECONDS)) || die "another backup job has held the lock for $SECONDS s" ;;
        *) die "the database cannot be reached: $answer" ;;
    esac
    say "another backup job holds the lock; trying again in $LOCK_RETRY_SECONDS s"
    sleep "$LOCK_RETRY_SECONDS"
done

name=$DUMP_NAME-$(date -u +%Y%m%dT%H%M%SZ).$suffix
part=$DUMP_PATH/$name.part
forget() { say "$1"; rclone deletefile "$part" 2>/dev/null || true; exit 1; }
say "dumping to $DUMP_PATH/$name"
pg_dumpall --no-password | tee >(tail -n 5 >"$work/tail") | "${compress[@]}" | tee >(sha256sum >"$work/sum") >(wc -c >"$work/size") | rclone rcat "$part" ||
    forget "the dump failed (above); nothing was kept of it"
for _ in {1..50}; do [[ -s $work/size && -s $work/sum && -s $work/tail ]] && break; sleep 0.1; done
grep -q 'PostgreSQL database cluster dump complete' "$work/tail" || forget "the dump has no end; nothing was kept of it"
stored=$(rclone lsjson "$part" | jq '.[0].Size')
[[ $stored == "$(tr -d ' ' <"$work/size")" ]] || forget "$stored bytes are stored of $(<"$work/size"); nothing was kept of them"
rclone moveto "$part" "$DUMP_PATH/$name"
printf '%s  %s\n' "$(cut -d' ' -f1 "$work/sum")" "$name" | rclone rcat "$DUMP_PATH/$name.sha256"
say "$name is complete: $stored bytes"

rclone lsf --files-only "$DUMP_PATH" | { grep -E "^$DUMP_NAME-[0-9]{8}T[0-9]{6}Z\.sql(\.gz|\.zst)?$" || true; } | sort -r | tail -n "+$((DUMP_KEEP + 1))" |
    while IFS= read -r old; do
        say "deleting $old: $DUMP_KEEP newer ones are there"
        rclone deletefile "$DUMP_PATH/$old"
        rclone deletefile "$DUMP_PATH/$old.sha256" || true
    done
