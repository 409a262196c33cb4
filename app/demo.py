"""The demo: the service with a sandbox in Telegram's place, and a chat page at /demo."""

from contextlib import AsyncExitStack

import structlog
from fastapi import FastAPI
from pydantic import SecretStr

from app.intake import take_in
from app.service import Service, running, stop_signals, until_told, utc_now
from app.settings import Settings
from bot.sandbox import Sandbox, create_chat, serve
from domain.language import forget_model
from seeds import SOURCE

PATH = "/demo"

log = structlog.get_logger(__name__)


async def serve_demo(settings: Settings) -> None:
    """Seed the store and serve everything until SIGTERM or SIGINT, without a Telegram token."""
    told = stop_signals()
    await take_in(settings, None, source=SOURCE, push=False, now=utc_now())
    forget_model()
    sandbox = Sandbox()
    async with AsyncExitStack() as stack:
        api_url = await stack.enter_async_context(serve(sandbox))
        offline = settings.model_copy(
            update={
                "telegram_token": SecretStr(sandbox.token),
                "telegram_api_url": api_url,
                "telegram_webhook_url": "",
            }
        )

        def add_chat_page(service: Service, web: FastAPI) -> None:
            web.mount(PATH, create_chat(sandbox))
            service.chat_page = f"{settings.site_url}{PATH}/"

        working = await stack.enter_async_context(running(offline, extend=add_chat_page))
        log.info("chat with the bot", address=f"{settings.site_url}{PATH}/")
        await until_told(working, told)
        await sandbox.close()  # ends the chat pages' streams, which the web server would wait for
