"""What happens to a measure after its document, as rows of a table: on which measure, by which article, which periods it begins and ends."""

from dataclasses import dataclass
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from core.labels import Label


class Kind(TextChoices):
    EVIDENCE = "evidence", _("Evidence registered and kept")
    SEIZURE = "seizure", _("Sealed or seized")
    LIMIT = "limit", _("Production limited")
    STOP = "stop", _("Production stopped")
    TREATMENT = "treatment", _("Treatment of pollution ordered")
    TRANSFER = "transfer", _("Transferred to another authority")
    CRIME = "crime", _("Referred as a suspected crime")
    DETENTION = "detention", _("Referred for detention")


class Ending(TextChoices):
    RELEASED = "released", _("Released by a document")
    LAPSED = "lapsed", _("Lapsed with its period")
    LIFTED = "lifted", _("Lifted: rectified")
    TERMINATED = "terminated", _("Ended by itself")
    ANSWERED = "answered", _("Answered by the receiving authority")
    REVOKED = "revoked", _("Its document was revoked")


(
    KEPT, SEIZED, ON_THE_SPOT, RELEASE_ASKED, RELEASE_SERVED, STOP_SERVED, LIMITED, PLAN, COMPLETION, FOLLOW_UP,
    CRIME_DECISION, CRIME_HANDOVER, POLICE, REVIEW, DETENTION_HANDOVER,
) = (
    f"measures.{name}"
    for name in (
        "evidence", "seizure", "on_the_spot", "release_asked", "release_served", "stop_served", "limit", "plan", "completion",
        "follow_up", "crime_decision", "crime_handover", "police", "review", "detention_handover",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of law. `after`: what must have happened before; `ends`: how the measure ends by it."""

    code: str
    label: Label
    kinds: tuple[str, ...]
    basis: str
    starts: str = ""
    meets: tuple[str, ...] = ()
    ends: str = ""
    after: str = ""
    when_over: bool = False  # possible although the measure has ended


STOPPING: Final = (Kind.LIMIT.value, Kind.STOP.value)
HAPPENINGS: Final = (
    Happening(
        "release_asked", _("The party asked for the release"), (Kind.SEIZURE.value,), "环保部令29号第十八条",
        starts=RELEASE_ASKED,
    ),
    Happening(
        "kept_up", _("Looked into: the seizure is kept up"), (Kind.SEIZURE.value,), "环保部令29号第十九条（二）",
        meets=(RELEASE_ASKED,), after="release_asked",
    ),
    Happening(
        "plan_filed", _("The party filed and published its plan"), STOPPING, "30号令第十六条", meets=(PLAN,),
    ),
    Happening(
        "completed", _("The party has done what it had to"), STOPPING, "30号令第十七条", starts=COMPLETION,
    ),
    Happening(
        "completion_filed", _("The party filed the result: limits are lifted from that day"), STOPPING, "30号令第十七条",
        starts=FOLLOW_UP, meets=(COMPLETION, PLAN, LIMITED), ends=Ending.LIFTED.value,
    ),
    Happening(
        "business_ended", _("The party was closed down or ended its business"), STOPPING, "30号令第十八条",
        meets=(COMPLETION, PLAN, LIMITED), ends=Ending.TERMINATED.value,
    ),
    Happening(
        "followed_up", _("Followed up on site"), STOPPING, "30号令第二十条", meets=(FOLLOW_UP,), after="completion_filed",
        when_over=True,
    ),
    Happening(
        "treated", _("Treated and accepted"), (Kind.TREATMENT.value,), "水污染防治法（2008）第七十四条",
        ends=Ending.LIFTED.value,
    ),
    Happening(
        "answered", _("The receiving authority answered"), (Kind.TRANSFER.value,), "行政处罚法第十七条",
        ends=Ending.ANSWERED.value,
    ),
    Happening(
        "police_filed", _("The police opened a case"), (Kind.CRIME.value,), "移送规定第八条", meets=(POLICE, REVIEW),
        ends=Ending.ANSWERED.value,
    ),
    Happening(
        "police_refused", _("The police decided to open none"), (Kind.CRIME.value,), "移送规定第八条", starts=REVIEW,
        meets=(POLICE,),
    ),
    Happening(
        "review_asked", _("The police were asked to review that"), (Kind.CRIME.value,), "移送规定第九条", meets=(REVIEW,),
        after="police_refused",
    ),
    Happening(
        "refusal_stands", _("It stays with that: handled by the authority itself"), (Kind.CRIME.value,), "移送规定第十条",
        meets=(REVIEW,), after="police_refused", ends=Ending.ANSWERED.value,
    ),
    Happening(
        "detained", _("The police decided on detention"), (Kind.DETENTION.value,), "移送适用行政拘留暂行办法第十四条",
        ends=Ending.ANSWERED.value,
    ),
    Happening(
        "not_detained", _("The police decided on no detention"), (Kind.DETENTION.value,), "移送适用行政拘留暂行办法第十五条",
        ends=Ending.ANSWERED.value,
    ),
)  # fmt: skip
_BY_CODE: Final = {one.code: one for one in HAPPENINGS}


def get(code: str) -> Happening:
    return _BY_CODE[code]


def label_of(code: str) -> str:
    return str(_BY_CODE[code].label) if code in _BY_CODE else code
