import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from bot.messages.text import LIMIT, bold, cut, entities, link, size, to_plain, units, visible

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]))


def test_units_are_utf_16() -> None:
    assert units("a é 新 😀") == len("a é 新 😀") + 1


@given(ANY_TEXT)
def test_units_agree_with_the_codec(text: str) -> None:
    assert units(text) == len(text.encode("utf-16-le")) // 2


@given(ANY_TEXT, st.integers(1, 40))
def test_cut_keeps_the_limit_and_is_a_start_of_the_text(text: str, limit: int) -> None:
    short = cut(text, limit)
    assert units(short) <= limit
    assert text == short or text.startswith(short.removesuffix("…"))


def test_cut_ends_after_a_word() -> None:
    assert cut("migrant smuggling, by sea", 24) == "migrant smuggling, by…"
    assert cut("migrant smuggling, by sea", 20) == "migrant smuggling…"
    assert cut("short", 5) == "short"


def test_cut_takes_no_accent_from_its_letter() -> None:
    word = unicodedata.normalize("NFD", "é" * 40)
    assert cut(word, 10) == unicodedata.normalize("NFD", "é" * 4) + "…"
    family = "👩‍👩‍👧" * 3
    assert cut(family, 12) == "👩‍👩‍👧…"


@given(ANY_TEXT, ANY_TEXT)
def test_what_is_escaped_is_shown_as_it_was(text: str, address: str) -> None:
    html = bold(text) + link(text, address)
    assert visible(html) == text + text
    assert entities(html) == 2
    assert size(html) == 2 * units(text)


def test_plain_text_keeps_the_addresses() -> None:
    html = f"{bold('A & B')}\n{link('<page>', 'https://x.example/?a=1&b=2')}"
    assert to_plain(html) == "A & B\n<page> (https://x.example/?a=1&b=2)"


def test_plain_text_is_within_the_limit() -> None:
    html = "\n".join(link("word " * 20, "https://x.example/" + "a" * 80) for _ in range(40))
    assert units(to_plain(html)) <= LIMIT
