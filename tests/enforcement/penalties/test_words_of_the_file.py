"""What the cover of the file and the form that closes the case tell of the penalty."""

import pytest

from casework import kinds
from enforcement.penalties import file_words
from enforcement.penalties.models import Penalty

pytestmark = pytest.mark.django_db


def test_the_cover_names_the_decision_beside_the_order(served):
    assert kinds.result_of(served.docket).endswith(f"行政处罚（{served.decision.number}），尚在办理")


def test_what_was_dropped_is_not_told(drafted):
    Penalty.objects.filter(pk=drafted.pk).update(stage="dropped")
    assert file_words.result(drafted.docket) == ""


def test_the_closing_form_tells_what_was_decided_in_capitals(served):
    assert file_words.handling(served.case) == [
        f"2026年9月17日作出《行政处罚决定书》（{served.decision.number}），决定罚款人民币肆万元整，2026年9月18日送达。"
    ]


def test_how_it_ended_stands_among_the_performance(served):
    Penalty.objects.filter(pk=served.pk).update(stage="ended")
    assert file_words.performance(served.case) == ["行政处罚已履行完毕。"]
