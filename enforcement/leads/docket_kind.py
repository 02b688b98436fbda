"""How casework shows a lead."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework import course, powers, statutes
from casework.kinds import Action, DocketKind
from casework.models import Docket
from core.labels import in_print
from enforcement.leads import competence, informants
from enforcement.leads.forms import labelled
from enforcement.leads.versions import is_unestablished
from enforcement.leads.workflow import LEAD, Stage


def act_label(lead: Any) -> str:
    return _("Correct the time of the act") if lead.has_time else _("Enter the time of the act")


def actions(docket: Any, viewer: Any) -> list[Action]:
    lead = docket.lead
    found = [
        Action(
            str(step.label),
            reverse("leads:take_step", args=[lead.pk, step.name]),
            is_primary=step.is_primary,
            reasons=tuple(reasons),
        )
        for step, reasons in LEAD.steps_at(lead, viewer)
    ]
    if lead.stage == Stage.REGISTERED and powers.may(viewer, "leads.decide_lead", docket):
        found.append(Action(act_label(lead), reverse("leads:correct_act", args=[lead.pk])))
        if lead.finding_id is None:
            found.append(Action(_("Correct the day of receipt"), reverse("leads:correct_receipt", args=[lead.pk])))
        if type(lead).objects.visible_to(viewer).filter(enterprise=lead.enterprise_id, pk__lt=lead.pk).exists():
            found.append(Action(_("Merge into an earlier lead"), reverse("leads:merge", args=[lead.pk])))
    found += _of_informant(lead, viewer)
    if lead.stage == Stage.REGISTERED and not found:
        found.append(Action(_("Decide whether to open a case"), "", waits_for=_("a case officer")))
    return found


def _of_informant(lead: Any, viewer: Any) -> list[Action]:
    if lead.origin not in informants.FROM_THE_PUBLIC:
        return []
    if informants.may_look(viewer, lead):
        return [Action(_("See who reported"), reverse("leads:informant", args=[lead.pk]))]
    if informants.of(lead) is None and powers.may(viewer, "leads.decide_lead", lead.docket):
        return [Action(_("Record the informant"), reverse("leads:record_informant", args=[lead.pk]))]
    return []


def facts(docket: Any, viewer: Any) -> list[tuple[str, Any]]:
    lead = docket.lead
    rows = [
        (_("Enterprise"), lead.enterprise.name),
        (_("Origin"), lead.get_origin_display()),
        *_source(lead),
        (_("Received on"), lead.received_on.isoformat()),
        (_("Suspected violation"), lead.violation.act),
        (_("Legal basis"), in_print(lead.violation.legal_basis)),
        (_("What the provision provides"), statutes.sanctions(lead.violation) or "—"),
        *competence.row(lead.violation, docket.department),
        (_("Time of the act"), time_of_act(lead)),
        (_("Facts"), lead.facts),
    ]
    return [
        *_why_no_case(lead, viewer),
        *_merged_here(lead, viewer),
        *rows,
        *law_after_the_act(lead, lead.violation),
        *versions_of_the_law(lead),
    ]


def _source(lead: Any) -> list[tuple[str, Any]]:
    """Who handed it here; and of a report or complaint whether there is an informant, never who."""
    rows: list[tuple[str, Any]] = []
    if lead.source_name:
        rows.append((_("Transferring authority or platform"), lead.source_name))
    if lead.source_number:
        rows.append((_("Number of the letter or complaint"), lead.source_number))
    if lead.origin in informants.FROM_THE_PUBLIC:
        known = informants.of(lead) is not None
        rows.append((_("Informant"), _("On record, kept secret") if known else _("Not on record (anonymous)")))
    if looks := informants.looks(lead):
        rows.append((_("Looked at who reported"), "\n".join(looks)))
    return rows


def _named(leads: Any, viewer: Any) -> list[str]:
    """Links to those of these leads that the viewer sees: for him there are no others."""
    seen = leads.visible_to(viewer).select_related("docket").order_by("pk")
    return [format_html('<a href="{}">{}</a>', lead.get_absolute_url(), lead) for lead in seen]


def _merged_here(lead: Any, viewer: Any) -> list[tuple[str, Any]]:
    """A row for each later lead of the same matter."""
    return [(_("Merged into this lead"), link) for link in _named(lead.merged.all(), viewer)]


def _why_no_case(lead: Any, viewer: Any) -> list[tuple[str, Any]]:
    """Rows that say why a lead was dismissed and where it went; none while it is open."""
    if lead.stage != Stage.DISMISSED:
        return []
    if lead.merged_into_id is not None:
        into = [(_("Merged into"), link) for link in _named(type(lead).objects.filter(pk=lead.merged_into_id), viewer)]
        return [*into, (_("Why no case was opened"), course.last_reason(lead.docket))]
    to = [(_("Transferred to"), lead.transferred_to)] if lead.transferred_to else []
    return [*to, (_("Why no case was opened"), course.last_reason(lead.docket))]


def time_of_act(lead: Any) -> str:
    """As far as it is known."""
    if lead.acted_from is None:
        return _("Not recorded; reported on %(on)s") % {"on": lead.received_on.isoformat()}
    if lead.acted_to is None:
        return _("since %(from)s; no end is recorded") % {"from": lead.acted_from.isoformat()}
    if lead.acted_to == lead.acted_from:
        return str(lead.acted_from.isoformat())
    return _("%(from)s to %(to)s") % {"from": lead.acted_from.isoformat(), "to": lead.acted_to.isoformat()}


def versions_of_the_law(lead: Any, found: list[Any] | None = None) -> list[tuple[str, Any]]:
    """A row that names every version that may apply, when the law has changed since the act; else none."""
    found = lead.candidate_violations() if found is None else found
    if len(found) < 2:
        return []
    if lead is not None and lead.acted_from is None:
        label = _("Time of the act not recorded: candidates (行政处罚法第三十七条)")
    else:
        label = _("Law changed since the act: candidates (行政处罚法第三十七条)")
    return [(label, "\n".join(map(labelled, found)))]


def law_after_the_act(lead: Any, violation: Any) -> list[tuple[str, Any]]:
    """A row that warns of a provision that was not in force yet when the act began; else none."""
    if lead is None:
        return []
    found = [*_not_established(lead, violation)]
    if not lead.is_before(violation):
        return found
    if lead.has_earlier_law(violation):
        words = _("The provision cited is in force from %(from)s, later than the day of the act.")
    else:
        words = _(
            "The provision cited is in force from %(from)s, later than the day of the act; its earlier version is not on file."
        )
    return [(_("Law and time of the act"), words % {"from": violation.valid_from.isoformat()}), *found]


def _not_established(lead: Any, violation: Any) -> list[tuple[str, Any]]:
    """A row where nobody knows yet which law applied before, and the act may have been committed under it."""
    if not is_unestablished(violation.code) or not (lead.acted_from is None or lead.is_before(violation)):
        return []
    words = _(
        "To be verified: the provision cited is in force from %(from)s; which provision it took over from has not been established. Look up the law of the day of the act."
    )
    return [(_("Earlier law"), words % {"from": violation.valid_from.isoformat()})]


def origin(docket: Any) -> list[Any]:
    """The inspection whose finding became this lead, and later leads of the same matter: the matter rests on their evidence."""
    inspections = Docket.objects.filter(inspection__findings__lead__docket=docket)
    return [*inspections, *Docket.objects.filter(lead__merged_into__docket=docket).order_by("pk")]


KIND = DocketKind(
    code="lead",
    label=gettext_lazy("Lead"),
    stages=Stage,
    workflow=LEAD,
    series="线",
    subject_of=lambda docket: docket.lead,
    actions=actions,
    facts=facts,
    steps_shown=(Stage.REGISTERED, Stage.CASE_OPENED),
    tones={Stage.REGISTERED: "amber", Stage.CASE_OPENED: "green", Stage.DISMISSED: "grey"},
    origin=origin,
    awaiting={Stage.REGISTERED: "leads.decide_lead"},
    tasks={Stage.REGISTERED: gettext_lazy("Decide whether to open a case")},
    icon="flag",
    new_url_name="leads:new",
    new_permission="leads.decide_lead",
)
