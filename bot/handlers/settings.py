"""/settings, /language and /timezone: what a chat chooses for itself."""

from bot.messages import settings as messages
from bot.messages.choices import (
    LANGUAGES,
    Menu,
    SetEmpty,
    SetLanguage,
    SetLimit,
    SetQuiet,
    SetZone,
    ShowSettings,
)
from bot.messages.problems import unreadable_setting
from bot.messages.text import Message
from bot.services import BotServices
from domain.errors import ScheduleError
from domain.model import Chat
from domain.pace import LARGEST_LIMIT
from domain.quiet import parse_quiet
from domain.text import fold
from storage import chats, preferences

NONE = frozenset(("off", "none", "no", "any", "all", "-"))
YES = frozenset(("on", "yes"))

Setting = SetLanguage | SetZone | SetQuiet | SetLimit | SetEmpty


async def settings(services: BotServices, chat_id: int, text: str) -> Message:
    """Show what is chosen, or choose: `quiet 22:00-07:00`, `limit 10`, `empty on` and so on."""
    name, _, value = text.partition(" ")
    value = value.strip()
    if not text:
        return await show_settings(services, chat_id, ShowSettings())
    match name.casefold():
        case "quiet":
            return await _quiet(services, chat_id, value)
        case "limit":
            return await _limit(services, chat_id, value)
        case "empty" if value.casefold() in NONE | YES:
            return await choose(services, chat_id, SetEmpty(value.casefold() in YES))
        case "language":
            return await language(services, chat_id, value)
        case "timezone":
            return await timezone(services, chat_id, value)
    return unreadable_setting()


async def language(services: BotServices, chat_id: int, text: str) -> Message:
    """Choose the language of stories by its code or its own name, or show the choice."""
    if not text:
        return await show_settings(services, chat_id, ShowSettings(Menu.LANGUAGE))
    if text.casefold() in NONE:
        return await choose(services, chat_id, SetLanguage(None))
    wanted = fold(text)
    for code, name in LANGUAGES.items():
        if wanted in {code, fold(name), *map(fold, services.language_names(code))}:
            return await choose(services, chat_id, SetLanguage(code))
    return await show_settings(services, chat_id, ShowSettings(Menu.LANGUAGE))


async def timezone(services: BotServices, chat_id: int, text: str) -> Message:
    """Choose the time zone by its name, a city or a country, or show it."""
    if not text:
        return await show_settings(services, chat_id, ShowSettings(Menu.ZONE))
    found = services.find_zone(text)
    if found.zone is None:
        return messages.unknown_zone(text, found.suggestions)
    return await choose(services, chat_id, SetZone(found.zone))


async def show_settings(services: BotServices, chat_id: int, show: ShowSettings) -> Message:
    """Return the settings, or the choices of one."""
    return _shown(services, await registered(services, chat_id), show.menu)


async def choose(services: BotServices, chat_id: int, setting: Setting) -> Message:
    """Set what is chosen, and show it; raises `ScheduleError` for a zone that is none."""
    await registered(services, chat_id)
    now = services.clock()
    async with services.db.write() as tx:
        match setting:
            case SetLanguage(code):
                chat = await preferences.set_language(tx, chat_id, code, now)
            case SetZone(zone):
                chat = await preferences.set_timezone(tx, chat_id, zone, now)
            case SetQuiet(quiet):
                chat = await preferences.set_quiet(tx, chat_id, quiet, now)
            case SetLimit(limit):
                chat = await preferences.set_daily_limit(tx, chat_id, limit, now)
            case SetEmpty(wanted):
                chat = await preferences.set_empty_digests(tx, chat_id, wanted, now)
    services.nudge()
    return _shown(services, chat, Menu.ALL)


async def registered(services: BotServices, chat_id: int) -> Chat:
    """Return the chat, taken in where it is new."""
    async with services.db.read() as tx:
        chat = await chats.get(tx, chat_id)
    if chat is not None:
        return chat
    async with services.db.write() as tx:
        return await chats.register(tx, chat_id, now=services.clock(), timezone=services.timezone)


def _shown(services: BotServices, chat: Chat, menu: Menu) -> Message:
    match menu:
        case Menu.LANGUAGE:
            return messages.languages(chat)
        case Menu.ZONE:
            return messages.zone(chat, services.clock())
        case Menu.QUIET:
            return messages.quiet_hours(chat)
        case Menu.LIMIT:
            return messages.limits(chat)
        case Menu.ALL:
            return messages.settings(chat, services.clock())


async def _quiet(services: BotServices, chat_id: int, text: str) -> Message:
    if text.casefold() in NONE:
        return await choose(services, chat_id, SetQuiet(None))
    try:
        return await choose(services, chat_id, SetQuiet(parse_quiet(text)))
    except ScheduleError:
        return await show_settings(services, chat_id, ShowSettings(Menu.QUIET))


async def _limit(services: BotServices, chat_id: int, text: str) -> Message:
    if text.casefold() in NONE:
        return await choose(services, chat_id, SetLimit(None))
    if text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST_LIMIT)):
        limit = int(text)
        if 0 < limit <= LARGEST_LIMIT:
            return await choose(services, chat_id, SetLimit(limit))
    return await show_settings(services, chat_id, ShowSettings(Menu.LIMIT))
