import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.deeplinks import query_of, start_payload, topic_of
from domain.errors import InputError


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_a_payload_opens_the_query_again_and_is_what_telegram_takes(query: str) -> None:
    payload = start_payload(query)
    if payload is None:
        assert len(query.encode()) > 46
    else:
        assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", payload)
        assert query_of(payload) == query


def test_a_topic_is_opened_by_its_slug() -> None:
    assert start_payload("topic:smuggling-by-sea") == "smuggling-by-sea"
    assert query_of("smuggling-by-sea") == "topic:smuggling-by-sea"
    assert topic_of("topic:smuggling-by-sea") == "smuggling-by-sea"
    assert topic_of("topic:drugs last:30d") is None


@pytest.mark.parametrize("payload", ["", "Topic", "a/b", "q_!", "q_a", "q__w", "тема"])
def test_another_payload_is_refused(payload: str) -> None:
    with pytest.raises(InputError):
        query_of(payload)
