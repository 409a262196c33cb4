"""Sending files."""

import hashlib

from bot.sandbox.arguments import Arguments
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.methods.messages import put_sent, read_caption, read_markup
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.state import Message

MAX_FILE = 50 << 20
"""Bytes; what is larger is refused before it is read."""


def send_document(sandbox: Sandbox, arguments: Arguments) -> Message:
    """Send an uploaded file of any kind, with a caption where one is given.

    Files named by an address or by the id of an earlier one are refused.
    """
    upload = arguments.upload("document")
    if upload is None:
        raise bad_request("there is no document in the request")
    if not upload.content:
        raise bad_request("file must be non-empty")
    if len(upload.content) > MAX_FILE:
        raise ApiError(413, "Request Entity Too Large")
    digest = hashlib.sha256(upload.content).hexdigest()
    document = {
        "file_id": f"BQ{digest[:60]}",
        "file_unique_id": digest[:15],
        "file_name": upload.name,
        "mime_type": upload.mime_type,
        "file_size": len(upload.content),
    }
    content = {
        "document": document,
        **read_caption(sandbox, arguments),
        **read_markup(sandbox, arguments),
    }
    message = put_sent(sandbox, arguments, content)
    sandbox.reach(arguments.chat_id()).files[message["message_id"]] = upload.content
    return message
