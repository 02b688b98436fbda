"""督办通知书 (DBTZ): to the authority that handles a matter supervised by name. What it holds: documents.csv, 事项、要求、时限、
责任单位、反馈要求."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import clock
from enforcement.campaigns.models import Supervision
from enforcement.inspections.forms import day
from notices import content
from notices.fields import LinesField
from notices.registry import Addressee, NoticeType

if TYPE_CHECKING:
    from casework.models import Docket
    from notices.models import Notice
    from organisation.models import Department


class SupervisionForm(forms.Form):
    receiver = forms.CharField(label=gettext_lazy("Authority in charge"), max_length=80)
    matter = LinesField(label=gettext_lazy("Matter (one paragraph per line)"), max_item_length=800)
    requirements = LinesField(label=gettext_lazy("Requirements (one per line)"), max_items=20, max_item_length=400)
    due_on = day(label=gettext_lazy("To be completed by"))
    feedback = forms.CharField(
        label=gettext_lazy("How it reports back"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("A whole sentence: how often, in which form, to whom."),
    )
    contact = forms.CharField(label=gettext_lazy("Contact and telephone"), max_length=60, required=False)
    cc = LinesField(label=gettext_lazy("Copies to (one per line)"), required=False, max_items=10, max_item_length=60)


def listing_of(docket: "Docket") -> Supervision | None:
    return docket.supervisions.listed().select_related("department").first()


class SupervisionNotice(NoticeType):
    """Issued by the supervising authority, numbered in its series, on the docket of the matter."""

    code = "supervision_notice"
    label = gettext_lazy("Notice of supervision")
    document_form = "DBTZ"
    title = "督办通知书"
    number_word = "督"
    template = "notices/campaigns/supervision_notice.html"
    content_form = SupervisionForm
    docket_kinds = ("rectification", "lead")
    needs_seal = True
    needs_service = True
    file_order = 70

    def is_offered_on(self, docket: "Docket") -> bool:
        return super().is_offered_on(docket) and listing_of(docket) is not None

    def agency(self, notice: "Notice") -> "Department":
        """The authority that listed the matter, also once it is released."""
        row = notice.docket.supervisions.order_by("-pk").select_related("department").first()
        return row.department.acts_as if row is not None else super().agency(notice)

    def addressee(self, notice: "Notice") -> Addressee | None:
        name = str(notice.content.get("receiver", "")).strip()
        return Addressee(name) if name else None

    def initial(self, docket: "Docket") -> dict[str, Any]:
        row = listing_of(docket)
        if row is None:
            return {}
        party = docket.enterprise.name if docket.enterprise else ""
        return {
            "receiver": docket.department.acts_as.name_on(clock.today()),
            "matter": [f"{party}{docket.title}（案卷号：{docket.number}）。"],
            "requirements": row.requirements.splitlines(),
            "due_on": row.due_on,
            "feedback": f"每月底前书面报告办理进展，办结后五个工作日内书面报送办理结果和申请解除挂牌督办的材料至"
            f"{row.department.acts_as.own_name_in_text}。",
        }

    def guards(self, notice: "Notice") -> list[str]:
        if listing_of(notice.docket) is None:
            return [_("The matter is not listed for supervision: list it first.")]
        return []

    def validate(self, notice: "Notice") -> list[str]:
        row, found = listing_of(notice.docket), []
        words = content.clean(self.form(notice.content))
        if row is not None and (due := words.get("due_on")) and due != row.due_on:
            found.append(
                _("The notice names %(said)s, the listing %(on)s as public deadline.") % {"said": due, "on": row.due_on}
            )
        if words.get("receiver", "").strip() == self.agency(notice).name_on(clock.today()):
            found.append(_("It is addressed to the authority in charge, not to the one that issues it."))
        return found

    def context(self, notice: "Notice", values: Mapping[str, Any]) -> dict[str, Any]:
        row = notice.docket.supervisions.order_by("-pk").first()
        return {
            **{name: values[name] for name in ("matter", "requirements", "due_on", "feedback")},
            "addressee": values["receiver"],
            "level": LEVELS[row.level] if row is not None else LEVELS["province"],
            "we": self.agency(notice).own_name_in_text,
            "remark": f"联系人：{values['contact'].removeprefix('联系人：')}" if values["contact"] else None,
            "cc": values["cc"] or None,
        }


# As the document names the level.
LEVELS = {"city": "市级挂牌督办", "province": "省级挂牌督办", "ministry": "部级挂牌督办"}
