"""现场照片（图片、影像资料）证据 (XCZP): pictures of the file on paper, each with who took it, when, where, and what it proves."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Final

from django import forms
from django.core.files.storage import default_storage
from django.db.models import QuerySet
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from casework import origins
from casework.models import Docket, Evidence
from core.errors import Fault
from enforcement.rectification.written import people, rules
from enforcement.rectification.written.fields import OfficersForm, day, text
from notices.casefile_evidence import PICTURES, picture_in
from notices.records import RecordKind

MOST: Final = 8  # of one record: more of them are another record
WIDEST_PX: Final = 1200  # 200 dots per inch on the 156 mm of the type area
FILMS: Final = ("video/", "audio/")


def offered(docket: Docket) -> QuerySet[Evidence]:
    """Pictures, films and sound of the matter and of what it came from."""
    fitting = [
        item.pk for item in origins.evidence(docket) if item.media_type in PICTURES or item.media_type.startswith(FILMS)
    ]
    return Evidence.objects.filter(pk__in=fitting).order_by("made_at", "pk")


class ChosenEvidence(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.title}（{obj.filename}）"


class PhotographsForm(OfficersForm):
    on = day(_("Day of the record"))
    evidence = ChosenEvidence(
        Evidence.objects.none(),
        label=_("Photographs, films and sound on file"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Time, place, maker and what it proves come from the evidence. Pictures are printed."),
    )
    notes = text(_("Remark"), required=False)
    field_order = ["on", "evidence", "officers", "notes"]

    def prepare(self) -> None:
        super().prepare()
        self.fields["evidence"].queryset = offered(self.docket)  # type: ignore[attr-defined]


class Photographs(RecordKind):
    def initial(self, docket: Docket) -> dict[str, Any]:
        pictures = [item.pk for item in offered(docket) if item.media_type in PICTURES]
        return {"officers": people.first_two(docket), "evidence": pictures[:MOST]}

    def validate(self, docket: Docket, values: Mapping[str, Any]) -> Iterator[Fault]:
        yield from rules.of_officers(values.get("officers"), values.get("on"))
        chosen = values.get("evidence")
        if chosen is None:
            return
        if len(chosen) > MOST:
            yield (
                "evidence",
                _now("At most %(limit)s of them in one record: make another for the rest.") % {"limit": MOST},
            )
        for item in chosen:
            if item.media_type in PICTURES and _picture_of(item) is None:
                yield "evidence", _now("“%(title)s” cannot be read as a picture.") % {"title": item.title}

    def context(self, docket: Docket, values: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "on": values["on"],
            "items": [_as_printed(item) for item in values["evidence"]],
            "officers": people.with_certificates(values["officers"]),
            "notes": values["notes"],
        }


def _picture_of(item: Evidence) -> str | None:
    """Its address as paper shows it; None when it cannot be read as a picture, or the store has lost it."""
    name = item.file.name or ""
    return _picture_at(name) if default_storage.exists(name) else None


@lru_cache(maxsize=2 * MOST)
def _picture_at(name: str) -> str | None:
    """Kept for the next preview: a file of the store never changes, and no two bear one name."""
    with default_storage.open(name, "rb") as file:
        return picture_in(file, WIDEST_PX)


def _as_printed(item: Evidence) -> dict[str, Any]:
    address = _picture_of(item) if item.media_type in PICTURES else None
    return {
        "title": item.title,
        "made_at": item.made_at,
        "place": item.place,
        "made_by": item.made_by,
        "proves": item.proves,
        "filename": item.filename,
        "sha256": item.sha256,
        "pictures": [address] if address else [],
    }


KIND = Photographs(
    code="photographs",
    label=_("Photographs of the site"),
    title="现场照片（图片、影像资料）证据",
    template="notices/rectification/photographs.html",
    permission="rectification.handle_case",
    file_order=24,
    signed_by_party=False,
    signed_proves="现场情况",
    basis="行政处罚法第四十六条",
    content_form=PhotographsForm,
    docket_kinds=("rectification",),
)
