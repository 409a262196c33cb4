"""The table that a run prints."""

from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.table import Table


def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows under their columns, numbers to the right."""
    made = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        made.add_column(column, justify="left" if column == "run" else "right")
    for row in rows:
        made.add_row(*map(str, row))
    Console(width=140).print(made)
