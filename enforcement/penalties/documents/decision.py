"""行政处罚决定书 and 不予行政处罚决定书."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import clock
from enforcement.penalties.documents import law, parts
from enforcement.penalties.documents.base import PenaltyDocument, investigated, payment, remedies
from enforcement.penalties.documents.prior import PRIOR_NOTICES
from notices.fields import LinesField

if TYPE_CHECKING:
    from datetime import date

    from casework.models import Docket
    from notices.models import Notice


class DecisionForm(
    parts.RemediesForm, parts.PaymentForm, parts.SanctionsForm, parts.BasisForm, parts.HeardForm, parts.FactsForm
):
    """The six contents of a decision (行政处罚法第五十九条), and how the party was heard (第六十二条)."""

    reasons = LinesField(
        label=gettext_lazy("Reasons for this penalty and its amount (one paragraph per line)"),
        max_item_length=800,
        help_text=gettext_lazy("Circumstances that weigh for and against, and the standard of discretion."),
    )
    collective_on = parts.day_field(
        gettext_lazy("Discussed by the heads of the authority on"),
        required=False,
        help_text=gettext_lazy("Complex or serious cases (行政处罚法第五十七条第二款)."),
    )
    performance = LinesField(
        label=gettext_lazy("How and by when the other penalties are performed (one paragraph per line)"),
        required=False,
        max_items=8,
        help_text=gettext_lazy(
            "Of each penalty other than money. Where money is paid, the period follows from the law."
        ),
    )
    field_order = (
        "investigated_from", "investigated_to", "facts", "evidence", "violated", "told_title", "told_number", "told_on",
        "heard", "heard_words", "collective_on", "basis", "reasons", "sanctions", "gains", "fine", "performance", "payee",
        "bank", "account", "reconsideration_body", "court",
    )  # fmt: skip

    def clean_collective_on(self) -> "date | None":
        return parts.not_to_come(self.cleaned_data["collective_on"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        sanctions = cleaned.get("sanctions") or []
        if any(item not in parts.WARNINGS_ALONE for item in sanctions) and not cleaned.get("performance"):
            self.add_error(
                "performance",
                _(
                    "Say how and by when the penalties other than money are performed (行政处罚法第五十九条第一款第四项)."
                ),
            )
        return cleaned


def told(docket: "Docket") -> dict[str, Any]:
    """The prior notice by the fields of HeardForm; what the party said to it the officer fills in."""
    notice = parts.last(docket, *PRIOR_NOTICES)
    if notice is None:
        return {}
    return {"told_number": notice.number, "told_title": notice.title, "told_on": parts.served_on(notice)}


def heard(values: Mapping[str, Any]) -> dict[str, Any]:
    """How the party was told and heard, for the template."""
    title = str(values["told_title"] or "")
    return {
        "title": title,
        "number": values["told_number"],
        "on": parts.day(values["told_on"]),
        "offered_hearing": "听证" in title,
        "outcome": values["heard"],
        "words": values["heard_words"] or [],
    }


class PenaltyDecision(PenaltyDocument):
    """行政处罚决定书 (罚)."""

    code = "penalty_decision"
    label = gettext_lazy("Penalty decision")
    document_form = "CFJD"
    template = "notices/penalties/penalty_decision.html"
    content_form = DecisionForm
    needs_legal_review = True
    docket_kinds = None  # started by the penalty procedure
    file_order = 5

    def initial(self, docket: "Docket") -> dict[str, Any]:
        """What the party was told is what is decided, unless its statement changed it."""
        repeated = (*parts.FactsForm.base_fields, *parts.SanctionsForm.base_fields, "basis", "reasons")
        return {
            **parts.facts(docket),
            **parts.reasons(docket),
            **parts.as_told(docket, names=repeated, kinds=PRIOR_NOTICES),
            **told(docket),
            **parts.remedies(docket),
        }

    def lacks(self, notice: "Notice") -> Iterator[str]:
        yield from super().lacks(notice)
        words = notice.content
        if words.get("heard") == "hearing" and "听证" not in words.get("told_title", ""):
            yield _("The prior notice named offered no hearing: name the one on which the hearing was held.")

    def oddities(self, notice: "Notice") -> Iterator[str]:
        yield from super().oddities(notice)
        before = parts.last(notice.docket, *PRIOR_NOTICES)
        if before is None:
            return
        for name, label in (("fine", _("fine")), ("gains", _("confiscation of gains"))):
            now, then = parts.amount(notice.content, name), parts.amount(before.content, name)
            if now is not None and now > (then or 0):
                yield (
                    _(
                        "The %(what)s is higher than the party was told in %(number)s: it must not be so because it defended itself, and for other reasons it is told again first (行政处罚法第四十五条、第六十二条)."
                    )
                    % {"what": label, "number": before.number}
                )

    def context(self, notice: "Notice", values: Mapping[str, Any]) -> dict[str, Any]:
        return {
            **super().context(notice, values),
            "investigated": investigated(values),
            "told": heard(values),
            "collective_on": parts.day(values["collective_on"]) if values["collective_on"] else "",
            "sanctions": parts.sanctions(values),
            "is_fined": bool(values["fine"]),
            "has_gains": bool(values["gains"]),
            "performance": values["performance"] or [],
            "payment": payment(values) if values["fine"] or values["gains"] else None,
            "surcharge_is_capped": clock.today() >= law.SURCHARGE_CAPPED_SINCE,
            "warning_only": [item for item in values["sanctions"] or [] if item in parts.WARNINGS_ALONE],
            "remedies": remedies(values),
        }


# Ground of not punishing → what the decision finds, and the articles until and since 2021-07-15; nothing where the law had no such ground.
GROUNDS: Final = {
    "minor": ("违法行为轻微并及时改正，没有造成危害后果", "第二十七条第二款、第三十八条第一款第二项", "第三十三条第一款、第五十七条第一款第二项"),
    "first": ("系初次违法，危害后果轻微并及时改正", "", "第三十三条第一款、第五十七条第一款第二项"),
    "no_fault": ("有证据足以证明没有主观过错", "", "第三十三条第二款"),
    "out_of_time": ("违法行为在法定追究期限内未被发现", "第二十九条第一款", "第三十六条第一款"),
    "unproven": ("违法事实不能成立", "第三十八条第一款第三项", "第五十七条第一款第三项"),
}  # fmt: skip


def ground_in_law(ground: str, day: "date") -> str:
    """The articles of 行政处罚法 on that ground, by its version of the day; empty where it had none."""
    _words, before, since = GROUNDS[ground]
    return since if law.on(day).days_are_working else before


class NoPenaltyForm(parts.RemediesForm, parts.FactsForm):
    """不予行政处罚: on which ground, and why it is given here."""

    ground = forms.ChoiceField(
        label=gettext_lazy("Ground of not punishing"),
        choices=[
            ("", "—"),
            ("minor", gettext_lazy("Minor, put right in time, no harm (shall not be punished)")),
            ("first", gettext_lazy("First time, slight harm, put right in time (need not be punished)")),
            ("no_fault", gettext_lazy("Proved to be without fault")),
            ("out_of_time", gettext_lazy("Not discovered within the limitation period")),
            ("unproven", gettext_lazy("The facts of a violation are not established")),
        ],
    )
    reasons = LinesField(
        label=gettext_lazy("Why the ground is given here (one paragraph per line)"),
        max_item_length=800,
        help_text=gettext_lazy("The circumstances, and by what they are proved."),
    )
    education = parts.text_field(
        gettext_lazy("How the party is educated"),
        most=500,
        required=False,
        help_text=gettext_lazy(
            "What it is told to keep to from now on (行政处罚法第三十三条第三款). Not needed where no violation is established."
        ),
    )
    field_order = (
        "investigated_from", "investigated_to", "facts", "evidence", "violated", "ground", "reasons", "education",
        "reconsideration_body", "court",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["violated"].required = self.data.get("ground") != "unproven"


class NoPenaltyDecision(PenaltyDocument):
    """不予行政处罚决定书 (不罚)."""

    code = "no_penalty_decision"
    label = gettext_lazy("Decision not to punish")
    document_form = "BYCF"
    template = "notices/penalties/no_penalty_decision.html"
    content_form = NoPenaltyForm
    needs_legal_review = True
    docket_kinds = None  # started by the penalty procedure
    file_order = 5

    def initial(self, docket: "Docket") -> dict[str, Any]:
        found = parts.facts(docket) | parts.as_told(docket, names=parts.FactsForm.base_fields, kinds=PRIOR_NOTICES)
        found.pop("basis")  # the ground says which article it rests on
        concluded = parts.proposal(docket).get("conclusion", "")
        ground = {"ground": concluded} if concluded in GROUNDS else {}
        return {**found, **ground, **parts.reasons(docket), **parts.remedies(docket)}

    def lacks(self, notice: "Notice") -> Iterator[str]:
        yield from super().lacks(notice)
        ground, today = notice.content.get("ground", ""), clock.today()
        if ground not in GROUNDS:
            return
        if not ground_in_law(ground, today):
            yield _("The law in force on %(on)s did not know this ground of not punishing.") % {"on": today}
        needs = law.on(today).education
        if needs and ground != "unproven" and not str(notice.content.get("education", "")).strip():
            yield _("Say how the party is educated: who is not punished is educated (行政处罚法第三十三条第三款).")

    def oddities(self, notice: "Notice") -> Iterator[str]:
        yield from super().oddities(notice)
        if notice.content.get("ground") == "out_of_time":
            yield _(
                "Check the limitation period: two years, and five where life, health or financial safety was harmed; for harm to the environment five years since 2026-08-15 (行政处罚法第三十六条、生态环境法典第一千零五十四条)."
            )

    def context(self, notice: "Notice", values: Mapping[str, Any]) -> dict[str, Any]:
        ground = values["ground"]
        known = ground in GROUNDS
        is_established = ground != "unproven"
        return {
            **super().context(notice, values),
            "investigated": investigated(values),
            "violated": values["violated"] if is_established else [],
            "is_established": is_established,
            "finding": GROUNDS[ground][0] if known else parts.GAP,
            "articles": (ground_in_law(ground, clock.today()) if known else "") or parts.GAP,
            "education": values["education"] if is_established else "",
            "remedies": remedies(values),
        }
