"""`topicwire backup` and `restore`."""

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

from tests.app.conftest import Run

FILE = "copy.backup"


def test_a_store_comes_back_as_it_was(run: Run, listing: str, tmp_path: Path) -> None:
    assert run("import", listing)[0] == 0
    before = run("items", "--format", "jsonl")[1]
    code, out, err = run("backup", FILE)
    assert (code, out) == (0, "")
    assert err.startswith(f"{FILE}: ")
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600
    run("publish", "--title", "Written after the backup")
    code, _, err = run("restore", FILE)
    assert code == 0
    assert err.startswith("restored: 2 items, 0 chats\nthe former store is kept as ")
    assert run("items", "--format", "jsonl")[1] == before


def test_a_backup_goes_where_there_is_no_store(run: Run, listing: str, tmp_path: Path) -> None:
    run("import", listing)
    run("backup", FILE)
    (tmp_path / "data").rename(tmp_path / "lost")
    assert run("restore", FILE)[2] == "restored: 2 items, 0 chats\n"
    assert "Coast guards" in run("items", "coast")[1]


def test_a_store_in_use_is_left_alone(run: Run, listing: str, tmp_path: Path) -> None:
    run("import", listing)
    run("backup", FILE)
    with closing(sqlite3.connect(tmp_path / "data" / "topicwire.db")) as used:
        used.execute("SELECT count(*) FROM item").fetchone()
        code, _, err = run("restore", FILE)
    assert (code, err) == (1, "topicwire: the store is in use: stop Topicwire first\n")


def test_no_store_and_no_backup(run: Run, tmp_path: Path) -> None:
    code, _, err = run("backup", FILE)
    assert code == 1
    assert "Traceback" not in err
    assert not (tmp_path / FILE).exists()
    code, _, err = run("restore", FILE)
    assert (code, err) == (1, f"topicwire: {FILE}: is not a file\n")
