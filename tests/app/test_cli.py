"""The command line, in this process: what it prints where, and its exit codes."""

import sqlite3
from pathlib import Path

import pytest

from feeds.upstream.formats.decode import MAX_BYTES
from tests.app.conftest import LISTING, Run, records


def test_parse_prints_items_and_makes_no_store(run: Run, listing: str, tmp_path: Path) -> None:
    code, out, _ = run("parse", listing, "--format", "jsonl")
    assert code == 0
    first, second = records(out)
    assert (first["published"], first["lang"], first["title"]) == (
        "2010-05-03", "en", "Coast guards meet in Athens")  # fmt: skip
    assert (second["lang"], second["kind"]) == ("fr", "publication")
    assert not (tmp_path / "data").exists()


def test_what_parse_prints_is_what_the_store_holds(run: Run, listing: str) -> None:
    parsed = records(run("parse", listing, "--format", "jsonl")[1])
    assert run("import", listing, "--source", "unodc", "--quiet")[0] == 0
    stored = records(run("items", "--format", "jsonl")[1])
    times = {"added": None, "updated": None}
    assert sorted(({**item, **times} for item in parsed), key=lambda item: item["id"]) == sorted(
        ({**item, **times} for item in stored), key=lambda item: item["id"]
    )


def test_explain_accounts_for_every_line(run: Run, listing: str) -> None:
    lines = records(run("parse", listing, "--explain", "--format", "jsonl")[1])
    assert [line["text"] for line in lines] == [
        line.strip() for line in LISTING.splitlines() if line.strip()
    ]
    assert lines[0]["role"] == "noise"


def test_import_counts_and_items_answers(run: Run, listing: str) -> None:
    assert records(run("import", listing, "--format", "jsonl")[1])[0]["new"] == 2
    assert records(run("import", listing, "--format", "jsonl")[1])[0]["same"] == 2
    code, out, err = run("items", "coast", "guard")
    assert code == 0
    assert "Coast guards meet in Athens" in out
    assert err == "1 of 1 items\n"
    assert "smuggling-by-sea" in run("topics")[1]
    assert "items" in run("stats")[1]


def test_items_exported_are_imported_again_as_the_same(
    run: Run, listing: str, tmp_path: Path
) -> None:
    run("import", listing)
    (tmp_path / "items.jsonl").write_text(run("items", "--format", "jsonl")[1], encoding="utf-8")
    assert records(run("import", "items.jsonl", "--format", "jsonl")[1])[0]["same"] == 2


def test_publish_says_where_the_item_is(run: Run) -> None:
    code, out, _ = run(
        "publish", "--title", "Ship stopped", "--topic", "smuggling-by-sea", "--kind", "news",
        "--url", "https://example.org/ship", "--lang", "en", "--format", "jsonl",
    )  # fmt: skip
    assert code == 0
    (item,) = records(out)
    assert item["topics"] == ["migrant-smuggling", "smuggling-by-sea"]
    assert item["link"] == "https://example.org/ship"
    assert str(item["url"]).startswith("http://127.0.0.1:8000/items/")


def test_a_correction_keeps_the_id_and_what_is_not_given(run: Run) -> None:
    (item,) = records(run("publish", "--title", "Ship stopped", "--lang", "en", "--urgent",
        "--topic", "smuggling-by-sea", "--body", "Off Malta.", "--format", "jsonl")[1])  # fmt: skip
    for name in (item["id"], item["url"], str(item["url"]).rpartition("/")[2]):
        arguments = ["--replaces", name, "--title", "Ship seized", "--format", "jsonl"]
        (fixed,) = records(run("publish", *arguments)[1])
        assert fixed["status"] == ("changed" if name == item["id"] else "same")
        assert (fixed["id"], fixed["title"], fixed["body"], fixed["topics"]) == (
            item["id"], "Ship seized", "Off Malta.", item["topics"])  # fmt: skip
    assert run("publish", "--title", "T", "--replaces", "2009-06-22-0000000000")[0] == 1


def test_what_an_item_said_before_can_be_forgotten(run: Run) -> None:
    publish = ("publish", "--title", "Ship seized", "--lang", "en", "--format", "jsonl")
    (item,) = records(run(*publish, "--body", "With the names of victims.")[1])
    arguments = ["--replaces", str(item["id"]), "--body", "Off Malta."]
    assert run(*publish, *arguments)[::2] == (0, "")
    code, out, err = run(*publish, *arguments, "--erase")
    assert (code, records(out)[0]["status"]) == (0, "same")
    assert err.startswith("what it said before is forgotten")
    assert run(*publish, "--erase")[0] == 2


def test_an_item_is_withdrawn_and_shown_again(run: Run) -> None:
    publish = ("publish", "--title", "Ship stopped", "--lang", "en", "--format", "jsonl")
    (item,) = records(run(*publish)[1])
    assert run("withdraw", str(item["url"])) == (0, "", "withdrawn; messages that were sent stay\n")
    assert run("withdraw", str(item["id"]))[2] == "it was withdrawn before\n"
    assert run("items", "--format", "jsonl")[1] == ""
    code, out, err = run(*publish)
    assert (code, out) == (1, "")
    assert "withdraw --undo" in err
    assert run("publish", "--title", "T", "--replaces", str(item["id"]))[0] == 1
    assert run("withdraw", "--undo", str(item["id"]))[2] == "shown again\n"
    assert run("withdraw", "--undo", str(item["id"]))[2] == "it is not withdrawn\n"
    assert len(records(run("items", "--format", "jsonl")[1])) == 1
    code, _, err = run("withdraw", "2009-06-22-0000000000")
    assert (code, err) == (1, "topicwire: There is no such item.\n")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["publish", "--title", "T", "--topic", "gossip"], 1, "no topic gossip"),
        (["publish", "--title", " "], 1, "needs a title"),
        (["publish"], 2, "--title"),
        (["items", "(ship"], 1, "character"),
        (["items", "--limit", "0"], 2, "--limit"),
        (["import", "nowhere.txt"], 2, "nowhere.txt"),
        (["gossip"], 2, "gossip"),
        (["run", "--role", "king"], 2, "--role"),
    ],
)
def test_wrong_use(run: Run, arguments: list[str], code: int, message: str) -> None:
    given, out, err = run(*arguments)
    assert given == code
    assert out == ""
    assert message in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (bytes(range(256)) * 40, "not a text"),
        (b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a '&b;'>]><rss/>", "entities"),
        (b'{"title": "T"}\n{"title": 7}\n', "bad:2: a value"),
        (b"x" * (MAX_BYTES + 1), "too large"),
        (b"no date, no news\n", "no entry"),
    ],
)
@pytest.mark.parametrize("command", ["import", "seed"])
def test_a_broken_document_leaves_the_store_untouched(
    run: Run, listing: str, tmp_path: Path, data: bytes, message: str, command: str
) -> None:
    (tmp_path / "bad").write_bytes(data)
    code, out, err = run(command, listing, "bad")
    assert code == 1
    assert out == ""
    assert err.startswith("topicwire: bad")
    assert message in err
    assert err.count("\n") == 1
    assert records(run("items", "--format", "jsonl")[1]) == []


def test_a_store_from_a_newer_version_is_refused(run: Run, listing: str, tmp_path: Path) -> None:
    run("import", listing)
    with sqlite3.connect(tmp_path / "data" / "topicwire.db") as store:
        store.execute("UPDATE alembic_version SET version_num = '9999'")
    store.close()
    for command in (["items"], ["import", listing], ["run"], ["migrate"]):
        code, out, err = run(*command)
        assert (code, out) == (1, "")
        assert err == "topicwire: the store was written by a newer version of Topicwire\n"


def test_a_wrong_setting_is_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOPICWIRE_TIMEZONE", "Mars")
    for command in (["run"], ["demo"], ["items"]):
        code, _, err = run(*command)
        assert code == 1
        assert err.startswith("topicwire: TOPICWIRE_TIMEZONE: ")
        assert err.count("\n") == 1


def test_a_folder_that_cannot_be_made(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("TOPICWIRE_DATA_DIR", str(tmp_path / "file"))
    code, _, err = run("items")
    assert code == 1
    assert err.startswith("topicwire: DATA_DIR cannot be made")


def test_migrate_and_doctor(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOPICWIRE_HTTP_PORT", "0")
    code, out, _ = run("doctor")
    assert code == 1
    assert "store" in out
    assert run("migrate")[0] == 0
    code, out, _ = run("doctor", "--format", "jsonl")
    assert code == 0
    results = {record["check"]: record["result"] for record in records(out)}
    assert results == {
        "settings": "ok", "telegram": "off", "store": "ok", "topics and places": "ok", "http": "ok",
    }  # fmt: skip
    monkeypatch.setenv("TOPICWIRE_TIMEZONE", "Mars")
    assert run("doctor")[0] == 1


TOPICS = """
[[topic]]
slug = "sea"
[topic.en]
name = "At sea"
strong = ["coast guards"]
"""


def test_topics_of_the_operator(run: Run, listing: str, tmp_path: Path) -> None:
    run("import", listing)
    assert "20 topics as shipped: usable" in run("topics", "--check")[2]
    (tmp_path / "data" / "topics.toml").write_text("[[topic]]\nslug = 7\n")
    code, _, err = run("topics", "--check")
    assert code == 1
    assert err.startswith("topicwire: ")
    assert err.count("\n") == 1
    (tmp_path / "data" / "topics.toml").write_text(TOPICS)
    assert "1 topics in" in run("topics", "--check")[2]
    assert "2 items are classified otherwise" in run("reclassify")[2]
    assert [record["items"] for record in records(run("topics", "--format", "jsonl")[1])] == [1]
    assert "0 items are classified otherwise" in run("reclassify")[2]


def test_help_names_every_command(run: Run) -> None:
    _, out, _ = run("--help")
    for command in ("run", "demo", "seed", "parse", "items", "topics", "import", "publish",
                    "migrate", "doctor", "stats"):  # fmt: skip
        assert command in out


def test_relinking_says_what_changed(run: Run, listing: str) -> None:
    run("seed", listing)
    assert run("relink") == (0, "", "0 items are in another story than before\n")
