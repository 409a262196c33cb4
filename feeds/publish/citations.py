"""Items for people who cite: BibTeX and RIS records. A publication is a report, all else a page."""

from collections.abc import Sequence

from domain.links import Links
from domain.model import Item, Kind
from domain.text import clean
from feeds.publish.channel import Names
from feeds.publish.content import web_address

BIBTEX_TYPE = "application/x-bibtex; charset=utf-8"
RIS_TYPE = "application/x-research-info-systems; charset=utf-8"

_SPECIAL = str.maketrans(
    {sign: f"\\{sign}" for sign in "&%$#_"}
    | {
        # BibTeX counts braces even behind a backslash, so that they must go by name.
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)
_IN_ADDRESS = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C"})


def bibtex(item: Item, links: Links, names: Names) -> str:
    r"""Return the item's BibTeX entry, in UTF-8 with TeX's special characters escaped.

    Its key is the slug, so a paper that cites the item goes on to cite it after an edit.
    """
    is_report = item.kind is Kind.PUBLICATION
    author = _tex(names.source(item.source))
    fields = {
        # Braces within keep names whole and their capitals as they are.
        "author": f"{{{author}}}",
        "title": f"{{{_tex(item.title)}}}",
        **({"institution": author} if is_report else {"howpublished": "Web page"}),
        "year": f"{item.published.day.year:04}",
        "month": str(item.published.day.month),
        "day": str(item.published.day.day),
        "date": item.published.day.isoformat(),
        "url": _address(item, links).translate(_IN_ADDRESS),
        "language": "" if item.lang == "und" else item.lang,
        "keywords": _tex(", ".join(_keywords(item, names))),
        "abstract": _tex(_line(item.summary)),
        "note": _tex(_archived(item, links)),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    kind = "techreport" if is_report else "misc"
    return "\n".join([f"@{kind}{{{item.slug},", *lines, "}\n"])


def ris(item: Item, links: Links, names: Names) -> str:
    """Return the item's RIS record, with the line ends that the format asks for."""
    day = item.published.day
    tags = [
        ("TY", "RPRT" if item.kind is Kind.PUBLICATION else "ELEC"),
        ("ID", item.slug),
        ("AU", names.source(item.source)),
        ("TI", item.title),
        ("PB", names.source(item.source)),
        ("PY", f"{day.year:04}"),
        ("DA", f"{day.isoformat().replace('-', '/')}/"),
        ("UR", _address(item, links)),
        ("LA", "" if item.lang == "und" else item.lang),
        *(("KW", keyword) for keyword in _keywords(item, names)),
        ("AB", item.summary),
        ("N1", _archived(item, links)),
    ]
    written = [f"{tag}  - {text}" for tag, value in tags if (text := _line(value))]
    return "\r\n".join([*written, "ER  - ", "", ""])


def _address(item: Item, links: Links) -> str:
    """Return what a reader should look up: the original, or our page where there is none."""
    return web_address(item.link) or links.item(item.slug)


def _archived(item: Item, links: Links) -> str:
    return f"Archived at {links.item(item.slug)}" if web_address(item.link) else ""


def _keywords(item: Item, names: Names) -> Sequence[str]:
    return [*map(names.topic, item.topics), *map(names.country, item.countries)]


def _tex(text: str) -> str:
    return _line(text).translate(_SPECIAL)


def _line(text: str) -> str:
    return " ".join(clean(text).split())
