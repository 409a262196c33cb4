"""The addresses at which other programs read a query."""

from bot.messages.callbacks import Follow, Ref, ShowPage
from bot.messages.keyboards import button, keyboard
from bot.messages.text import LIMIT, Message, bold, cut, escape, link, size
from domain.links import FEED_FORMATS, Links

DESCRIPTION_LIMIT = 300
_CALLED = {"rss": "RSS", "atom": "Atom", "json": "JSON Feed"}


def feeds(query: str, description: str, links: Links) -> Message:
    """Return feeds, calendar and page of a canonical query, to open and to copy.

    Addresses too long to be shown are links alone.
    """
    named = [(_CALLED[form], links.feed(query, form)) for form in FEED_FORMATS]
    named += [("Calendar of its events", links.calendar(query)), ("Page", links.search(query))]
    if not query:
        named.append(("A feed for each topic, as OPML", links.topic_feeds()))
    title = bold(cut(description or "Everything", DESCRIPTION_LIMIT))
    lead = f"{title}\nfor a feed reader or a calendar; tap an address to copy it."
    full = "\n\n".join(
        [lead, *(f"{link(name, url)}\n<code>{escape(url)}</code>" for name, url in named)]
    )
    short = "\n".join([title, *(link(name, url) for name, url in named)])
    ref = Ref.to(query)
    row = [button("Show", ShowPage(ref)), button("🔔 Follow", Follow(ref))]
    return Message(full if size(full) <= LIMIT else short, keyboard(row))
