#!/usr/bin/env bash
# restore_command: pgbackrest-archive-get.sh own|source FILE DESTINATION
# PostgreSQL takes every exit code from 1 to 125 for "there is no more WAL", ends the recovery there and opens a database from which
# commits are missing. So only a file that is certainly not there may be 1. All else ends recovery with an error; it goes on when the
# container starts again.
set -euo pipefail
# shellcheck source=charts/postgresql-pgbackrest/files/lib.sh
. "${0%/*}/lib.sh"
abort=255

from=$1 file=$2 destination=$3
code=0
reading "$from" pgbackrest archive-get "$file" "$destination" || code=$?
((code == 0)) && exit 0
if ((code != 1)); then
    say "the repository did not answer for $file (pgBackRest error $code); recovery stops here and goes on after a restart"
    exit "$abort"
fi

# It is not there. That is the end only if nothing follows it on its timeline.
[[ $file =~ ^[0-9A-F]{24}$ ]] || exit 1
# shellcheck disable=SC2317 # called by "reading"
last_on_timeline() { # of what the repositories have in the directory of the segment, and of the last that they have at all
    local info repository id
    info=$(repository_info) || return
    jq -r '.[].archive[]?.max // empty' <<<"$info"
    while read -r repository id; do
        pgbackrest repo-ls --repo="$repository" --log-level-console=error "archive/$PGBACKREST_STANZA/$id/${file:0:16}" || return
    done < <(jq -r '.[].archive[]? | "\(.database["repo-key"]) \(.id)"' <<<"$info")
}
last=$(reading "$from" last_on_timeline | { grep -oE "^${file:0:8}[0-9A-F]{16}(-|$)" || true; } | sort | tail -n 1) || {
    say "the repository did not say what follows $file; recovery stops here and goes on after a restart"
    exit "$abort"
}
if [[ -n $last && $file < ${last%-} ]]; then
    say "WAL segment $file is missing from the repository although it holds ${last%-}: commits would be lost without a word." \
        "Recover to a target before this segment, or from another repository"
    exit "$abort"
fi
exit 1
