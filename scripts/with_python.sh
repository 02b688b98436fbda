#!/bin/sh
# Run a script with the first Python on this machine that is new enough. PYTHON=/path/to/python chooses one.
set -u
new_enough='import sys; sys.exit(sys.version_info < (3, 11))'
for candidate in ${PYTHON:-} python3 python3.13 python3.12 python3.11 python3.14; do
    if command -v "$candidate" >/dev/null 2>&1 && "$candidate" -c "$new_enough" 2>/dev/null; then
        exec "$candidate" "$@"
    fi
done
if command -v python3 >/dev/null 2>&1; then
    echo "The portal needs Python 3.11 or newer; here is $(python3 --version 2>&1)." >&2
else
    echo "The portal needs Python 3.11 or newer; there is no python3 on the PATH." >&2
fi
echo "On Debian 12 or Ubuntu 24.04: sudo apt-get install -y python3 python3-venv" >&2
echo "With a Python elsewhere:      make run PYTHON=/path/to/python3.12" >&2
exit 1
