"""Jinja2 with what every template may use."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from domain.model import Item
from feeds.publish.calendar import CALENDAR_TYPE
from feeds.publish.content import content_html, direction, web_address
from feeds.publish.render import FORMATS
from feeds.web.assets import ICON, STYLE, TEXT_STYLE
from feeds.web.document import Content
from feeds.web.headers import PAGE
from feeds.web.names import LANGUAGE, language_name
from feeds.web.qr import qr_code
from feeds.web.site import Site
from feeds.web.structured import as_script
from feeds.web.tongue import own_names, spoken

_FOLDER = Path(__file__).parent / "templates"

_SCROLLING = '<div class="scroll" tabindex="0"><table'
"""Can be reached by keyboard. In texts and attributes of sanitised HTML every `<` is escaped."""

Render = Callable[..., str]
"""Template name, language of the page and the template's values → HTML."""


def make_renderer(site: Site) -> Render:
    """Return the function that renders a template. Every value is escaped.

    All pages may be given `here`, their path below the root; `address`, where they are found from
    outside; `feeds`, their feeds as `Site.feeds_of` gives them; `calendar`, the query of their
    calendar; `data`, what they say in schema.org's terms; and `description`, a line on them.
    """
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
        files=site.outside,
        formats=FORMATS,
        calendar_type=CALENDAR_TYPE.partition(";")[0],
        follow_url=site.services.follow_url,
        qr_code=qr_code,
        style=STYLE,
        text_style=TEXT_STYLE,
        icon=ICON,
        languages=own_names(),
        language=language_name,
        spoken=spoken,
        speaks=_speaks,
        web_address=web_address,
        as_script=as_script,
        text_of=_text_of,
    )
    defaults: dict[str, Any] = {
        "typed": "",
        "section": "",
        "here": "",
        "address": "",
        "description": "",
        "calendar": None,
        "data": (),
        "feeds": [("", site.services.title)],
    }

    def render(template: str, lang: str = LANGUAGE, **values: Any) -> str:
        tongue = site.tongues[lang]
        spoken_by = {"t": tongue.words, "names": tongue.names, "links": tongue.links, "ui": tongue}
        return environment.get_template(template).render(defaults | spoken_by | values)

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


def _text_of(item: Item) -> Markup:
    """Return an item's text; tables that are wider than the page scroll by themselves."""
    text = content_html(item).replace("<table", _SCROLLING).replace("</table>", "</table></div>")
    return Markup(text)  # noqa: S704 - sanitised or escaped


def _speaks(lang: str) -> Markup:
    """Return the attributes that tell a text's language and direction."""
    tag = Markup("") if lang == "und" else Markup(' lang="{}"').format(lang)
    return tag + Markup(' dir="{}"').format(direction(lang))
