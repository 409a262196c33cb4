"""What a chat has chosen, and the choices that there are."""

from collections.abc import Sequence
from datetime import datetime

from telegram import InlineKeyboardButton

from bot.messages.choices import (
    LANGUAGES,
    Menu,
    Pause,
    Resume,
    SetEmpty,
    SetLanguage,
    SetLimit,
    SetQuiet,
    SetZone,
    ShowSettings,
)
from bot.messages.dates import moment
from bot.messages.keyboards import Row, button, keyboard
from bot.messages.text import Message, bold, cut, escape
from domain.model import Chat
from domain.quiet import Quiet, parse_quiet
from domain.schedule import FOREVER, read_zone

QUIET_OFFERS = tuple(
    parse_quiet(hours) for hours in ("21:00-06:00", "22:00-07:00", "23:00-08:00", "20:00-08:00")
)
LIMIT_OFFERS = (3, 5, 10, 20, 50)
IN_A_ROW = 3


def settings(chat: Chat, now: datetime) -> Message:
    """Return all that a chat has chosen, with a button to change each."""
    lines = [
        f"Language: {escape(_language(chat))}",
        f"Time zone: {escape(chat.timezone)}, where it is {_clock(chat, now)}",
        f"Quiet hours: {_quiet(chat.quiet)}",
        f"One by one: {_limit(chat.daily_limit)}",
        f"Digests: {_empty(chat)}",
    ]
    if chat.paused_until is not None:
        lines.append(f"{paused(chat.paused_until, chat.timezone)}.")
    empty = "Skip empty digests" if chat.empty_digests else "Tell me of empty digests"
    pause = button("Resume", Resume()) if chat.paused_until else button("Pause", Pause(""))
    return Message(
        f"{bold('Settings')}\n\n" + "\n".join(lines),
        keyboard(
            [_show("Language", Menu.LANGUAGE), _show("Time zone", Menu.ZONE)],
            [_show("Quiet hours", Menu.QUIET), _show("Daily limit", Menu.LIMIT)],
            [button(empty, SetEmpty(not chat.empty_digests)), pause],
        ),
    )


def languages(chat: Chat) -> Message:
    """Return the choice of languages."""
    html = (
        f"{bold('Language')}\n\nStories that are told in several languages reach you in yours: "
        f"{escape(_language(chat))}. My own words are English."
    )
    offers = [
        button(_marked(name, code == chat.language), SetLanguage(code))
        for code, name in LANGUAGES.items()
    ]
    as_they_come = button(_marked("As they come", chat.language is None), SetLanguage(None))
    return Message(html, keyboard(*_rows(offers), [as_they_come], _back()))


def quiet_hours(chat: Chat) -> Message:
    """Return the choice of quiet hours."""
    html = (
        f"{bold('Quiet hours')}\n\nWhat comes in them waits until they end, unless it is urgent. "
        f"Now: {_quiet(chat.quiet)}, in {escape(chat.timezone)}.\n\n"
        "Any others: <code>/settings quiet 22:30-06:15</code>"
    )
    offers = [button(_marked(str(one), one == chat.quiet), SetQuiet(one)) for one in QUIET_OFFERS]
    none = button(_marked("None", chat.quiet is None), SetQuiet(None))
    return Message(html, keyboard(*_rows(offers, 2), [none], _back()))


def limits(chat: Chat) -> Message:
    """Return the choice of daily limits."""
    html = (
        f"{bold('Daily limit')}\n\nSo many items a day come one by one as they appear; the rest "
        f"comes in one digest at the day’s end. Now: {_limit(chat.daily_limit)}.\n\n"
        "Any other: <code>/settings limit 7</code>"
    )
    offers = [
        button(_marked(str(one), one == chat.daily_limit), SetLimit(one)) for one in LIMIT_OFFERS
    ]
    none = button(_marked("No limit", chat.daily_limit is None), SetLimit(None))
    return Message(html, keyboard(offers, [none], _back()))


def zone(chat: Chat, now: datetime) -> Message:
    """Return the time zone, and how to change it."""
    html = (
        f"{bold('Time zone')}\n\nIt is {escape(chat.timezone)}, where it is {_clock(chat, now)}. "
        "Digests and quiet hours go by it.\n\nSend me your city or country, for example "
        "<code>/timezone Vienna</code> or <code>/timezone Nigeria</code>."
    )
    return Message(html, keyboard(_back()))


def unknown_zone(asked: str, suggestions: Sequence[str]) -> Message:
    """Return what may have been meant by the name of a place."""
    name = bold(cut(asked, 60))
    if not suggestions:
        return Message(
            f"I do not know the time zone of {name}. Send a larger city near you, your country, "
            "or a name like <code>/timezone Europe/Vienna</code>."
        )
    offers = [button(one.replace("_", " "), SetZone(one)) for one in suggestions]
    return Message(f"Which time zone is it for {name}?", keyboard(*_rows(offers, 2)))


def paused(until: datetime, zone: str) -> str:
    """Return until when something is paused."""
    return "Paused until you resume" if until == FOREVER else f"Paused until {moment(until, zone)}"


def _rows(offers: Sequence[InlineKeyboardButton], size: int = IN_A_ROW) -> list[Row]:
    return [offers[start : start + size] for start in range(0, len(offers), size)]


def _back() -> Row:
    return [button("◀ Settings", ShowSettings())]


def _show(label: str, menu: Menu) -> InlineKeyboardButton:
    return button(label, ShowSettings(menu))


def _marked(label: str, is_chosen: bool) -> str:  # noqa: FBT001 - tells what to draw
    return f"✓ {label}" if is_chosen else label


def _clock(chat: Chat, now: datetime) -> str:
    return f"{now.astimezone(read_zone(chat.timezone)):%H:%M}"


def _language(chat: Chat) -> str:
    if chat.language is None:
        return "as stories come"
    return LANGUAGES.get(chat.language, chat.language)


def _quiet(quiet: Quiet | None) -> str:
    return "none" if quiet is None else str(quiet).replace("-", "–")


def _limit(limit: int | None) -> str:
    return "every item" if limit is None else f"at most {limit} a day, the rest in one digest"


def _empty(chat: Chat) -> str:
    return "also where nothing is new" if chat.empty_digests else "only where something is new"
