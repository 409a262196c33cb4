"""Text as Topicwire sees it: cleaned at ingest, folded, split into words, stemmed by language."""

from domain.text.clean import clean
from domain.text.fold import fold
from domain.text.prose import first_sentences, paragraphs, sentence_parts, summarise
from domain.text.terms import analyse, variants
from domain.text.words import words

__all__ = [
    "analyse",
    "clean",
    "first_sentences",
    "fold",
    "paragraphs",
    "sentence_parts",
    "summarise",
    "variants",
    "words",
]
