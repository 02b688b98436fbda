"""复查笔录: what a re-inspection found, as a document."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.labels import in_chinese
from enforcement.rectification.deadlines import PERIOD
from enforcement.rectification.models import Reinspection
from notices import services as notices
from notices.models import SiteRecord
from notices.records import RecordKind
from organisation.models import Officer

KIND = RecordKind(
    code="reinspection_record",
    label=_("Record of the re-inspection"),
    title="复查笔录",
    template="notices/rectification/reinspection_record.html",
    permission="rectification.reinspect",
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
    )


@in_chinese()
def context(reinspection: Reinspection) -> dict[str, Any]:
    case = reinspection.case
    docket, enterprise, order = case.docket, case.enterprise, case.order
    period = docket.deadlines.filter(kind=PERIOD, cancelled_on=None).last()
    return {
        "agency": docket.department.name_on(reinspection.inspected_on),
        "title": KIND.title,
        "number": docket.number,
        "order": {
            "title": order.title if order else "",
            "number": order.number if order else "",
            "served_on": case.served_on or "",
            "due": period.due_on if period else None,
        },
        "inspected_on": reinspection.inspected_on,
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
        "requirements": _lines(case.requirements),
        "findings": _lines(reinspection.findings),
        "conclusion": "责令改正的内容已全部改正。" if reinspection.is_done else "未按要求完成改正。",
        "recorded_by": reinspection.recorded_by.name,
        "recorded_at": reinspection.recorded_at,
        "correction": reinspection.correction_reason.rstrip("。；，") or None,
    }


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
