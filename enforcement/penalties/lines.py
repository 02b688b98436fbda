"""How the sanctions other than money stand in a document, a line each (行政处罚法第九条)."""

from typing import Any, Final

from core.numerals import amount_in_figures
from enforcement.penalties.models.sanctions import MONEY, SanctionKind

VERBS: Final[dict[str, str]] = {
    SanctionKind.WARNING: "警告",
    SanctionKind.CRITICISM: "通报批评",
    SanctionKind.GOODS: "没收",
    SanctionKind.SUSPEND: "暂扣",
    SanctionKind.DOWNGRADE: "降低",
    SanctionKind.REVOKE: "吊销",
    SanctionKind.RESTRICT: "限制",
    SanctionKind.STOP: "责令停产停业",
    SanctionKind.CLOSE: "责令关闭",
    SanctionKind.BAR: "限制从业",
}
# Said whole without naming anything more.
ALONE: Final = (SanctionKind.WARNING, SanctionKind.CRITICISM, SanctionKind.STOP, SanctionKind.CLOSE)


def of(sanction: Any) -> str:
    """吊销稀土生产许可证; 责令停产停业（期限三个月）."""
    verb, detail = VERBS[sanction.kind], sanction.detail.strip()
    if detail.startswith(verb):
        return detail
    if sanction.kind in ALONE:
        return f"{verb}（{detail}）" if detail else verb
    if sanction.kind == SanctionKind.BAR:
        return f"{verb}：{detail}"
    return f"{verb}{detail}"


def of_all(sanctions: Any) -> list[str]:
    return [of(row) for row in sanctions if row.kind not in MONEY]


def in_words(sanction: Any) -> str:
    """The same of any sanction, money too: 罚款¥40,000.00."""
    if sanction.kind not in MONEY:
        return of(sanction)
    return f"{'罚款' if sanction.kind == SanctionKind.FINE else '没收违法所得'}{amount_in_figures(sanction.amount)}"
