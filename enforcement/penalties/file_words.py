"""What the papers of the case tell of its penalty: on the cover of the file, and on the form that closes it (结案审批表)."""

from typing import Any

from core.numerals import amount_in_capitals
from enforcement.penalties import lines
from enforcement.penalties.models import Penalty
from enforcement.penalties.models.penalty import NO_PENALTY
from enforcement.penalties.workflow import Stage
from notices.templatetags.notice_text import cn_date

HOW_IT_ENDED = {
    Stage.ENDED: "行政处罚已履行完毕",
    Stage.NO_PENALTY: "不予行政处罚",
    Stage.TRANSFERRED: "案件已移送处理",
    Stage.ANNULLED: "行政处罚决定已被撤销",
    Stage.NOT_ENFORCED: "行政处罚终结执行",
}


def of(docket: Any) -> list[Penalty]:
    """Those that led to something; what was dropped tells nothing."""
    rows = Penalty.objects.filter(docket=docket).exclude(stage=Stage.DROPPED).select_related("decision").order_by("pk")
    return [row for row in rows if row.stage == Stage.TRANSFERRED or (row.decision and row.decision.number)]


def result(docket: Any) -> str:
    """行政处罚（常环罚〔2026〕1号），已履行完毕."""
    return "；".join(_result(row) for row in of(docket))


def _result(row: Penalty) -> str:
    if row.stage == Stage.TRANSFERRED:
        return "移送处理"
    number = row.decision.number if row.decision else ""
    what = "不予行政处罚" if row.conclusion in NO_PENALTY else "行政处罚"
    if row.stage in {Stage.ENDED, Stage.NO_PENALTY}:
        return f"{what}（{number}）" + ("，已履行完毕" if row.stage == Stage.ENDED else "")
    return f"{what}（{number}），{HOW_IT_ENDED.get(Stage(row.stage), '尚在办理')}"


def handling(case: Any) -> list[str]:
    """What was decided, and when it was served."""
    return [_handled(row) for row in of(case.docket) if row.decision and row.decision.number]


def _handled(row: Penalty) -> str:
    decision = row.decision
    if decision is None:
        return ""
    sanctions = "、".join(_in_capitals(one) for one in row.sanctions.all())
    service = f"，{cn_date(row.served_on)}送达" if row.served_on else ""
    decided = f"，决定{sanctions}" if sanctions else ""
    return f"{cn_date(decision.issued_on or '')}作出《{decision.title}》（{decision.number}）{decided}{service}。"


def _in_capitals(sanction: Any) -> str:
    if sanction.amount is None:
        return lines.of(sanction)
    return f"{'罚款' if sanction.kind == 'fine' else '没收违法所得'}{amount_in_capitals(sanction.amount)}"


def performance(case: Any) -> list[str]:
    return [f"{HOW_IT_ENDED[Stage(row.stage)]}。" for row in of(case.docket) if row.stage in HOW_IT_ENDED]
