"""Periods of measures: which rule, whose, what begins and what ends it stands in `happenings` and `services`."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.deadlines.kinds import DeadlineKind
from casework.models import Deadline
from enforcement.measures import chains, happenings
from organisation.models.places import ENVIRONMENT

ORDERED = _("The measure was ordered")
ISSUED = _("The document was issued")
SERVED = _("The document was served")
CARRIED_OUT = _("Carried out on the spot")
PROPOSED, APPROVED = _("The referral was proposed"), _("The referral was approved")
RECEIVED = _("The police received the referral")
RELEASED = _("The seizure was released")
LIFTED = _("The limits were lifted")
EVENTS = (ORDERED, ISSUED, SERVED, CARRIED_OUT, PROPOSED, APPROVED, RECEIVED, RELEASED, LIFTED)


def _lapsed(period: Deadline) -> None:
    from enforcement.measures import effects

    effects.evidence_lapsed(period)


def _day_and_night(period: Deadline) -> str:
    return gettext("24 hours: until the same hour of the next day")


def _on_evidence(period: Deadline) -> list[str]:
    """What follows on the end of the period (2010办法第三十九条 until 2023-06-30)."""
    if period.rule is not None and "自动解除" in period.rule.on_breach:
        return [gettext("Where nothing was decided by then, the keeping ends by itself (2010办法第三十九条).")]
    return [
        gettext(
            "To be verified: whether the keeping ends by itself where nothing was decided by then. Decide in time, or release the evidence."
        )
    ]


def _on_seizure(period: Deadline) -> list[str]:
    return [
        gettext(
            "Days of a test, inspection or appraisal are not counted: stop the clock with the document that tells the party (行政强制法第二十五条第三款)."
        )
    ]


def _on_police(period: Deadline) -> list[str]:
    return [gettext("Clues that must be verified: 7 days; large and difficult cases: 30 days (两法衔接办法第九条).")]


# No statute says until when another department answers: the case sets the day.
FEEDBACK_BASIS = _("Day set when the measure was sent (no statutory period)")


def feedback_kinds() -> list[DeadlineKind]:
    """One for each measure of the chains: several of a case run at once, and each is named."""
    return [
        DeadlineKind(code=f"measures.feedback.{code}", label=label, basis=FEEDBACK_BASIS, side="other")
        for code, label in chains.LABELS.items()
    ]


KINDS = (
    # 行政处罚法第五十六条: decided on within seven working days.
    DeadlineKind(
        code=happenings.KEPT, label=_("Decision on registered evidence"), rules=("D07",), on_missed=_lapsed,
        advice=_on_evidence,
    ),
    # 行政强制法第二十五条: thirty days, once as many more.
    DeadlineKind(code=happenings.SEIZED, label=_("Sealing or seizure"), rules=("D08",), advice=_on_seizure),
    DeadlineKind(
        code=happenings.ON_THE_SPOT, label=_("Approval of a seizure on the spot"), rules=("D09",),
        length_words=_day_and_night,
    ),
    # 环保部令29号, 30号 and the rules on detention bind environmental authorities.
    DeadlineKind(
        code=happenings.RELEASE_ASKED, label=_("Decision on the request for release"), special={ENVIRONMENT: ("D10",)}
    ),
    DeadlineKind(
        code=happenings.RELEASE_SERVED, label=_("Service of the release"), special={ENVIRONMENT: ("D11",)}
    ),
    DeadlineKind(
        code=happenings.STOP_SERVED, label=_("Service of the decision to limit or stop production"),
        special={ENVIRONMENT: ("D15",)},
    ),
    DeadlineKind(code=happenings.LIMITED, label=_("Production limited"), special={ENVIRONMENT: ("D16",)}),
    DeadlineKind(
        code=happenings.PLAN, label=_("The party files and publishes its plan"), special={ENVIRONMENT: ("D17",)}
    ),
    DeadlineKind(
        code=happenings.COMPLETION, label=_("The party files the result"), special={ENVIRONMENT: ("D18",)}
    ),
    DeadlineKind(
        code=happenings.FOLLOW_UP, label=_("Follow-up after the limits were lifted"), special={ENVIRONMENT: ("D19",)}
    ),
    DeadlineKind(
        code=happenings.CRIME_DECISION, label=_("Decision of the head on the referral"), rules=("D43",)
    ),
    DeadlineKind(
        code=happenings.CRIME_HANDOVER, label=_("Hand-over to the police"), rules=("D44",), length_words=_day_and_night
    ),
    # 两法衔接办法 binds environmental authorities and the police they refer to.
    DeadlineKind(
        code=happenings.POLICE, label=_("Decision of the police"), special={ENVIRONMENT: ("D45",)}, side="other",
        advice=_on_police,
    ),
    DeadlineKind(
        code=happenings.REVIEW, label=_("Request that the police review their decision"), special={ENVIRONMENT: ("D46",)}
    ),
    DeadlineKind(
        code=happenings.DETENTION_HANDOVER, label=_("Hand-over of the case for detention"),
        special={ENVIRONMENT: ("D47",)},
    ),
)  # fmt: skip
# Periods of 24 hours are kept as one calendar day.
HOURS = (happenings.ON_THE_SPOT, happenings.CRIME_HANDOVER)
