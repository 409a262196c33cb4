"""Telegram on loopback: a Bot API server that enforces Telegram's rules, and the demo's chat page.

It stands for the other side, so it knows nothing of python-telegram-bot and of Topicwire. Three
things use it: `topicwire demo`, the end-to-end tests, and the load and fault benchmarks.

    sandbox = Sandbox(limits=UNLIMITED)
    async with serve(sandbox) as url:           # a self-hosted Bot API server's root address
        sandbox.send_text(42, "/start")         # what a person does
        await sandbox.wait_for(lambda: sandbox.sent)
        sandbox.faults.add(BLOCKED, chat_id=42) # what goes wrong

- `sandbox` is the state and its rules; `state`, `journal`, `updates`, `webhook`, `questions` and
  `profile` are its parts, `limits` the flood limits, `faults` what can be made to go wrong.
- `formatting` is what Telegram does to text, links and keyboards; pure.
- `methods` are the Bot API's methods; `server` puts them on HTTP, `serving` on a port.
- `chat` is the chat page: `page` its files, `stream` its events.

Where it differs from the real server: the Markdown parse modes are refused; quick polls are not
slowed down; only what sends a message counts against the flood limits; files are uploaded, never
named by an address; webhooks may be http on any port, as at a local Bot API server; and buttons may
lead to localhost unless `local_links` is off.
"""

from bot.sandbox.chat import create_chat
from bot.sandbox.limits import UNLIMITED, Limits
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.server import create_api
from bot.sandbox.serving import serve, serve_app
from bot.sandbox.state import Chat, Message, Sent

__all__ = [
    "UNLIMITED",
    "Chat",
    "Limits",
    "Message",
    "Sandbox",
    "Sent",
    "create_api",
    "create_chat",
    "serve",
    "serve_app",
]
