from datetime import UTC, datetime, timedelta

import pytest

from domain.errors import ScheduleError
from domain.pause import read_pause, split_pause
from domain.schedule import FOREVER

NOW = datetime(2024, 5, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "query", "pause"),
    [
        ("", "", ""),
        ("3d", "", "3d"),
        ("until 2026-12-24", "", "until 2026-12-24"),
        ("boats", "boats", ""),
        ("boats at night 2 weeks", "boats at night", "2 weeks"),
        ("boats until 2026-12-24 08:00", "boats", "until 2026-12-24 08:00"),
        ("nigeria until Friday", "nigeria", "until Friday"),
        ("boats 2026-12-24", "boats", "2026-12-24"),
        ("on:2026-12", "on:2026-12", ""),
        ("agenda 2030", "agenda 2030", ""),
    ],
)
def test_the_time_stands_at_the_end(text: str, query: str, pause: str) -> None:
    assert split_pause(text) == (query, pause)


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("12h", NOW + timedelta(hours=12)),
        ("for 3 days", NOW + timedelta(days=3)),
        ("2W", NOW + timedelta(weeks=2)),
        ("until 2024-12-24", datetime(2024, 12, 23, 23, tzinfo=UTC)),
        ("2024-07-01", datetime(2024, 6, 30, 22, tzinfo=UTC)),
        ("until 2024-07-01 8:30", datetime(2024, 7, 1, 6, 30, tzinfo=UTC)),
        ("", FOREVER),
    ],
)
def test_pauses_end_in_local_time(text: str, until: datetime) -> None:
    assert read_pause(text, "Europe/Vienna", NOW) == until


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("until Friday", "3d"),
        ("0d", "passed"),
        ("until 2024-05-01", "passed"),
        ("until 2024-02-30", "no such day"),
        ("until 0001-01-01 00:00", "no such day|passed"),
        ("until 2024-07-01 25:00", "HH:MM"),
        ("99999w", "ten years"),
        ("until 2099-01-01", "ten years"),
    ],
)
def test_what_is_no_pause_is_told(text: str, said: str) -> None:
    with pytest.raises(ScheduleError, match=said):
        read_pause(text, "Europe/Vienna", NOW)
