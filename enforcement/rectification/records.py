"""复查笔录: what a re-inspection found, as a document."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.labels import in_chinese
from enforcement.rectification.models import RectificationCase, Reinspection
from notices import services as notices
from notices.models import SiteRecord
from notices.records import RecordKind
from organisation.models import Officer


def place_of(record: SiteRecord) -> str:
    return Reinspection.objects.filter(record=record).values_list("place", flat=True).first() or ""


KIND = RecordKind(
    code="reinspection_record",
    label=_("Record of the re-inspection"),
    title="复查笔录",
    template="notices/rectification/reinspection_record.html",
    permission="rectification.reinspect",
    place_of=place_of,
    file_order=30,
)


def freeze(reinspection: Reinspection, *, by: Officer) -> SiteRecord:
    """Keep the document of a re-inspection that was just recorded."""
    return notices.freeze_record(
        kind=KIND.code,
        docket=reinspection.case.docket,
        dated=reinspection.inspected_on,
        context=context(reinspection),
        by=by,
        corrects=reinspection.corrects.record if reinspection.corrects else None,
        which=_which(reinspection),
    )


def _which(reinspection: Reinspection) -> str:
    """ "第2次", of the looks of the case; nothing of the first. A correction is of the look it corrects."""
    place = reinspection.place_among_looks()
    return f"第{place}次" if place > 1 else ""


@in_chinese()
def context(reinspection: Reinspection) -> dict[str, Any]:
    case = reinspection.case
    docket, enterprise, order = case.docket, case.enterprise, case.order
    period = case.period()
    return {
        "agency": docket.department.acts_as.name_on(reinspection.inspected_on),
        "title": KIND.title,
        "number": docket.number,
        "order": {
            "title": order.title if order else "",
            "number": order.number if order else "",
            "served_on": case.served_on or "",
            "due": period.due_on if period and period.paused_since is None else None,
        },
        "inspected_on": reinspection.inspected_on,
        "begun": _moment(reinspection, "began_at"),
        "ended": _moment(reinspection, "ended_at"),
        "place": reinspection.place,
        "present": _present(reinspection),
        "party": {
            "name": enterprise.name,
            "uscc": enterprise.credit_code,
            "legal_representative": enterprise.legal_representative,
            "address": enterprise.address,
        },
        "inspectors": [
            {"name": officer.name, "certificate": officer.certificate_number}
            for officer in reinspection.inspectors.order_by("pk")
        ],
        "requirements": _required(case),
        "findings": _lines(reinspection.findings),
        "conclusion": _conclusion(reinspection),
        "recorded_by": reinspection.recorded_by.name,
        "recorded_at": reinspection.recorded_at,
        "correction": reinspection.correction_reason.rstrip("。；，") or None,
    }


def _moment(reinspection: Reinspection, name: str) -> datetime | None:
    at = getattr(reinspection, name)
    return None if at is None else datetime.combine(reinspection.inspected_on, at)


def _present(reinspection: Reinspection) -> str:
    if not reinspection.attended_by:
        return ""
    capacity = f"（{reinspection.attended_as}）" if reinspection.attended_as else ""
    return f"{reinspection.attended_by}{capacity}"


def _conclusion(reinspection: Reinspection) -> str:
    """Nobody is told that he failed while he still has time. What was to be done at once has none, and there is no rest of an
    order that wants all of it at once."""
    if reinspection.is_done:
        return "责令改正的内容已全部改正。"
    case, is_open = reinspection.case, reinspection.open_at_once
    has_rest = not case.is_due_at_once()
    still_has_time = has_rest and case.period_runs_until(reinspection.inspected_on) is not None
    if is_open:
        rest = "其余事项改正期限未满。" if still_has_time else "未按要求完成改正。"
        return f"责令立即改正的下列事项未改正：{'；'.join(text.rstrip('。；') for text in is_open)}。{rest}"
    rest = "复查时尚未改正完毕，改正期限未满" if still_has_time else "未按要求完成改正"
    if has_rest and case.due_at_once() and (still_has_time or is_open == []):
        said = "已改正" if is_open == [] else "的改正情况见“复查情况”"
        return f"责令立即改正的事项{said}；其余事项{rest}。"
    return f"{rest}。"


def _required(case: RectificationCase) -> list[str]:
    """What the order demands, in its own words."""
    rows = case.order.content.get("requirements", []) if case.order else []
    return [f"{row['within']}{row['text']}" for row in rows]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
