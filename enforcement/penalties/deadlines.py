"""Periods of a penalty. Those of the party end by themselves: a right that ran out is nobody's delay."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from casework.deadlines.kinds import DeadlineKind
from casework.models import Deadline
from enforcement.penalties import events
from organisation.models.places import ENVIRONMENT

STATEMENT, HEARING_REQUEST, HEARING = "penalties.statement", "penalties.hearing_request", "penalties.hearing"
SERVICE, PUBLICATION, PAYMENT = "penalties.service", "penalties.publication", "penalties.payment"
INSTALMENT = "penalties.instalment"
RECONSIDERATION, LITIGATION = "penalties.reconsideration", "penalties.litigation"
URGED, APPLICATION = "penalties.urged", "penalties.application"
RIGHTS: Final = (STATEMENT, HEARING_REQUEST)
REMEDIES: Final = (RECONSIDERATION, LITIGATION)
QUIET: Final = ()  # nobody is reminded of what another may do


def _ran_out(deadline: Deadline) -> None:
    from enforcement.penalties.services import running

    running.ran_out(deadline)


def _payment_moved(deadline: Deadline) -> None:
    from enforcement.penalties import account

    account.payment_day_moved(deadline)


KINDS: Final = (
    # The notice names the days: the law does not (第四十五条). Environmental authorities: five working days (to be verified).
    DeadlineKind(
        code=STATEMENT, label=_("Statement and defence of the party"), basis=events.STATEMENT_BASIS, side="party",
        reminder_offsets=QUIET, escalate_after_days=None, on_missed=_ran_out,
    ),
    DeadlineKind(
        code=HEARING_REQUEST, label=_("Request for a hearing"), rules=("D22", "D23"), side="party",
        reminder_offsets=QUIET, escalate_after_days=None, on_missed=_ran_out,
    ),
    DeadlineKind(code=HEARING, label=_("Hearing to be held"), special={ENVIRONMENT: ("D25",)}),
    DeadlineKind(code=SERVICE, label=_("Service of the decision on the penalty"), rules=("D29",)),
    DeadlineKind(code=PUBLICATION, label=_("Publication of the decision"), rules=("D50",)),
    DeadlineKind(
        code=PAYMENT, label=_("Payment of the penalty"), rules=("D31",), side="party", on_changed=_payment_moved,
    ),
    # The notice by which the authority agreed names the day.
    DeadlineKind(
        code=INSTALMENT, label=_("Instalment of the penalty"), basis=events.DEFERRAL_BASIS, side="party",
    ),
    DeadlineKind(
        code=RECONSIDERATION, label=_("Application for reconsideration"), rules=("D33",), side="party",
        reminder_offsets=QUIET, escalate_after_days=None, on_missed=_ran_out,
    ),
    DeadlineKind(
        code=LITIGATION, label=_("Action before the court"), rules=("D34", "D35"), side="party",
        reminder_offsets=QUIET, escalate_after_days=None, on_missed=_ran_out,
    ),
    # 催告书送达十日后 (行政强制法第五十四条, working days by 第六十九条).
    DeadlineKind(
        code=URGED, label=_("Performance after the demand"), rules=("D38",), side="party", escalate_after_days=None,
        on_missed=_ran_out,
    ),
    DeadlineKind(code=APPLICATION, label=_("Application to the court for enforcement"), rules=("D39",)),
)  # fmt: skip
