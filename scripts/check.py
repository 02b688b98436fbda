"""`make check`, first half: prepare the machine. The second half (checks.py) runs in the virtual environment."""

import os
import sys
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parent.parent)

from scripts import prepare  # noqa: E402

if __name__ == "__main__":
    sys.argv[1:] = ["dev"]
    prepare.main()
    os.chdir(prepare.ROOT)
    os.execv(prepare.VENV_PYTHON, [str(prepare.VENV_PYTHON), "scripts/checks.py"])
