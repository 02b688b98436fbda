#!/bin/sh
# What must happen once before the processes of a new version start: run it on one machine only.
set -eu
cd "$(dirname "$0")/.."
python=${PYTHON:-python}
"$python" manage.py migrate --noinput
"$python" manage.py load_reference
"$python" manage.py collectstatic --noinput --clear --verbosity 0
"$python" manage.py check --deploy --fail-level WARNING
