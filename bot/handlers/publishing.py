"""/publish: an item that the operator writes in a chat, sent on when that is confirmed."""

import asyncio

from telegram import MaybeInaccessibleMessage
from telegram import Message as TelegramMessage

from bot.handlers.send import rest_of
from bot.messages import publishing as messages
from bot.messages.callbacks import PublishDraft
from bot.messages.item import item_block
from bot.messages.text import Message
from bot.services import LANGUAGE, BotServices
from domain.errors import InputError, WithdrawnError
from domain.model import PUBLISHER, Draft
from domain.query import Field
from storage.drafts import cleaned
from storage.ingest import ingest
from storage.withdrawal import shown as shown_item


async def publish(services: BotServices, _chat_id: int, text: str) -> Message:
    """Show how an item was read and classified, and ask whether to publish it."""
    if not text:
        return messages.USAGE
    try:
        draft = cleaned(messages.read_draft(text))
    except InputError as error:
        return messages.unreadable_draft(str(error))
    return messages.ask_to_publish(await asyncio.to_thread(_preview, services, draft), text)


async def confirmed(
    services: BotServices, shown: MaybeInaccessibleMessage, press: PublishDraft
) -> Message:
    """Publish the text that the message with the button answers.

    A press can come from anywhere: it counts in the operator's chats alone, and for the text that
    was shown there. Raises `InputError` elsewhere.
    """
    if shown.chat.id not in services.admin_chats:
        raise InputError("this chat publishes nothing")
    asked = shown.reply_to_message if isinstance(shown, TelegramMessage) else None
    text = rest_of(asked) if asked is not None else ""
    if messages.digest(text) != press.digest:
        return messages.DRAFT_GONE
    try:
        return await _publish(services, messages.read_draft(text))
    except WithdrawnError:
        return messages.WITHDRAWN


async def _publish(services: BotServices, draft: Draft) -> Message:
    async with services.db.write() as tx:
        report = await ingest(
            tx,
            [draft],
            source=PUBLISHER,
            document=None,
            classifier=services.classifier(),
            now=services.clock(),
            push=True,
        )
        (entry,) = report.entries
        item = await shown_item(tx, entry.slug)
    services.nudge()
    return messages.published(entry.status, item_block(item, services.links, services.source_name))


def _preview(services: BotServices, draft: Draft) -> messages.Preview:
    found = services.classifier().classify(draft)
    names = services.vocabulary
    return messages.Preview(
        draft=draft,
        kind=found.kind.value,
        language=names.label(Field.LANG, found.lang, LANGUAGE),
        topics=tuple(services.topic_name(slug) for slug in found.topics),
        countries=tuple(
            names.label(Field.COUNTRY, code.lower(), LANGUAGE) for code in found.countries
        ),
        summary=found.summary,
    )
