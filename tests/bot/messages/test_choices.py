import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages.callbacks import LIMIT, decode, encode
from bot.messages.choices import (
    LANGUAGES,
    Choice,
    Forget,
    Menu,
    Pause,
    Resume,
    SetEmpty,
    SetLanguage,
    SetLimit,
    SetQuiet,
    SetZone,
    ShowSettings,
)
from bot.messages.settings import settings, unknown_zone
from bot.messages.text import size
from domain.errors import InputError
from domain.model import Chat, ChatState
from domain.pace import LARGEST_LIMIT
from domain.quiet import Quiet
from seeds.zones import load_zones
from tests.bot.support import NOW

NUMBERS = st.none() | st.integers(1, 10**18 - 1)
TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))
QUIET = st.tuples(TIMES, TIMES).filter(lambda two: two[0] != two[1]).map(lambda two: Quiet(*two))
CHOICES = st.one_of(
    st.builds(ShowSettings, st.sampled_from(Menu)),
    st.builds(SetLanguage, st.sampled_from([None, *LANGUAGES])),
    st.builds(SetZone, st.sampled_from(["UTC", "Europe/Vienna", "Etc/GMT+3"])),
    st.builds(SetQuiet, st.none() | QUIET),
    st.builds(SetLimit, st.none() | st.integers(1, LARGEST_LIMIT)),
    st.builds(SetEmpty, st.booleans()),
    st.builds(Pause, st.sampled_from(["", "3d", "12h", "2w", "9999d"]), NUMBERS),
    st.builds(Resume, NUMBERS),
    st.just(Forget()),
)


@given(CHOICES)
def test_a_choice_comes_back_as_it_was_within_64_bytes(choice: Choice) -> None:
    data = encode(choice)
    assert 1 <= len(data.encode()) <= LIMIT
    assert decode(data) == choice


@given(st.one_of(st.text(), st.from_regex(r"\A[cgzqmehrX](:[-=a-zA-Z0-9/+²٣_]*){0,3}\Z")))
def test_other_data_is_refused_or_is_what_encode_writes(data: str) -> None:
    try:
        choice = decode(data)
    except InputError:
        return
    assert encode(choice) == data


@pytest.mark.parametrize("data", ["c:", "q:22-7", "m:-1", "e:", "h:3d", "h::", "r", "X:", "z:/etc"])
def test_malformed_choices_are_refused(data: str) -> None:
    with pytest.raises(InputError):
        decode(data)


def test_every_zone_fits_a_button() -> None:
    zones = load_zones()
    for zone in (*zones.find("USA").suggestions, "America/Argentina/ComodRivadavia"):
        assert decode(encode(SetZone(zone))) == SetZone(zone)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=500))
def test_the_name_of_a_place_is_shown_as_it_was_typed(name: str) -> None:
    assert size(unknown_zone(name, ()).html) < 400
    chat = Chat(id=1, state=ChatState.ACTIVE, timezone="UTC", language="xx")
    assert "xx" in settings(chat, NOW).html
