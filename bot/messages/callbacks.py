"""What a button says when it is pressed, in Telegram's 64 bytes.

A query can be longer than that: then it is read from the link in the message that has the button.
What comes back is not trusted: anyone can send a press that no button of ours had.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.messages.choices import Choice, decode_choice, encode_choice
from domain.errors import InputError

LIMIT = 64
"""Most bytes of callback data."""
QUERY_LIMIT = LIMIT - len("p:n:999999:=")
"""Most bytes of a query that a button can hold itself."""


class Order(StrEnum):
    """In which order results are shown."""

    BEST = "b"
    NEWEST = "n"


@dataclass(frozen=True, slots=True)
class Ref:
    """A canonical query as a button names it."""

    query: str | None
    """None where it is too long for a button: the one that the message links to."""

    @classmethod
    def to(cls, query: str) -> "Ref":
        """Name a canonical query."""
        return cls(query if len(query.encode()) <= QUERY_LIMIT else None)


EVERYTHING = Ref("")


@dataclass(frozen=True, slots=True)
class ShowPage:
    """Show a page of a query's results; pages count from 1."""

    ref: Ref
    order: Order = Order.NEWEST
    page: int = 1


@dataclass(frozen=True, slots=True)
class ShowLatest:
    """Show the latest few of a query just followed."""

    subscription: int


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


@dataclass(frozen=True, slots=True)
class PublishDraft:
    """Publish the text that the message with the button answers, if it is still the same."""

    digest: str
    """Of the text that was shown."""


@dataclass(frozen=True, slots=True)
class DropDraft:
    """Do not publish it."""


Press = (
    ShowPage
    | ShowLatest
    | Follow
    | ShowTopics
    | ShowSubscriptions
    | Stop
    | StopAll
    | PublishDraft
    | DropDraft
    | Choice
)

_DIGEST = re.compile(r"[0-9a-f]{32}", re.ASCII)
_NUMBER = re.compile(r"[1-9][0-9]{0,17}", re.ASCII)


def encode(press: Press) -> str:
    """Return the callback data: at most 64 bytes, where queries are named by `Ref.to`."""
    match press:
        case ShowPage(ref, order, page):
            return f"p:{order}:{page}:{_encode_ref(ref)}"
        case ShowLatest(subscription):
            return f"l:{subscription}"
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
        case PublishDraft(digest):
            return f"P:{digest}"
        case DropDraft():
            return "N"
        case _:
            return encode_choice(press)


def decode(data: str) -> Press:
    """Return what `encode` was given; raises `InputError` for anything else."""
    verb, _, rest = data.partition(":")
    match verb, *rest.split(":", 2):
        case "p", ("b" | "n") as order, page, ref:
            return ShowPage(_decode_ref(ref), Order(order), _number(page))
        case "l", subscription:
            return ShowLatest(_number(subscription))
        case "f", *_:
            return Follow(_decode_ref(rest))
        case "T" | "F", page:
            return ShowTopics(_number(page), follow=verb == "F")
        case "S", page:
            return ShowSubscriptions(_number(page))
        case "s", subscription:
            return Stop(_number(subscription))
        case "x", "" if data == "x":
            return StopAll()
        case "P", digest if _DIGEST.fullmatch(digest):
            return PublishDraft(digest)
        case "N", "" if data == "N":
            return DropDraft()
    return decode_choice(data)


def _encode_ref(ref: Ref) -> str:
    return "^" if ref.query is None else f"={ref.query}"


def _decode_ref(text: str) -> Ref:
    if text == "^":
        return Ref(None)
    if not text.startswith("="):
        raise InputError("the button names no query")
    return Ref(text[1:])


def _number(text: str) -> int:
    if _NUMBER.fullmatch(text) is None:
        raise InputError("the button names no page or subscription")
    return int(text)
