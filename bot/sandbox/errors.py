"""What the server refuses, in Telegram's own words.

Descriptions follow the texts that the real Bot API server sends, so that whatever reads them
(python-telegram-bot, our verdicts) is tested on the real thing.
"""

from typing import Any


class ApiError(Exception):
    """A request that Telegram refuses: becomes the envelope's error."""

    def __init__(self, code: int, description: str, **parameters: int):
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def envelope(self) -> dict[str, Any]:
        """Return the answer's JSON body."""
        body: dict[str, Any] = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def bad_request(text: str) -> ApiError:
    """Return a 400; as at Telegram, the text starts small unless it is a code in capitals."""
    second = text[1:2]
    if not second.isupper() and second != "_":
        text = text[0].lower() + text[1:]
    return ApiError(400, f"Bad Request: {text}")


def forbidden(text: str) -> ApiError:
    """Return a 403."""
    return ApiError(403, f"Forbidden: {text}")


def too_many_requests(retry_after: int) -> ApiError:
    """Return a 429 that asks to wait `retry_after` seconds."""
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)


def migrated(chat_id: int) -> ApiError:
    """Return the 400 of a group that became the supergroup `chat_id`."""
    return ApiError(
        400,
        "Bad Request: group chat was upgraded to a supergroup chat",
        migrate_to_chat_id=chat_id,
    )
