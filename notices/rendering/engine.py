"""From final HTML to PDF with WeasyPrint. Import this module only when a PDF is wanted: it loads Pango.

One engine per process: the font map and the parsed style sheet are made once and used for every notice. Fonts are
registered from their files with no copy, in a font map that knows no system font, so that nothing is ever drawn with
a font that is not ours (and the same notice gives the same bytes on every machine).
"""

from __future__ import annotations

import gc
import logging
import os
import re
import threading
import zlib
from pathlib import Path
from typing import Any

import weasyprint
from django.conf import settings
from django.utils.translation import gettext as _
from weasyprint.pdf import pydyf
from weasyprint.text.ffi import ffi, fontconfig, pangoft2
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from . import quick, typesetting
from .coverage import FOLDER, FontFile, font_files
from .errors import MissingImage, RenderingFailed
from .unpacking import unpacked

STYLE = Path(__file__).with_name("notice.css")
EMPTY_FONTCONFIG = FOLDER / "only-ours.conf"
VARIANT = "pdf/a-3b"

# Half the time of zlib's default for 2 % more bytes.
COMPRESSION = 4
# WeasyPrint writes metadata as attributes, with the namespaces on the root; validators as strict as PDFBox Preflight
# want elements, with the namespaces on each description.
DESCRIPTION = re.compile(rb'<rdf:Description rdf:about=""((?: [\w:]+="[^"]*")*) ?(/?)>')
ATTRIBUTE = re.compile(rb' ([\w:]+)="([^"]*)"')
NAMESPACES = (
    b' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"'
    b' xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"'
)
_lock = threading.Lock()
_engine: Engine | None = None


class OwnFonts(FontConfiguration):
    """A font map that holds the bundled fonts and nothing of the system."""

    def __init__(self) -> None:
        before = os.environ.get("FONTCONFIG_FILE")
        os.environ["FONTCONFIG_FILE"] = str(EMPTY_FONTCONFIG)
        try:
            super().__init__()
        finally:
            if before is None:
                del os.environ["FONTCONFIG_FILE"]
            else:
                os.environ["FONTCONFIG_FILE"] = before
        self._added: set[str] = set()
        for font in font_files():
            if not font.rare:
                self.add(font)

    def add(self, font: FontFile) -> None:
        if font.family in self._added:
            return
        path = unpacked(font)
        if not fontconfig.FcConfigAppFontAddFile(self._config, os.fsencode(path)):
            raise RenderingFailed(_("Font file %(name)s cannot be loaded.") % {"name": path.name})
        pangoft2.pango_fc_font_map_config_changed(ffi.cast("PangoFcFontMap *", self.font_map))
        self._added.add(font.family)


class OwnFiles(URLFetcher):
    """Images may come from the project's static folders or be inline; anything else is an error, never a gap."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=("data", "file"), allow_redirects=False, fail_on_errors=True)

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        if url.startswith("file:"):
            path = Path(URLFetcherResponse(url).path or "").resolve()
            if not any(path.is_relative_to(Path(folder).resolve()) for folder in settings.STATICFILES_DIRS):
                raise ValueError(f"outside the folders of a notice: {path}")
        return super().fetch(url, headers)


class UnreadableImages(logging.Handler):
    """WeasyPrint only logs an image it cannot decode, and leaves a gap. Here the log is listened to."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.addresses: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if str(record.msg).startswith("Failed to load image"):
            self.addresses.append(str(record.args[0]) if isinstance(record.args, tuple) and record.args else "?")


class Engine:
    def __init__(self) -> None:
        self.pid = os.getpid()
        self.unreadable = UnreadableImages()
        logging.getLogger("weasyprint").addHandler(self.unreadable)
        typesetting.install()
        quick.install()
        self.fetcher = OwnFiles()
        self.fonts = OwnFonts()
        self.style = weasyprint.CSS(filename=STYLE, font_config=self.fonts, url_fetcher=self.fetcher)

    def pdf(self, html: str, rare: list[FontFile]) -> tuple[bytes, int]:
        """PDF bytes and number of pages."""
        for font in rare:
            self.fonts.add(font)
        self.unreadable.addresses.clear()
        try:
            document = quick.NoticeHTML(string=html, base_url=_base_url(), url_fetcher=self.fetcher).render(
                font_config=self.fonts, stylesheets=[self.style], pdf_variant=VARIANT, pdf_tags=True
            )
            if self.unreadable.addresses:
                raise MissingImage(self.unreadable.addresses[0][:120])
            pdf = document.write_pdf(pdf_variant=VARIANT, pdf_tags=True, pdf_identifier=True, finisher=_pack)
            return pdf, len(document.pages)
        except FatalURLFetchingError as error:  # derives from BaseException
            raise MissingImage(str(error).removeprefix("Error fetching ").strip('"')) from error


def _pack(document: Any, pdf: Any) -> None:
    """Compress every stream and write every object once, here.

    Left to itself the writer does both twice, at zlib's slowest level: for the file identifier and for the file.
    """
    for place, item in enumerate(pdf.objects):
        if item.free == "f":
            continue
        if isinstance(item, pydyf.Stream):
            plain = b"\n".join(part if isinstance(part, bytes) else pydyf._to_bytes(part) for part in item.stream)
            if item.extra.get("Type") == "/Metadata":
                # Left readable for archive tools that look for it without unpacking.
                item.stream = [DESCRIPTION.sub(_written_out, plain)]
            elif item.compress:
                item.stream = [zlib.compress(plain, COMPRESSION)]
                item.extra["Filter"] = "/FlateDecode"
            item.compress = False
        pdf.objects[place] = Written(item)


def _written_out(description: re.Match[bytes]) -> bytes:
    """A description of the metadata with elements in place of attributes."""
    attributes, empty = description.groups()
    elements = ATTRIBUTE.sub(rb"<\1>\2</\1>", attributes)
    return b'<rdf:Description rdf:about=""' + NAMESPACES + b">" + elements + (b"</rdf:Description>" if empty else b"")


class Written(pydyf.Object):
    """A PDF object whose bytes are known."""

    data = b""
    compressible = False

    def __init__(self, item: Any) -> None:
        super().__init__()
        self.number = item.number
        self.data = item.data
        self.compressible = item.compressible


def _base_url() -> str:
    return Path(settings.STATICFILES_DIRS[0]).as_uri() + "/"


def pdf_of(html: str, rare: list[FontFile]) -> tuple[bytes, int]:
    """Draw ``html`` with this process's engine. A forked worker makes its own: font maps do not survive a fork."""
    global _engine
    with _lock:
        if _engine is None or _engine.pid != os.getpid():
            _engine = Engine()
        collecting = gc.isenabled()
        gc.disable()  # thousands of short-lived boxes: collecting in the middle finds nothing
        try:
            return _engine.pdf(html, rare)
        finally:
            if collecting:
                gc.enable()


logging.getLogger("weasyprint").setLevel(logging.ERROR)
