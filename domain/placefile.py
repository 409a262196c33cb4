"""Reads the places file, and joins it with the names of Unicode CLDR.

The file's format is explained at its head; see `seeds/places.toml`.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence

from domain.errors import TaxonomyError
from domain.places import Around, Place, Places, Region, Role, Spelling
from domain.taxonomy import read_languages
from domain.text import fold
from domain.text.protected import PROTECTED
from domain.text.stems import LANGUAGES

Names = Mapping[str, Mapping[str, str]]
"""Language → country code → a name, or several split by commas."""

_KEYS = {"names": Role.NAME, "people": Role.PEOPLE, "cities": Role.CITY, "other": Role.OTHER}
_NONE = "none"
_AND = {"en": "and", "fr": "et", "es": "y", "ru": "и", "ar": "و", "zh": "和"}
_LATIN = ("fr", "es")
"""Languages that write most cities as English does."""
_CODE_LENGTH = 2
_SHORTEST_INFLECTED = 4
_RUSSIAN_ENDINGS = {
    "я": ("я", "и", "е", "ю", "ей"),
    "а": ("а", "ы", "и", "е", "у", "ой"),
    "": ("", "а", "у", "ом", "е"),
}


def load_places(text: str, names: Names, cities: Names) -> Places:
    """Read a places file; raises `TaxonomyError` that names the entry.

    `names` are what countries are called by language, `cities` further cities that stand for them.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TaxonomyError(f"places: {' '.join(str(error).split())}") from error
    unknown = sorted(data.keys() - {*_KEYS, "words", "region", "twins"})
    if unknown:
        raise TaxonomyError(f"places: unknown entry {unknown[0]}")
    codes = frozenset(names["en"])
    spellings: dict[str, list[Spelling]] = {lang: [] for lang in LANGUAGES}
    also: dict[str, dict[str, tuple[str, ...]]] = {}
    for key, role in _KEYS.items():
        for lang, code, listed in _listed(data.get(key, {}), key, codes, allow_none=key == "other"):
            spellings[lang] += [Spelling(spelt, code, role) for spelt in listed]
            if role is Role.NAME and code is not None:
                also.setdefault(code, {})[lang] = tuple(
                    spelt.replace("*", "") for spelt in listed if "*" not in spelt
                )
    for lang, called in names.items():
        for code, name in called.items():
            spellings[lang] += _inflected(name, code, lang)
    for lang, called in cities.items():
        spellings[lang] += [Spelling(city, code, Role.CITY) for city, code in called.items()]
    for lang in _LATIN:
        spellings[lang] += _shared(spellings["en"], spellings[lang])
    countries = {
        code: Place(
            code,
            {lang: names[lang][code] for lang in names if code in names[lang]},
            also.get(code, {}),
        )
        for code in sorted(codes)
    }
    return Places(
        countries,
        _regions(data.get("region", {}), codes),
        spellings,
        _around(data),
        _twins(data, codes),
    )


def _listed(
    table: object, key: str, codes: frozenset[str], *, allow_none: bool
) -> Iterator[tuple[str, str | None, tuple[str, ...]]]:
    for lang, entries in read_languages(table, key).items():
        where = f"{key}.{lang}"
        if not isinstance(entries, dict):
            raise TaxonomyError(f"{where}: must be a table")
        for code, listed in entries.items():
            if code not in codes and not (allow_none and code == _NONE):
                raise TaxonomyError(f"{where}: {code} is no country's code")
            yield lang, None if code == _NONE else code, _split(listed, f"{where}, {code}")


def _split(listed: object, where: str) -> tuple[str, ...]:
    if not isinstance(listed, str):
        raise TaxonomyError(f"{where}: must be a text with commas between the names")
    return tuple(name.strip() for name in listed.split(",") if name.strip())


def _inflected(name: str, code: str, lang: str) -> list[Spelling]:
    """Return the spellings of a country's CLDR name: its parts, and Russian case forms."""
    plain = name.replace("’", "'")
    outside, _, inside = plain.partition("(")
    forms = [outside.strip(), inside.rstrip(") ").strip()] if inside else [plain]
    forms += [form.replace("&", _AND[lang]) for form in forms if "&" in form]
    forms += [form.replace("St.", "Saint") for form in forms if form.startswith("St.")]
    if lang == "ru":
        forms += [case for form in forms for case in _russian_cases(form)]
    return [Spelling(form, code, Role.NAME) for form in dict.fromkeys(forms) if form]


def _russian_cases(name: str) -> list[str]:
    folded = fold(name)
    if not folded.isalpha() or folded in PROTECTED or len(folded) < _SHORTEST_INFLECTED:
        return []
    if name[-1] in _RUSSIAN_ENDINGS:
        return [name[:-1] + ending for ending in _RUSSIAN_ENDINGS[name[-1]]]
    return [] if name[-1] in "еиоуыэю" else [name + ending for ending in _RUSSIAN_ENDINGS[""]]


def _shared(english: Sequence[Spelling], known: Sequence[Spelling]) -> list[Spelling]:
    """Return the cities that English texts name and whose name is not taken yet."""
    taken = {fold(spelling.text) for spelling in known}
    return [
        spelling
        for spelling in english
        if spelling.role is Role.CITY and fold(spelling.text) not in taken
    ]


def _twins(data: Mapping[str, object], codes: frozenset[str]) -> dict[str, str]:
    table = data.get("twins", {})
    if not isinstance(table, dict):
        raise TaxonomyError("twins: must be a table")
    for name, code in table.items():
        if code not in codes:
            raise TaxonomyError(f"twins: {name}: {code} is no country's code")
    return {fold(name): code for name, code in table.items()}


def _regions(table: object, codes: frozenset[str]) -> tuple[Region, ...]:
    if not isinstance(table, dict):
        raise TaxonomyError("region: must be a table")
    regions = []
    for slug, entry in table.items():
        where = f"region {slug}"
        if not isinstance(entry, dict) or not isinstance(entry.get("countries"), str):
            raise TaxonomyError(f"{where}: needs countries, a text of codes")
        held = frozenset(entry["countries"].split())
        wrong = sorted(held - codes)
        if wrong or not held:
            raise TaxonomyError(f"{where}: {wrong[0] if wrong else 'nothing'} is no country's code")
        given = {key: value for key, value in entry.items() if key != "countries"}
        spoken = read_languages(given, where)
        names = {lang: _split(listed, f"{where}, {lang}") for lang, listed in spoken.items()}
        if not names.get("en"):
            raise TaxonomyError(f"{where}: has no English name")
        regions.append(Region(slug, held, names))
    return tuple(regions)


def _around(data: Mapping[str, object]) -> dict[str, Around]:
    around = {}
    for lang, table in read_languages(data.get("words", {}), "words").items():
        where = f"words.{lang}"
        if not isinstance(table, dict):
            raise TaxonomyError(f"{where}: must be a table")
        unknown = sorted(table.keys() - set(Around.__slots__))
        if unknown:
            raise TaxonomyError(f"{where}: unknown key {unknown[0]}")
        around[lang] = Around(
            **{
                key: frozenset(fold(word) for word in _split(listed, f"{where}, {key}"))
                for key, listed in table.items()
            }
        )
    return around
