"""Answering a query from the store: one interface and one meaning on both databases."""

from storage.search.answer import Answer, Near, Read, answer
from storage.search.archive import Part, last_arrival, part_to
from storage.search.find import COUNTED, Order, Page, find
from storage.search.walk import walk

__all__ = [
    "COUNTED",
    "Answer",
    "Near",
    "Order",
    "Page",
    "Part",
    "Read",
    "answer",
    "find",
    "last_arrival",
    "part_to",
    "walk",
]
