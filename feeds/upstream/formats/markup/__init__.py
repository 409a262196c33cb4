"""HTML of others: written anew, sanitised, and kept where it tells more than its text."""

from feeds.upstream.formats.markup.sanitise import MAX_KEPT, is_sanitised, kept_markup

__all__ = ["MAX_KEPT", "is_sanitised", "kept_markup"]
