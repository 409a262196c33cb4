"""Which items tell the same story: in other words, in another language, or a second time."""

from domain.stories.compare import WINDOW, likeness
from domain.stories.concepts import Concepts
from domain.stories.keys import story_keys
from domain.stories.traits import Telling, TraitReader, Traits
from domain.stories.versions import DEFAULT_LANGUAGE, best_first

__all__ = [
    "DEFAULT_LANGUAGE",
    "WINDOW",
    "Concepts",
    "Telling",
    "TraitReader",
    "Traits",
    "best_first",
    "likeness",
    "story_keys",
]
