"""Events as an iCalendar document (RFC 5545, RFC 7986). The same values give the same bytes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from icalendar import Calendar, Event, vDuration, vText, vUri

from domain.links import Links
from domain.model import Item
from domain.text import clean
from feeds.publish.channel import Names

CALENDAR_TYPE = "text/calendar; charset=utf-8"
REFRESH = timedelta(hours=6)
"""How long a calendar program may wait before it asks again."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarHead:
    """A calendar without its events. Addresses are absolute."""

    title: str
    description: str
    home: str
    """The page that shows the same items."""
    self_url: str
    """The canonical address of this very document."""


class _Text(vText):
    """A text as it is: the library would take a backslash with an N in it for a line's end."""

    def to_ical(self) -> bytes:
        """Return the text escaped by RFC 5545, section 3.3.11."""
        text = str(self)
        for sign in "\\;,":
            text = text.replace(sign, f"\\{sign}")
        return text.replace("\n", "\\n").encode()


def render_calendar(head: CalendarHead, items: Iterable[Item], links: Links, names: Names) -> bytes:
    """Return the calendar of the items that have a first day, each as event of whole days.

    An event's UID is the item's id and never changes, so that an edited item replaces its event.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Topicwire//Topicwire//EN")
    calendar.add("version", "2.0")
    calendar.add("name", _Text(clean(head.title)))
    calendar.add("x-wr-calname", _Text(clean(head.title)))
    calendar.add("description", _Text(clean(head.description)))
    calendar.add("url", vUri(head.home))
    calendar.add("source", vUri(head.self_url), {"value": "URI"})
    calendar.add("refresh-interval", vDuration(REFRESH), {"value": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    for item in items:
        if item.starts is not None:
            calendar.add_component(_event(item, item.starts, links, names))
    document: bytes = calendar.to_ical()
    return document


def _event(item: Item, starts: date, links: Links, names: Names) -> Event:
    event = Event()
    event.add("uid", item.id)
    event.add("dtstamp", item.updated.replace(microsecond=0))
    event.add("created", item.added.replace(microsecond=0))
    event.add("last-modified", item.updated.replace(microsecond=0))
    event.add("dtstart", starts)
    last = max(starts, item.ends or starts)
    if last < date.max:
        # The end of an all-day event is the day after its last (RFC 5545, section 3.6.1).
        event.add("dtend", last + _DAY)
    event.add("summary", _Text(clean(item.title)), _language(item))
    if text := clean(item.summary or item.body):
        event.add("description", _Text(text), _language(item))
    if item.countries:
        event.add("location", ", ".join(map(names.country, item.countries)))
    if item.topics:
        event.add("categories", list(map(names.topic, item.topics)))
    event.add("url", vUri(links.item(item.slug)))
    # Following the news must not make anybody look busy.
    event.add("transp", "TRANSPARENT")
    return event


def _language(item: Item) -> dict[str, str]:
    return {} if item.lang == "und" else {"language": item.lang}
