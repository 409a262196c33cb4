"""A document ready to be served: its bytes, packed once, and every answer to it made once."""

import gzip
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from hashlib import blake2b

import brotli
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from domain.matching import ItemTerms
from domain.model import Item
from feeds.web.conditional import chosen_coding, is_unmodified

WORTH_PACKING = 400
"""Bytes from which packing pays."""
_GZIP_LEVEL, _BROTLI_QUALITY = 4, 4

Headers = tuple[tuple[bytes, bytes], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a document says and how it may be kept, before it is packed."""

    body: bytes
    media_type: str
    cache_control: str
    headers: Headers = ()
    """Further headers of a full answer."""
    last_modified: datetime | None = None
    version: int = 0
    """The store's version that it was read from."""
    is_touched_by: Callable[[Item, ItemTerms], bool] | None = None
    """Tells whether an item that comes in changes the document; None where any change may."""


class Document:
    """A document and its answers; nothing changes after `__init__`.

    The entity tag is made from the content alone, so that it survives a restart, and is weak,
    because it stands for the plain and the packed bytes alike.
    """

    __slots__ = (
        "_codings",
        "_etag",
        "_full",
        "_unmodified",
        "last_modified",
        "size",
        "tag",
    )

    def __init__(self, content: Content, before: "Document | None" = None):
        """Pack the content. `before` is what the same address gave until now."""
        body = content.body
        packed = _packed(body) if len(body) >= WORTH_PACKING else {}
        self.tag = blake2b(content.media_type.encode() + b"\0" + body, digest_size=12).hexdigest()
        self._etag = f'W/"{self.tag}"'.encode()
        self.last_modified = _last_modified(content, self.tag, before)
        self.size = len(body) + sum(map(len, packed.values()))
        shared = self._shared_headers(content.cache_control)
        full = [*shared, (b"content-type", content.media_type.encode()), *content.headers]
        self._full = _answer(200, full, body)
        self._codings = {
            coding: _answer(200, [*full, (b"content-encoding", coding.encode())], packed_body)
            for coding, packed_body in packed.items()
        }
        self._unmodified = _answer(304, [*shared, *_cross_origin(content.headers)], None)

    def answer(self, scope: Scope) -> tuple[Message, Message]:
        """Return the two ASGI messages that answer a GET or HEAD request."""
        if_none_match = if_modified_since = accept_encoding = b""
        for name, value in scope["headers"]:
            if name == b"accept-encoding":
                accept_encoding += b"," + value if accept_encoding else value
            elif name == b"if-none-match":
                if_none_match += b"," + value if if_none_match else value
            elif name == b"if-modified-since":
                if_modified_since = value
        if (if_none_match or if_modified_since) and (
            if_none_match == self._etag
            or is_unmodified(
                self.tag,
                self.last_modified,
                if_none_match.decode("latin-1"),
                if_modified_since.decode("latin-1"),
            )
        ):
            return self._unmodified
        coding = chosen_coding(accept_encoding.decode("latin-1"))
        start, body = self._codings.get(coding, self._full) if coding else self._full
        return (start, _NO_BODY) if scope["method"] == "HEAD" else (start, body)

    def _shared_headers(self, cache_control: str) -> list[tuple[bytes, bytes]]:
        headers = [
            (b"etag", self._etag),
            (b"cache-control", cache_control.encode()),
            (b"vary", b"Accept-Encoding"),
        ]
        if self.last_modified:
            date = format_datetime(self.last_modified, usegmt=True)
            headers.append((b"last-modified", date.encode()))
        return headers


class DocumentResponse(Response):
    """Answers a request with a document, for routes that return a response."""

    def __init__(self, document: Document):
        super().__init__()
        self.document = document

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        """Send the answer that the request's headers ask for."""
        for message in self.document.answer(scope):
            await send(message)


def _last_modified(content: Content, tag: str, before: Document | None) -> datetime | None:
    if content.last_modified is None:
        return None
    moment = content.last_modified.astimezone(UTC).replace(microsecond=0)
    if before is None or before.last_modified is None or moment > before.last_modified:
        return moment
    # A change within one second, or one that took the newest item away, moves the date on: a reader
    # that compares dates alone would miss it otherwise.
    changed = before.tag != tag
    return before.last_modified + timedelta(seconds=1) if changed else before.last_modified


def _packed(body: bytes) -> dict[str, bytes]:
    """Return the body in each of `CODINGS`: a millisecond each for a feed of 80 KB.

    The usual levels take half as long again, for 2 % fewer bytes.
    """
    return {
        "br": brotli.compress(body, quality=_BROTLI_QUALITY),
        "gzip": gzip.compress(body, _GZIP_LEVEL, mtime=0),
    }


_NO_BODY: Message = {"type": "http.response.body", "body": b""}


def _answer(
    status: int, headers: Sequence[tuple[bytes, bytes]], body: bytes | None
) -> tuple[Message, Message]:
    length = [] if body is None else [(b"content-length", str(len(body)).encode())]
    start = {"type": "http.response.start", "status": status, "headers": [*headers, *length]}
    return start, {"type": "http.response.body", "body": body or b""}


def _cross_origin(headers: Headers) -> list[tuple[bytes, bytes]]:
    return [header for header in headers if header[0].startswith(b"access-control-")]
