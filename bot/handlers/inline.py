"""Inline mode: `@bot query` in any chat offers items to send there."""

from collections.abc import Sequence

from telegram import InlineQuery, InlineQueryResultArticle, InlineQueryResultsButton
from telegram.error import BadRequest

from bot.handlers.send import came_too_late
from bot.messages.inline import article, nothing_found, unreadable
from bot.services import BotServices
from domain.errors import QueryError
from storage import search

PAGE_SIZE = 20
CACHE_SECONDS = 60
"""For so long Telegram gives the same answer to whoever asks the same."""
FURTHEST = 10_000
"""An answer goes no further back than this many items."""


async def asked(services: BotServices, query: InlineQuery) -> None:
    """Offer a page of what the query finds, the newest where it is empty.

    The answer is the same for everyone, so that Telegram can keep it.
    """
    offset = _offset(query.offset)
    try:
        found = await _find(services, query.query.strip(), offset)
    except QueryError as error:
        await _answer(query, [], "", unreadable(str(error)))
        return
    page = found.page
    items = {item.slug: item for item in (*page.items, *found.nearly.items)[:PAGE_SIZE]}
    results = [
        article(item, services.links, services.source_name, page.also.get(slug, ()))
        for slug, item in items.items()
    ]
    end = offset + len(page.items)
    next_offset = str(end) if page.items and end < min(page.total, FURTHEST) else ""
    button = None if items or offset else nothing_found(found.asked.canonical)
    await _answer(query, results, next_offset, button)


async def _find(services: BotServices, text: str, offset: int) -> search.Answer:
    async with services.db.read() as tx:
        return await search.answer(
            tx,
            text,
            services.vocabulary,
            now=services.clock(),
            limit=PAGE_SIZE,
            offset=offset,
            order=search.Order.RELEVANCE if text else search.Order.NEWEST,
        )


def _offset(text: str) -> int:
    """Return where a page begins; what is none of our offsets begins anew."""
    is_ours = text.isascii() and text.isdigit() and len(text) <= len(str(FURTHEST))
    return min(int(text), FURTHEST) if is_ours else 0


async def _answer(
    query: InlineQuery,
    results: Sequence[InlineQueryResultArticle],
    next_offset: str,
    button: InlineQueryResultsButton | None,
) -> None:
    try:
        await query.answer(
            results,
            cache_time=CACHE_SECONDS,
            is_personal=False,
            next_offset=next_offset,
            button=button,
        )
    except BadRequest as error:
        if not came_too_late(error):
            raise
