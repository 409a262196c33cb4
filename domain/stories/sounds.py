"""What a name sounds like, roughly, whatever the script: `Fedotov`, `Федотов` and `فيدوتوف`.

Vowels are dropped, since Arabic does not write them, and consonants that scripts mix up are one.
"""

from domain.text import fold

SHORTEST = 3
"""A shorter sound is shared by names that have nothing to do with each other."""

_DIGRAPHS = (
    ("sch", "s"),
    ("tch", "s"),
    ("sh", "s"),
    ("ch", "s"),
    ("zh", "s"),
    ("ph", "f"),
    ("th", "t"),
    ("kh", ""),
    ("gh", "k"),
    ("ts", "s"),
    ("x", "ks"),
    ("dj", "s"),
)
_LETTERS = str.maketrans(
    {
        **dict.fromkeys("pbпбب", "b"),
        **dict.fromkeys("fvwфвف", "f"),
        **dict.fromkeys("tтتط", "t"),
        **dict.fromkeys("dдدضذ", "d"),
        **dict.fromkeys("kqcgкгكقغ", "k"),
        **dict.fromkeys("szjсзшщжчцسزصشجث", "s"),
        **dict.fromkeys("lлل", "l"),
        **dict.fromkeys("mмم", "m"),
        **dict.fromkeys("nнن", "n"),
        **dict.fromkeys("rрر", "r"),
    }
)
_KEPT = frozenset("bftdkslmnr")


def sound(name: str) -> str:
    """Return the consonants of a name, or an empty text for one in another script."""
    heard = fold(name)
    for digraph, letter in _DIGRAPHS:
        heard = heard.replace(digraph, letter)
    letters = [letter for letter in heard.translate(_LETTERS) if letter in _KEPT]
    return "".join(
        letter for place, letter in enumerate(letters) if not place or letter != letters[place - 1]
    )
