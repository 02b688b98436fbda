"""What is not issued bears 草稿 behind every page, in production too: nobody takes it for the paper that is."""

import pytest

from notices import composing
from notices.models import Notice
from notices.rendering.watermark import watermark_address

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[True, False], ids=["demo", "production"])
def is_demo(request, settings):
    settings.DEMO = request.param
    return request.param


def test_a_draft_bears_its_own_word_in_every_mode(draft, is_demo):
    html = composing.draft_html(draft)
    assert watermark_address("草稿") in html
    assert watermark_address("样本") not in html


def test_an_approved_document_is_still_a_draft_until_it_is_issued(approved, is_demo):
    assert watermark_address("草稿") in composing.draft_html(approved)


def test_what_is_issued_is_no_draft_and_a_sample_outside_production_only(issued, is_demo):
    html = Notice.objects.get(pk=issued.pk).html
    assert watermark_address("草稿") not in html
    final = composing.final(issued, number=issued.number, issued_on=issued.issued_on, code="").html
    assert watermark_address("草稿") not in final
    assert (watermark_address("样本") in final) == is_demo
