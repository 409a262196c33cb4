"""Addresses as QR codes."""

from functools import lru_cache

import segno
from markupsafe import Markup


@lru_cache(maxsize=512)
def qr_code(address: str) -> Markup:
    """Return an SVG element that shows an address; dark on light, with the quiet zone it needs."""
    code = segno.make_qr(address, error="m")
    svg = code.svg_inline(border=4, light="#fff", omitsize=True, svgclass=None, lineclass=None)
    return Markup(svg)  # noqa: S704 - made of numbers alone
