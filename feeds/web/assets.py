"""The stylesheets and the icon. A page carries its own, so that one request shows it whole."""

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from markupsafe import Markup

_FOLDER = Path(__file__).parent / "static"


def _without_blanks(css: str) -> str:
    """Return a stylesheet without comments and most blanks; no string in ours has such signs."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    return re.sub(r" ?([{};,]) ?|(:) ", r"\1\2", css).replace(";}", "}").strip()


def _style(*names: str) -> Markup:
    """Return our own files as the content of a `style` element."""
    texts = ((_FOLDER / name).read_text(encoding="utf-8") for name in names)
    return Markup("".join(map(_without_blanks, texts)))  # noqa: S704 - our own files


STYLE = _style("site.css", "print.css")
"""Of every page."""

TEXT_STYLE = _style("text.css")
"""Of the pages with an item's text, beside the other."""

STYLE_SOURCES = " ".join(
    f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'"
    for style in (STYLE, TEXT_STYLE)
)
"""Their names in a content policy, which allows these very texts and no other style."""

ICON = "data:image/svg+xml," + quote((_FOLDER / "icon.svg").read_text(encoding="utf-8").strip())
"""The icon as an address."""
