"""What shows a service or an attempt is a picture, sound or film: the verbs refuse another file, whatever form sent it."""

import pytest

from casework import evidence
from casework.models import EvidenceKind
from core import clock
from core.errors import RuleBroken
from notices import services
from notices.models import Failure, Method
from tests.notices.serving import direct, scan

pytestmark = pytest.mark.django_db
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 64


def on_file(notice, by, upload, kind=EvidenceKind.DOCUMENT):
    return evidence.add(
        docket=notice.docket, upload=upload, kind=kind, title="排污许可证", proves="持证情况", made_by="某",
        made_at=clock.now(), place="厂区", by=by,
    )  # fmt: skip


def left(notice, by, **fields):
    return services.record_service(
        notice=notice, method=Method.LEFT, by=by, place="门卫室", refusal_reason="拒收", **fields
    )


def test_a_paper_on_file_does_not_show_that_a_document_was_left(printed, case_officer):
    permit = on_file(printed, case_officer, scan("许可证.pdf"))
    with pytest.raises(RuleBroken, match=r"排污许可证.*不是照片") as refused:
        left(printed, case_officer, record=permit)
    assert refused.value.field == "record"


def test_a_photograph_or_what_was_kept_as_a_recording_does(printed, case_officer):
    photo = on_file(printed, case_officer, scan("留置.jpg", JPEG))
    assert left(printed, case_officer, record=photo).record == photo


def test_a_recording_is_known_by_its_kind_also_as_pdf(printed, case_officer):
    stills = on_file(printed, case_officer, scan("截图.pdf"), EvidenceKind.AUDIOVISUAL)
    assert left(printed, case_officer, record=stills).record == stills


def test_an_attempt_and_a_corrected_record_ask_the_same(printed, case_officer, head):
    permit = on_file(printed, case_officer, scan("许可证.pdf"))
    with pytest.raises(RuleBroken, match="不是照片"):
        services.record_attempt(
            notice=printed, method=Method.DIRECT, failure=Failure.NOBODY, by=case_officer, record=permit
        )
    service = direct(printed, case_officer)
    with pytest.raises(RuleBroken, match="不是照片"):
        services.correct_service(service=service, reason="录错", by=head, record=permit)
