import pytest

from feeds.upstream.formats.listing.small_print import is_address, is_footer, is_update
from tests.feeds.upstream.formats.listing.pages import items, read

ITEM = "3 May 2010\nTitle\n\nThe boat left at night, and nobody saw it.\n\n"


@pytest.mark.parametrize(
    "text",
    [
        "To unsubscribe from this newsletter, send an empty message.",
        "You are receiving this newsletter because you came to an event.",
        "Si no desea recibir este boletín, escriba a la Red.",
        "Se désabonner",
        "Чтобы отписаться от рассылки, пришлите пустое письмо.",
        "© 2011. При использовании материалов ссылка обязательна.",
        "IOM © 2011",
        "For media enquiries:\nPress office, tel. +33 4 00 00 00 00\npress@example.org",
        "Contact: Mme Traoré, tél. 20 00 00 00",
        "For further information, please contact the secretariat.",
        "Pour tout renseignement : 01 00 00 00 00",
        "P.O. Box 500, 1400 Vienna",
        "Disclaimer | Imprint",
    ],
)
def test_tails_below_the_last_item(text: str) -> None:
    ((_, _, body),) = items(ITEM + text)
    assert body == "The boat left at night, and nobody saw it."
    assert {line.reason for line in read(ITEM + text).account[3:]} == {"footer"}


@pytest.mark.parametrize(
    "text",
    [
        "Privacy policy of recruiters criticised by Ombudsman",
        "Copyright seminar held in Dakar",
        "Contact with victims improves",
        "Updated guidelines for judges published",
        "Press office opens in Gaborone",
        "Address by the Director on 3 May 2010",
    ],
)
def test_titles_are_no_small_print(text: str) -> None:
    assert not is_footer(text)
    assert not is_address(text)
    assert not is_update(text)
    assert items(f"3 May 2010\n{text}\n") == [("2010-05-03", text, "")]


def test_owners_above_a_text_are_credits() -> None:
    page = "3 May 2010\nTitle\n\n{}\n\nThe boat left at night, and nobody saw it.\n\n© IOM 2011\n"
    for line, credit in (
        ("© Eurojust", "Eurojust"),
        ("© 2010 UNIS/L. Gombos", "2010 UNIS/L. Gombos"),
        ("Photo by A. Smith/ILO", "A. Smith/ILO"),
    ):
        (entry,) = read(page.format(line)).entries
        assert (entry.draft.photo_credit, entry.draft.caption) == (credit, None)
        assert entry.draft.body == "The boat left at night, and nobody saw it."


def test_a_line_above_a_credit_is_its_caption() -> None:
    page = "3 May 2010\nTitle\n\nThe rescued in Mazuko.\nFoto: Ministerio\n\nIt took three days.\n"
    (entry,) = read(page).entries
    assert entry.draft.caption == "The rescued in Mazuko."
    assert entry.draft.photo_credit == "Ministerio"
    assert entry.draft.body == "It took three days."


def test_credits_below_one_another() -> None:
    page = "3 May 2010\nTitle\n\n{}\n\nIt took three days.\n"
    for lines in ("Photo: UNODC\n© IOM", "The rescued. Photo: UNODC\n© IOM", "© A\n© B\n© C"):
        (entry,) = read(page.format(lines)).entries
        assert entry.draft.body == "It took three days."


def test_a_credit_at_the_end_of_a_line_parts_it_from_the_text_below() -> None:
    page = (
        "3 May 2010\nTitle\n\nThe crew of the boat in port. Photo by A. Smith/ILO\n"
        "Twenty-one companies signed the pledge, and inspectors will check.\n"
    )
    (entry,) = read(page).entries
    assert entry.draft.caption == "The crew of the boat in port."
    assert entry.draft.body.startswith("Twenty-one")


def test_rules_between_title_and_text() -> None:
    rule = "-" * 55
    page = (
        f"3 May 2010\nLVIV: NEW CENTRE OPENED\n{rule}\nIt has 165 places.\n\n{rule}\n\n"
        f"1 May 2010\nKYIV: TWO RELEASED\n{rule}\nThe court did not say why.\n"
    )
    assert items(page) == [
        ("2010-05-03", "LVIV: NEW CENTRE OPENED", "It has 165 places."),
        ("2010-05-01", "KYIV: TWO RELEASED", "The court did not say why."),
    ]
