"""What a provision provides is read as official Chinese, or as English; never in the shorthand of the file."""

import re

import pytest
from django.conf import settings
from django.utils import translation

from casework import reference, sanction_words, statutes
from casework.models import Violation

VIOLATIONS = reference.read_violations(settings.ROOT / "reference")
SHORTHAND = re.compile(r"[~≥≤<+×]|\d-\d|万(?!元)|[条日]\d")


@pytest.mark.parametrize("violation", VIOLATIONS, ids=lambda violation: violation.code)
def test_every_text_of_the_file_has_its_sentence(violation):
    for text in (violation.order_measure, violation.formula, violation.extra):
        assert sanction_words.is_known(text), text


@pytest.mark.parametrize("violation", VIOLATIONS, ids=lambda violation: violation.code)
def test_no_shorthand_and_no_other_language_is_shown(violation):
    with translation.override("zh-hans"):
        assert not SHORTHAND.search(statutes.sanctions(violation))
    with translation.override("en"):
        assert not re.search("[\u3400-\u9fff；，]", statutes.sanctions(violation))


def test_the_fine_on_the_enterprise_and_on_persons():
    [violation] = [one for one in VIOLATIONS if one.code == "RE25"]
    with translation.override("zh-hans"):
        assert statutes.sanctions(violation) == (
            "责令改正；罚款50,000元以上200,000元以下；拒不改正的，对企业处20万元以上100万元以下罚款，"
            "对有关责任人员处2万元以上5万元以下罚款；拒不改正的，责令停产停业"
        )
    with translation.override("en"):
        assert "200,000 to 1,000,000 yuan on the enterprise" in statutes.sanctions(violation)


def test_a_text_that_has_no_sentence_yet_is_not_shown_raw():
    assert statutes.sanctions(Violation(order_measure="责令改正", formula="企业3万~9万")) == "责令改正"


def test_every_amount_and_number_of_days_of_the_file_stands_in_the_sentence():
    """The sentences repeat the numbers of the file: none is lost, but one that the fine of the row says already."""
    with translation.override("zh-hans"):
        for violation in VIOLATIONS:
            for text in (violation.order_measure, violation.formula, violation.extra):
                words = sanction_words.sentence(text)
                for number in re.findall(r"\d+(?=[万倍%日~-])", text) if words and "条" not in text else []:
                    in_fine = int(number) * 10_000 in (violation.fine_min_cny, violation.fine_max_cny)
                    assert in_fine or number in words, (violation.code, text, words)
