"""Settings: read once from the environment or a `.env` file, checked, and passed on as values."""

import os
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic.fields import FieldInfo
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from domain.errors import SettingsError

PREFIX = "TOPICWIRE_"
FILE_SUFFIX = "_FILE"
"""`TOPICWIRE_TELEGRAM_TOKEN_FILE=/run/secrets/token` reads the value from that file."""


class _Files(PydanticBaseSettingsSource):
    """Values from the files that `…_FILE` variables name."""

    def get_field_value(
        self,
        field: FieldInfo,  # noqa: ARG002
        field_name: str,
    ) -> tuple[Any, str, bool]:
        variable = f"{PREFIX}{field_name.upper()}{FILE_SUFFIX}"
        path = os.environ.get(variable)
        if not path:
            return None, field_name, False
        try:
            return Path(path).read_text(encoding="utf-8").strip(), field_name, False
        except (OSError, UnicodeDecodeError):
            raise SettingsError(f"{variable}: the file cannot be read") from None

    def __call__(self) -> dict[str, Any]:
        values = {
            name: self.get_field_value(field, name)[0]
            for name, field in self.settings_cls.model_fields.items()
        }
        return {name: value for name, value in values.items() if value is not None}


class Settings(BaseSettings):
    """Every setting of Topicwire; the environment names are these in capitals behind the prefix."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    data_dir: Path = Path("data")
    database_url: SecretStr = SecretStr("")
    public_url: str = ""
    http_host: str = "127.0.0.1"
    http_port: Annotated[int, Field(ge=0, le=65535)] = 8000
    telegram_token: SecretStr = SecretStr("")
    telegram_api_url: str = "https://api.telegram.org"
    telegram_webhook_url: str = ""
    telegram_webhook_secret: SecretStr = SecretStr("")
    messages_per_second: Annotated[int, Field(ge=1, le=1000)] = 30
    admin_chats: Annotated[tuple[int, ...], NoDecode] = ()
    trusted_proxies: Annotated[tuple[IPv4Network | IPv6Network, ...], NoDecode] = ()
    poll_interval: Annotated[int, Field(ge=1, le=86_400)] = 900
    allow_private_sources: bool = False
    retention_days: Annotated[int, Field(ge=7, le=36_500)] = 90
    websub_hub: str = ""
    timezone: str = "UTC"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["console", "json"] = "console"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Put the command line before the environment, files behind it, and `.env` last."""
        return init_settings, env_settings, _Files(settings_cls), dotenv_settings

    @field_validator("public_url", "telegram_api_url", "telegram_webhook_url")
    @classmethod
    def _web_address(cls, value: str) -> str:
        return _checked_address(value).rstrip("/")

    @field_validator("websub_hub")
    @classmethod
    def _whole_web_address(cls, value: str) -> str:
        return _checked_address(value)

    @field_validator("admin_chats", mode="before")
    @classmethod
    def _chat_ids(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        try:
            return tuple(int(chat) for chat in value.replace(",", " ").split())
        except ValueError:
            raise ValueError("must be numbers of chats, with commas between") from None

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _networks(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        try:
            return tuple(ip_network(one) for one in value.replace(",", " ").split())
        except ValueError:
            raise ValueError("must be addresses or networks, with commas between") from None

    @field_validator("database_url")
    @classmethod
    def _database_address(cls, value: SecretStr) -> SecretStr:
        scheme = value.get_secret_value().partition("://")[0]
        if value.get_secret_value() and scheme not in {"sqlite", "postgresql", "postgres"}:
            raise ValueError("must start with sqlite:/// or postgresql://")
        return value

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError):
            raise ValueError("must be an IANA time zone such as Europe/Vienna") from None
        return value

    @field_validator("log_level", mode="before")
    @classmethod
    def _capitals(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @model_validator(mode="after")
    def _webhook_is_whole(self) -> "Settings":
        if self.telegram_webhook_url and not self.telegram_webhook_secret.get_secret_value():
            raise ValueError("TELEGRAM_WEBHOOK_URL needs TELEGRAM_WEBHOOK_SECRET too")
        return self

    @property
    def has_token(self) -> bool:
        """Whether there is a bot to be run."""
        return bool(self.telegram_token.get_secret_value())

    @property
    def topics_file(self) -> Path | None:
        """The operator's own topics, `topics.toml` in `DATA_DIR`; None for those shipped."""
        path = self.data_dir / "topics.toml"
        return path if path.is_file() else None

    @property
    def store_url(self) -> str:
        """The store's address: `DATABASE_URL`, or the SQLite file in `DATA_DIR`."""
        given = self.database_url.get_secret_value()
        return given or f"sqlite:///{self.data_dir.resolve() / 'topicwire.db'}"

    @property
    def site_url(self) -> str:
        """`PUBLIC_URL`, or the address that the server listens on."""
        if self.public_url:
            return self.public_url
        host = self.http_host if self.http_host not in {"0.0.0.0", "::"} else "127.0.0.1"  # noqa: S104
        return f"http://{f'[{host}]' if ':' in host else host}:{self.http_port}"


def _checked_address(value: str) -> str:
    value = value.strip()
    parts = urlsplit(value)
    if value and (parts.scheme not in {"http", "https"} or not parts.hostname):
        raise ValueError("must be an address that starts with http:// or https://")
    return value


def load_settings(**overrides: Any) -> Settings:
    """Read the settings; `overrides` that are not None go before the environment.

    Raises `SettingsError` with one line that names the setting and never shows its value.
    """
    try:
        return Settings(**{name: value for name, value in overrides.items() if value is not None})
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        name = f"{PREFIX}{str(first['loc'][0]).upper()}: " if first["loc"] else ""
        raise SettingsError(name + first["msg"].removeprefix("Value error, ")) from None
