"""The pages in a real browser: at 360 and 1280 pixels, light and dark."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Page

from tests.feeds.web.conftest import World, serving

pytestmark = pytest.mark.browser

PAGES = ("/", "/topics", "/topics/migrant-smuggling", "/search?q=smuggling", "/search", "/api/docs")
CONTRAST = """
() => {
  const parse = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => {
    const part = (c) => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  };
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const color = parse(getComputedStyle(at).backgroundColor);
      if (color.length === 3 || color[3] > 0) return color;
    }
    return [255, 255, 255];
  };
  const faint = [];
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
    if (!own) continue;
    const [a, b] = [light(parse(getComputedStyle(element).color)), light(behind(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) faint.push(`${element.className || element.tagName} ${ratio.toFixed(2)}`);
  }
  return faint;
}
"""


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


async def test_pages_fit_and_can_be_read(browser: Browser, site: str) -> None:
    for width in (360, 1280):
        for scheme in ("light", "dark"):
            page, complaints = await open_page(browser, width, scheme)
            for path in PAGES:
                await page.goto(site + path)
                overflow = await page.evaluate("document.documentElement.scrollWidth - innerWidth")
                assert (path, width, overflow) == (path, width, 0)
                assert await page.evaluate(CONTRAST) == []
            assert complaints == []
            await page.close()


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
