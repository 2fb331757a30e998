# shellcheck shell=sh
# What the three scripts share. Sourced; runs in dash, bash and the ash of busybox, so that the image can be Debian's or Alpine's.
# No pipefail there: every member of a pipeline that matters leaves its exit code behind in a file.
#
# Exit codes: 1 trouble that may pass (the Job tries again), 64 refused, 75 the dump is good but old ones could not be deleted (no second try for both).
set -eu
umask 077
export LC_ALL=C PGAPPNAME="${PGAPPNAME:-pgdump-backup}" PGCONNECT_TIMEOUT="${PGCONNECT_TIMEOUT:-15}"

say() { printf '%s %s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$*"; }
warn() { say "WARNING: $*" >&2; }
die() { say "ERROR: $*" >&2; exit 1; }
refuse() { say "REFUSED: $*" >&2; exit 64; }
need() { # NAME WHERE: an environment variable that the chart sets
    eval "[ -n \"\${$1:-}\" ]" || refuse "$1 is empty: $2"
}

work=$(mktemp -d "${PGDUMP_WORK:-/work}/run-XXXXXX")
cleanup() { rm -rf "$work"; }
trap cleanup EXIT
trap 'exit 143' TERM
trap 'exit 130' INT

# --- the store: rclone or aws, whichever the image has. Credentials go by environment only.

store_setup() {
    need S3_BUCKET 'set s3.bucket, or the key of it in the Secret s3.secretName'
    case ${S3_CLIENT:-auto} in
        rclone | aws) client=$S3_CLIENT ;;
        auto) if command -v rclone >/dev/null; then client=rclone; else client=aws; fi ;;
        *) refuse "s3.client is $S3_CLIENT: it can be auto, rclone or aws" ;;
    esac
    command -v "$client" >/dev/null || refuse "the image has no program $client: set s3.client to one that it has, or another image"
    if [ -n "${S3_CA_FILE:-}" ] && [ ! -r "$S3_CA_FILE" ]; then refuse "cannot read the CA certificate $S3_CA_FILE: see s3.caSecretName and s3.caKey"; fi
    "store_setup_$client"
}

store_setup_rclone() {
    : >"$work/rclone.conf"
    unset AWS_CA_BUNDLE # rclone fails on it
    export RCLONE_CONFIG="$work/rclone.conf" RCLONE_CONFIG_STORE_TYPE=s3 RCLONE_CONFIG_STORE_NO_CHECK_BUCKET=true \
        RCLONE_CONFIG_STORE_CHUNK_SIZE="${S3_CHUNK_MIB:-32}Mi" RCLONE_CONFIG_STORE_UPLOAD_CONCURRENCY="${S3_CONCURRENCY:-2}" \
        RCLONE_CONFIG_STORE_REGION="${S3_REGION:-}" RCLONE_CONFIG_STORE_FORCE_PATH_STYLE="${S3_FORCE_PATH_STYLE:-true}" \
        RCLONE_CONFIG_STORE_STORAGE_CLASS="${S3_STORAGE_CLASS:-}" RCLONE_CONFIG_STORE_SERVER_SIDE_ENCRYPTION="${S3_SSE:-}" \
        RCLONE_CONFIG_STORE_SSE_KMS_KEY_ID="${S3_SSE_KMS_KEY_ID:-}" \
        RCLONE_RETRIES=1 RCLONE_LOW_LEVEL_RETRIES="${S3_RETRIES:-5}" RCLONE_CONTIMEOUT=15s RCLONE_TIMEOUT=2m RCLONE_STATS=0 RCLONE_LOG_LEVEL=ERROR
    if [ -n "${S3_ENDPOINT:-}" ]; then
        export RCLONE_CONFIG_STORE_PROVIDER=Other RCLONE_CONFIG_STORE_ENDPOINT="$S3_ENDPOINT"
    else
        export RCLONE_CONFIG_STORE_PROVIDER=AWS
    fi
    if [ -n "${S3_ACCESS_KEY_ID:-}" ]; then
        export RCLONE_CONFIG_STORE_ACCESS_KEY_ID="$S3_ACCESS_KEY_ID" RCLONE_CONFIG_STORE_SECRET_ACCESS_KEY="${S3_SECRET_ACCESS_KEY:-}" \
            RCLONE_CONFIG_STORE_SESSION_TOKEN="${S3_SESSION_TOKEN:-}"
    else
        export RCLONE_CONFIG_STORE_ENV_AUTH=true
    fi
    [ -z "${S3_CA_FILE:-}" ] || export RCLONE_CA_CERT="$S3_CA_FILE"
}

store_setup_aws() {
    {
        printf '[default]\nregion = %s\nretry_mode = standard\nmax_attempts = %s\n' "${S3_REGION:-us-east-1}" "${S3_RETRIES:-5}"
        printf 's3 =\n  multipart_chunksize = %sMB\n  multipart_threshold = %sMB\n  max_concurrent_requests = %s\n' \
            "${S3_CHUNK_MIB:-32}" "${S3_CHUNK_MIB:-32}" "${S3_CONCURRENCY:-2}"
        [ "${S3_FORCE_PATH_STYLE:-true}" != true ] || printf '  addressing_style = path\n'
    } >"$work/aws.conf"
    # newer clients add checksums of their own that several S3 stores do not know
    export HOME="$work" AWS_CONFIG_FILE="$work/aws.conf" AWS_EC2_METADATA_DISABLED="${AWS_EC2_METADATA_DISABLED:-true}" AWS_PAGER='' \
        AWS_REQUEST_CHECKSUM_CALCULATION=when_required AWS_RESPONSE_CHECKSUM_VALIDATION=when_required
    if [ -n "${S3_ACCESS_KEY_ID:-}" ]; then
        export AWS_ACCESS_KEY_ID="$S3_ACCESS_KEY_ID" AWS_SECRET_ACCESS_KEY="${S3_SECRET_ACCESS_KEY:-}"
        [ -z "${S3_SESSION_TOKEN:-}" ] || export AWS_SESSION_TOKEN="$S3_SESSION_TOKEN"
    fi
    [ -z "${S3_CA_FILE:-}" ] || export AWS_CA_BUNDLE="$S3_CA_FILE"
}
aws_cli() { aws ${S3_ENDPOINT:+--endpoint-url "$S3_ENDPOINT"} --cli-connect-timeout 15 --cli-read-timeout 120 "$@"; }

store_put() { # KEY [EXPECTED BYTES]: from standard input, of any length
    case $client in
        rclone) rclone rcat "STORE:$S3_BUCKET/$1" ;;
        aws) aws_cli s3 cp --only-show-errors ${2:+--expected-size "$2"} ${S3_STORAGE_CLASS:+--storage-class "$S3_STORAGE_CLASS"} \
            ${S3_SSE:+--sse "$S3_SSE"} ${S3_SSE_KMS_KEY_ID:+--sse-kms-key-id "$S3_SSE_KMS_KEY_ID"} - "s3://$S3_BUCKET/$1" ;;
    esac
}
store_get() { # KEY: to standard output
    case $client in
        rclone) rclone cat "STORE:$S3_BUCKET/$1" ;;
        aws) aws_cli s3 cp --only-show-errors "s3://$S3_BUCKET/$1" - ;;
    esac
}
store_list() { # FOLDER/: a line for each object in and below it, size, tab, key; nothing if there is none
    case $client in
        rclone)
            store_rc=0
            rclone lsf --recursive --files-only --format sp --separator "$tab" "STORE:$S3_BUCKET/${1%/}" >"$work/listing" || store_rc=$?
            [ "$store_rc" = 0 ] || [ "$store_rc" = 3 ] || return "$store_rc" # 3: no such folder
            awk -F "$tab" -v folder="$1" '{ print $1 FS folder $2 }' "$work/listing"
            ;;
        aws) aws_cli s3api list-objects-v2 --bucket "$S3_BUCKET" --prefix "$1" --query 'Contents[].[Size,Key]' --output text | awk '$1 != "None"' ;;
    esac
}
store_size() { # KEY: its size in bytes, or nothing if there is no such object
    store_list "${1%/*}/" >"$work/sizes" || return
    awk -F "$tab" -v key="$1" '$2 == key { print $1 }' "$work/sizes"
}
store_delete() { # KEY
    case $client in
        rclone) rclone deletefile "STORE:$S3_BUCKET/$1" ;;
        aws) aws_cli s3api delete-object --bucket "$S3_BUCKET" --key "$1" >/dev/null ;;
    esac
}
tab=$(printf '\t')

# --- PostgreSQL

sql=$(cd -- "$(dirname -- "$0")" && pwd)
pg() { PGCLIENTENCODING=UTF8 psql -X -q -A -t -v ON_ERROR_STOP=1 -v VERBOSITY=terse -P null=- "$@"; }

# Asks the server what it is, and holds the client programs to it.
database_setup() {
    need PGHOST 'set cnpg.serviceName, or the key host in the Secret cnpg.secretName'
    need PGUSER 'the Secret cnpg.secretName needs the key that cnpg.secretKeys.username names'
    need PGDATABASE 'set cnpg.database, or the key dbname in the Secret cnpg.secretName'
    pg -F "$tab" -f "$sql/facts.sql" >"$work/facts" 2>"$work/psql.err" ||
        die "cannot use database $PGDATABASE at $PGHOST:${PGPORT:-5432} as $PGUSER: $(first_words "$work/psql.err")"
    # shellcheck disable=SC2034 # for those that source this
    IFS=$tab read -r server_num server_version superuser in_recovery system_id database_bytes <"$work/facts"
    tool=$(pg_dump --version)
    client_major=$(printf '%s\n' "$tool" | sed 's/^[^0-9]*\([0-9]*\).*/\1/')
    server_major=$((server_num / 10000))
    [ "$client_major" -ge "$server_major" ] ||
        refuse "pg_dump $client_major cannot read PostgreSQL $server_major: set image.tag to one with the client programs of $server_major or newer"
    [ "$server_major" -ge 13 ] || refuse "PostgreSQL $server_major is too old: 13 or newer is needed"
}
first_words() { awk 'NF && n++ < 3 { printf "%s%s", (n > 1 ? "; " : ""), $0 }' "$1"; }

# --- names and manifests. One manifest is one JSON document of five lines: version, checksum, what was dumped, details, their checksum.

readonly LABEL='^[0-9]\{8\}T[0-9]\{6\}Z-[0-9a-f]\{6\}$'
is_label() { printf '%s\n' "$1" | grep -q "$LABEL"; }
# What is not plain in a name would be read as something else in a key.
encoded() {
    printf '%s' "$1" | od -An -v -tx1 | tr -s ' ' '\n' | awk '
        BEGIN { for (i = 0; i < 256; i++) char[sprintf("%02x", i)] = sprintf("%c", i) }
        /../ { c = char[$1]; printf "%s", (c ~ /[A-Za-z0-9_-]/ || (c == "." && n) ? c : "~" $1); n++ }'
}
base_key() { # where the dumps of database $1 are kept
    need S3_PREFIX 'the chart sets it to s3.prefix/NAMESPACE/RELEASE'
    printf '%s/%s' "$S3_PREFIX" "$(encoded "$1")"
}
sha256_of() { sha256sum <"$1" | cut -d ' ' -f 1; }
text_sha256() { printf '%s' "$1" | sha256sum | cut -d ' ' -f 1; }
json_string() { printf '"%s"' "$(printf '%s' "$1" | sed 's/\\/\\\\/g; s/"/\\"/g')"; }

# manifest_read FILE LABEL: sets what a restore and the retention need of it; false, with the reason in $problem, if it cannot be trusted.
manifest_read() {
    problem=''
    mf_dump=$(sed -n 's/^"dump":\(.*\),$/\1/p' "$1")
    mf_details=$(sed -n 's/^"details":\(.*\),$/\1/p' "$1")
    if ! grep -q '^"version":1,$' "$1"; then
        problem='its manifest is of no version that this chart reads'
    elif [ "\"sha256\":\"$(text_sha256 "$mf_dump")\"," != "$(sed -n 2,3p "$1" | grep '^"sha256":' || :)" ] ||
        [ "\"detailsSha256\":\"$(text_sha256 "$mf_details")\"" != "$(grep '^"detailsSha256":' "$1" || :)" ]; then
        problem='its manifest was altered: the checksum in it does not fit'
    elif ! pg -F "$tab" -v file="$1" -f "$sql/manifest.sql" >"$work/manifest.values" 2>"$work/psql.err"; then
        problem="its manifest cannot be read: $(first_words "$work/psql.err")"
    else
        # shellcheck disable=SC2034 # likewise
        IFS=$tab read -r mf_label mf_key mf_sha mf_size mf_globals_key mf_globals_sha mf_globals_size mf_server_num mf_system mf_globals mf_tool \
            <"$work/manifest.values"
        [ "$mf_label" = "$2" ] || problem="its manifest is that of dump $mf_label"
    fi
    [ -z "$problem" ]
}
# parts_listed FOLDER/ FILE: all parts of the manifest that was read are in the listing FILE of that folder, with their sizes.
parts_listed() {
    for part in "$mf_key$tab$mf_size" "$mf_globals_key$tab$mf_globals_size"; do
        listed=$(awk -F "$tab" -v key="$1${part%%"$tab"*}" '$2 == key { print $1 }' "$2")
        if [ -z "$listed" ]; then
            problem="$1${part%%"$tab"*} is missing"
        elif [ "$listed" != "${part##*"$tab"}" ]; then
            problem="$1${part%%"$tab"*} has $listed bytes, its manifest says ${part##*"$tab"}"
        fi
        [ -z "$problem" ] || return 1
    done
}
