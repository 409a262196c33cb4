"""How the bot gets its updates: long polling or a webhook."""

from collections.abc import Awaitable
from typing import Any

from bot.sandbox.arguments import Arguments
from bot.sandbox.errors import bad_request
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.updates import Update
from bot.sandbox.webhook import Target

_MAX_CONNECTIONS = 100


def get_updates(sandbox: Sandbox, arguments: Arguments) -> Awaitable[list[Update]]:
    """Answer a poll; see UpdateQueue.poll."""
    _allow(sandbox, arguments)
    return sandbox.updates.poll(
        arguments.whole("offset"), arguments.whole("limit", 100), arguments.whole("timeout")
    )


def set_webhook(sandbox: Sandbox, arguments: Arguments) -> bool:
    """Deliver updates to an address; without one this is deleteWebhook."""
    url = arguments.text("url")
    if not url:
        return delete_webhook(sandbox, arguments)
    _allow(sandbox, arguments)
    connections = min(max(arguments.whole("max_connections", 40), 1), _MAX_CONNECTIONS)
    target = Target(url, arguments.text("secret_token"), connections)
    target.check()
    _drop(sandbox, arguments)
    sandbox.webhook.set(target)
    return True


def delete_webhook(sandbox: Sandbox, arguments: Arguments) -> bool:
    """Go back to polling."""
    sandbox.webhook.remove()
    _drop(sandbox, arguments)
    return True


def get_webhook_info(sandbox: Sandbox, _arguments: Arguments) -> dict[str, Any]:
    """Return where updates go, how many wait and what went wrong last."""
    return sandbox.webhook.info()


def _drop(sandbox: Sandbox, arguments: Arguments) -> None:
    if arguments.flag("drop_pending_updates"):
        sandbox.updates.clear()


def _allow(sandbox: Sandbox, arguments: Arguments) -> None:
    kinds = arguments.json("allowed_updates", "allowed updates")
    if kinds is None:
        return
    if not isinstance(kinds, list):
        raise bad_request("can't parse allowed updates JSON object")
    sandbox.updates.allow(str(kind) for kind in kinds)
