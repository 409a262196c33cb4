"""Items that the operator writes in a chat: read, shown as they would be, and published.

Nothing of a draft is kept: the question whether to publish it answers the message that has its
text, and its button holds a digest of that text, so that what is published is what was shown.
"""

import re
from dataclasses import dataclass
from hashlib import sha256

from bot.messages.callbacks import DropDraft, PublishDraft
from bot.messages.keyboards import button, keyboard
from bot.messages.text import Message, bold, cut, escape, link
from domain.errors import InputError
from domain.model import Draft

TITLE_LIMIT = 300
SUMMARY_LIMIT = 600
BODY_LIMIT = 600

_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)

USAGE = Message(
    "Send the item with the command, in one line:\n"
    "<code>/publish Title | summary | https://example.org/original</code>\n\n"
    "or with its text below the title:\n"
    "<code>/publish Title\nText, of as many paragraphs as you like.\n"
    "https://example.org/original</code>\n\n"
    "The address can be left out. I show how I read it, and ask before anything is sent."
)
NOT_PUBLISHED = Message("Not published.")
DRAFT_GONE = Message(
    "Not published: the message with the text was changed or deleted since I showed it. "
    "Send /publish with it again."
)
WITHDRAWN = Message(
    "Not published: the store has this item, and it was withdrawn. "
    "<code>topicwire withdraw --undo</code> shows it again."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A draft and what it was classified as, in words."""

    draft: Draft
    kind: str
    language: str
    topics: tuple[str, ...]
    countries: tuple[str, ...]
    summary: str


def digest(text: str) -> str:
    """Return what tells one text from any other: 128 bits of SHA-256, in hexadecimal."""
    return sha256(text.encode()).hexdigest()[:32]


def read_draft(text: str) -> Draft:
    """Return the item that an operator wrote: `Title | summary | address`, or a title and a body.

    An address that stands last, alone in its part or line, is the original's. Raises `InputError`.
    """
    title, is_long, body = text.strip().partition("\n")
    if is_long:
        parts, join = body.rstrip().splitlines(), "\n"
    else:
        title, _, summary = title.partition("|")
        parts, join = [part.strip() for part in summary.split("|")], " | "
    address = None
    if parts and _ADDRESS.fullmatch(parts[-1].strip()):
        address = parts.pop().strip()
    title, rest = title.strip(), join.join(parts).strip()
    if not title:
        raise InputError("it has no title")
    if len(title) > TITLE_LIMIT:
        raise InputError(f"the title has more than {TITLE_LIMIT} characters; put the text below it")
    if is_long:
        return Draft(title=title, body=rest, link=address)
    return Draft(title=title, summary=rest, link=address)


def unreadable_draft(why: str) -> Message:
    """Return what is wrong with a draft, and how one is written."""
    return Message(f"I cannot publish this: {escape(why)}.\n\n{USAGE.html}")


def ask_to_publish(preview: Preview, text: str) -> Message:
    """Return the draft of this text as it was read and classified, with the question."""
    draft = preview.draft
    facts = (
        ("Kind", preview.kind),
        ("Language", preview.language),
        ("Topics", ", ".join(preview.topics) or "none"),
        ("Countries", ", ".join(preview.countries) or "none"),
    )
    blocks = [
        f"{bold('Publish this?')} It goes to all who follow a query that it answers.",
        bold(draft.title),
        escape(cut(preview.summary, SUMMARY_LIMIT)),
        escape(cut(draft.body, BODY_LIMIT)) if draft.body != preview.summary else "",
        link(cut(draft.link, 200), draft.link) if draft.link else "",
        "\n".join(f"{name}: {escape(cut(value, 300))}" for name, value in facts),
    ]
    row = [button("Publish", PublishDraft(digest(text))), button("Cancel", DropDraft())]
    html = "\n\n".join(block for block in blocks if block)
    return Message(html, keyboard(row), quotes=True)


def published(status: str, block: str) -> Message:
    """Return what became of the item, whose block this is; `status` is as ingesting tells it."""
    lead = {
        "new": "Published; it is on its way to those who follow it.",
        "changed": "This item was known; it is changed now.",
        "same": "This item is known already: nothing is sent.",
    }[status]
    return Message(f"{lead}\n\n{block}")
