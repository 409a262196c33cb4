"""What an answer's header fields say of caching, waiting and related addresses."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

_LINK = re.compile(r"<([^<>]{1,2000})>\s*((?:;[^,<]{0,500})*)")
_REL = re.compile(r""";\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,"]+))""", re.IGNORECASE)
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,10})", re.IGNORECASE)
_SECONDS = re.compile(r"\d{1,10}")


def max_age(headers: Mapping[str, str]) -> float:
    """Return for how many seconds an answer is fresh (RFC 9111); 0 where it does not say."""
    found = _MAX_AGE.search(headers.get("Cache-Control", ""))
    if found is None:
        return 0.0
    age = _SECONDS.fullmatch(headers.get("Age", "").strip())
    return max(float(found[1]) - (float(age[0]) if age else 0.0), 0.0)


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Return in how many seconds to come back (RFC 9110, section 10.2.3), if it says so."""
    value = headers.get("Retry-After", "").strip()
    if _SECONDS.fullmatch(value):
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
    return max((moment - now).total_seconds(), 0.0)


def links(headers: list[str], base: str) -> dict[str, str]:
    """Return the first address of each relation in `Link` fields (RFC 8288), made absolute."""
    found: dict[str, str] = {}
    for header in headers:
        for target, parameters in _LINK.findall(header[:8000]):
            for quoted, bare in _REL.findall(parameters):
                for relation in (quoted or bare).lower().split():
                    found.setdefault(relation, urljoin(base, target))
    return found
