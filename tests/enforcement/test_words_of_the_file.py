"""Official words: 案由 is a sentence without slashes, the cover says the result, the closing leaf counts each piece once."""

import pytest

from casework.models import Violation
from core import clock
from enforcement.rectification import docket_kind
from notices import casefile_pages
from notices.archive import Volume
from tests.plugins.matters import DAY, close, reinspect

pytestmark = [pytest.mark.django_db, pytest.mark.pdf]


def test_every_violation_has_a_cause_in_official_words(statute_book):
    causes = {violation.code: violation.cause_of_matter for violation in Violation.objects.all()}
    assert len(causes) > 30
    for code, words in causes.items():
        assert words.startswith("涉嫌"), code
        assert words.endswith("案"), code
        assert not set("/;；(（") & set(words), code


def test_a_violation_the_table_has_no_words_for_is_named_without_slashes():
    assert Violation(name="超标/超总量；未报告").cause_of_matter == "涉嫌超标、超总量、未报告案"


def test_what_was_done_is_told_in_the_words_of_the_cause():
    short = Violation(name="未验先投/三同时不落实", cause="涉嫌违反建设项目环境保护设施“三同时”规定案")
    assert short.act == "违反建设项目环境保护设施“三同时”规定"
    assert Violation(name="超标/超总量").act == "超标、超总量"


def test_the_case_is_called_by_its_cause(case):
    assert case.docket.title == "涉嫌未按照排污许可证规定运行污染防治设施案"


def test_the_cover_says_how_it_ended(served, inspector, case_officer, head):
    assert docket_kind.result(served.docket).endswith("尚在办理")
    case = reinspect(served, inspector, case_officer, done=True)
    closed = close(case, officer=case_officer, head=head)
    cover = casefile_pages._cover_context(closed.docket, Volume.MAIN, 9)
    assert cover["result"] == f"责令改正违法行为（{served.order.number}），经复查已改正，予以结案"


def test_what_goes_to_the_legal_reviewer_first_says_so(signed, case_officer, log_in):
    with clock.pinned(DAY):
        assert signed.order.submit_label == "提交法制审核"
        assert "提交审批" not in log_in(case_officer).get(signed.get_absolute_url()).content.decode()


def test_the_head_states_that_he_approves(submitted, legal_reviewer, head, log_in):
    from enforcement.rectification import services as cases

    with clock.pinned(DAY):
        cases.agree(case=submitted, opinion="同意", by=legal_reviewer)
        page = log_in(head).get(f"/cases/{submitted.pk}/step/approve/").content.decode()
    assert "同意制发" in page
    assert "确认属实" not in page
