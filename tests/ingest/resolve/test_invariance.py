"""A spoilt county: what must not matter does not, and what must not happen does not."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import numpy as np
import polars as pl
import pytest

from benchmarks.degraded import Truth, degrade
from graphengine.judgements import Judgement, ordered, state_of
from graphengine.workspace import Workspace
from ingest.demo.county import CountyPlan, write_county
from ingest.resolve.candidates import reach
from ingest.resolve.deciding import decide
from ingest.resolve.matches import Resolution
from ingest.resolve.resolve import resolve
from tests.ingest.resolve.records import opened
from tests.road import empty_workspace, take_in

_Change = Callable[[Path], None]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Truth]:
    root = tmp_path_factory.mktemp("county")
    write_county(root / "whole", CountyPlan(2_000, 3, 7, schemes=True))
    return root / "spoilt", degrade(root / "whole", root / "spoilt", 7)


def _taken(folder: Path, root: Path, change: _Change = lambda _folder: None) -> Workspace:
    copy = root / "registers"
    copy.mkdir()
    for path in sorted(folder.glob("*.csv")):
        (copy / path.name).write_bytes(path.read_bytes())
    change(copy)
    workspace = empty_workspace(root / "workspace")
    take_in(workspace, copy)
    return workspace


@pytest.fixture(scope="module")
def workspace(county: tuple[Path, Truth], tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return _taken(county[0], tmp_path_factory.mktemp("taken"))


@pytest.fixture(scope="module")
def connection(workspace: Workspace) -> duckdb.DuckDBPyConnection:
    return opened(workspace)


@pytest.fixture(scope="module")
def found(connection: duckdb.DuckDBPyConnection) -> Resolution:
    return resolve(connection)


def _shuffled(folder: Path) -> None:
    for path in folder.glob("*.csv"):
        rows = pl.read_csv(path, infer_schema=False)
        rows.sample(fraction=1.0, shuffle=True, seed=11).write_csv(path)


def _split(folder: Path) -> None:
    for name in ("payments", "households", "contractors"):
        rows = pl.read_csv(folder / f"{name}.csv", infer_schema=False)
        rows.head(len(rows) // 3).write_csv(folder / f"{name}.csv")
        rows.tail(len(rows) - len(rows) // 3).write_csv(folder / f"{name}_2.csv")


@pytest.mark.parametrize("change", [_shuffled, _split], ids=["rows", "files"])
def test_the_order_of_rows_and_the_cut_of_files_do_not_matter(
    county: tuple[Path, Truth], found: Resolution, tmp_path: Path, change: _Change
) -> None:
    again = resolve(opened(_taken(county[0], tmp_path, change)))
    assert again.matches.equals(found.matches)
    assert again.candidates.equals(found.candidates)
    assert again.parameters == found.parameters
    assert again.splits == found.splits


def test_one_thread_finds_what_two_find(workspace: Workspace, found: Resolution) -> None:
    alone = resolve(opened(workspace, threads=1))
    assert alone.matches.equals(found.matches)
    assert alone.candidates.equals(found.candidates)
    assert alone.parameters == found.parameters


def test_given_parameters_are_used_as_they_are(workspace: Workspace, found: Resolution) -> None:
    again = resolve(opened(workspace), parameters=found.parameters)
    assert again.candidates.equals(found.candidates)


def test_numbers_that_are_missing_are_found_and_none_is_mistaken(
    county: tuple[Path, Truth], connection: duckdb.DuckDBPyConnection, found: Resolution
) -> None:
    plain = pl.DataFrame(
        connection.sql("SELECT key, plain FROM who_mention WHERE number IS NULL").to_arrow_table()
    )
    rows = county[1].mentions.join(
        found.matches.join(plain, on="key").rename({"number": "found"}),
        on=["kind", "anchor", "plain"],
    )
    same = rows.filter(pl.col("decision") == "same")
    right = (same["number"] == same["found"]).sum()
    assert right / len(same) >= 0.99
    assert right / len(rows) >= 0.9


def test_every_rule_reaches_some_true_pair_and_together_all(
    connection: duckdb.DuckDBPyConnection, found: Resolution
) -> None:
    told = {r.rule: r for r in reach(connection, "SELECT mention, party FROM who_pair")}
    assert found.parameters.kinds["account"].blocking_recall > 0.97
    assert told["all"].recall == 1.0
    assert told["all"].pairs >= max(r.pairs for name, r in told.items() if name != "all")


def _same(found: Resolution) -> set[tuple[str, str]]:
    rows = found.matches.filter(pl.col("decision") == "same").select("key", "node")
    return set(rows.iter_rows())


def test_a_negative_judgement_never_merges_more(
    connection: duckdb.DuckDBPyConnection, found: Resolution
) -> None:
    every = sorted(found.candidates.select("key", "node").iter_rows())
    draw = np.random.default_rng(5)
    lines: list[Judgement] = []
    before = _same(found)
    for seq, place in enumerate(draw.permutation(len(every))[:12].tolist(), start=1):
        lines.append(Judgement(seq, "", "x", *ordered(*every[place]), "negative"))
        made = decide(connection, found.candidates, (), found.parameters, state_of(lines))
        after = _same(made)
        assert after <= before
        assert not after & {(line.one, line.other) for line in lines}
        before = after


def test_an_undone_judgement_leaves_no_trace(
    connection: duckdb.DuckDBPyConnection, found: Resolution
) -> None:
    key, node = min(_same(found))
    line = Judgement(1, "", "x", *ordered(key, node), "negative")
    taken_back = Judgement(2, "", "x", *ordered(key, node), "negative", "", 1)

    def of(*lines: Judgement) -> pl.DataFrame:
        state = state_of(lines)
        return decide(connection, found.candidates, (), found.parameters, state).matches

    assert of(line, taken_back).equals(of())
    assert not of(line).equals(of())


@pytest.mark.parametrize("seed", ["0", "1"])
def test_the_hash_seed_does_not_matter(workspace: Workspace, found: Resolution, seed: str) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from graphengine.workspace import Workspace\n"
        "from ingest.resolve.resolve import resolve\n"
        "from tests.ingest.resolve.records import opened\n"
        "r = resolve(opened(Workspace(Path(sys.argv[1]))))\n"
        "print(r.matches.drop('records').write_csv())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(workspace.root)],
        capture_output=True,
        check=True,
        env={"PYTHONHASHSEED": seed, "PATH": "/usr/bin:/bin"},
    )
    assert done.stdout.decode().strip() == found.matches.drop("records").write_csv().strip()
