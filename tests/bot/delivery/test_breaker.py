from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.breaker import FAILURES, LONGEST_PAUSE, Breaker


def opened() -> Breaker:
    breaker = Breaker()
    for chat in range(FAILURES):
        breaker.failed(chat, began=0, now=1)
    return breaker


def test_failures_of_several_chats_without_a_success_are_an_outage() -> None:
    breaker = Breaker()
    for chat in range(FAILURES - 1):
        breaker.failed(chat, began=0, now=1)
    assert breaker.room(8, 3) == 8
    breaker.failed(9, began=0, now=1)
    assert breaker.is_open
    assert breaker.room(8, 0) == 0


def test_one_chat_that_fails_is_no_outage() -> None:
    breaker = Breaker()
    assert [breaker.failed(1, began=0, now=1) for _ in range(3)] == [False, True, True]
    for _ in range(FAILURES):
        breaker.failed(1, began=0, now=1)
    assert not breaker.is_open


def test_a_failure_among_successes_may_be_the_messages_fault() -> None:
    breaker = Breaker()
    breaker.succeeded(now=5)
    assert breaker.failed(1, began=4, now=6)
    assert not breaker.failed(2, began=5.5, now=6)


def test_a_failure_in_an_outage_is_nobodys_fault() -> None:
    breaker = opened()
    breaker.failed(3, began=0, now=2)
    assert not breaker.failed(3, began=1.5, now=2)


def test_a_probe_then_one_message_then_all() -> None:
    breaker = opened()
    assert not breaker.wants_probe(1.5)
    assert breaker.pause_left(1.5) == 0.5
    assert breaker.wants_probe(2)
    breaker.probed(answered=True, now=2)
    assert not breaker.wants_probe(99)
    assert breaker.room(8, 0) == 1
    assert breaker.room(8, 1) == 0
    breaker.succeeded(now=3)
    assert not breaker.is_open
    assert breaker.room(8, 0) == 8


def test_pauses_grow_to_a_few_seconds_while_nothing_answers() -> None:
    breaker, now, pauses = opened(), 2.0, []
    for _ in range(6):
        breaker.probed(answered=False, now=now)
        pauses.append(breaker.pause_left(now))
        now += pauses[-1]
    assert pauses == [2, 4, LONGEST_PAUSE, LONGEST_PAUSE, LONGEST_PAUSE, LONGEST_PAUSE]


def test_a_trial_that_fails_pauses_again() -> None:
    breaker = opened()
    breaker.probed(answered=True, now=2)
    breaker.failed(1, began=2, now=3)
    assert breaker.room(8, 0) == 0
    assert breaker.pause_left(3) == 2


@given(st.lists(st.tuples(st.integers(0, 3), st.booleans()), max_size=50))
def test_a_success_ends_every_outage(events: list[tuple[int, bool]]) -> None:
    breaker = Breaker()
    for now, (chat, answered) in enumerate(events):
        if breaker.wants_probe(now):
            breaker.probed(answered=answered, now=now)
        breaker.failed(chat, began=now, now=now)
    breaker.succeeded(len(events))
    assert not breaker.is_open
    assert breaker.room(5, 0) == 5
