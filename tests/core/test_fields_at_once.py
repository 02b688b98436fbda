"""Everything that is wrong with a form is said together: a day to come and a wrong file beside the empty fields."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from casework.forms import EvidenceForm
from core import clock
from enforcement.leads.forms import ReceiptOfLeadForm
from tests.casework.deadlines.acts import D

pytestmark = pytest.mark.django_db


def test_a_wrong_file_and_a_moment_to_come_are_said_beside_what_is_empty():
    later = clock.local(clock.now()) + timedelta(hours=30)
    file = SimpleUploadedFile("证据.pdf", b"MZ\x90\x00\x03")
    errors = EvidenceForm({"made_at": f"{later:%Y-%m-%dT%H:%M}"}, {"file": file}).errors
    assert "不接收" in errors["file"][0]
    assert len(errors["made_at"]) == 1
    assert errors["title"] == ["请填写名称。"]


def test_a_day_to_come_is_said_beside_a_missing_reason():
    with clock.pinned(D("2026-11-20")):
        errors = ReceiptOfLeadForm({"received_on": "2026-11-21", "reason": ""}).errors
        assert set(errors) == {"received_on", "reason"}
        assert not ReceiptOfLeadForm({"received_on": "2026-11-20", "reason": "登记有误"}).errors
