import re
from html import escape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.errors import ApiError
from bot.sandbox.formatting.detect import detect
from bot.sandbox.formatting.entities import Entity, utf16_length
from bot.sandbox.formatting.keyboard import check_markup
from bot.sandbox.formatting.links import LinkError, check_link
from bot.sandbox.formatting.message_text import MAX_TEXT, format_text
from bot.sandbox.formatting.render import render


def found(text: str, given: list[Entity] | None = None) -> list[tuple[str, str]]:
    units = text.encode("utf-16-le")
    return [
        (
            one["type"],
            units[one["offset"] * 2 : (one["offset"] + one["length"]) * 2].decode("utf-16-le"),
        )
        for one in detect(text, given or [])
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/start now", [("bot_command", "/start")]),
        ("😀 /topics@some_bot", [("bot_command", "/topics@some_bot")]),
        ("a/b 1/2 /news/", []),
        ("see https://x.org/a?b=c.", [("url", "https://x.org/a?b=c")]),
        ("by ada@x.org, @ada_l", [("email", "ada@x.org"), ("mention", "@ada_l")]),
        ("#news #2021 #1a", [("hashtag", "#news"), ("hashtag", "#1a")]),
        ("plain words", []),
    ],
)
def test_telegram_marks_by_itself(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


def test_marks_keep_out_of_code_and_of_crossings() -> None:
    text = "/a https://x.org"
    code = {"type": "code", "offset": 0, "length": 2}
    assert found(text, [code]) == [("url", "https://x.org")]
    bold = {"type": "bold", "offset": 0, "length": 6}
    assert found(text, [bold]) == [("bot_command", "/a")]


def test_text_is_parsed_trimmed_and_sorted() -> None:
    assert format_text("\n <b> a<i>b</i></b>\r\n\x07 ", "html") == (
        "ab",
        [
            {"type": "bold", "offset": 0, "length": 2},
            {"type": "italic", "offset": 1, "length": 1},
        ],
    )


def test_given_entities_are_cut_to_the_text() -> None:
    given = [{"type": "bold", "offset": 0, "length": 2}, {"type": "code", "offset": 5, "length": 9}]
    assert format_text("  ab  ", "", given) == ("ab", [])


def test_the_length_counts_after_parsing() -> None:
    text, entities = format_text(f"<b>{'é&amp;' * (MAX_TEXT // 2)}</b>", "HTML")
    assert len(text) == MAX_TEXT
    assert len(entities) == 1


@pytest.mark.parametrize(
    ("text", "mode", "problem"),
    [
        ("", "", "message text is empty"),
        (" \n", "", "text must be non-empty"),
        ("<b> </b>", "HTML", "text must be non-empty"),
        ("x" * (MAX_TEXT + 1), "", "message is too long"),
        ("x" * 32769, "", "text is too long"),
        ("*x*", "MarkdownV2", "unsupported parse_mode"),
        ("a\ud800", "", "strings must be encoded in UTF-8"),
    ],
)
def test_texts_that_telegram_refuses(text: str, mode: str, problem: str) -> None:
    with pytest.raises(ApiError) as caught:
        format_text(text, mode)
    assert caught.value.description == f"Bad Request: {problem}"


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://Example.org", "https://example.org/"),
        ("example.org?q=a b", "http://example.org/?q=a%20b"),
        ("http://127.0.0.1:08000/x", "http://127.0.0.1:8000/x"),
        ("http://[::1]/", "http://[::1]/"),
        ("https://пример.рф/", "https://пример.рф/"),
        ("tg://resolve?domain=x", "tg://resolve?domain=x"),
    ],
)
def test_links_that_telegram_takes(address: str, kept: str) -> None:
    assert check_link(address, local=False) == kept


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("http://localhost:8000/", "Wrong HTTP URL"),
        ("two words.org", "Wrong HTTP URL"),
        ("ftp://x.org", "Unsupported URL protocol"),
        ("http://x.org:99999/", "Wrong port number specified in the URL"),
        ("http:///x", "URL host is empty"),
        ("http://x..org/", "Host is invalid"),
    ],
)
def test_links_that_telegram_refuses(address: str, problem: str) -> None:
    with pytest.raises(LinkError) as caught:
        check_link(address, local=False)
    assert str(caught.value) == problem


def test_local_links_pass_when_asked() -> None:
    assert check_link("http://localhost:8000/", local=True) == "http://localhost:8000/"


def keyboard(*buttons: Any) -> dict[str, Any]:
    return {"inline_keyboard": [list(buttons), []]}


def test_keyboards_keep_what_telegram_keeps() -> None:
    given = keyboard(
        {"text": "a", "callback_data": "é" * 32, "url": ""},
        {"text": "b", "url": "x.org", "callback_data": "lost"},
        {"text": "c", "switch_inline_query": ""},
    )
    assert check_markup(given, local_links=False) == [
        [
            {"text": "a", "callback_data": "é" * 32},
            {"text": "b", "url": "http://x.org/"},
            {"text": "c", "switch_inline_query": ""},
        ]
    ]


@pytest.mark.parametrize("markup", [{"remove_keyboard": True}, {"keyboard": [["a"]]}, {}])
def test_other_keyboards_belong_to_no_message(markup: dict[str, Any]) -> None:
    assert check_markup(markup, local_links=False) == []


BUTTON = "can't parse inline keyboard button: "


@pytest.mark.parametrize(
    ("markup", "problem"),
    [
        ([], "object expected as reply markup"),
        ({"inline": []}, "object expected as reply markup"),
        ({"inline_keyboard": [{}]}, 'field "inline_keyboard" must be an Array of Arrays'),
        (keyboard("x"), BUTTON + "InlineKeyboardButton must be an Object"),
        (keyboard({}), BUTTON + 'Can\'t find field "text"'),
        (keyboard({"text": 1}), BUTTON + 'Field "text" must be of type String'),
        (keyboard({"text": " "}), "inline keyboard button text must be non-empty"),
        (keyboard({"text": "a"}), BUTTON + "Text buttons are unallowed in the inline keyboard"),
        (
            keyboard({"text": "a", "callback_data": ""}),
            BUTTON + "Text buttons are unallowed in the inline keyboard",
        ),
        (keyboard({"text": "a", "callback_data": "é" * 33}), "BUTTON_DATA_INVALID"),
        (
            keyboard({"text": "a", "url": "http://localhost/"}),
            "inline keyboard button URL 'http://localhost/' is invalid: Wrong HTTP URL",
        ),
        (keyboard(*[{"text": "a", "callback_data": "b"}] * 101), "reply markup is too long"),
    ],
)
def test_keyboards_that_telegram_refuses(markup: Any, problem: str) -> None:
    with pytest.raises(ApiError) as caught:
        check_markup(markup, local_links=False)
    assert caught.value.description == f"Bad Request: {problem}"


def test_render_escapes_nests_and_links() -> None:
    text, entities = format_text(
        '<b>1 &lt; 2 <i>😀</i></b> <a href="http://x.org/?a&amp;b">x</a>\n'
        "<blockquote>q</blockquote>\n<tg-spoiler>s</tg-spoiler> /go tg://x",
        "HTML",
    )
    assert render(text, entities) == (
        "<strong>1 &lt; 2 <em>😀</em></strong> "
        '<a href="http://x.org/?a&amp;b" target="_blank" rel="noopener noreferrer">x</a>\n'
        '<blockquote>q</blockquote><span class="spoiler" tabindex="0">s</span> '
        '<button type="button" class="command">/go</button> tg://x'
    )


def test_render_links_to_the_web_only_and_skips_what_crosses() -> None:
    entities: list[Entity] = [
        {"type": "text_link", "offset": 0, "length": 1, "url": "tg://x"},
        {"type": "bold", "offset": 2, "length": 3},
        {"type": "italic", "offset": 4, "length": 3},
        {"type": "mention", "offset": 8, "length": 1},
    ]
    assert render("a bcd ef g", entities) == "a <strong>bcd</strong> ef g"


KINDS = st.sampled_from(["bold", "code", "url", "bot_command", "spoiler"])


@given(st.text(), st.lists(st.tuples(KINDS, st.integers(0, 9), st.integers(1, 9))))
def test_rendering_loses_and_adds_no_text(text: str, marks: list[tuple[str, int, int]]) -> None:
    entities: list[Entity] = []
    for kind, start, size in marks:
        if part := text[start : start + size]:
            place = {"offset": utf16_length(text[:start]), "length": utf16_length(part)}
            entities.append({"type": kind, **place})
    shown = re.sub(r"<[^>]*>", "", render(text, entities))
    assert shown == escape(text)
