#!/usr/bin/env bash
# Fills the Secrets that the chart made empty: passwords, and the certificate between the backup jobs and the database. A key that has
# a value keeps it. May read and patch these Secrets by name and nothing else.
set -euo pipefail
# shellcheck source=charts/postgresql-pgbackrest/files/lib.sh
. "${0%/*}/lib.sh"

: "${API:=https://kubernetes.default.svc}" "${ACCOUNT:=/var/run/secrets/kubernetes.io/serviceaccount}" "${NAMESPACE:?}"
umask 077
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

api() { # METHOD SECRET [CURL ARGUMENT...]: the token comes by a file, not on the command line
    printf 'header = "Authorization: Bearer %s"\n' "$(<"$ACCOUNT/token")" >"$work/token"
    curl --silent --show-error --fail --retry 5 --retry-connrefused --cacert "$ACCOUNT/ca.crt" --config "$work/token" --request "$1" "${@:3}" \
        "$API/api/v1/namespaces/$NAMESPACE/secrets/$2"
}
has() { jq -e --arg key "$2" '(.data // {})[$key] // "" | length > 0' "$1" >/dev/null; }
patch() { # SECRET KEY=FILE...
    local pair
    echo '{"data":{}}' >"$work/patch"
    for pair in "${@:2}"; do
        base64 -w0 "${pair#*=}" >"$work/value"
        jq --arg key "${pair%%=*}" --rawfile value "$work/value" '.data[$key] = $value' "$work/patch" >"$work/patch.new"
        mv "$work/patch.new" "$work/patch"
    done
    api PATCH "$1" --header 'Content-Type: application/merge-patch+json' --data-binary "@$work/patch" >/dev/null
    say "Secret $1: made ${*:2}" | sed "s|=$work/[^ ]*||g"
}

if [[ -n ${PASSWORD_SECRET:-} ]]; then
    api GET "$PASSWORD_SECRET" >"$work/now"
    missing=()
    for key in $PASSWORD_KEYS; do
        has "$work/now" "$key" && continue
        openssl rand -hex 24 | tr -d '\n' >"$work/$key"
        missing+=("$key=$work/$key")
    done
    if ((${#missing[@]})); then patch "$PASSWORD_SECRET" "${missing[@]}"; fi
fi

if [[ -n ${TLS_SECRET:-} ]]; then
    api GET "$TLS_SECRET" >"$work/now"
    if ! { has "$work/now" ca.crt && has "$work/now" tls.crt && has "$work/now" tls.key; }; then
        curve=(-newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc)
        openssl req -x509 "${curve[@]}" -days 3650 -subj "/CN=$TLS_NAME authority" -keyout "$work/ca.key" -out "$work/ca.crt" 2>/dev/null
        openssl req -x509 "${curve[@]}" -days 3650 -subj "/CN=$TLS_NAME" -CA "$work/ca.crt" -CAkey "$work/ca.key" -keyout "$work/tls.key" -out "$work/tls.crt" \
            -addext "subjectAltName=$TLS_HOSTS" -addext basicConstraints=critical,CA:FALSE -addext extendedKeyUsage=serverAuth,clientAuth 2>/dev/null
        patch "$TLS_SECRET" ca.crt="$work/ca.crt" tls.crt="$work/tls.crt" tls.key="$work/tls.key" # the authority's key is forgotten
    fi
fi
