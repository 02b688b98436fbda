"""当场行政处罚决定书: decided on the spot, within narrow limits (行政处罚法第五十一条、第五十二条)."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import clock
from core.numerals import amount_in_figures
from enforcement.penalties import names
from enforcement.penalties.documents import law, parts
from enforcement.penalties.documents.base import PenaltyDocument, payment, remedies
from enforcement.rectification import phrases
from notices.fields import Column, LinesField, RowsField
from notices.templatetags.notice_text import cn_time

if TYPE_CHECKING:
    from casework.models import Docket
    from notices.models import Notice

ON_THE_SPOT = ("small", "hard")


class SummaryForm(parts.RemediesForm, parts.PaymentForm, parts.BasisForm):
    """What 行政处罚法第五十二条第二款 wants in it, and the limits of the simple procedure."""

    found_at = forms.DateTimeField(
        label=gettext_lazy("Day and hour of the violation found"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    place = forms.CharField(label=gettext_lazy("Place"), max_length=200)
    party_kind = forms.ChoiceField(
        label=gettext_lazy("The party is"),
        choices=[
            ("organisation", gettext_lazy("A legal person or other organisation")),
            ("citizen", gettext_lazy("A citizen")),
        ],
    )
    facts = LinesField(label=gettext_lazy("Facts found (one paragraph per line)"), max_item_length=1000)
    evidence = LinesField(label=gettext_lazy("Evidence, each with what it proves (one per line)"), max_items=20)
    violated = RowsField(
        label=gettext_lazy("Provisions violated"),
        columns=[
            Column("instrument", gettext_lazy("Instrument")),
            Column("article", gettext_lazy("Article"), max_length=40),
            Column("content", gettext_lazy("What it demands"), required=False, wide=True),
        ],
    )
    said = parts.text_field(
        gettext_lazy("What the party said, and what was found on it"),
        most=500,
        required=False,
        help_text=gettext_lazy("Left empty: it brought nothing forward."),
    )
    sanction = forms.ChoiceField(
        label=gettext_lazy("Penalty"),
        choices=[
            ("", "—"),
            ("warning", gettext_lazy("Warning")),
            ("fine", gettext_lazy("Fine")),
            ("both", gettext_lazy("Warning and fine")),
        ],
    )
    fine = parts.amount_field(gettext_lazy("Fine, in yuan"), required=False)
    collected = forms.ChoiceField(
        label=gettext_lazy("How the fine is paid"),
        choices=[
            ("bank", gettext_lazy("To the bank, within fifteen days")),
            ("small", gettext_lazy("On the spot: a small fine")),
            ("hard", gettext_lazy("On the spot: it would be hard to enforce afterwards")),
        ],
    )
    officers = RowsField(
        label=gettext_lazy("Enforcement officers"),
        columns=[
            Column("name", gettext_lazy("Name of the officer"), max_length=40),
            Column("certificate", gettext_lazy("Enforcement certificate"), max_length=40),
        ],
        max_rows=4,
    )
    field_order = (
        "found_at", "place", "party_kind", "facts", "evidence", "violated", "said", "basis", "sanction", "fine",
        "collected", "payee", "bank", "account", "officers", "reconsideration_body", "court",
    )  # fmt: skip

    def money(self, cleaned: Mapping[str, Any]) -> bool:
        return super().money(cleaned) and cleaned.get("collected") == "bank"

    def clean_found_at(self) -> datetime:
        at: datetime = self.cleaned_data["found_at"]
        if at > clock.now():
            raise forms.ValidationError(_("The day lies in the future: the document tells what has happened."))
        return at

    def clean_evidence(self) -> list[str]:
        return [phrases.clause(item) for item in self.cleaned_data["evidence"]]

    def clean_violated(self) -> list[dict[str, str]]:
        return [
            row | {"instrument": phrases.title(row["instrument"]), "content": phrases.demand(row["content"])}
            for row in self.cleaned_data["violated"]
        ]

    def clean_officers(self) -> list[dict[str, str]]:
        rows: list[dict[str, str]] = self.cleaned_data["officers"]
        if len({row["certificate"] for row in rows}) < 2:
            raise forms.ValidationError(
                _("Two officers with a certificate each decide on the spot (行政处罚法第四十二条).")
            )
        return rows

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        sanction, fine = cleaned.get("sanction"), cleaned.get("fine")
        if sanction in {"fine", "both"} and not fine and "fine" not in self.errors:
            self.add_error("fine", _("Give the amount of the fine."))
        if sanction == "warning" and fine:
            self.add_error("fine", _("A warning has no amount: choose the fine, or take the amount out."))
        return cleaned


class SummaryPenalty(PenaltyDocument):
    """当场行政处罚决定书 (当罚)."""

    code = names.SUMMARY
    label = gettext_lazy("Penalty decided on the spot")
    document_form = "DCCF"
    needs_service = True  # handed over on the spot: from then the periods run
    template = "notices/penalties/summary_penalty_decision.html"
    content_form = SummaryForm
    docket_kinds = ("rectification",)
    file_order = 7

    def initial(self, docket: "Docket") -> dict[str, Any]:
        known = parts.facts(docket)
        team = docket.team.exclude(part="task").select_related("officer").order_by("pk")
        return {
            **{name: known[name] for name in ("facts", "evidence", "violated", "basis") if name in known},
            "place": docket.rectification_case.site(),
            "party_kind": "organisation",
            "collected": "bank",
            "officers": [
                {"name": row.officer.name, "certificate": row.officer.certificate_number}
                for row in team
                if row.officer.certificate_number
            ],
            **parts.remedies(docket),
        }

    def lacks(self, notice: "Notice") -> Iterator[str]:
        yield from super().lacks(notice)
        today, words = law.on(clock.today()), notice.content
        fine = parts.amount(words, "fine")
        is_citizen = words.get("party_kind") == "citizen"
        most = today.summary_citizen if is_citizen else today.summary_organisation
        if fine is not None and fine > most:
            yield (
                _(
                    "On the spot a fine is at most %(most)s for this kind of party (行政处罚法%(article)s): a higher one takes the ordinary procedure."
                )
                % {"most": amount_in_figures(most), "article": today.summary}
            )
        if fine is not None and words.get("collected") == "small" and fine > today.collected_small_most:
            yield (
                _("Only a fine of at most %(most)s is collected on the spot as a small one (行政处罚法%(article)s).")
                % {"most": amount_in_figures(today.collected_small_most), "article": today.collected_small}
            )

    def context(self, notice: "Notice", values: Mapping[str, Any]) -> dict[str, Any]:
        version, collected = law.on(clock.today()), values["collected"]
        fined = values["sanction"] in {"fine", "both"}
        sanctions = [
            *(["警告"] if values["sanction"] in {"warning", "both"} else []),
            *([f"罚款{parts.yuan(values['fine'])}"] if fined else []),
        ]
        spot = {"small": version.collected_small, "hard": version.collected_hard}
        return {
            **super().context(notice, values),
            "you": "你" if values["party_kind"] == "citizen" else "你单位",
            "found_at": cn_time(values["found_at"]) if values["found_at"] else parts.GAP,
            "sanctions": sanctions or [parts.GAP],
            "has_warning": values["sanction"] in {"warning", "both"},
            "is_fined": fined,
            "on_the_spot": spot.get(collected, "") if fined else "",
            "payment": payment(values),
            "surcharge_is_capped": clock.today() >= law.SURCHARGE_CAPPED_SINCE,
            "reconsideration_first": clock.today() >= law.RECONSIDERATION_FIRST_SINCE,
            "after_reconsideration": law.period(law.SUE_AFTER_RECONSIDERATION, clock.today()),
            "remedies": remedies(values),
        }
