"""The command `export`, in this process."""

import csv
import json
from pathlib import Path

import pytest
import rispy
from bibtexparser.entrypoint import parse_string

from tests.app.conftest import Run, records
from tests.feeds.validate import problems


@pytest.fixture
def filled(run: Run, listing: str) -> Run:
    assert run("import", listing, "--quiet")[0] == 0
    return run


def test_all_items_are_json_lines_unless_asked_otherwise(filled: Run) -> None:
    code, out, err = filled("export")
    assert (code, err) == (0, "")
    assert [item["published"] for item in records(out)] == ["2010-05-05", "2010-05-03"]
    _, listed, _ = filled("items", "--format", "jsonl")
    assert {item["id"] for item in records(listed)} == {item["id"] for item in records(out)}


def test_a_query_chooses_the_items(filled: Run) -> None:
    _, out, _ = filled("export", "lang:fr", "--as", "csv")
    assert [row["lang"] for row in csv.DictReader(out.splitlines(keepends=True))] == ["fr"]
    _, out, _ = filled("export", "coast", "guards", "--as", "bibtex")
    (entry,) = parse_string(out).entries
    assert entry["title"] == "{Coast guards meet in Athens}"
    _, out, _ = filled("export", "after:2010-05-04", "--as", "ris")
    assert [record["date"] for record in rispy.loads(out)] == ["2010/05/05/"]


def test_items_name_their_source_by_its_title(run: Run, listing: str) -> None:
    folder = str(Path(listing).parent)
    added = run(
        "sources", "add", folder, "--name", "port", "--title", "Police of the Port", "--yes"
    )
    assert added[0] == 0
    assert run("import", listing, "--quiet", "--source", "port")[0] == 0
    records_ = rispy.loads(run("export", "--as", "ris")[1])
    assert {name for record in records_ for name in record["authors"]} == {"Police of the Port"}


@pytest.mark.parametrize("form", ["rss", "atom", "json"])
def test_feeds_are_valid_and_whole(filled: Run, form: str) -> None:
    _, out, _ = filled("export", "--as", form)
    assert problems(form, out.encode()) == []
    assert out.count("Coast guards meet in Athens") >= 1
    assert out.count("Nouveau manuel") >= 1


def test_feeds_have_the_links_of_upstreams_texts(run: Run, tmp_path: Path) -> None:
    link = '<a href="https://un.example/1" rel="nofollow noopener noreferrer">this</a>'
    item = {"id": "1", "title": "Out", "content_html": f"See {link}<img src=x>"}
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [item]}
    (tmp_path / "feed.json").write_text(json.dumps(feed))
    assert run("import", str(tmp_path / "feed.json"), "--quiet")[0] == 0
    (shown,) = json.loads(run("export", "--as", "json")[1])["items"]
    assert shown["content_html"] == f"See {link}"
    (record,) = records(run("export")[1])
    assert (record["body"], "markup" in record) == ("See this", False)


def test_what_cannot_be_read_is_said(filled: Run) -> None:
    assert filled("export", "topic:nothing-like-it")[0] == 1
    assert filled("export", "--as", "pdf")[0] == 2
    code, out, _ = filled("export", "nothing-like-this", "--as", "ris")
    assert (code, out) == (0, "")
