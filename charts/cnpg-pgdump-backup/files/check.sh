# shellcheck shell=sh
# Can a backup work here? Reaches database and store, writes nothing, and says which dump is the newest good one. Run by `helm test`.
# shellcheck source=lib.sh
. "$(dirname -- "$0")/lib.sh"

store_setup
database_setup
say "database $PGDATABASE at $PGHOST: PostgreSQL $server_version, client programs $client_major"
base=$(base_key "$PGDATABASE")
store_list "$base/" >"$work/objects" || die "cannot list $base/ in bucket $S3_BUCKET: see the lines above; check endpoint, credentials and the bucket's policy"
say "bucket $S3_BUCKET answers: $(grep -c . "$work/objects" || :) objects below $base/"
sed -n "s|^[0-9]*$tab$base/\([^/]*\)/manifest.json\$|\1|p" "$work/objects" | grep "$LABEL" | sort -r >"$work/labels" || :
while IFS= read -r label; do
    store_get "$base/$label/manifest.json" >"$work/manifest.json" || die "cannot read $base/$label/manifest.json: see the lines above"
    if manifest_read "$work/manifest.json" "$label" && parts_listed "$base/" "$work/objects"; then
        say "the newest good dump is $label, $mf_size bytes: restore.object=$base/$label"
        exit 0
    fi
    warn "dump $label is no good backup: $problem"
done <"$work/labels"
say 'there is no good dump yet'
