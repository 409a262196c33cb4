from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st
from icalendar import Calendar

from domain.text import clean
from feeds.publish.calendar import CalendarHead, render_calendar
from tests.feeds.factories import ADDED, LINKS, PlainNames, an_item

HEAD = CalendarHead(
    title="News & “events”",
    description="Meetings",
    home=LINKS.search(""),
    self_url=LINKS.calendar(""),
)
EDITED = datetime(2026, 4, 2, 9, 15, 1, tzinfo=UTC)


def rendered(*items: Any) -> Any:
    return Calendar.from_ical(render_calendar(HEAD, items, LINKS, PlainNames()))


def test_an_event_lasts_whole_days_and_ends_after_its_last() -> None:
    item = an_item(starts=date(2009, 6, 22), ends=date(2009, 6, 24), updated=EDITED)
    (event,) = rendered(item).walk("VEVENT")
    assert (event["uid"], event["url"]) == (item.id, LINKS.item(item.slug))
    assert event.decoded("dtstart") == date(2009, 6, 22)
    assert event.decoded("dtend") == date(2009, 6, 25)
    assert event.decoded("last-modified") == event.decoded("dtstamp") == EDITED
    assert event.decoded("created") == ADDED.replace(microsecond=0)
    assert event["location"] == "Nigeria"
    assert event["categories"].to_ical() == b"Migrant smuggling"


def test_a_day_without_an_end_or_with_an_earlier_one_is_one_day() -> None:
    alone = an_item(1, starts=date(2009, 6, 22))
    backwards = an_item(2, starts=date(2009, 6, 22), ends=date(2009, 6, 20))
    for event in rendered(alone, backwards).walk("VEVENT"):
        assert event.decoded("dtend") == date(2009, 6, 23)


def test_the_last_day_of_all_has_none_after_it() -> None:
    (event,) = rendered(an_item(starts=date.max)).walk("VEVENT")
    assert event.decoded("dtstart") == date.max
    assert "dtend" not in event


def test_a_calendar_is_no_message() -> None:
    """A method would need organisers and a parameter of the media type (RFC 5545, 3.7.2)."""
    assert "method" not in rendered()


def test_what_has_no_day_is_no_event() -> None:
    calendar = rendered(an_item())
    assert calendar.walk("VEVENT") == []
    assert calendar["x-wr-calname"] == calendar["name"] == HEAD.title
    assert calendar.decoded("refresh-interval") == timedelta(hours=6)
    assert calendar["source"] == HEAD.self_url


def test_the_same_values_give_the_same_bytes_in_short_lines() -> None:
    items = [an_item(1, title="Ж" * 200, starts=date(2009, 6, 22), lang="ru")]
    document = render_calendar(HEAD, items, LINKS, PlainNames())
    assert document == render_calendar(HEAD, items, LINKS, PlainNames())
    assert max(map(len, document.split(b"\r\n"))) <= 75
    assert b"SUMMARY;LANGUAGE=ru:" in document


@given(st.text(min_size=1), st.text())
@example("C:\\New, \\new; \\\\N", "\\N\n\\;")
def test_any_text_comes_back(title: str, summary: str) -> None:
    item = an_item(title=title, summary=summary, body="", starts=date(2009, 6, 22))
    (event,) = rendered(item).walk("VEVENT")
    assert event["summary"] == clean(title)
    assert event.get("description", "") == clean(summary)
