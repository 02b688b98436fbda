"""The calendar's pages: a year, loading one, the call for a missing one. Reads only."""

import calendar as months
from datetime import date
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from casework import calendar, calendar_loading, calendar_reading, calendar_watch
from casework.models import CalendarDay, CalendarEdition
from casework.reference import announcement
from core import clock

LOAD = "casework.load_calendar"
MOST_SHOWN = 200


class YearForm(forms.Form):
    """A year's calendar as text or as a file."""

    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=2011, max_value=2100)
    source = forms.CharField(
        label=gettext_lazy("Notice of the State Council’s office"),
        max_length=200,
        help_text=gettext_lazy("Title and number of the State Council office's notice."),
    )
    text = forms.CharField(
        label=gettext_lazy("Days off and days worked"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=gettext_lazy(
            "Paste the paragraphs of the announcement, or lines such as 2027-01-01~2027-01-03,休,元旦 and 2027-01-30,班,春节."
        ),
    )
    file = forms.FileField(label=gettext_lazy("Or a file (CSV or Excel)"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("text") and not cleaned.get("file"):
            self.add_error("text", _("Paste the days or choose a file."))
        return cleaned


def year_page(year: int, viewer: Any) -> dict[str, Any]:
    """Twelve months with their days off and make-up days, and who said so."""
    almanac = calendar.current()
    edition = CalendarEdition.objects.filter(year=year, superseded_at=None).first()
    days = list(edition.days.all()) if edition else []
    held = sorted(almanac.editions)
    last = almanac.last_year
    missing = missing_words()
    # The page of the missing year says so itself, once.
    is_missing = missing is not None and missing["year"] == year
    return {
        "year": year,
        "title": _("Working calendar of %(year)s") % {"year": year},
        "edition": edition,
        "earlier_editions": CalendarEdition.objects.filter(year=year).exclude(superseded_at=None).order_by("-edition"),
        "months": [_month(year, month, almanac) for month in range(1, 13)],
        "weekdays": weekday_letters(),
        "holidays": _stretches(days),
        "working_days": sum(almanac.calendar.is_working(day) for day in _days_of(year)),
        "years": [*held, *([last + 1] if last else [])],
        "is_published": almanac.calendar.covers(date(year, 7, 1)),
        "missing": None if is_missing else missing,
        "unpublished_tone": missing["tone"] if missing and is_missing else "amber",
        "primary": {
            "label": _("Load a calendar"),
            "url": f"{reverse('casework:calendar_load')}?year={(last + 1) if last else year}",
            "icon": "upload",
        }
        if viewer.has_perm(LOAD)
        else None,
    }


def weekday_letters() -> list[str]:
    """Heads of the columns of a month, Monday first."""
    return [
        pgettext("head of a calendar column", "Mo"),
        pgettext("head of a calendar column", "Tu"),
        pgettext("head of a calendar column", "We"),
        pgettext("head of a calendar column", "Th"),
        pgettext("head of a calendar column", "Fr"),
        pgettext("head of a calendar column", "Sa"),
        pgettext("head of a calendar column", "Su"),
    ]


def _days_of(year: int) -> list[date]:
    return [date.fromordinal(n) for n in range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1)]


def _month(year: int, month: int, almanac: calendar.Almanac) -> dict[str, Any]:
    today = clock.today()
    weeks = [
        [_cell(day, month, almanac, today) for day in week]
        for week in months.Calendar().monthdatescalendar(year, month)
    ]
    return {"name": MONTHS[month], "weeks": weeks}


def _cell(day: date, month: int, almanac: calendar.Almanac, today: date) -> dict[str, Any]:
    if day.month != month:
        return {"day": None}
    working = almanac.calendar.is_working(day)
    name = almanac.calendar.names.get(day, "")
    mark = ""
    if name or working != (day.weekday() < 5):
        mark = _("worked") if working else _("off")
    return {"day": day, "working": working, "mark": mark, "name": name, "is_today": day == today}


def _stretches(days: list[CalendarDay]) -> list[dict[str, Any]]:
    """Holidays with their days off and the days worked for them."""
    found: dict[str, dict[str, Any]] = {}
    for day in days:
        row = found.setdefault(day.name, {"name": day.name, "off": [], "worked": []})
        row["worked" if day.is_working else "off"].append(day.date)
    return list(found.values())


def missing_words() -> dict[str, Any] | None:
    """The call for a calendar that is missing, as a banner; None when none is."""
    found = calendar_watch.missing()
    if found is None:
        return None
    year, urgency = found
    return {
        "year": year,
        "text": str(calendar_watch.words(year, urgency)),
        "tone": "red" if urgency is calendar_watch.Urgency.PRESS else "amber",
        "url": reverse("casework:calendar"),
    }


def missing_panel(subject: Any, viewer: Any) -> dict[str, Any] | None:
    """For the page "my work"."""
    return missing_words()


def load_initial(year: int) -> dict[str, Any]:
    return {"year": year, "source": announcement(year)}


def text_of(form: YearForm) -> str:
    """What the officer gave, as text. RuleBroken when a file cannot be read."""
    upload = form.cleaned_data.get("file")
    if not upload:
        return str(form.cleaned_data["text"])
    content = upload.read()
    if upload.name.lower().endswith((".xlsx", ".xls", ".ods")):
        return calendar_reading.text_of_sheet(content)
    return calendar_reading.decoded(content)


def preview(form: YearForm) -> dict[str, Any]:
    """What was read and what it would move. RuleBroken when a file cannot be read."""
    read = calendar_reading.read(text_of(form), form.cleaned_data["year"])
    days = read.sorted_days()
    context: dict[str, Any] = {
        "errors": read.errors,
        "holidays": _stretches(days),
        "text": calendar_reading.as_text(days),
    }
    if not read.errors:
        moves = list(calendar_loading.impact(form.cleaned_data["year"], days))
        context |= {
            "moves": [move for move in moves if move.moves][:MOST_SHOWN],
            "moved_count": sum(move.moves for move in moves),
            "fingerprint": calendar_loading.fingerprint(moves),
            "certain_count": sum(move.becomes_certain for move in moves),
        }
    return context
