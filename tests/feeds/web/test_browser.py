"""The pages in a real browser: at 360 and 1280 pixels, light and dark, English and Arabic."""

from collections.abc import AsyncIterator
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.async_api import Browser, Page

from domain.model import Draft
from feeds.web.tongue import spoken
from tests.feeds.web.conftest import DRAFTS, World, serving

pytestmark = pytest.mark.browser

PAGES = (
    "/",
    "/topics",
    "/topics/migrant-smuggling",
    "/topics/smuggling-by-sea",
    "/countries/ng",
    "/timeline",
    "/search?q=smuggling",
    "/search?q=zzyzx+nigeria",
    "/search?q=(",
    "/search",
    "/status",
    "/api/docs",
    "/nothing",
)
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RULES = {"resultTypes": ["violations"]}


@pytest.fixture
async def site(world: World) -> AsyncIterator[str]:
    async with serving(world.app) as address:
        yield address


async def open_page(browser: Browser, width: int, scheme: str) -> tuple[Page, list[str]]:
    page = await browser.new_page(
        viewport={"width": width, "height": 700},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return page, complaints


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["en", "ar"])
async def test_pages_fit_and_can_be_read_by_all(
    browser: Browser, world: World, site: str, width: int, scheme: str, lang: str
) -> None:
    """Every page: no violation of any rule of axe, WCAG 2.2 AA among them, and one request."""
    slugs = await world.publish(*DRAFTS)
    page, complaints = await open_page(browser, width, scheme)
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    for path in (*PAGES, *(f"/items/{slug}" for slug in slugs)):
        asked = spoken(path, lang)
        requests.clear()
        await page.goto(site + asked)
        assert requests == [site + asked]
        overflow = await page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert (asked, overflow) == (asked, 0)
        await page.evaluate(AXE)
        found = await page.evaluate("(rules) => axe.run(document, rules)", RULES)
        assert [(asked, one["id"], one["nodes"]) for one in found["violations"]] == []
    assert [one for one in complaints if "status of 40" not in one] == []
    await page.close()


MARKUP = f"""<h2>Figures</h2><h3>By year</h3><p>See <a href="https://un.example/{"long" * 30}"
 rel="nofollow noopener noreferrer">https://un.example/{"long" * 30}</a> and <code>code</code>.</p>
<table><caption>Cases</caption><thead><tr>{"<th scope='col'>Country</th>" * 12}</tr></thead><tbody>
<tr><th scope="row">Nigeria</th>{"<td>1,234,567</td>" * 11}</tr></tbody></table>
<blockquote><p>Quoted{"x" * 90}</p><blockquote><p>Deeper</p></blockquote></blockquote>
<pre>{"preformatted " * 9}{"y" * 90}</pre><ol start="3"><li>a<ul><li><p>b</p></li></ul></li></ol>
<dl><dt>Term</dt><dd>Meaning<sup>1</sup></dd></dl><hr><h3>End</h3>
{"<ul><li>Deep<blockquote>down " * 30}{"</blockquote></li></ul>" * 30}
<table><tbody><tr><td>small</td></tr></tbody></table>"""


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["en", "ar"])
async def test_upstreams_markup_breaks_no_page(
    browser: Browser, world: World, site: str, width: int, scheme: str, lang: str
) -> None:
    """Wide tables scroll by themselves, all else wraps, and headings keep their order."""
    (slug,) = await world.publish(Draft(title="Marked", body="Text", markup=MARKUP, lang=lang))
    page, complaints = await open_page(browser, width, scheme)
    await page.goto(f"{site}/items/{slug}")
    assert await page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0
    wide = page.locator(".text .scroll").first
    assert await wide.evaluate("one => one.scrollWidth > one.clientWidth")
    await wide.focus()
    assert await wide.evaluate("one => document.activeElement === one")
    for part in ("pre", "blockquote", "p"):
        every = page.locator(f".text {part}")
        assert await every.evaluate_all("all => all.every(one => one.scrollWidth <= innerWidth)")
    await page.evaluate(AXE)
    found = await page.evaluate("(rules) => axe.run(document, rules)", RULES)
    assert [(one["id"], one["nodes"]) for one in found["violations"]] == []
    assert complaints == []
    await page.close()


async def test_a_qr_code_opens_without_scripts(browser: Browser, site: str) -> None:
    page, _ = await open_page(browser, 360, "dark")
    await page.goto(site)
    code = page.get_by_role("img", name="QR code")
    assert not await code.is_visible()
    await page.get_by_text("QR code").first.click()
    box = await code.locator("svg").bounding_box()
    assert box
    assert box["width"] == box["height"] > 150


async def test_paper_shows_the_text_and_nothing_to_press(
    browser: Browser, world: World, site: str
) -> None:
    (slug,) = await world.publish(DRAFTS[0])
    page, _ = await open_page(browser, 1280, "dark")
    await page.emulate_media(media="print")
    for path in (f"/items/{slug}", "/topics/migrant-smuggling"):
        await page.goto(site + path)
        assert await page.get_by_role("heading", level=1).is_visible()
        for hidden in ("form.search", ".follow", "footer"):
            assert not await page.locator(hidden).is_visible()


async def test_narrowing_leads_to_what_was_counted(browser: Browser, site: str) -> None:
    page, _ = await open_page(browser, 1280, "light")
    await page.goto(site + "/topics/migrant-smuggling")
    narrow = page.get_by_role("navigation", name="Narrow down")
    await narrow.get_by_role("link", name="Egypt").click()
    assert page.url == site + "/search?q=topic%3Amigrant-smuggling+country%3Aeg"
    assert await page.get_by_role("heading", level=1).inner_text() == "1 result"


async def test_a_language_goes_along(browser: Browser, site: str) -> None:
    page, _ = await open_page(browser, 360, "light")
    await page.goto(site + "/topics")
    await page.get_by_role("link", name="العربية").click()
    assert page.url == site + "/topics?ui=ar"
    await page.get_by_role("link", name="تهريب المهاجرين", exact=True).click()
    assert page.url == site + "/topics/migrant-smuggling?ui=ar"
    await page.get_by_label("بحث").fill("nigeria")
    await page.keyboard.press("Enter")
    await page.wait_for_url(site + "/search?q=nigeria&ui=ar")
    assert await page.evaluate("document.dir") == "rtl"


async def test_the_story_of_a_reader_with_a_keyboard(browser: Browser, site: str) -> None:
    page, _ = await open_page(browser, 360, "light")
    await page.goto(site)
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    assert await page.evaluate("document.activeElement.id") == "main"
    await page.get_by_label("Search").fill("events in nigeria")
    await page.keyboard.press("Enter")
    await page.get_by_role("link", name="Final meeting").click()
    await page.get_by_role("link", name="Nigeria", exact=True).click()
    assert page.url == f"{site}/countries/ng"
    assert await page.title() == "Nigeria · Topicwire"
