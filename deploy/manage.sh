#!/bin/sh
# manage.py of a site (docs/deploy.md, "With systemd"), as the account portal and with its settings:
#   sh /opt/portal/deploy/manage.sh backup /var/backups/portal
set -eu
cd "$(dirname "$0")/.."
[ "$(id -un)" = portal ] || exec runuser -u portal -- sh deploy/manage.sh "$@"
set -a
# shellcheck source=/dev/null
. /etc/portal/portal.env
set +a
exec .venv/bin/python manage.py "$@"
