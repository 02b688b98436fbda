"""Reference data is kept in Chinese and read in the reader's language, set phrase by set phrase."""

import re

import pytest
from django.utils import translation

from organisation.models import Officer
from registry import words
from registry.forms import ProductForm
from registry.lists import ELEMENTS, HS_CODES, in_tariff
from registry.models import Element, HsCode, Technique

pytestmark = pytest.mark.django_db
HAN = re.compile("[\u4e00-\u9fff]")
IN_CHINESE = {"condition", "name"}  # the tariff's own wording of goods, and the codes of supervision with their remarks


def cells(page, rows) -> dict[str, set[str]]:
    """What each column says over all rows."""
    return {column.key: {str(column.value(row)) for row in rows} for column in page.columns}


@pytest.fixture
def english():
    with translation.override("en"):
        yield


def test_the_list_of_elements_has_no_chinese_word_in_english(reference_data, english):
    found = cells(ELEMENTS, Element.objects.all())
    assert {key: said for key, said in found.items() if any(map(HAN.search, said))} == {}
    assert "Scandium" in found["name"]
    assert "Scandium oxide Sc2O3" in found["oxide"]
    assert found["two_group"] == {"light", "heavy", "not classified (often counted as heavy)"}
    assert "Announcement No. 18 of 2025 (controlled since 2025-04-04)" in found["export_control"]


def test_the_list_of_customs_codes_keeps_only_the_names_of_goods_in_chinese(reference_data, english):
    found = cells(HS_CODES, HsCode.objects.all())
    mixed = {key: said for key, said in found.items() if key not in IN_CHINESE and any(map(HAN.search, said))}
    assert mixed == {}
    assert found["medium_heavy"] >= {"Yes", "No", "Mixed"}
    assert "Salts (chlorides)" in found["category"]
    assert {in_tariff(row) for row in HsCode.objects.filter(code="25309020")} == {"2012 or before"}


@pytest.mark.parametrize(
    ("kept", "in_english", "in_chinese"),
    [
        ("high", "high", "高"),
        ("high(name)/n.a.(trade)", "name and figures: high, trade: not applicable", "名称和数据：高，贸易：不适用"),
        (
            "high(2530902010)/medium(8位名)",
            "2530902010: high, name of the 8-digit code: medium",
            "2530902010：高，8位税号的品名：中",
        ),
        ("本机关自行核对", "本机关自行核对", "本机关自行核对"),
    ],
)
def test_confidence_is_said_in_words_not_in_shorthand(kept, in_english, in_chinese):
    with translation.override("en"):
        assert words.confidence(kept) == in_english
    with translation.override("zh-hans"):
        assert words.confidence(kept) == in_chinese


def test_every_confidence_of_the_files_has_words(reference_data):
    for model in (Element, HsCode, Technique):
        for kept in model.objects.values_list("confidence", flat=True):
            with translation.override("en"):
                assert not HAN.search(words.confidence(kept))
            with translation.override("zh-hans"):
                assert not re.search("[a-z/]", words.confidence(kept))


def test_in_chinese_the_names_are_those_of_the_files(reference_data):
    with translation.override("zh-hans"):
        assert [(one.label, one.oxide_label) for one in Element.objects.all()] == [
            (one.name, one.oxide_name) for one in Element.objects.all()
        ]
        assert [one.label for one in Technique.objects.all()] == [one.name for one in Technique.objects.all()]


def test_techniques_have_english_names_and_an_unknown_one_keeps_its_own(reference_data, english):
    said = [one.label for one in Technique.objects.all()]
    assert [name for name in said if HAN.search(name)] == []
    assert len(set(said)) == len(said)
    assert Technique(code="new", name="新工艺").label == "新工艺"


def test_the_pages_of_elements_and_codes_say_so_too(reference_data, log_in, case_officer):
    Officer.objects.filter(pk=case_officer.pk).update(language="en")
    client = log_in(case_officer)
    page = client.get("/reference/elements/Pm/").content.decode()
    assert "Promethium" in page
    assert "name and figures: high, trade: not applicable" in page
    code = HsCode.objects.get(code="25309020")
    assert "name of the 8-digit code: medium" in client.get(code.get_absolute_url()).content.decode()
    assert "Scandium" in client.get("/reference/elements/?q=scandium").content.decode()


def test_what_the_trail_keeps_of_an_element_or_a_technique_is_chinese_on_an_english_screen(reference_data, english):
    assert str(Element.objects.get(pk="Nd")) == "钕 Nd"
    assert str(Technique.objects.get(pk="pond_leaching")) == "池浸开采"
    choices = [label for _, label in ProductForm().fields["elements"].choices]
    assert "Neodymium Nd" in choices


def test_the_history_and_the_form_of_every_customs_code_have_english_words(reference_data, english):
    codes = HsCode.objects.all()
    said = {words.tariff(code.tariff_note) for code in codes} | {words.form(code.primary_form) for code in codes}
    assert [one for one in said if HAN.search(one)] == []
    assert "tariff of 2014 (2010-2013: 28469030 rare-earth fluorides)" in said
    assert {"ore", "downstream product"} <= said
