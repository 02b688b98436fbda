"""What an officer types into the form of each record, complete."""

from datetime import date
from typing import Any

from casework.models import Docket
from notices import written
from organisation.models import Officer
from tests.factories import PASSWORD

DAY = date(2026, 9, 5)


def questioning(*officers: Officer, **more: Any) -> dict[str, Any]:
    first, second = officers
    return {
        "began": "2026-09-05T09:00",
        "ended": "2026-09-05T10:30",
        "place": "办公楼会议室",
        "officers": [str(first.pk), str(second.pk)],
        "recorder": str(second.pk),
        "person": "钱测试",
        "relation": "当事人的车间主任",
        "rights_told": "on",
        "answers": [{"question": "废水处理设施为什么没有运行？", "answer": "水泵坏了。"}],
        **more,
    }


def as_sent(docket: Docket, words: dict[str, Any], **more: Any) -> dict[str, Any]:
    """The same as a browser sends it: each cell of a table under its own name, the password, what the page showed of the docket."""
    sent: dict[str, Any] = {}
    for name, value in words.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            for number, row in enumerate(value):
                sent |= {f"{name}-{number}-{column}": text for column, text in row.items()}
        elif isinstance(value, list) and name not in {"officers", "evidence", "investigators"}:
            sent[name] = "\n".join(value)
        elif value is not None:
            sent[name] = value
    docket = Docket.objects.get(pk=docket.pk)
    return sent | {"password": PASSWORD, "seen": written.seen_as(docket)} | more
