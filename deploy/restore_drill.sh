#!/bin/sh
# Is the backup worth anything? Restores it beside the running site, into a database and a folder of their own, verifies the trail
# there, and throws both away. As root of a site with systemd, for the newest backup or the one named:
#   sh /opt/portal/deploy/restore_drill.sh [/var/backups/portal/portal-20261122-022000.tar]
# Where PostgreSQL is on another machine, PGHOST, PGPORT, PGUSER and PGPASSWORD name who may create a database there.
# Inside a container, with a database already made (docs/deploy.md):  restore_drill.sh --into DATABASE ARCHIVE
set -eu
cd "$(dirname "$0")/.."
[ -x .venv/bin/python ] && python=.venv/bin/python || python=python

fail() {
    echo "✗ $1" >&2
    exit 1
}

# As the portal's account, with its settings: the restore itself.
if [ "${1:-}" = --into ]; then
    [ $# -eq 3 ] || fail "restore_drill.sh --into DATABASE ARCHIVE"
    PORTAL_VAR=$(mktemp -d "${TMPDIR:-/var/tmp}/portal-drill.XXXXXX")
    trap 'rm -rf "$PORTAL_VAR"' EXIT
    trap 'exit 130' HUP INT TERM
    if [ -z "${DATABASE_URL:-}" ] && [ -n "${DATABASE_URL_FILE:-}" ]; then
        DATABASE_URL=$(cat "$DATABASE_URL_FILE") || fail "DATABASE_URL_FILE cannot be read."
    fi
    case ${DATABASE_URL:-} in
        postgres://* | postgresql://*) ;;
        *) fail "The site's DATABASE_URL is not one of PostgreSQL." ;;
    esac
    # The same server, account and options; only the name of the database is another.
    DATABASE_URL=$(DRILL_URL=$DATABASE_URL "$python" -c '
import os, sys, urllib.parse as u
print(u.urlunsplit(u.urlsplit(os.environ["DRILL_URL"])._replace(path="/" + u.quote(sys.argv[1]))))' "$2")
    export PORTAL_VAR DATABASE_URL
    "$python" manage.py restore "$3"
    exit
fi

[ "$(id -u)" = 0 ] || fail "Run it as root: it makes a database and throws it away."
backups=${BACKUPS:-/var/backups/portal}
archive=${1:-$(find "$backups" -maxdepth 1 -name 'portal-*.tar' | sort | tail -n 1)}
[ -f "$archive" ] || fail "There is no backup ${archive:-in $backups}."
archive=$(realpath "$archive")
account=${PORTAL_ACCOUNT:-portal}
database=portal_drill_$(date +%Y%m%d_%H%M%S)_$$

# PostgreSQL's own administrator on this machine, unless PGHOST names another server.
as_postgres() {
    if [ -n "${PGHOST:-}" ]; then "$@"; else (cd / && runuser -u postgres -- "$@"); fi
}

as_postgres createdb "$database" --owner "${DATABASE_OWNER:-portal}" --encoding UTF8 --locale C.UTF-8 --template template0 ||
    fail "The database for the drill could not be made."
trap 'as_postgres dropdb --if-exists --force "$database"' EXIT
trap 'exit 130' HUP INT TERM
# What names the administrator's server must not reach the portal: it has its own address.
runuser -u "$account" -- env -u PGHOST -u PGPORT -u PGUSER -u PGPASSWORD \
    "$python" deploy/with_settings.py sh deploy/restore_drill.sh --into "$database" "$archive" ||
    fail "The drill failed: $archive could not be restored. The site itself was not touched."
echo "✓ $archive can be restored. The drill's database and folder are thrown away; the site was not touched."
