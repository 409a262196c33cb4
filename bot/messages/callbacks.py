"""What a button says when it is pressed, in Telegram's 64 bytes.

A query can be longer than that, so buttons name a topic or a stored query. What comes back is not
trusted: anyone can send a press that no button of ours had.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from domain.errors import InputError

LIMIT = 64
"""Most bytes of callback data."""
TOPIC_LIMIT = 40
"""Longest topic slug that fits beside the rest; a longer one is referred to as a stored query."""


class Order(StrEnum):
    """In which order results are shown."""

    BEST = "b"
    NEWEST = "n"


@dataclass(frozen=True, slots=True)
class Ref:
    """A query by reference: a topic, a stored query, or (neither) everything."""

    topic: str | None = None
    saved: int | None = None


@dataclass(frozen=True, slots=True)
class ShowPage:
    """Show a page of a query's results; pages count from 1."""

    ref: Ref
    order: Order = Order.NEWEST
    page: int = 1


@dataclass(frozen=True, slots=True)
class ShowLatest:
    """Show the latest few of a query just followed."""

    ref: Ref


@dataclass(frozen=True, slots=True)
class Follow:
    """Follow a query, each new item as it comes."""

    ref: Ref


@dataclass(frozen=True, slots=True)
class ShowTopics:
    """Show a page of the topics: to look into, or to follow at once."""

    page: int = 1
    follow: bool = False


@dataclass(frozen=True, slots=True)
class ShowSubscriptions:
    """Show a page of the chat's subscriptions."""

    page: int = 1


@dataclass(frozen=True, slots=True)
class Stop:
    """End one subscription."""

    subscription: int


@dataclass(frozen=True, slots=True)
class StopAll:
    """End every subscription of the chat."""


Press = ShowPage | ShowLatest | Follow | ShowTopics | ShowSubscriptions | Stop | StopAll

_SLUG = re.compile(r"[a-z0-9-]{1,40}", re.ASCII)
_NUMBER = re.compile(r"[1-9][0-9]{0,17}", re.ASCII)


def encode(press: Press) -> str:
    """Return the callback data, at most 64 bytes."""
    match press:
        case ShowPage(ref, order, page):
            return f"p:{_encode_ref(ref)}:{order}:{page}"
        case ShowLatest(ref):
            return f"l:{_encode_ref(ref)}"
        case Follow(ref):
            return f"f:{_encode_ref(ref)}"
        case ShowTopics(page, follow):
            return f"{'F' if follow else 'T'}:{page}"
        case ShowSubscriptions(page):
            return f"S:{page}"
        case Stop(subscription):
            return f"s:{subscription}"
        case StopAll():
            return "x"


def decode(data: str) -> Press:
    """Return what `encode` was given; raises `InputError` for anything else."""
    match data.split(":"):
        case ["p", ref, ("b" | "n") as order, page]:
            return ShowPage(_decode_ref(ref), Order(order), _number(page))
        case ["l", ref]:
            return ShowLatest(_decode_ref(ref))
        case ["f", ref]:
            return Follow(_decode_ref(ref))
        case ["T" | "F" as verb, page]:
            return ShowTopics(_number(page), follow=verb == "F")
        case ["S", page]:
            return ShowSubscriptions(_number(page))
        case ["s", subscription]:
            return Stop(_number(subscription))
        case ["x"]:
            return StopAll()
    raise InputError("the button is not one of ours")


def start_payload(ref: Ref) -> str:
    """Return the `start=` part of a link to the bot that opens a topic or a stored query."""
    return f"q_{ref.saved}" if ref.saved is not None else ref.topic or ""


def decode_start(payload: str) -> Ref:
    """Return what `start_payload` was given; raises `InputError` for anything else."""
    if payload.startswith("q_"):
        return Ref(saved=_number(payload.removeprefix("q_")))
    return Ref(topic=_slug(payload)) if payload else Ref()


def _encode_ref(ref: Ref) -> str:
    if ref.saved is not None:
        return str(ref.saved)
    return f".{ref.topic}" if ref.topic is not None else "*"


def _decode_ref(text: str) -> Ref:
    if text == "*":
        return Ref()
    return Ref(topic=_slug(text[1:])) if text.startswith(".") else Ref(saved=_number(text))


def _slug(text: str) -> str:
    if _SLUG.fullmatch(text) is None:
        raise InputError("the button names no topic")
    return text


def _number(text: str) -> int:
    if _NUMBER.fullmatch(text) is None:
        raise InputError("the button names no page or subscription")
    return int(text)
