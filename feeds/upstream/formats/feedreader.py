"""feedparser, without two habits of it that mislead.

It makes ids absolute, so that `episode 7` becomes an address where there is nothing, and another
one when the feed moves. And it takes the caption of a picture for the entry's text.
"""

from io import BytesIO
from typing import Any

from domain.errors import DocumentError

CAPTION = "media_description"
"""Where an entry has the text of Media RSS that tells of a picture, sound or film."""


def parse(data: bytes, *, base: str) -> Any:
    """Return what feedparser reads in a feed in UTF-8, found at `base`.

    Raises `DocumentError` for one over which it stumbles.
    """
    feedparser = _tamed()
    try:
        return feedparser.parse(
            BytesIO(b'<?xml version="1.0" encoding="utf-8"?>' + data),
            sanitize_html=False,
            resolve_relative_uris=True,
            response_headers={"content-location": base} if base else {},
        )
    except (LookupError, ValueError, TypeError, AttributeError):
        raise DocumentError("not readable as RSS or Atom") from None


def _tamed() -> Any:
    """Return the library; it is loaded with the first feed, as that takes time and memory."""
    import feedparser
    from feedparser.namespaces import mediarss

    feedparser.mixin._FeedParserMixin.can_be_relative_uri.discard("id")  # noqa: SLF001
    handlers = mediarss.Namespace
    setattr(handlers, f"_start_{CAPTION}", lambda parser, _attributes: parser.push(CAPTION, 1))
    setattr(handlers, f"_end_{CAPTION}", lambda parser: parser.pop(CAPTION))
    return feedparser
