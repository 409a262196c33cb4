from hypothesis import given
from hypothesis import strategies as st

from bot.buckets import Gate, Refusals, RoundTrips, TokenBucket, Window


def passes(limit: TokenBucket | Window | Gate, wishes: list[float]) -> list[float]:
    """Let requests through as early as the limit allows; returns when each passed."""
    now, passed = 0.0, []
    for wait in wishes:
        now = max(now + wait, limit.ready_at(now + wait))
        limit.take(now)
        limit.land(now)
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
        gate.land(now)
        passed += 1
    assert 290 <= passed <= 301


def test_window_is_idle_when_nothing_counts_any_more() -> None:
    window = Window(2, 5.0)
    assert window.idle(0)
    window.take(0)
    assert not window.idle(60), "it is on its way"
    window.land(0)
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


@given(
    st.lists(st.tuples(st.floats(0, 0.4), st.floats(0, 0.4)), min_size=1, max_size=60),
    st.integers(1, 8),
)
def test_the_other_side_never_sees_too_many_however_long_the_ways_are(
    ways: list[tuple[float, float]], limit: int
) -> None:
    """Requests leave as early as they may; each takes its time there and back."""
    window, now = Window(limit, 1.0), 0.0
    arrived: list[float] = []
    on_their_way: list[float] = []
    for there, back in ways:
        while (ready := window.ready_at(now)) > now:
            now = min([ready, *on_their_way[:1]])
            while on_their_way and on_their_way[0] <= now:
                window.land(on_their_way.pop(0))
        window.take(now)
        arrived.append(now + there)
        on_their_way = sorted([*on_their_way, now + there + back])
    arrived.sort()
    for first, after in zip(arrived, arrived[limit:], strict=False):
        assert after - first >= 1.0 - 1e-9


def test_a_steady_round_trip_costs_nothing_of_the_rate() -> None:
    """At 50 ms there and back, 30 a second get there, and never more."""
    window, trips, now = Window(30, 1.0), RoundTrips(), 0.0
    arrived: list[float] = []
    on_their_way: list[float] = []
    while now < 60:
        while (ready := window.ready_at(now)) <= now:
            window.take(now)
            arrived.append(now + 0.02)
            on_their_way.append(now + 0.05)
        now = min([ready, *on_their_way[:1]])
        while on_their_way and on_their_way[0] <= now:
            on_their_way.pop(0)
            trips.note(0.05, now)
            window.land(now - trips.at_least())
    for first, after in zip(arrived, arrived[30:], strict=False):
        assert after - first >= 1.0 - 1e-9
    assert len(arrived) >= 0.985 * 30 * 60


def test_the_shortest_round_trip_is_of_late_and_not_of_the_first_few() -> None:
    trips = RoundTrips(span=10, enough=3)
    for _ in range(2):
        trips.note(0.1, now=0)
    assert trips.at_least() == 0
    trips.note(0.2, now=1)
    assert 0.08 < trips.at_least() < 0.1
    trips.note(0.05, now=2)
    assert trips.at_least() < 0.05
    for now in (13, 24):
        trips.note(0.3, now)
    assert 0.2 < trips.at_least() < 0.3, "forgotten after two spans"
