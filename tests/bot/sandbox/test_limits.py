from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.limits import UNLIMITED, FloodGate, Limits

GROUP = -1001


def test_a_private_chat_takes_a_burst_and_then_one_a_second() -> None:
    gate = FloodGate(Limits(chat_burst=3))
    assert [gate.take(1, 10.0) for _ in range(4)] == [0, 0, 0, 1]
    assert gate.take(1, 10.5) == 1
    assert gate.take(1, 11.0) == 0
    assert gate.take(1, 11.0) == 1


def test_other_chats_are_not_held_up() -> None:
    gate = FloodGate(Limits(chat_burst=1))
    assert [gate.take(chat, 0.0) for chat in (1, 1, 2)] == [0, 1, 0]


def test_a_group_takes_twenty_a_minute_and_names_the_wait() -> None:
    gate = FloodGate(Limits())
    assert [gate.take(GROUP, float(second)) for second in range(20)] == [0] * 20
    assert gate.take(GROUP, 20.5) == 40
    assert gate.take(GROUP, 60.0) == 0


def test_all_chats_together_take_thirty_a_second() -> None:
    gate = FloodGate(Limits())
    assert [gate.take(chat, 5.0) for chat in range(1, 32)] == [0] * 30 + [1]
    assert gate.take(31, 6.0) == 0


def test_a_refused_message_is_not_counted() -> None:
    gate = FloodGate(Limits(per_second=1, chat_burst=1))
    assert gate.take(1, 0.0) == 0
    assert gate.take(2, 0.5) == 1
    assert gate.take(2, 1.0) == 0


def test_limits_can_be_switched_off() -> None:
    gate = FloodGate(UNLIMITED)
    assert not any(gate.take(chat, 0.0) for chat in (7, GROUP) for _ in range(100))


@given(st.lists(st.floats(0, 3), min_size=1, max_size=80))
def test_no_second_holds_more_than_the_limit(gaps: list[float]) -> None:
    gate, now, taken = FloodGate(Limits(per_second=4, chat_per_second=None)), 0.0, list[float]()
    for gap in gaps:
        now += gap / 10
        if gate.take(1, now) == 0:
            taken.append(now)
    assert all(later - first >= 1 for first, later in zip(taken, taken[4:], strict=False))


def test_paid_messages_count_apart() -> None:
    gate = FloodGate(Limits(per_second=1, paid_per_second=2))
    assert [gate.take(chat, 0.0, paid=True) for chat in (1, 2, 3)] == [0, 0, 1]
    assert [gate.take(chat, 0.0) for chat in (4, 5)] == [0, 1]
