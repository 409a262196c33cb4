"""Answers to button presses and inline queries."""

import re
from typing import Any

from bot.sandbox.arguments import Arguments
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.formatting.keyboard import check_markup
from bot.sandbox.formatting.message_text import format_text
from bot.sandbox.sandbox import Sandbox

MAX_ANSWER = 200
MAX_RESULTS = 50
MAX_RESULT_ID_BYTES = 64
MAX_OFFSET_BYTES = 64

_START_PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,64}")


def answer_callback_query(sandbox: Sandbox, arguments: Arguments) -> bool:
    """Answer a press, with or without a notice of at most 200 characters."""
    text = arguments.text("text")
    if len(text) > MAX_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    answer = {"text": text, "show_alert": arguments.flag("show_alert")}
    press = sandbox.presses.answer(arguments.text("callback_query_id"), answer, sandbox.clock())
    if chat := sandbox.find_chat(press.chat_id):
        sandbox.journal.record(chat, "answer", answer)
    return True


def answer_inline_query(sandbox: Sandbox, arguments: Arguments) -> bool:
    """Answer an inline query with at most 50 results, each with an id of its own.

    A button above them opens the bot with a start parameter.
    """
    results = arguments.json("results", "inline query results")
    if not isinstance(results, list):
        raise bad_request("expected an Array of inline query results")
    if len(results) > MAX_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    seen: set[str] = set()
    for result in results:
        if not isinstance(result, dict):
            raise _unreadable("Inline query result must be an object")
        result_id = str(result.get("id", ""))
        if not 1 <= len(result_id.encode()) <= MAX_RESULT_ID_BYTES:
            raise bad_request("RESULT_ID_INVALID")
        if result_id in seen:
            raise bad_request("RESULT_ID_DUPLICATE")
        seen.add(result_id)
        _check_result(sandbox, result)
    next_offset = arguments.text("next_offset")
    if len(next_offset.encode()) > MAX_OFFSET_BYTES:
        raise bad_request("NEXT_OFFSET_INVALID")
    answer = {
        "results": results,
        "next_offset": next_offset,
        "cache_time": arguments.whole("cache_time", 300),
        "is_personal": arguments.flag("is_personal"),
        "button": _button(arguments),
    }
    sandbox.inline.answer(arguments.text("inline_query_id"), answer, sandbox.clock())
    sandbox.journal.touch()
    return True


def _button(arguments: Arguments) -> dict[str, Any] | None:
    button = arguments.json("button", "inline query results button")
    if button is None:
        return None
    if not isinstance(button, dict):
        raise bad_request("object expected as inline query results button")
    if not str(button.get("text") or "").strip():
        raise bad_request("inline query results button text must be non-empty")
    if "web_app" in button:
        return button
    if not _START_PARAMETER.fullmatch(str(button.get("start_parameter", ""))):
        raise bad_request("START_PARAM_INVALID")
    return button


def _check_result(sandbox: Sandbox, result: dict[str, Any]) -> None:
    if result.get("type") == "article" and not result.get("title"):
        raise _unreadable('Can\'t find field "title"')
    content = result.get("input_message_content")
    if not isinstance(content, dict):
        raise _unreadable("Input message content is not specified")
    format_text(
        str(content.get("message_text", "")),
        str(content.get("parse_mode") or ""),
        local_links=sandbox.local_links,
    )
    if markup := result.get("reply_markup"):
        check_markup(markup, local_links=sandbox.local_links)


def _unreadable(text: str) -> ApiError:
    return bad_request(f"can't parse inline query result: {text}")
