"""The registry in the browser: who may open what, forms that come back, the second editor, the same form twice."""

import uuid
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core import registry as registers
from core.registry import Panel, add_panel
from organisation.models import Officer
from registry import services
from registry.models import Enterprise, EnterpriseGroup, HsCode, ImportRun, ImportState
from registry.services import imports as verbs
from tests import factories
from tests.registry.conftest import make_code, row_of, upload, workbook


@pytest.fixture(autouse=True)
def _english_pages(db, case_officer, second_officer, outsider, sysadmin, head, supervisor, auditor):
    Officer.objects.update(language="en")


def form_of(values: dict) -> dict:
    """Values as a browser sends them."""
    return {
        "credit_code": values["credit_code"],
        "name": values["name"],
        "kinds": values["kinds"],
        "region": values["region"].pk,
    }


def edit_form(enterprise: Enterprise, **changed) -> dict:
    return {
        "version": enterprise.version,
        "credit_code": enterprise.credit_code,
        "kinds": enterprise.kinds or ["materials"],
        "region": enterprise.region_id,
        "address": enterprise.address,
        "legal_representative": enterprise.legal_representative,
    } | changed


class TestWhoOpensWhat:
    @pytest.fixture
    def addresses(self, enterprise, facility, line, case_officer) -> list[str]:
        """Every address that names a row of Changzhou."""
        product = services.add_product(enterprise=enterprise, by=case_officer, values={"name": "氧化钕"})
        own, site, of_line = [enterprise.pk], [facility.pk], [line.pk]
        return [
            *(
                reverse(f"registry:{name}", args=own)
                for name in ("enterprise", "history", "change", "rename", "status")
            ),
            *(reverse(f"registry:{name}", args=own) for name in ("add_facility", "add_product")),
            *(reverse(f"registry:{name}", args=site) for name in ("change_facility", "add_line")),
            *(reverse(f"registry:{name}", args=of_line) for name in ("change_line", "change_line_status")),
            *(reverse(f"registry:{name}", args=[product.pk]) for name in ("change_product", "remove_product")),
        ]

    def test_an_outsider_finds_nothing_not_even_that_it_exists(self, log_in, outsider, addresses):
        client = log_in(outsider)
        assert {client.get(address).status_code for address in addresses} == {404}
        assert {client.post(address, {}).status_code for address in addresses} <= {404, 405}

    def test_the_keeper_opens_every_page(self, log_in, case_officer, addresses):
        client = log_in(case_officer)
        assert {client.get(address).status_code for address in addresses} == {200}

    def test_a_supervisor_reads_and_is_told_that_he_may_not_change(self, log_in, supervisor, addresses):
        client = log_in(supervisor)
        assert [client.get(address).status_code for address in addresses] == [200, 200, *[403] * (len(addresses) - 2)]

    def test_a_supervisor_is_shown_no_button_he_may_not_press(self, log_in, supervisor, enterprise, facility):
        page = log_in(supervisor).get(enterprise.get_absolute_url()).content.decode()
        assert reverse("registry:change", args=[enterprise.pk]) not in page
        assert reverse("registry:change_facility", args=[facility.pk]) not in page

    @pytest.mark.parametrize("pk", [0, 999_999_999, 2**62])
    def test_a_forged_id_is_not_found(self, log_in, case_officer, pk):
        client = log_in(case_officer)
        for name in (
            "enterprise",
            "change",
            "change_facility",
            "change_line",
            "change_product",
            "group",
            "hs_code",
            "import",
        ):
            assert client.get(reverse(f"registry:{name}", args=[pk])).status_code == 404, name

    @pytest.mark.parametrize("role", ["auditor", "sysadmin"])
    def test_administrators_have_no_enterprises(self, log_in, role, request, enterprise):
        client = log_in(request.getfixturevalue(role))
        assert client.get(reverse("registry:enterprises")).status_code == 403
        assert client.get(enterprise.get_absolute_url()).status_code == 403

    def test_reference_data_is_open_to_every_officer_and_to_nobody_else(self, client, log_in, auditor, reference_data):
        code = HsCode.objects.get(code="28469018")
        for address in (reverse("registry:elements"), reverse("registry:hs_codes"), code.get_absolute_url()):
            assert log_in(auditor).get(address).status_code == 200
            assert client.get(address).status_code == 302

    def test_anonymous_visitors_are_sent_to_the_log_in(self, client, addresses):
        assert {client.get(address).status_code for address in addresses} == {302}


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


class TestThePageOfAnEnterprise:
    def test_it_shows_sites_lines_doubts_and_history(self, log_in, case_officer, enterprise, facility, line):
        outside = {"longitude_deg": Decimal("31.42"), "latitude_deg": Decimal("80"), "coordinate_source": "map"}
        services.change_facility(facility=facility, by=case_officer, version=1, values=outside)
        page = log_in(case_officer).get(enterprise.get_absolute_url()).content.decode()
        for text in ("一厂", "一号线", "2,500.5", "The position lies outside Jiangsu.", "The site “一厂” was added"):
            assert text in page, text

    def test_upper_floors_add_panels(self, log_in, case_officer, enterprise, monkeypatch):
        monkeypatch.setattr(registers, "_panels", {})
        add_panel(
            Panel(
                place="enterprise",
                title="Panel of a floor above",
                template="components/notice.html",
                context=lambda subject, viewer: {"subject": subject},
            )
        )
        response = log_in(case_officer).get(enterprise.get_absolute_url())
        assert [panel["title"] for panel in response.context["panels"]] == ["Panel of a floor above"]

    def test_d20_the_number_of_statements_does_not_grow_with_sites_and_lines(
        self, log_in, case_officer, enterprise, technique, django_assert_max_num_queries
    ):
        client = log_in(case_officer)
        for number in range(8):
            site = services.add_facility(enterprise=enterprise, by=case_officer, values={"name": f"{number}厂"})
            values = {"name": "一号线", "technique": technique, "capacity_t_reo_per_year": Decimal(1)}
            services.add_line(facility=site, by=case_officer, values=values)
            services.add_product(enterprise=enterprise, by=case_officer, values={"name": f"产品{number}"})
        client.get(enterprise.get_absolute_url())
        with django_assert_max_num_queries(30):
            client.get(enterprise.get_absolute_url())


class TestLists:
    def test_filters_narrow_the_list(self, log_in, case_officer, liyang, reference_data):
        wanted = factories.make_enterprise(region=liyang, base=liyang, kinds=["metals"], name="溧阳恒辉金属有限公司")
        wanted.material_classes.set(["magnetic"])
        factories.make_enterprise(kinds=["trade"], status="closed", name="常州鼎新贸易有限公司")
        client = log_in(case_officer)
        for query in (
            {"q": "lyhh"},
            {"q": "恒辉"},
            {"q": wanted.credit_code[:10]},
            {"region": "320481"},
            {"base": "320481"},
            {"kind": "metals"},
            {"status": "operating"},
            {"material_class": "magnetic"},
        ):
            response = client.get(reverse("registry:enterprises"), query)
            labels = [row["label"] for row in response.context["table"]["rows"]]
            assert labels == ["溧阳恒辉金属有限公司"], query

    def test_a_city_stands_for_its_counties(self, log_in, case_officer, liyang):
        factories.make_enterprise(region=liyang)
        response = log_in(case_officer).get(reverse("registry:enterprises"), {"region": "320400"})
        assert len(response.context["table"]["rows"]) == 1

    def test_the_outsider_sees_the_own_region_only(self, log_in, outsider, xuzhou_epb, enterprise):
        own = factories.make_enterprise(region=xuzhou_epb.region)
        response = log_in(outsider).get(reverse("registry:enterprises"))
        assert [row["label"] for row in response.context["table"]["rows"]] == [own.name]

    def test_unverified_customs_codes_say_so(self, log_in, case_officer, reference_data):
        client = log_in(case_officer)
        assert "Unverified" in client.get(reverse("registry:hs_codes"), {"q": "28469018"}).content.decode()
        row = HsCode.objects.get(code="28469018")
        assert "Do not rest a decision on it" in client.get(row.get_absolute_url()).content.decode()

    @pytest.mark.parametrize(
        ("query", "codes"),
        [
            ({"q": "28469030"}, ["28469030"]),
            ({"q": "氧化镥"}, ["28469018"]),
            ({"q": "yhl", "is_verified": "no"}, ["28469018"]),
            ({"q": "2846903", "on": "2012-06-01"}, ["28469030"]),
        ],
    )
    def test_customs_codes_are_found(self, log_in, case_officer, reference_data, query, codes):
        response = log_in(case_officer).get(reverse("registry:hs_codes"), query)
        rows = response.context["table"]["rows"]
        assert sorted(row["label"].split()[0] for row in rows) == codes

    @pytest.mark.parametrize("typed", ["镧", "La", "la", "氧化镧", "La2O3"])
    def test_an_element_is_found_by_name_symbol_and_oxide(self, log_in, case_officer, reference_data, typed):
        rows = log_in(case_officer).get(reverse("registry:elements"), {"q": typed}).context["table"]["rows"]
        assert "镧 La" in [row["label"] for row in rows]

    def test_a_group_counts_only_members_the_viewer_sees(self, log_in, case_officer, xuzhou_epb, enterprise):
        group = EnterpriseGroup.objects.create(name="江苏集团")
        Enterprise.objects.filter(pk=enterprise.pk).update(group=group)
        hidden = factories.make_enterprise(region=xuzhou_epb.region, group=group, name="徐州秘密公司")
        client = log_in(case_officer)
        assert hidden.name not in client.get(group.get_absolute_url()).content.decode()
        cells = client.get(reverse("registry:groups")).context["table"]["rows"][0]["cells"]
        assert "1" in [str(cell.get("text", "")) if isinstance(cell, dict) else str(cell) for cell in cells]

    def test_only_heads_and_the_system_administrator_keep_groups(self, log_in, case_officer, head, sysadmin):
        for officer, status in ((case_officer, 403), (head, 302), (sysadmin, 302)):
            response = log_in(officer).post(reverse("registry:create_group"), {"name": f"集团{officer.pk}"})
            assert response.status_code == status


class TestImportPages:
    def send(self, client, content: bytes, name: str = "企业.xlsx", **more):
        return client.post(reverse("registry:imports"), {"file": SimpleUploadedFile(name, content), **more})

    def test_upload_look_decide(self, log_in, case_officer):
        client = log_in(case_officer)
        response = self.send(client, workbook([row_of(1), row_of(2, 企业类型="种植")]))
        run = ImportRun.objects.get()
        assert response.url == run.get_absolute_url()
        page = client.get(response.url).content.decode()
        assert "种植" in page
        assert "One of: 冶炼分离" in page
        refused = client.post(reverse("registry:confirm_import", args=[run.pk]), {"mode": "all"})
        assert refused.status_code == 422
        assert "1 rows have errors" in refused.content.decode()
        assert not Enterprise.objects.exists()
        assert client.post(reverse("registry:confirm_import", args=[run.pk]), {"mode": "good"}).status_code == 302
        assert Enterprise.objects.count() == 1

    def test_a_disguised_file_comes_back_to_the_form_with_the_reason(self, log_in, case_officer):
        response = self.send(log_in(case_officer), b"MZ\x90\x00" + b"\0" * 200)
        assert response.status_code == 422
        assert "not an Excel workbook" in response.content.decode()
        assert not ImportRun.objects.exists()

    def test_a_form_without_a_file_comes_back(self, log_in, case_officer):
        assert log_in(case_officer).post(reverse("registry:imports"), {}).status_code == 422

    def test_a_file_larger_than_the_portal_takes_is_said_in_words(self, log_in, case_officer, settings):
        settings.UPLOAD_MAX_BYTES = 2000
        response = self.send(log_in(case_officer), b"0" * 500_000)
        assert response.status_code == 422
        assert "too large" in response.content.decode()

    def test_a_name_with_a_path_is_only_a_name(self, log_in, case_officer):
        self.send(log_in(case_officer), workbook([row_of(1)]), "..\\..\\etc\\企业.xlsx")
        run = ImportRun.objects.get()
        assert run.filename == "企业.xlsx"
        assert ".." not in run.file.name

    def test_d14_the_same_upload_twice_is_one_import(self, log_in, case_officer):
        client = log_in(case_officer)
        key, content = str(uuid.uuid4()), workbook([row_of(1)])
        first = self.send(client, content, _once=key)
        second = self.send(client, content, _once=key)
        assert first.url == second.url
        assert ImportRun.objects.count() == 1

    def test_the_import_of_another_is_not_found(self, log_in, case_officer, second_officer, head):
        run = verbs.start_import(by=case_officer, upload=upload(workbook([row_of(1), row_of(2, 企业名称=None)])))
        for other in (second_officer, head):
            client = log_in(other)
            for name in ("import", "import_errors", "import_progress"):
                assert client.get(reverse(f"registry:{name}", args=[run.pk])).status_code == 404
            for name in ("confirm_import", "discard_import", "check_again"):
                assert client.post(reverse(f"registry:{name}", args=[run.pk]), {"mode": "good"}).status_code == 404
        assert not Enterprise.objects.exists()

    def test_an_act_is_never_a_get(self, log_in, case_officer):
        run = verbs.start_import(by=case_officer, upload=upload(workbook([row_of(1)])))
        client = log_in(case_officer)
        for name in ("confirm_import", "discard_import", "check_again"):
            assert client.get(reverse(f"registry:{name}", args=[run.pk])).status_code == 405

    def test_the_file_with_errors_is_offered_under_its_own_name(self, log_in, case_officer):
        run = verbs.start_import(by=case_officer, upload=upload(workbook([row_of(1, 企业名称=None)])))
        response = log_in(case_officer).get(reverse("registry:import_errors", args=[run.pk]))
        assert response.status_code == 200
        assert "attachment" in response["Content-Disposition"]
        assert response["X-Content-Type-Options"] == "nosniff"

    def test_a_long_check_shows_its_progress_and_then_reloads_the_page(self, log_in, case_officer, monkeypatch):
        monkeypatch.setattr(verbs, "AT_ONCE", 1)
        run = verbs.start_import(by=case_officer, upload=upload(workbook([row_of(1), row_of(2)])))
        client = log_in(case_officer)
        assert "Checking the file" in client.get(run.get_absolute_url()).content.decode()
        progress = reverse("registry:import_progress", args=[run.pk])
        assert client.get(progress).status_code == 200
        from core import jobs

        jobs.run(run.job_id)
        assert client.get(progress)["HX-Refresh"] == "true"

    def test_an_import_that_was_done_before_is_said(self, log_in, case_officer):
        content = workbook([row_of(1)])
        done = verbs.start_import(by=case_officer, upload=upload(content))
        verbs.confirm_import(run=done, by=case_officer, mode="all")
        again = verbs.start_import(by=case_officer, upload=upload(content))
        page = log_in(case_officer).get(again.get_absolute_url()).content.decode()
        assert "already imported" in page
        assert "Nothing to import" in page
        assert again.state == ImportState.CHECKED

    def test_officers_without_the_right_do_not_find_the_pages(self, log_in, supervisor, auditor):
        for officer in (supervisor, auditor):
            client = log_in(officer)
            for name in ("imports", "import_template"):
                assert client.get(reverse(f"registry:{name}")).status_code == 403
