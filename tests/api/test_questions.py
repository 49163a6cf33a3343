"""Relationship questions on the command line: path, network, query, cypher, a clue's drill-down."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from api import pipeline
from api.cli import app
from api.cli.screen import say
from graphengine.workspace import Workspace
from queries.catalogue import rules
from queries.library import questions
from tests.api.test_command_line import run
from tests.road import village

SECRETS = ("陈志", "林珍", "陈浩", "王伟", "1380000", "1390000")
FIRM = "恒拓建筑"


@pytest.fixture(scope="module")
def hamlet(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Return the village of the first case of kin contracting, with its clue."""
    rule = next(rule for rule in rules() if rule.id == "kin-contract")
    workspace = village(tmp_path_factory.mktemp("hamlet"), rule.cases[0].registers)
    pipeline.detect(workspace, [rule.id])
    return workspace


def done(hamlet: Workspace, *words: str, status: int = 0) -> tuple[str, str]:
    """Run a command in this process; return what it wrote to stdout and stderr."""
    result = CliRunner().invoke(app, ["-w", str(hamlet.root), *words])
    assert result.exit_code == status, result.output
    return result.stdout, result.stderr


def asked(hamlet: Workspace, *words: str) -> str:
    out, err = done(hamlet, *words)
    for secret in SECRETS:
        assert secret not in out + err
    return out


def answer(hamlet: Workspace, *words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(asked(hamlet, *words, "--format", "json"))
    assert found["schema"] == "shunteng.answer/1"
    return found


def test_a_path_is_one_line_with_its_rows_below(hamlet: Workspace) -> None:
    words: tuple[str | Path, ...] = ("-w", hamlet.root, "path", "陈志", FIRM)
    english = run(*words, "--since", "2018-01-01", COLUMNS="200").stdout
    assert "—son→" in english
    assert "legal representative of→ 恒拓建筑" in english
    assert "households households.csv 4" in english
    chinese = run(*words, "--lang", "zh", COLUMNS="200").stdout
    assert "—儿子→" in chinese
    assert "户籍册 households.csv 4" in chinese


def test_a_path_that_is_not_there(hamlet: Workspace) -> None:
    _, err = done(hamlet, "path", "王伟", FIRM, "--hops", "1")
    assert say("1 步之内没有联系", "no tie within 1 steps") in err


def test_the_library_and_its_cards(hamlet: Workspace) -> None:
    listed = asked(hamlet, "query")
    assert all(one.name in listed for one in questions())
    card = asked(hamlet, "query", "money-forward")
    for part in ("payer", "max_hops", "1 – 6", "shunteng query money-forward --param"):
        assert part in card
    assert say("资金去向", "Where money went") in card


def test_an_answer_as_json_and_csv(hamlet: Workspace) -> None:
    words = ("query", "officials-of-supplier", "-p", f"firm={FIRM}")
    found = answer(hamlet, *words)
    (way,) = found["ways"]
    kinds = [found["edges"][i]["relation"] for step in way["steps"] for i in step]
    assert kinds == ["REPRESENTS", "KIN", "HOLDS"]
    rows = list(csv.DictReader(io.StringIO(asked(hamlet, *words, "--format", "csv"))))
    assert [row["relation"] for row in rows] == kinds
    assert [row["step"] for row in rows] == ["1", "2", "3"]
    assert rows[0]["evidence"].startswith("contractors contractors.csv 2")


def test_scope_time_and_size(hamlet: Workspace) -> None:
    words = ("query", "village-posts", "-p", "village=361025101201")
    assert len(answer(hamlet, *words)["ways"]) == 2
    assert len(answer(hamlet, *words, "--until", "2017-12-31")["ways"]) == 0
    assert answer(hamlet, *words, "--division", "361026")["ways"] == []
    cut = answer(hamlet, *words, "--limit", "1")
    assert (len(cut["ways"]), cut["omitted"], cut["truncated"]) == (1, {"ways": 1}, True)
    _, err = done(hamlet, *words, "--limit", "1", "--division", "361025")
    assert say("另有 1 条未显示", "1 more ways are not shown") in err
    assert say("只看 361025 范围内", "only within 361025") in err


def test_what_is_wrong_is_told(hamlet: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SHUNTENG_NEO4J_URI", raising=False)
    for words, status, told in (
        (("query", "owner"), 1, "owners"),
        (("query", "owners", "-p", "firm=没有这家"), 1, "firm"),
        (("query", "owners", "-p", "firm=陈志"), 1, say("不能是人员", "cannot be a person")),
        (("query", "owners", "-p", f"firm={FIRM}", "-p", "depth=2"), 1, "max_hops"),
        (("query", "owners", "-p", "firm"), 2, say("名=值", "NAME=VALUE")),
        (("query", "owners", "-p", f"firm={FIRM}", "--since", "soon"), 2, "2024-03-05"),
        (("query", "owners", "-p", f"firm={FIRM}", "--engine", "neo4j"), 1, "[stores]"),
        (("cypher", "MATCH (n:Person) DELETE n"), 1, "DELETE"),
    ):
        _, err = done(hamlet, *words, status=status)
        assert told in err, err
        for secret in (*SECRETS, "没有这家"):
            assert secret not in err


def test_a_drill_down_shows_the_clues_rows(hamlet: Workspace) -> None:
    (clue,) = pipeline.newest_clues(hamlet)
    found = json.loads(asked(hamlet, "clue", clue.id, "--drill-down", "--format", "json"))
    one = json.loads(asked(hamlet, "clue", clue.id, "--format", "json"))
    rows = {
        (e["file"], e["row"])
        for part in ("nodes", "edges")
        for shown in found[part]
        for e in shown["evidence"]
    }
    assert {(e["file"], e["row"]) for e in one["evidence"]} <= rows


def test_free_text_is_answered_with_masked_names(hamlet: Workspace) -> None:
    text = (
        "MATCH w = (p:Person)-[:REPRESENTS]->(f:Company) WHERE f.id = $f RETURN p, f.name AS n, w"
    )
    words = ("cypher", text, "--node", f"f={FIRM}")
    found = json.loads(asked(hamlet, *words, "--format", "json"))
    assert found["columns"] == ["p", "n", "w"]
    ((person, name, walk),) = found["rows"]
    assert (person["label"], name) == ("陈*", FIRM)
    assert [one["relation"] for one in walk["relations"]] == ["REPRESENTS"]
    assert "陈* —REPRESENTS→ 恒拓建筑" in asked(hamlet, *words)


def test_revealing_shows_names_on_record(hamlet: Workspace) -> None:
    before = len(hamlet.entries("disclose"))
    out, _ = done(hamlet, "query", "kin-in-scope", "-p", "person=陈志", "--reveal")
    assert "陈浩" in out
    assert len(hamlet.entries("disclose")) == before + 1
