"""Rules that are amounts, rates or counts: listed apart, tried with no date, told in words for what they are."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from casework.models import PeriodRule

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("statute_book")]
AMOUNTS = {"D26", "D27", "D28", "D32", "D32-2", "D14", "D14-2"}


def test_they_are_no_periods():
    assert set(PeriodRule.objects.amounts().values_list("code", flat=True)) == AMOUNTS
    assert not PeriodRule.objects.periods().filter(code__in=AMOUNTS).exists()


@pytest.mark.parametrize("tab", ["now", "2012", "all"])
def test_the_list_of_periods_does_not_name_them(case_officer, log_in, tab):
    """Each is asked for by its own number, which finds a rule wherever the list has it."""
    client, url = log_in(case_officer), reverse("casework:periods")

    def finds(code: str, where: str) -> bool:
        page = client.get(url, {"tab": where, "q": code}).content.decode()
        return reverse("casework:rule", args=[code]) in page

    assert not any(finds(code, tab) for code in AMOUNTS)
    assert all(finds(code, "amounts") for code in AMOUNTS)
    assert finds("D01", "all")


def test_they_stand_under_a_tab_of_their_own(case_officer, log_in):
    page = log_in(case_officer).get(reverse("casework:periods"), {"tab": "amounts"}).content.decode()
    assert all(reverse("casework:rule", args=[code]) in page for code in AMOUNTS)


@pytest.mark.parametrize("code", sorted(AMOUNTS))
def test_their_page_says_what_they_are_and_offers_no_date(case_officer, log_in, client, code):
    url = reverse("casework:rule", args=[code])
    page = log_in(case_officer).get(url).content.decode()
    assert "不是期限" in page or "没有届满日" in page
    assert 'name="start"' not in page


@pytest.mark.parametrize(
    ("code", "words"), [("D27", "200000"), ("D28", "公民500/单位1000"), ("D32", "3%"), ("D14", "没有届满日")]
)
def test_the_command_says_in_words_what_they_are(capsys, code, words):
    with pytest.raises(SystemExit) as ended:
        call_command("explain_deadline", code, "2026-01-05")
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert words in said
    assert "Basis" not in said


def test_the_command_offers_none_of_them(capsys):
    with pytest.raises(SystemExit):
        call_command("explain_deadline", "D999", "2026-01-05")
    said = capsys.readouterr().err
    assert "D31" in said
    assert not any(code in said for code in AMOUNTS)
