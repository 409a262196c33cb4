"""What a request's headers ask for: a conditional answer, a compressed one (RFC 9110). Pure."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache

_TAG = re.compile(r'(?:W/)?"([^"]*)"')
_NEVER = datetime.min.replace(tzinfo=UTC)


def is_unmodified(
    tag: str, last_modified: datetime | None, if_none_match: str, if_modified_since: str
) -> bool:
    """Return whether 304 is the answer (RFC 9110, section 13.2.2). Absent headers are empty.

    `tag` is the opaque part of the entity tag, which is compared weakly. `If-None-Match` overrules
    `If-Modified-Since`, and a date that cannot be read counts as absent.
    """
    if if_none_match:
        return if_none_match.strip() == "*" or tag in _TAG.findall(if_none_match)
    if not if_modified_since or last_modified is None:
        return False
    return last_modified <= http_date(if_modified_since)


@lru_cache(maxsize=1024)
def http_date(text: str) -> datetime:
    """Return the moment that an HTTP date names; the beginning of time for anything else."""
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return _NEVER
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


CODINGS = ("br", "gzip")
"""Content codings that a document comes in, the smallest first."""


@lru_cache(maxsize=256)
def chosen_coding(accept_encoding: str) -> str | None:
    """Return which of `CODINGS` the reader likes best (RFC 9110, section 12.5.3), or None."""
    wishes: dict[str, float] = {}
    for part in accept_encoding.lower().split(","):
        coding, _, parameters = part.partition(";")
        wishes[coding.strip()] = _weight(parameters)
    wishes.setdefault("gzip", wishes.get("x-gzip", wishes.get("*", 0)))
    # Who takes anything may be a program that cannot unpack what it did not name.
    weights = {coding: wishes.get(coding, 0) for coding in CODINGS}
    best = max(CODINGS, key=weights.__getitem__)
    return best if weights[best] > 0 and weights[best] >= wishes.get("identity", 0) else None


def _weight(parameters: str) -> float:
    name, _, value = parameters.partition("=")
    if name.strip() != "q":
        return 1
    try:
        return float(value)
    except ValueError:
        return 0
