from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.delivery import FIRST_DELAY, LONGEST_DELAY, MAX_ATTEMPTS, backoff


def test_waiting_doubles_up_to_the_longest() -> None:
    waits = [backoff(attempts, 0).total_seconds() for attempts in range(1, 12)]
    assert waits == [2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]
    assert backoff(0, 0) == FIRST_DELAY


def test_a_message_outlasts_hours_of_outage() -> None:
    waited = sum((backoff(attempts, 1) for attempts in range(1, MAX_ATTEMPTS)), timedelta())
    assert waited > timedelta(hours=10)


@given(attempts=st.integers(0, 10**9), jitter=st.floats(0, 1))
def test_jitter_takes_away_up_to_half(attempts: int, jitter: float) -> None:
    wait = backoff(attempts, jitter)
    assert FIRST_DELAY / 2 <= wait <= LONGEST_DELAY
    assert backoff(attempts, 0) / 2 <= wait <= backoff(attempts, 0)
