"""What an answer consists of, as links that narrow it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote

from domain.query import Field, Query
from domain.query.parser import MAX_LENGTH
from domain.query.tree import Or
from feeds.web.tongue import Tongue
from storage.search import Facets

MOST_CHOICES = 10
MOST_YEARS = 24
ROOM = 14_000
"""Bytes that all choices may take, so that a long query makes no heavy page."""
_MARKUP = 80
"""Bytes of a link beside its query."""
_LONGEST_FIELD = 40
FIELDS = (Field.TOPIC, Field.COUNTRY, Field.KIND, Field.LANG)


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to narrow an answer."""

    name: str
    count: int
    query: str
    """The narrowed query."""
    time: str = ""
    """Of a year or month: `2009`, `2009-06`."""

    @property
    def is_year(self) -> bool:
        """Whether it is a year."""
        return "-" not in self.time


@dataclass(frozen=True, slots=True)
class Group:
    """The choices of one field."""

    field: str
    """Key of its name in the page's words."""
    choices: tuple[Choice, ...]


def groups_of(
    query: Query, facets: Facets, times: Mapping[str, int], tongue: Tongue
) -> list[Group]:
    """Return how an answer can be narrowed, leaving out what would leave it as it is.

    `times` are years and months, the latest first, with how much is from each.
    """
    groups = [_of_field(field, query, facets, tongue) for field in FIELDS]
    groups.append(Group("when", tuple(_of_time(query, times, tongue))))
    share = fitting(query, ROOM) // len(groups)
    groups = [replace(group, choices=group.choices[:share]) for group in groups]
    return [group for group in groups if group.choices]


def fitting(query: Query, room: int) -> int:
    """Return how many links to narrower queries fit into so many bytes.

    That is none where a narrower query would be too long to be read.
    """
    if len(query.canonical) + _LONGEST_FIELD > MAX_LENGTH:
        return 0
    return room // (len(quote(narrowed(query, ""))) + _MARKUP)


def narrowed(query: Query, part: str) -> str:
    """Return a query for what is in an answer and has a part too.

    It is readable and means the right thing; the page that it leads to knows its canonical form.
    """
    if isinstance(query.tree, Or):
        return f"({query.canonical}) {part}"
    return f"{query.canonical} {part}".strip()


def _of_field(field: Field, query: Query, facets: Facets, tongue: Tongue) -> Group:
    names: dict[Field, Callable[[str], str]] = {
        Field.TOPIC: tongue.names.topic,
        Field.COUNTRY: tongue.names.country,
        Field.KIND: tongue.names.kind,
        Field.LANG: tongue.names.language,
    }
    choices = [
        Choice(names[field](value), count, narrowed(query, f"{field}:{value.lower()}"))
        for value, count in facets.values[field].items()
        if count < facets.stories or not facets.complete
    ]
    return Group(field.value, tuple(choices[:MOST_CHOICES]))


def spans_of(query: Query, times: Mapping[str, int], tongue: Tongue) -> list[Choice]:
    """Return the choices of years and months, in the order of `times`."""
    return [
        Choice(
            tongue.names.month(int(time[-2:])) if "-" in time else time,
            count,
            narrowed(query, f"on:{time}"),
            time,
        )
        for time, count in times.items()
    ]


def _of_time(query: Query, times: Mapping[str, int], tongue: Tongue) -> list[Choice]:
    """Let readers choose a year, or a month where all is of one year."""
    spans = spans_of(query, times, tongue)
    years = [span for span in spans if span.is_year]
    if len(years) > 1:
        return years[:MOST_YEARS]
    months = [span for span in spans if not span.is_year]
    return months if len(months) > 1 else []
