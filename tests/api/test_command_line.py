"""The command line as its user meets it: every command on a planted village, in both languages."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pytest

from ingest.demo.county import plan_for, write_county

_PROGRAM = [sys.executable, "-W", "error", "-c", "from api.cli import main; main()"]
_RESIDENT_ID = re.compile(r"(?<![0-9A-Za-z])[1-8]\d{5}(19|20)\d{9}[\dX](?![0-9A-Za-z])")


def run(
    *words: str | Path, status: int = 0, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the program without a terminal; hold it to an exit status."""
    done = subprocess.run(
        [*_PROGRAM, *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "LANG": "C.UTF-8", "LC_ALL": "", **environment},
    )
    assert done.returncode == status, done.stdout + done.stderr
    assert "\x1b[" not in done.stdout + done.stderr
    return done


@pytest.fixture(scope="module")
def registers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("town") / "registers"
    write_county(folder, plan_for("town", seed=2))
    return folder


@pytest.fixture(scope="module")
def workspace(registers: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("road") / "workspace"
    run("-w", root, "init")
    run("-w", root, "ingest", registers)
    run("-w", root, "detect")
    return root


@pytest.fixture(scope="module")
def secrets(registers: Path) -> frozenset[str]:
    """Every resident ID and every name of the town that is long enough to be told from words."""
    lines = (registers / "households.csv").read_text("utf-8").splitlines()
    header = lines[0].split(",")
    number, name = header.index("person_id"), header.index("name")
    cells = [line.split(",") for line in lines[1:]]
    return frozenset({c[number] for c in cells} | {c[name] for c in cells if len(c[name]) > 2})


def objects(workspace: Path, *words: str) -> list[dict[str, object]]:
    done = run("-w", workspace, "clues", "--format", "jsonl", *words)
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_help_teaches_every_command_in_both_languages() -> None:
    english, chinese = run("--help").stdout, run("--help", LANG="zh_CN.UTF-8").stdout
    commands = set(re.findall(r"^│ ([a-z]+) ", english, re.MULTILINE))
    stated = "init ingest quarantine build detect clues clue picture rules rule coverage path "
    stated += "network query cypher export demo evaluate serve store verify doctor"
    assert commands == set(stated.split())
    assert "可核实的线索" in chinese
    assert "可核实的线索" in run("--lang", "zh", "--help").stdout
    for command in sorted(commands):
        assert run(command, "--help").stdout.strip()


@pytest.mark.parametrize(
    "words",
    [
        ("unheard",),
        ("clues", "--top", "0"),
        ("clues", "--format", "xml"),
        ("ingest",),
        ("--lang", "fr", "rules"),
        ("serve", "--port", "70000"),
    ],
)
def test_wrong_usage_is_exit_2(words: tuple[str, ...]) -> None:
    run(*words, status=2)


@pytest.mark.parametrize(
    "words",
    [("clues",), ("build",), ("detect",), ("ingest", "x.csv"), ("network", "x"), ("verify",)],
)
def test_without_a_workspace_it_says_what_to_do(tmp_path: Path, words: tuple[str, ...]) -> None:
    done = run("-w", tmp_path / "none", *words, status=1)
    assert "shunteng init" in done.stderr
    assert "先运行" in run(*words, "-w", tmp_path / "none", "--lang", "zh", status=1).stderr


def test_a_clue_is_the_object_of_the_interface(workspace: Path) -> None:
    found = objects(workspace)
    assert [one["rank"] for one in found] == list(range(1, len(found) + 1))
    for one in found:
        assert list(one) == [
            "schema", "id", "rule", "rule_version", "dimension", "kind", "rank", "score",
            "division_code", "title", "summary", "subjects", "evidence", "path", "amount",
            "window", "statistics", "innocent", "refuted_by", "unavailable",
        ]  # fmt: skip
        assert one["schema"] == "shunteng.clue/1"
        assert one["evidence"]
        assert one["refuted_by"]
        assert one["innocent"]


def test_filters_cut_the_list(workspace: Path) -> None:
    everything = objects(workspace)
    rule = str(everything[0]["rule"])
    assert objects(workspace, "--rule", rule) == [o for o in everything if o["rule"] == rule]
    assert objects(workspace, "--top", "2") == everything[:2]
    code = str(everything[0]["division_code"])
    here = objects(workspace, "--division", code)
    assert here == [o for o in everything if o["division_code"] == code]
    assert objects(workspace, "--division", "361025000000") == everything
    assert objects(workspace, "--kind", "efficiency") == []
    assert "no rule" in run("-w", workspace, "clues", "--rule", "x", status=1).stderr


def test_evidence_stands_where_the_clue_says(workspace: Path, registers: Path) -> None:
    for one in objects(workspace):
        for fact in one["evidence"]:  # type: ignore[attr-defined]
            row = (registers / fact["file"]).read_text("utf-8").splitlines()[fact["row"] - 1]
            if fact["register"] in ("contracts", "payments", "leases"):
                assert row.startswith(fact["record_id"] + ",")


def test_nothing_names_anybody_unless_revealed(
    workspace: Path, secrets: frozenset[str], tmp_path: Path
) -> None:
    first = str(objects(workspace)[0]["id"])
    subject = str(objects(workspace)[0]["subjects"][0]["node"])  # type: ignore[index]
    said = ""
    for words in (
        ("clues",), ("clues", "--format", "jsonl"), ("clues", "--format", "csv"), ("clue", first),
        ("coverage",), ("network", subject), ("quarantine", "--format", "jsonl"), ("doctor",),
    ):  # fmt: skip
        done = run("-w", workspace, *words)
        said += done.stdout + done.stderr
    for form in ("graphml", "gexf", "cytoscape"):
        run("-w", workspace, "export", "--format", form, "-o", tmp_path / form)
        said += (tmp_path / form).read_text("utf-8")
    run("-w", workspace, "picture", first, "-o", tmp_path / "clue.html")
    said += (tmp_path / "clue.html").read_text("utf-8").partition("<script")[0]
    said += (workspace / "manifest.jsonl").read_text("utf-8")
    for path in (workspace / "detections").rglob("*.json*"):
        said += path.read_text("utf-8")
    assert not _RESIDENT_ID.search(said)
    words_said = frozenset(re.findall(r"[\u4e00-\u9fff]{3,}|\d{17}[\dX]", said))
    assert not words_said & secrets


def test_revealing_is_on_record(workspace: Path, secrets: frozenset[str]) -> None:
    before = (workspace / "manifest.jsonl").read_text("utf-8").count('"act": "disclose"')
    done = run("-w", workspace, "clues", "--format", "jsonl", "--top", "1", "--reveal")
    shown = {s.get("identifier") for s in json.loads(done.stdout)["subjects"]}
    assert shown & secrets
    after = (workspace / "manifest.jsonl").read_text("utf-8").count('"act": "disclose"')
    assert after == before + 1


def test_detecting_again_changes_nothing(workspace: Path) -> None:
    before = objects(workspace)
    run("-w", workspace, "detect")
    assert objects(workspace) == before


def test_a_clue_in_words_and_a_picture(workspace: Path, tmp_path: Path) -> None:
    first = str(objects(workspace)[0]["id"])
    text = run("-w", workspace, "clue", first).stdout
    assert "refute" in text
    assert "never a verdict" in text
    assert "不是结论" in run("-w", workspace, "clue", first, "--lang", "zh").stdout
    run("-w", workspace, "picture", first, "-o", tmp_path / "clue.html")
    assert (tmp_path / "clue.html").read_text("utf-8").startswith("<!DOCTYPE html>")
    assert "no clue" in run("-w", workspace, "clue", "x", status=1).stderr


def test_rules_and_their_cards(workspace: Path) -> None:
    listed = [json.loads(line) for line in run("rules", "--format", "jsonl").stdout.splitlines()]
    for one in listed:
        card = run("rule", one["id"]).stdout
        for part in ("Method", "Why it matters", "Basis", "Innocent", "refute", "parameters"):
            assert part in card, (one["id"], part)
    assert {one["rule"] for one in objects(workspace)} <= {one["id"] for one in listed}


def test_coverage_names_every_village(workspace: Path, registers: Path) -> None:
    rows = json.loads(run("-w", workspace, "coverage", "--format", "json").stdout)
    truth = json.loads((registers / "truth.json").read_text("utf-8"))
    assert {row["division"] for row in rows} >= set(truth["villages"])
    assert all(row["evaluated"] or row["why"] for row in rows)


def test_a_path_between_two_people(workspace: Path) -> None:
    one = next(o for o in objects(workspace) if o["rule"] == "kin-contract")
    nodes = [s["node"] for s in one["subjects"]]  # type: ignore[attr-defined]
    shown = run("-w", workspace, "path", nodes[0], nodes[-1]).stdout
    assert nodes[0] in shown
    assert nodes[-1] in shown
    assert ".csv" in shown
    assert "no such" in run("-w", workspace, "path", nodes[0], "person:00", status=1).stderr.lower()


def test_exports_are_read_back(workspace: Path, tmp_path: Path) -> None:
    first = str(objects(workspace)[0]["id"])
    target = tmp_path / "clue.graphml"
    run("-w", workspace, "export", "--format", "graphml", "--clue", first, "-o", target)
    graph = nx.read_graphml(target)
    subjects = {s["node"] for s in objects(workspace)[0]["subjects"]}  # type: ignore[attr-defined]
    assert subjects <= set(graph.nodes)


def test_evaluate_measures_against_the_truth(workspace: Path, registers: Path) -> None:
    done = run("-w", workspace, "evaluate", registers, "--format", "json")
    found = json.loads(done.stdout)
    truth = json.loads((registers / "truth.json").read_text("utf-8"))
    assert found["total"]["planted"] == len(truth["schemes"])
    assert found["total"]["decoys"] == len(truth["decoys"])
    assert found["total"]["recall"] >= 0.8
    assert "truth.json" in run("evaluate", workspace, status=1).stderr


@pytest.fixture
def altered(workspace: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(workspace, tmp_path / "copy"))


def test_verify_names_any_changed_file(altered: Path) -> None:
    run("-w", altered, "verify")
    run("-w", altered, "doctor")
    files = [
        path
        for path in sorted(altered.rglob("*"))
        if path.suffix in (".parquet", ".jsonl") and path.name != "manifest.jsonl"
    ]
    for path in files[:: max(1, len(files) // 12)]:
        content = path.read_bytes()
        path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
        shown = run("-w", altered, "verify", status=1).stdout
        assert path.relative_to(altered).as_posix() in shown
        path.write_bytes(content)
    (altered / "manifest.jsonl").write_text(
        (altered / "manifest.jsonl").read_text("utf-8").replace('"loaded": ', '"loaded": 1', 1),
        "utf-8",
    )
    assert "manifest.jsonl" in run("-w", altered, "verify", status=1).stdout


def test_an_unforeseen_failure_quotes_nothing(altered: Path) -> None:
    for path in (altered / "tables").rglob("Person.parquet"):
        path.write_bytes(b"11010519491231002X \xe9\x99\x88\xe5\xbf\x97\xe8\xbf\x9c" * 9)
    done = run("-w", altered, "clues", status=1)
    assert "Traceback" not in done.stderr
    assert "11010519491231002X" not in done.stderr
    assert "shunteng verify" in done.stderr
    assert "Person.parquet" in run("-w", altered, "verify", status=1).stdout


def test_strict_makes_quarantine_an_error(tmp_path: Path) -> None:
    run("-w", tmp_path / "w", "init")
    bad = tmp_path / "officials.csv"
    bad.write_text(
        "person_id,name,post,unit,division_code,start_date\n123,某某,村会计,某村,361025101201,2020-01-01\n"
    )
    run("-w", tmp_path / "w", "ingest", bad, "--strict", status=1)
    run("-w", tmp_path / "w", "ingest", bad)
    row = json.loads(run("-w", tmp_path / "w", "quarantine", "--format", "jsonl").stdout)
    assert (row["file"], row["row"], row["column"]) == ("officials.csv", 2, "person_id")
    assert row["reason"]["zh"]
    assert row["remedy"]["en"]
