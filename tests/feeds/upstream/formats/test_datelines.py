"""Pages that print an item's date on one line with its title."""

import pytest

from feeds.upstream.formats.htmltext import page_text
from feeds.upstream.formats.source import read_source

ADDRESS = "https://office.example/news/"
DAYS = ("2024-05-03", "2024-05-14", "2024-06-05")
TEXT = "Judges and prosecutors of nine countries met for three days, and agreed on a plan."


def read(page: str) -> list[tuple[str, str | None, str | None, str]]:
    """Return what is taken of a page: titles, days, addresses and texts."""
    shown = read_source(
        f"<html><body><h1>News</h1>{page}</body></html>".encode(), kind=None, address=ADDRESS
    )
    return [
        (one.title, str(one.published.day) if one.published else None, one.link, one.body)
        for one in shown.drafts
    ]


def listing(row: str, *, around: str = "{}", text: str = "") -> str:
    """Return a page with a row for each day; `{d}`, `{m}`, `{n}` and `{t}` are filled in."""
    rows = [
        row.format(
            d=int(day[8:]), m={"05": "May", "06": "June"}[day[5:7]], n=number, iso=day, t=text
        )
        for number, day in enumerate(DAYS)
    ]
    return around.format("".join(rows))


@pytest.mark.parametrize(
    ("row", "around"),
    [
        ("<li><a href='{n}'>Workshop number {n}</a> {d} {m} 2024</li>", "<ul>{}</ul>"),
        ("<li>{d} {m} 2024 – <a href='{n}'>Workshop number {n}</a></li>", "<ul>{}</ul>"),
        ("<div><a href='{n}'>Workshop number {n}</a><span>{iso}</span></div>", "{}"),
        ("<div><b>{d}</b> <i>{m}</i> 2024<a href='{n}'>Workshop number {n}</a></div>", "{}"),
        ("<a href='{n}'>Workshop number {n}</a> ({d} {m} 2024)<br>", "<p>{}</p>"),
        ("<a href='{n}'>Workshop number {n}</a> | {m} {d}, 2024<br>", "<p>{}</p>"),
        (
            "<tr><td>{d} {m} 2024<td><a href='{n}'>Workshop number {n}</a></tr>",
            "<table>{}</table>",
        ),
        (
            "<tr><td><b><a href='{n}'>Workshop number {n}</a></b><!-- x --><td>{d} {m} 2024",
            "<table>{}</table>",
        ),
    ],
)
def test_title_and_date_on_one_line(row: str, around: str) -> None:
    assert read(listing(row, around=around)) == [
        (f"Workshop number {number}", day, f"{ADDRESS}{number}", "")
        for number, day in enumerate(DAYS)
    ]


def test_a_heading_with_its_date_and_a_text_below() -> None:
    row = "<div><h3><a href='{n}'>Workshop number {n}</a> <small>{iso}</small></h3><p>{t}</p></div>"
    assert read(listing(row, text=TEXT)) == [
        (f"Workshop number {number}", day, f"{ADDRESS}{number}", TEXT)
        for number, day in enumerate(DAYS)
    ]


def test_titles_without_blanks() -> None:
    row = "<li><a href='{n}'>关于打击人口贩运问题的研讨会第{n}期</a><span>{iso}</span></li>"
    taken = read(listing(row, around="<ul>{}</ul>"))
    assert [day for _, day, _, _ in taken] == list(DAYS)
    assert taken[1][0] == "关于打击人口贩运问题的研讨会第1期"


@pytest.mark.parametrize(
    "meta",
    [
        "<a href='/c'>Events</a> {d} {m} 2024",
        "{d} {m} 2024 | <a href='/c'>Events</a>",
        "By <a href='/jane'>Jane Doe</a> | {d} {m} 2024 | <a href='/c'>Comments</a>",
    ],
)
def test_a_category_or_author_beside_the_date_is_no_title(meta: str) -> None:
    row = "<h2><a href='{n}'>Workshop number {n}</a></h2><p>" + meta + "</p><p>{t}</p>"
    assert read(listing(row, text=TEXT)) == [
        (f"Workshop number {number}", day, f"{ADDRESS}{number}", TEXT)
        for number, day in enumerate(DAYS)
    ]


def test_sentences_that_end_in_a_date_stay_whole() -> None:
    sentence = "See <a href='/r'>the report of the meeting</a> of 3 May 2024"
    shown = page_text(f"<p>{sentence}</p><p>{sentence}</p><p><a href='/j'>Jane</a> 3 May 2024</p>")
    lines = shown.split("\n\n")
    assert lines == [*["See the report of the meeting of 3 May 2024"] * 2, "Jane 3 May 2024"]


def test_a_long_or_deep_page_is_read_in_time() -> None:
    row = "<a href='/x'>Workshop</a> 3 May 2024 <i></i>" + "<span>" * 60 + "</span>" * 60
    assert isinstance(read(row * 2_000), list)
    assert isinstance(read(f"<p>{'<a href=/x>Link</a> ' * 20_000}</p>"), list)
