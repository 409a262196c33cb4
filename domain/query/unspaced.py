"""Taking a run in a script without spaces apart into names, dates and small words."""

from domain.query.lexicon import FILLERS, LANGUAGE_FORMS, LANGUAGE_NAMES, RECENT
from domain.query.months import MONTH_NAMES
from domain.query.names import Names
from domain.query.smallwords import SMALL_WORDS

_LONGEST = 16
_LANGUAGES = (
    *(name for names in LANGUAGE_NAMES.values() for name in names.values()),
    *(form for forms in LANGUAGE_FORMS.values() for form in forms),
)
_KNOWN = SMALL_WORDS | FILLERS | RECENT | MONTH_NAMES | frozenset(_LANGUAGES)


def take_apart(run: str, names: Names) -> list[str]:
    """Return the fewest known pieces that make up the whole run, or the run if none do.

    Known are plain names, languages, months, the thesaurus and the words that queries drop.
    """
    fewest: list[tuple[int, int] | None] = [None] * len(run) + [(0, 0)]
    for start in range(len(run) - 1, -1, -1):
        for end in range(start + 1, min(start + _LONGEST, len(run)) + 1):
            rest = fewest[end]
            best = fewest[start]
            if rest is None or (best is not None and best[0] < rest[0] + 1):
                continue
            piece = run[start:end]
            if piece in _KNOWN or names.longest((piece,)) or names.alike((piece,)):
                fewest[start] = (rest[0] + 1, end)
    pieces = []
    at = 0
    while at < len(run):
        step = fewest[at]
        if step is None:
            return [run]
        pieces.append(run[at : step[1]])
        at = step[1]
    return pieces
