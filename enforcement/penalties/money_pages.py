"""What pages show of the money of a penalty: the sums, the surcharge stretch by stretch, the ledger. Reads only."""

from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from casework import powers
from casework.models import Docket
from core import clock
from core.numerals import amount_in_capitals, amount_in_figures
from enforcement.penalties import arrears
from enforcement.penalties.models import SanctionKind
from enforcement.penalties.models.money import Confiscation, Entry, Receivable
from enforcement.penalties.payments import KEEP
from enforcement.penalties.selectors import current
from enforcement.penalties.surcharge import Surcharge

LONG: Final = 30  # days of surcharge after which it may be enforced (行政强制法第四十六条第一款)


def panel(docket: Docket, viewer: Any) -> dict[str, Any] | None:
    """The sums of a docket, one block for each claim; none where no penalty was decided."""
    rows = arrears.of_docket(docket)
    return {"claims": [claim(row, arrears.state(row)) for row in rows]} if rows else None


def claim(row: Receivable, state: Surcharge) -> dict[str, Any]:
    return {
        "row": row,
        "url": row.get_absolute_url(),
        "title": row.get_purpose_display(),
        "tag": tag_of(row, state),
        "facts": sums(row, state),
    }


def tag_of(row: Receivable, state: Surcharge) -> dict[str, str]:
    if row.cancelled_on is not None:
        return {"label": _("Fallen"), "tone": "grey"}
    if row.settled_on is not None:
        return {"label": _("Paid"), "tone": "green"}
    if row.due_key < state.until:
        return {"label": _("Not paid in time"), "tone": "red"}
    return {"label": _("To be paid"), "tone": "blue"}


def money(amount: Any) -> str:
    return f"{amount_in_figures(amount)}（{amount_in_capitals(amount)}）"


def sums(row: Receivable, state: Surcharge) -> list[dict[str, Any]]:
    """Principal, surcharge, paid, open: figures, and capital numerals where money is still asked for."""
    facts: list[dict[str, Any]] = [
        {"label": _("Sum to be paid"), "value": money(row.principal_cny)},
        {"label": _("Payer"), "value": row.payer},
        {"label": _("By the decision"), "value": row.decision.number, "url": row.decision.get_absolute_url()},
    ]
    if row.cancelled_on is not None:
        fallen = f"{row.cancelled_on} {row.cancel_reason}"
        return [*facts, {"label": _("Fallen"), "value": fallen}]
    facts += [
        {
            "label": _("To be paid by"),
            "lines": [f"{one.due_on} {amount_in_figures(one.amount)}" for one in arrears.instalments(row)],
        },
        {"label": _("Paid so far"), "value": amount_in_figures(state.paid)},
    ]
    if state.total:
        doubt = "" if state.is_certain else _("To be verified")
        facts.append(
            {"label": _("Surcharge until %(on)s") % {"on": state.until}, "value": money(state.total), "note": doubt}
        )
    facts.append({"label": _("Still open"), "value": money(state.open) if state.open else _("nothing")})
    if state.overpaid:
        facts.append({"label": _("To be given back"), "value": money(state.overpaid)})
    return facts


def page(row: Receivable, viewer: Any) -> dict[str, Any]:
    """The page of one claim."""
    arrears.with_its_rows([row])
    state = arrears.state(row)
    keeps = powers.may(viewer, KEEP, row.docket) and row.cancelled_on is None
    return {
        "receivable": row,
        "docket": row.docket,
        "title": _("%(purpose)s by decision %(decision)s")
        % {"purpose": row.get_purpose_display(), "decision": row.decision.number},
        "claim": claim(row, state),
        "stretches": [one.words for one in state.stretches],
        "total": amount_in_figures(state.total),
        "notes": notes(state),
        "ledger": ledger(row, keeps=keeps),
        "plans": plans(row, keeps=keeps),
        "reviews": reviews(row, keeps=keeps),
        "secondary": _acts(row) if keeps else [],
        "today": clock.today(),
    }


def notes(state: Surcharge) -> list[str]:
    """What follows from how it stands, in sentences."""
    found = []
    if state.open and state.charged_days > LONG:
        found.append(_("The surcharge has run for more than thirty days: after a demand (催告) that is not obeyed, the court is asked, or what was seized is auctioned to set it off (行政强制法第四十六条)."))  # fmt: skip
    if state.overpaid:
        found.append(_("More was paid than is owed: the rest is given back (退付)."))
    return found


def _acts(row: Receivable) -> list[dict[str, Any]]:
    words = [
        ("pay", _("Record a payment"), "primary"),
        ("plan", _("Record a deferral or instalments"), "secondary"),
        ("review", _("Record reconsideration or litigation"), "secondary"),
    ]
    return [{"label": label, "url": _url(name, row), "tone": tone} for name, label, tone in words]


def _url(name: str, row: Any) -> str:
    return reverse(f"penalties:{name}", args=[row.pk])


def ledger(row: Receivable, *, keeps: bool) -> dict[str, Any]:
    """The lines as they were entered. What was reversed says so, and the reversal says why."""
    columns = [
        {"key": "paid_on", "label": _("Paid on"), "phone": "main"},
        {"key": "amount", "label": _("Amount"), "numeric": True},
        {"key": "receipt", "label": _("Receipt")},
        {"key": "channel", "label": _("How it was paid")},
        {"key": "by", "label": _("Entered by")},
        {"key": "act", "label": _("Remark"), "phone": "wide"},
    ]
    rows = [
        {
            "id": one.pk,
            "label": str(one),
            "cells": [
                {"text": one.paid_on.isoformat(), "nowrap": True},
                {"text": f"{one.amount_cny:,.2f}", "nowrap": True},
                {"text": one.receipt_number, "nowrap": True},
                {"text": one.get_channel_display()},
                {"text": one.recorded_by.name, "sub": f"{clock.local(one.recorded_at):%Y-%m-%d %H:%M}"},
                _remark(one, keeps=keeps),
            ],
        }
        for one in row.entries.select_related("recorded_by", "reversed_by")
    ]
    empty = {"title": _("Nothing was paid yet.")}
    return {"caption": _("Ledger"), "columns": columns, "rows": rows, "empty": empty}


def _remark(one: Entry, *, keeps: bool) -> dict[str, Any]:
    if one.reverses_id is not None:
        return {"text": _("Reverses the entry of %(on)s: %(reason)s") % {"on": one.paid_on, "reason": one.reason}}
    if hasattr(one, "reversed_by"):
        return {"tag": {"label": _("Reversed"), "tone": "grey"}, "sub": one.remark}
    if keeps:
        return {"text": _("Reverse"), "url": _url("reverse", one), "sub": one.remark}
    return {"text": one.remark}


def plans(row: Receivable, *, keeps: bool) -> list[dict[str, Any]]:
    standing = arrears.standing_plan(row)
    found = []
    for plan in row.plans.all():
        facts = [
            {"label": _("Applied for in writing on"), "value": plan.applied_on.isoformat()},
            {"label": _("Agreed to on"), "value": plan.agreed_on.isoformat()},
            {
                "label": _("Instalments"),
                "lines": [f"{one.due_on} {amount_in_figures(one.amount_cny)}" for one in plan.instalments.all()],
            },
        ]
        if plan.taken_back_at is not None:
            facts.append({"label": _("Taken back"), "value": plan.taken_back_reason})
        is_standing = standing is not None and plan.pk == standing.pk
        found.append(
            {
                "title": plan.document,
                "facts": facts,
                "tag": {"label": _("Applies now"), "tone": "green"} if is_standing else {"label": _("Replaced or taken back"), "tone": "grey"},
                "act": {"label": _("Take back a wrong entry"), "url": _url("take_back_plan", plan)} if keeps and is_standing else None,
            }
        )  # fmt: skip
    return found


def reviews(row: Receivable, *, keeps: bool) -> list[dict[str, Any]]:
    found = []
    for one in row.reviews.all():
        last = one.last_on.isoformat() if one.last_on else _("not ended")
        facts = [
            {"label": _("First day"), "value": one.first_on.isoformat(), "note": one.document},
            {"label": _("Last day"), "value": last, "note": one.ended_document},
        ]
        acts = []
        if one.taken_back_at is not None:
            facts.append({"label": _("Taken back"), "value": one.taken_back_reason})
        elif keeps:
            if one.last_on is None:
                acts.append({"label": _("Record its end"), "url": _url("end_review", one)})
            acts.append({"label": _("Take back a wrong entry"), "url": _url("take_back_review", one)})
        found.append({"title": one.get_kind_display(), "facts": facts, "acts": acts})
    return found


def confiscated(docket: Docket, viewer: Any) -> dict[str, Any] | None:
    """What was confiscated in kind, and what became of it; none where no decision in force confiscates anything."""
    rows = Confiscation.objects.filter(docket=docket)
    penalty = current(docket)
    orders_it = (
        penalty is not None
        and penalty.served_on is not None
        and penalty.sanctions.filter(kind=SanctionKind.GOODS).exists()
    )
    if not rows and not orders_it:
        return None
    keeps = powers.may(viewer, KEEP, docket)
    add = {"label": _("Enter a confiscated thing"), "url": reverse("penalties:receive_confiscated", args=[docket.pk])}
    return {"things": [_thing(row, keeps=keeps) for row in rows], "add": add if keeps and orders_it else None}


def _thing(row: Confiscation, *, keeps: bool) -> dict[str, Any]:
    facts = [
        {"label": _("Kind of thing"), "value": row.get_kind_display()},
        {"label": _("Assessed value"), "value": amount_in_figures(row.value_cny) if row.value_cny is not None else ""},
        {"label": _("Received on"), "value": row.received_on.isoformat(), "note": row.kept_at},
    ]
    acts = []
    if row.taken_back_at is not None:
        tag = {"label": _("Taken back"), "tone": "grey"}
        facts.append({"label": _("Reason"), "value": row.taken_back_reason})
    elif row.disposal:
        tag = {"label": row.get_disposal_display(), "tone": "green"}
        facts.append({"label": _("Disposed of on"), "value": str(row.disposed_on), "note": row.document})
        if row.proceeds_cny is not None:
            facts.append({"label": _("Proceeds"), "value": money(row.proceeds_cny), "note": row.receipt_number})
    else:
        tag = {"label": _("In the authority's hands"), "tone": "amber"}
        acts = [{"label": _("Record its disposal"), "url": _url("dispose_confiscated", row)}]
    if row.taken_back_at is None:
        acts.append({"label": _("Take back a wrong entry"), "url": _url("take_back_confiscated", row)})
    return {"title": str(row), "tag": tag, "facts": facts, "acts": acts if keeps else []}
