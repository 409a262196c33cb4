"""The Bot API's methods that Topicwire uses, by name in small letters.

A method takes the sandbox and the request's arguments and returns the envelope's `result`;
getUpdates alone has to be awaited. Refusals are raised as ApiError.
"""

from collections.abc import Callable
from typing import Any

from bot.sandbox.arguments import Arguments
from bot.sandbox.methods import answers, documents, messages, profile, updates
from bot.sandbox.sandbox import Sandbox

Method = Callable[[Sandbox, Arguments], Any]

METHODS: dict[str, Method] = {
    name.lower(): method
    for name, method in {
        "getMe": profile.get_me,
        "getUpdates": updates.get_updates,
        "setWebhook": updates.set_webhook,
        "deleteWebhook": updates.delete_webhook,
        "getWebhookInfo": updates.get_webhook_info,
        "sendMessage": messages.send_message,
        "sendDocument": documents.send_document,
        "editMessageText": messages.edit_message_text,
        "editMessageReplyMarkup": messages.edit_message_reply_markup,
        "deleteMessage": messages.delete_message,
        "sendChatAction": messages.send_chat_action,
        "getChat": profile.get_chat,
        "getChatMember": profile.get_chat_member,
        "setMyCommands": profile.set_my_commands,
        "getMyCommands": profile.get_my_commands,
        "deleteMyCommands": profile.delete_my_commands,
        "setMyDescription": profile.set_my_description,
        "getMyDescription": profile.get_my_description,
        "setMyShortDescription": profile.set_my_short_description,
        "getMyShortDescription": profile.get_my_short_description,
        "setChatMenuButton": profile.set_chat_menu_button,
        "getChatMenuButton": profile.get_chat_menu_button,
        "answerCallbackQuery": answers.answer_callback_query,
        "answerInlineQuery": answers.answer_inline_query,
    }.items()
}
