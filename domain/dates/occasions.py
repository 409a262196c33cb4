"""Says whether a text gives the time of an occasion: days from to, or an hour of the day."""

import re

from domain.dates.patterns import canonical
from domain.dates.printed import find_dates

_DIGIT = re.compile(r"\d")
_HOUR = re.compile(
    r"(?<![\d.,:])(?:[01]?\d|2[0-3])"
    r"(?::[0-5]\d(?!\d)| ?h(?: ?[0-5]\d)?(?!\w)| ?[ap]\.?m(?!\w)| час(?:ов|а)(?!\w)|[点时])",
    re.IGNORECASE,
)


def tells_when(text: str) -> bool:
    """Say whether a text prints a range of days, or an hour."""
    if not _DIGIT.search(text):
        return False
    text = canonical(text)
    return bool(_HOUR.search(text)) or any(printed.last for printed in find_dates(text))
