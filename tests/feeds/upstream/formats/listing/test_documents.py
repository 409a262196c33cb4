"""The shipped documents, and unseen ones of their kind, against readings by hand."""

from pathlib import Path

import pytest

from feeds.upstream.formats.decode import decode
from feeds.upstream.formats.listing import read_listing
from tests.feeds.listing_judge import SEEDS, Case, cases, differences

DOCUMENTS = sorted(SEEDS.glob("*.txt"))
ALL = [*cases(unseen=False), *cases(unseen=True)]


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.document.stem)
def test_document_is_read_as_by_hand(case: Case) -> None:
    assert differences(case.expected, read_listing(case.text)) == []


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.document.stem)
def test_line_ends_and_final_newline_do_not_matter(case: Case) -> None:
    text = case.text.replace("\r\n", "\n")
    for other in (text.replace("\n", "\r\n"), text.rstrip("\n"), text + "\n\n", "\ufeff" + text):
        assert differences(case.expected, read_listing(other)) == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le"])
def test_documents_in_other_encodings(path: Path, encoding: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert decode(text.encode(encoding)) == text
