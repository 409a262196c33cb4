"""What the bot knows and tells about itself and its chats."""

import re
from typing import Any

from bot.sandbox.arguments import Arguments
from bot.sandbox.errors import bad_request
from bot.sandbox.profile import Commands
from bot.sandbox.sandbox import Sandbox

MAX_COMMANDS = 100
MAX_DESCRIPTION = 512
MAX_SHORT_DESCRIPTION = 120

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_MAX_COMMAND_TEXT = 256
_LANGUAGE = re.compile(r"[a-z]{2}|")
_ADMINISTRATOR_RIGHTS = (
    "is_anonymous",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)
_SCOPES = frozenset(
    {
        "default",
        "all_private_chats",
        "all_group_chats",
        "all_chat_administrators",
    }
)


def get_me(sandbox: Sandbox, _arguments: Arguments) -> dict[str, Any]:
    """Return the bot's own user."""
    return {
        **sandbox.bot,
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def get_chat(sandbox: Sandbox, arguments: Arguments) -> dict[str, Any]:
    """Return a chat as ChatFullInfo."""
    chat = sandbox.find_chat(arguments.chat_id())
    if chat is None:
        raise bad_request("chat not found")
    return {
        **chat.json(),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }


def get_chat_member(sandbox: Sandbox, arguments: Arguments) -> dict[str, Any]:
    """Return a member of a chat: the bot itself, or the one user who writes there."""
    chat = sandbox.reach(arguments.chat_id())
    user_id = arguments.whole("user_id")
    if user_id == sandbox.bot["id"]:
        return {"user": sandbox.bot, "status": "member"}
    user = chat.user()
    if user_id != user["id"]:
        raise bad_request("member not found")
    if chat.status == "creator":
        return {"user": user, "status": "creator", "is_anonymous": False}
    if chat.status == "administrator":
        rights = dict.fromkeys(_ADMINISTRATOR_RIGHTS, False)
        return {"user": user, "status": "administrator", "can_be_edited": False, **rights}
    return {"user": user, "status": chat.status}


def set_my_commands(sandbox: Sandbox, arguments: Arguments) -> bool:
    """Set the command menu of one scope and language."""
    place = _scope(sandbox, arguments), _language(arguments)
    given = arguments.json("commands", "commands", [])
    if not isinstance(given, list):
        raise bad_request("expected an Array of BotCommand")
    if len(given) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    sandbox.profile.commands[place] = [_command(command) for command in given]
    sandbox.journal.touch()
    return True


def get_my_commands(sandbox: Sandbox, arguments: Arguments) -> Commands:
    """Return the command menu of exactly one scope and language."""
    place = _scope(sandbox, arguments), _language(arguments)
    return sandbox.profile.commands.get(place, [])


def delete_my_commands(sandbox: Sandbox, arguments: Arguments) -> bool:
    """Remove the command menu of one scope and language."""
    sandbox.profile.commands.pop((_scope(sandbox, arguments), _language(arguments)), None)
    sandbox.journal.touch()
    return True


def set_my_description(sandbox: Sandbox, arguments: Arguments) -> bool:
    """Set what an empty chat shows, at most 512 characters."""
    text = _limited(arguments.text("description"), MAX_DESCRIPTION)
    sandbox.profile.descriptions[_language(arguments)] = text
    sandbox.journal.touch()
    return True


def get_my_description(sandbox: Sandbox, arguments: Arguments) -> dict[str, str]:
    """Return the description in a language, or the one for all."""
    return {"description": sandbox.profile.description(_language(arguments))}


def set_my_short_description(sandbox: Sandbox, arguments: Arguments) -> bool:
    """Set what the profile page shows, at most 120 characters."""
    text = _limited(arguments.text("short_description"), MAX_SHORT_DESCRIPTION)
    sandbox.profile.short_descriptions[_language(arguments)] = text
    return True


def get_my_short_description(sandbox: Sandbox, arguments: Arguments) -> dict[str, str]:
    """Return the short description in a language, or the one for all."""
    texts = sandbox.profile.short_descriptions
    return {"short_description": texts.get(_language(arguments)) or texts.get("", "")}


def set_chat_menu_button(sandbox: Sandbox, arguments: Arguments) -> bool:
    """Set the menu button of one private chat, or of all."""
    button = arguments.json("menu_button", "menu button", {"type": "default"})
    if not isinstance(button, dict):
        raise bad_request("can't parse menu button: MenuButton must be an Object")
    if button.get("type") not in {"default", "commands", "web_app"}:
        raise bad_request("can't parse menu button: MenuButton has unsupported type")
    if arguments.text("chat_id"):
        sandbox.reach(arguments.chat_id()).menu_button = button
    else:
        sandbox.profile.menu_button = button
    return True


def get_chat_menu_button(sandbox: Sandbox, arguments: Arguments) -> dict[str, Any]:
    """Return the menu button of one private chat, or of all."""
    if arguments.text("chat_id"):
        return sandbox.reach(arguments.chat_id()).menu_button or sandbox.profile.menu_button
    return sandbox.profile.menu_button


def _command(command: Any) -> dict[str, str]:
    if not isinstance(command, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    for name in ("command", "description"):
        if not isinstance(command.get(name), str):
            raise bad_request(f"can't parse BotCommand: Can't find field \"{name}\"")
    name = command["command"].removeprefix("/")
    if not _COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(command["description"]) <= _MAX_COMMAND_TEXT:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": command["description"]}


def _scope(sandbox: Sandbox, arguments: Arguments) -> str:
    scope = arguments.json("scope", "BotCommandScope", {"type": "default"})
    if not isinstance(scope, dict):
        raise bad_request("BotCommandScope must be an Object")
    kind = scope.get("type")
    if kind in _SCOPES:
        return str(kind)
    if kind == "chat":
        return f"chat:{sandbox.reach(Arguments(scope).chat_id()).id}"
    raise bad_request("can't parse BotCommandScope: unsupported type specified")


def _language(arguments: Arguments) -> str:
    code = arguments.text("language_code")
    if not _LANGUAGE.fullmatch(code):
        raise bad_request("invalid language code specified")
    return code


def _limited(text: str, limit: int) -> str:
    if len(text) > limit:
        raise bad_request("DESCRIPTION_TOO_LONG" if limit == MAX_DESCRIPTION else "ABOUT_TOO_LONG")
    return text
