"""How commands print: data on stdout as a table or JSON lines, everything else on stderr."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Annotated, Any

import typer


class Format(StrEnum):
    """How a list is printed."""

    TABLE = "table"
    JSONL = "jsonl"


FormatOption = Annotated[Format, typer.Option("--format", help="How to print the list.")]


_WIDEST = 10_000


def note(text: str) -> None:
    """Write a line for the person at the terminal."""
    sys.stderr.write(text + "\n")


def print_jsonl(records: Iterable[Mapping[str, Any]]) -> None:
    """Write one JSON object a line, UTF-8 as it is."""
    for record in records:
        sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a table, as wide as the terminal; into a file or pipe, as wide as its content."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*columns, box=None, pad_edge=False, header_style="bold")
    for row in rows:
        table.add_row(*(Text(str(cell)) for cell in row))
    console = Console()
    if not console.is_terminal:
        console = Console(width=_WIDEST, no_color=True)
        console.width = max(console.measure(table).maximum, 1)
    console.print(table)


def print_records(
    format_: Format, records: Sequence[Mapping[str, Any]], columns: Sequence[str]
) -> None:
    """Write records as JSON lines, or the named columns of them as a table."""
    if format_ is Format.JSONL:
        print_jsonl(records)
    else:
        print_table(columns, [[_cell(record.get(name)) for name in columns] for record in records])


def _cell(value: object) -> object:
    if isinstance(value, list | tuple):
        return " ".join(map(str, value))
    return "" if value is None else value
