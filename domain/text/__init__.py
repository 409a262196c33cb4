"""Text as Topicwire sees it: cleaned at ingest, folded, split into words, stemmed by language."""

from domain.text.clean import clean
from domain.text.fold import fold
from domain.text.prose import paragraphs, summarise
from domain.text.terms import analyse, variants
from domain.text.words import words

__all__ = ["analyse", "clean", "fold", "paragraphs", "summarise", "variants", "words"]
