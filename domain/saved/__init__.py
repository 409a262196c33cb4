"""Saved queries against a new item: which of very many match, without trying each."""

from domain.saved.frequency import Frequencies
from domain.saved.index import SavedIndex

__all__ = ["Frequencies", "SavedIndex"]
