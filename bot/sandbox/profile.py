"""What the bot tells about itself: command menus and descriptions, by scope and language."""

from dataclasses import dataclass, field
from typing import Any

Commands = list[dict[str, str]]


@dataclass(slots=True)
class Profile:
    """The bot's commands and descriptions; the empty language is the fallback."""

    commands: dict[tuple[str, str], Commands] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    menu_button: dict[str, Any] = field(default_factory=lambda: {"type": "default"})

    def commands_in(self, chat_id: int, language: str) -> Commands:
        """Return the menu that a chat shows: the narrowest scope, its own language first."""
        kind = "all_private_chats" if chat_id > 0 else "all_group_chats"
        for scope in (f"chat:{chat_id}", kind, "default"):
            for code in (language, ""):
                if found := self.commands.get((scope, code)):
                    return found
        return []

    def description(self, language: str) -> str:
        """Return what an empty chat with the bot shows."""
        return self.descriptions.get(language) or self.descriptions.get("", "")
