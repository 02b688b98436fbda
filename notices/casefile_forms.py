"""Internal forms of the case file (审批表、审核意见书): what a form says is frozen in the chain of its docket when its step is taken.

Upper floors freeze the forms of their steps and register, for each kind of docket, which of them belong to the file. A form exists
only where its step was taken (docs/decisions/0022).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import trail
from casework.models import Docket
from core.labels import in_chinese
from notices import composing, printing
from notices.casefile_evidence import printable
from trail.models import Event
from trail.recording import SYSTEM

VERB: Final = "notices.freeze_form"
NOTE: Final = "本表由系统按照办理记录生成，空白栏目由有关人员签署。"
# Of steps taken before forms were frozen: the trail knows who, when and why; of the party and of posts what is registered now.
NOTE_MADE_LATER: Final = "本表系补制：办理该步骤时系统尚未固定表单内容，现按照办理记录生成，当事人信息以补制时登记的为准；空白栏目由有关人员签署。"


@dataclass(frozen=True, slots=True)
class Form:
    """`key`: which step of the docket it is of. `context`: what the template asks for beside agency, title and number.
    `file_order`: see NoticeType.file_order."""

    key: str
    title: str
    template: str
    dated: date
    file_order: int
    context: dict[str, Any]


_makers: dict[str, Callable[[Docket], list[Form]]] = {}


def register(kind: str, maker: Callable[[Docket], list[Form]]) -> None:
    """In `apps.ready()`: the forms of dockets of this kind."""
    if _makers.setdefault(kind, maker) is not maker:
        raise ValueError(f"forms of {kind} are registered twice")


@in_chinese()
def of(docket: Docket) -> list[Form]:
    """The forms of a docket, as far as its steps were taken."""
    maker = _makers.get(docket.kind)
    return maker(docket) if maker is not None else []


def freeze(docket: Docket, form: Form) -> None:
    """Part of the verb that takes the step: what its form says is written into the chain of the docket and drawn from there
    ever after. The clock writes it: whose words they are stands in the form."""
    trail.record(
        VERB, docket, by=SYSTEM, docket=docket, step=form.key, title=form.title, template=form.template, dated=form.dated,
        file_order=form.file_order, form=_head(docket, form) | form.context,
    )  # fmt: skip


def frozen(docket: Docket) -> dict[str, Form]:
    """The forms that were frozen, by their keys; days in their contexts are ISO text."""
    found = Event.objects.filter(stream=f"docket:{docket.pk}", verb=VERB).order_by("position")
    return {form.key: form for form in (_thawed(event.facts) for event in found)}


def _thawed(facts: dict[str, Any]) -> Form:
    return Form(
        key=facts["step"],
        title=facts["title"],
        template=facts["template"],
        dated=date.fromisoformat(facts["dated"]),
        file_order=facts["file_order"],
        context=facts["form"],
    )


def _head(docket: Docket, form: Form) -> dict[str, str]:
    """An office within an authority decides in the name of that authority."""
    return {
        "agency": docket.department.acts_as.name_on(form.dated),
        "title": form.title,
        "number": docket.number or "",
    }


def draw(docket: Docket, form: Form) -> bytes:
    """The PDF of a form. Raises RenderingFailed."""
    words = _head(docket, form) | form.context  # the head of a frozen form stands in its context
    return printing.draw(composing.compose(form.template, _printable(words)).html).pdf


def _printable(value: Any) -> Any:
    """The same with every text such that the fonts of the file can print it."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {name: _printable(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_printable(inner) for inner in value]
    return value
