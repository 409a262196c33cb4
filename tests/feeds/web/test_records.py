import pytest
import rispy
from bibtexparser.entrypoint import parse_string

from tests.feeds.web.conftest import DRAFTS, World


async def test_an_item_can_be_taken_away_as_a_record(world: World) -> None:
    (slug,) = await world.publish(DRAFTS[0])
    page = (await world.get(f"/items/{slug}")).text
    for extension in ("bib", "ris", "json"):
        assert f'href="/items/{slug}.{extension}"' in page
    bib = await world.get(f"/items/{slug}.bib")
    assert bib.headers["content-type"] == "application/x-bibtex; charset=utf-8"
    assert bib.headers["content-disposition"] == f'attachment; filename="{slug}.bib"'
    assert [entry.key for entry in parse_string(bib.text).entries] == [slug]
    ris = await world.get(f"/items/{slug}.ris")
    assert [entry["id"] for entry in rispy.loads(ris.text)] == [slug]
    record = await world.get(f"/items/{slug}.json")
    assert record.json() == (await world.get(f"/api/v1/items/{slug}")).json()
    assert "content-disposition" not in record.headers


@pytest.mark.parametrize(
    ("address", "word"), [("nothing.bib", "no such item"), ("nothing.doc", ".bib, .ris, .json")]
)
async def test_what_is_no_record_is_not_found(world: World, address: str, word: str) -> None:
    answer = await world.get(f"/items/{address}")
    assert answer.status_code == 404
    assert word in answer.text
