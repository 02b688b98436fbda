"""What the portal knows of a case, as the forms of its records start with it. Reads only."""

from typing import Any

from casework import origins, statutes
from casework.models import Docket
from core.labels import in_chinese
from enforcement.leads.models import Lead
from enforcement.rectification.models import RectificationCase
from enforcement.rectification.written import people
from notices import records, records_on
from notices.models import Notice, PartySigning, SiteRecord
from notices.templatetags.notice_text import cn_date


def case_of(docket: Docket) -> RectificationCase:
    return RectificationCase.objects.select_related("lead__docket", "violation").get(docket=docket)


@in_chinese()
def source(docket: Docket) -> str:
    """案件来源."""
    lead: Lead | None = case_of(docket).lead
    if lead is None:
        return ""
    return f"{lead.get_origin_display()}（线索{lead.docket.number}，{cn_date(lead.received_on)}接收）"


def facts(docket: Docket) -> list[str]:
    return [line.strip() for line in case_of(docket).facts.splitlines() if line.strip()]


def exhibits(docket: Docket) -> list[dict[str, str]]:
    """What the case is proved by: standing records that prove something, then evidence, each with what it proves."""
    found = [
        {"name": f"{record.title}（{cn_date(record.dated)}）", "proves": record.type.signed_proves}
        for one in (*origins.chain(docket), docket)
        for record in one.site_records.filter(corrected_by=None).exclude(kind__in=records.not_relied_on())
        if record.kind != records.NOTE
    ]
    # The signed page of a record is the record.
    scans = set(PartySigning.objects.exclude(scan=None).values_list("scan_id", flat=True))
    kept = [item for item in origins.evidence(docket) if item.pk not in scans]
    return found + [{"name": item.title, "proves": item.proves} for item in kept]


def violated(docket: Docket) -> list[dict[str, str]]:
    """The articles that were violated and those that punish it, as the statute book cites them."""
    violation = case_of(docket).violation
    cited = [
        *((*found, "违反的规定") for found in statutes.in_full(violation.duty_article)),
        *((*found, "处理依据") for found in statutes.in_full(violation.legal_basis)),
    ]
    return [{"instrument": title, "article": article, "content": what} for title, article, what in cited]


def course(docket: Docket) -> list[str]:
    """调查经过: what is on record of it, by its days."""
    names = "、".join(officer.name for officer in people.team(docket))
    found = [(docket.opened_on, f"{cn_date(docket.opened_on)}立案，承办人为{names}。")]
    kept = SiteRecord.objects.filter(docket__in=[*origins.chain(docket), docket], corrected_by=None)
    for record in kept.exclude(kind__in=[*records.not_relied_on(), records.NOTE]):
        found.append((record.dated, f"{cn_date(record.dated)}，制作《{record.title}》。"))
    return [words for _on, words in sorted(found, key=lambda one: one[0])]


def issued(docket: Docket, *words: str) -> Notice | None:
    """The last document of the docket in force whose title holds one of these words; none that declines what they say (不予…)."""
    found = Notice.objects.filter(docket=docket).exclude(number=None).order_by("-issued_at", "-pk")
    in_force = [one for one in found if one.is_in_force and not one.title.startswith("不予")]
    return next((one for one in in_force if any(word in one.title for word in words)), None)


def cited(notice: Notice | None) -> str:
    return f"《{notice.title}》（{notice.number}）" if notice else ""


def last_values(docket: Docket, kind: str) -> dict[str, Any]:
    """What was typed into the last standing record of a kind; empty where there is none."""
    record = records_on(docket, kind).last()
    return dict(record.content or {}) if record else {}
