"""Structured logs: to stderr, as lines for people or as JSON, with secrets taken out."""

import logging
import re
import sys
from typing import Any

import structlog

_TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{20,}|(?<=://)[^/@\s:]*:[^/@\s]+(?=@)")
"""A bot token, or the user and password in an address."""

_QUIET = ("httpx", "httpcore", "apscheduler", "aiosqlite", "alembic", "uvicorn", "telegram")


def redact(_logger: Any, _method: str, event: Any) -> Any:
    """Replace whatever looks like a token or a password in an event's values."""
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = _TOKEN.sub("…", value)
    return event


def set_up_logging(level: str, style: str) -> None:
    """Send our logs and the libraries' to stderr at `level`, as `console` or `json` lines.

    Libraries that would print addresses or message texts speak from WARNING on only.
    """
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    renderer: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if style == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            redact,
            renderer,
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLevelName(level)))
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
