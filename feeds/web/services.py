"""What the web application is given: values, the store, and a few questions that it may ask."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from ipaddress import IPv4Network, IPv6Network

from domain.links import Links
from domain.model import Item
from domain.query import Names
from domain.taxonomy import Taxonomy
from domain.topics import Reason
from feeds.web.documents import Documents
from storage.database import Database


@dataclass(frozen=True, kw_only=True)
class WebServices:
    """Everything that pages, feeds and API need."""

    db: Database
    vocabulary: Names
    taxonomy: Taxonomy
    links: Links
    clock: Callable[[], datetime]
    """Returns aware UTC."""
    title: str
    """Name of this news service."""
    documents: Documents
    """Tell it the store's version twice a second; see `Documents.observe`."""
    follow_url: Callable[[str], str | None]
    """Canonical query → address at which a chat with the bot follows it; None without a bot."""
    reasons: Callable[[Item], Sequence[Reason]]
    """Why an item has its topics, heaviest first."""
    hub: str = ""
    """Address of the WebSub hub that feeds name; empty for none."""
    ready: Callable[[], str | None]
    """Returns None when the service does its work, else the reason in plain words."""
    trusted_proxies: Sequence[IPv4Network | IPv6Network] = ()
    """Whose word is taken on who asks (X-Forwarded-For)."""
