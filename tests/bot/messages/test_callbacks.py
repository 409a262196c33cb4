import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages.callbacks import (
    LIMIT,
    TOPIC_LIMIT,
    Follow,
    Order,
    Press,
    Ref,
    ShowLatest,
    ShowPage,
    ShowSubscriptions,
    ShowTopics,
    Stop,
    StopAll,
    decode,
    decode_start,
    encode,
    start_payload,
)
from domain.errors import InputError

NUMBERS = st.integers(1, 10**18 - 1)
SLUGS = st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=TOPIC_LIMIT)
REFS = st.one_of(st.just(Ref()), st.builds(Ref, topic=SLUGS), st.builds(Ref, saved=NUMBERS))
PRESSES = st.one_of(
    st.builds(ShowPage, REFS, st.sampled_from(Order), st.integers(1, 10**6)),
    st.builds(ShowLatest, REFS),
    st.builds(Follow, REFS),
    st.builds(ShowTopics, NUMBERS, st.booleans()),
    st.builds(ShowSubscriptions, NUMBERS),
    st.builds(Stop, NUMBERS),
    st.just(StopAll()),
)


@given(PRESSES)
def test_a_press_comes_back_as_it_was_within_64_bytes(press: Press) -> None:
    data = encode(press)
    assert 1 <= len(data.encode()) <= LIMIT
    assert decode(data) == press


@given(st.one_of(st.text(), st.from_regex(r"\A[plfTFSsx](:[*.a-z0-9²٣-]*){0,4}\Z")))
def test_other_data_is_refused_or_is_what_encode_writes(data: str) -> None:
    try:
        press = decode(data)
    except InputError:
        return
    assert encode(press) == data


@pytest.mark.parametrize("data", ["", "p", "p:*:n:0", "p:*:n:-1", "s:", "s:1e9", "f:.A", "x:1"])
def test_malformed_data_is_refused(data: str) -> None:
    with pytest.raises(InputError):
        decode(data)


@given(REFS)
def test_a_start_payload_comes_back_as_it_was(ref: Ref) -> None:
    payload = start_payload(ref)
    assert len(payload) <= 64
    assert decode_start(payload) == ref


@pytest.mark.parametrize("payload", ["q_", "q_x", "Topic", "a/b", "a" * 65])
def test_a_malformed_payload_is_refused(payload: str) -> None:
    with pytest.raises(InputError):
        decode_start(payload)
