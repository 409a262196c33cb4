"""Who may change what a chat follows and has chosen: in groups, their administrators."""

from telegram import Bot, Chat, ChatMember, User
from telegram.constants import ChatType
from telegram.error import BadRequest, Forbidden

ADMINISTRATORS = frozenset({ChatMember.OWNER, ChatMember.ADMINISTRATOR})


async def may_change(bot: Bot, chat: Chat, person: User | None, speaker: Chat | None) -> bool:
    """Tell whether a person may; `speaker` is the chat in whose name a message was written.

    An administrator who writes anonymously writes in the group's own name.
    """
    if chat.type == ChatType.PRIVATE or (speaker is not None and speaker.id == chat.id):
        return True
    if person is None:
        return False
    try:
        member = await bot.get_chat_member(chat.id, person.id)
    except (BadRequest, Forbidden):
        return False
    return member.status in ADMINISTRATORS
