"""An attempt fails for a reason that fits the way it was made; what shows it is a picture, sound, film or PDF; a closed docket
says how its documents are answered."""

import pytest

from casework import services as dockets
from casework.models import Evidence
from core.errors import RuleBroken
from notices import selectors, services
from notices.forms import FailForm, SupersedeForm
from notices.models import Failure, Method, Service
from notices.service_rules import FAILURES
from tests.notices.serving import direct, scan

pytestmark = pytest.mark.django_db


def fields(act) -> str | None:
    with pytest.raises(RuleBroken) as refusal:
        act()
    return refusal.value.field


@pytest.mark.parametrize(
    ("method", "failure"),
    [
        (Method.DIRECT, Failure.RETURNED), (Method.LEFT, Failure.BOUNCED), (Method.POST, Failure.BOUNCED),
        (Method.ELECTRONIC, Failure.NOBODY), (Method.PUBLIC, Failure.RETURNED),
    ],
)  # fmt: skip
def test_a_reason_that_does_not_fit_the_way_is_refused_at_its_field(printed, case_officer, method, failure):
    assert fields(lambda: services.record_attempt(notice=printed, method=method, failure=failure, by=case_officer)) == (
        "failure"
    )
    assert not Service.objects.exists()


@pytest.mark.parametrize("method", Method.values)
def test_every_way_knows_another_reason(method):
    assert Failure.OTHER in FAILURES[method]


def test_only_fitting_reasons_are_offered_of_what_was_under_way(printed, case_officer):
    service = services.record_service(notice=printed, method=Method.POST, tracking_number="EMS1", by=case_officer)
    offered = [code for code, _label in FailForm(service=service).fields["failure"].choices]
    assert Failure.RETURNED in offered
    assert Failure.BOUNCED not in offered


def test_a_text_file_shows_no_attempt(printed, case_officer, outsider, log_in):
    given = {"notice": printed, "method": Method.DIRECT, "failure": Failure.NOBODY, "by": case_officer}
    text = scan("照片.txt", "门锁着".encode())
    assert fields(lambda: services.record_attempt(record_file=text, **given)) == "record_file"
    assert not Evidence.objects.exists()
    assert services.record_attempt(record_file=scan("照片.pdf"), **given).record is not None
    assert log_in(outsider).get(f"/documents/{printed.pk}/attempt/").status_code == 404


def test_on_a_closed_docket_the_way_to_another_notice_is_named(printed, case_officer):
    direct(printed, case_officer)
    dockets.close_docket(printed.docket, by=case_officer)
    printed.refresh_from_db()
    head = selectors.head(printed, case_officer)
    answers = [a for a in [head["primary"], *head["secondary"], *head["more"]] if a and "新文书" in a["label"]]
    assert ["恢复办理" in action["disabled_reason"] for action in answers] == [True]
    with pytest.raises(RuleBroken, match="恢复办理"):
        services.supersede(notice=printed, reason="有误", by=case_officer)


def test_an_order_led_by_its_case_is_offered_to_be_revoked_only(printed, monkeypatch):
    assert len(SupersedeForm(notice=printed).fields["effect"].choices) == 2
    monkeypatch.setattr(type(printed.type), "docket_kinds", None)
    assert [code for code, _label in SupersedeForm(notice=printed).fields["effect"].choices] == ["revokes"]
