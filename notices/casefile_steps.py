"""案件办理流程记录: a leaf of the volume that tells each step of the docket, with time, officer, opinion or reason, and basis.

Drawn from the docket's own chain of events, in its order. What is no step is left out: notes of the officers among themselves,
evidence (it has a list of its own), sharing and urging, edits of a draft nobody had decided on.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

from casework.models import Docket
from core import clock
from core.labels import in_chinese, in_print
from notices.casefile_evidence import printable
from notices.models import Failure
from notices.templatetags.notice_text import cn_date
from organisation.models import Officer
from trail import sentences
from trail.models import Event

TEMPLATE: Final = "notices/common/case_file_steps.html"
TITLE: Final = "案件办理流程记录"
NOTE: Final = "本记录由办理记录逐条生成，原始记录（办理记录.jsonl）及其校验值随案卷压缩包保存；职务以立卷时登记的为准。"
DAY: Final = re.compile(r"(?<![\d-])\d{4}-\d{2}-\d{2}(?![\d-])")
NO_STEPS: Final = frozenset(
    {
        *("casework.add_note", "casework.add_evidence", "casework.share", "casework.end_share", "casework.urge"),
        *("notices.edit", "notices.print", "notices.print_again", "notices.export_case_file", "rectification.edit"),
        "notices.freeze_form",
    }
)


@in_chinese()
def steps(docket: Docket) -> list[dict[str, Any]]:
    """The steps, the earliest first."""
    events = list(Event.objects.filter(stream=f"docket:{docket.pk}").exclude(verb__in=NO_STEPS).order_by("position"))
    posts = dict(Officer.objects.filter(pk__in={event.actor_id for event in events}).values_list("pk", "post"))
    return [
        {
            "at": clock.local(event.at),
            "what": printable(
                sentences.sentence(event.verb, DAY.sub(_in_words, event.subject_label), _dated(event.facts))
            ),
            "who": printable(" ".join(filter(None, [event.actor_name, posts.get(event.actor_id or 0, "")]))),
            "acting_for": printable(event.on_behalf_of),
            "reason": printable("；".join(_said(event.facts))),
            "basis": printable(in_print(str(event.facts.get("basis") or ""))),
        }
        for event in events
    ]


def _dated(facts: dict[str, Any]) -> dict[str, Any]:
    """The facts with days as papers write them (2026年11月25日); screens and the chain keep 2026-11-25."""
    return {name: DAY.sub(_in_words, value) if isinstance(value, str) else value for name, value in facts.items()}


def _in_words(found: "re.Match[str]") -> str:
    try:
        return cn_date(found[0])
    except ValueError:  # a number that only looks like a day
        return found[0]


def _said(facts: dict[str, Any]) -> Iterator[str]:
    """Why a document was not served; opinion or reason, what was remarked beside it, the paper that says so."""
    if (failure := facts.get("failure")) in Failure.values:
        yield str(Failure(failure).label)
    for name in ("reason", "remark", "document"):
        if words := str(facts.get(name) or "").strip().rstrip("。；"):
            yield words
