import gc
from collections.abc import Iterator

import pytest

from app.memory import COLLECTIONS, be_frugal


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


def test_looks_for_garbage_less_often_and_allocates_as_ever() -> None:
    be_frugal()
    assert gc.get_threshold() == COLLECTIONS
    blocks = [bytearray(100_000) for _ in range(100)]
    assert sum(map(len, blocks)) == 10_000_000
