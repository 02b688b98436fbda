"""A case on which records are written, on the day on which they are."""

import io
from datetime import datetime, time
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from casework import evidence
from casework.models import Evidence, EvidenceKind
from core import clock
from notices import services
from notices.models import SiteRecord
from organisation import roles
from organisation.models import Officer
from tests import factories
from tests.enforcement.written import words
from tests.plugins.stories import story


def picture(name: str) -> SimpleUploadedFile:
    file = io.BytesIO()
    Image.new("RGB", (320, 240), "steelblue").save(file, "PNG")
    return SimpleUploadedFile(name, file.getvalue(), "image/png")


@pytest.fixture
def that_day():
    """Time stands at noon of the day the records tell of."""
    with clock.pinned(datetime.combine(words.DAY, time(12), clock.SHANGHAI)):
        yield


@story
def questioned(case, case_officer, second_officer) -> SiteRecord:
    """A complete record of questioning, not drawn yet."""
    with clock.pinned(datetime.combine(words.DAY, time(12), clock.SHANGHAI)):
        return services.write_record(
            kind="questioning",
            docket=case.docket,
            content=words.questioning(case_officer, second_officer),
            by=case_officer,
        )


@story
def clerk(synced_roles, changzhou_epb) -> Officer:
    """A second legal reviewer, who writes at hearings."""
    return factories.make_officer(roles.LEGAL_REVIEWER, department=changzhou_epb, name="许测试", username="jilu")


@story
def photograph(case, case_officer) -> Evidence:
    with clock.pinned(datetime.combine(words.DAY, time(10), clock.SHANGHAI)):
        return evidence.add(
            docket=case.docket, upload=picture("现场.png"), kind=EvidenceKind.AUDIOVISUAL, title="污水站现场照片",
            proves="水泵停止运行", made_by="王测试", made_at=clock.now(), place="污水站", by=case_officer,
        )  # fmt: skip


@pytest.fixture
def write(case, case_officer, second_officer, legal_reviewer, clerk, photograph, that_day):
    """Completes a record of any kind, each by who may: `write("sampling", place="…")`."""

    def written(kind: str, *, corrects: SiteRecord | None = None, reason: str = "", **more: Any) -> SiteRecord:
        content = content_of(kind, **more)
        by = legal_reviewer if kind.startswith("hearing") else case_officer
        return services.write_record(
            kind=kind, docket=case.docket, content=content, by=by, corrects=corrects, reason=reason
        )

    def content_of(kind: str, **more: Any) -> dict[str, Any]:
        people = (case_officer, second_officer)
        if kind == "hearing_record":
            people = (legal_reviewer, clerk, case_officer, second_officer)
        elif kind == "hearing_report":
            people = (legal_reviewer, clerk)
        elif kind == "photographs":
            more = {"evidence": [str(photograph.pk)]} | more
        return {**getattr(words, kind)(*people), **more}

    written.content_of = content_of
    return written
