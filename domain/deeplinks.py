"""The `start=` part of `t.me/BOT?start=…`, which opens a topic or a query in the bot.

Telegram takes at most 64 of the characters A–Z, a–z, 0–9, `_` and `-`.
"""

import binascii
import re
from base64 import b64decode, urlsafe_b64encode

from domain.errors import InputError

LIMIT = 64

_TOPIC_QUERY = re.compile(r"topic:([a-z0-9-]+)", re.ASCII)
_TOPIC = re.compile(r"[a-z0-9-]+", re.ASCII)
_ENCODED = "q_"


def topic_of(query: str) -> str | None:
    """Return the topic's slug where the canonical query asks for one topic and nothing else."""
    match = _TOPIC_QUERY.fullmatch(query)
    return match[1] if match else None


def start_payload(query: str) -> str | None:
    """Return the payload that opens a canonical query, or None where it is too long for one.

    A topic is its slug; any other query is base64url (RFC 4648, section 5) of its UTF-8.
    """
    topic = topic_of(query)
    payload = topic or _ENCODED + urlsafe_b64encode(query.encode()).decode().rstrip("=")
    return payload if len(payload) <= LIMIT else None


def query_of(payload: str) -> str:
    """Return the query that a payload opens; raises `InputError` for what is none of ours."""
    if not payload.startswith(_ENCODED):
        if _TOPIC.fullmatch(payload) is None:
            raise InputError("the link opens nothing")
        return f"topic:{payload}"
    encoded = payload.removeprefix(_ENCODED)
    try:
        return b64decode(encoded + "=" * (-len(encoded) % 4), b"-_", validate=True).decode()
    except (binascii.Error, ValueError):
        raise InputError("the link opens nothing") from None
