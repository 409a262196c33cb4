import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages.callbacks import (
    LIMIT,
    DropDraft,
    Follow,
    Order,
    Press,
    PublishDraft,
    Ref,
    ShowLatest,
    ShowPage,
    ShowSubscriptions,
    ShowTopics,
    Stop,
    StopAll,
    decode,
    encode,
)
from domain.errors import InputError

NUMBERS = st.integers(1, 10**18 - 1)
REFS = st.builds(Ref.to, st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
PRESSES = st.one_of(
    st.builds(ShowPage, REFS, st.sampled_from(Order), st.integers(1, 999_999)),
    st.builds(ShowLatest, NUMBERS),
    st.builds(Follow, REFS),
    st.builds(ShowTopics, NUMBERS, st.booleans()),
    st.builds(ShowSubscriptions, NUMBERS),
    st.builds(Stop, NUMBERS),
    st.just(StopAll()),
    st.builds(PublishDraft, st.from_regex(r"[0-9a-f]{32}", fullmatch=True)),
    st.just(DropDraft()),
)


@given(PRESSES)
def test_a_press_comes_back_as_it_was_within_64_bytes(press: Press) -> None:
    data = encode(press)
    assert 1 <= len(data.encode()) <= LIMIT
    assert decode(data) == press


@given(st.one_of(st.text(), st.from_regex(r"\A[plfTFSsxPN](:[=^.a-z0-9²٣-]*){0,4}\Z")))
def test_other_data_is_refused_or_is_what_encode_writes(data: str) -> None:
    try:
        press = decode(data)
    except InputError:
        return
    assert encode(press) == data


@pytest.mark.parametrize(
    "data",
    [
        "",
        "p",
        "p:n:0:=",
        "p:n:-1:=",
        "p:z:1:=",
        "p:n:1:",
        "p:n:1",
        "s:",
        "s:1e9",
        "f:.a",
        "f",
        "l:",
        "x:1",
        "x:",
        "N:",
        "P:",
        "P:" + "0" * 31,
        "P:" + "A" * 32,
        "T",
        "T:1:2",
    ],
)
def test_malformed_data_is_refused(data: str) -> None:
    with pytest.raises(InputError):
        decode(data)
