"""Entering enterprises in the browser: forms that come back, the second editor, the same form twice."""

import uuid

import pytest
from django.urls import reverse

from organisation.models import Officer
from registry import services
from registry.models import Enterprise
from tests import factories
from tests.registry.conftest import make_code
from tests.registry.forms import edit_form, form_of


@pytest.fixture(autouse=True)
def _english_pages(db, case_officer, second_officer, outsider, sysadmin, head, supervisor, auditor):
    Officer.objects.update(language="en")


class TestEntering:
    def test_a_right_form_enters_the_enterprise(self, log_in, case_officer, values):
        response = log_in(case_officer).post(reverse("registry:create"), form_of(values))
        enterprise = Enterprise.objects.get(credit_code=values["credit_code"])
        assert response.url == enterprise.get_absolute_url()

    def test_a_wrong_form_comes_back_with_everything_that_was_typed(self, log_in, case_officer, values):
        typed = form_of(values) | {"credit_code": "9132O400MA00000158", "address": "创新路9号"}
        response = log_in(case_officer).post(reverse("registry:create"), typed)
        page = response.content.decode()
        assert response.status_code == 422
        assert "Character 5 is “O”" in page
        assert "创新路9号" in page
        assert not Enterprise.objects.exists()

    def test_a_forged_region_is_no_choice(self, log_in, case_officer, xuzhou_epb, values):
        response = log_in(case_officer).post(
            reverse("registry:create"), form_of(values) | {"region": xuzhou_epb.region.pk}
        )
        assert response.status_code == 422
        assert not Enterprise.objects.exists()

    def test_d14_the_same_form_twice_acts_once(self, log_in, case_officer, enterprise):
        client = log_in(case_officer)
        address = reverse("registry:add_facility", args=[enterprise.pk])
        typed = {"name": "一厂", "region": enterprise.region_id, "_once": str(uuid.uuid4())}
        first, second = client.post(address, typed), client.post(address, typed)
        assert (first.status_code, second.status_code) == (302, 302)
        assert enterprise.facilities.count() == 1

    def test_the_code_is_checked_while_it_is_typed(self, log_in, case_officer, enterprise, xuzhou_epb):
        client = log_in(case_officer)

        def said(code: str, of: str = "") -> str:
            return client.get(reverse("registry:check_code"), {"credit_code": code, "of": of}).content.decode()

        assert "<mark>O</mark>" in said("9132O400MA00000158")
        assert "The code is correct." in said(make_code(5))
        assert enterprise.name in said(enterprise.credit_code)
        assert "The code is correct." in said(enterprise.credit_code, str(enterprise.pk))
        hidden = factories.make_enterprise(region=xuzhou_epb.region, name="徐州秘密公司")
        assert hidden.name not in said(hidden.credit_code)

    def test_only_those_who_enter_enterprises_may_ask_about_codes(self, log_in, supervisor):
        assert log_in(supervisor).get(reverse("registry:check_code"), {"credit_code": "9"}).status_code == 403

    def test_scripts_in_a_name_stay_text(self, log_in, case_officer, values):
        enterprise = services.create_enterprise(by=case_officer, values=values | {"name": "<script>x</script>"})
        page = log_in(case_officer).get(enterprise.get_absolute_url()).content.decode()
        assert "<script>x" not in page
        assert "&lt;script&gt;x" in page


class TestTwoEditors:
    def test_the_second_is_shown_both_values_and_chooses(self, log_in, case_officer, second_officer, enterprise):
        address = reverse("registry:change", args=[enterprise.pk])
        log_in(case_officer).post(address, edit_form(enterprise, address="甲路", contact_name="甲"))
        second = log_in(second_officer)
        response = second.post(address, edit_form(enterprise, address="乙路", note="乙的备注"))
        page = response.content.decode()
        assert response.status_code == 422
        assert case_officer.name in page
        assert "甲路" in page
        assert "乙路" in page
        choices = {"version": 2, "contested": "address,contact_name,note", "keep_address": "mine"}
        typed = edit_form(enterprise, address="乙路", note="乙的备注") | choices
        assert second.post(address, typed).status_code == 422  # two are still open
        assert second.post(address, typed | {"keep_contact_name": "theirs", "keep_note": "mine"}).status_code == 302
        enterprise.refresh_from_db()
        assert (enterprise.address, enterprise.contact_name, enterprise.note) == ("乙路", "甲", "乙的备注")

    def test_the_others_value_once_chosen_stays_chosen_when_the_form_comes_back(
        self, log_in, case_officer, second_officer, enterprise
    ):
        address = reverse("registry:change", args=[enterprise.pk])
        log_in(case_officer).post(address, edit_form(enterprise, contact_name="甲"))
        second = log_in(second_officer)
        wrong = edit_form(enterprise, contact_name="乙") | {
            "version": 2,
            "contested": "contact_name",
            "keep_contact_name": "theirs",
            "credit_code": "123",
        }
        page = second.post(address, wrong).content.decode()
        assert 'value="甲"' in page
        assert 'value="乙"' not in page

    @pytest.mark.parametrize("version", ["", "abc", "-1", "9" * 30, "１"])
    def test_a_forged_version_overwrites_nothing(self, log_in, case_officer, enterprise, version):
        address = reverse("registry:change", args=[enterprise.pk])
        response = log_in(case_officer).post(address, edit_form(enterprise, address="新址", version=version))
        enterprise.refresh_from_db()
        assert response.status_code == 422
        assert enterprise.address != "新址"

    def test_a_short_form_says_it_too(self, log_in, case_officer, enterprise):
        services.change_enterprise(enterprise=enterprise, by=case_officer, version=1, values={"address": "新址"})
        typed = {"version": 1, "status": "closed", "on": "2026-01-01", "reason": "关闭"}
        response = log_in(case_officer).post(reverse("registry:status", args=[enterprise.pk]), typed)
        assert response.status_code == 422
        assert "after you had opened it" in response.content.decode()
        enterprise.refresh_from_db()
        assert enterprise.status == "operating"
