"""The query language: one for the bot, the command line, feeds, the API and subscriptions."""

from domain.query.describe import describe
from domain.query.names import Field, Named, NameIndex, Names
from domain.query.parser import parse, tree_of
from domain.query.query import EVERYTHING, Query

__all__ = [
    "EVERYTHING",
    "Field",
    "NameIndex",
    "Named",
    "Names",
    "Query",
    "describe",
    "parse",
    "tree_of",
]
