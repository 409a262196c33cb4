"""Nine feed readers, each run as its users run it: fetch a feed, and say which entries it shows."""

import configparser
import json
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

PLACE = Path(".readers").absolute()
"""Where `install.sh` puts what does not come from the system."""
PYTHON = PLACE / "venv" / "bin" / "python"
SECONDS = 60


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader: what it needs, the formats that it reads, and how it is run.

    `fetch` takes a folder of the reader's own, which it finds again the next time, and the feed's
    address; it returns the titles that the reader shows by then, in any order.
    """

    name: str
    needs: str | Path
    formats: tuple[str, ...]
    fetch: Callable[[Path, str], list[str]]
    validates_from: int | None = None
    """From which fetch on it sends validators; None for never."""

    @property
    def is_here(self) -> bool:
        """Whether it can be run."""
        return shutil.which(str(self.needs)) is not None


def _run(*command: str | Path, folder: Path) -> str:
    done = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env={"HOME": str(folder), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"exit code {done.returncode}: {done.stderr.strip()[-300:]}")
    return done.stdout


def _newsboat(folder: Path, address: str) -> list[str]:
    (folder / "urls").write_text(f"{address}\n")
    (folder / "config").write_text("reload-threads 1\n")
    files = ["-u", "urls", "-c", "cache.db", "-C", "config"]
    _run("newsboat", *files, "-x", "reload", folder=folder)
    with sqlite3.connect(folder / "cache.db") as cache:
        return [title for (title,) in cache.execute("SELECT title FROM rss_item")]


def _sfeed(folder: Path, address: str) -> list[str]:
    kept = folder / "feeds"
    (folder / "sfeedrc").write_text(
        f'sfeedpath="{kept}"\nfeeds() {{\n\tfeed "news" "{address}"\n}}\n'
    )
    _run("sfeed_update", folder / "sfeedrc", folder=folder)
    return [line.split("\t")[1] for line in (kept / "news").read_text().splitlines()]


def _rss2email(folder: Path, address: str) -> list[str]:
    files = ["-c", str(folder / "config"), "-d", str(folder / "data.json")]
    mails = folder / "mails"
    if not mails.exists():
        for part in ("cur", "new", "tmp"):
            (mails / "inbox" / part).mkdir(parents=True)
        _run("r2e", *files, "new", "reader@example.org", folder=folder)
        settings = configparser.ConfigParser(interpolation=None)
        settings.read(folder / "config")
        settings["DEFAULT"].update(
            {
                "email-protocol": "maildir",
                "maildir-path": str(mails),
                "maildir-mailbox": "inbox",
            }
        )
        with (folder / "config").open("w") as file:
            settings.write(file)
        _run("r2e", *files, "add", "news", address, folder=folder)
    _run("r2e", *files, "run", folder=folder)
    script = (
        "import sys, json, email, email.policy, pathlib\n"
        "read = lambda p: email.message_from_bytes(p.read_bytes(), policy=email.policy.default)\n"
        "mails = pathlib.Path(sys.argv[1]).rglob('new/*')\n"
        "print(json.dumps([str(read(p)['subject']) for p in mails]))"
    )
    subjects: list[str] = json.loads(_run(PYTHON, "-c", script, mails, folder=folder))
    return subjects


_FEEDPARSER = """
import feedparser, json, pathlib, sys
kept = pathlib.Path("kept.json")
before = json.loads(kept.read_text()) if kept.exists() else {"titles": {}}
told = {key: before[key] for key in ("etag", "modified") if before.get(key)}
read = feedparser.parse(sys.argv[1], **told)
assert read.status in (200, 304) and not read.bozo, read
before["titles"] |= {entry.id: entry.title for entry in read.entries}
if read.status == 200:
    before |= {"etag": read.get("etag"), "modified": read.get("modified")}
kept.write_text(json.dumps(before))
print(json.dumps(list(before["titles"].values())))
"""
_READER = """
import json, sys
from reader import make_reader
with make_reader("reader.db") as reader:
    reader.add_feed(sys.argv[1], exist_ok=True)
    reader.update_feed(sys.argv[1])
    print(json.dumps([entry.title for entry in reader.get_entries()]))
"""
_RSS_PARSER = """
const Parser = require("rss-parser");
new Parser().parseURL(process.argv[1]).then(
  (feed) => console.log(JSON.stringify(feed.items.map((item) => item.title))));
"""
_FEEDSMITH = """
const { parseFeed } = require("feedsmith");
(async () => {
  const { format, feed } = parseFeed(await (await fetch(process.argv[1])).text());
  const title = (entry) => (typeof entry.title === "object" ? entry.title.value : entry.title);
  console.log(JSON.stringify((feed.items || feed.entries).map(title)));
})();
"""
_XML_FEED = """
use strict; use warnings; use XML::Feed; use URI; use JSON::PP;
$XML::Atom::ForceUnicode = 1;
my $feed = XML::Feed->parse(URI->new($ARGV[0])) or die XML::Feed->errstr;
print JSON::PP->new->utf8->encode([map { $_->title } $feed->entries]);
"""


def _titles(command: Callable[[str], list[str | Path]]) -> Callable[[Path, str], list[str]]:
    def fetch(folder: Path, address: str) -> list[str]:
        titles: list[str] = json.loads(_run(*command(address), folder=folder))
        return titles

    return fetch


def _in_node(script: str) -> Callable[[str], list[str | Path]]:
    # Node looks for packages beside the script, so that one is written there.
    def command(address: str) -> list[str | Path]:
        return ["env", f"NODE_PATH={PLACE / 'node_modules'}", "node", "-e", script, address]

    return command


def _rsstail(folder: Path, address: str) -> list[str]:
    printed = _run("rsstail", "-1", "-N", "-n", "50", "-u", address, folder=folder)
    return [line.strip() for line in printed.splitlines() if line.strip()]


XML = ("rss", "atom")
READERS = (
    # newsboat forgets the validators of its first fetch.
    Reader("newsboat", "newsboat", XML, _newsboat, validates_from=3),
    Reader("sfeed", "sfeed_update", XML, _sfeed),
    Reader("rss2email", "r2e", XML, _rss2email, validates_from=2),
    Reader("feedparser", PYTHON, XML, _titles(lambda at: [PYTHON, "-c", _FEEDPARSER, at]), 2),
    Reader("reader", PYTHON, (*XML, "json"), _titles(lambda at: [PYTHON, "-c", _READER, at]), 2),
    Reader("rss-parser", "node", XML, _titles(_in_node(_RSS_PARSER))),
    Reader("feedsmith", "node", (*XML, "json"), _titles(_in_node(_FEEDSMITH))),
    Reader("XML::Feed", "perl", XML, _titles(lambda at: ["perl", "-e", _XML_FEED, at])),
    Reader("rsstail", "rsstail", XML, _rsstail),
)
