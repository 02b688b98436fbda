"""`make bench`, first half: prepare the machine. The second half (bench/__main__.py) runs in the virtual environment."""

import os
import sys
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parent.parent)

from scripts import prepare  # noqa: E402

if __name__ == "__main__":
    names = sys.argv[1:]
    sys.argv[1:] = ["dev"]
    prepare.main()
    os.chdir(prepare.ROOT)
    os.execv(prepare.VENV_PYTHON, [str(prepare.VENV_PYTHON), "-m", "bench", *names])
