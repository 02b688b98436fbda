"""Performance and its enforcement (行政处罚法第六十六条至第七十四条; 行政强制法第五十三条至第六十条)."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

import trail
from casework import powers
from core import clock, moments
from core.errors import RuleBroken, refuse_all
from core.labels import stored
from enforcement.penalties import events, names, papers
from enforcement.penalties.deadlines import APPLICATION, PAYMENT, PUBLICATION, REMEDIES, URGED
from enforcement.penalties.models import Penalty
from enforcement.penalties.services.rows import cancel, locked_at, meet
from enforcement.penalties.services.serving import demand_was_served
from enforcement.penalties.workflow import HANDLE, PENALTY, Stage
from organisation.models import Officer

RUNNING = (Stage.PERFORMING, Stage.URGING, Stage.ENFORCING)


@powers.under(HANDLE, of="penalty")
@transaction.atomic
def carry_out(*, penalty: Penalty, on: date, how: str, by: Officer) -> Penalty:
    """When and how the sanctions other than money were carried out: a licence taken in, a plant stopped, goods taken over."""
    locked = locked_at(penalty, *RUNNING)
    faults = [*moments.faults_to_come(on, day="on")]
    if locked.served_on is not None and on < locked.served_on:
        faults.append(
            ("on", _("The decision was served on %(on)s: nothing was carried out before.") % {"on": locked.served_on})
        )
    if not how.strip():
        faults.append(("how", _("Say how they were carried out.")))
    refuse_all(faults)
    before = {"on": locked.carried_out_on, "how": locked.carried_out_how}
    locked.carried_out_on, locked.carried_out_how = on, how.strip()
    locked.save(update_fields=["carried_out_on", "carried_out_how"])
    trail.record(
        "penalties.carry_out", locked, by=by, docket=locked.docket, basis="行政处罚法第六十六条", before=before,
        after={"on": on, "how": how.strip()},
    )  # fmt: skip
    return locked


@transaction.atomic
def perform(*, penalty: Penalty, by: Officer) -> Penalty:
    """Everything is paid and carried out: the procedure on the penalty ends."""
    moved = PENALTY.advance(penalty, "perform", by=by)
    meet(moved, PAYMENT, URGED, on=clock.today())
    cancel(moved, *REMEDIES, APPLICATION, reason=stored(events.PERFORMED))
    return moved


@transaction.atomic
def urge(*, penalty: Penalty, by: Officer) -> Penalty:
    """The demand was served before this step existed, or while the penalty stood elsewhere: go on from its service."""
    served_on = papers.served_on(penalty, names.DEMAND)
    if served_on is None:
        raise RuleBroken(_("The demand (催告书) has not been served (行政强制法第五十四条)."))
    return demand_was_served(penalty=penalty, served_on=served_on)


@transaction.atomic
def apply_to_court(*, penalty: Penalty, by: Officer) -> Penalty:
    """The application is with the court: the three months to apply are kept."""
    moved = PENALTY.advance(penalty, "apply_to_court", by=by)
    meet(moved, APPLICATION, URGED, on=clock.today())
    return moved


@transaction.atomic
def court_refused(*, penalty: Penalty, reason: str, by: Officer) -> Penalty:
    return PENALTY.advance(penalty, "court_refused", by=by, reason=reason)


@powers.under(HANDLE, of="penalty")
@transaction.atomic
def publish(*, penalty: Penalty, on: date, where: str, by: Officer) -> Penalty:
    """公开: where and when the decision was published (行政处罚法第四十八条)."""
    locked = locked_at(penalty, Stage.SERVING, *RUNNING, Stage.ENDED)
    faults = [*moments.faults_to_come(on, day="on")]
    if locked.decided_on is None or on < locked.decided_on:
        faults.append(
            ("on", _("The decision was made on %(on)s: it was not published before.") % {"on": locked.decided_on})
        )
    if not where.strip():
        faults.append(("where", _("Say where it was published.")))
    refuse_all(faults)
    meet(locked, PUBLICATION, on=on)
    trail.record(
        "penalties.publish",
        locked,
        by=by,
        docket=locked.docket,
        basis="行政处罚法第四十八条",
        on=on,
        where=where.strip(),
    )
    return locked
