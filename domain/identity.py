"""Which entries are one item: met again, copied, or edited.

An entry has three parts to be known by: its day, its title and its body, the last two compared
without regard to case, accents, punctuation and spacing. A missing body agrees with nothing.
"""

import re
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from domain.text import fold

NEAR = timedelta(days=31)
"""Title and body alone tell a copy only within this time: some notices come every year."""

_SOME = 3
_WORD = re.compile(r"\w+")
_CAMPAIGN = re.compile(r"(?<=[?&])(?:utm_\w+|fbclid|gclid)=[^&#]*&?")


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What an entry is known by; `title` and `body` are keys made by `fingerprint`."""

    day: date
    title: str
    body: str | None
    link: str | None


@dataclass(frozen=True, slots=True)
class Met:
    """An entry that a source shows now."""

    fingerprint: Fingerprint
    content: str
    """Names the entry's whole content."""
    key: str | None
    """The id that the source gives it."""


@dataclass(frozen=True, slots=True)
class Known:
    """An item in the store, as one source sees it."""

    id: int
    fingerprint: Fingerprint
    own: bool
    """True if the item is the source's own, and not first met in another."""
    contents: frozenset[str]
    """What the same document of the source showed of it when last read."""
    keys: frozenset[str]
    """The ids that the source gives it."""


@dataclass(frozen=True, slots=True)
class Again:
    """An entry that says the same as an earlier one of the same reading, at `index`."""

    index: int


def fingerprint(day: date, title: str, body: str, link: str | None) -> Fingerprint:
    """Return what an entry is known by."""
    return Fingerprint(day, _key(title), _key(body) if body.strip() else None, link)


def identical(one: Fingerprint, other: Fingerprint) -> bool:
    """Tell whether all three parts agree."""
    return one.body is not None and _parts(one) == _parts(other)


def same_entry(one: Fingerprint, other: Fingerprint) -> bool:
    """Tell whether two of the three parts agree, as between an entry and its edited copy."""
    same_day = one.day == other.day
    same_title = one.title == other.title
    same_body = one.body is not None and one.body == other.body
    if same_title and same_body:
        return abs(one.day - other.day) <= NEAR
    return same_day and (same_title or same_body)


def assign(met: Sequence[Met], known: Sequence[Known]) -> list[Known | Again | None]:
    """Say of each entry of one reading which item it is; None for a new one.

    What the document showed before decides first, then the source's own id, then agreement of all
    parts, and within the source of two. Each item is taken by one entry: two entries of one
    reading are the same item only if all their parts agree, or the source gives them one id.

    Sources change their ids and use them again. An id says nothing where address, title and body
    all differ; another id does not tell entries apart where the texts agree, or the address and one
    of the texts. Where none of a reading's ids is known, the source has changed them all, and two
    parts tell as if there were none.
    """
    answer: list[Known | Again | None] = list(_repeats(met))
    free = {item.id: item for item in known}
    for names_of_entry, names_of_item, agrees in (
        *_ROUNDS,
        *(_WITHOUT_IDS if _renamed(met, known) else ()),
    ):
        by_name: dict[object, list[Known]] = {}
        for item in free.values():
            for name in names_of_item(item):
                by_name.setdefault(name, []).append(item)
        for index, entry in enumerate(met):
            if answer[index] is not None:
                continue
            fitting = [
                item
                for name in names_of_entry(entry)
                for item in by_name.get(name, ())
                if item.id in free and agrees(entry, item)
            ]
            if fitting:
                best = min(fitting, key=lambda item: _distance(entry, item))
                answer[index] = free.pop(best.id)
    return answer


def slug_for(day: date, title: str, taken: Container[str]) -> str:
    """Return the slug of a new item: `2009-06-22-3f9a1c0b7d`, or with `-2`, `-3` if taken.

    It depends on nothing but its arguments, so that every machine gives an item the same one.
    """
    digest = sha256(f"{day.isoformat()}\n{_folded(title)}".encode()).hexdigest()
    base = f"{day.isoformat()}-{digest[:10]}"
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


def _repeats(met: Sequence[Met]) -> list[Again | None]:
    first: dict[tuple[object, ...], int] = {}
    answer: list[Again | None] = []
    for index, entry in enumerate(met):
        names = [_parts(entry.fingerprint)]
        if entry.fingerprint.body is None:
            names = [(*names[0], entry.fingerprint.link)]
        if entry.key is not None:
            names.append((entry.key,))
        earlier = min((first[name] for name in names if name in first), default=None)
        answer.append(None if earlier is None else Again(earlier))
        for name in names:
            first.setdefault(name, index if earlier is None else earlier)
    return answer


def _edited(entry: Met, item: Known) -> bool:
    one, other = entry.fingerprint, item.fingerprint
    if not item.own or not same_entry(one, other):
        return False
    other_id = entry.key is not None and bool(item.keys)
    same_title, same_body = one.title == other.title, one.body == other.body is not None
    return (
        not other_id
        or (same_title and same_body)
        or (one.link is not None and _place(one.link) == _place(other.link))
    )


def _moved(entry: Met, item: Known) -> bool:
    """Tell whether an entry with another id and day is the item all the same."""
    one, other = entry.fingerprint, item.fingerprint
    same_link = one.link is not None and _place(one.link) == _place(other.link)
    return item.own and same_link and abs(one.day - other.day) <= NEAR


def _named(entry: Met, item: Known) -> bool:
    """Tell whether an id that both have names one thing: not where all else differs."""
    one, other = entry.fingerprint, item.fingerprint
    if one.title == other.title or one.body == other.body is not None:
        return True
    return None in (one.link, other.link) or _place(one.link) == _place(other.link)


def _renamed(met: Sequence[Met], known: Sequence[Known]) -> bool:
    """Tell whether a source that gave ids shows none of those that it gave."""
    shown = {entry.key for entry in met if entry.key is not None}
    given = {key for item in known for key in item.keys}
    return len(shown) >= _SOME and bool(given) and not shown & given


def _place(link: str | None) -> str | None:
    """Return an address without what changes while the page stays: scheme, campaign, fragment."""
    if link is None:
        return None
    bare = _CAMPAIGN.sub("", link.partition("#")[0]).partition("://")[2]
    return bare.removeprefix("www.").rstrip("/?&")


def _whole(one: Fingerprint) -> list[object]:
    return [] if one.body is None else [_parts(one)]


def _pairs(one: Fingerprint) -> list[object]:
    pairs: list[object] = [("day and title", one.day, one.title)]
    if one.body is not None:
        pairs += [("day and body", one.day, one.body), ("texts", one.title, one.body)]
    return pairs


def _texts(one: Fingerprint) -> list[object]:
    return [("title", one.title), *([("body", one.body)] if one.body is not None else [])]


_Round = tuple[
    Callable[[Met], Iterable[object]],
    Callable[[Known], Iterable[object]],
    Callable[[Met, Known], bool],
]
_ROUNDS: tuple[_Round, ...] = (
    (lambda entry: [entry.content], lambda item: item.contents, lambda _entry, _item: True),
    (lambda entry: [entry.key], lambda item: item.keys, _named),
    (
        lambda entry: _whole(entry.fingerprint),
        lambda item: _whole(item.fingerprint),
        lambda entry, item: identical(entry.fingerprint, item.fingerprint),
    ),
    (lambda entry: _pairs(entry.fingerprint), lambda item: _pairs(item.fingerprint), _edited),
    (lambda entry: _texts(entry.fingerprint), lambda item: _texts(item.fingerprint), _moved),
)
"""Names that an entry and an item must share, and what else must hold, the surest first."""
_WITHOUT_IDS: tuple[_Round, ...] = (
    (
        lambda entry: _pairs(entry.fingerprint),
        lambda item: _pairs(item.fingerprint),
        lambda entry, item: item.own and same_entry(entry.fingerprint, item.fingerprint),
    ),
)


def _distance(entry: Met, item: Known) -> tuple[bool, bool, timedelta, int]:
    """Rank items that an entry may be: its own source's, same address, nearest day, oldest."""
    return (
        not item.own,
        entry.fingerprint.link != item.fingerprint.link,
        abs(entry.fingerprint.day - item.fingerprint.day),
        item.id,
    )


def _parts(one: Fingerprint) -> tuple[object, ...]:
    return (one.day, one.title, one.body)


def _key(text: str) -> str:
    return sha256(_folded(text).encode()).hexdigest()[:32]


def _folded(text: str) -> str:
    folded = fold(text)
    return " ".join(_WORD.findall(folded)) or " ".join(folded.split())
