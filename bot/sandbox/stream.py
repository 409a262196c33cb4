"""A chat's events as server-sent events, with everything since the reader's last one."""

import asyncio
import json
from bisect import bisect_right
from collections.abc import AsyncIterator
from typing import Any

from bot.sandbox.formatting.render import render
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.state import Chat, Event, Message

KEEP_ALIVE_SECONDS = 15.0


async def stream(sandbox: Sandbox, chat: Chat, last_event_id: str) -> AsyncIterator[str]:
    """Yield events as text until the sandbox closes.

    A reader that comes back with the id of the last event it saw gets what it missed. Any other,
    also one from before a restart, is told to start afresh (`reset`) and gets all. `ready` ends
    what is replayed. Answers to presses are told live only.
    """
    journal = sandbox.journal
    seen = _position(last_event_id, journal.run)
    yield "retry: 1000\n\n"
    if seen is None:
        seen = 0
        yield _event("reset", {})
    replayed = journal.sequence
    ready = False
    while not journal.closed:
        for event in _after(chat, seen):
            seen = event.sequence
            if event.kind != "answer" or seen > replayed:
                yield _event(event.kind, _data(event), f"{journal.run}-{seen}")
        if not ready:
            ready = True
            yield _event("ready", {"member": chat.member})
        if _after(chat, seen):
            continue
        try:
            async with asyncio.timeout(KEEP_ALIVE_SECONDS):
                await journal.changed(chat.id)
        except TimeoutError:
            yield ": still here\n\n"


def _after(chat: Chat, seen: int) -> list[Event]:
    return chat.events[bisect_right(chat.events, seen, key=lambda event: event.sequence) :]


def _position(last_event_id: str, run: str) -> int | None:
    known, _, number = last_event_id.partition("-")
    return int(number) if known == run and number.isdecimal() else None


def _event(kind: str, data: dict[str, Any], event_id: str = "") -> str:
    head = f"id: {event_id}\n" if event_id else ""
    return f"{head}event: {kind}\ndata: {json.dumps(data)}\n\n"


def _data(event: Event) -> dict[str, Any]:
    if event.kind in {"message", "edit"}:
        return _shown(event.data)
    if event.kind == "delete":
        return {"id": event.data["message_id"]}
    return event.data


def _shown(message: Message) -> dict[str, Any]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    document = message.get("document")
    text, entities = ("caption", "caption_entities") if document else ("text", "entities")
    return {
        "id": message["message_id"],
        "mine": not message["from"]["is_bot"],
        "date": message["date"],
        "edited": "edit_date" in message,
        "html": render(message.get(text, ""), message.get(entities, [])),
        "file": document and {"name": document["file_name"], "size": document["file_size"]},
        "buttons": [
            [
                {
                    "text": button["text"],
                    "url": button.get("url"),
                    "data": button.get("callback_data"),
                }
                for button in row
            ]
            for row in rows
        ],
    }
