"""Enter, change, rename, and change the status of an enterprise."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from core import clock
from core.errors import RuleBroken
from organisation.models import RegionLevel
from registry import services
from registry.editing import Conflict
from registry.models import Enterprise, EnterpriseStatus, FormerName, also_seen, known_as
from tests import factories
from tests.registry.conftest import make_code
from trail.models import Event

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _a_monday():
    with clock.pinned(TODAY):
        yield


def test_an_enterprise_is_entered_with_its_pinyin_and_a_trail_event(case_officer, values):
    enterprise = services.create_enterprise(by=case_officer, values=values)
    assert enterprise.initials == "czcrxtyxgs"
    assert enterprise.pinyin.startswith("changzhouchangrong")
    event = Event.objects.get(subject_type="registry.enterprise", subject_id=str(enterprise.pk))
    assert (event.verb, event.actor_id, event.facts["version"]) == ("registry.enterprise_create", case_officer.pk, 1)
    assert event.facts["after"]["credit_code"] == values["credit_code"]


def test_a_wrong_code_is_refused_at_its_field(case_officer, values):
    with pytest.raises(RuleBroken) as refused:
        services.create_enterprise(by=case_officer, values=values | {"credit_code": "9132O400MA000001XX"})
    assert refused.value.field == "credit_code"
    assert "Character 5" in refused.value.reasons[0]


def test_a_code_is_registered_once(case_officer, values):
    services.create_enterprise(by=case_officer, values=values)
    with pytest.raises(RuleBroken) as refused:
        services.create_enterprise(by=case_officer, values=values | {"name": "别的公司"})
    assert refused.value.field == "credit_code"
    assert "常州长荣稀土有限公司" in refused.value.reasons[0]


def test_the_answer_does_not_name_an_enterprise_of_another_region(case_officer, xuzhou_epb, values):
    hidden = factories.make_enterprise(region=xuzhou_epb.region, credit_code=values["credit_code"], name="徐州秘密公司")
    with pytest.raises(RuleBroken) as refused:
        services.create_enterprise(by=case_officer, values=values)
    assert hidden.name not in refused.value.reasons[0]


def test_the_database_keeps_a_code_once_even_when_two_officers_press_at_once(case_officer, values, monkeypatch):
    services.create_enterprise(by=case_officer, values=values)
    from registry.services import enterprises

    # As if the other's row had come between the question and the insert.
    monkeypatch.setattr(enterprises, "_checked", lambda given, **_more: given)
    with pytest.raises(RuleBroken) as refused:
        services.create_enterprise(by=case_officer, values=values)
    assert refused.value.field == "credit_code"


def test_nobody_enters_an_enterprise_of_another_region(case_officer, xuzhou_epb, values):
    with pytest.raises(RuleBroken) as refused:
        services.create_enterprise(by=case_officer, values=values | {"region": xuzhou_epb.region})
    assert refused.value.field == "region"


@pytest.mark.parametrize(
    "role", ["inspector", "legal_reviewer", "supervisor", "coordinator", "auditor", "sysadmin", "secadmin"]
)
def test_roles_that_only_read_enter_nothing(role, request, values):
    with pytest.raises(PermissionDenied):
        services.create_enterprise(by=request.getfixturevalue(role), values=values)


def test_an_outsider_changes_nothing_even_with_the_right_role(outsider, enterprise):
    with pytest.raises(PermissionDenied):
        services.change_enterprise(enterprise=enterprise, by=outsider, version=1, values={"address": "新址"})


def test_a_head_changes_enterprises_of_the_own_region(head, enterprise):
    changed = services.change_enterprise(enterprise=enterprise, by=head, version=1, values={"address": "新址"})
    assert (changed.address, changed.version) == ("新址", 2)


def test_a_change_of_nothing_leaves_no_trace(case_officer, enterprise):
    services.change_enterprise(
        enterprise=enterprise, by=case_officer, version=1, values={"address": enterprise.address}
    )
    enterprise.refresh_from_db()
    assert enterprise.version == 1
    assert not Event.objects.filter(verb="registry.enterprise_change").exists()


def test_the_second_editor_is_told_who_changed_what_and_nothing_is_written(case_officer, second_officer, enterprise):
    services.change_enterprise(
        enterprise=enterprise, by=case_officer, version=1, values={"address": "甲路1号", "contact_name": "甲"}
    )
    mine = {"address": "乙路2号", "contact_name": "", "contact_phone": "0519-1"}
    with pytest.raises(Conflict) as conflict:
        services.change_enterprise(enterprise=enterprise, by=second_officer, version=1, values=mine)
    assert case_officer.name in conflict.value.reasons[0]
    assert conflict.value.version == 2
    found = {difference.name: difference for difference in conflict.value.differences}
    assert (found["address"].theirs, found["address"].mine) == ("甲路1号", "乙路2号")
    assert {name: difference.changed_by for name, difference in found.items()} == {
        "address": "both",
        "contact_name": "theirs",
        "contact_phone": "mine",
    }
    enterprise.refresh_from_db()
    assert (enterprise.address, enterprise.contact_phone) == ("甲路1号", "")


@pytest.mark.parametrize(("field", "value"), [("name", "新名"), ("status", "closed"), ("kinds", ["mining"])])
def test_a_new_name_or_status_is_no_ordinary_change_and_a_kind_is_one_of_the_list(
    case_officer, enterprise, field, value
):
    with pytest.raises(RuleBroken) as refused:
        services.change_enterprise(enterprise=enterprise, by=case_officer, version=1, values={field: value})
    assert refused.value.field == field


def test_renaming_keeps_the_former_name_with_its_last_day(case_officer, enterprise):
    old = enterprise.name
    renamed = services.rename_enterprise(
        enterprise=enterprise,
        by=case_officer,
        version=1,
        name="常州新名稀土有限公司",
        on=date(2026, 3, 1),
        reason="换照",
    )
    former = FormerName.objects.get(enterprise=enterprise)
    assert (former.name, former.until) == (old, date(2026, 2, 28))
    assert renamed.initials == "czxmxtyxgs"
    assert renamed.name_on(date(2025, 1, 1)) == old
    assert renamed.name_on(date(2026, 3, 1)) == "常州新名稀土有限公司"
    assert Enterprise.objects.filter(known_as(old[:6])).get() == enterprise


def test_two_renamings_give_each_day_its_name(case_officer, enterprise):
    first = enterprise.name
    services.rename_enterprise(
        enterprise=enterprise, by=case_officer, version=1, name="第二名", on=date(2025, 1, 1), reason="换照"
    )
    last = services.rename_enterprise(
        enterprise=enterprise, by=case_officer, version=2, name="第三名", on=date(2026, 1, 1), reason="换照"
    )
    days = (date(2024, 12, 31), date(2025, 1, 1), date(2025, 12, 31), date(2026, 1, 1))
    assert [last.name_on(day) for day in days] == [first, "第二名", "第二名", "第三名"]


def test_a_slip_of_the_pen_leaves_no_former_name(case_officer, enterprise):
    services.rename_enterprise(
        enterprise=enterprise, by=case_officer, version=1, name="正名", on=TODAY, reason="笔误", is_correction=True
    )
    assert not FormerName.objects.exists()
    assert Event.objects.get(verb="registry.enterprise_correct_name").facts["former"] == enterprise.name


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": ""}, "name"),
        ({"reason": " "}, "reason"),
        ({"on": TODAY + timedelta(days=1)}, "on"),
    ],
)
def test_a_half_filled_renaming_is_refused_at_its_field(case_officer, enterprise, given, field):
    facts = {"name": "新名", "on": TODAY, "reason": "换照"} | given
    with pytest.raises(RuleBroken) as refused:
        services.rename_enterprise(enterprise=enterprise, by=case_officer, version=1, **facts)
    assert refused.value.field == field


def test_a_new_name_cannot_be_older_than_the_present_one(case_officer, enterprise):
    services.rename_enterprise(
        enterprise=enterprise, by=case_officer, version=1, name="第二名", on=date(2026, 1, 1), reason="换照"
    )
    with pytest.raises(RuleBroken) as refused:
        services.rename_enterprise(
            enterprise=enterprise, by=case_officer, version=2, name="第三名", on=date(2026, 1, 1), reason="换照"
        )
    assert refused.value.field == "on"


def test_the_status_changes_with_a_reason_and_can_be_put_back(case_officer, enterprise):
    services.change_status(
        enterprise=enterprise, by=case_officer, version=1, status="deregistered", on=TODAY, reason="误"
    )
    back = services.change_status(
        enterprise=enterprise, by=case_officer, version=2, status="operating", on=TODAY, reason="更正：未注销"
    )
    assert back.status == EnterpriseStatus.OPERATING
    reasons = [
        event.facts["reason"] for event in Event.objects.filter(verb="registry.enterprise_status").order_by("id")
    ]
    assert reasons == ["误", "更正：未注销"]


def test_a_status_without_a_reason_is_refused(case_officer, enterprise):
    with pytest.raises(RuleBroken) as refused:
        services.change_status(enterprise=enterprise, by=case_officer, version=1, status="closed", on=TODAY, reason="")
    assert refused.value.field == "reason"


def test_electronic_service_needs_an_address_in_the_verb_and_in_the_database(case_officer, enterprise):
    with pytest.raises(RuleBroken) as refused:
        services.change_enterprise(
            enterprise=enterprise, by=case_officer, version=1, values={"agreed_electronic_service": True}
        )
    assert refused.value.field == "electronic_address"
    with pytest.raises(IntegrityError), transaction.atomic():
        Enterprise.objects.filter(pk=enterprise.pk).update(agreed_electronic_service=True)


def test_d10_registered_capital_is_a_decimal_and_never_negative(case_officer, enterprise):
    services.change_enterprise(
        enterprise=enterprise, by=case_officer, version=1, values={"registered_capital_10k_cny": Decimal("0.1")}
    )
    enterprise.refresh_from_db()
    assert enterprise.registered_capital_10k_cny + Decimal("0.2") == Decimal("0.3")
    with pytest.raises(IntegrityError), transaction.atomic():
        Enterprise.objects.filter(pk=enterprise.pk).update(registered_capital_10k_cny=-1)


class TestWhoSeesWhat:
    """Row by row; nobody sees anything by default (defect D6)."""

    @pytest.mark.parametrize(
        "role", ["case_officer", "inspector", "legal_reviewer", "head", "supervisor", "coordinator"]
    )
    def test_officers_of_the_region_see_it(self, role, request, enterprise):
        viewer = request.getfixturevalue(role)
        assert list(Enterprise.objects.visible_to(viewer)) == [enterprise]

    @pytest.mark.parametrize("role", ["outsider", "auditor", "sysadmin", "secadmin"])
    def test_others_do_not(self, role, request, enterprise):
        assert not Enterprise.objects.visible_to(request.getfixturevalue(role)).exists()

    def test_d6_an_officer_without_a_role_sees_none(self, changzhou_epb, enterprise):
        assert not Enterprise.objects.visible_to(factories.make_officer(department=changzhou_epb)).exists()

    def test_a_closed_account_sees_none(self, case_officer, enterprise):
        case_officer.is_active = False
        assert not Enterprise.objects.visible_to(case_officer).exists()

    def test_a_county_officer_sees_the_county_only(self, synced_roles, changzhou_epb, liyang, enterprise):
        from organisation.roles import CASE_OFFICER

        branch = factories.make_department("320481-EPB", "溧阳分局", liyang, changzhou_epb)
        officer = factories.make_officer(CASE_OFFICER, department=branch)
        local = factories.make_enterprise(region=liyang)
        assert list(Enterprise.objects.visible_to(officer)) == [local]

    def test_parts_of_an_enterprise_are_seen_with_it(self, line, facility, case_officer, outsider):
        from registry.models import Facility, ProcessLine

        for model, row in ((Facility, facility), (ProcessLine, line)):
            assert list(model.objects.visible_to(case_officer)) == [row]
            assert not model.objects.visible_to(outsider).exists()

    def test_an_upper_floor_may_show_an_enterprise_of_a_matter_seen_elsewhere(
        self, outsider, enterprise, facility, monkeypatch
    ):
        from registry.models import Facility, seen

        monkeypatch.setattr(seen, "_more", [])
        also_seen(lambda scope: Enterprise.objects.filter(pk=enterprise.pk).values("pk"))
        assert list(Enterprise.objects.visible_to(outsider)) == [enterprise]
        assert list(Facility.objects.visible_to(outsider)) == [facility]
        assert not Enterprise.objects.in_own_region_of(outsider).exists()

    def test_the_region_of_a_deputy_widens_with_the_delegation(self, outsider, case_officer, enterprise):
        from organisation.models import Delegation, Officer

        Delegation.objects.create(
            principal=case_officer,
            deputy=outsider,
            starts_on=TODAY,
            ends_on=TODAY,
            reason="休假",
            created_by=case_officer,
            created_at=clock.now(),
        )
        deputy = Officer.objects.get(pk=outsider.pk)
        assert list(Enterprise.objects.visible_to(deputy)) == [enterprise]


@pytest.mark.parametrize("typed", ["czcr", "changrong", "长荣", make_code(1)[:8], make_code(1).lower(), " 长 荣 "])
def test_an_enterprise_is_found_by_name_code_and_pinyin(case_officer, values, typed):
    enterprise = services.create_enterprise(by=case_officer, values=values)
    factories.make_enterprise(name="徐州别家", region=factories.make_region("320300", "徐州市", RegionLevel.CITY))
    assert list(Enterprise.objects.filter(known_as(typed))) == [enterprise]


def test_kinds_are_found_whole(enterprise):
    Enterprise.objects.filter(pk=enterprise.pk).update(kinds=["materials"])
    assert Enterprise.objects.of_kind("materials").exists()
    assert not Enterprise.objects.of_kind("material").exists()
