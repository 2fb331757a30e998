# shellcheck shell=sh
# Closes a segment of WAL, and waits until the server says that the archive has it. The connection comes by environment.
# shellcheck disable=SC2016 # dollars are SQL's
set -eu
ask() { psql -X -A -t -q -v ON_ERROR_STOP=1 -c "$1"; }
command=$(ask 'SHOW archive_command')
case $command in
    '' | *bin/true*)
        echo "FAILED: archive_command is '$command', so nothing is archived: the pod has no WALG_S3_PREFIX and no WAL_S3_BUCKET; see pod_environment_configmap and wal_s3_bucket of the operator" >&2
        exit 1
        ;;
esac
ask 'SELECT pg_logical_emit_message(true, $$zalando-backup$$, $$test$$)' >/dev/null
segment=$(ask 'SELECT pg_walfile_name(pg_switch_wal())')
echo "waiting for segment $segment"
tries=0
# names of segments, with the timeline in front; what is not one (a history file) does not count
until [ "$(ask "SELECT coalesce(last_archived_wal ~ '^[0-9A-F]{24}' AND left(last_archived_wal, 24) >= '$segment', false) FROM pg_stat_archiver")" = t ]; do
    tries=$((tries + 1))
    if [ "$tries" -ge "${ARCHIVE_TRIES:-120}" ]; then
        echo "FAILED: the archive has no $segment after $tries s: $(ask "SELECT format('last failed %s at %s, failures %s', coalesce(last_failed_wal, 'none'), coalesce(last_failed_time::text, '-'), failed_count) FROM pg_stat_archiver")" >&2
        exit 1
    fi
    sleep 1
done
echo "archived: $segment"
