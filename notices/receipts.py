"""The receipt of service (送达回证): a blank one to take along, and the frozen one that says how the notice was served."""

from typing import Any, Final

from casework import kinds
from core.labels import in_chinese
from notices import composing
from notices.models import Method, Notice, Service

TEMPLATE = "notices/common/service_receipt.html"
# What is written of the moment: nobody receives what is left with him, or what is published.
WHEN: Final = {
    Method.LEFT: "留置时间",
    Method.ELECTRONIC: "到达时间",
    Method.PUBLIC: "视为送达日期",
    Method.POST: "签收日期",
    Method.ENTRUSTED: "签收日期",
}


def agency_of(service: Service) -> str:
    """The authority as it was called on the day of service: a name may change between issue and service."""
    notice = service.notice
    if notice.agency is None or service.served_on is None:
        return notice.agency_name
    return notice.agency.name_on(service.served_on)


@in_chinese()
def _context(notice: Notice, service: Service | None) -> dict[str, Any]:
    context: dict[str, Any] = {
        "agency": notice.agency_name if service is None else agency_of(service),
        "title": "送达回证",
        "document": {"title": notice.title, "number": notice.number, "pages": notice.pdf_pages},
        "addressee_name": notice.addressee_name,
        "matter": kinds.cause_of(notice.docket),
        "docket_number": notice.docket.number,
        "issued_on": None,
    }
    if service is None:
        return context
    return context | {
        "issued_on": service.served_on,
        "service": {
            "method": str(service.get_method_display()),
            "place": service.place,
            # The hour counts where the party took it or it was left there; else the day on the receipt.
            "at": service.at if service.method in {Method.DIRECT, Method.LEFT, Method.ELECTRONIC} else None,
            "served_on": service.served_on,
            "when": WHEN.get(Method(service.method), "收到时间"),
            "recipient": service.recipient,
            "relation": str(service.get_relation_display()),
            "refusal_reason": service.refusal_reason,
            "witness": "　".join(filter(None, [service.witness_name, service.witness_organisation])),
            "servers": [officer.name for officer in service.servers],
            "remark": "；".join(filter(None, [service.remark, _correction(service)])),
        },
    }


def _correction(service: Service) -> str:
    """What the receipt says of the record that it takes the place of."""
    wrong = service.corrects.served_on if service.corrects else None
    if wrong is None:
        return ""
    return f"本回证更正原送达记录（原记载送达日期{wrong:%Y}年{wrong.month}月{wrong.day}日），更正理由：{service.correction_reason}"


def freeze(service: Service) -> None:
    """Copy the words of the receipt into the row; the PDF follows."""
    composed = composing.compose(TEMPLATE, _context(service.notice, service))
    service.html, service.template = composed.html, composed.template
    service.template_sha256 = composed.template_sha256


def blank_html(notice: Notice) -> str:
    """A receipt to print and have signed: the notice's data filled in, the rest by hand."""
    return composing.compose(TEMPLATE, _context(notice, None)).html
