"""`shunteng store` as its user meets it, on a real Neo4j."""

import re
from pathlib import Path

import pytest

from graphengine.store.neo4j.connection import PASSWORD, USER
from graphengine.workspace import Workspace, init_workspace
from tests.api.test_command_line import run
from tests.neo4j_server import Neo4jServer
from tests.village import Village, willow

pytestmark = pytest.mark.slow


def _built(workspace: Workspace, village: Village, version: str) -> None:
    """Leave a graph version as building leaves it."""
    tables = village.write(workspace.tables / version)
    detail = {"version": version, "rows": {}}
    with workspace.writing():
        workspace.commit("build", inputs={}, outputs=(tables,), detail=detail)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    made = init_workspace(tmp_path_factory.mktemp("store") / "workspace")
    _built(made, willow(), "one")
    return made


def test_the_way_of_a_store(neo4j_database: Neo4jServer, workspace: Workspace) -> None:
    words = ("-w", workspace.root, "store")
    to = ("--to", neo4j_database.uri)
    assert "no graph" in run(*words, "status", *to).stdout
    first = run(*words, "load", *to)
    rows = int(re.findall(r"([\d,]+) rows written", first.stderr)[0].replace(",", ""))
    assert rows > 20
    assert "graph version one" in first.stdout
    assert "whole" in run(*words, "status", *to).stdout
    assert "0 rows written" in run(*words, "load", *to).stderr

    later = willow()
    later.rows["Person"][0]["status"] = "dead"
    _built(workspace, later, "two")
    assert "brings it up to date" in run(*words, "status", *to).stderr
    second = run(*words, "load", *to, "--lang", "zh")
    assert "写入 1 行" in second.stderr
    assert "brings" not in run(*words, "status", *to).stderr


def test_nothing_secret_is_said(neo4j_database: Neo4jServer, workspace: Workspace) -> None:
    words = ("-w", workspace.root, "store", "load", "--to")
    shown = run(*words, neo4j_database.uri)
    refused = run(*words, neo4j_database.uri, status=1, **{PASSWORD: "the wrong secret"})
    assert "SHUNTENG_NEO4J_PASSWORD" in refused.stderr
    in_uri = run(*words, f"bolt://neo4j:open-sesame@127.0.0.1:{neo4j_database.port}", status=1)
    said = "".join(d.stdout + d.stderr for d in (shown, refused, in_uri))
    for secret in (neo4j_database.password, "the wrong secret", "open-sesame", "陈志远"):
        assert secret not in said


def test_revealing_is_on_record(neo4j_database: Neo4jServer, workspace: Workspace) -> None:
    run("-w", workspace.root, "store", "load", "--to", neo4j_database.uri, "--reveal")
    last = workspace.entries("disclose")[-1].detail
    assert (last["command"], last["about"]) == ("store load", neo4j_database.uri)
    with neo4j_database.driver() as driver:
        named = driver.execute_query("MATCH (n:Person {name: '陈志远'}) RETURN n").records
    assert len(named) == 1
    run("-w", workspace.root, "store", "load", "--to", neo4j_database.uri)
    with neo4j_database.driver() as driver:
        assert not driver.execute_query("MATCH (n {name: '陈志远'}) RETURN n").records


def test_another_workspace(
    neo4j_database: Neo4jServer, workspace: Workspace, tmp_path: Path
) -> None:
    run("-w", workspace.root, "store", "load", "--to", neo4j_database.uri)
    other = init_workspace(tmp_path / "other")
    _built(other, willow(), "one")
    words = ("-w", other.root, "store")
    assert "another workspace" in run(*words, "status", "--to", neo4j_database.uri).stderr
    refused = run(*words, "load", "--to", neo4j_database.uri, status=1)
    assert "another workspace" in refused.stderr


def test_the_servers_address_comes_from_the_settings(
    neo4j_database: Neo4jServer, workspace: Workspace
) -> None:
    words = ("-w", workspace.root, "store", "status")
    assert "SHUNTENG_NEO4J_URI" in run(*words, status=1, SHUNTENG_NEO4J_URI="").stderr
    assert run(*words, SHUNTENG_NEO4J_URI=neo4j_database.uri).stdout


def test_nothing_built(tmp_path: Path) -> None:
    init_workspace(tmp_path / "w")
    environment = {USER: "neo4j", PASSWORD: "any"}
    done = run(
        "-w", tmp_path / "w", "store", "export", "-o", tmp_path / "f", status=1, **environment
    )
    assert "no graph has been built" in done.stderr


def test_export(workspace: Workspace, tmp_path: Path) -> None:
    done = run("-w", workspace.root, "store", "export", "-o", tmp_path / "a folder")
    assert done.stdout.strip().endswith("neo4j-admin database import full neo4j @import.args")
    assert str(tmp_path / "a folder") in done.stdout
    named = re.findall(
        r"=(\w+\.csv)$", (tmp_path / "a folder" / "import.args").read_text(), re.MULTILINE
    )
    there = {path.name for path in (tmp_path / "a folder").glob("*.csv")}
    assert set(named) == there
    assert "陈志远" not in "".join(
        path.read_text("utf-8") for path in (tmp_path / "a folder").iterdir()
    )
