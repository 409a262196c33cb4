from hypothesis import given
from hypothesis import strategies as st

from domain.chunks import fan_out_chunk


@given(st.floats(1e-6, 1e-4), st.booleans())
def test_it_comes_near_what_fits_into_the_target(seconds_a_row: float, on_sqlite: bool) -> None:
    chunk = fan_out_chunk(on_sqlite=on_sqlite)
    for _ in range(40):
        chunk = chunk.after(chunk.size * seconds_a_row)
    fitting = min(max(chunk.target / seconds_a_row, chunk.least), chunk.most)
    assert 0.8 * fitting <= chunk.size <= 1.3 * fitting


@given(st.lists(st.floats(0, 100), max_size=60))
def test_it_stays_within_its_bounds(times: list[float]) -> None:
    chunk = fan_out_chunk(on_sqlite=True)
    for seconds in times:
        chunk = chunk.after(seconds)
        assert chunk.least <= chunk.size <= chunk.most
