"""The judge is silent on a right listing and names each thing that is wrong in another."""

from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import Any

import pytest

from domain.model import Draft, Published
from tests.feeds.listing_judge import Case, Expected, cases, differences, roles


class Role(Enum):
    ITEM = 1
    SKIPPED = 2
    NOISE = 3


@dataclass(frozen=True)
class Entry:
    draft: Draft
    lines: tuple[int, ...]


@dataclass(frozen=True)
class Line:
    number: int
    role: Role


@dataclass(frozen=True)
class Listing:
    entries: tuple[Entry, ...]
    account: tuple[Line, ...]


def as_read(expected: Expected) -> Listing:
    """The listing that a reader without faults returns."""

    def day(text: str | None) -> date | None:
        return None if text is None else date.fromisoformat(text)

    entries = tuple(
        Entry(
            Draft(
                title=item["title"],
                published=Published.from_iso(item["published"]),
                published_derived=item["derived"],
                body=item["body"],
                caption=item["caption"],
                photo_credit=item["photo_credit"],
                starts=day(item["starts"]),
                ends=day(item["ends"]),
            ),
            tuple(item["lines"]),
        )
        for item in expected["items"]
    )
    account = sorted(roles(expected).items())
    return Listing(entries, tuple(Line(number, Role[role.upper()]) for number, role in account))


ALL = [*cases(unseen=False), *cases(unseen=True)]
FIRST = ALL[0].expected


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.document.stem)
def test_a_right_listing_has_no_differences(case: Case) -> None:
    assert differences(case.expected, as_read(case.expected)) == []


Change = dict[str, Any]

WRONG: list[tuple[Change, str]] = [
    ({"title": "Another"}, "title: expected"),
    ({"published": Published.on(date(2010, 4, 2))}, "published: expected '2010-03-23'"),
    ({"published": None}, "published: expected '2010-03-23', got None"),
    ({"published_derived": True}, "derived: expected False, got True"),
    ({"body": "22 to 23 March"}, "body: at 14: expected '22 to 23 March 2010"),
    ({"caption": "A caption"}, "caption: expected None"),
    ({"photo_credit": "UNODC"}, "photo_credit: expected None"),
    ({"starts": None}, "starts: expected '2010-03-22', got None"),
    ({"ends": date(2010, 3, 24)}, "ends: expected '2010-03-23', got '2010-03-24'"),
]


@pytest.mark.parametrize(("change", "said"), WRONG, ids=lambda value: str(value)[:30])
def test_a_wrong_field_is_named(change: Change, said: str) -> None:
    right = as_read(FIRST)
    entry = right.entries[1]
    changed = Entry(replace(entry.draft, **change), entry.lines)
    wrong = replace(right, entries=(right.entries[0], changed, *right.entries[2:]))
    found = differences(FIRST, wrong)
    assert len(found) == 1
    assert found[0].startswith(f"line 6: {said}")


def test_lines_of_an_item_count_without_blank_ones() -> None:
    right = as_read(FIRST)
    entry = right.entries[1]
    with_blanks = Entry(entry.draft, tuple(range(6, 17)))
    rest = right.entries[2:]
    assert differences(FIRST, replace(right, entries=(right.entries[0], with_blanks, *rest))) == []
    too_few = Entry(entry.draft, entry.lines[:-1])
    found = differences(FIRST, replace(right, entries=(right.entries[0], too_few, *rest)))
    assert found == ["line 6: lines: expected [6, 7, 9, 11, 13, 15], got [6, 7, 9, 11, 13]"]


def test_missing_and_surplus_items_are_named() -> None:
    right = as_read(FIRST)
    assert differences(FIRST, replace(right, entries=right.entries[1:])) == [
        "line 4: no item 'Parliamentarians unite against organized crime'"
    ]
    surplus = Entry(Draft(title="Made up"), ())
    found = differences(FIRST, replace(right, entries=(*right.entries, surplus)))
    assert found == ["line ?: an item too many: 'Made up'"]
    assert len(differences(FIRST, Listing((), right.account))) == len(FIRST["items"])


def test_every_lines_role_is_compared() -> None:
    right = as_read(FIRST)
    first, second, *rest = right.account
    wrong = (replace(first, role=Role.ITEM), second, second, *rest[:-1], Line(2, Role.NOISE))
    assert differences(FIRST, replace(right, account=wrong)) == [
        "line 3: accounted for 2 times",
        "line 1: role: expected noise, got item",
        "line 2: role: expected blank, got noise",
        "line 79: role: expected item, got nothing",
    ]
