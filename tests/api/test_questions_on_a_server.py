"""Questions and free text asked of a real Neo4j from the command line: the same answers."""

import json
from pathlib import Path
from typing import Any

import pytest

from graphengine.workspace import Workspace
from queries.catalogue import rules
from tests.api.test_questions import done
from tests.graphengine.store.neo4j.held import loaded, written
from tests.neo4j_server import Neo4jServer
from tests.road import village
from tests.village import willow

FIRM = "恒拓建筑"
_TEXT = (
    "MATCH w = (p:Person)-[r:REPRESENTS]->(f:Company) WHERE f.id = $f "
    "RETURN p, f.name AS name, w, nodes(w) AS nodes, r.valid_from AS since ORDER BY p.id"
)


@pytest.fixture(scope="module")
def hamlet(tmp_path_factory: pytest.TempPathFactory, neo4j_database: Neo4jServer) -> Workspace:
    rule = next(rule for rule in rules() if rule.id == "kin-contract")
    workspace = village(tmp_path_factory.mktemp("hamlet"), rule.cases[0].registers)
    (version,) = workspace.tables.iterdir()
    loaded(neo4j_database, version)
    config = workspace.config.read_text("utf-8")
    stores = f'[stores]\nneo4j = "{neo4j_database.uri}"\n'
    workspace.config.write_text(config.replace("[stores]\n", stores), "utf-8")
    return workspace


def told(hamlet: Workspace, engine: str, *words: str) -> dict[str, Any]:
    out, _ = done(hamlet, *words, "--engine", engine, "--format", "json")
    found: dict[str, Any] = json.loads(out)
    return found


@pytest.mark.parametrize(
    "words",
    [
        ("path", "陈志", FIRM),
        ("network", FIRM, "--hops", "2"),
        ("query", "officials-of-supplier", "-p", f"firm={FIRM}"),
        ("query", "village-posts", "-p", "village=361025101201", "--since", "2020-01-01"),
    ],
)
def test_a_server_gives_the_same_answer(hamlet: Workspace, words: tuple[str, ...]) -> None:
    here, there = told(hamlet, "arrays", *words), told(hamlet, "neo4j", *words)
    assert there["engine"] == "neo4j"
    assert there["edges"]
    assert {**there, "engine": ""} == {**here, "engine": ""}


def test_free_text_finds_the_same_on_both(hamlet: Workspace) -> None:
    words = ("cypher", _TEXT, "--node", f"f={FIRM}")
    here, there = told(hamlet, "ladybug", *words), told(hamlet, "neo4j", *words)
    assert there == here
    assert there["rows"][0][0]["label"] == "陈*"
    _, err = done(hamlet, *words, "--engine", "neo4j", "--division", "361025", status=1)
    assert "ladybug" in err


def test_a_relation_alone_and_more_rows_than_wanted(hamlet: Workspace) -> None:
    text = "MATCH (p:Person)-[r:KIN]->(q:Person) RETURN r, p.sex AS sex ORDER BY p.id, q.id"
    found = told(hamlet, "neo4j", "cypher", text, "--limit", "2")
    assert len(found["rows"]) == 2
    assert found["truncated"] is True
    assert found["rows"][0][0]["relation"] == "KIN"


def test_another_version_is_refused(
    hamlet: Workspace, neo4j_database: Neo4jServer, tmp_path: Path
) -> None:
    neo4j_database.empty()
    _, err = done(hamlet, "path", "陈志", FIRM, "--engine", "neo4j", status=1)
    assert "shunteng store load" in err
    loaded(neo4j_database, written(willow(), tmp_path, "other"))
    for words in (("path", "陈志", FIRM), ("cypher", "MATCH (n:Person) RETURN n")):
        _, err = done(hamlet, *words, "--engine", "neo4j", status=1)
        assert "shunteng store load" in err
