"""Jinja2 with what every template may use."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from feeds.publish.content import content_html, direction, web_address
from feeds.publish.render import FORMATS
from feeds.web.assets import Assets
from feeds.web.document import Content
from feeds.web.headers import PAGE
from feeds.web.names import day_range, language_name, long_day
from feeds.web.site import Site

_FOLDER = Path(__file__).parent / "templates"

Render = Callable[..., str]
"""Template name and its values → HTML."""


def make_renderer(site: Site, assets: Assets) -> Render:
    """Return the function that renders a template. Every value is escaped."""
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals.update(
        site=site.services.title,
        root=site.root,
        links=site.outside,
        names=site.names,
        formats=FORMATS,
        follow_url=site.services.follow_url,
        stylesheet=site.root + assets.paths["site.css"],
        icon=site.root + assets.paths["icon.svg"],
        day_range=day_range,
        language=language_name,
        long_day=long_day,
        speaks=_speaks,
        web_address=web_address,
        text_of=lambda item: Markup(content_html(item)),  # noqa: S704 - escaped by content_html
    )
    defaults: dict[str, Any] = {"typed": "", "feeds": [("", site.services.title)]}

    def render(template: str, **values: Any) -> str:
        return environment.get_template(template).render(defaults | values)

    return render


def html(page: str, version: int) -> Content:
    """Return a page as a document, made from that version of the store.

    Browsers are to ask each time: an unchanged page costs a 304, and news shows at once.
    """
    return Content(
        body=page.encode(),
        media_type="text/html; charset=utf-8",
        cache_control="public, no-cache",
        headers=PAGE,
        version=version,
    )


def _speaks(lang: str) -> Markup:
    """Return the attributes that tell a text's language and direction."""
    tag = Markup("") if lang == "und" else Markup(' lang="{}"').format(lang)
    return tag + Markup(' dir="{}"').format(direction(lang))
