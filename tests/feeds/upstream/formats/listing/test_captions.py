import pytest

from feeds.upstream.formats.listing.captions import cut_caption, opens_caption
from feeds.upstream.formats.listing.words import Words

STUCK = [  # text before the seam, text behind it, caption, credit
    ("Photo:UNHCR", "18 December 2009 - As the world marks", None, "UNHCR"),
    ("Illustration:UNODC", "12 November 2009 -Secretary-General", None, "UNODC"),
    (
        "Photo:UNODC: US Ambassador Luis CdeBaca speaking at the launch",
        "28 August 2009 - Today in Bangkok",
        "US Ambassador Luis CdeBaca speaking at the launch",
        "UNODC",
    ),
    ("Photo: UNODC", "UNODC's Executive Director spoke", None, "UNODC"),
    ("Photo: UNODC", "По данным федерации", None, "UNODC"),
    ("Photo: UNODC", "Over 70 million people are forced migrants", None, "UNODC"),
    ("Photo: UNODC", "A two-year project to combat crime has been launched", None, "UNODC"),
    ("Photo: UNODC", "20 countries took part in the meeting", None, "UNODC"),
    ("Photo: UNHCR", "UNODC and UNHCR signed an agreement on Monday in Vienna", None, "UNHCR"),
    (
        "Migrants leaving Agadez (Niger). Photo: SID and CeSPI",
        "Twenty-two years ago, the General Assembly",
        "Migrants leaving Agadez (Niger).",
        "SID and CeSPI",
    ),
    (
        "Photo: Officers during a UNODC-supported training for border officers",
        "It's 2 p.m. in a remote town",
        "Officers during a UNODC-supported training for border officers",
        None,
    ),
    (
        "Photo: Joke Silva (left) and Jude Abaga M.I. in Nigeria",
        "The Government of Nigeria has launched",
        "Joke Silva (left) and Jude Abaga M.I. in Nigeria",
        None,
    ),
    (
        'Photo: Director at the screening of "Trade" in New York',
        "UNODC Executive Director Yury Fedotov attended",
        'Director at the screening of "Trade" in New York',
        None,
    ),
    ("Photo: Jane McDonald/UNODC", "The Director spoke", None, "Jane McDonald/UNODC"),
    ("Photo: Stefan O'Brien", "Since 2008, the number has grown", None, "Stefan O'Brien"),
    (
        "Photo: iPhone users in Lagos",
        "Nigerian authorities arrested ten people on suspicion of fraud",
        "iPhone users in Lagos",
        None,
    ),
    (
        "Photo: WhatsApp message from Libya",
        "The message says that the boat left at night",
        "WhatsApp message from Libya",
        None,
    ),
    (
        'Photo: Officials at the "Blue Heart" campaign',
        '"We must act now," said the Director.',
        'Officials at the "Blue Heart" campaign',
        None,
    ),
    ("Migrants at sea (Photo: UNHCR)", "Twenty people died", "Migrants at sea", "UNHCR"),
    ("Photo: IOM 2015", "The number of arrests has grown", None, "IOM 2015"),
    (
        "Photo: Officials meet in Doha.",
        "Government experts met too",
        "Officials meet in Doha.",
        None,
    ),
    ("Foto: ONUDC", "La Oficina presentó su informe", None, "ONUDC"),
    ("Crédit photo : OIM", "Le Directeur a déclaré", None, "OIM"),
    ("Фото: УНП ООН", "В Вене открылась сессия", None, "УНП ООН"),
    ("صورة: UNODC", "أطلق المكتب حملة", None, "UNODC"),
    ("图片：UNODC", "联合国发布报告", None, "UNODC"),
    ("© UNODC/Jane Smith", "The Office launched a report", None, "UNODC/Jane Smith"),
    ("Photo credit: UN Photo/Mark Garten", "In New York, he said", None, "UN Photo/Mark Garten"),
    ("Infographic: IOM DTM", "9 April 2018 - Flow monitors counted", None, "IOM DTM"),
]

APART = [  # a whole line, caption, credit
    ("© UNODC", None, "UNODC"),
    ("Photo: UN Photo/Mark Garten", None, "UN Photo/Mark Garten"),
    ("Photo: Participants of the workshop in Dakar", "Participants of the workshop in Dakar", None),
    ("Photo: Minister of Justice", "Minister of Justice", None),
    ("Officials at the launch. (Photo: UNODC)", "Officials at the launch.", "UNODC"),
    (
        "Officials at the launch. Photo: J. Smith / UNODC",
        "Officials at the launch.",
        "J. Smith / UNODC",
    ),
    ("Photo: Officials at the launch © UNODC", "Officials at the launch", "UNODC"),
    ("Photo: UNODC - Officers at work in a port", "Officers at work in a port", "UNODC"),
    ("Photo: WhatsApp screenshots", "WhatsApp screenshots", None),
]

NONE = [
    "The Government has launched a campaign.",
    "The photo: a boat on the open sea.",
    "A photograph shows UNODCOver in one word.",
]


@pytest.mark.parametrize("with_page", [True, False])
@pytest.mark.parametrize(("head", "rest", "caption", "credit"), STUCK)
def test_stuck_to_the_text(
    head: str, rest: str, caption: str | None, credit: str | None, with_page: bool
) -> None:
    text = head + rest
    page = text + "\n\nUNODC, UNHCR and IOM met CdeBaca in Vienna, Nigeria." if with_page else text
    for alone in (True, False):
        cut = cut_caption(text, Words(page), alone=alone)
        assert cut is not None
        assert (cut.rest, cut.caption, cut.credit) == (rest, caption, credit)


@pytest.mark.parametrize(("text", "caption", "credit"), APART)
def test_on_a_line_of_its_own(text: str, caption: str | None, credit: str | None) -> None:
    cut = cut_caption(text, Words(text), alone=True)
    assert cut is not None
    assert (cut.rest, cut.caption, cut.credit) == ("", caption, credit)


@pytest.mark.parametrize("text", NONE)
def test_no_caption(text: str) -> None:
    assert cut_caption(text, Words(text), alone=True) is None


def test_a_name_with_inner_capitals_that_the_page_repeats_is_no_seam() -> None:
    line = "Photo: Members of the CyberForce team speaking about it in front of many people"
    page = f"{line}\nCyberForce was founded in 2008.\nThe CyberForce team has grown."
    cut = cut_caption(line, Words(page), alone=True)
    assert cut is not None
    assert cut.rest == ""


def test_a_credit_that_is_a_sentence_of_its_own() -> None:
    text = "Photo: UNODC. The Director spoke in Vienna on Monday. He said that we must act."
    cut = cut_caption(text, Words(text), alone=False)
    assert cut is not None
    assert cut.credit == "UNODC"
    assert cut.rest.startswith("The Director")


def test_a_text_that_ends_with_a_credit_stays_a_text() -> None:
    text = "The boat left. Many people were on it. It sank at night. Photo: UNHCR"
    cut = cut_caption(text, Words(text), alone=False)
    assert cut is not None
    assert (cut.rest, cut.credit) == (
        "The boat left. Many people were on it. It sank at night.",
        "UNHCR",
    )
    other = "The boat left. Many people were on it. Photo: what does it show to the court now?"
    assert cut_caption(other, Words(other), alone=False) is None


def test_a_long_text_behind_a_label_without_a_seam_stays() -> None:
    text = "Photo: UNODC The Director spoke in Vienna on Monday. He said that the world must act."
    assert cut_caption(text, Words(text), alone=False) is None


@pytest.mark.parametrize("text", ["Photo: UNODC", "Фото: УНП ООН", "© UNODC", "Foto: ONUDC"])
def test_labels(text: str) -> None:
    assert opens_caption(text)
    assert not opens_caption(f"The {text}")
