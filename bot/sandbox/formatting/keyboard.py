"""Inline keyboards: which Telegram takes, and in what form it keeps them."""

from typing import Any

from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.formatting.links import LinkError, check_link

Keyboard = list[list[dict[str, Any]]]

MAX_BUTTONS = 100
MAX_CALLBACK_BYTES = 64
_OTHER_KINDS = (
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "web_app",
    "copy_text",
)
_REPLY_KINDS = ("keyboard", "remove_keyboard", "force_reply")


def check_markup(markup: Any, *, local_links: bool) -> Keyboard:
    """Return the inline keyboard of a `reply_markup`, [] when it has none.

    Reply keyboards, which belong to the chat and not to a message, pass unchecked. Raises
    ApiError with Telegram's words.
    """
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    rows = markup.get("inline_keyboard")
    if rows is None:
        if markup and not any(kind in markup for kind in _REPLY_KINDS):
            raise bad_request("object expected as reply markup")
        return []
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "inline_keyboard" must be an Array of Arrays')
    checked = [[_button(button, local_links=local_links) for button in row] for row in rows if row]
    if sum(map(len, checked)) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    return checked


def _button(button: Any, *, local_links: bool) -> dict[str, Any]:
    if not isinstance(button, dict):
        raise _unreadable("InlineKeyboardButton must be an Object")
    text = button.get("text")
    if text is None:
        raise _unreadable('Can\'t find field "text"')
    if not isinstance(text, str):
        raise _unreadable('Field "text" must be of type String')
    if not text.strip():
        raise bad_request("inline keyboard button text must be non-empty")
    if address := button.get("url"):
        try:
            return {"text": text, "url": check_link(str(address), local=local_links)}
        except LinkError as error:
            raise bad_request(
                f"inline keyboard button URL '{address}' is invalid: {error}"
            ) from error
    if data := button.get("callback_data"):
        if len(str(data).encode()) > MAX_CALLBACK_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
        return {"text": text, "callback_data": str(data)}
    for kind in _OTHER_KINDS:
        if kind in button:
            return {"text": text, kind: button[kind]}
    raise _unreadable("Text buttons are unallowed in the inline keyboard")


def _unreadable(text: str) -> ApiError:
    return bad_request(f"can't parse inline keyboard button: {text}")
