import pytest

from domain.errors import TaxonomyError
from domain.taxonomy import Taxonomy, Topic, load_taxonomy

TREE = """
[ignore]
en = ["Office on Drugs"]

[[topic]]
slug = "crime"
[topic.en]
name = "Crime"
also = ["offences"]
strong = ["crime"]
weak = ["police"]
not = ["crime novel"]
[topic.fr]
name = "Crime (fr)"

[[topic]]
slug = "fraud"
parent = "crime"
[topic.en]
name = "Fraud"

[[topic]]
slug = "card-fraud"
parent = "fraud"
[topic.en]
name = "Card fraud"
"""


def test_reads_the_tree() -> None:
    taxonomy = load_taxonomy(TREE)
    assert [topic.slug for topic in taxonomy] == ["crime", "fraud", "card-fraud"]
    assert len(taxonomy) == 3
    assert taxonomy.ancestors("card-fraud") == ("fraud", "crime")
    assert taxonomy.ancestors("unknown") == ()
    assert [topic.slug for topic in taxonomy.children(None)] == ["crime"]
    assert [topic.slug for topic in taxonomy.children("crime")] == ["fraud"]
    assert taxonomy.ignored == {"en": ("Office on Drugs",)}
    crime = taxonomy.get("crime")
    assert crime is not None
    assert crime.also["en"] == ("offences",)
    assert crime.evidence["en"].excluded == ("crime novel",)
    assert "fraud" in taxonomy
    assert taxonomy.get("unknown") is None


def test_names_fall_back_to_english_and_to_the_slug() -> None:
    taxonomy = load_taxonomy(TREE)
    assert taxonomy.name("crime", "fr") == "Crime (fr)"
    assert taxonomy.name("fraud", "fr") == "Fraud"
    assert taxonomy.name("unknown", "fr") == "unknown"


def test_in_order_adds_what_is_above() -> None:
    assert load_taxonomy(TREE).in_order({"card-fraud", "nothing"}) == (
        "crime",
        "fraud",
        "card-fraud",
    )


ENTRY = '[[topic]]\nslug = "a"\n'
NAMED = f'{ENTRY}[topic.en]\nname = "A"\n'


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("topic = [", "topics: "),
        ("", "topics: there is no [[topic]]"),
        ("topic = 3", "topics: there is no [[topic]]"),
        ("x = 1", "topics: unknown entry x"),
        ("topic = [1]", "topic number 1: must be a table"),
        ('[[topic]]\nslug = "A b"', "topic number 1: slug must be"),
        ("[[topic]]", "topic number 1: slug must be"),
        (f"{ENTRY}color = 1", "topic a: unknown key color"),
        (f"{ENTRY}parent = 1", "topic a: parent must be a slug"),
        (ENTRY, "topic a: has no English name"),
        (f"{ENTRY}en = 1", "topic a, en: must be a table"),
        (f'{ENTRY}[topic.en]\nname = " "', "topic a, en: name must be a text"),
        (f"{NAMED}x = 1", "topic a, en: unknown key x"),
        (f"{NAMED}strong = 1", "topic a, en, strong: must be a list of phrases"),
        (f'{NAMED}weak = ["--"]', "topic a, en, weak: '--' is no phrase"),
        (f"{NAMED}{NAMED}", "topic a: there are two with this slug"),
        (f'{ENTRY}parent = "b"\n[topic.en]\nname = "A"', "topic a: no topic b to be its parent"),
        (f'{ENTRY}parent = "a"\n[topic.en]\nname = "A"', "topic a: is its own ancestor"),
        ('retired = "b"\n' + NAMED, "retired: must be a list of slugs"),
        ('retired = ["B b"]\n' + NAMED, "retired: must be a list of slugs"),
        ('retired = ["b", "a"]\n' + NAMED, "topic a: is retired, and there all the same"),
        ("ignore = 1\n" + NAMED, "ignore: must be a table"),
        ("[ignore]\nde = []\n" + NAMED, "ignore: unknown language de"),
    ],
)
def test_says_what_is_wrong_and_where(text: str, says: str) -> None:
    with pytest.raises(TaxonomyError) as caught:
        load_taxonomy(text)
    assert str(caught.value).startswith(says)
    assert "\n" not in str(caught.value)


def test_an_empty_taxonomy_has_no_topics() -> None:
    assert list(Taxonomy([])) == []
    assert Topic("a", {"en": "A"}).parent is None
