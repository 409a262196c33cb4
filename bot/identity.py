"""Who the bot is, asked without starting it."""

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.transport import AiohttpRequest
from domain.errors import SettingsError


async def bot_username(token: str, api_url: str) -> str:
    """Return the bot's user name (Bot API `getMe`).

    Raises `SettingsError` where Telegram refuses the token or cannot be reached.
    """
    try:
        async with Bot(
            token,
            base_url=f"{api_url}/bot",
            request=AiohttpRequest(connections=1),
            get_updates_request=AiohttpRequest(connections=1),
        ) as bot:
            return bot.username
    except InvalidToken:
        raise SettingsError("TOPICWIRE_TELEGRAM_TOKEN: Telegram refuses this token") from None
    except TelegramError as error:
        raise SettingsError(
            f"TOPICWIRE_TELEGRAM_API_URL: Telegram cannot be reached ({type(error).__name__})"
        ) from None
