"""The package (ZIP) of a case file: the volumes, every original in folders by volume and group, the evidence as it came, the trail, and
SHA256SUMS, which `sha256sum -c` checks anywhere and `manage.py check_case_file` in words.

The trail tells what was thought inside the authority: a package of the 正卷 alone is without it.
"""

import hashlib
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from casework.models import Docket, Evidence
from core import clock
from core.errors import RuleBroken
from notices import trailfile
from notices.archive import Group, Volume
from notices.casefile_pages import Bound

SUMS: Final = "SHA256SUMS"
# Two such parts, a number before and a suffix behind them stay below the 255 bytes that a name may have.
PART_BYTES: Final = 115
BLOCK: Final = 1024 * 1024


def pack(
    path: Path,
    docket: Docket,
    volumes: Sequence[Bound],
    evidence: Sequence[tuple[Group, Evidence]],
    progress: Callable[[int, int], None],
) -> None:
    """Write the package. `progress(done, of)` is told of each piece of evidence. Raises RuleBroken when a file of evidence is not
    what was uploaded."""
    sums: list[str] = []
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _small_files(docket, volumes):
            archive.writestr(zipfile.ZipInfo(name, _moment()), content, zipfile.ZIP_DEFLATED)
            sums.append(f"{hashlib.sha256(content).hexdigest()}  {name}")
        counted = dict.fromkeys(Volume, 0)
        for done, (group, item) in enumerate(evidence, start=1):
            counted[group.volume] += 1  # as the lists of the volume number it
            number = f"{counted[group.volume]:02d}"
            name = f"{_folder(group)}/证据{number}_{safe(item.title)}_{safe_file(item.filename)}"
            _copy(archive, name, item)
            sums.append(f"{item.sha256}  {name}")
            progress(done, len(evidence))
        archive.writestr(zipfile.ZipInfo(SUMS, _moment()), "\n".join(sums) + "\n")


def _small_files(docket: Docket, volumes: Sequence[Bound]) -> Iterator[tuple[str, bytes]]:
    for volume in volumes:
        yield f"{volume.volume}.pdf", volume.pdf
        for number, piece in enumerate(volume.pieces, start=1):  # as the index numbers them
            if piece.content:
                name = "_".join(filter(None, [f"{number:02d}", safe(piece.title), safe(piece.number)]))
                yield f"{_folder(piece.group)}/{name}.pdf", piece.content
    if Volume.INNER in {volume.volume for volume in volumes}:
        yield "办理记录.jsonl", trailfile.of_docket(docket)
        yield "说明.txt", trailfile.EXPLANATION.encode()
    else:
        yield "说明.txt", trailfile.EXPLANATION_OF_MAIN.encode()


def _folder(group: Group) -> str:
    return f"{group.volume}/{group.position:02d}_{safe(group.title)}"


def _copy(archive: zipfile.ZipFile, name: str, item: Evidence) -> None:
    """Evidence may be large: block by block, checked on the way."""
    digest = hashlib.sha256()
    with (
        item.file.open("rb") as source,
        archive.open(zipfile.ZipInfo(name, _moment()), "w", force_zip64=True) as target,
    ):
        while block := source.read(BLOCK):
            digest.update(block)
            target.write(block)
    if digest.hexdigest() != item.sha256:
        raise RuleBroken(
            _("%(label)s: the stored file does not match its fingerprint any more.") % {"label": item.title}
        )


def _moment() -> tuple[int, int, int, int, int, int]:
    now = clock.local(clock.now())
    return (now.year, now.month, now.day, now.hour, now.minute, now.second)


def safe(name: str, longest: int = PART_BYTES) -> str:
    """A part of a file name that every system can unpack: systems count bytes, and a Chinese character has three."""
    plain = "".join("_" if char in '\\/:*?"<>|' or not char.isprintable() else char for char in name)
    return plain.encode()[:longest].decode(errors="ignore").strip(" .")


def safe_file(name: str) -> str:
    """The same for the name of a file, which keeps its suffix."""
    suffix = safe(Path(name).suffix, 16)
    return f"{safe(Path(name).stem, PART_BYTES - 17)}.{suffix}" if suffix else safe(name)
