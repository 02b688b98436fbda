"""`make translations`: join locale/parts/*.po into the Chinese catalogue, sorted, and compile it.

Where two parts disagree nothing is written and both are named. --remove-parts ends the parts that were joined.
"""

import sys
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parent.parent)

from rareearth import translations  # noqa: E402


def main() -> int:
    catalogue, conflicts = translations.joined()
    for conflict in conflicts:
        print(f"✗ translated differently: {conflict}", file=sys.stderr)
    if conflicts:
        return 1
    parts = sorted(translations.PARTS.glob("*.po"))
    translations.CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(translations.CATALOGUE))
    if "--remove-parts" in sys.argv:
        for part in parts:
            part.unlink()
    translations.compile_if_stale()
    print(f"{len(catalogue)} messages in {translations.CATALOGUE.name}, {len(parts)} parts joined")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
