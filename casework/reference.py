"""Reading the reference files (reference/*.csv) into the statute book and the calendar. Loading twice changes nothing."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

from django.db import transaction

from casework import calendar, rule_files
from casework.citations import Cited, nature_of, pieces, place, spelled_out
from casework.models import (
    Actor,
    CalendarDay,
    CalendarEdition,
    DocumentForm,
    Instrument,
    PeriodRule,
    Provision,
    Unit,
    Violation,
)
from casework.storing import store
from core.labels import in_print

HOLIDAYS: Final = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
    "Anti-Fascist 70th Day": "抗战胜利70周年纪念日",
}
# The side is that of the body named first: of "企业/省" the enterprise must act, the province sees to it.
PARTIES: Final = {"当事人", "排污者", "被许可人", "建设单位", "企业", "稀土集团", "稀土生产企业", "集团"}
OTHERS: Final = {"法院", "公安", "复议机关"}
AUTHORITIES: Final = {
    "执法机关", "执法人员", "生态环境部门", "环保部门", "省级环保部门", "下级环保部门", "机关正职", "许可机关", "下级机关",
    "环境监察机构", "原审批部门", "主管部门", "江苏行政机关",
}  # fmt: skip
ISO: Final = re.compile(r"(\d{4}-\d{2}-\d{2})(.*)", re.DOTALL)
SUSPENDED: Final = re.compile(r"(\d{4}-\d{2}-\d{2})起暂停至(\d{4}-\d{2}-\d{2})")


def rows(folder: Path, name: str) -> Iterator[dict[str, str]]:
    with (folder / name).open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def dated(text: str) -> tuple[date | None, str]:
    """A date and the remark behind it: "2026-08-14(与生态环境法典第1100条竞合)" → (2026-08-14, "与生态环境法典第1100条竞合")."""
    if not text.strip():
        return None, ""
    found = ISO.fullmatch(text.strip())
    if not found:
        return None, text.strip()
    remark = found[2].strip()
    if remark.startswith("(") and remark.endswith(")"):
        remark = remark[1:-1]
    return date.fromisoformat(found[1]), remark


def side_of(actor: str) -> str:
    """Whose period it is: of several bodies, the one named first. ValueError for a body nobody has placed yet."""
    first = re.split(r"[/、]", actor)[0]
    for side, names in ((Actor.PARTY, PARTIES), (Actor.OTHER, OTHERS), (Actor.AGENCY, AUTHORITIES)):
        if first in names:
            return side
    raise ValueError(f"whose side is {actor!r} on?")


def remarks(*parts: str) -> str:
    return in_print("；".join(part for part in parts if part))


def period_rule(row: dict[str, str]) -> PeriodRule:
    """A row of period_rules.csv. A period that is no plain length keeps its words and no length."""
    valid_from, from_remark = dated(row["valid_from"])
    valid_to, to_remark = dated(row["valid_to"])
    is_length = row["period"].isdecimal() and row["unit"] in Unit.values
    return PeriodRule(
        code=row["id"],
        stage=row["stage"],
        trigger=in_print(row["trigger_event"]),
        action=in_print(row["action"]),
        actor=row["actor"],
        actor_side=side_of(row["actor"]),
        period=row["period"],
        length=int(row["period"]) if is_length else None,
        unit=row["unit"],
        counts_back="提前" in row["action"] or row["trigger_event"].endswith("前"),
        start_rule=row["start_rule"],
        extension=in_print(row["extension"]),
        excluded_time=in_print(row["excluded_time"]),
        on_breach=in_print(row["on_breach"]),
        legal_basis=row["legal_basis"],
        valid_from=valid_from,
        valid_to=valid_to,
        source=row["source"],
        confidence=row["confidence"],
        note=remarks(row["note"], from_remark, to_remark),
    )


def read_rules(folder: Path) -> list[PeriodRule]:
    """The rules in the order of the file: the first version of each before the later ones, which point to it."""
    found: dict[str, PeriodRule] = {}
    former = ""
    for row in rows(folder, "period_rules.csv"):
        former = row["legal_basis"] = spelled_out(row["legal_basis"], former)
        rule = found[row["id"]] = period_rule(row)
        if row["version_of"]:
            rule.version_of = found[row["version_of"]]
    for sentence in rule_files.across(found.values()):
        raise ValueError(f"period_rules.csv: {sentence}")
    return list(found.values())


def announcement(year: int) -> str:
    """The title under which the State Council's office announces a year."""
    return f"国务院办公厅关于{year}年部分节假日安排的通知"


def read_calendar(folder: Path) -> list[tuple[CalendarEdition, list[CalendarDay]]]:
    """One edition per year of holidays.csv, unsaved."""
    years: dict[int, list[CalendarDay]] = {}
    confidence: dict[int, set[str]] = {}
    for row in rows(folder, "holidays.csv"):
        on = date.fromisoformat(row["date"])
        years.setdefault(on.year, []).append(
            CalendarDay(
                date=on,
                is_working={"off": False, "work": True}[row["day_type"]],
                name=HOLIDAYS[row["name"]],
                in_lieu=row["in_lieu"] == "1",
            )
        )
        confidence.setdefault(on.year, set()).add(row["confidence"])
    return [
        (
            CalendarEdition(
                year=year, edition=1, source=announcement(year), confidence="/".join(sorted(confidence[year]))
            ),
            days,
        )
        for year, days in sorted(years.items())
    ]


def almanac(folder: Path) -> calendar.Almanac:
    """The calendar straight from the files, for use before there is a database."""
    editions = read_calendar(folder)
    return calendar.build(
        [edition for edition, _days in editions], [day for _edition, days in editions for day in days]
    )


# --- the statute book --------------------------------------------------------------------------------------------


def read_citations(folder: Path) -> dict[str, Cited]:
    return {row.pop("cited"): Cited(**row) for row in rows(folder, "citations.csv")}


def read_instruments(folder: Path) -> list[Instrument]:
    """legal_instruments.csv, and those that citations.csv adds: cited by a rule, not on the list, therefore to be verified."""
    found: dict[str, Instrument] = {}
    for row in rows(folder, "legal_instruments.csv"):
        valid_from, from_remark = dated(row["valid_from"])
        paused = SUSPENDED.fullmatch(row["valid_to"].strip())
        valid_to, to_remark = (None, "") if paused else dated(row["valid_to"])
        found[row["title"]] = Instrument(
            title=row["title"],
            full_title=row["full_title"] or row["title"],
            document_number=row["doc_no"],
            nature=nature_of(row["title"], row["doc_no"]),
            status=row["status_on_2026_11_21"],
            valid_from=valid_from,
            valid_to=valid_to,
            suspended_from=date.fromisoformat(paused[1]) if paused else None,
            suspended_to=date.fromisoformat(paused[2]) if paused else None,
            source=row["source"],
            confidence=row["confidence"],
            note=remarks(row["note"], from_remark, to_remark, row["valid_to"] if paused else ""),
        )
    for cited in read_citations(folder).values():
        if cited.title not in found:
            found[cited.title] = Instrument(
                title=cited.title,
                full_title=cited.title,
                document_number=cited.document_number,
                nature=cited.nature,
                status="施行日期待核实",
                source="citations.csv",
                confidence="medium",
                note=cited.note,
            )
    return list(found.values())


def read_provisions(folder: Path, instruments: Mapping[str, Instrument]) -> list[Provision]:
    """Articles that periods and penalties rest on, and the sections of the two policy documents with their obligations."""
    found: dict[tuple[str, str], Provision] = {}
    citations = read_citations(folder)
    for name, key in (("period_rules.csv", "id"), ("penalty_bases.csv", "code")):
        former = ""
        for row in rows(folder, name):
            former = spelled_out(row["legal_basis"], former)
            for piece in pieces(former):
                cited, articles = place(piece, citations)
                for article in articles:
                    _add_provision(found, instruments[cited.title], article, row, row[key])
    for row in rows(folder, "policy_obligations.csv"):
        instrument = instruments[citations[row["doc"]].title]
        provision = _add_provision(found, instrument, row["article"], row, row["id"])
        provision.text = f"{provision.text}\n{row['text_cn']}".strip()
    return list(found.values())


def _add_provision(
    found: dict[tuple[str, str], Provision], instrument: Instrument, article: str, row: dict[str, str], used_by: str
) -> Provision:
    provision = found.setdefault(
        (instrument.title, article),
        Provision(
            instrument=instrument,
            article=article,
            valid_from=instrument.valid_from,
            valid_to=instrument.valid_to,
            source=row["source"],
            confidence=row["confidence"],
        ),
    )
    # The least certain of the rows that cite an article decides how certain the article is.
    if not PeriodRule(confidence=row["confidence"]).is_verified:
        provision.confidence = row["confidence"]
    provision.note = f"{provision.note}、{used_by}".strip("、")
    return provision


def read_violations(folder: Path) -> list[Violation]:
    found: list[Violation] = []
    former: dict[str, str] = {}
    for row in rows(folder, "penalty_bases.csv"):
        row = {name: former.get(name, value) if value == "同上" else value for name, value in row.items()}
        former = row
        valid_from, from_remark = dated(row["valid_from"])
        valid_to, to_remark = dated(row["valid_to"])
        found.append(
            Violation(
                code=row["code"],
                name=in_print(row["violation"]),
                cause=row["cause"],
                legal_basis=row["legal_basis"],
                duty_article=row["duty_article"],
                duty_source=row["duty_source"],
                agency=row["agency"],
                order_measure=in_print(row["order_measure"]),
                fine_min_cny=Decimal(row["fine_min"]) if row["fine_min"] else None,
                fine_max_cny=Decimal(row["fine_max"]) if row["fine_max"] else None,
                formula=row["formula"],
                extra=in_print(row["extra"]),
                valid_from=valid_from,
                valid_to=valid_to,
                source=row["source"],
                confidence=row["confidence"],
                note=remarks(from_remark, to_remark),
            )
        )
    return found


def read_forms(folder: Path) -> list[DocumentForm]:
    found: list[DocumentForm] = []
    approval = ""
    for row in rows(folder, "documents.csv"):
        approval = approval if row["approval"] == "同上" else row["approval"]
        found.append(
            DocumentForm(
                code=row["code"],
                name=row["name"],
                stage=row["stage"],
                audience=row["internal_or_external"],
                number_word=row["number_word"],
                needs_seal={"是": True, "否": False}[row["needs_seal"]],
                approval=approval,
                needs_service_receipt=row["needs_service_receipt"],
                required_content=row["required_content"] or "",
                source=row["source"],
                confidence=row["confidence"],
            )
        )
    return found


# --- storing -----------------------------------------------------------------------------------------------------


def load_calendar(folder: Path) -> int:
    """Years nobody has loaded, and years whose present edition came from these files and differs. An edition that an officer
    loaded is never replaced by a file."""
    written = 0
    for edition, days in read_calendar(folder):
        held = CalendarEdition.objects.filter(year=edition.year, superseded_at=None).prefetch_related("days").first()
        if held is not None:
            same = [calendar.facts_of(day) for day in held.days.all()] == [calendar.facts_of(day) for day in days]
            if held.loaded_by_name or same:
                continue
        calendar.write_edition(edition.year, days, source=edition.source, confidence=edition.confidence)
        written += 1
    return written


def _date_known_at_last(found: Iterable[Instrument]) -> None:
    """An instrument whose first day the files name now, and did not before, stays the same row."""
    for row in found:
        undated = Instrument.objects.filter(title=row.title, valid_from=None)
        if row.valid_from is not None and not Instrument.objects.filter(title=row.title, valid_from=row.valid_from):
            undated.update(valid_from=row.valid_from)


@transaction.atomic
def load(folder: Path) -> dict[str, int]:
    """Load calendar and statute book. Answers how many rows each table holds, and the calendar years written."""
    found = read_instruments(folder)
    _date_known_at_last(found)
    instruments = store(Instrument, found, "title", "valid_from")
    by_title = {row.title: row for row in instruments.values()}
    return {
        "calendar_years_written": load_calendar(folder),
        "instruments": len(instruments),
        "provisions": len(store(Provision, read_provisions(folder, by_title), "instrument_id", "article")),
        "period_rules": rule_files.store_rules(read_rules(folder)),
        "violations": len(store(Violation, read_violations(folder), "code")),
        "forms": len(store(DocumentForm, read_forms(folder), "code")),
    }


def left_alone(folder: Path) -> list[str]:
    """Sentences for whoever loads: what of the files was left out, and why."""
    return rule_files.left_alone(read_rules(folder))
