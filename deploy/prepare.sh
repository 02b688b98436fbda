#!/bin/sh
# What must happen once before the processes of a new version start: run it on one machine only. With systemd, as root:
#   runuser -u portal -- python3 deploy/with_settings.py sh deploy/prepare.sh
set -eu
cd "$(dirname "$0")/.."
[ -n "${PYTHON:-}" ] || { [ -x .venv/bin/python ] && PYTHON=.venv/bin/python; } || PYTHON=python
"$PYTHON" manage.py migrate --noinput
"$PYTHON" manage.py load_reference
"$PYTHON" manage.py collectstatic --noinput --clear --verbosity 0
"$PYTHON" manage.py check --deploy --fail-level WARNING
