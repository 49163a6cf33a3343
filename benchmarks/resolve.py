"""Who is who on spoilt demo counties: precision, recall, time, memory, growth, peers.

Run: `python -m benchmarks.resolve` (quality on seeds 41 to 45, peers on the first), with
`--scale 25000,100000,500000` time and memory, with `--peer-python PATH` also nomenklatura.
"""

import argparse
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import duckdb
import polars as pl
from rich.console import Console
from rich.table import Table

from benchmarks.degraded import Truth, degrade
from benchmarks.process import cost_of
from benchmarks.resolve_peers import define_peer_tables, nomenklatura, notebook
from benchmarks.road import exponent
from graphengine.workspace import Workspace, init_workspace
from ingest.build.identity import define_identity
from ingest.build.records import define_registers
from ingest.demo.county import SIZES, CountyPlan, write_county
from ingest.intake import IntakeOptions, ingest, loaded_files
from ingest.resolve.matches import Resolution
from ingest.resolve.resolve import resolve

_KEY: Final = "0b" * 32
_MENTIONS: Final = """
SELECT m.id AS mention, m.key, m.kind, m.anchor, m.plain, m.sort, m.fen FROM who_mention m
WHERE m.number IS NULL ORDER BY m.id
"""
_PARTIES: Final = """
SELECT id AS party, number, 'person' AS sort FROM who_party
UNION ALL SELECT id, number, 'organisation' FROM who_org
"""
_PEER_MENTIONS: Final = 1_000


@dataclass(frozen=True, slots=True)
class Quality:
    """What became of the mentions whose number was hidden."""

    mentions: int
    on_file: int
    made: int
    right: int

    @property
    def precision(self) -> float:
        """Return the share of the made matches that are right."""
        return self.right / self.made if self.made else 1.0

    @property
    def recall(self) -> float:
        """Return the share of the mentions of parties on file that were matched rightly."""
        return self.right / self.on_file if self.on_file else 1.0


def county(people: int, seed: int, root: Path, *, harsh: bool) -> tuple[Workspace, Truth]:
    """Make a county, spoil it and take it in."""
    villages = max(1, people * SIZES["county"][1] // SIZES["county"][0])
    write_county(root / "whole", CountyPlan(people, villages, seed, schemes=True))
    truth = degrade(root / "whole", root / "spoilt", seed, harsh=harsh)
    workspace = init_workspace(root / "workspace")
    (workspace.root / "key").write_text(_KEY)
    ingest([root / "spoilt"], workspace, IntakeOptions())
    return workspace, truth


def opened(workspace: Workspace) -> duckdb.DuckDBPyConnection:
    """Open the register views as the build does, on two threads."""
    connection = duckdb.connect()
    for setting in ("threads=2", "memory_limit='2500MB'", "enable_progress_bar=false"):
        connection.execute(f"SET {setting}")
    define_identity(connection, workspace.key())
    define_registers(connection, loaded_files(workspace))
    return connection


def _frame(connection: duckdb.DuckDBPyConnection, query: str) -> pl.DataFrame:
    return pl.DataFrame(connection.sql(query).to_arrow_table())


def judged(connection: duckdb.DuckDBPyConnection, truth: Truth) -> pl.DataFrame:
    """Return the hidden mentions with their number and whether that number is on file."""
    mentions, parties = _frame(connection, _MENTIONS), _frame(connection, _PARTIES)
    told = truth.mentions.join(mentions, on=["kind", "anchor", "plain"])
    return told.join(parties, on=["number", "sort"], how="left").sort("mention")


def quality(told: pl.DataFrame, links: pl.DataFrame) -> Quality:
    """Score links (mention, party) on the mentions of `told`."""
    made = told.join(links.rename({"party": "found"}), on="mention", how="left")
    return Quality(
        len(told),
        len(told) - told["party"].null_count(),
        len(made) - made["found"].null_count(),
        int((made["found"] == made["party"]).sum()),
    )


def links_of(found: Resolution, connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """Return the made matches as (mention, party)."""
    same = found.matches.filter(pl.col("decision") == "same").select("key", "number", "sort")
    mentions = _frame(connection, _MENTIONS).select("mention", "key")
    parties = _frame(connection, _PARTIES)
    return (
        same.join(mentions, on="key")
        .join(parties, on=["number", "sort"])
        .select("mention", "party")
    )


def alike(found: Resolution, told: pl.DataFrame) -> int:
    """Count the unmatched mentions for whose party another stands with equal evidence."""
    same = set(found.matches.filter(pl.col("decision") == "same")["key"])
    numbers = dict(told.select("key", "number").iter_rows())
    count = 0
    for (key,), rows in found.candidates.group_by("key", maintain_order=True):
        if key in same or key not in numbers:
            continue
        said = [(r["number"], round(sum(r["bits"]), 6)) for r in rows.iter_rows(named=True)]
        true = next((bits for number, bits in said if number == numbers[str(key)]), None)
        count += any(b == true for n, b in said if n != numbers[str(key)])
    return count


def _contradictions(found: Resolution, connection: duckdb.DuckDBPyConnection) -> int:
    """Count clusters with two numbers, and representatives who were children or dead."""
    several = (
        found.matches.filter(pl.col("decision") == "same")
        .group_by("cluster")
        .agg(pl.n_unique("number").alias("numbers"))
    )
    connection.register("made", found.matches.filter(pl.col("decision") == "same").drop("records"))
    impossible = connection.sql("""
SELECT count(*) FROM made JOIN who_mention m ON m.key = made.key AND m.number IS NULL
JOIN who_party p ON p.number = made.number
WHERE m.represents AND (p.died < m.since OR p.born + INTERVAL 16 YEAR > m.since)
""").fetchall()[0][0]
    connection.unregister("made")
    return int((several["numbers"] > 1).sum()) + int(impossible)


def _row(table: Table, name: str, scored: Quality, more: str = "") -> None:
    table.add_row(
        name, f"{scored.mentions:,}", f"{scored.on_file:,}", f"{scored.made:,}",
        f"{scored.precision:.4f}", f"{scored.recall:.4f}", more,
    )  # fmt: skip


def _sum(rows: list[Quality]) -> Quality:
    return Quality(*(sum(getattr(r, n) for r in rows) for n in Quality.__slots__))


def _of_seed(people: int, seed: int, options: argparse.Namespace, table: Table) -> Quality:
    """Measure one county and its peers; add rows to the table."""
    with tempfile.TemporaryDirectory(prefix="shunteng-") as folder:
        workspace, truth = county(people, seed, Path(folder), harsh=options.harsh)
        connection = opened(workspace)
        start = time.perf_counter()
        found = resolve(connection)
        seconds = time.perf_counter() - start
        told, links = judged(connection, truth), links_of(found, connection)
        whole = quality(told, links)
        twins = alike(found, told)
        apart = whole.right / max(whole.on_file - twins, 1)
        remarks = (
            f"{seconds:.1f} s, {_contradictions(found, connection)} contradictions, "
            f"{len(found.splits)} cuts; {twins} have an equal rival, recall among the others "
            f"{apart:.4f}"
        )
        _row(table, f"seed {seed}", whole, remarks)
        for kind, sort in (("firm", "person"), ("account", "person"), ("account", "organisation")):
            part = told.filter((pl.col("kind") == kind) & (pl.col("sort") == sort))
            _row(table, f"  {kind}, {sort}", quality(part, links))
        if seed == options.seeds[0]:
            _peers(connection, told.filter(pl.col("sort") == "person"), options, table)
    return whole


def _peers(
    connection: duckdb.DuckDBPyConnection, told: pl.DataFrame, options: argparse.Namespace,
    table: Table,
) -> None:  # fmt: skip
    define_peer_tables(connection)
    for threshold in (0.95, 0.5):
        start = time.perf_counter()
        links = notebook(connection, threshold)
        seconds = f"{time.perf_counter() - start:.1f} s"
        _row(table, f"  peer: Splink notebook at {threshold}", quality(told, links), seconds)
    if options.peer_python is None:
        return
    asked = told.head(_PEER_MENTIONS)
    last = int(asked["mention"].max() or 0)  # type: ignore[arg-type]
    for algorithm in ("name-based", "logic-v2"):
        start = time.perf_counter()
        links = nomenklatura(connection, options.peer_python, algorithm, last)
        _row(table, f"  peer: nomenklatura {algorithm}", quality(asked, links),
             f"{time.perf_counter() - start:.1f} s, first {len(asked):,} mentions")  # fmt: skip


def _names(people: int, seed: int) -> dict[str, Any]:
    """Return how common names are in a county: namesakes per pair and per person."""
    with tempfile.TemporaryDirectory(prefix="shunteng-") as folder:
        villages = max(1, people * SIZES["county"][1] // SIZES["county"][0])
        write_county(Path(folder), CountyPlan(people, villages, seed, schemes=True))
        roster = pl.read_csv(Path(folder) / "households.csv", infer_schema=False)
    counts = roster.unique("person_id").group_by("name").len()["len"]
    total = int(counts.sum())
    return {
        "pairs": float((counts * (counts - 1)).sum()) / (total * (total - 1)),
        "shared": float(counts.filter(counts > 1).sum()) / total,
        "top": float(counts.max() or 0) / total,  # type: ignore[arg-type]
    }


def _scale(sizes: list[int], console: Console) -> None:
    """Time one resolution per size in a process of its own."""
    table = Table(title="one resolution, 2 threads (Splink training and both passes included)")
    for header in ("people", "mentions", "seconds", "CPU seconds", "peak MiB", "growth"):
        table.add_column(header, justify="right")
    walls: list[float] = []
    for people in sizes:
        with tempfile.TemporaryDirectory(prefix="shunteng-") as folder:
            workspace, truth = county(people, 1, Path(folder), harsh=False)
            cost = cost_of(
                [sys.executable, "-m", "benchmarks.resolve", "--only", str(workspace.root)]
            )
        walls.append(cost.wall)
        growth = exponent(sizes[: len(walls)], walls) if len(walls) > 1 else float("nan")
        table.add_row(
            f"{people:,}", f"{len(truth.mentions):,}", f"{cost.wall:.1f}", f"{cost.cpu:.1f}",
            f"{cost.memory:,.0f}", f"{growth:.2f}",
        )  # fmt: skip
    console.print(table)


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=25_000)
    parser.add_argument("--seeds", default="41,42,43,44,45")
    parser.add_argument("--harsh", action="store_true", help="hide shareholders' numbers too")
    parser.add_argument("--scale", default="")
    parser.add_argument("--peer-python", type=Path, default=None)
    parser.add_argument("--only", type=Path, default=None, help=argparse.SUPPRESS)
    options = parser.parse_args()
    options.seeds = [int(seed) for seed in options.seeds.split(",") if seed]
    console = Console(width=190)
    if options.only is not None:
        resolve(opened(Workspace(options.only)))
        return
    if options.scale:
        _scale([int(size) for size in options.scale.split(",")], console)
        return
    names = _names(options.people, options.seeds[0])
    console.print(
        f"homonyms: two of the county share a name with chance {names['pairs']:.2e}; "
        f"{names['shared']:.0%} have a namesake; the commonest name is {names['top']:.3%}"
    )
    table = Table(title="hidden numbers found" + (" (shares hidden too)" if options.harsh else ""))
    for header in ("", "mentions", "on file", "made", "precision", "recall", ""):
        table.add_column(header, justify="left" if not header else "right")
    rows = [_of_seed(options.people, seed, options, table) for seed in options.seeds]
    _row(table, "all seeds", _sum(rows))
    console.print(table)


if __name__ == "__main__":
    main()
