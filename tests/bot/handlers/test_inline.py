from typing import Any

import pytest

from bot.handlers.inline import PAGE_SIZE
from domain.deeplinks import query_of
from tests.bot.world import World, eventually

Answer = dict[str, Any]


async def ask(world: World, query: str, offset: str = "") -> Answer:
    question = world.sandbox.ask_inline(42, query, offset)
    answer = await world.sandbox.wait_for(lambda: question.answer)
    assert answer is not None
    return answer


def titles(answer: Answer) -> list[str]:
    return [result["title"] for result in answer["results"]]


async def test_a_query_offers_items_to_send_with_their_links(world: World) -> None:
    slug = await world.publish("Boats at night", "Trucks by day", "Boats <at> dawn")
    answer = await ask(world, "boats dawn")
    (result,) = [one for one in answer["results"] if one["id"] == slug]
    assert result["title"] == "Boats <at> dawn"
    assert result["description"] == "4 Jan 2020 · desk · news\nAbout Boats <at> dawn"
    assert result["url"] == f"https://news.example/items/{slug}"
    content = result["input_message_content"]
    assert f'<a href="https://news.example/items/{slug}">Boats &lt;at&gt; dawn</a>' in str(content)
    assert answer["button"] is None
    assert not answer["is_personal"]
    assert answer["cache_time"] == 60


async def test_pages_follow_each_other_to_the_end(world: World) -> None:
    await world.publish(*(f"Report number {number}" for number in range(PAGE_SIZE + 5)))
    first = await ask(world, "")
    assert titles(first)[0] == f"Report number {PAGE_SIZE + 4}"
    assert (len(first["results"]), first["next_offset"]) == (PAGE_SIZE, str(PAGE_SIZE))
    second = await ask(world, "", first["next_offset"])
    assert (len(second["results"]), second["next_offset"]) == (5, "")
    assert len({*titles(first), *titles(second)}) == PAGE_SIZE + 5
    beyond = await ask(world, "", "9999")
    assert (beyond["results"], beyond["next_offset"], beyond["button"]) == ([], "", None)


@pytest.mark.parametrize("offset", ["-1", "x", "²", "9" * 60])
async def test_an_offset_that_is_not_ours_begins_anew(world: World, offset: str) -> None:
    await world.publish("Boats at night")
    assert titles(await ask(world, "", offset)) == ["Boats at night"]


async def test_nothing_found_leads_into_the_bot(world: World) -> None:
    await world.publish("Boats at night")
    answer = await ask(world, "zebras")
    assert answer["results"] == []
    assert query_of(answer["button"]["start_parameter"]) == "zebras"
    long = await ask(world, " ".join(f"zebra{n}" for n in range(20)))
    assert query_of(long["button"]["start_parameter"]) == ""


async def test_what_cannot_be_read_says_why(world: World) -> None:
    answer = await ask(world, "boats (")
    assert answer["results"] == []
    assert answer["button"]["text"].startswith("Cannot be read: ")


async def test_an_answer_that_comes_too_late_is_no_error(world: World) -> None:
    world.sandbox.inline._lifetime = -1
    world.sandbox.ask_inline(42, "")
    await eventually(lambda: world.sandbox.calls["answerinlinequery", 400])
    world.sandbox.inline._lifetime = 60
    assert (await ask(world, ""))["results"] == []
