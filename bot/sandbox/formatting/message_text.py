"""From the text a bot sends to the text and entities that Telegram keeps."""

import re

from bot.sandbox.errors import bad_request
from bot.sandbox.formatting.detect import detect
from bot.sandbox.formatting.entities import Entity, in_order, trim
from bot.sandbox.formatting.html import parse_html

MAX_TEXT = 4096
"""Characters of a message after entity parsing."""
MAX_SOURCE_BYTES = 1 << 15
"""UTF-8 bytes of a text before entity parsing."""

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def format_text(
    text: str, parse_mode: str, given: list[Entity] | None = None, *, local_links: bool = True
) -> tuple[str, list[Entity]]:
    """Return a message's text and entities.

    Parse modes are HTML and none; the Markdown modes are refused as unsupported, which the real
    server would take. Raises ApiError with Telegram's words for a text that is empty, too long,
    not UTF-8 or wrongly marked up.
    """
    if not text:
        raise bad_request("message text is empty")
    if _SURROGATE.search(text):
        raise bad_request("strings must be encoded in UTF-8")
    if len(text.encode()) > MAX_SOURCE_BYTES:
        raise bad_request("text is too long")
    mode = parse_mode.lower()
    entities = given or []
    if mode == "html":
        text, entities = parse_html(text, local_links=local_links)
    elif mode not in {"", "none"}:
        raise bad_request("unsupported parse_mode")
    text, entities = trim(_CONTROLS.sub(" ", text.replace("\r", "")), entities)
    if not text:
        raise bad_request("text must be non-empty")
    if len(text) > MAX_TEXT:
        raise bad_request("message is too long")
    return text, in_order([*entities, *detect(text, entities)])
