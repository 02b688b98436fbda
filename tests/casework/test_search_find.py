"""Search: what matches, in which order of groups, and who finds it."""

import random

import pytest
from django.core.management import call_command

from casework import search, services
from casework.models import Confidentiality, Docket, DocumentNumber, SearchEntry
from core import clock
from registry.services import enterprises
from tests import factories
from tests.plugins.stories import story

pytestmark = pytest.mark.django_db


def make(officer, **fields) -> Docket:
    if officer is not None:
        fields.setdefault("department", officer.department)
    docket = factories.make_docket(officer=officer, **fields)
    search.index(docket)
    return docket


def found(officer, typed, group=None) -> list[str]:
    answer = search.find(officer, typed)
    return [item.label for one in answer.groups if group is None or str(one.label) == group for item in one.items]


def numbers(officer, typed) -> set[str]:
    """Dockets that the list shows for what was typed."""
    rows = Docket.objects.visible_to(officer).filter(search.condition(typed))
    return set(rows.values_list("number", flat=True))


@story
def cases(case_officer):
    trade = factories.make_enterprise(
        name="常州星曜稀土新材料有限公司", short_name="星曜稀土", region=case_officer.department.region
    )
    other = factories.make_enterprise(name="无锡梅里磁性材料有限公司", region=case_officer.department.region)
    return (
        make(case_officer, number="常环立〔2026〕1702号", enterprise=trade, title="超总量控制指标生产"),
        make(case_officer, number="常环立〔2025〕17号", enterprise=other, title="未如实记录镨钕氧化物流向"),
    )


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("星曜", {"常环立〔2026〕1702号"}),
        ("稀土新材", {"常环立〔2026〕1702号"}),
        ("材料", {"常环立〔2026〕1702号", "常环立〔2025〕17号"}),
        ("镨钕", {"常环立〔2025〕17号"}),
        ("火星", set()),
        ("火星稀土", set()),
        ("1702", {"常环立〔2026〕1702号"}),
        ("2026", {"常环立〔2026〕1702号"}),
        ("2026 17", {"常环立〔2026〕1702号"}),
        ("常环立[2026]1702号", {"常环立〔2026〕1702号"}),
        ("常环立（2026）1702号", {"常环立〔2026〕1702号"}),
        ("常环立(2025)17号", {"常环立〔2025〕17号"}),
        ("常环立２０２６", {"常环立〔2026〕1702号"}),
        ("czxy", {"常环立〔2026〕1702号"}),
        ("CZXY", {"常环立〔2026〕1702号"}),
        ("xyxt", {"常环立〔2026〕1702号"}),
        ("wxml", {"常环立〔2025〕17号"}),
        ("mlcx", {"常环立〔2025〕17号"}),  # behind the city
        ("mlcxclyxgs", {"常环立〔2025〕17号"}),
        ("zxy", set()),
        ("料有限公司 常", set()),
        ("稀土%", {"常环立〔2026〕1702号"}),
        ("_", set()),
        ('"稀土" OR 1', set()),
        ("稀土' AND d:1", set()),
    ],
)
def test_what_is_typed_finds_what_holds_it(cases, case_officer, log_in, typed, expected):
    assert numbers(case_officer, typed) == expected
    page = log_in(case_officer).get("/cases/", {"tab": "all", "q": typed})
    if page.context["form"].errors:
        assert not expected
    else:
        assert {row["label"] for row in page.context["table"]["rows"]} == expected
    assert expected <= set(found(case_officer, typed)) or search.find(case_officer, typed).too_short


def test_index_and_plain_condition_agree_on_random_texts(case_officer):
    """Whatever the index answers first, the list shows the rows whose text holds the question."""
    chance = random.Random(7)
    letters = "稀土常州镨钕铽镝a1b2〔〕 "
    for n in range(120):
        make(case_officer, number=f"随〔2026〕{n}号", title="".join(chance.choice(letters) for _ in range(12)))
    for _ in range(150):
        typed = "".join(chance.choice(letters) for _ in range(chance.randrange(2, 5)))
        asked = search.question(typed)
        if asked.is_too_short:
            continue
        candidates = search.match(case_officer, typed).ids
        assert candidates is not None
        true = {
            entry.docket_id
            for entry in SearchEntry.objects.all()
            if asked.text in entry.text or (asked.initials and f" {asked.initials}" in entry.initials)
        }
        assert true <= set(candidates), typed
        assert set(Docket.objects.filter(search.condition(typed)).values_list("pk", flat=True)) == true, typed


def test_frequent_words_walk_the_list_and_find_the_same(cases, case_officer, log_in, monkeypatch):
    from casework.search import matching

    monkeypatch.setattr(matching, "MOST_CANDIDATES", 0)
    assert search.match(case_officer, "材料").ids is None
    page = log_in(case_officer).get("/cases/", {"tab": "all", "q": "材料"})
    assert {row["label"] for row in page.context["table"]["rows"]} == {docket.number for docket in cases}


def test_outsider_finds_nothing_in_list_search_suggestions_and_by_number(cases, outsider, log_in):
    client = log_in(outsider)
    assert found(outsider, "1702") == []
    assert found(outsider, "星曜", "Cases") == []
    assert search.exact(outsider, cases[0].number) is None
    for path in ("/search/", "/search/suggest/"):
        for typed in ("1702", "星曜", cases[0].number):
            response = client.get(path, {"q": typed})
            assert response.status_code == 200
            # The outsider reads what he typed himself; the party's name and the subject would be a leak.
            assert cases[0].title not in response.content.decode()
            assert cases[0].get_absolute_url() not in response.content.decode()


def test_a_confidential_docket_is_found_by_its_officer_alone(case_officer, second_officer):
    make(case_officer, number="密〔2026〕1号", title="特殊线索核查", confidentiality=Confidentiality.RESTRICTED)
    assert "密〔2026〕1号" in found(case_officer, "特殊线索")
    assert found(second_officer, "特殊线索") == []
    assert search.match(second_officer, "特殊线索").ids == []


def test_a_shared_docket_is_found_by_him_it_was_shared_with(cases, case_officer, outsider):
    services.share(docket=cases[0], officer=outsider, reason="协查", by=case_officer)
    assert cases[0].number in found(outsider, "1702")


def test_exact_number_goes_straight_to_the_docket_however_its_brackets_are_typed(cases, case_officer, log_in):
    client = log_in(case_officer)
    for typed in ("常环立〔2026〕1702号", "常环立[2026]1702号", "常环立（2026）1702号", " 常环立20261702号 "):
        response = client.get("/search/", {"q": typed})
        assert response.status_code == 302, typed
        assert response["Location"] == cases[0].get_absolute_url()
    assert client.get("/search/", {"q": "常环立〔2026〕170"}).status_code == 200


def test_document_number_leads_to_the_document_and_its_docket(cases, case_officer, outsider, log_in):
    search.index_document(
        docket=cases[0],
        kind="notice",
        object_id=7,
        number="常环责改〔2026〕58号",
        label="责令改正违法行为决定书",
        url="/notices/7/",
    )
    assert search.exact(case_officer, "常环责改[2026]58号") == "/notices/7/"
    assert "常环责改〔2026〕58号" in found(case_officer, "常环责改2026")
    assert cases[0].number in numbers(case_officer, "责改 2026 58号")
    assert search.exact(outsider, "常环责改[2026]58号") is None
    assert found(outsider, "常环责改〔2026〕58") == []
    search.forget_document(docket=cases[0], kind="notice", object_id=7)
    assert not DocumentNumber.objects.exists()
    assert numbers(case_officer, "责改") == set()


def test_d20_more_hits_than_shown_are_never_kept_silent(case_officer, log_in):
    for n in range(12):
        make(case_officer, number=f"多〔2026〕{n}号", title="废水排放口未按规定设置")
    group = search.find(case_officer, "废水排放", limit=5).groups[0]
    assert len(group.items) == 5
    assert group.more_url
    everything = log_in(case_officer).get(group.more_url)
    assert everything.context["count"] == "12"


def test_renamed_moved_or_restricted_dockets_are_found_as_they_are_now(cases, case_officer, second_officer):
    docket = cases[0]
    docket.title = "收购非法稀土产品"
    docket.save()
    search.index(docket)
    assert numbers(case_officer, "超总量") == set()
    assert docket.number in numbers(case_officer, "收购非法")
    docket.confidentiality = Confidentiality.RESTRICTED
    docket.save()
    search.index(docket)
    assert docket.pk not in (search.match(second_officer, "收购非法").ids or [])


def test_an_enterprise_that_changed_its_name_is_found_by_the_new_one(cases, case_officer):
    enterprise = cases[0].enterprise
    enterprises.rename_enterprise(
        enterprise=enterprise,
        by=case_officer,
        version=enterprise.version,
        name="常州天目稀土有限公司",
        on=clock.today(),
        reason="换照",
    )
    assert numbers(case_officer, "天目") == {cases[0].number}
    assert numbers(case_officer, "cztm") == {cases[0].number}


def test_reindexing_writes_every_row_anew(cases, case_officer):
    SearchEntry.objects.all().delete()
    assert numbers(case_officer, "星曜") == set()
    call_command("reindex_search", verbosity=0)
    assert numbers(case_officer, "星曜") == {cases[0].number}
    assert search.match(case_officer, "星曜").ids == [cases[0].pk]


def test_a_deleted_row_leaves_the_full_text_index(cases, case_officer):
    SearchEntry.objects.filter(docket=cases[0]).delete()
    assert search.match(case_officer, "星曜").ids == []


def test_rare_characters_are_found(case_officer):
    make(case_officer, number="罕〔2026〕1号", title="𬱟氏矿业与䶮江稀土")
    assert "罕〔2026〕1号" in found(case_officer, "𬱟氏")
    assert "罕〔2026〕1号" in found(case_officer, "䶮江稀土")


def test_one_character_is_answered_in_words(cases, case_officer, log_in):
    assert search.find(case_officer, "稀").too_short
    assert log_in(case_officer).get("/search/", {"q": "稀"}).status_code == 200


@pytest.mark.parametrize("typed", ["", " ", "〔〕", "\x00", "%", "x" * 500, "😀😀", "a\nb"])
def test_odd_questions_are_answered(cases, case_officer, log_in, typed):
    client = log_in(case_officer)
    for path in ("/search/", "/search/suggest/", "/search/enterprises/"):
        assert client.get(path, {"q": typed}).status_code == 200, (path, typed)
    assert client.get("/cases/", {"tab": "all", "q": typed}).status_code == 200


def test_enterprises_and_officers_are_found_by_name_code_and_initials(cases, case_officer, log_in):
    enterprise = cases[0].enterprise
    assert enterprise.name in found(case_officer, "星曜稀土")
    assert enterprise.name in found(case_officer, enterprise.credit_code[:12].lower())
    middle = enterprise.initials[2:6]  # a place stands before the name people use
    assert enterprise.name in found(case_officer, middle)
    assert case_officer.name in found(case_officer, case_officer.name)
    answer = log_in(case_officer).get("/search/enterprises/", {"q": "星曜"}).json()
    assert answer["results"][0]["id"] == enterprise.pk


def test_officers_without_a_case_role_find_nothing(cases, auditor, sysadmin):
    for officer in (auditor, sysadmin):
        assert found(officer, "1702") == []
        assert found(officer, "星曜") == []


def test_opening_a_docket_makes_it_findable_in_the_same_transaction(case_officer, enterprise):
    from casework import kinds

    kind = next(kind for kind in kinds.all_kinds())
    docket = services.open_docket(
        kind=kind.code, title="在线监测数据异常", by=case_officer, department=case_officer.department,
        region=case_officer.department.region, enterprise=enterprise, officer=case_officer,
    )  # fmt: skip
    assert docket.number in found(case_officer, "监测数据")
    assert clock.today() == docket.opened_on
