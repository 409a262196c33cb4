"""Sending, editing and deleting messages."""

from typing import Any

from bot.sandbox.arguments import Arguments
from bot.sandbox.errors import bad_request
from bot.sandbox.formatting.entities import Entity
from bot.sandbox.formatting.keyboard import check_markup
from bot.sandbox.formatting.message_text import format_text
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.state import Chat, Message, Sent, without_reply

MAX_CAPTION = 1024
_DELETABLE_SECONDS = 48 * 3600
_ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the "
    "same as a current content and reply markup of the message"
)


def send_message(sandbox: Sandbox, arguments: Arguments) -> Message:
    """Send a text; it counts against the flood limits only when it could be sent."""
    return put_sent(sandbox, arguments, _content(sandbox, arguments))


def put_sent(sandbox: Sandbox, arguments: Arguments, content: dict[str, Any]) -> Message:
    """Put a message of the bot's into its chat, as every method does that sends one."""
    chat = sandbox.reach(arguments.chat_id())
    thread_id = arguments.whole("message_thread_id")
    if thread_id and thread_id not in chat.threads:
        raise bad_request("message thread not found")
    sandbox.count_send(chat, paid=arguments.flag("allow_paid_broadcast"))
    message = sandbox.new_message(chat, sender=sandbox.bot, thread_id=thread_id)
    message.update(content)
    message.update(_answered(chat, arguments))
    sequence = sandbox.put_message(chat, message)
    sandbox.sent.append(
        Sent(
            sequence,
            sandbox.clock(),
            chat.id,
            message["message_id"],
            message.get("text") or message.get("caption", ""),
            silent=arguments.flag("disable_notification"),
        )
    )
    return message


def _answered(chat: Chat, arguments: Arguments) -> dict[str, Message]:
    """Return the message that is answered, where one is named; it names none in its turn."""
    reply = arguments.json("reply_parameters", "reply parameters", {})
    if not isinstance(reply, dict):
        raise bad_request("object expected as reply parameters")
    if not reply:
        return {}
    answered = chat.messages.get(Arguments(reply).whole("message_id"))
    if answered is not None:
        return {"reply_to_message": without_reply(answered)}
    if not Arguments(reply).flag("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return {}


def edit_message_text(sandbox: Sandbox, arguments: Arguments) -> Message:
    """Replace text and keyboard of one of the bot's messages."""
    content = _content(sandbox, arguments)
    chat, message = _find(sandbox, arguments, "message to edit")
    if message["from"] != sandbox.bot:
        raise bad_request("message can't be edited")
    return _edit(sandbox, chat, message, content)


def edit_message_reply_markup(sandbox: Sandbox, arguments: Arguments) -> Message:
    """Replace the keyboard of one of the bot's messages."""
    chat, message = _find(sandbox, arguments, "message to edit")
    if message["from"] != sandbox.bot:
        raise bad_request("message can't be edited")
    kept = {key: message[key] for key in _CONTENT[:-1] if key in message}
    return _edit(sandbox, chat, message, {**kept, **read_markup(sandbox, arguments)})


def delete_message(sandbox: Sandbox, arguments: Arguments) -> bool:
    """Delete a message that is younger than 48 hours."""
    chat, message = _find(sandbox, arguments, "message to delete")
    if message["date"] < sandbox.clock() - _DELETABLE_SECONDS:
        raise bad_request("message can't be deleted for everyone")
    del chat.messages[message["message_id"]]
    sandbox.journal.record(chat, "delete", message)
    return True


def send_chat_action(sandbox: Sandbox, arguments: Arguments) -> bool:
    """Show that the bot is at work."""
    if arguments.text("action").lower() not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    sandbox.reach(arguments.chat_id())
    return True


_CONTENT = ("text", "entities", "link_preview_options", "reply_markup")


def _content(sandbox: Sandbox, arguments: Arguments) -> dict[str, Any]:
    text, entities = format_text(
        arguments.text("text"),
        arguments.text("parse_mode"),
        _given_entities(arguments),
        local_links=sandbox.local_links,
    )
    content: dict[str, Any] = {"text": text}
    if entities:
        content["entities"] = entities
    if preview := arguments.json("link_preview_options", "link preview options"):
        content["link_preview_options"] = preview
    return {**content, **read_markup(sandbox, arguments)}


def read_caption(sandbox: Sandbox, arguments: Arguments) -> dict[str, Any]:
    """Return the text below a file, at most 1,024 characters once it is parsed."""
    caption = arguments.text("caption")
    if not caption:
        return {}
    text, entities = format_text(
        caption, arguments.text("parse_mode"), local_links=sandbox.local_links
    )
    if len(text.encode("utf-16-le")) // 2 > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return {"caption": text, **({"caption_entities": entities} if entities else {})}


def _given_entities(arguments: Arguments) -> list[Entity]:
    entities = arguments.json("entities", "entities", [])
    if not isinstance(entities, list):
        raise bad_request("can't parse entities JSON object")
    for entity in entities:
        numbers = (
            isinstance(entity, dict)
            and isinstance(entity.get("type"), str)
            and all(isinstance(entity.get(key), int) for key in ("offset", "length"))
        )
        if not numbers:
            raise bad_request("can't parse MessageEntity: expected an Object")
    return entities


def read_markup(sandbox: Sandbox, arguments: Arguments) -> dict[str, Any]:
    """Return the keyboard of a message, where it has one."""
    markup = arguments.json("reply_markup", "reply keyboard markup")
    if not markup:
        return {}
    rows = check_markup(markup, local_links=sandbox.local_links)
    return {"reply_markup": {"inline_keyboard": rows}} if rows else {}


def _find(sandbox: Sandbox, arguments: Arguments, what: str) -> tuple[Chat, Message]:
    chat = sandbox.reach(arguments.chat_id())
    message = chat.messages.get(arguments.whole("message_id"))
    if message is None:
        raise bad_request(f"{what} not found")
    return chat, message


def _edit(sandbox: Sandbox, chat: Chat, message: Message, content: dict[str, Any]) -> Message:
    if all(message.get(key) == content.get(key) for key in _CONTENT):
        raise bad_request(_NOT_MODIFIED)
    kept = {key: value for key, value in message.items() if key not in _CONTENT}
    edited = {**kept, **content, "edit_date": int(sandbox.clock())}
    chat.messages[message["message_id"]] = edited
    sandbox.journal.record(chat, "edit", edited)
    return edited
