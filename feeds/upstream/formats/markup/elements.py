"""Which elements of others are kept, and where they can stand."""

from typing import Final

HEADINGS: Final = ("h2", "h3", "h4", "h5", "h6")
ROWS: Final = frozenset("table thead tbody tfoot tr".split())
PARTS: Final = {
    "li": {"ul", "ol"},
    "dt": {"dl"},
    "dd": {"dl"},
    "caption": {"table"},
    "thead": {"table"},
    "tbody": {"table"},
    "tfoot": {"table"},
    "tr": {"table", "thead", "tbody", "tfoot"},
    "td": {"tr"},
    "th": {"tr"},
}
"""Elements that are nothing outside of others."""
BLOCKS: Final = frozenset(("blockquote", "ul", "ol", "dl", "pre", "table", *HEADINGS, *PARTS))
INLINE: Final = frozenset(
    "a abbr b bdi bdo cite code em i kbd q s samp small span strong sub sup u".split()
)
PARAGRAPHS: Final = frozenset(
    "p div section article aside header footer main nav figure figcaption form fieldset legend"
    " address center details summary body noframes hgroup search".split()
)
RENAMED: Final = {
    "h1": "h2",
    "dir": "ul",
    "menu": "ul",
    "strike": "s",
    "del": "s",
    "ins": "u",
    "tt": "code",
    "var": "i",
    "dfn": "i",
    "acronym": "abbr",
    "listing": "pre",
    "xmp": "pre",
}
TEXT_ALONE: Final = frozenset(("dt", "caption", "pre", *HEADINGS))
"""Blocks that hold no other blocks here."""
LOOSE: Final = frozenset(("", "blockquote"))
"""Where text gets a paragraph; in list entries and cells it can stand by itself."""
INDENTED: Final = frozenset("blockquote ul ol dl".split())


def fits(name: str, around: str) -> bool:
    """Tell whether a block can stand in another one."""
    if around in TEXT_ALONE:
        return False
    if name in PARTS:
        return around in PARTS[name]
    return around not in ROWS
