from datetime import UTC, datetime

import pytest

from feeds.web.conditional import chosen_coding, http_date, is_unmodified

CHANGED = datetime(2026, 3, 1, 8, 30, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("if_none_match", "expected"),
    [
        ('"abc"', True),
        ('W/"abc"', True),
        ('"x", W/"abc"', True),
        ('"x","abc","y"', True),
        ('"a,b", "abc"', True),
        ("*", True),
        (" * ", True),
        ('"x"', False),
        ('"abcd"', False),
        ("abc", False),
        ("W/", False),
    ],
)
def test_entity_tags_are_compared_weakly_and_in_lists(
    if_none_match: str, *, expected: bool
) -> None:
    assert is_unmodified("abc", CHANGED, if_none_match, "") is expected


@pytest.mark.parametrize(
    ("if_modified_since", "expected"),
    [
        ("Sun, 01 Mar 2026 08:30:15 GMT", True),
        ("Sun, 01 Mar 2026 08:30:16 GMT", True),
        ("Sunday, 01-Mar-26 08:30:15 GMT", True),
        ("Sun Mar  1 08:30:15 2026", True),
        ("Sun, 01 Mar 2026 08:30:14 GMT", False),
        ("yesterday", False),
        ("Sun, 99 Mar 2026 08:30:15 GMT", False),
        ("", False),
    ],
)
def test_a_date_alone_is_honoured(if_modified_since: str, *, expected: bool) -> None:
    assert is_unmodified("abc", CHANGED, "", if_modified_since) is expected


def test_an_entity_tag_overrules_a_date() -> None:
    assert not is_unmodified("abc", CHANGED, '"old"', "Sun, 01 Mar 2026 09:00:00 GMT")


def test_without_a_date_of_change_no_date_is_new_enough() -> None:
    assert not is_unmodified("abc", None, "", "Sun, 01 Mar 2026 09:00:00 GMT")


def test_an_http_date_is_aware() -> None:
    assert http_date("Sun Mar  1 08:30:15 2026") == CHANGED


@pytest.mark.parametrize(
    ("accept_encoding", "expected"),
    [
        ("gzip", "gzip"),
        ("GZIP", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("BR;q=0.5", "br"),
        ("br;q=0.1, gzip;q=0.5", "gzip"),
        ("br, gzip;q=0.5", "br"),
        ("x-gzip", "gzip"),
        ("*", "gzip"),
        ("br;q=0, *", "gzip"),
        ("deflate", None),
        ("gzip;q=0", None),
        ("gzip; q=0.0, *", None),
        ("*;q=0", None),
        ("gzip;q=much", None),
        ("gzip;level=1", "gzip"),
        ("identity", None),
        ("identity;q=1, gzip;q=0.5", None),
        ("identity;q=0.5, gzip;q=0.5", "gzip"),
        ("gzip;q=0.1, identity;q=0", "gzip"),
        ("*, identity;q=0", "gzip"),
        ("gzip;q=nan", None),
        ("", None),
    ],
)
def test_a_document_is_packed_as_the_reader_likes_best(
    accept_encoding: str, expected: str | None
) -> None:
    assert chosen_coding(accept_encoding) == expected
