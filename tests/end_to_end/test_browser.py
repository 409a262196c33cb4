"""The demo in a real browser: read, ask, follow, and see a push arrive."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from tests.end_to_end.process import Topicwire

TITLE = "Rescue ships against the smuggling of migrants by sea"


async def say(page: Page, text: str) -> None:
    await page.locator("#text").fill(text)
    await page.locator("#text").press("Enter")


@pytest.mark.browser
@pytest.mark.timeout(180)
async def test_the_story_by_hand(tmp_path: Path, browser: Browser) -> None:
    topicwire = Topicwire(tmp_path)
    async with topicwire.serving("demo"):
        page = await browser.new_page(viewport={"width": 360, "height": 740})
        problems: list[str] = []
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on(
            "console",
            lambda message: problems.append(message.text) if message.type == "error" else None,
        )

        await page.goto(topicwire.address)
        await page.get_by_role("link", name="Migrant smuggling").first.click()
        feeds = page.locator("link[rel=alternate]")
        assert "/topics/migrant-smuggling/feed" in (await feeds.first.get_attribute("href") or "")
        await page.get_by_role("link", name="Follow in Telegram").click()
        log = page.get_by_role("log")
        await expect(log).to_contain_text("topic: Migrant smuggling", timeout=15_000)
        await log.get_by_role("button", name="Follow").last.click()
        await expect(log).to_contain_text("You now follow")

        await say(page, "events in abuja")
        await expect(log).to_contain_text("kind: event")
        await expect(log).to_contain_text("Abuja, Nigeria")

        await topicwire.succeed("publish", "--title", TITLE)
        await expect(log).to_contain_text(TITLE, timeout=4_000)
        await page.reload()
        await expect(log).to_contain_text(TITLE)
        link = log.get_by_role("link", name=TITLE)
        async with page.context.expect_page() as opening:
            await link.click()
        item = await opening.value
        await expect(item.get_by_role("heading", level=1)).to_have_text(TITLE)
        assert problems == []
