"""Upstream sources: what they are, when they are read again, and what in them is news."""

from domain.sources.model import Hints, Selectors, Source, SourceKind, SourceState

__all__ = ["Hints", "Selectors", "Source", "SourceKind", "SourceState"]
