import gzip
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import brotli
import pytest

from feeds.web.document import Content, Document

CHANGED = datetime(2026, 3, 1, 8, 30, 15, 999999, tzinfo=UTC)
CONTENT = Content(
    body=b"words " * 200,
    media_type="text/plain",
    cache_control="public, max-age=900",
    headers=((b"access-control-allow-origin", b"*"), (b"x-content-type-options", b"nosniff")),
    last_modified=CHANGED,
)


def ask(
    document: Document, method: str = "GET", **headers: str
) -> tuple[int, dict[str, str], bytes]:
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    start, body = document.answer({"type": "http", "method": method, "headers": raw})
    return start["status"], {k.decode(): v.decode() for k, v in start["headers"]}, body["body"]


def test_a_full_answer_has_everything_a_reader_needs_to_ask_again() -> None:
    status, headers, body = ask(Document(CONTENT))
    assert (status, body) == (200, CONTENT.body)
    assert headers.pop("etag").startswith('W/"')
    assert headers == {
        "access-control-allow-origin": "*",
        "cache-control": "public, max-age=900",
        "content-length": "1200",
        "content-type": "text/plain",
        "last-modified": "Sun, 01 Mar 2026 08:30:15 GMT",
        "vary": "Accept-Encoding",
        "x-content-type-options": "nosniff",
    }


@pytest.mark.parametrize(
    ("coding", "unpack"), [("gzip", gzip.decompress), ("br", brotli.decompress)]
)
def test_a_packed_answer_has_the_same_tag(coding: str, unpack: Callable[[bytes], bytes]) -> None:
    document = Document(CONTENT)
    _, headers, body = ask(document, accept_encoding=coding)
    assert headers["content-encoding"] == coding
    assert int(headers["content-length"]) == len(body) < 100
    assert unpack(body) == CONTENT.body
    assert headers["etag"] == ask(document)[1]["etag"]


def test_a_short_document_is_not_packed() -> None:
    _, headers, body = ask(Document(replace(CONTENT, body=b"short")), accept_encoding="gzip")
    assert body == b"short"
    assert "content-encoding" not in headers


def test_an_unmodified_answer_repeats_the_validators_and_nothing_else() -> None:
    document = Document(CONTENT)
    full = ask(document)[1]
    for condition in (
        {"if_none_match": full["etag"]},
        {"if_none_match": f'"x", {full["etag"].removeprefix("W/")}'},
        {"if_modified_since": full["last-modified"]},
    ):
        status, headers, body = ask(document, **condition)
        assert (status, body) == (304, b"")
        shared = ("etag", "last-modified", "cache-control", "vary", "access-control-allow-origin")
        assert headers == {name: full[name] for name in shared}


def test_several_header_lines_count_as_one() -> None:
    document = Document(CONTENT)
    etag = ask(document)[1]["etag"].encode()
    lines = [(b"if-none-match", b'"x"'), (b"if-none-match", etag)]
    assert document.answer({"method": "GET", "headers": lines})[0]["status"] == 304
    lines = [(b"accept-encoding", b"zstd"), (b"accept-encoding", b"gzip")]
    headers = document.answer({"method": "GET", "headers": lines})[0]["headers"]
    assert (b"content-encoding", b"gzip") in headers


def test_head_has_the_headers_of_get() -> None:
    document = Document(CONTENT)
    assert ask(document, "HEAD") == (200, ask(document)[1], b"")


def test_the_tag_is_made_of_content_alone() -> None:
    first = Document(CONTENT)
    assert Document(replace(CONTENT, version=9)).tag == first.tag
    assert Document(replace(CONTENT, body=b"other")).tag != first.tag
    assert Document(replace(CONTENT, media_type="text/html")).tag != first.tag


def test_a_change_within_one_second_moves_the_date_on() -> None:
    before = Document(CONTENT)
    after = Document(replace(CONTENT, body=b"other"), before)
    assert after.last_modified == CHANGED.replace(microsecond=0) + timedelta(seconds=1)


def test_a_document_that_lost_its_newest_item_is_newer_all_the_same() -> None:
    before = Document(CONTENT)
    older = replace(CONTENT, body=b"fewer", last_modified=CHANGED - timedelta(days=9))
    after = Document(older, before)
    assert after.last_modified == CHANGED.replace(microsecond=0) + timedelta(seconds=1)
    assert Document(older, after).last_modified == after.last_modified


def test_a_document_without_a_date_has_no_last_modified() -> None:
    document = Document(replace(CONTENT, last_modified=None), Document(CONTENT))
    _, headers, _ = ask(document)
    assert "last-modified" not in headers
    assert ask(document, if_modified_since="Sun, 01 Mar 2026 08:30:15 GMT")[0] == 200
    assert Document(CONTENT, document).last_modified is not None
