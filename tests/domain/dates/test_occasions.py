import pytest

from domain.dates.occasions import tells_when


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("from 2 to 4 July", True),
        ("on 4 July", False),
        ("at 18:30", True),
        ("at 7 p.m.", True),
        ("à 18 h", True),
        ("в 19 часов", True),
        ("晚上7点", True),
        ("70 p", False),
        ("15,000 people", False),
        ("nothing", False),
    ],
)
def test_times(text: str, found: bool) -> None:
    assert tells_when(text) is found
