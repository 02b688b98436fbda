"""`manage.py sample_notice <type> -o out.pdf`: any document with invented content, to look at and to measure."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from notices.rendering import RenderingFailed, render
from notices.rendering.samples import SAMPLES

WATERMARK = "样本"


class Command(BaseCommand):
    help = "Draws a sample of a notice type as PDF, or lists the types."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("type", nargs="?", help="type of document, see --list")
        parser.add_argument("-o", "--output", type=Path, help="PDF file to write (default: <type>.pdf)")
        parser.add_argument("--list", action="store_true", help="list the types")
        parser.add_argument(
            "--watermark", default=WATERMARK, metavar="TEXT", help="text behind each page (default: 样本)"
        )
        parser.add_argument("--no-watermark", action="store_const", const=None, dest="watermark", help="as issued")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["list"]:
            # One write: a reader that takes only the first line (| head -1) must not break the pipe under us.
            self.stdout.write("\n".join(f"{code:22} {sample.label}" for code, sample in SAMPLES.items()))
            return
        code = options["type"]
        if code not in SAMPLES:
            known = ", ".join(SAMPLES)
            if code is None:
                raise CommandError(_("Say which type of document to draw: %(known)s.") % {"known": known})
            raise CommandError(
                _("There is no document type “%(code)s”. Known are: %(known)s.") % {"code": code, "known": known}
            )
        sample = SAMPLES[code]
        try:
            rendered = render(sample.template, sample.context(), watermark=options["watermark"])
        except RenderingFailed as failure:
            raise CommandError(str(failure)) from failure
        target: Path = options["output"] or Path(f"{code}.pdf")
        try:
            target.write_bytes(rendered.pdf)
        except OSError as error:
            raise CommandError(
                _("%(path)s cannot be written: %(reason)s.") % {"path": target, "reason": error.strerror}
            ) from error
        self.stdout.write(
            f"{target}: {sample.label}, {rendered.pages} p., {len(rendered.pdf) / 1000:.1f} kB, sha256 {rendered.sha256}"
        )
