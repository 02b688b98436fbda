"""The words of a notice: frame and variable parts to final HTML, for a preview of a draft and for the issue."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _

from core import clock
from core.errors import RuleBroken
from core.labels import in_chinese
from notices import content, rendering
from notices.codes import grouped
from notices.rendering.coverage import fields_with
from notices.rendering.layout import template_sha256

if TYPE_CHECKING:
    from notices.models import Notice

NUMBER_TO_COME = "　"  # where the number will stand


# Behind every page of what is not issued, in production too: nobody takes it for the paper that is.
DRAFT = "草稿"


def watermark() -> str | None:
    """Grey text behind every page outside production; none in production."""
    return "样本" if settings.DEMO else None


def verify_url(code: str) -> str:
    return f"{settings.PORTAL_URL}/v/{grouped(code)}"


@dataclass(frozen=True, slots=True)
class Composed:
    """Final text of a document: everything the PDF shows is in `html`."""

    html: str
    template: str
    template_sha256: str
    title: str


def compose(
    template: str,
    context: Mapping[str, Any],
    places: Callable[[list[str]], list[str]] | None = None,
    *,
    mark: str | None = None,
) -> Composed:
    """Words in, final HTML out. Raises RenderingFailed: a value that is missing, a character no font can draw.

    `places(characters)` names the fields that hold them, as the officer knows them. `mark` is the grey text behind a draft.
    """
    html = rendering.render_html(template, context, watermark=mark or watermark())
    missing = rendering.check_glyphs(html)
    if missing:
        named = places(missing) if places else []
        raise rendering.MissingGlyph(missing, named or fields_with(missing, context))
    return Composed(html, template, template_sha256(template), context["title"])


def _places(notice: "Notice", typed: Mapping[str, Any]) -> Callable[[list[str]], list[str]]:
    """Which fields of the form, or which facts of the register, hold a character: by their labels."""

    def named(characters: list[str]) -> list[str]:
        form = notice.type.form(typed)
        held = {str(field.label): str(typed.get(name, "")) for name, field in form.fields.items()}
        addressee = notice.type.addressee(notice)
        if addressee is not None:
            held |= {
                _("Addressee"): addressee.name,
                _("Address of the addressee"): addressee.address,
                _("Legal representative"): addressee.representative,
            }
        return [label for label, text in held.items() if any(character in text for character in characters)]

    return named


def frame(notice: "Notice", *, number: str, issued_on: date | None, code: str) -> dict[str, Any]:
    """What every notice carries besides its own words."""
    agency = notice.type.agency(notice)
    addressee = notice.type.addressee(notice)
    context: dict[str, Any] = {
        "agency": agency.name_on(issued_on or clock.today()),
        "title": notice.type.title,
        "number": number,
        "issued_on": issued_on,
        "addressee": addressee.name if addressee else None,
        "party": {
            "name": addressee.name,
            "uscc": addressee.credit_code or content.GAP,
            "legal_representative": addressee.representative or content.GAP,
            "address": addressee.address or content.GAP,
        }
        if addressee
        else None,
        "verify": {"code": grouped(code), "url": verify_url(code)} if code else None,
    }
    return context


def draft_html(notice: "Notice", typed: Mapping[str, Any] | None = None) -> str:
    """A draft as it would look, gaps visible, without number. `typed` are the form's words not saved yet.

    Raises RenderingFailed.
    """
    kind = notice.type
    words = typed if typed is not None else notice.content
    values = content.values_with_gaps(kind.form(words))
    agency = kind.agency(notice)
    number = f"{agency.brand}{kind.number_word}〔{clock.today().year}〕{NUMBER_TO_COME}号"
    with in_chinese():
        context = frame(notice, number=number, issued_on=None, code="") | kind.context(notice, values)
    return compose(kind.template, context, _places(notice, words), mark=DRAFT).html


def final(notice: "Notice", *, number: str, issued_on: date, code: str) -> Composed:
    """The document as issued. Raises RenderingFailed; RuleBroken when a part of the content is not valid."""
    kind = notice.type
    form = kind.form(notice.content)
    if not form.is_valid():
        raise RuleBroken(_("The content of the document is not complete."))
    with in_chinese():
        context = frame(notice, number=number, issued_on=issued_on, code=code) | kind.context(
            notice, content.values(form)
        )
    return compose(kind.template, context, _places(notice, notice.content))
