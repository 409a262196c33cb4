"""A request's parameters: strings from a query, a form or multipart, or values from JSON."""

import json
from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.wire import Upload

ATTACHED = "attach://"


class Arguments:
    """Reads one request's parameters as the method needs them."""

    def __init__(self, values: dict[str, Any]):
        self._values = values

    def text(self, name: str, default: str = "") -> str:
        """Return a parameter as text."""
        value = self._values.get(name)
        if value is None or isinstance(value, Upload):
            return default
        return value if isinstance(value, str) else json.dumps(value)

    def upload(self, name: str) -> Upload | None:
        """Return a file sent as this parameter, or as the part that it names by `attach://`."""
        value = self._values.get(name)
        if isinstance(value, str) and value.startswith(ATTACHED):
            value = self._values.get(value.removeprefix(ATTACHED))
        return value if isinstance(value, Upload) else None

    def whole(self, name: str, default: int = 0) -> int:
        """Return a parameter as a number; what is none counts as the default."""
        try:
            return int(self._values.get(name, default))
        except (TypeError, ValueError):
            return default

    def flag(self, name: str) -> bool:
        """Return a parameter as a truth value: true, yes, y, t or 1 in a form."""
        value = self._values.get(name)
        if isinstance(value, str):
            return value.lower() in {"true", "yes", "y", "t", "1"}
        return bool(value)

    def json(self, name: str, label: str, default: Any = None) -> Any:
        """Return a parameter that is JSON, the default when it was not given.

        Raises ApiError `can't parse … JSON object`, naming `label`.
        """
        value = self._values.get(name)
        if value is None or value == "":
            return default
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError as error:
            raise bad_request(f"can't parse {label} JSON object") from error

    def chat_id(self) -> int | str:
        """Return `chat_id`: a number, or @username."""
        value = self._values.get("chat_id")
        if value is None or value == "":
            raise bad_request("chat_id is empty")
        try:
            return int(value)
        except (TypeError, ValueError):
            return str(value)
