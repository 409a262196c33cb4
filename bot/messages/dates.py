"""Days as people read them."""

from datetime import date, datetime

from babel.dates import format_date, format_interval

from domain.schedule import read_zone

LOCALE = "en_GB"


def day(value: date) -> str:
    """Return a day like `22 Jun 2009`."""
    return str(format_date(value, "d MMM y", LOCALE))


def moment(value: datetime, zone: str) -> str:
    """Return a time in a time zone, like `24 Dec 2026, 08:00`."""
    local = value.astimezone(read_zone(zone))
    return f"{day(local.date())}, {local:%H:%M}"


def span(first: date, last: date | None) -> str:
    """Return one day, or two with what they share written once: `22–24 Jun 2009`."""
    if last is None or last <= first:
        return day(first)
    return str(format_interval(first, last, "yMMMd", locale=LOCALE))
