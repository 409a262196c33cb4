"""Presses by which a chat chooses: language, time zone, quiet hours, limit, pauses, farewell.

As with all callback data, what comes back is not trusted; a value that cannot be read, or is not
written as `encode_choice` writes it, is refused.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from domain.errors import InputError
from domain.pace import LARGEST_LIMIT
from domain.quiet import Quiet, parse_quiet

LANGUAGES = {
    "ar": "العربية",
    "en": "English",
    "es": "Español",
    "fr": "Français",
    "ru": "Русский",
    "zh": "中文",
}
"""Languages that a chat can read stories in, as they call themselves."""


class Menu(StrEnum):
    """A part of the settings."""

    ALL = "all"
    LANGUAGE = "language"
    ZONE = "zone"
    QUIET = "quiet"
    LIMIT = "limit"


@dataclass(frozen=True, slots=True)
class ShowSettings:
    """Show the settings, or the choices of one."""

    menu: Menu = Menu.ALL


@dataclass(frozen=True, slots=True)
class SetLanguage:
    """Read stories in this language where there is such a version; None: as they came."""

    language: str | None


@dataclass(frozen=True, slots=True)
class SetZone:
    """Count in this time zone."""

    zone: str


@dataclass(frozen=True, slots=True)
class SetQuiet:
    """Have these quiet hours, or none."""

    quiet: Quiet | None


@dataclass(frozen=True, slots=True)
class SetLimit:
    """Be told so many items one by one in a day, or all."""

    limit: int | None


@dataclass(frozen=True, slots=True)
class SetEmpty:
    """Be told where a digest would have nothing new, or not."""

    wanted: bool


@dataclass(frozen=True, slots=True)
class Pause:
    """Pause everything, or one subscription, for a time such as `3d`; empty: until resumed."""

    span: str
    subscription: int | None = None


@dataclass(frozen=True, slots=True)
class Resume:
    """End the pause of everything, or of one subscription."""

    subscription: int | None = None


@dataclass(frozen=True, slots=True)
class Forget:
    """Erase all that is kept of the chat: asked for, and confirmed."""


Choice = (
    ShowSettings | SetLanguage | SetZone | SetQuiet | SetLimit | SetEmpty | Pause | Resume | Forget
)

NONE = "-"
_NUMBER = re.compile(r"[1-9][0-9]{0,17}", re.ASCII)
_SPAN = re.compile(r"[1-9][0-9]{0,3}[hdw]", re.ASCII)
_ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+/-]{0,59}", re.ASCII)


def encode_choice(choice: Choice) -> str:
    """Return the callback data."""
    match choice:
        case ShowSettings(menu):
            return f"c:{menu}"
        case SetLanguage(language):
            return f"g:{language or NONE}"
        case SetZone(zone):
            return f"z:{zone}"
        case SetQuiet(quiet):
            return f"q:{quiet or NONE}"
        case SetLimit(limit):
            return f"m:{limit or NONE}"
        case SetEmpty(wanted):
            return f"e:{'y' if wanted else 'n'}"
        case Pause(span, subscription):
            return f"h:{span or NONE}:{subscription or NONE}"
        case Resume(subscription):
            return f"r:{subscription or NONE}"
        case Forget():
            return "X"


def decode_choice(data: str) -> Choice:
    """Return what `encode_choice` was given; raises `InputError` for anything else."""
    choice = _read(*data.split(":", 1)) if ":" in data else _read(data, None)
    if choice is None or encode_choice(choice) != data:
        raise InputError("the button is not one of ours")
    return choice


def _read(verb: str, value: str | None) -> Choice | None:
    match verb, value:
        case "X", None:
            return Forget()
        case "c", str() if value in set(Menu):
            return ShowSettings(Menu(value))
        case "g", str() if value == NONE or value in LANGUAGES:
            return SetLanguage(None if value == NONE else value)
        case "z", str() if _ZONE.fullmatch(value):
            return SetZone(value)
        case "q", str():
            return SetQuiet(None if value == NONE else parse_quiet(value))
        case "e", "y" | "n":
            return SetEmpty(value == "y")
        case "m", str():
            limit = _number(value)
            return None if limit is not None and limit > LARGEST_LIMIT else SetLimit(limit)
        case "r", str():
            return Resume(_number(value))
        case "h", str():
            span, _, subscription = value.partition(":")
            if span == NONE or _SPAN.fullmatch(span):
                return Pause("" if span == NONE else span, _number(subscription))
    return None


def _number(text: str) -> int | None:
    if text == NONE:
        return None
    if _NUMBER.fullmatch(text) is None:
        raise InputError("the button names no number")
    return int(text)
