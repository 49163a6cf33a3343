"""Recall, precision and decoys on planted counties, and the false alarms of clean ones.

Run: `make evaluate`, or `python -m benchmarks.truth --people 25000 --seeds 1,2,3,4,5`.
"""

import argparse
import json
import statistics
import subprocess
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.process import cost_of, shunteng


def evaluated(people: int, seed: int, *, clean: bool) -> dict[str, Any]:
    """Make one county, walk the road, return the evaluation as JSON."""
    with tempfile.TemporaryDirectory(prefix="shunteng-") as folder:
        registers = str(Path(folder) / "registers")
        planted = ["--clean"] if clean else []
        cost_of(shunteng("demo", registers, "--people", str(people), "--seed", str(seed), *planted))
        done = subprocess.run(  # noqa: S603 - our own program
            shunteng("evaluate", registers, "--format", "json"), capture_output=True, check=True
        )
        truth = json.loads((Path(registers) / "truth.json").read_text("utf-8"))
    found: dict[str, Any] = json.loads(done.stdout)
    return {**found, "villages": len(truth["villages"])}


def _planted_table(results: dict[int, dict[str, Any]]) -> Table:
    table = Table(title="planted counties, mean over seeds (lowest seed)")
    for header in ("rule", "planted", "clues", "recall", "precision", "at N", "decoys hit"):
        table.add_column(header, justify="right")
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for result in results.values():
        for row in (*result["rules"], result["total"]):
            rows[row["rule"]].append(row)
    for rule, found in rows.items():
        hit, decoys = sum(r["decoys_hit"] for r in found), sum(r["decoys"] for r in found)
        table.add_row(
            rule,
            str(sum(r["planted"] for r in found)),
            str(sum(r["clues"] for r in found)),
            *(
                f"{statistics.mean(r[name] for r in found):.3f} ({min(r[name] for r in found):.3f})"
                for name in ("recall", "precision", "precision_at_n")
            ),
            f"{hit}/{decoys}",
        )
    return table


def _shape_table(results: dict[int, dict[str, Any]]) -> Table:
    table = Table(title="recall by shape, all seeds together")
    for header in ("rule", "shape", "planted", "found", "recall"):
        table.add_column(header, justify="right")
    planted: dict[tuple[str, str], int] = defaultdict(int)
    found: dict[tuple[str, str], int] = defaultdict(int)
    for result in results.values():
        for row in result["shapes"]:
            planted[row["rule"], row["shape"]] += row["planted"]
            found[row["rule"], row["shape"]] += row["found"]
    for (rule, shape), count in sorted(planted.items()):
        hit = found[rule, shape]
        table.add_row(rule, shape, str(count), str(hit), f"{hit / count:.3f}")
    return table


def _clean_table(results: dict[int, dict[str, Any]]) -> Table:
    table = Table(title="clean counties: suspicion clues though nothing was planted")
    for header in ("seed", "villages", "clues", "per 1,000 villages × rules", "by rule"):
        table.add_column(header, justify="right")
    for seed, result in results.items():
        clues, villages = result["total"]["clues"], result["villages"]
        tests = max(1, villages * len(result["rules"]))
        by_rule = ", ".join(f"{r['rule']} {r['clues']}" for r in result["rules"] if r["clues"])
        table.add_row(
            str(seed), str(villages), str(clues), f"{1000 * clues / tests:.1f}", by_rule or "-"
        )
    return table


def main() -> None:
    """Evaluate the seeds of the command line and print two tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=25_000)
    parser.add_argument("--seeds", default="1,2,3,4,5")
    arguments = parser.parse_args()
    seeds = [int(seed) for seed in arguments.seeds.split(",")]
    console = Console(width=160)
    planted = {seed: evaluated(arguments.people, seed, clean=False) for seed in seeds}
    console.print(_planted_table(planted))
    console.print(_shape_table(planted))
    clean = {seed: evaluated(arguments.people, seed, clean=True) for seed in seeds}
    console.print(_clean_table(clean))


if __name__ == "__main__":
    main()
