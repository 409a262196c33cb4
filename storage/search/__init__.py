"""Answering a query from the store: one interface and one meaning on both databases."""

from storage.search.find import Order, Page, find

__all__ = ["Order", "Page", "find"]
