"""Notice types of this app itself: the plain 通知书, for what has no form of its own."""

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from notices.fields import LinesField
from notices.registry import NoticeType
from notices.templatetags.notice_text import cn_date

if TYPE_CHECKING:
    from casework.models import Docket
    from notices.models import Notice


class PlainNoticeForm(forms.Form):
    subject = forms.CharField(
        label=_("Subject of the notice"),
        max_length=40,
        help_text=_("Completes the title “Notice on …”, without full stop."),
    )
    paragraphs = LinesField(label=_("Text"), max_items=30, max_item_length=800, help_text=_("One paragraph per line."))
    amount = forms.DecimalField(
        label=_("Amount in yuan"),
        required=False,
        min_value=Decimal("0.01"),
        max_digits=14,
        decimal_places=2,
        help_text=_("Where money is to be paid: printed below the text in capital numerals and in figures."),
    )
    contact = forms.CharField(
        label=_("Contact and telephone"),
        max_length=60,
        required=False,
        help_text=_("Printed in brackets below the date."),
    )
    annexes = LinesField(
        label=_("Annexes"), max_items=10, max_item_length=60, required=False, help_text=_("One per line.")
    )
    cc = LinesField(
        label=_("Copies to"), max_items=10, max_item_length=60, required=False, help_text=_("One per line.")
    )


class PlainNotice(NoticeType):
    code = "notice"
    label = _("Notice (plain)")
    title = "通知书"
    number_word = "通"
    template = "notices/common/notice.html"
    content_form = PlainNoticeForm
    needs_seal = True
    needs_service = True
    file_order = 60

    def initial(self, docket: "Docket") -> dict[str, Any]:
        return {"contact": f"联系人：{docket.officer.name}" if docket.officer else ""}

    def title_of(self, content: Mapping[str, Any]) -> str:
        subject = str(content.get("subject") or "").strip()
        return f"关于{subject}的通知书" if subject else self.title

    def context(self, notice: "Notice", values: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "title": self.title_of(values),
            "paragraphs": values["paragraphs"],
            "amount": values["amount"] or None,
            "remark": values["contact"] or None,
            "annexes": values["annexes"] or None,
            "cc": values["cc"] or None,
        }

    def revocation_of(self, earlier: "Notice", reason: str) -> dict[str, Any]:
        """Revoked from the beginning, as the clocks have it: at the issue its periods end, as if it had never been."""
        day = cn_date(earlier.issued_on or "")
        return {
            "subject": f"撤销《{earlier.title}》",
            "paragraphs": [
                f"{earlier.agency_name}于{day}向你单位作出《{earlier.title}》（{earlier.number}）。",
                f"因{reason.rstrip('。；，')}，依照《中华人民共和国行政处罚法》第七十五条第二款关于行政机关发现有错误应当主动改正的规定，"
                f"现决定予以撤销。《{earlier.title}》（{earlier.number}）自始不发生法律效力。",
            ],
        }
