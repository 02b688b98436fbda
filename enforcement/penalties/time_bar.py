"""追责期限: how long after its end an act is still punished (行政处罚法第三十六条; 生态环境法典第一千零五十四条)."""

from datetime import date

TWO_YEARS, FIVE_YEARS = 2, 5


def last_day(ended_on: date, *, has_harm: bool) -> date:
    """The last day on which the act must have been found. Counted from its end (第三十六条第二款); 29 February becomes 28."""
    years = FIVE_YEARS if has_harm else TWO_YEARS
    year = ended_on.year + years
    return (
        ended_on.replace(year=year, day=28)
        if (ended_on.month, ended_on.day) == (2, 29)
        else ended_on.replace(year=year)
    )


def is_over(ended_on: date | None, found_on: date, *, has_harm: bool) -> bool:
    """An act that goes on, or whose end nobody knows, is not out of time."""
    return ended_on is not None and found_on > last_day(ended_on, has_harm=has_harm)
