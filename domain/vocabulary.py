"""The names that queries may use for topics, countries and regions, in every language."""

from collections.abc import Mapping, Sequence

from domain.places import Places, Role
from domain.query.names import Field, NameIndex
from domain.taxonomy import Taxonomy
from domain.text import fold
from domain.thesaurus import Group, Thesaurus

_ALSO_WORDS = frozenset(("us", "car"))
"""Names of countries that are everyday words when typed in small letters: in fields alone."""


_ENDINGS = ("", "s", "e", "es")
"""What an open ending of an adjective stands for; Cyrillic and Arabic ones are found by stems."""


def build_vocabulary(
    taxonomy: Taxonomy, places: Places, thesaurus: Sequence[Group] = ()
) -> NameIndex:
    """Return an index that knows the topics, countries and regions, and what they are called.

    An adjective (`Nigerian`) stands for its country in plain words, after all names. Items can
    name a region without naming a country of it, so its names mean the same in all languages.
    """
    index = NameIndex(Thesaurus([*thesaurus, *(region.names for region in places.regions)]))
    for topic in taxonomy:
        index.add(Field.TOPIC, topic.slug, labels=topic.names)
        for lang, name in topic.names.items():
            index.add(Field.TOPIC, topic.slug, [name, *topic.also.get(lang, ())], lang=lang)
    for place in places:
        names = [*place.names.values(), *_flat(place.also)]
        code, values = place.code.lower(), (place.code,)
        index.add(Field.COUNTRY, code, values=values, labels=place.names)
        plain = [name for name in names if fold(name) not in _ALSO_WORDS]
        index.add(Field.COUNTRY, code, plain, values=values)
        index.add(Field.COUNTRY, code, names, values=values, plain=False)
    for region in places.regions:
        labels = {lang: names[0] for lang, names in region.names.items() if names}
        index.add(
            Field.COUNTRY,
            region.slug,
            _flat(region.names),
            values=region.countries,
            labels=labels,
        )
    for spelling in (one for listed in places.spellings.values() for one in listed):
        if spelling.role is Role.PEOPLE and spelling.code is not None:
            bare = spelling.text.removesuffix("*")
            forms = [bare] if bare == spelling.text else [bare + ending for ending in _ENDINGS]
            index.add(Field.COUNTRY, spelling.code.lower(), forms, values=(spelling.code,))
    return index


def _flat(names: Mapping[str, tuple[str, ...]]) -> list[str]:
    return [name for listed in names.values() for name in listed]
