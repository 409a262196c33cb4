"""The forms in which items leave as records, one after the other."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from domain.links import Links
from domain.model import Item
from feeds.publish.channel import Names
from feeds.publish.citations import BIBTEX_TYPE, RIS_TYPE, bibtex, ris
from feeds.publish.itemjson import item_json
from feeds.publish.table import CSV_TYPE, HEAD, csv_row

JSONL_TYPE = "application/jsonl; charset=utf-8"


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A form of records: how it is called and served, and what writes one."""

    title: str
    extension: str
    media_type: str
    record: Callable[[Item, Links, Names], str]
    head: str = ""
    """What comes before the first record."""


def _jsonl(item: Item, links: Links, _names: Names) -> str:
    return json.dumps(item_json(item, links), ensure_ascii=False) + "\n"


def _csv(item: Item, links: Links, _names: Names) -> str:
    return csv_row(item, links)


EXPORTS = {
    "jsonl": ExportFormat("JSON Lines", "jsonl", JSONL_TYPE, _jsonl),
    "csv": ExportFormat("CSV", "csv", CSV_TYPE, _csv, HEAD),
    "bibtex": ExportFormat("BibTeX", "bib", BIBTEX_TYPE, bibtex),
    "ris": ExportFormat("RIS", "ris", RIS_TYPE, ris),
}
"""By the name that the command line knows."""
