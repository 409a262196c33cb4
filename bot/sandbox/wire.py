"""Reading a request's parameters off HTTP: query, form, multipart or JSON."""

import json
from dataclasses import dataclass
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any
from urllib.parse import parse_qsl

from bot.sandbox.errors import bad_request


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a request."""

    name: str
    mime_type: str
    content: bytes


def read_parameters(query: bytes, content_type: str, body: bytes) -> dict[str, Any]:
    """Return the parameters of a request; those of the body win over those of the query.

    Raises ApiError when the body is not what its content type claims.
    """
    values: dict[str, Any] = _form(query) if query else {}
    kind = content_type.partition(";")[0].strip().lower()
    if not body:
        return values
    if kind == "application/json":
        values.update(_json(body))
    elif kind == "multipart/form-data":
        values.update(_multipart(content_type, body))
    else:
        values.update(_form(body))
    return values


def _form(encoded: bytes) -> dict[str, Any]:
    try:
        return dict(parse_qsl(encoded.decode(), keep_blank_values=True, errors="strict"))
    except UnicodeDecodeError as error:
        raise bad_request("strings must be encoded in UTF-8") from error


def _json(body: bytes) -> dict[str, Any]:
    try:
        values = json.loads(body)
    except ValueError as error:
        raise bad_request("can't parse request JSON object") from error
    if not isinstance(values, dict):
        raise bad_request("object expected as request")
    return values


def _multipart(content_type: str, body: bytes) -> dict[str, Any]:
    head = b"Content-Type: " + content_type.encode("latin-1") + b"\r\n\r\n"
    values: dict[str, Any] = {}
    for part in BytesParser(policy=HTTP).parsebytes(head + body).iter_parts():
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        if not isinstance(name, str) or not isinstance(content, bytes):
            continue
        filename = part.get_filename()
        if filename is None:
            values[name] = content.decode("utf-8", "replace")
        else:
            values[name] = Upload(filename, part.get_content_type(), content)
    return values
