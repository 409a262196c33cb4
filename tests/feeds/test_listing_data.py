"""The readings themselves: complete, well formed and faithful to their documents."""

import re
from collections import Counter
from datetime import date

import pytest

from domain.model import Published
from tests.feeds.listing_judge import SEEDS, Case, Expected, ExpectedItem, cases

ALL = [*cases(unseen=False), *cases(unseen=True)]
REASONS = {"menu", "heading", "footer", "link stub", "spam", "introduction"}

each_case = pytest.mark.parametrize("case", ALL, ids=lambda case: case.document.stem)


def test_every_document_has_a_reading() -> None:
    unseen = {case.document for case in cases(unseen=True)}
    seeds = {case.document for case in cases(unseen=False)}
    assert seeds == set(SEEDS.glob("*.txt"))
    assert unseen == {path for case in unseen for path in case.parent.glob("*.txt")}
    assert len(unseen) >= 14


@each_case
def test_every_line_is_accounted_for_once(case: Case) -> None:
    reading = case.expected
    taken = Counter(line for item in reading["items"] for line in item["lines"])
    taken.update(note["line"] for note in [*reading["skipped"], *reading["noise"]])
    assert taken == Counter(n for n, line in enumerate(case.lines, 1) if line.strip())


@each_case
def test_shape(case: Case) -> None:
    reading = case.expected
    assert reading.keys() == Expected.__annotations__.keys()
    assert reading["document"] == case.document.name
    assert {note["reason"] for note in reading["noise"]} <= REASONS
    assert {note["reason"] for note in reading["skipped"]} <= {"date without title"}
    for notes in (reading["skipped"], reading["noise"]):
        assert all(note.keys() == {"line", "reason"} for note in notes)
        assert [note["line"] for note in notes] == sorted(note["line"] for note in notes)
    starts = [item["lines"][0] for item in reading["items"]]
    assert starts == sorted(starts)


@each_case
def test_items_are_well_formed(case: Case) -> None:
    for item in case.expected["items"]:
        assert item.keys() == ExpectedItem.__annotations__.keys()
        assert Published.from_iso(item["published"]).isoformat() == item["published"]
        assert isinstance(item["derived"], bool)
        assert item["lines"] == sorted(set(item["lines"]))
        assert (item["starts"] is None) == (item["ends"] is None)
        if item["starts"] is not None and item["ends"] is not None:
            assert date.fromisoformat(item["starts"]) < date.fromisoformat(item["ends"])
        for text in (item["title"], item["caption"] or "x", item["photo_credit"] or "x"):
            assert text == " ".join(text.split())
            assert text
        for paragraph in item["body"].split("\n\n"):
            assert all(line == " ".join(line.split()) for line in paragraph.split("\n"))
            assert "\n" not in paragraph or all(
                re.match(r"• |\(?\w{1,4}[.)、]", line) for line in paragraph.split("\n")
            )


@each_case
def test_items_say_only_what_is_printed(case: Case) -> None:
    for item in case.expected["items"]:
        lines = [case.lines[number - 1].strip() for number in item["lines"]]
        printed = " ".join(" ".join(re.sub(r"^[*-]\s", "• ", line) for line in lines).split())
        paragraphs = [" ".join(part.split()) for part in item["body"].split("\n\n")]
        for text in [item["title"], *paragraphs, item["caption"], item["photo_credit"]]:
            assert (text or "").removesuffix(".") in printed
