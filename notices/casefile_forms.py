"""Internal forms of the case file (审批表、审核意见书): drawn when the file is put together, from what was recorded step by step.

Upper floors register, for each kind of docket, which of its steps have a form. A form exists only where its step was taken.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from casework.models import Docket
from core.labels import in_chinese
from notices import composing, printing
from notices.casefile_evidence import printable

NOTE: Final = "本表由系统按照办理记录生成，空白栏目由有关人员签署。"


@dataclass(frozen=True, slots=True)
class Form:
    """`context`: what the template asks for beside agency, title and number. `file_order`: see NoticeType.file_order."""

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


def draw(docket: Docket, form: Form) -> bytes:
    """The PDF of a form. Raises RenderingFailed."""
    frame = {"agency": docket.department.name_on(form.dated), "title": form.title, "number": docket.number or ""}
    return printing.draw(composing.compose(form.template, frame | _printable(form.context)).html).pdf


def _printable(value: Any) -> Any:
    """The same with every text such that the fonts of the file can print it."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {name: _printable(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_printable(inner) for inner in value]
    return value
