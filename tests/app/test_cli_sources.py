"""The commands about sources, against a real server on loopback."""

import logging
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import structlog

from feeds.upstream.formats.opml import read_opml
from tests.app.conftest import LISTING, Run, records

FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Office news</title>
<item><title>One</title><guid>1</guid><link>/one</link></item></channel></rss>"""
PAGE = """<!doctype html><html><head><title>Office</title>
<link rel="alternate" type="application/rss+xml" href="/feed.xml"></head><body>Hello</body>"""
TABLE = """<html><title>Table</title>
<div class="n"><a href="/x">Two</a><span>2 May 2024</span></div></html>"""


@pytest.fixture(autouse=True)
def _logs() -> Iterator[None]:
    """Undo what a command sets up for the whole process."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("TOPICWIRE_ALLOW_PRIVATE_SOURCES", "true")
    folder = tmp_path / "site"
    folder.mkdir()
    files = {"feed.xml": FEED, "index.html": PAGE, "table.html": TABLE}
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_page_leads_to_its_feed_which_is_added_read_and_removed(run: Run, site: str) -> None:
    code, out, err = run("sources", "add", f"{site}/", "--yes", "--format", "jsonl")
    assert code == 0, err
    assert records(out) == [{"published": None, "title": "One", "link": f"{site}/one"}]
    assert "added as office-news" in err
    code, out, _ = run("sources", "poll", "--format", "jsonl")
    (outcome,) = records(out)
    assert (code, outcome["source"], outcome["new"], outcome["problem"]) == (
        0, "office-news", 1, None)  # fmt: skip
    (listed,) = records(run("sources", "list", "--format", "jsonl")[1])
    assert (listed["kind"], listed["address"], listed["items"]) == ("rss", f"{site}/feed.xml", 1)
    assert run("sources", "pause", "office-news")[0] == 0
    assert records(run("sources", "poll", "--format", "jsonl")[1]) == []
    (outcome,) = records(run("sources", "poll", "office-news", "--format", "jsonl")[1])
    assert (outcome["problem"], outcome["next_poll"]) == (None, None)
    (listed,) = records(run("sources", "list", "--format", "jsonl")[1])
    assert (listed["state"], listed["next_poll"]) == ("paused", None)
    assert run("sources", "resume", "office-news", "other")[0] == 1
    assert run("sources", "resume", "office-news")[0] == 0
    (listed,) = records(run("sources", "list", "--format", "jsonl")[1])
    assert (listed["state"], listed["next_poll"]) != ("on", None)
    assert run("sources", "remove", "office-news")[0] == 0
    assert records(run("sources", "list", "--format", "jsonl")[1]) == []
    assert len(records(run("items", "--format", "jsonl")[1])) == 1


def test_selectors_and_a_folder(run: Run, site: str, tmp_path: Path) -> None:
    selected = ("--item", ".n", "--item-date", "span", "--name", "table", "--yes")
    code, out, err = run("sources", "add", f"{site}/table.html", *selected, "--format", "jsonl")
    assert code == 0, err
    assert records(out) == [{"published": "2024-05-02", "title": "Two", "link": f"{site}/x"}]
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "page.txt").write_text(LISTING, encoding="utf-8")
    code, out, err = run("sources", "add", str(inbox), "--yes", "--format", "jsonl")
    assert (code, len(records(out))) == (0, 2)
    outcomes = records(run("sources", "poll", "--format", "jsonl")[1])
    assert {outcome["source"]: outcome["new"] for outcome in outcomes} == {"inbox": 2, "table": 1}


def test_opml_in_and_out(run: Run, site: str, tmp_path: Path) -> None:
    opml = tmp_path / "in.opml"
    opml.write_text(
        '<opml version="1.0"><body><outline text="Group"><outline text="A &amp; B"'
        ' xmlUrl="https://a.example/feed"/><outline title="Б" xmlurl="https://b.example/feed"/>'
        '<outline text="again" xmlUrl="https://a.example/feed"/><outline xmlUrl="javascript:x"/>'
        "</outline></body></opml>",
        encoding="utf-8",
    )
    code, out, _ = run("sources", "import", str(opml), "--format", "jsonl")
    assert code == 0
    assert [(one["result"], one["name"]) for one in records(out)] == [
        ("added", "a-b"), ("added", "b-example")]  # fmt: skip
    again = records(run("sources", "import", str(opml), "--format", "jsonl")[1])
    assert {one["result"] for one in again} == {"there already"}
    run("sources", "add", f"{site}/table.html", "--item", ".n", "--yes")
    code, out, err = run("sources", "export")
    assert [(one.title, one.address) for one in read_opml(out.encode())] == [
        ("A & B", "https://a.example/feed"), ("Б", "https://b.example/feed")]  # fmt: skip
    assert "1 sources are no feeds" in err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("remove", "nothing"), "there is no source nothing"),
        (("poll", "nothing"), "there is no source nothing"),
        (("add", "{site}/none.html", "--yes"), "nothing at this address (HTTP 404)"),
        (("add", "", "--yes"), "its address is no web address"),
        (("add", "{folder}/none", "--yes"), "there is no such folder"),
        (("add", "{site}/index.html", "--kind", "json"), "a web page in place of a feed"),
        (("add", "{site}/table.html"), "neither a feed nor dated entries"),
        (("add", "{site}/table.html", "--item", "a[["), "the selector 'a[[' cannot be read"),
        (("add", "{site}/", "--name", "No Name"), "small letters"),
        (("add", "{site}/"), "not added; --yes"),
        (("import", "{folder}/site/feed.xml"), "feed.xml: not an OPML document"),
    ],
)
def test_what_goes_wrong_is_said(
    run: Run, site: str, tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    filled = [one.format(site=site, folder=tmp_path) for one in arguments]
    code, _, err = run("sources", *filled)
    assert code == 1
    assert message in err
    assert records(run("sources", "list", "--format", "jsonl")[1]) == []


def test_parts_without_items_are_wrong_usage(run: Run) -> None:
    code, _, err = run("sources", "add", "https://x.example/", "--item-date", "time")
    assert code == 2
    assert "--item" in err


def test_a_source_in_trouble_makes_poll_fail(run: Run, site: str, tmp_path: Path) -> None:
    run("sources", "add", f"{site}/feed.xml", "--yes")
    (tmp_path / "site" / "feed.xml").unlink()
    code, out, _ = run("sources", "poll", "office-news", "--format", "jsonl")
    assert (code, records(out)[0]["problem"]) == (1, "there is nothing at this address (HTTP 404)")


def test_the_shipped_sources_are_off_and_say_where_they_were_seen(run: Run) -> None:
    shipped = records(run("sources", "list", "--shipped", "--format", "jsonl")[1])
    assert len(shipped) > 10
    assert all(one["seen"] and one["address"].startswith("https://") for one in shipped)
    assert records(run("sources", "list", "--format", "jsonl")[1]) == []
