from datetime import timedelta

from lxml import html

from domain.model import Draft
from domain.sources import Source, SourceKind
from feeds.web.tongue import spoken
from feeds.web.words import LANGUAGES
from seeds.data import load_classifier
from storage import sources
from storage.database import Transaction
from storage.ingest import ingest
from tests.feeds.web.conftest import NOW, World


async def test_the_status_page_tells_of_sources_in_plain_words_without_addresses(
    empty: World,
) -> None:
    async with empty.db.write() as tx:
        added = [await _add(tx, f"s{number}", f"Office <{number}>") for number in range(105)]
        note = sources.Success(next_poll=NOW + timedelta(hours=1), added=7)
        lost = sources.Failure(
            problem="it takes too long to answer", next_poll=None, reported=False
        )
        await sources.succeeded(tx, [(added[0], note)], now=NOW)
        await sources.failed(tx, [(added[104], lost)], now=NOW)
    answer = await empty.get("/status")
    assert len(answer.content) < 50_000
    assert "secret" not in answer.text
    page = html.fromstring(answer.text)
    names = [heading.text_content() for heading in page.findall(".//h3")]
    assert (names[0], len(names)) == ("Office <104>", 40)
    first, second = _texts(page)
    assert " ".join(filter(None, first)) == (
        "Trouble it takes too long to answer Last read never Items 0 Next not any more"
    )
    assert " ".join(filter(None, second)) == (
        "Last read 1 March 2026, 12:00 UTC Items 7 Next 1 March 2026, 13:00 UTC"
    )
    assert "Page 1 of 3" in answer.text
    async with empty.db.write() as tx:
        await sources.pause(tx, "s104")
    rest = html.fromstring((await empty.get("/status?page=3")).text)
    assert [heading.text_content() for heading in rest.findall(".//h3")] == [
        f"Office <{number}>" for number in (78, 79, 8, *range(80, 90), 9, *range(90, 100), 104)
    ]
    assert "Nextpaused" in " ".join(rest.findall(".//dl")[-1].text_content().split())
    assert (await empty.get("/status?page=4")).status_code == 404


async def test_the_status_page_is_light_however_many_sources_there_are(empty: World) -> None:
    classifier, title = load_classifier(), "أخبار المنظمة " * 20
    async with empty.db.write() as tx:
        added = [
            await _add(tx, f"a-rather-long-name-of-a-source-{number}", f"{number} {title}")
            for number in range(300)
        ]
        lost = sources.Failure(
            problem="it takes too long to answer; " * 5, next_poll=NOW, reported=False
        )
        await sources.failed(tx, [(source, lost) for source in added], now=NOW)
        for source in added:
            draft = Draft(title=f"News of {source.name}")
            await ingest(
                tx,
                [draft],
                source=source.name,
                document=None,
                classifier=classifier,
                now=NOW,
                push=False,
            )
    for lang in LANGUAGES:
        answer = await empty.get(spoken("/status", lang))
        assert answer.status_code == 200
        assert len(answer.content) < 50_000


async def _add(tx: Transaction, name: str, title: str) -> Source:
    address = f"https://x.example/{name}?key=secret"
    return await sources.add(
        tx, name=name, title=title, address=address, kind=SourceKind.RSS, now=NOW
    )


def _texts(page: html.HtmlElement) -> list[list[str]]:
    """Return the texts of the first two sources' facts."""
    return [list(map(str.strip, part.itertext())) for part in page.findall(".//dl")[-40:-38]]
