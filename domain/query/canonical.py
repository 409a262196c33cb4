"""The one way to write a query down.

Parts are flattened, freed of repeats and double negation, put in order and written so that they
are read back as the same parts. Plain words that stand beside each other could be read as a name
that nobody typed (`sudan south`, put in order): such words are quoted, which keeps them words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from domain.query import plain, reading
from domain.query.names import Field, Names
from domain.query.reading import All, Either, Part, Reading, Sort, Without
from domain.query.tree import Age, PublishedIn

_FIELD_ORDER = {field: place for place, field in enumerate(Field)}
_GROUP_ORDER, _WITHOUT_ORDER = len(Sort), len(Sort) + 1


@dataclass(frozen=True, slots=True)
class Arranged:
    """A reading in canonical order, and its canonical text."""

    reading: Reading
    text: str
    parts: tuple["Arranged", ...] = ()


def arrange(read: Reading, names: Names) -> Arranged:
    """Return a reading in canonical order with its text."""
    match read:
        case Part():
            return Arranged(read, _write_all([Arranged(read, read.text)], names))
        case Without(part=part):
            return _without(arrange(part, names))
        case All(parts=parts):
            return _all([arrange(part, names) for part in parts], names)
        case Either(parts=parts):
            return _either([arrange(part, names) for part in parts])


def _without(inner: Arranged) -> Arranged:
    if isinstance(inner.reading, Without):
        return inner.parts[0]
    is_single = isinstance(inner.reading, Part) and (
        " " not in inner.text or inner.text.startswith('"')
    )
    text = f"-{inner.text}" if is_single else f"-({inner.text})"
    return Arranged(Without(inner.reading), text, (inner,))


def _all(parts: Iterable[Arranged], names: Names) -> Arranged:
    flat = _flattened(parts, All)
    ordered = _ordered(_with_spans_merged(flat, names))
    if len(ordered) == 1:
        return ordered[0]
    read = All(tuple(one.reading for one in ordered))
    return Arranged(read, _write_all(ordered, names), tuple(ordered))


def _either(parts: Iterable[Arranged]) -> Arranged:
    ordered = _ordered(_flattened(parts, Either))
    if len(ordered) == 1:
        return ordered[0]
    read = Either(tuple(one.reading for one in ordered))
    return Arranged(read, " OR ".join(one.text for one in ordered), tuple(ordered))


def _flattened(parts: Iterable[Arranged], group: type[All | Either]) -> list[Arranged]:
    flat: list[Arranged] = []
    for part in parts:
        flat += part.parts if isinstance(part.reading, group) else (part,)
    return flat


def _ordered(parts: Iterable[Arranged]) -> list[Arranged]:
    return sorted({one.reading: one for one in parts}.values(), key=_place)


def _place(arranged: Arranged) -> tuple[int, int, str]:
    match arranged.reading:
        case Part(sort=sort, text=text, named=named):
            return sort, _FIELD_ORDER[named[0]] if named else 0, text
        case Without():
            return _WITHOUT_ORDER, 0, arranged.text
        case _:
            return _GROUP_ORDER, 0, arranged.text


def _with_spans_merged(parts: Sequence[Arranged], names: Names) -> list[Arranged]:
    """Make one span of all, and one age: what all of them leave."""
    means = [one.reading.means for one in parts if isinstance(one.reading, Part)]
    spans = [one for one in means if isinstance(one, PublishedIn)]
    ages = [one.days for one in means if isinstance(one, Age)]
    kept = [
        one
        for one in parts
        if not (isinstance(one.reading, Part) and one.reading.sort is Sort.SPAN)
    ]
    if spans:
        kept.append(arrange(reading.span(_common(spans)), names))
    if ages:
        kept.append(arrange(reading.age(min(ages)), names))
    return kept


def _common(spans: Sequence[PublishedIn]) -> PublishedIn:
    firsts: list[date] = [span.first for span in spans if span.first is not None]
    lasts: list[date] = [span.after_last for span in spans if span.after_last is not None]
    return PublishedIn(max(firsts, default=None), min(lasts, default=None))


def _write_all(parts: Sequence[Arranged], names: Names) -> str:
    before, bare, after = [], [], []
    for one in parts:
        match one.reading:
            case Part(sort=Sort.NAME | Sort.WORD):
                bare.append(one.reading)
            case Part(sort=Sort.PHRASE, text=text):
                after.append(f'"{text}"')
            case Part(text=text):
                before.append(text)
            case Either():
                after.append(f"({one.text})")
            case _:
                after.append(one.text)
    return " ".join((*before, *_write_plain(bare, names, alone=not before and not after), *after))


def _write_plain(parts: Sequence[Part], names: Names, *, alone: bool) -> list[str]:
    """Write names and words so that they are read back as these names and words."""
    if not parts or _reads_as(parts, names, alone=alone):
        return [part.text for part in parts]
    bare = [part for part in parts if _reads_as([part], names, alone=False)]
    quoted = [part for part in parts if part not in bare]
    if not _reads_as(bare, names, alone=alone and not quoted):
        bare = [part for part in parts if part.sort is Sort.NAME]
        quoted = [part for part in parts if part.sort is Sort.WORD]
    written = [part.text for part in bare]
    if not _reads_as(bare, names, alone=alone and not quoted):
        written = [f"({text})" for text in written]
    return [*written, *(f'"{part.text}"' for part in quoted)]


def _reads_as(parts: Sequence[Part], names: Names, *, alone: bool) -> bool:
    typed = [one for part in parts for one in part.text.split()]
    return set(plain.read(typed, names, alone=alone)) == set(parts)
