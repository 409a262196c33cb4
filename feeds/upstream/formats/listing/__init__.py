"""Listing pages as plain text: one reader, by rules of layout."""

from feeds.upstream.formats.listing.model import Entry, LineAccount, Listing, Role
from feeds.upstream.formats.listing.reader import read_listing

__all__ = ["Entry", "LineAccount", "Listing", "Role", "read_listing"]
