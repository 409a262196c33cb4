"""Items as rows of CSV (RFC 4180) for a spreadsheet."""

import csv
import io
from collections.abc import Iterable

from domain.links import Links
from domain.model import Item
from domain.text import clean
from feeds.publish.itemjson import item_json

CSV_TYPE = "text/csv; charset=utf-8; header=present"
COLUMNS = (
    "id published kind lang title summary body topics countries starts ends source link url "
    "photo_credit story added updated"
).split()
_FORMULA = tuple("=+-@\t\n＝＋－＠")


def csv_row(item: Item, links: Links) -> str:
    """Return the item's row; the values of a list are parted by a blank.

    A text that a spreadsheet would run as a formula gets an apostrophe in front.
    """
    values = item_json(item, links)
    return _row(_cell(values[name]) for name in COLUMNS)


def _cell(value: object) -> str:
    if value is None:
        return ""
    text = " ".join(map(str, value)) if isinstance(value, list) else clean(str(value))
    return f"'{text}" if text.startswith(_FORMULA) else text


def _row(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()


HEAD = _row(COLUMNS)
"""The row that names the columns."""
