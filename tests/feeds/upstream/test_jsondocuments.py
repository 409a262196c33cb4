import json

import pytest

from domain.errors import DocumentError
from domain.model import Kind, Published
from feeds.upstream.formats.jsondocuments import read_json_feed, read_jsonl


def test_json_feed() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "T",
        "language": "es-MX",
        "items": [
            {"id": 7, "url": "https://example.org/7", "title": " A  title ",
             "content_html": "<p>One.</p><p>Two.</p>",
             "date_published": "2020-01-02T03:04:05+01:00"},
            {"id": "8", "content_text": "First line\nmore"},
            {"id": "9"},
            "no object",
        ],
    }  # fmt: skip
    document = read_json_feed(json.dumps(feed))
    first, second = document.drafts
    assert (first.title, first.body, first.key, first.lang) == (
        "A title",
        "One.\n\nTwo.",
        "7",
        "es",
    )
    assert first.published == Published.from_iso("2020-01-02T02:04:05")
    assert second.title == "First line"
    assert [entry.where for entry in document.skipped] == ["item 3", "item 4"]


@pytest.mark.parametrize(
    ("written", "title"),
    [
        (r"Boats \ud83d\ude00", "Boats 😀"),
        (r"Boats \uD83D", "Boats"),
        (r"Boats \ude00\u00e9", "Boats é"),
        (r"C:\\ud83d \"x\"", r'C:\ud83d "x"'),
    ],
)
def test_half_a_character_is_dropped(written: str, title: str) -> None:
    item = f'{{"title": "{written}"}}'
    feed = f'{{"version": "https://jsonfeed.org/version/1", "items": [{item}]}}'
    for document in (read_json_feed(feed), read_jsonl(item)):
        assert [draft.title for draft in document.drafts] == [title]


@pytest.mark.parametrize(
    "text", ["[]", "{", '{"version": 1}', '{"version": "https://jsonfeed.org/version/1"}']
)
def test_no_json_feed(text: str) -> None:
    with pytest.raises(DocumentError):
        read_json_feed(text)


def test_jsonl() -> None:
    line = json.dumps(
        {"title": "T", "published": "2009-06-22", "kind": "event", "starts": "2009-06-22",
         "topics": ["drugs"], "body": "a\n\nb"}
    )  # fmt: skip
    (draft,) = read_jsonl(f"\n{line}\n").drafts
    assert draft.kind is Kind.EVENT
    assert draft.topics == ("drugs",)
    assert draft.countries is None
    assert draft.published is not None
    assert draft.published.isoformat() == "2009-06-22"


def test_only_a_line_feed_ends_a_line_of_jsonl() -> None:
    texts = ["a\u2028b", "c\x85d", "e"]
    lines = (json.dumps({"title": text}, ensure_ascii=False) for text in texts)
    assert [draft.title for draft in read_jsonl("\r\n".join(lines)).drafts] == [
        " ".join(text.split()) for text in texts
    ]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{}", "^2: no title"),
        ('{"title": " "}', "^2: no title"),
        ("[1]", "^2: JSON, but no object"),
        ("nonsense", "^2: not readable as JSON"),
        ('{"title": "T", "kind": "gossip"}', "^2: a value that no item has"),
        ('{"title": 7}', "^2: a value that no item has"),
    ],
)
def test_jsonl_names_the_line(line: str, message: str) -> None:
    with pytest.raises(DocumentError, match=message):
        read_jsonl(f'{{"title": "fine"}}\n{line}')
