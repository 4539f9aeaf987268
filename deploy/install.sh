#!/bin/sh
# Installs what Kontor needs from the system's packages; what is there already is left alone.
#
#   deploy/install.sh            what `kontor dev` needs: PostgreSQL
#   deploy/install.sh test       also what the tests use: Redis, nginx, Python with venv
#   deploy/install.sh browser    also a Chromium for the end-to-end tests
#
# Debian and Ubuntu, as root or with sudo. Elsewhere it says what is missing.
set -eu

has() {
    command -v "$1" >/dev/null 2>&1 || [ -x "/usr/sbin/$1" ]
}

has_postgresql() {
    [ -n "${KONTOR_POSTGRES_BIN:-}" ] && return 0
    for bin in /usr/lib/postgresql/*/bin; do
        version=${bin%/bin}
        version=${version##*/}
        if [ -x "$bin/initdb" ] && [ "$version" -ge 15 ] 2>/dev/null; then return 0; fi
    done
    has initdb && has postgres && has psql
}

# The module is there without the package, but makes no environment that has pip.
has_python_venv() {
    has python3 && python3 -c "import ensurepip, venv" 2>/dev/null
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif has sudo; then
        sudo "$@"
    else
        echo "deploy/install.sh: to install$packages, run it as root or install sudo" >&2
        exit 1
    fi
}

missing() {
    packages=
    has_postgresql || packages="$packages postgresql"
    for set in "$@"; do
        case $set in
        test | browser)
            has redis-server || packages="$packages redis-server"
            has nginx || packages="$packages nginx"
            has_python_venv || packages="$packages python3-venv"
            ;;
        *)
            echo "deploy/install.sh: unknown set '$set' (test, browser)" >&2
            exit 2
            ;;
        esac
        if [ "$set" = browser ]; then
            has chromium || has google-chrome || packages="$packages chromium"
        fi
    done
    echo "$packages"
}

packages=$(missing "$@")
[ -n "$packages" ] || exit 0

if ! has apt-get; then
    echo "deploy/install.sh: please install:$packages" >&2
    exit 1
fi

# Kontor runs private servers, so the packages need not make a cluster of their own or start one.
# Both files are kept as they are if the machine has them.
as_root sh -eu -c '
    export DEBIAN_FRONTEND=noninteractive
    cluster=/etc/postgresql-common/createcluster.conf
    if [ ! -e "$cluster" ]; then
        mkdir -p "${cluster%/*}"
        echo "create_main_cluster = false" >"$cluster"
    fi
    policy=/usr/sbin/policy-rc.d
    if [ ! -e "$policy" ]; then
        printf "#!/bin/sh\nexit 101\n" >"$policy"
        chmod 755 "$policy"
        trap "rm -f $policy" EXIT
    fi
    apt-get update
    # An answer to dpkg: the file written above is kept.
    apt-get install -y --no-install-recommends -o Dpkg::Options::=--force-confold "$@"
' install $packages

packages=$(missing "$@")
if [ -n "$packages" ]; then
    echo "deploy/install.sh: still missing after the installation:$packages" >&2
    exit 1
fi
