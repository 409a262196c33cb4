"""A draft made ready to be stored, and what is stored of it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from domain.classify import Classified
from domain.errors import InputError
from domain.model import Draft, Item, Published
from domain.text import clean
from storage.tables import ItemRow

GIVABLE = ("kind", "lang", "topics", "countries", "summary", "starts")
"""What a source may give, and is decided here where it does not."""


def cleaned(draft: Draft) -> Draft:
    """Return the draft without what a database or XML refuses; raises `InputError` if untitled."""
    title = _line(draft.title)
    if not title:
        raise InputError("an item needs a title")
    return replace(
        draft,
        title=title,
        body=clean(draft.body).strip(),
        summary=_line(draft.summary),
        caption=_optional(draft.caption),
        photo_credit=_optional(draft.photo_credit),
        link=_optional(draft.link),
        key=_optional(draft.key),
        lang=_optional(draft.lang),
        topics=_labels(draft.topics),
        countries=_labels(draft.countries),
        markup=clean(draft.markup) if draft.markup else None,
    )


def completed(draft: Draft, row: ItemRow) -> Draft:
    """Return an edited copy, with what it does not repeat of the item.

    A page that lists a title alone, or names no day, takes nothing away from what is known. What
    was out when it was first met stays published then: sources that date every copy anew, and days
    to come that have passed, do not make it news again.
    """
    dated = draft.published is not None and not (
        row.published_at <= row.added_at < draft.published.at
    )
    return replace(
        draft,
        published=draft.published if dated else Published(row.published_at, row.published_day_only),
        published_derived=draft.published_derived if dated else row.published_derived,
        body=draft.body or row.body,
        caption=draft.caption or row.caption,
        photo_credit=draft.photo_credit or row.photo_credit,
        link=draft.link or row.link,
    )


def content(draft: Draft, published: Published, classified: Classified) -> dict[str, Any]:
    """Return the columns of an item that its source decides."""
    return {
        "link": draft.link,
        "kind": classified.kind.value,
        "lang": classified.lang,
        "title": draft.title,
        "summary": classified.summary,
        "body": draft.body,
        "caption": draft.caption,
        "photo_credit": draft.photo_credit,
        "published_at": published.at,
        "published_day_only": published.day_only,
        "published_derived": draft.published_derived,
        "starts": classified.starts,
        "ends": classified.ends,
        "urgent": draft.urgent,
        "given": " ".join(name for name in GIVABLE if getattr(draft, name)),
    }


def as_given(item: Item, given: str) -> Draft:
    """Return an item as the draft that its source gave, without what was decided here."""
    names = given.split()
    return Draft(
        title=item.title,
        published=item.published,
        published_derived=item.published_derived,
        body=item.body,
        caption=item.caption,
        photo_credit=item.photo_credit,
        link=item.link,
        ends=item.ends if "starts" in names else None,
        urgent=item.urgent,
        **{name: getattr(item, name) for name in names},
    )


def this_second(now: datetime) -> Published:
    """Return when a draft without a date is published: now."""
    return Published(now.replace(microsecond=0), day_only=False)


def _line(text: str) -> str:
    return " ".join(clean(text).split())


def _optional(text: str | None) -> str | None:
    return (_line(text) or None) if text is not None else None


def _labels(labels: Iterable[str] | None) -> tuple[str, ...] | None:
    return None if labels is None else tuple(dict.fromkeys(map(_line, labels)))
