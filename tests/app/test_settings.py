from pathlib import Path

import pytest

from app.settings import load_settings
from domain.errors import SettingsError


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def test_defaults(tmp_path: Path) -> None:
    settings = load_settings()
    assert settings.store_url == f"sqlite:///{tmp_path / 'data' / 'topicwire.db'}"
    assert settings.site_url == "http://127.0.0.1:8000"
    assert not settings.telegram_token


def test_command_line_then_environment_then_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("TOPICWIRE_HTTP_PORT=1\nTOPICWIRE_TIMEZONE=Europe/Vienna\n")
    assert load_settings().http_port == 1
    monkeypatch.setenv("TOPICWIRE_HTTP_PORT", "2")
    assert load_settings().http_port == 2
    assert load_settings(http_port=3).http_port == 3
    assert load_settings(http_port=None).timezone == "Europe/Vienna"


def test_an_empty_variable_is_none_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOPICWIRE_HTTP_PORT", "")
    assert load_settings().http_port == 8000


def test_trusted_proxies_are_networks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOPICWIRE_TRUSTED_PROXIES", "127.0.0.1, 10.0.0.0/8 ::1")
    networks = [str(network) for network in load_settings().trusted_proxies]
    assert networks == ["127.0.0.1/32", "10.0.0.0/8", "::1/128"]


def test_a_secret_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "token").write_text("123:abc\n")
    monkeypatch.setenv("TOPICWIRE_TELEGRAM_TOKEN_FILE", str(tmp_path / "token"))
    settings = load_settings()
    assert settings.telegram_token.get_secret_value() == "123:abc"
    assert "123:abc" not in repr(settings)


def test_a_missing_secret_file_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOPICWIRE_TELEGRAM_TOKEN_FILE", "nowhere")
    with pytest.raises(SettingsError, match="^TOPICWIRE_TELEGRAM_TOKEN_FILE: .*cannot be read$"):
        load_settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HTTP_PORT", "much"),
        ("HTTP_PORT", "70000"),
        ("DATABASE_URL", "mysql://user:hunter2@host/x"),
        ("PUBLIC_URL", "example.org/hunter2"),
        ("TELEGRAM_API_URL", "ftp://hunter2"),
        ("TIMEZONE", "Mars/hunter2"),
        ("TRUSTED_PROXIES", "127.0.0.1, hunter2"),
        ("TIMEZONE", "../hunter2"),
        ("LOG_LEVEL", "hunter2"),
        ("LOG_FORMAT", "hunter2"),
        ("MESSAGES_PER_SECOND", "0"),
    ],
)
def test_a_wrong_value_names_the_setting_and_not_the_value(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"TOPICWIRE_{name}", value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    message = str(caught.value)
    assert message.startswith(f"TOPICWIRE_{name}: ")
    assert "\n" not in message
    assert value not in message
    assert "hunter2" not in message


def test_a_webhook_needs_its_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOPICWIRE_TELEGRAM_WEBHOOK_URL", "https://example.org/hook")
    with pytest.raises(SettingsError, match="TELEGRAM_WEBHOOK_SECRET"):
        load_settings()


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("0.0.0.0", "http://127.0.0.1:8000"),
        ("::", "http://127.0.0.1:8000"),
        ("::1", "http://[::1]:8000"),
    ],
)
def test_the_address_of_the_site_follows_the_host(host: str, address: str) -> None:
    assert load_settings(http_host=host).site_url == address


def test_the_public_address_loses_its_slash() -> None:
    assert (
        load_settings(public_url="https://news.example.org/").site_url == "https://news.example.org"
    )
