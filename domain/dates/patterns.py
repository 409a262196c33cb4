"""The regular expressions behind `domain.dates.printed`.

They run on `canonical` text, which is as long as the text it was made from, so that places agree.
"""

import re
from typing import Final

from domain.dates.names import MONTHS, WEEKDAYS

ISO: Final = "i"
NUMERIC: Final = "n"
SHORT: Final = "s"
"""Numbers with two of the year: `03/12/09`."""
DAY_FIRST: Final = "d"
MONTH_FIRST: Final = "m"
CHINESE: Final = "c"

_CANONICAL = {
    **{ord(sign): "-" for sign in "‐‑‒–—―−－"},
    **{ord(sign): " " for sign in "\u00a0\u1680\u2009\u200a\u202f\u205f\u3000\t"},
    **dict.fromkeys(range(0x2000, 0x2009), " "),
    **{
        base + value: str(value)
        for base in (0x0660, 0x06F0, 0xFF10)  # Arabic-Indic, its Persian form, full width
        for value in range(10)
    },
    ord("／"): "/",
    ord("．"): ".",
    ord("，"): ",",
    ord("："): ":",
}


def canonical(text: str) -> str:
    """Return text of the same length with plain digits, blanks and hyphens."""
    return text.replace("\t", " ") if text.isascii() else text.translate(_CANONICAL)


def _either(names: "list[str] | tuple[str, ...]") -> str:
    ordered = sorted(names, key=len, reverse=True)
    return "|".join(re.escape(name).replace(r"\ ", " {1,3}") for name in ordered)


def _named(pattern: str, kind: str, which: str = "") -> str:
    """Name the groups of a piece, so that a match tells which piece it came from."""
    return re.sub(r"<(\w+)>", rf"<{kind}\g<1>{which}>", pattern)


_MONTH_NAME = rf"(?:{_either(list(MONTHS))})(?!\w)\.?"
_MONTH = rf"(?P<month>{_MONTH_NAME})(?: ?[/(] ?{_MONTH_NAME}\)?)?"
_WEEKDAY = rf"(?:{_either(WEEKDAYS)})(?!\w)\.?"
_DAY = r"(?P<day>\d{1,2})(?!\d)(?: ?(?:st|nd|rd|th|er|re|º|ª|°|-?го|-?е)(?!\w)|(?<=1)o(?= ))?\.?"
_YEAR = r"(?P<year>(?:1[89]|2[01])\d\d)(?![\d])(?: ?(?:г\.|г(?!\w)|года?(?!\w)|م(?!\w)))?"
_OF = r"(?:(?: ?[-/.] ?| {1,3})(?:of |de |من )?|(?=[^\W\d]))"
_BEFORE_YEAR = r"(?:(?: ?[-/.,،] ?| {1,3})(?:de |del |of |из )?)"
_TO = (
    r"(?: ?(?:-|~|&|至|到|和) ?"
    r"| (?:to|until|till|through|and|au|à|et|al|hasta|y|a|по|до|и|إلى|الى|حتى|و) (?:the |le |el )?"
    r"| و ?)"
)
_FROM = (
    r"(?:(?:from|between|on|the|du|entre le|le|del|desde el|entre el|el|de|с|со|от|من|بين|في|يوم) "
    r"(?:the )?)?"
)
_NEXT_WEEKDAY = rf"(?:{_WEEKDAY},? )?"

_DAY_FIRST = (
    rf"(?:{_named(_DAY, DAY_FIRST)}"
    rf"(?:{_OF}{_named(_MONTH, DAY_FIRST)}(?:{_BEFORE_YEAR}{_named(_YEAR, DAY_FIRST)})?)?"
    rf"{_TO}{_NEXT_WEEKDAY})?"
)
_DAY_FIRST_RANGE_OR_DAY = (
    rf"{_DAY_FIRST}{_named(_DAY, DAY_FIRST, '2')}{_OF}{_named(_MONTH, DAY_FIRST, '2')}"
    rf"(?:{_BEFORE_YEAR}{_named(_YEAR, DAY_FIRST, '2')})?"
)
_MONTH_FIRST = (
    rf"{_named(_MONTH, MONTH_FIRST)} ?{_named(_DAY, MONTH_FIRST)}"
    rf"(?:,? ?{_named(_YEAR, MONTH_FIRST)})?"
    rf"(?:{_TO}{_NEXT_WEEKDAY}(?:{_named(_MONTH, MONTH_FIRST, '2')} ?)?"
    rf"{_named(_DAY, MONTH_FIRST, '2')}(?! ?(?:{_MONTH_NAME}))"
    rf"(?:,? ?{_named(_YEAR, MONTH_FIRST, '2')})?)?"
)
_ISO_DAY = r"(?P<year>(?:1[89]|2[01])\d\d)([-/.])(?P<month>\d{1,2})\SEP(?P<day>\d{1,2})(?!\d)"
_NUMBERS = (
    r"(?P<day>\d{1,2}) ?([-/.]) ?(?P<month>\d{1,2}) ?\SEP ?"
    r"(?P<year>(?:1[89]|2[01])\d\d)(?!\d)(?: ?г(?:ода)?(?!\w)\.?)?"
)
_RANGE = rf"(?:{_TO}|/)"


def _separated(pattern: str, kind: str, which: str = "") -> str:
    """Let both separators of a numeric date be the same one."""
    name = f"sep{kind}{which}"
    pattern = (
        pattern.replace("([-/.])", f"(?P<{name}>[-/.])")
        .replace("(/)", f"(?P<{name}>/)")
        .replace(r"\SEP", f"(?P={name})")
    )
    return re.sub(r"\?P<(day|month|year)>", rf"?P<{kind}\g<1>{which}>", pattern)


_ISO = rf"{_separated(_ISO_DAY, ISO)}(?:{_RANGE}{_separated(_ISO_DAY, ISO, '2')})?"
_SHORT_NUMBERS = r"(?P<day>\d\d)(/)(?P<month>\d\d)\SEP(?P<year>\d\d)(?![\d/])"
_NUMERIC = (
    rf"(?:{_separated(_NUMBERS, NUMERIC)}{_RANGE}|(?P<nfirst>\d{{1,2}})(?!\d){_TO})?"
    rf"{_separated(_NUMBERS, NUMERIC, '2')}"
)
_SHORT = _separated(_SHORT_NUMBERS, SHORT)
_HAN = "〇零○一二三四五六七八九十"
_C_YEAR = rf"(?P<year>\d{{4}}|[{_HAN}]{{4}}) ?年 ?"
_C_MONTH = rf"(?P<month>\d{{1,2}}|[{_HAN}]{{1,3}}) ?月 ?"
_C_DAY = rf"(?P<day>\d{{1,2}}|[{_HAN}]{{1,3}})"
_CHINESE = (
    rf"(?:{_named(_C_YEAR, CHINESE)})?{_named(_C_MONTH, CHINESE)}{_named(_C_DAY, CHINESE)}"
    rf"(?:(?: ?[日号])? ?(?:至|到|-|~|和) ?(?:{_named(_C_YEAR, CHINESE, '2')})?"
    rf"(?:{_named(_C_MONTH, CHINESE, '2')})?{_named(_C_DAY, CHINESE, '2')})? ?[日号]"
)
_CLOCK = (
    r"(?:(?:T|,? | ?[-|] ?|,)(?:at |à |a las |в )?(?P<hour>[012]?\d)[:h](?P<minute>[0-5]\d)"
    r"(?::(?P<second>[0-5]\d)(?:[.,]\d{1,9})?)?(?: ?(?P<half>[ap])\.?m\.?(?!\w))?"
    r"(?: ?(?P<zone>Z|UTC|GMT|[+-]\d\d:?\d\d)(?!\w))?(?!\d))?"
)

DATE: Final = re.compile(
    rf"(?<!\d)(?:{_WEEKDAY}[,،]? ?)?{_FROM}(?:{_WEEKDAY}[,،]? ?)?"
    rf"(?:(?=\d)(?:{_ISO}|{_NUMERIC}|{_SHORT})|(?=\d)(?:{_DAY_FIRST_RANGE_OR_DAY})|{_MONTH_FIRST}"
    rf"|(?=[\d{_HAN}])(?:{_CHINESE}))"
    rf"(?:,? ?[(（]?(?:{_WEEKDAY})[)）]?)?{_CLOCK}",
    re.IGNORECASE,
)
"""A day or a range, with weekday and time of day; groups are `<kind><part>` and `<kind><part>2`."""

MONTH_OF_YEAR: Final = re.compile(
    rf"(?:(?P<month>{_MONTH_NAME})(?: de| del)?[ ,-]{{0,3}})?(?P<year>(?:1[89]|2[01])\d\d)"
    rf"(?:\s?(?:г\.?|года?|م))?(?:年(?:(?P<number>\d{{1,2}})月)?)?",
    re.IGNORECASE,
)
"""A month with its year, or a year alone, as headings print them."""
