"""What exists is documented: every command, rule, question, setting and route is in the README."""

import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from api.cli import app
from api.http.app import create_app
from graphengine.settings import Settings
from queries.catalogue import rules
from queries.library import questions
from tests.road import empty_workspace

_ROOT = Path(__file__).resolve().parents[1]
_README = (_ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize("name", [c.name for c in app.registered_commands])
def test_every_command(name: str) -> None:
    assert f"`{name}`" in _README


@pytest.mark.parametrize(
    "name",
    [
        f"{group.name} {command.name}"
        for group in app.registered_groups
        if group.typer_instance
        for command in group.typer_instance.registered_commands
    ],
)
def test_every_command_of_a_group(name: str) -> None:
    assert f"`{name}`" in _README


@pytest.mark.parametrize("name", [rule.id for rule in rules()])
def test_every_rule(name: str) -> None:
    assert f"`{name}`" in _README


@pytest.mark.parametrize("name", [one.name for one in questions()])
def test_every_question(name: str) -> None:
    assert f"`{name}`" in _README


@pytest.mark.parametrize("name", [f.name for f in fields(Settings) if f.name != "rules"])
def test_every_setting(name: str) -> None:
    assert re.search(rf"^{name} = ", _README, re.MULTILINE)


def test_every_route(tmp_path: Path) -> None:
    routes = create_app(empty_workspace(tmp_path / "w")).openapi()["paths"]
    assert len(routes) >= 8
    for route in routes:
        assert f"`{route}`" in _README or f"GET {route}" in _README, route


def test_every_dependency_has_its_line() -> None:
    project = tomllib.loads((_ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    said = (_ROOT / "docs" / "dependencies.md").read_text("utf-8")
    extras = project["optional-dependencies"].values()
    for stated in (*project["dependencies"], *(one for extra in extras for one in extra)):
        name = re.split(r"[\[<>=]", stated)[0]
        if name == project["name"]:  # an extra of our own, which is among these too
            continue
        assert re.search(rf"\b{re.escape(name)}\b", said), name


def test_the_lock_files_name_no_registry_and_hash_everything() -> None:
    for lock in ("requirements.lock", "requirements-dev.lock"):
        text = (_ROOT / lock).read_text("utf-8")
        assert "://" not in text
        pinned = re.findall(r"^[A-Za-z0-9_.\-\[\]]+==", text, re.MULTILINE)
        assert len(pinned) <= text.count("--hash=sha256:")
