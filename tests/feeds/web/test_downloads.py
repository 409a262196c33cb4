import pytest
from icalendar import Calendar
from lxml import etree

from tests.feeds.web.conftest import World


async def test_the_calendar_has_the_events_of_a_query(world: World) -> None:
    answer = await world.get("/events.ics")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["access-control-allow-origin"] == "*"
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event["uid"] == "tag:topicwire.invalid,2026:" + str(event["url"]).rpartition("/")[2]
    none = await world.get("/events.ics", params={"q": "lang:ar"})
    assert Calendar.from_ical(none.content).walk("VEVENT") == []
    assert b"SOURCE;VALUE=URI:https://news.example.org/events.ics?q=lang%3Aar" in none.content


@pytest.mark.parametrize("extension", ["csv", "bib", "ris", "jsonl"])
async def test_files_hold_what_a_query_finds(world: World, extension: str) -> None:
    every = await world.get(f"/export.{extension}")
    one = await world.get(f"/export.{extension}", params={"q": "lang:ar"})
    assert every.headers["content-disposition"] == f'attachment; filename="topicwire.{extension}"'
    assert "2013-04-08" in one.text
    assert "2009-06-22" not in one.text
    assert "2009-06-22" in every.text


async def test_there_are_no_files_of_other_kinds(world: World) -> None:
    answer = await world.get("/export.pdf")
    assert answer.status_code == 404
    assert ".csv, .bib, .ris" in answer.text.replace(".jsonl, ", "")


@pytest.mark.parametrize(
    ("asked", "canonical"),
    [
        ("/events.ics?q=country:Nigeria", "/events.ics?q=country%3Ang"),
        ("/events.ics?q=", None),
        ("/export.csv?q=++", "/export.csv"),
        ("/export.bib?q=Events", "/export.bib?q=kind%3Aevent"),
    ],
)
async def test_other_addresses_lead_to_the_canonical_one(
    world: World, asked: str, canonical: str | None
) -> None:
    answer = await world.get(asked)
    if canonical is None:
        assert answer.status_code == 200
    else:
        assert (answer.status_code, answer.headers["location"]) == (301, canonical)


async def test_a_wrong_query_is_explained(world: World) -> None:
    answer = await world.get("/export.csv", params={"q": "topic:nothing-like-it"})
    assert answer.status_code == 400


async def test_all_topics_are_feeds_of_a_list(world: World) -> None:
    answer = await world.get("/opml.xml")
    assert answer.headers["content-type"] == "text/x-opml; charset=utf-8"
    addresses = [one.get("xmlUrl") for one in etree.fromstring(answer.content).iter("outline")]
    assert addresses[0] == "https://news.example.org/feed.atom"
    links = world.services.links
    topics = {links.feed(f"topic:{topic.slug}", "atom") for topic in world.services.taxonomy}
    assert set(addresses[1:]) == topics
    for address in addresses:
        assert address
        path = address.removeprefix("https://news.example.org")
        assert (await world.get(path)).status_code == 200


async def test_an_unchanged_document_is_not_sent_again(world: World) -> None:
    for address in ("/events.ics", "/opml.xml", "/export.ris"):
        first = await world.get(address)
        again = await world.get(address, headers={"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
