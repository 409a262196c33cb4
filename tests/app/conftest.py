"""The command line, run in this process."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.cli import main

Run = Callable[..., tuple[int, str, str]]

LISTING = """News

3 May 2010
Coast guards meet in Athens

Officers from five countries met to speak about the smuggling of migrants by sea.

5 May 2010
Nouveau manuel sur la traite des personnes

Le manuel est destiné aux procureurs et aux juges.
"""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")

    def run_(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["topicwire", *arguments])
        with pytest.raises(SystemExit) as caught:
            main()
        captured = capsys.readouterr()
        return int(caught.value.code or 0), captured.out, captured.err

    return run_


@pytest.fixture
def listing(tmp_path: Path) -> str:
    path = tmp_path / "listing.txt"
    path.write_text(LISTING, encoding="utf-8")
    return str(path)


def records(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]
