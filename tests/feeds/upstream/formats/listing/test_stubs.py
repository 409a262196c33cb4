import pytest

from feeds.upstream.formats.listing.stubs import is_stub, sends_on, strip_stub

WHOLE = (
    "Read more here.|Read more|read more|... read more|Read more »|[Read more]|(more)|more"
    "|Download here."
    "|Click here to read more.|Click here|Learn more|Find out more|Continue reading →|Full story"
    "|Read the full story|Download the report|Read more about the Blue Heart campaign here."
    "|Read the rest of this entry »|Details »|Download|Download (PDF, 240 KB)|[...]|[…]"
    "|View details"
    "|Ver detalles »|Descargar|Leer la nota completa|Comunicado completo|Détails|Télécharger"
    "|Подробности|Скачать (PDF)|Читать полностью →|التفاصيل|تحميل|下载|查看详情|阅读全文>>"
    "|Lire la suite|Lire la suite...|En savoir plus|Télécharger ici|Plus d'informations"
    "|Leer más|Leer más...|Más información|Ver más|Descargar aquí"
    "|Подробнее|Читать далее|Подробнее >>|اقرأ المزيد|للمزيد|更多|更多…|阅读全文|更多>>"
).split("|")

TEXTS = (
    "For more information, click here.|To read more about the process, click here.|More people|"
    "They asked for more.|Read the report of the Commission, which is long.|Moreover, it ends."
).split("|")

ENDS = [
    ("over 3,500 convictions...... read more", "over 3,500 convictions."),
    ("the STARSOM project .... read more", "the STARSOM project."),
    ("accompanied and unaccompanied....\u00a0more", "accompanied and unaccompanied."),
    ("the smuggling of migrants.\u00a0more", "the smuggling of migrants."),
    ("in the trafficking network. .... more", "in the trafficking network."),
    ("migrant smuggling... more", "migrant smuggling."),
    ('beaten up regularly," he adds. more', 'beaten up regularly," he adds.'),
    ('"We must act."... more', '"We must act."'),
    ("What next?... more", "What next?"),
    ("trafficking …more", "trafficking."),
    ("She counts days, not months [...]", "She counts days, not months."),
    ("It has ended. […]", "It has ended."),
    ("It has ended. Download", "It has ended."),
    ("Their employer had kept [...] Read the rest of this entry »", "Their employer had kept."),
    ("It goes on, … (more…)", "It goes on."),
    ("It has ended. [Read more]", "It has ended."),
    ("It has ended (more)", "It has ended"),
    ("It has ended. Read more »", "It has ended."),
    ("It goes on with a word Read more", "It goes on with a word"),
    ("Le rapport est publié. Lire la suite", "Le rapport est publié."),
    ("El informe fue presentado... Leer más", "El informe fue presentado."),
    ("Доклад опубликован. Подробнее", "Доклад опубликован."),
    ("أطلق المكتب تقريرا. اقرأ المزيد", "أطلق المكتب تقريرا."),
    ("报告已发布。更多", "报告已发布。"),
    ("报告已发布…更多", "报告已发布."),
]

KEPT = [
    "We want to protect migrants more",
    "We want to protect migrants more.",
    "To read about the campaign, click here.",
    "You can read more here.",
    "They fought for justice and more",
    "Visit to Sir Thomas More",
    "It ends with an ellipsis...",
    "",
]


@pytest.mark.parametrize("text", WHOLE)
def test_stubs(text: str) -> None:
    assert is_stub(text)


@pytest.mark.parametrize("text", TEXTS)
def test_texts_are_no_stubs(text: str) -> None:
    assert not is_stub(text)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Read more about Shelter opens its doors", True),
        ('Continue reading "One year after the camps"', True),
        ("Télécharger le programme (PDF, 240 Ko)", True),
        ("Read the letter", True),
        ("View from the border: a diary", False),
        ("Read more about it in the next issue.", False),
    ],
)
def test_lines_that_name_what_they_lead_to(text: str, named: bool) -> None:
    assert sends_on(text) is named
    assert not is_stub(text)


@pytest.mark.parametrize(("text", "expected"), ENDS)
def test_cut_at_the_end(text: str, expected: str) -> None:
    assert strip_stub(" ".join(text.split())) == expected


@pytest.mark.parametrize("text", KEPT)
def test_kept(text: str) -> None:
    assert strip_stub(text) == text
