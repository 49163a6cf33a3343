"""The road at growing sizes: ingest, build and detect with time, memory and growth exponent.

Beside our ingest stands a floor: DuckDB copying the same CSV files to Parquet, with no validation,
no identity, no provenance. Run: `make bench`, or `python -m benchmarks.road 25000 100000`.
"""

import math
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.process import Cost, cost_of, shunteng

_SIZES = (25_000, 100_000, 500_000)
_STAGES = ("demo", "floor", "ingest", "build", "detect")
_FLOOR = """
import duckdb, pathlib, sys
c = duckdb.connect()
c.execute("SET threads=2")
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.csv")):
    rows = f"(FROM read_csv('{path}', all_varchar=true))"
    c.execute(f"COPY {rows} TO '{sys.argv[2]}/{path.stem}.parquet'")
"""


def measure(people: int, folder: Path) -> dict[str, Cost]:
    """Return the cost of every stage for a county of so many people."""
    registers, workspace = str(folder / "registers"), str(folder / "workspace")
    floor = folder / "floor"
    floor.mkdir()
    size = ["--people", str(people), "--seed", "1"]
    costs = {"demo": cost_of(shunteng("demo", registers, *size))}
    costs["floor"] = cost_of([sys.executable, "-c", _FLOOR, registers, str(floor)])
    cost_of(shunteng("-w", workspace, "init"))
    costs["ingest"] = cost_of(shunteng("-w", workspace, "ingest", registers))
    costs["build"] = cost_of(shunteng("-w", workspace, "build"))
    costs["detect"] = cost_of(shunteng("-w", workspace, "detect"))
    return costs


def exponent(sizes: list[int], seconds: list[float]) -> float:
    """Return the slope of log time over log size (least squares): 1 is linear."""
    xs, ys = [math.log(s) for s in sizes], [math.log(s) for s in seconds]
    mx, my = sum(xs) / len(xs), sum(ys) / len(ys)
    spread = sum((x - mx) ** 2 for x in xs)
    return sum((x - mx) * (y - my) for x, y in zip(xs, ys, strict=True)) / spread


def main() -> None:
    """Measure the sizes of the command line and print one table."""
    sizes = [int(word) for word in sys.argv[1:]] or list(_SIZES)
    results: list[dict[str, Cost]] = []
    for people in sizes:
        with tempfile.TemporaryDirectory(prefix="shunteng-") as folder:
            results.append(measure(people, Path(folder)))
    table = Table(title="seconds (CPU seconds) / peak MiB")
    for header in ("stage", *(f"{people:,}" for people in sizes), "growth"):
        table.add_column(header, justify="right")
    for stage in _STAGES:
        costs = [result[stage] for result in results]
        growth = exponent(sizes, [c.wall for c in costs]) if len(sizes) > 1 else float("nan")
        cells = (f"{c.wall:.1f} ({c.cpu:.1f}) / {c.memory:.0f}" for c in costs)
        table.add_row(stage, *cells, f"{growth:.2f}")
    ratios = (f"{r['ingest'].wall / r['floor'].wall:.1f} ×" for r in results)
    table.add_row("ingest / floor", *ratios, "")
    Console(width=160).print(table)


if __name__ == "__main__":
    main()
