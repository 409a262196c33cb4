import math

from bot.delivery.delays import Delays


def test_each_is_counted_in_its_step() -> None:
    delays = Delays()
    for seconds in (-3.0, 0.5, 0.6, 1e9):
        delays.note(seconds)
    assert delays.counts == {0.5: 2, 1: 1, math.inf: 1}
    assert delays.total == 0.5 + 0.6 + 1e9
