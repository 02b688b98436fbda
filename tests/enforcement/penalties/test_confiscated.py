"""What was confiscated in kind: received, sold or destroyed, the proceeds in the treasury (行政处罚法第七十四条)."""

import uuid
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from core.errors import RuleBroken
from enforcement.penalties import confiscations
from enforcement.penalties.models.money import Confiscation
from tests.enforcement.penalties import money
from tests.plugins.matters import drafted_order

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_november")]
RECEIVED = date(2026, 11, 2)


def received(docket, decision, by, **given):
    facts = {"kind": "tools", "name": "萃取槽", "quantity": "2台", "received_on": RECEIVED, "kept_at": "罚没物品仓库"}
    return confiscations.receive(docket=docket, decision=decision, by=by, **facts | given)


@pytest.fixture
def thing(claim, case_officer):
    return received(claim.docket, claim.decision, case_officer, value=Decimal("80000"))


def dispose(thing, by, how="auctioned", *, on=date(2026, 11, 18), **given):
    facts = {"disposal": how, "disposed_on": on, "document": "罚没物品处理记录1号"}
    return confiscations.dispose(confiscation=thing, by=by, **facts | given)


def field_of(verb, *args, **given):
    with pytest.raises(RuleBroken) as refused:
        verb(*args, **given)
    return refused.value.field


def test_what_was_received_is_named_until_it_is_disposed_of(thing, claim, case_officer):
    assert "萃取槽" in confiscations.not_disposed_of(claim.docket)[0]
    dispose(thing, case_officer, proceeds=Decimal("61000"), receipt_number="苏罚0009")
    assert confiscations.not_disposed_of(claim.docket) == []


def test_a_sale_names_its_proceeds_and_the_receipt_of_the_treasury(thing, case_officer):
    assert field_of(dispose, thing, case_officer) == "proceeds"
    assert field_of(dispose, thing, case_officer, proceeds=Decimal(1)) == "receipt_number"
    assert field_of(dispose, thing, case_officer, "destroyed", proceeds=Decimal(1), receipt_number="1") == "proceeds"
    assert dispose(thing, case_officer, "destroyed").proceeds_cny is None


def test_nothing_is_disposed_of_before_it_came_or_in_the_future_or_twice(thing, case_officer):
    for on in (date(2026, 11, 1), date(2026, 11, 21)):
        assert field_of(dispose, thing, case_officer, "destroyed", on=on) == "disposed_on"
    dispose(thing, case_officer, "destroyed")
    assert field_of(dispose, thing, case_officer, "destroyed") is None


def test_only_an_issued_decision_of_the_matter_confiscates(claim, case_officer, case):
    of_another = money.decision_of(case.lead.docket, case_officer, number="常环罚〔2026〕8号")
    draft = case.order or drafted_order(case, case_officer)
    for decision in (of_another, draft):
        assert field_of(received, claim.docket, decision, case_officer) == "decision"
    assert not Confiscation.objects.exists()


def test_a_wrong_entry_is_taken_back_and_stays_on_file(thing, claim, case_officer):
    confiscations.take_back(confiscation=thing, reason="另案物品", by=case_officer)
    assert confiscations.not_disposed_of(claim.docket) == []
    assert Confiscation.objects.get().taken_back_reason == "另案物品"
    assert field_of(dispose, thing, case_officer, "destroyed") is None


def test_nobody_without_the_power_enters_anything(claim, outsider):
    with pytest.raises(PermissionDenied):
        received(claim.docket, claim.decision, outsider)


def test_it_is_entered_and_shown_on_the_page_of_the_case(claim, case_officer, outsider, log_in):
    decision = money.decision_of(claim.docket, case_officer, number="常环罚〔2026〕7号", kind="penalty_decision")
    address = reverse("penalties:receive_confiscated", args=[claim.docket_id])
    fields = {
        "decision": decision.pk, "kind": "products", "name": "氧化镨钕", "quantity": "12.5吨", "value": "",
        "received_on": "2026-11-02", "kept_at": "第三方仓库", "_once": str(uuid.uuid4()),
    }  # fmt: skip
    assert log_in(outsider).post(address, fields).status_code == 404
    client = log_in(case_officer)
    assert client.post(address, fields | {"received_on": "2026-11-30"}).status_code == 422
    assert client.post(address, fields | {"_once": str(uuid.uuid4())}).status_code == 302
    page = client.get(claim.docket.get_absolute_url()).content.decode()
    assert "氧化镨钕 12.5吨" in page
    row = Confiscation.objects.get()
    given = {
        "disposal": "auctioned",
        "disposed_on": "2026-11-18",
        "document": "1号",
        "proceeds": "900000",
        "receipt_number": "9",
    }
    answer = client.post(reverse("penalties:dispose_confiscated", args=[row.pk]), given | {"_once": str(uuid.uuid4())})
    assert answer.status_code == 302
    assert "人民币玖拾万元整" in client.get(claim.docket.get_absolute_url()).content.decode()
