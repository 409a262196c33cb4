"""Records are read back by the libraries that other programs read them with."""

import csv
import json
import warnings
from datetime import date

import rispy
from bibtexparser.entrypoint import parse_string
from hypothesis import given
from hypothesis import strategies as st

from domain.model import Item, Kind, Published
from domain.text import clean
from feeds.publish.export import EXPORTS
from feeds.publish.itemjson import item_json
from tests.feeds.factories import LINKS, PlainNames, an_item

ITEM = an_item(
    title="50% of {victims} & “more”: C_1 ~ #2 \\ ^ $",
    kind=Kind.PUBLICATION,
    link="https://un.example/a_b?c=d&e={f}",
    summary="Line one.\nLine two.",
)
texts = st.text(min_size=1).filter(lambda text: clean(text).strip() != "")


def written(form: str, *items: Item) -> str:
    chosen = EXPORTS[form]
    return chosen.head + "".join(chosen.record(item, LINKS, PlainNames()) for item in items)


def test_bibtex_of_a_publication_is_a_report_and_of_all_else_a_page() -> None:
    library = parse_string(written("bibtex", ITEM, an_item(2)))
    assert library.failed_blocks == []
    report, page = library.entries
    assert (report.entry_type, page.entry_type) == ("techreport", "misc")
    assert report.key == ITEM.slug
    assert report["institution"] == "UNODC"
    assert report["author"] == "{UNODC}"
    assert (report["year"], report["month"], report["day"]) == ("2009", "6", "2")
    assert report["url"] == "https://un.example/a_b?c=d&e=%7Bf%7D"
    assert report["note"].endswith(LINKS.item(ITEM.slug))
    assert report["abstract"] == "Line one. Line two."
    assert page["howpublished"] == "Web page"
    assert page["url"] == LINKS.item(page.key)
    assert "note" not in page.fields_dict


def test_bibtex_escapes_what_tex_would_read() -> None:
    assert (
        r"{{50\% of \textbraceleft{}victims\textbraceright{} \& “more”: C\_1 "
        r"\textasciitilde{} \#2 \textbackslash{} \textasciicircum{} \$}}" in written("bibtex", ITEM)
    )


@given(st.lists(texts, min_size=1, max_size=3))
def test_bibtex_of_any_titles_can_be_read(titles: list[str]) -> None:
    items = [an_item(number, title=title) for number, title in enumerate(titles)]
    library = parse_string(written("bibtex", *items))
    assert library.failed_blocks == []
    assert [entry.key for entry in library.entries] == [item.slug for item in items]


@given(st.lists(texts, min_size=1, max_size=3))
def test_ris_of_any_titles_can_be_read(titles: list[str]) -> None:
    items = [an_item(number, title=title) for number, title in enumerate(titles)]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        records = rispy.loads(written("ris", *items))
    assert [record["title"] for record in records] == [
        " ".join(clean(title).split()) for title in titles
    ]


def test_ris_says_what_bibtex_says() -> None:
    (record,) = rispy.loads(written("ris", ITEM))
    assert record["type_of_reference"] == "RPRT"
    assert record["id"] == ITEM.slug
    assert record["authors"] == ["UNODC"]
    assert record["urls"] == ["https://un.example/a_b?c=d&e=%7Bf%7D"]
    assert record["date"] == "2009/06/02/"
    assert record["keywords"] == ["Migrant smuggling", "Nigeria"]


def test_a_year_has_four_digits() -> None:
    early = an_item(published=Published.on(date(987, 6, 5)))
    (record,) = rispy.loads(written("ris", early))
    assert (record["date"], record["year"]) == ("0987/06/05/", "0987")
    assert parse_string(written("bibtex", early)).entries[0]["year"] == "0987"


def test_csv_has_a_head_and_a_row_an_item() -> None:
    rows = list(csv.DictReader(written("csv", ITEM, an_item(2)).splitlines(keepends=True)))
    assert [row["id"] for row in rows] == [ITEM.id, an_item(2).id]
    assert rows[0]["summary"] == "Line one.\nLine two."
    assert (rows[0]["topics"], rows[0]["starts"]) == ("migrant-smuggling", "")


def test_csv_runs_nothing_in_a_spreadsheet() -> None:
    for title in ("=1+1", "+41 22", "-2", "@SUM(A1)", "\t=1", "\n=1", "＝1+1", "－2"):
        (row,) = csv.DictReader(written("csv", an_item(title=title)).splitlines(keepends=True))
        assert row["title"] == f"'{title}"


def test_jsonl_is_the_item_of_the_api() -> None:
    lines = written("jsonl", ITEM, an_item(2)).splitlines()
    assert [json.loads(line) for line in lines] == [
        item_json(item, LINKS) for item in (ITEM, an_item(2))
    ]
