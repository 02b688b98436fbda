"""Which working calendars the document of a date rests on, and which of them were not loaded."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from core.listing import listed
from core.workdays import ONE_DAY

Document = dict[str, Any]  # as `explain.document` makes it


def years_looked_at(doc: Document) -> range:
    """The years whose calendars the date rests on, as `periods` names them (Explained.years): the document keeps only the editions
    that were there."""
    until = date.fromisoformat(doc["due_on"])
    if doc["counts_back"]:
        until = date.fromisoformat(doc["start"]) - ONE_DAY if doc["unit"] == "working_day" else until
        return range(date.fromisoformat(doc["target_on"]).year, until.year + 1)
    if "working_day" in {doc["unit"], *(item["unit"] for item in doc["extensions"])}:
        first = doc["first_counted_on"]
    else:
        rolled = [item["rolled_from"] for item in doc["extensions"] if item.get("rolled_from")]
        first = min(doc["statutory_due_on"], doc["target_on"], *rolled)
    return range(date.fromisoformat(first).year, until.year + 1)


def years_not_loaded(doc: Document) -> list[int]:
    """Of the years looked at, those of which no calendar was loaded. Whether one has been published the portal cannot know."""
    loaded = {item["year"] for item in doc["calendar"]}
    years = years_looked_at(doc)
    if missing := [year for year in years if year not in loaded]:
        return missing
    # Of a loaded year behind one that is not: the calendar is certain only until the gap.
    until = doc["calendar_until"]
    return [until + 1] if until is not None and until + 1 in range(years.stop) else []


def why_provisional(doc: Document) -> str:
    """Which calendars are not loaded, and how their days are counted meanwhile."""
    until, missing = doc["calendar_until"], years_not_loaded(doc)
    earlier = [year for year in missing if until is not None and year < until]
    later = [year for year in missing if year not in earlier]
    found = []
    if earlier:
        found.append(
            _(
                "Not loaded: the working calendar of %(years)s. Of those days only Saturdays and Sundays count as days off."
            )
            % {"years": listed(earlier)}
        )
    if later:
        found.append(
            _(
                "Not loaded yet: the working calendar of %(years)s. Those days are counted with the statutory holidays known so far; the date is computed again when the calendar is loaded."
            )
            % {"years": listed(later)}
        )
    return " ".join(found)


def calendar_words(doc: Document) -> str:
    """Which announcements the reckoning rests on, and of which years there was none."""
    named = _("%(source)s (edition %(n)s)")
    found = [named % {"source": item["source"], "n": item["edition"]} for item in doc["calendar"]]
    if missing := years_not_loaded(doc):
        # The day of a period that has ended moves no more: that calendar may have been loaded since.
        words = (
            _("the calendar of %(years)s is not loaded yet")
            if doc["provisional"]
            else _("the calendar of %(years)s was not loaded when this was reckoned")
        )
        found.append(words % {"years": listed(missing)})
    return listed(found)
