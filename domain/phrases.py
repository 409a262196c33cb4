"""Finds many phrases in one pass over a text's words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from domain.text import fold, words
from domain.text.words import is_unspaced

Value = TypeVar("Value")

ENDING = "*"
"""At the end of a phrase's word: any ending of up to `LONGEST_ENDING` letters."""
LONGEST_ENDING = 3


@dataclass(frozen=True, slots=True)
class Found(Generic[Value]):
    """A phrase that stands in a text, as places in its list of words."""

    start: int
    end: int
    value: Value


class _Node(Generic[Value]):
    __slots__ = ("next", "open", "values")

    def __init__(self) -> None:
        self.next: dict[str, _Node[Value]] = {}
        self.values: list[Value] = []
        self.open = False
        """True when a word that may follow has an open ending."""


class PhraseIndex(Generic[Value]):
    """Phrases, each a sequence of words, in a tree that shares their beginnings."""

    def __init__(self) -> None:
        self._root: _Node[Value] = _Node()

    def add(self, phrase: Sequence[str], value: Value) -> None:
        """Let `phrase` stand for `value`; one may stand for several. Empty ones are ignored."""
        if not phrase:
            return
        node = self._root
        for word in phrase:
            node.open = node.open or word.endswith(ENDING)
            node = node.next.setdefault(word, _Node())
        node.values.append(value)

    def find(self, text: Sequence[str]) -> list[Found[Value]]:
        """Return every phrase in `text`, by where it starts, longer ones first."""
        found: list[Found[Value]] = []
        root = self._root
        for start, word in enumerate(text):
            if word not in root.next and not root.open:
                continue
            first = _steps(root, word)
            if not first:
                continue
            here = [
                Found(start, end, value)
                for end, node in _walk(text, start, first)
                for value in node.values
            ]
            found += sorted(here, key=lambda match: -match.end)
        return found


def _walk(
    text: Sequence[str], start: int, nodes: list[_Node[Value]]
) -> Iterator[tuple[int, _Node[Value]]]:
    """Yield what the words from `start` on lead to, each with the place after it.

    `nodes` are what the first of them leads to.
    """
    for place in range(start + 1, len(text) + 1):
        for node in nodes:
            yield place, node
        if place == len(text):
            return
        nodes = [step for node in nodes for step in _steps(node, text[place])]
        if not nodes:
            return


def _steps(node: _Node[Value], word: str) -> list[_Node[Value]]:
    exact = node.next.get(word)
    steps = [exact] if exact is not None else []
    if node.open:
        for cut in range(min(LONGEST_ENDING, len(word) - 1) + 1):
            step = node.next.get(word[: len(word) - cut] + ENDING)
            if step is not None:
                steps.append(step)
    return steps


def outermost(found: Sequence[Found[Value]]) -> list[Found[Value]]:
    """Return what `find` found without phrases that lie inside another one."""
    kept: list[Found[Value]] = []
    reached = 0
    for match in found:
        same_span = bool(kept) and (match.start, match.end) == (kept[-1].start, kept[-1].end)
        if match.end > reached or same_span:
            kept.append(match)
            reached = max(reached, match.end)
    return kept


def plain_words(text: str) -> list[str]:
    """Return the folded words of `text`; scripts without spaces are split into characters."""
    split: list[str] = []
    for word in words(fold(text)):
        if is_unspaced(word):
            split += word
        else:
            split.append(word)
    return split


def phrase_words(phrase: str) -> list[str]:
    """Return the words of a phrase as `plain_words` does, with `ENDING` kept on them."""
    found: list[str] = []
    for part in phrase.split(ENDING):
        found += plain_words(part)
        if found and part is not phrase.rsplit(ENDING, maxsplit=1)[-1]:
            found[-1] += ENDING
    return found
