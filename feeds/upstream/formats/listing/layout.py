"""Deciding, for a whole page, which dates are those of its entries and where titles stand."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from feeds.upstream.formats.listing.furniture import is_heading
from feeds.upstream.formats.listing.marks import Mark, Place
from feeds.upstream.formats.listing.page import Page
from feeds.upstream.formats.listing.points import read_point
from feeds.upstream.formats.listing.prose import is_prose, is_title
from feeds.upstream.formats.listing.votes import DateSide, side_of_dates
from feeds.upstream.formats.listing.years import tells_years


class Kind(Enum):
    """How the entries of a page are set, in the order in which equal evidence is believed."""

    BULLETS = auto()
    """A bullet with a date, the title beside or below it."""
    BULLET_TITLES = auto()
    """A bullet with the title, the date on the next line."""
    ABOVE = auto()
    """A date on a line of its own above each title."""
    INLINE = auto()
    """A date before the title on the same line."""
    TAIL = auto()
    """A date behind the title on the same line."""
    DATELINES = auto()
    """Titles without a date line, over texts that begin with a dateline."""
    BELOW = auto()
    """A date on a line of its own below each title."""
    END = auto()
    """A date on a line of its own below each text."""
    NONE = auto()


@dataclass(frozen=True, slots=True)
class Layout:
    """A page's layout, and the indexes of the lines that carry its entries' dates."""

    kind: Kind
    members: tuple[int, ...] = ()


def read_layout(page: Page) -> Layout:
    """Choose the layout that explains the most dates, and what they stand for."""
    groups = {kind: members for kind, members in _groups(page).items() if members}
    kept = {
        kind: members
        for kind, members in groups.items()
        if not any(_holds(other, members) for name, other in groups.items() if name is not kind)
    }
    scores = {kind: _score(page, members) for kind, members in kept.items()}
    best = max(scores, key=lambda kind: (scores[kind], -kind.value), default=None)
    if best is None or not scores[best]:
        return Layout(Kind.NONE)
    members = kept[best]
    if best is Kind.DATELINES and len(members) < 2:
        return Layout(Kind.NONE)
    if best is Kind.ABOVE:
        side = side_of_dates(page, members)
        if side is DateSide.ABOVE:
            return Layout(Kind.ABOVE, _with_strays(page, members, groups.get(Kind.INLINE, ())))
        return Layout(Kind.BELOW if side is DateSide.BELOW else Kind.END, tuple(members))
    if best is Kind.INLINE:
        return Layout(best, _with_bare(page, members, groups.get(Kind.ABOVE, ())))
    return Layout(best, tuple(members))


def _groups(page: Page) -> dict[Kind, Sequence[int]]:
    lines, marks = page.lines, page.marks

    def where(rule: Callable[[int, Mark], bool]) -> list[int]:
        return [i for i, mark in enumerate(marks) if mark is not None and rule(i, mark)]

    def starts_item(i: int, mark: Mark, place: Place) -> bool:
        return mark.place is place and not mark.sentence and not page.runs_on(i)

    leads = where(lambda i, mark: not lines[i].bullet and starts_item(i, mark, Place.LEAD))
    datelines = [i for i in leads if _is_dateline(page, i)]
    bullets = where(
        lambda i, mark: bool(lines[i].bullet) and mark.place is not Place.TAIL and not mark.sentence
    )
    alone = where(lambda i, mark: not lines[i].bullet and starts_item(i, mark, Place.ALONE))
    return {
        Kind.BULLETS: _one_level(page, bullets),
        Kind.ABOVE: _of_one_kind(page, alone),
        Kind.INLINE: [i for i in leads if i not in set(datelines)],
        Kind.BULLET_TITLES: _one_level(page, [i for i in alone if _is_under_bullet(page, i)]),
        Kind.TAIL: where(lambda i, mark: starts_item(i, mark, Place.TAIL)),
        Kind.DATELINES: datelines,
    }


def _is_under_bullet(page: Page, index: int) -> bool:
    above = page.lines[index - 1] if index else None
    if above is None or not above.bullet or page.marks[index - 1] is not None:
        return False
    return is_title(above.text)


def _is_dateline(page: Page, index: int) -> bool:
    """Say whether a line is a text with a dateline rather than a date with a title."""
    mark = page.marks[index]
    if mark is None or not is_prose(mark.rest) or index == 0:
        return False
    above, mark_above = page.lines[index - 1], page.marks[index - 1]
    titled = mark_above is None and is_title(above.text) and not is_heading(above.text)
    return titled or len(mark.rest) > 300


def _one_level(page: Page, members: Sequence[int]) -> list[int]:
    """Keep the members with the most usual bullet and indent, give or take a column."""
    if not members:
        return []
    levels = Counter((page.lines[i].bullet, page.lines[i].indent) for i in members)
    (sign, indent), _ = levels.most_common(1)[0]
    return [
        i
        for i in members
        if page.lines[i].bullet == sign and abs(page.lines[i].indent - indent) <= 1
    ]


def _of_one_kind(page: Page, members: Sequence[int]) -> list[int]:
    """Drop dates that are set unlike most others of the page: they belong to a text."""
    if len(members) < 3:
        return list(members)

    def tight(i: int) -> bool:
        return i + 1 < len(page.lines) and page.lines[i + 1].gap == 0

    def usual(values: Sequence[object]) -> object | None:
        value, count = Counter(values).most_common(1)[0]
        return value if count * 10 >= len(values) * 7 else None

    marks = [mark for mark in (page.marks[i] for i in members) if mark is not None]
    indent = usual([page.lines[i].indent for i in members])
    numeric = usual([mark.printed.numeric for mark in marks])
    tightness = usual([tight(i) for i in members])
    kept = []
    for i, mark in zip(members, marks, strict=True):
        strange = mark.printed.last is not None or mark.printed.numeric is not numeric
        loose = tightness is not None and tight(i) is not tightness
        shifted = isinstance(indent, int) and abs(page.lines[i].indent - indent) > 1
        if not (shifted or (strange and loose)):
            kept.append(i)
    return kept


def _holds(outer: Sequence[int], inner: Sequence[int]) -> bool:
    """Say whether all of `inner` stands between two neighbours of `outer`, or below its last."""
    if len(outer) < 2 or len(inner) > 3 * len(outer) or inner[0] < outer[0]:
        return False
    after_first = sum(1 for i in outer if i < inner[0])
    return after_first == sum(1 for i in outer if i < inner[-1])


def _score(page: Page, members: Sequence[int]) -> float:
    """Count the dates; those without a year count half, and only where the page tells a year."""
    marks = [page.marks[i] for i in members]
    full = sum(1 for mark in marks if mark is not None and mark.printed.has_year)
    if not full and not tells_years(page, members):
        return 0
    return full + (len(members) - full) / 2


def _with_strays(page: Page, members: Sequence[int], leads: Sequence[int]) -> tuple[int, ...]:
    """Add the dates that have their title on the same line, on a page where that is unusual."""
    known = set(members)
    strays = [
        i
        for i in leads
        if i - 1 not in known
        and (mark := page.marks[i]) is not None
        and mark.printed.has_year
        and read_point(page.lines[i].text) is None
        and is_title(mark.rest)
        and not is_prose(mark.rest)
        and abs(page.lines[i].indent - page.lines[members[0]].indent) <= 1
    ]
    return tuple(sorted({*members, *strays}))


def _with_bare(page: Page, members: Sequence[int], alone: Sequence[int]) -> tuple[int, ...]:
    """Add the dates without a title; a range between blank lines belongs to a text."""
    known = set(members)

    def is_bare(i: int) -> bool:
        mark = page.marks[i]
        apart = i + 1 < len(page.lines) and i + 1 not in known and page.lines[i + 1].gap > 0
        if apart and mark is not None and mark.printed.last is not None:
            return False
        return page.lines[i].gap > 0 or i - 1 in known or i + 1 in known

    return tuple(sorted({*members, *filter(is_bare, alone)}))
