# Makes the work directory of a run and cleans up after the run: sh -c "$(cat janitor.sh)" janitor WORK COOKIE keep|remove
# Says "ready", then waits for a line on standard input or for its end, which comes when the run dies. Then it ends the processes that the
# run started (by process id and start time, or by the cookie in their environment; never by name), removes WORK, says "swept", and waits for
# the end of standard input: what a dying run still wrote or started in between goes as well.
work=$1 cookie=$2 fate=$3
trap '' INT TERM HUP PIPE

# made by whom removes it: a run that is killed at its very start leaves nothing either
mkdir -m 711 -- "$work" || exit 1
: >"$work/processes" || { rmdir -- "$work"; exit 1; }

# the start time (22nd field) guards against a process id that was used again; the name in parentheses may hold spaces
noted() {
    while read -r pid started; do
        { read -r stat <"/proc/$pid/stat"; } 2>/dev/null || continue
        # shellcheck disable=SC2086
        set -- ${stat##*) }
        [ "$1" != Z ] && [ "${20}" = "$started" ] && echo "$pid"
    done <"$work/processes"
}
marked() {
    grep -lazsF "REHEARSE_COOKIE=$cookie" /proc/[0-9]*/environ | cut -d/ -f3
}

sweep() {
    # QUIT first: the immediate shutdown of PostgreSQL, which takes its children and its shared memory with it
    signal=QUIT turn=0 clean=0
    # twice clean, because a process may be between fork and exec, when it carries no cookie yet
    while [ $clean -lt 2 ] && [ $turn -lt 100 ]; do
        turn=$((turn + 1)) clean=$((clean + 1))
        for pid in $({ [ ! -f "$work/processes" ] || noted; marked; } 2>/dev/null); do
            [ "$pid" = $$ ] && continue
            clean=0
            kill -s $signal "$pid" 2>/dev/null
        done
        [ $turn -lt 30 ] || signal=KILL
        [ $clean -ge 2 ] || sleep 0.1
    done
    [ "$fate" = keep ] || rm -rf -- "$work" 2>/dev/null
}

echo ready
read -r _
sweep
echo swept
while read -r _; do :; done
sweep
exit 0
