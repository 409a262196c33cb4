"""Checks of every setting and connection, in the order in which the service needs them."""

from collections.abc import Awaitable, Callable

from app.server import listen
from app.settings import Settings, load_settings
from bot.identity import bot_username
from domain.errors import TopicwireError
from seeds.data import load_classifier, load_vocabulary
from storage import items
from storage.database import Database
from storage.migrate import check_version

Finding = dict[str, str]
"""`check`, `result` (`ok`, `wrong` or `off`) and `detail`."""


async def examine() -> list[Finding]:
    """Return what was checked, and what is wrong with it."""
    try:
        settings = load_settings()
    except TopicwireError as error:
        return [_finding("settings", "wrong", str(error))]
    findings = [_finding("settings", "ok", "from the environment and .env")]
    checks: list[tuple[str, Callable[[Settings], Awaitable[str]]]] = [
        ("store", _store),
        ("topics and places", _taxonomy),
        ("http", _http),
    ]
    if settings.has_token:
        checks.append(("telegram", _telegram))
    else:
        findings.append(_finding("telegram", "off", "TOPICWIRE_TELEGRAM_TOKEN is not set"))
    for name, check in checks:
        try:
            findings.append(_finding(name, "ok", await check(settings)))
        except TopicwireError as error:
            findings.append(_finding(name, "wrong", str(error)))
    return findings


def _finding(check: str, result: str, detail: str) -> Finding:
    return {"check": check, "result": result, "detail": detail}


async def _store(settings: Settings) -> str:
    db = Database(settings.store_url)
    kind = "SQLite" if db.is_sqlite else "PostgreSQL"
    try:
        await check_version(db)
        async with db.read() as tx:
            total = (await items.counts(tx)).total
    finally:
        await db.dispose()
    return f"{kind}, newest schema, {total} items"


async def _taxonomy(settings: Settings) -> str:
    load_classifier(settings.topics_file)
    load_vocabulary(settings.topics_file)
    return "the operator's" if settings.topics_file else "as shipped"


async def _http(settings: Settings) -> str:
    listen(settings.http_host, settings.http_port).close()
    return f"{settings.http_host}:{settings.http_port} is free; public address {settings.site_url}"


async def _telegram(settings: Settings) -> str:
    token = settings.telegram_token.get_secret_value()
    username = await bot_username(token, settings.telegram_api_url)
    way = "webhook" if settings.telegram_webhook_url else "polling"
    return f"@{username}, by {way}"
