"""The stylesheet and the icon. Every page carries both, so that one request shows it whole."""

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


STYLE = Markup(  # noqa: S704 - our own file
    "".join(
        _without_blanks((_FOLDER / name).read_text(encoding="utf-8"))
        for name in ("site.css", "print.css")
    )
)
"""The content of a page's `style` element."""

STYLE_HASH = "sha256-" + b64encode(sha256(STYLE.encode()).digest()).decode()
"""Its name in a content policy, which allows this very text and no other style."""

ICON = "data:image/svg+xml," + quote((_FOLDER / "icon.svg").read_text(encoding="utf-8").strip())
"""The icon as an address."""
