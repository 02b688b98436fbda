#!/bin/sh
# manage.py of a site (docs/deploy.md, "With systemd"), as the account portal and with its settings:
#   sh /opt/portal/deploy/manage.sh backup /var/backups/portal
set -eu
cd "$(dirname "$0")/.."
if [ "$(id -un)" != portal ]; then
    # Who sits at the console: kept in the trail when an account is restored from here.
    PORTAL_CONSOLE_USER=${SUDO_USER:-$(logname 2>/dev/null || id -un)}
    export PORTAL_CONSOLE_USER
    exec runuser -u portal -- sh deploy/manage.sh "$@"
fi
exec .venv/bin/python deploy/with_settings.py .venv/bin/python manage.py "$@"
