from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from domain.text import clean


def test_keeps_text_tabs_and_line_feeds() -> None:
    text = "Réunion\tà Vienne\nЗаседание 会议 💙 \u200f\u00a0"
    assert clean(text) == text


def test_line_ends_become_line_feeds() -> None:
    assert clean("a\r\nb\rc\fd\x85e\u2028f") == "a\nb\nc\nd\ne\nf"


def test_removes_what_cannot_be_stored_or_sent() -> None:
    assert clean("a\x00b\x1bc\x7fd\x9fe\ud800f\ufffeg\uffffh\ufeffi\ufdd0j\U0010ffffk") == (
        "abcdefghijk"
    )


@given(st.text(st.characters()))
def test_any_cleaned_text_fits_into_xml_and_stays(text: str) -> None:
    cleaned = clean(text)
    element = etree.Element("a")
    element.text = cleaned
    assert (etree.fromstring(etree.tostring(element, encoding="utf-8")).text or "") == cleaned
    assert clean(cleaned) == cleaned
