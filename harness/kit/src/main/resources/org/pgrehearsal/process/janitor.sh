# Cleans up after a run: sh janitor.sh WORK COOKIE keep|remove
# Waits until the other end of standard input is closed, which happens when the run ends or dies. Then ends the processes that
# the run started (by process id and start time, or by the cookie in their environment; never by name) and removes WORK.
work=$1 cookie=$2 fate=$3
trap '' INT TERM HUP
while read -r _; do :; done

# the start time (22nd field) guards against a process id that was used again; the name in parentheses may hold spaces
start_time() {
    { read -r stat <"/proc/$1/stat"; } 2>/dev/null || return 1
    # shellcheck disable=SC2086
    set -- ${stat##*) }
    echo "${20}"
}
noted() {
    while read -r pid started; do
        [ "$(start_time "$pid")" = "$started" ] && echo "$pid"
    done <"$work/processes"
}
marked() {
    grep -lazsF "REHEARSE_COOKIE=$cookie" /proc/[0-9]*/environ 2>/dev/null | cut -d/ -f3
}

# QUIT first: the immediate shutdown of PostgreSQL, which takes its children and its shared memory with it
signal=QUIT
for turn in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    found=
    for pid in $(noted) $(marked); do
        [ "$pid" = $$ ] && continue
        found=yes
        kill -s $signal "$pid" 2>/dev/null
    done
    [ -z "$found" ] && break
    sleep 0.1
    [ "$turn" = 3 ] && signal=KILL
done
[ "$fate" = remove ] && rm -rf -- "$work"
exit 0
