from hypothesis import given
from hypothesis import strategies as st

from bot.buckets import Gate, Refusals, TokenBucket, Window


def passes(limit: TokenBucket | Window | Gate, wishes: list[float]) -> list[float]:
    """Let requests through as early as the limit allows; returns when each passed."""
    now, passed = 0.0, []
    for wait in wishes:
        now = max(now + wait, limit.ready_at(now + wait))
        limit.take(now)
        passed.append(now)
    return passed


def test_bucket_lets_a_burst_through_then_keeps_the_rate() -> None:
    assert passes(TokenBucket(rate=2, burst=3), [0.0] * 5) == [0, 0, 0, 0.5, 1.0]


def test_bucket_refills_after_a_pause() -> None:
    bucket = TokenBucket(rate=1, burst=2)
    assert passes(bucket, [0, 0, 10, 0, 0]) == [0, 0, 10, 10, 11]
    assert not bucket.idle(11)
    assert bucket.idle(13)


@given(st.lists(st.floats(0, 3), min_size=1, max_size=80), st.integers(1, 10))
def test_window_never_holds_more_than_its_limit(wishes: list[float], limit: int) -> None:
    passed = passes(Window(limit, 1.0), wishes)
    for first, after in zip(passed, passed[limit:], strict=False):
        assert after - first >= 1.0 - 1e-9


@given(st.lists(st.floats(0, 0.2), min_size=1, max_size=80))
def test_gate_keeps_all_of_its_limits(wishes: list[float]) -> None:
    passed = passes(Gate(TokenBucket(10, 2), Window(10, 1.0)), wishes)
    for first, after in zip(passed, passed[10:], strict=False):
        assert after - first >= 1.0 - 1e-9
    for first, third in zip(passed, passed[2:], strict=False):
        assert third - first >= 0.1 - 1e-9


def test_a_busy_gate_loses_no_capacity_to_lateness() -> None:
    """One that comes back a little late each time still gets the whole rate."""
    gate, now, passed = Gate(TokenBucket(30, 4), Window(30, 1.0)), 0.0, 0
    while now < 10:
        now = max(now, gate.ready_at(now)) + 0.003
        gate.take(now)
        passed += 1
    assert 290 <= passed <= 301


def test_window_is_idle_when_nothing_counts_any_more() -> None:
    window = Window(2, 5.0)
    assert window.idle(0)
    window.take(0)
    assert not window.idle(4)
    assert window.idle(5)


def test_a_hold_is_never_shortened() -> None:
    gate = Gate(TokenBucket(1, 1))
    gate.hold(30)
    gate.hold(10)
    assert gate.ready_at(0) == 30
    assert not gate.idle(29)
    assert gate.idle(31)


def test_two_chats_refused_within_a_second_mean_everyone() -> None:
    refusals = Refusals()
    assert not refusals.note(1, now=0)
    assert not refusals.note(1, now=0.5)
    assert refusals.note(2, now=1.4)
    assert not refusals.note(3, now=9)
