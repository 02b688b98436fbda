"""Uploads are checked by their content: size, true type, fingerprint. A name or a header proves nothing."""

import codecs
import errno
import hashlib
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO, TYPE_CHECKING, Any, Final

import filetype
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from core.errors import RuleBroken

# True type → the endings its name may bear. Nothing that a browser would execute (HTML, SVG, scripts) is here.
ALLOWED: dict[str, tuple[str, ...]] = {
    "application/pdf": (".pdf",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "image/heic": (".heic", ".heif"),
    "image/webp": (".webp",),
    "video/mp4": (".mp4",),
    "video/quicktime": (".mov",),
    "audio/mpeg": (".mp3",),
    "audio/mp4": (".m4a",),
    "audio/x-wav": (".wav",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (".docx",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (".xlsx",),
    "application/zip": (".zip",),
    "text/plain": (".txt", ".csv"),
}
# For the browser's choice of files and the line under a field.
ACCEPT: Final = ",".join(ending for endings in ALLOWED.values() for ending in endings)
if TYPE_CHECKING:
    Upload = UploadedFile[Any]
else:
    Upload = UploadedFile
HEAD: Final = 8192  # bytes that show what a file is
OFFICE: Final = "application/vnd.openxmlformats-officedocument."
CONTENTS: Final = "[Content_Types].xml"
# What it says of the main part (ECMA-376, part 2, §7.2.3) → the folder of the parts, the media type.
MAIN_PARTS: Final = {
    f"{OFFICE}wordprocessingml.document.main+xml": ("word/", f"{OFFICE}wordprocessingml.document"),
    f"{OFFICE}spreadsheetml.sheet.main+xml": ("xl/", f"{OFFICE}spreadsheetml.sheet"),
}
LARGEST_DIRECTORY: Final = 1024 * 1024  # bytes of a ZIP's directory: ten thousand parts, far more than a document has
# Everything that reading a ZIP nobody vouches for may raise: each number in it may be any (a place before the file's beginning,
# a part larger than the memory), each name may be no text, each part locked or packed in a way that is not known.
_DAMAGED_ZIP: Final = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    EOFError,
    KeyError,
    MemoryError,
    OverflowError,
    RuntimeError,  # NotImplementedError is one
    ValueError,  # UnicodeDecodeError is one
)
# A place in the file that no file has is refused by the system (EINVAL), or by Python without a number.
_NO_SUCH_PLACE: Final = {None, errno.EINVAL}
# How Office files are packed. The others are not even tried: what unpacks them has errors and appetites of its own.
PACKED_BY: Final = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
ALIASES = {"audio/m4a": "audio/mp4", "image/heif": "image/heic"}


class DamagedZip(Exception):
    """The ZIP cannot be read for what stands in it."""


@contextmanager
def reading_zip() -> Iterator[None]:
    """DamagedZip for whatever the bytes of a ZIP nobody vouches for bring about; a disk that fails stays an error of its own."""
    try:
        yield
    except _DAMAGED_ZIP as error:
        raise DamagedZip from error
    except OSError as error:
        if error.errno not in _NO_SUCH_PLACE:
            raise
        raise DamagedZip from error


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """What an upload really is."""

    name: str
    media_type: str
    size_bytes: int
    sha256: str


class LimitedUpload(FileUploadHandler):
    """Drops a file that is larger than allowed before it fills the disk; the rest of the form is read all the same."""

    chunk_size = 256 * 1024

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *args: Any, **kwargs: Any) -> None:
        self.read = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.read = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.read += len(raw_data)
        if self.read > settings.UPLOAD_MAX_BYTES:
            if self.request is not None:
                self.request.upload_too_large = True  # type: ignore[attr-defined]
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


def check(upload: Upload, *, field: str = "file") -> CheckedFile:
    """Read the upload once and say what it is. Raises RuleBroken, in words, for anything that may not be kept."""
    name = PurePath((upload.name or "").replace("\\", "/")).name[:200]
    size, content = upload.size or 0, upload.file
    if size == 0 or content is None:
        raise RuleBroken(_("The file is empty."), field=field)
    if size > settings.UPLOAD_MAX_BYTES:
        raise RuleBroken(too_large(), field=field)
    media_type = sniff(content)
    ending = PurePath(name).suffix.lower()
    if media_type not in ALLOWED:
        raise RuleBroken(
            _("Files of this type are not accepted. Accepted: PDF, pictures, video, audio, Word, Excel, ZIP, text."),
            field=field,
        )
    if ending not in ALLOWED[media_type]:
        raise RuleBroken(
            _("The name says “%(ending)s”, but the content is %(type)s. Rename the file to what it is.")
            % {"ending": ending or "?", "type": media_type},
            field=field,
        )
    return CheckedFile(name=name, media_type=media_type, size_bytes=size, sha256=fingerprint(content))


def too_large() -> str:
    return _("The file is larger than the %(limit)s allowed.") % {"limit": filesizeformat(settings.UPLOAD_MAX_BYTES)}


def too_large_together() -> str:
    """What is sent at once passes the proxy only up to little more than the largest file."""
    return _("The files together are larger than the %(limit)s allowed.") % {
        "limit": filesizeformat(settings.UPLOAD_MAX_BYTES)
    }


def sniff(file: IO[bytes]) -> str:
    """The media type that the bytes prove; "application/octet-stream" when they prove none."""
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    kind = filetype.guess(head)
    if kind is not None and (kind.mime == "application/zip" or kind.mime.startswith(OFFICE)):
        return _kind_of_zip(file)
    if kind is not None:
        return str(ALIASES.get(kind.mime, kind.mime))
    return "text/plain" if _is_plain_text(head) else "application/octet-stream"


def _kind_of_zip(file: IO[bytes]) -> str:
    """Word, Excel or merely a ZIP, by the list of contents that every Office file has somewhere: the programs put their parts
    in different orders. The file stands at its start again afterwards."""
    try:
        with reading_zip():
            if _directory_size(file) > LARGEST_DIRECTORY:
                return "application/zip"
            with zipfile.ZipFile(file) as archive:
                names = archive.namelist()
                if archive.getinfo(CONTENTS).compress_type not in PACKED_BY:
                    return "application/zip"
                with archive.open(CONTENTS) as part:
                    contents = part.read(LARGEST_DIRECTORY).decode("utf-8", "replace")
    except DamagedZip:
        return "application/zip"  # damaged, locked, or no Office file: nothing says more of it
    finally:
        file.seek(0)
    for content_type, (folder, media_type) in MAIN_PARTS.items():
        if f'"{content_type}"' in contents.replace("'", '"') and any(name.startswith(folder) for name in names):
            return media_type
    return "application/zip"


def _directory_size(file: IO[bytes]) -> int:
    """Bytes of the directory of a ZIP, by the record at its end (APPNOTE.TXT, 4.3.16). BadZipFile when there is none."""
    size = file.seek(0, 2)
    file.seek(max(0, size - 65_557))
    tail = file.read()
    place = tail.rfind(b"PK\x05\x06")
    if place < 0:
        raise zipfile.BadZipFile("no end of the directory")
    return int.from_bytes(tail[place + 12 : place + 16], "little")


def _is_plain_text(head: bytes) -> bool:
    """Text in UTF-8 or GB 18030 without markup that a browser would run."""
    if b"\0" in head:
        return False
    for encoding in ("utf-8", "gb18030"):
        try:
            # The last character of a block may be cut.
            text = codecs.getincrementaldecoder(encoding)().decode(head, final=len(head) < HEAD)
        except UnicodeDecodeError:
            continue
        start = text.lstrip("\ufeff \t\r\n").lower()
        return not start.startswith(("<!doctype", "<html", "<svg", "<?xml", "<script", "#!", "mz"))
    return False


def fingerprint(file: IO[bytes]) -> str:
    """SHA-256 of the content, hexadecimal; the file stands at its start again afterwards."""
    file.seek(0)
    digest = hashlib.sha256()
    while block := file.read(1024 * 1024):
        digest.update(block)
    file.seek(0)
    return digest.hexdigest()
