"""What tests of times share: zones whose clocks do unlike things, and moments."""

from datetime import UTC, datetime, time

from hypothesis import strategies as st

ZONES = (
    "Europe/Vienna",
    "America/New_York",
    "Australia/Lord_Howe",  # half an hour of summer time
    "Pacific/Apia",  # left out 30 December 2011
    "Africa/Casablanca",  # summer time that stops for Ramadan
    "Asia/Kathmandu",  # UTC+05:45, no summer time
)
TIMES = st.builds(time, st.integers(0, 23), st.integers(0, 59))
MOMENTS = st.datetimes(
    datetime(2000, 1, 1),  # noqa: DTZ001 - Hypothesis wants it so
    datetime(2035, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
