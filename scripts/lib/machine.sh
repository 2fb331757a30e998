# shellcheck shell=bash
# What this machine has: sourced by rehearse and by the scripts. Only looks, and forks next to nothing: it is on the way of every start.
#
# REHEARSE_PG_BIN  the folder of PostgreSQL's programs, instead of the newest one found
# REHEARSE_CACHE   where set-up keeps what it makes outside the packages (barman-cloud, the tools of the contract tests, logs, locks)

readonly EXIT_MACHINE=69 BARMAN=barman-3.19.1 TOOLS="the tools in lab/tools" JDK_WANTED=25

say() { printf 'rehearse: %s\n' "$*" >&2; }
lacks() { say "$@"; exit "$EXIT_MACHINE"; }

if [[ -z ${REHEARSE_CACHE:-} ]]; then
    # root's home is closed to the user that PostgreSQL runs as
    if ((EUID == 0)); then REHEARSE_CACHE=/var/cache/pgrehearsal; else REHEARSE_CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/pgrehearsal; fi
fi
export REHEARSE_CACHE

# The major version of the JDK in folder $1, 0 if there is none, without starting it.
jdk_major() {
    local line
    [[ -x $1/bin/javac && -r $1/release ]] || { echo 0; return; }
    while IFS= read -r line; do
        if [[ $line =~ ^JAVA_VERSION=\"([0-9]+) ]]; then echo "${BASH_REMATCH[1]}"; return; fi
    done <"$1/release"
    echo 0
}

# Sets and exports JAVA_HOME to the first JDK that is new enough; false if there is none.
find_jdk() {
    local candidate on_path=''
    if on_path=$(command -v javac); then
        on_path=$(readlink -f "$on_path")
        on_path=${on_path%/bin/javac}
    fi
    for candidate in ${JAVA_HOME:+"$JAVA_HOME"} ${on_path:+"$on_path"} "${REHEARSE_JVMS:-/usr/lib/jvm}"/* "${HOME:-}"/.sdkman/candidates/java/*; do
        if (($(jdk_major "$candidate") >= JDK_WANTED)); then
            export JAVA_HOME=$candidate
            return
        fi
    done
    return 1
}

# Sets PG_BIN to the folder of PostgreSQL's programs, by the same rule as the Toolbox of the harness; false if there is none.
find_postgres() {
    local candidate newest=0
    PG_BIN=${REHEARSE_PG_BIN:-}
    if [[ -z $PG_BIN ]]; then
        for candidate in /usr/lib/postgresql/*/bin; do
            candidate=${candidate#/usr/lib/postgresql/}
            candidate=${candidate%/bin}
            if [[ $candidate =~ ^[0-9]+$ && -x /usr/lib/postgresql/$candidate/bin/initdb ]] && ((candidate > newest)); then newest=$candidate; fi
        done
        if ((newest)); then
            PG_BIN=/usr/lib/postgresql/$newest/bin
        elif candidate=$(command -v initdb); then
            PG_BIN=${candidate%/initdb}
        fi
    fi
    [[ -x $PG_BIN/initdb && -x $PG_BIN/postgres && -x $PG_BIN/pg_dump ]]
}

# The copy of the requirements beside the programs is made last, so it says that the installation was finished.
has_barman() {
    local made=$REHEARSE_CACHE/$BARMAN/requirements.txt wanted=$ROOT/scripts/barman-requirements.txt
    [[ -x $REHEARSE_CACHE/$BARMAN/bin/barman-cloud-backup && -r $made && $(<"$made") == "$(<"$wanted")" ]]
}

# Whether an engine answers to this user. A running one is used as it is.
has_docker() { docker version --format '{{.Server.Version}}' >/dev/null 2>&1; }

# Whether images can be pulled: as the harness finds it out. REHEARSE_IMAGES=pulled or built says it instead.
can_pull() {
    case ${REHEARSE_IMAGES:-} in
        pulled) return 0 ;;
        built) return 1 ;;
    esac
    timeout 4 bash -c '</dev/tcp/registry-1.docker.io/443' 2>/dev/null
}

# What Testcontainers reads from nowhere else: it would pull images of its own to clean up, to try mounts and to find this machine with.
export TESTCONTAINERS_RYUK_DISABLED=true TESTCONTAINERS_CHECKS_DISABLE=true
: "${TESTCONTAINERS_HOST_OVERRIDE:=localhost}"
export TESTCONTAINERS_HOST_OVERRIDE

# Fills MISSING with what is not there for $1: build, drills or k3s (and all that build needs), or tests (and all that drills need).
look_for() {
    MISSING=()
    find_jdk || MISSING+=("JDK")
    command -v mvn >/dev/null || MISSING+=("Maven")
    [[ $1 != build ]] || return 0
    if [[ $1 == k3s ]]; then
        look_for_k3s
        return
    fi
    find_postgres || MISSING+=("PostgreSQL")
    command -v pgbackrest >/dev/null || MISSING+=("pgBackRest")
    has_barman || MISSING+=("barman-cloud")
    [[ $1 != drills ]] || return 0
    command -v chromium >/dev/null || MISSING+=("chromium")
    command -v chromedriver >/dev/null || MISSING+=("chromium-driver")
    local program
    for program in shellcheck git rclone busybox jq; do command -v "$program" >/dev/null || MISSING+=("$program"); done
    command -v age-keygen >/dev/null || MISSING+=("age")
    [[ -x /usr/bin/aws ]] || MISSING+=("awscli") # Debian's own: another one on PATH may need what is not there in a bare environment
    "$ROOT/scripts/tools" --check || MISSING+=("$TOOLS")
}

look_for_k3s() {
    local program
    has_docker || MISSING+=("Docker engine")
    command -v git >/dev/null || MISSING+=("git")
    command -v age-keygen >/dev/null || MISSING+=("age")
    "$ROOT/scripts/tools" --check || MISSING+=("$TOOLS")
    can_pull && return
    for program in mmdebstrap clang cmake pkg-config; do command -v "$program" >/dev/null || MISSING+=("$program"); done
    command -v protoc >/dev/null || MISSING+=("protobuf-compiler")
}

# One line for all that goes into the program: sources, their sizes and their times. Catches old files copied in and files taken away.
fingerprint() {
    local hash
    read -r hash _ < <(cd "$ROOT" && find pom.xml .mvn features harness/*/pom.xml harness/*/src/main -type f -printf '%p %s %T@\n' 2>/dev/null | LC_ALL=C sort | sha256sum)
    echo "${hash:0:16}"
}

# How Java runs: little to warm up, and much beside it on the same cores, so the optimising compiler (tier 4) takes only what is hot for long.
# The cache of loaded classes is made with the same flags.
# shellcheck disable=SC2034 # used by those that source this
readonly JAVA_FLAGS=(-XX:+UseSerialGC -XX:Tier4InvocationThreshold=15000 -XX:Tier4MinInvocationThreshold=3000 -XX:Tier4CompileThreshold=30000
    -XX:Tier4BackEdgeThreshold=120000 -Xlog:disable '-Xlog:all=error,aot*=off:stderr')
