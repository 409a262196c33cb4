"""The chat page in a real browser."""

import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect
from starlette.applications import Starlette
from starlette.routing import Mount

from bot.sandbox import UNLIMITED, Sandbox, create_chat, serve_app
from bot.sandbox.arguments import Arguments
from bot.sandbox.methods import METHODS

pytestmark = pytest.mark.browser

KEYS = {
    "inline_keyboard": [
        [{"text": "Follow", "callback_data": "f"}, {"text": "Read", "url": "https://x.org/"}]
    ]
}


@pytest.fixture
def sandbox() -> Sandbox:
    box = Sandbox(limits=UNLIMITED)
    commands = {"search": "Find items", "start": "Begin", "subscribe": "Follow a topic"}
    box.profile.commands["default", ""] = [
        {"command": name, "description": text} for name, text in commands.items()
    ]
    box.profile.descriptions[""] = "News on a topic"
    return box


@pytest.fixture
async def page(browser: Browser, sandbox: Sandbox) -> AsyncIterator[Page]:
    problems: list[str] = []
    application = Starlette(routes=[Mount("/demo", create_chat(sandbox))])
    async with serve_app(application) as url:
        context = await browser.new_context(
            base_url=url, viewport={"width": 360, "height": 640}, reduced_motion="reduce"
        )
        page = await context.new_page()
        page.on("console", lambda message: problems.append(message.text))
        page.on("pageerror", lambda error: problems.append(str(error)))
        yield page
        await context.close()
        await sandbox.close()
    assert problems == []


def answer(sandbox: Sandbox, method: str, **values: Any) -> Any:
    return METHODS[method](sandbox, Arguments(values))


def visitor(sandbox: Sandbox) -> int:
    return int(sandbox.updates.pending[0]["message"]["chat"]["id"])


async def heard(sandbox: Sandbox, text: str) -> None:
    await sandbox.wait_for(
        lambda: (
            sandbox.updates.pending
            and sandbox.updates.pending[-1].get("message", {}).get("text") == text
        )
    )


async def test_a_conversation(page: Page, sandbox: Sandbox) -> None:
    await page.goto("/demo?start=topic-7")
    await heard(sandbox, "/start topic-7")
    await expect(page).to_have_url(re.compile("/demo/$"))
    chat_id = visitor(sandbox)

    sent = answer(
        sandbox,
        "sendmessage",
        chat_id=chat_id,
        text="<b>Item</b> &lt;img src=x onerror=alert(1)&gt; /topics",
        parse_mode="HTML",
        reply_markup=KEYS,
    )
    theirs = page.locator("article.theirs").last
    await expect(theirs.locator(".text")).to_have_text("Item <img src=x onerror=alert(1)> /topics")
    await expect(theirs.locator("strong")).to_have_text("Item")
    link = theirs.get_by_role("link", name="Read")
    await expect(link).to_have_attribute("target", "_blank")
    await expect(link).to_have_attribute("href", "https://x.org/")

    follow = theirs.get_by_role("button", name="Follow")
    await follow.focus()
    await page.keyboard.press("Enter")
    await sandbox.wait_for(lambda: "callback_query" in sandbox.updates.pending[-1])
    query = sandbox.updates.pending[-1]["callback_query"]
    answer(sandbox, "answercallbackquery", callback_query_id=query["id"], text="You follow it")
    await expect(page.get_by_role("status").filter(has_text="You follow it")).to_be_visible()
    place = {"chat_id": chat_id, "message_id": sent["message_id"]}
    answer(sandbox, "editmessagetext", **place, text="Page 2", reply_markup=KEYS)
    await expect(theirs.locator(".text")).to_have_text("Page 2")
    await expect(follow).to_be_focused()

    press = sandbox.press(chat_id, sent["message_id"], "f")
    answer(sandbox, "answercallbackquery", callback_query_id=press.id, text="Look", show_alert=True)
    await expect(page.get_by_role("dialog")).to_contain_text("Look")
    await page.get_by_role("button", name="OK").click()

    wide = await page.evaluate("document.documentElement.scrollWidth")
    assert wide == 360
    await page.reload()
    await expect(page.locator("article")).to_have_count(2)
    await expect(page.locator("article.theirs .text")).to_have_text("Page 2")

    answer(sandbox, "deletemessage", **place)
    await expect(page.locator("article")).to_have_count(1)


async def test_the_command_menu_by_keys_and_pointer(page: Page, sandbox: Sandbox) -> None:
    await page.goto("/demo/")
    await expect(page.get_by_text("News on a topic")).to_be_visible()
    await page.get_by_role("button", name="Start", exact=True).click()
    await heard(sandbox, "/start")
    box = page.get_by_role("combobox", name="Message")
    await box.press_sequentially("/s")
    options = page.get_by_role("option")
    await expect(options).to_have_count(3)
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowUp")
    await page.keyboard.press("ArrowUp")
    await expect(options.last).to_have_attribute("aria-selected", "true")
    await page.keyboard.press("Tab")
    await expect(box).to_have_value("/subscribe ")
    await box.press_sequentially("nigeria")
    await page.keyboard.press("Enter")
    await heard(sandbox, "/subscribe nigeria")
    await expect(box).to_have_value("")
    await box.press_sequentially("/se")
    await page.keyboard.press("Enter")
    await heard(sandbox, "/search")
    await page.get_by_role("button", name="Commands").click()
    await options.filter(has_text="Begin").click()
    await heard(sandbox, "/start")
    await page.get_by_role("button", name="Commands").click()
    await page.keyboard.press("Escape")
    await expect(options).to_have_count(0)


async def test_stop_restart_and_a_push_while_reading_above(page: Page, sandbox: Sandbox) -> None:
    await page.goto("/demo/")
    await page.get_by_role("button", name="Start", exact=True).click()
    await heard(sandbox, "/start")
    chat_id = visitor(sandbox)
    await page.get_by_role("button", name="Stop bot").click()
    restart = page.get_by_role("button", name="Restart the bot")
    await expect(restart).to_be_visible()
    await expect(page.get_by_role("combobox")).to_be_hidden()
    await restart.click()
    await heard(sandbox, "/start")
    await expect(page.get_by_role("combobox")).to_be_visible()

    for number in range(20):
        answer(sandbox, "sendmessage", chat_id=chat_id, text=f"Item {number}")
    await expect(page.get_by_text("Item 19", exact=True)).to_be_in_viewport()
    await page.get_by_role("log").evaluate("log => { log.scrollTop = 0; }")
    answer(sandbox, "sendmessage", chat_id=chat_id, text="Item 20")
    pill = page.get_by_role("button", name="New messages")
    await pill.click()
    await expect(page.get_by_text("Item 20", exact=True)).to_be_in_viewport()
    await expect(pill).to_be_hidden()
    await expect(page).to_have_title(re.compile("Topicwire"))
