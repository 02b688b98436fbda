"""The registry in the browser: who may open what, the page of an enterprise, the lists."""

from decimal import Decimal

import pytest
from django.urls import reverse

from core import registry as registers
from core.registry import Panel, add_panel
from organisation.models import Officer
from registry import services
from registry.models import Enterprise, EnterpriseGroup, HsCode
from tests import factories
from tests.plugins.stories import story


@pytest.fixture(autouse=True)
def _english_pages(db, case_officer, second_officer, outsider, sysadmin, head, supervisor, auditor):
    Officer.objects.update(language="en")


class TestWhoOpensWhat:
    @story
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
