"""Taking a run in a script without spaces apart into names, dates and small words."""

from domain.query.lexicon import FILLERS, STOP_WORDS
from domain.query.months import month_at
from domain.query.names import Field, Names

_LONGEST = 16


def take_apart(run: str, names: Names) -> list[str]:
    """Return the fewest known pieces that make up the whole run, or the run if none do.

    Known are plain names, languages, months and the words that queries drop.
    """
    fewest: list[tuple[int, int] | None] = [None] * len(run) + [(0, 0)]
    for start in range(len(run) - 1, -1, -1):
        for end in range(start + 1, min(start + _LONGEST, len(run)) + 1):
            rest = fewest[end]
            best = fewest[start]
            if rest is None or (best is not None and best[0] < rest[0] + 1):
                continue
            if _is_known(run[start:end], names):
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


def _is_known(piece: str, names: Names) -> bool:
    return (
        piece in STOP_WORDS
        or piece in FILLERS
        or month_at([piece], 0) is not None
        or names.longest([piece]) is not None
        or names.value(Field.LANG, piece) is not None
    )
