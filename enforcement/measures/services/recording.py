"""Verbs of measures: what is recorded of them after their document, and what stands in the way of closing their case."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

import trail
from casework import powers
from casework.models import Docket
from core import clock
from core.errors import RuleBroken
from core.labels import stored
from enforcement.measures import effects, happenings
from enforcement.measures.models import ChildMeasure, Measure, MeasureEvent
from organisation.models import Officer

HANDLE = "measures.handle_measure"


@powers.under(HANDLE, of="measure")
@transaction.atomic
def record(*, measure: Measure, what: str, on: date, note: str, by: Officer) -> MeasureEvent:
    """Record what happened to a measure, and let the periods follow. RuleBroken at its field where the table does not allow it."""
    locked = Measure.objects.select_for_update().get(pk=measure.pk)
    if what not in {one.code for one in locked.possible()}:
        raise RuleBroken(_("That cannot be recorded of this measure now."), field="what")
    happening = happenings.get(what)
    if on > clock.today():
        raise RuleBroken(_("The day lies in the future."), field="on")
    if on < locked.since:
        raise RuleBroken(
            _("The measure began on %(since)s: nothing happened to it before.") % {"since": locked.since}, field="on"
        )
    if not note.strip():
        raise RuleBroken(_("Say by which paper it is known, or what was found."), field="note")
    made = MeasureEvent.objects.create(
        measure=locked, what=what, on=on, note=note.strip(), recorded_by=by, recorded_at=clock.now()
    )
    trail.record(
        "measures.record", locked, by=by, docket=locked.docket, basis=happening.basis, what=stored(happening.label),
        on=on, note=made.note,
    )  # fmt: skip
    effects.meet(locked.docket, *happening.meets, on=on)
    if happening.ends:
        effects.end(measure=locked, on=on, ending=happening.ends)
    if happening.starts:
        effects.begin(locked.docket, happening.starts, on=on, event=happening.label)
    return made


def open_measures(docket: Docket) -> list[str]:
    """What of the measures of a case has not ended, in words: the case does not close before."""
    ordered = [
        _("%(measure)s has not ended: %(document)s.")
        % {"measure": row.get_kind_display(), "document": row.notice.number}
        for row in Measure.objects.open().filter(docket=docket).select_related("notice")
    ]
    return ordered + [
        _("“%(measure)s” is still at the stage “%(stage)s”.") % {"measure": row.label, "stage": row.get_stage_display()}
        for row in ChildMeasure.objects.open().filter(docket=docket)
    ]
