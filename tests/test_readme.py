"""The README names every command, setting, route and bot command that there is."""

import re
from pathlib import Path

import pytest
import typer.core
import typer.main

from app.cli import cli
from app.service import Service
from app.settings import PREFIX, Settings, load_settings
from app.webhook import PATH as WEBHOOK_PATH
from bot.messages.commands import COMMANDS, OPERATOR_COMMANDS
from storage.database import Database

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


def test_commands() -> None:
    group = typer.main.get_command(cli)
    assert isinstance(group, typer.core.TyperGroup)
    for command in group.commands:
        assert re.search(rf"^\| `{command}\b", README, re.MULTILINE), command


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_settings(name: str) -> None:
    assert PREFIX in README
    assert f"`{name.upper()}`" in README


def test_only_real_settings() -> None:
    table = README.partition("## Settings")[2].partition("## ")[0]
    named = set(re.findall(r"`([A-Z_]{5,})`", table)) - {"DEBUG", "ERROR", "_FILE"}
    assert named == {name.upper() for name in Settings.model_fields}


@pytest.mark.parametrize("command", [command for command, _ in (*COMMANDS, *OPERATOR_COMMANDS)])
def test_bot_commands(command: str) -> None:
    assert f"/{command}" in README


def test_the_webhook() -> None:
    assert f"`POST {WEBHOOK_PATH}`" in README


def test_routes(tmp_path: Path) -> None:
    web = Service(load_settings(), Database(f"sqlite:///{tmp_path / 'none.db'}")).make_web()
    paths = [path for route in web.routes if (path := getattr(route, "path", None))]
    paths += web.openapi()["paths"]
    named = {
        re.sub(
            r"{\w+}",
            "{…}",
            path.replace("export.{extension}", "export.csv")
            .replace("{slug}.{extension}", "{slug}.bib")
            .replace("{extension}", "rss"),
        )
        for path in paths
    }
    documented = re.sub(r"{\w+}", "{…}", README)
    unnamed = {path for path in named if f"`{path}" not in documented}
    assert unnamed == {"/api/openapi.json"}
