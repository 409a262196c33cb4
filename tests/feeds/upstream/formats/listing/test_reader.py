"""What holds for every text: a complete account, no exception but one, and little time."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from domain.errors import DocumentError
from feeds.upstream.formats.decode import MAX_BYTES
from feeds.upstream.formats.listing import Listing, Role, read_listing
from feeds.upstream.formats.listing.reader import MAX_LINES

REASONS = {
    Role.ITEM: {"date", "title", "body", "caption", "stub"},
    Role.SKIPPED: {"date without title", "date without year"},
    Role.NOISE: {"menu", "heading", "footer", "link stub", "spam", "introduction", "undated"},
}
PIECES = [
    "3 May 2010", "12/05/2010", "05/31/2010", "3 – 4 August", "2010-05-03 10:00:00.0", "March 2010",
    "2010", "3 мая 2010 г.", "2010年5月3日", "  • ", "• ", "- ", "    ", "\t", "\u00a0",
    "Title of an item",
    " - ", ": ", "(3 May 2010)", "A sentence that has a few words in it.", "Photo: UNODCThe text",
    "© IOM", "Read more", "... more", "Home | About", "© 2010 UNODC", "Latest news", "and", "lower",
    "It's a second sentence, which is here too.", "VIENNA, 3 May 2010 - ", "x" * 90, "\u200b", "…",
    "Posted by X on 3 May 2010", "1. one", "2. two", "Where: Vienna", "[...]", "Details »", "-----",
    "?", "By Jane Doe", "Contact: x@y.org", "Agenda 2014", "12 May", "Photo by A. Smith",
]  # fmt: skip
PAGES = st.lists(st.one_of(st.sampled_from(PIECES), st.sampled_from(["\n", "\n\n", "\r\n", " "])))


def _check(text: str, listing: Listing) -> None:
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    expected = [(number, line) for number, line in enumerate(lines, 1) if line.strip()]
    assert [(line.number, line.text) for line in listing.account] == expected
    for line in listing.account:
        assert line.reason in REASONS[line.role]
        assert (line.entry is not None) == (line.role is Role.ITEM)
    for index, entry in enumerate(listing.entries):
        own = tuple(line.number for line in listing.account if line.entry == index)
        assert entry.lines == own
        assert own
        assert entry.draft.title.strip()
        assert "\n" not in entry.draft.title
        assert entry.draft.published is not None
        assert "\n\n\n" not in entry.draft.body
        assert entry.draft.body == entry.draft.body.strip()


@example("• \nTitle of an item (3 May 2010)\n\nAnother title of one (2 May 2010)")
@example("• Title of an item (3 May 2010)\n\nAnother title of one (2 May 2010)")
@example("  • \n\n3 May 2010")
@given(st.one_of(PAGES.map("".join), st.text()))
def test_every_line_of_any_text_is_accounted_for_once(text: str) -> None:
    if not text.removeprefix("\ufeff").strip():
        with pytest.raises(DocumentError, match=r"^page\.txt: empty: nothing but blanks$"):
            read_listing(text, document="page.txt")
        return
    listing = read_listing(text, document="page.txt")
    _check(text, listing)
    assert read_listing(text) == listing


def test_too_large_a_text_is_refused() -> None:
    with pytest.raises(DocumentError, match="too large: 5000001 characters"):
        read_listing("x" * (MAX_BYTES + 1))


def test_too_many_lines_are_refused() -> None:
    with pytest.raises(DocumentError, match="too many lines: 100001, at most 100000 are read"):
        read_listing("x\n" * (MAX_LINES + 1))


HOSTILE = {
    "one long line": "word " * 200_000,
    "one long word": "a" * 1_000_000,
    "digits": "1" * 1_000_000,
    "digits apart": "1 " * 500_000,
    "dots": "3 May 2010\nTitle\n\n" + "." * 1_000_000,
    "stubs": "3 May 2010\nTitle\n\n" + ". more" * 150_000,
    "dates in a row": "3 May 2010 " * 100_000,
    "dates": "3 May 2010\n" * 10_000,
    "yearless dates": "1 May 2010 Title\n" + "3 - 4 May Title\n" * 10_000,
    "deep bullets": "3 May 2010\nTitle\n" + "\n".join(" " * i + "• x" for i in range(1500)),
    "bullets": "3 May 2010\nTitle:\n" + "  • point of it,\n" * 20_000,
    "soft breaks": "3 May 2010\nTitle\n\n" + "some words of a line\n" * 20_000,
    "stuck names": "3 May 2010\nTitle\n\nPhoto: " + "UNODC" * 200_000,
    "labels": "3 May 2010\nTitle\n\n" + "Some text. Photo: " * 50_000,
    "quotes": "3 May 2010\nTitle\n\nPhoto: " + 'a"B' * 300_000,
    "fragments": "3 May 2010\nTitle\n\nA body that is done here now.\n\n" + "Short\n\n" * 10_000,
    "blanks": "x" + " " * 1_000_000 + "y",
    "bars": "|" * 1_000_000,
    "numbered": "3 May 2010\nTitle\n\n" + "1. point\n2. point\n" * 10_000,
    "hanging": "3 May 2010 Title\n" + "   3 May 2010 word\n" * 10_000,
    "labels of dates": "by " * 100 + "3 May 2010\n" + "Posted by 3 " * 50_000,
    "years": "Title of it\n\n" + "In 2018, the office will publish it. " * 30_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_take_little_time(name: str) -> None:
    text = HOSTILE[name]
    start = time.process_time()
    _check(text, read_listing(text))
    assert time.process_time() - start < 20
