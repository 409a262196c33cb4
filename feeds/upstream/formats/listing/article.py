"""Pages without date lines that hold one article, dated by what its text supports."""

import re
from collections.abc import Sequence

from domain.dates import MONTHS, find_dates, in_order
from domain.text import sentence_parts
from feeds.upstream.formats.listing.compose import When
from feeds.upstream.formats.listing.furniture import is_furniture, is_heading
from feeds.upstream.formats.listing.page import Page
from feeds.upstream.formats.listing.prose import is_prose, is_title, word_count
from feeds.upstream.formats.listing.titles import title_lines

_READ = 30_000
_YEAR = re.compile(
    r"(?<![\w./№#$€£-])(?:(?P<known>(?:in|by|during|since|until|before|after|of|year|for|the|and|en"
    r"|l[’']année|depuis|fin|début|pour|an|año|desde|hasta|de|del|para|y|в|с|до|к|на|и"
    rf"|عام|سنة|منذ|{'|'.join(MONTHS)})\.?,?\s))?"
    r"(?P<year>(?:19|2[01])\d\d)(?![\w-])(?!\s?[-–/]\s?\d|[.,]\d)"
    r"(?(known)|(?=\s?(?:[.;:!?)»”\"]|,|года?\b|г\.|$)))"
    r"|(?P<han>(?:19|2[01])\d\d)年",
    re.IGNORECASE,
)
_NEAR = 3
_FUTURE = re.compile(
    r"\b(?:will|shall|is to|are to|plans? to|going to|upcoming|forthcoming|expected to"
    r"|sera|seront|va|vont|prévoit|publiera|lancera|tiendra|organisera|aura|auront|paraîtra"
    r"|prévu[es]{0,2}"
    r"|será|serán|va a|van a|prevé|publicará|lanzará|tendrá|organizará|celebrará|presentará"
    r"|previst[oa]s?"
    r"|будет|будут|планирует|намерен\w*|предстоит|опубликует|проведет|проведёт|состоится)\b"
    r"|سوف|سي(?=[نتصع])|ستن|ستص|ستع|将|計畫|计划",
    re.IGNORECASE,
)


def find_article(page: Page) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
    """Return the lines of the title and those of the text below it, or None.

    The title is the last headline above the first paragraph of text; headlines of one to three
    words count only where there is no other, as menus are made of them.
    """
    first = next((i for i in range(len(page.lines)) if _is_text(page, i)), None)
    if first is None:
        return None
    heads = [i for i in range(first) if _can_head(page, i)]
    if not heads:
        return None
    telling = [i for i in heads if word_count(page.lines[i].text) >= 4]
    start = (telling or heads)[-1]
    title = title_lines(page, start, len(page.lines))
    return title, tuple(range(title[-1] + 1, len(page.lines)))


def _is_text(page: Page, index: int) -> bool:
    text = page.lines[index].text
    if word_count(text) < 6 or page.lines[index].bullet or is_furniture(text):
        return False
    return is_prose(text) or (page.is_full(index) and page.is_full(index + 1))


def _can_head(page: Page, index: int) -> bool:
    text = page.lines[index].text
    return is_title(text) and not is_furniture(text) and not is_heading(text)


def supported_date(text: str) -> When | None:
    """Return the day that an article's text supports as that of its publication, or None.

    It is the first date of the text (a dateline above all) that is not much older than what else
    the text tells of. A day without a year gets the latest year of the text, be it one of
    deeds or of plans that lie near ahead.
    """
    read = text[:_READ]
    past, ahead = _years(read)
    newest = max(past, default=0)
    for found in find_dates(read):
        printed = in_order(found, swap=False)
        days = printed.days(_implied_year(past, ahead))
        if days is not None and days[0].year >= newest - 1:
            return When(*days, is_range=printed.last is not None, derived=True)
    return None


def _years(text: str) -> tuple[list[int], list[int]]:
    """Return the years that sentences speak of as past, and as yet to come."""
    past: list[int] = []
    ahead: list[int] = []
    for sentence in sentence_parts(text):
        years = [int(found["year"] or found["han"]) for found in _YEAR.finditer(sentence)]
        (ahead if _FUTURE.search(sentence) else past).extend(years)
    return past, ahead


def _implied_year(past: Sequence[int], ahead: Sequence[int]) -> int | None:
    """Return the latest year of the text; plans count where they are not far off."""
    known = [*past, *(year for year in ahead if not past or year - max(past) <= _NEAR)]
    return max(known, default=None)


def text_of(page: Page, body: Sequence[int]) -> str:
    """Return the text in which an article's date is looked for."""
    return "\n".join(page.lines[i].text for i in body)
