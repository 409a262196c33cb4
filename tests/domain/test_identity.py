from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.identity import (
    Again,
    Fingerprint,
    Known,
    Met,
    assign,
    fingerprint,
    identical,
    same_entry,
    slug_for,
)

DAY = date(2009, 6, 22)


def mark(
    title: str = "A", body: str = "a", day: date = DAY, link: str | None = None
) -> Fingerprint:
    return fingerprint(day, title, body, link)


def met(one: Fingerprint, content: str = "", key: str | None = None) -> Met:
    return Met(one, content or repr(one), key)


def known(
    number: int,
    one: Fingerprint,
    *,
    own: bool = True,
    contents: tuple[str, ...] = (),
    keys: tuple[str, ...] = (),
) -> Known:
    return Known(number, one, own, frozenset(contents), frozenset(keys))


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Réunion à Abuja", "Le texte."),
        ("REUNION A  ABUJA", "le\n\ntexte"),
        ("reunion – a: abuja!", "“Le texte”"),
    ],
)
def test_case_accents_punctuation_and_spacing_do_not_count(title: str, body: str) -> None:
    assert identical(mark(title, body), mark("Reunion a Abuja", "Le texte"))


def test_titles_of_signs_alone_differ() -> None:
    assert mark("!!!").title != mark("???").title


@pytest.mark.parametrize(
    ("other", "is_same"),
    [
        (mark(), True),
        (mark(title="B"), True),
        (mark(body="b"), True),
        (mark(day=DAY + timedelta(days=31)), True),
        (mark(day=DAY - timedelta(days=32)), False),
        (mark(title="B", body="b"), False),
        (mark(title="B", day=DAY + timedelta(days=1)), False),
        (mark(body="b", day=DAY + timedelta(days=1)), False),
        (mark(body=""), True),
        (mark(body="", day=DAY + timedelta(days=1)), False),
    ],
)
def test_two_of_three_parts_make_a_copy(other: Fingerprint, is_same: bool) -> None:
    assert same_entry(mark(), other) is is_same
    assert same_entry(other, mark()) is is_same


def test_missing_bodies_agree_with_nothing() -> None:
    assert not identical(mark(body=""), mark(body=" \n"))
    assert not same_entry(mark(title="A", body=""), mark(title="B", body=""))
    later = DAY + timedelta(days=1)
    assert not same_entry(mark(body=""), mark(body="", day=later))


def test_new_entries_are_new() -> None:
    assert assign([met(mark()), met(mark("B", "b"))], []) == [None, None]
    assert assign([], [known(1, mark())]) == []


def test_the_same_entry_twice_in_a_reading_is_one() -> None:
    bare = mark(body="")
    entries = [met(mark()), met(bare), met(mark(), "other"), met(bare, "other")]
    assert assign(entries, []) == [None, None, Again(0), Again(1)]


def test_bare_entries_with_other_addresses_are_two() -> None:
    entries = [met(mark(body="", link=link)) for link in ("1", "2", "1")]
    assert assign(entries, []) == [None, None, Again(0)]


def test_one_id_twice_in_a_reading_is_one() -> None:
    entries = [met(mark(), key="k"), met(mark("B", "b"), key="k"), met(mark("B", "b"))]
    assert assign(entries, []) == [None, Again(0), Again(0)]


def test_copies_in_one_reading_do_not_land_on_one_item() -> None:
    stored = known(1, mark())
    assert assign([met(mark(body="b")), met(mark(body="c"))], [stored]) == [stored, None]
    assert assign([met(mark(body="b")), met(mark())], [stored]) == [None, stored]


def test_what_the_document_showed_before_decides_first() -> None:
    first, second = known(1, mark("X", "x"), contents=("c",)), known(2, mark())
    assert assign([met(mark(), "c")], [first, second]) == [first]


def test_the_sources_id_decides_over_the_text() -> None:
    first, second = known(1, mark("X", "x"), keys=("k",)), known(2, mark())
    assert assign([met(mark(), key="k")], [first, second]) == [first]


def test_two_ids_keep_look_alikes_apart_but_not_whole_copies() -> None:
    stored = known(1, mark(), keys=("k",))
    assert assign([met(mark(body="b"), key="l")], [stored]) == [None]
    assert assign([met(mark(), key="l")], [stored]) == [stored]
    assert assign([met(mark(body="b"))], [stored]) == [stored]


def test_across_sources_only_whole_copies_are_one() -> None:
    stored = known(1, mark(), own=False)
    assert assign([met(mark())], [stored]) == [stored]
    assert assign([met(mark(body="b"))], [stored]) == [None]
    bare = known(2, mark(body=""), own=False)
    assert assign([met(mark(body=""))], [bare]) == [None]


def test_the_own_and_nearest_item_is_taken() -> None:
    other = known(1, mark(), own=False)
    far, near = known(2, mark(day=DAY + timedelta(days=9))), known(3, mark(day=DAY - timedelta(2)))
    mine = known(4, mark())
    assert assign([met(mark())], [other, far, near, mine]) == [mine]
    assert assign([met(mark())], [far, near]) == [near]
    linked = [known(5, mark(body="", link="1")), known(6, mark(body="", link="2"))]
    assert assign([met(mark(body="", link="2"))], linked) == [linked[1]]


def test_slugs_depend_on_day_and_title_alone() -> None:
    slug = slug_for(DAY, "Training!", ())
    assert slug == slug_for(DAY, "TRAINING", ["x"])
    assert slug.startswith("2009-06-22-")
    assert len(slug) == len("2009-06-22-0123456789")
    assert slug_for(DAY, "Training", [slug]) == slug + "-2"
    assert slug_for(DAY, "Training", [slug, slug + "-2", slug + "-3"]) == slug + "-4"
    assert slug_for(DAY + timedelta(days=1), "Training", ())[11:] != slug[11:]


TEXTS = st.sampled_from(["", "a", "b", "c"])
MARKS = st.builds(
    fingerprint,
    st.sampled_from([DAY, DAY + timedelta(days=1), DAY + timedelta(days=40)]),
    TEXTS,
    TEXTS,
    st.sampled_from([None, "1", "2"]),
)
KEYS = st.sampled_from(["k", "l"])


@given(
    marks=st.lists(st.tuples(MARKS, st.none() | KEYS), max_size=8),
    items=st.lists(st.tuples(MARKS, st.booleans(), st.frozensets(KEYS, max_size=1)), max_size=8),
)
def test_each_item_is_taken_once_and_a_second_reading_finds_the_first(
    marks: list[tuple[Fingerprint, str | None]],
    items: list[tuple[Fingerprint, bool, frozenset[str]]],
) -> None:
    entries = [met(one, repr((one, key)), key) for one, key in marks]
    store = [
        Known(number, one, own, frozenset(), keys) for number, (one, own, keys) in enumerate(items)
    ]
    answers = assign(entries, store)
    taken = [answer.id for answer in answers if isinstance(answer, Known)]
    assert len(taken) == len(set(taken))
    assert all(
        answers[answer.index] is not None or answer.index < index
        for index, answer in enumerate(answers)
        if isinstance(answer, Again)
    )
    kept = [
        known(100 + number, entry.fingerprint, contents=(entry.content,))
        for number, (entry, answer) in enumerate(zip(entries, answers, strict=True))
        if answer is None
    ]
    again = assign([e for e, a in zip(entries, answers, strict=True) if a is None], kept)
    assert again == kept
