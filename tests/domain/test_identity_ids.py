"""Ids that sources change and use again."""

from datetime import date, timedelta

import pytest

from domain.identity import Fingerprint, Known, Met, assign, fingerprint

DAY = date(2024, 5, 1)


def mark(
    title: str = "A", body: str = "a", link: str | None = None, day: date = DAY
) -> Fingerprint:
    return fingerprint(day, title, body, link)


def met(one: Fingerprint, key: str | None) -> Met:
    return Met(one, repr((one, key)), key)


def known(one: Fingerprint, key: str, number: int = 1) -> Known:
    return Known(number, one, own=True, contents=frozenset(), keys=frozenset((key,)))


@pytest.mark.parametrize(
    ("shown", "is_same"),
    [
        (mark("B", "b", "https://x.example/1"), True),
        (mark("B", "b", "https://x.example/2"), False),
        (mark("A", "b", "https://x.example/2"), True),
        (mark("B", "a", "https://x.example/2"), True),
        (mark("B", "b", None), True),
        (mark("B", "b", "http://www.x.example/1/?utm_source=rss#top"), True),
    ],
)
def test_an_id_says_nothing_where_all_else_differs(shown: Fingerprint, *, is_same: bool) -> None:
    item = known(mark("A", "a", "https://x.example/1"), "k")
    assert assign([met(shown, "k")], [item]) == [item if is_same else None]


@pytest.mark.parametrize(
    ("shown", "is_same"),
    [
        (mark("A", "a", None, DAY + timedelta(days=3)), True),
        (mark("A", "b", "https://x.example/1"), True),
        (mark("A", "b", "https://x.example/1", DAY + timedelta(days=9)), True),
        (mark("A", "b", "https://x.example/1", DAY + timedelta(days=40)), False),
        (mark("A", "b", "https://x.example/2"), False),
        (mark("B", "b", "https://x.example/1"), False),
    ],
)
def test_another_id_does_not_tell_entries_apart(shown: Fingerprint, *, is_same: bool) -> None:
    item = known(mark("A", "a", "https://x.example/1"), "old")
    assert assign([met(shown, "new")], [item]) == [item if is_same else None]


def test_where_all_ids_are_new_day_and_title_tell() -> None:
    items = [known(mark(str(n), f"old {n}"), f"old-{n}", n) for n in range(3)]
    entries = [met(mark(str(n), f"new {n}"), f"new-{n}") for n in range(3)]
    assert assign(entries, items) == items
    assert assign([*entries, met(mark("9"), "old-0")], items)[1:3] == [None, None]
