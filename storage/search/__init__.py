"""Answering a query from the store: one interface and one meaning on both databases."""

from storage.search.answer import Answer, Near, Read, answer
from storage.search.find import Order, Page, find
from storage.search.walk import walk

__all__ = ["Answer", "Near", "Order", "Page", "Read", "answer", "find", "walk"]
