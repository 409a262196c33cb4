"""Answering a query from the store: one interface and one meaning on both databases."""

from storage.search.after import Place, Step, stories_after
from storage.search.answer import Answer, Near, Read, answer
from storage.search.archive import Part, end_after, last_edition, part_to
from storage.search.facets import Facets, count_facets, per_day, times_of
from storage.search.find import Order, Page, count_stories, edited, find
from storage.search.walk import walk

__all__ = [
    "Answer",
    "Facets",
    "Near",
    "Order",
    "Page",
    "Part",
    "Place",
    "Read",
    "Step",
    "answer",
    "count_facets",
    "count_stories",
    "edited",
    "end_after",
    "find",
    "last_edition",
    "part_to",
    "per_day",
    "stories_after",
    "times_of",
    "walk",
]
