"""How the party was heard, as the decision tells it (行政处罚法第四十五条、第五十九条、第六十二条)."""

from typing import TYPE_CHECKING, Any

from enforcement.penalties import names, papers
from notices.templatetags.notice_text import cn_date

if TYPE_CHECKING:
    from enforcement.penalties.models import Penalty


def as_content(penalty: "Penalty") -> dict[str, Any]:
    """By the fields of the decision: what the party said, the minutes of the heads. What was found on it the officer writes."""
    from enforcement.penalties.models import HearingOutcome, StatementKind

    said = list(penalty.heard_round())
    kinds = {row.kind for row in said}
    hearing = penalty.hearing()
    words = [f"{cn_date(row.received_on)}，你单位提出：{row.text}" for row in said if row.kind == StatementKind.ARGUES]
    if hearing is not None and hearing.outcome == HearingOutcome.HELD:
        heard = "hearing"
        words.insert(0, f"{cn_date(hearing.ended_on)}，我机关依法举行了听证。")
    elif words:
        heard = "statement"
    elif {StatementKind.WAIVES_STATEMENT, StatementKind.WAIVES_HEARING} & kinds:
        heard = "waived"
    else:
        heard = "silent"
    minutes = papers.record(penalty, names.DISCUSSION)
    return {"heard": heard, "heard_words": words} | ({"collective_on": minutes.dated.isoformat()} if minutes else {})
