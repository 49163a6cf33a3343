"""The engine on cases that others made, where they lie beside the project: one table of checks.

Run: `make cases`, or `python -m benchmarks.cases FOLDER`; without the folder it says so and ends.
"""

import hashlib
import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from api import pipeline
from benchmarks import kek, mosuo, slumlords
from benchmarks.check import Check
from graphengine.clue import present
from graphengine.workspace import Workspace, init_workspace
from ingest.intake import IntakeOptions, ingest
from ingest.quarantine import listed

_BESIDE = Path(__file__).resolve().parents[2] / "shared" / "data"
_KEY = "0b" * 32


def _road(registers: Path, root: Path) -> tuple[Workspace, dict[str, Any]]:
    workspace = init_workspace(root)
    (root / "key").write_text(_KEY)
    reports = ingest([registers], workspace, IntakeOptions(register=None, mapping=None))
    pipeline.detect(workspace)
    return workspace, {report.file: report for report in reports}


def _files(
    expected: dict[str, Any], workspace: Workspace, reports: dict[str, Any]
) -> Iterator[Check]:
    for name, said in sorted(expected["files"].items()):
        report = reports[name]
        counts = (said["register"], said["read"], said["loaded"], len(said["quarantined"]))
        found = (report.register, report.read, report.loaded, report.quarantined)
        yield Check(
            "messy", f"{name}: register, read, loaded, quarantined", str(counts), str(found)
        )
    wanted = sorted((n, q["row"], q["column"]) for n, f in expected["files"].items()
                    for q in f["quarantined"])  # fmt: skip
    listed_rows = sorted((e.file, e.row, e.column) for e in listed(workspace, None))
    yield Check("messy", "rows set aside: file, row, column", str(wanted), str(listed_rows))
    refused = sorted(name for name, report in reports.items() if report.refused)
    yield Check("messy", "refused files", str(sorted(expected["refused"])), str(refused))


def _clues(case: str, expected: dict[str, Any], workspace: Workspace) -> Iterator[Check]:
    clues = pipeline.newest_clues(workspace)
    with pipeline.open_graph(workspace) as graph:
        shown = present(clues, graph, reveal=True)
    rules = {"kin-contract", "circular-flow"}
    wanted = sorted(
        (c["rule"], sorted(c.get("evidence") or c["payments"])) for c in expected["clues"]
    )
    registers = {"kin-contract": "contracts", "circular-flow": "payments"}
    found = sorted(
        (one["rule"], sorted(e["record_id"] for e in one["evidence"]
                             if e["register"] == registers[one["rule"]]))
        for one in shown
        if one["rule"] in rules
    )  # fmt: skip
    yield Check(case, "clues of the two rules, by contracts or payments", str(wanted), str(found))
    for said in expected["clues"]:
        if "subjects" in said:
            subjects = next(
                ([s.get("identifier", "") for s in one["subjects"]] for one in shown
                 if one["rule"] == said["rule"]), [],
            )  # fmt: skip
            yield Check(case, f"{said['rule']}: subjects", str(sorted(said["subjects"])),
                        str(sorted(subjects)))  # fmt: skip
    others = sorted(one["rule"] for one in shown if one["rule"] not in rules)
    yield Check(case, "clues of other rules", "[]", str(others))


def _tables(workspace: Workspace) -> str:
    newest = workspace.last("build")
    version = "" if newest is None else str(newest.detail["version"])
    digest = hashlib.sha256()
    for path in sorted((workspace.tables / version).rglob("*.parquet")):
        if path.name != "sources.parquet":
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def registers_case(folder: Path) -> Iterator[Check]:
    """Yield the checks of the small village told twice."""
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    with tempfile.TemporaryDirectory(prefix="shunteng-") as scratch:
        clean, _ = _road(folder / "clean", Path(scratch) / "clean")
        messy, reports = _road(folder / "messy", Path(scratch) / "messy")
        yield from _files(expected, messy, reports)
        yield from _clues("clean", expected, clean)
        yield from _clues("messy", expected, messy)
        yield Check("messy", "graph tables equal those of clean", _tables(clean), _tables(messy))


CASES: Mapping[str, Callable[[Path], Iterator[Check]]] = {
    "registers": registers_case,
    "slumlords": slumlords.checks,
    "mosuo": mosuo.checks,
    "ownership_kek": kek.checks,
}
"""Each case by the folder it lies in."""


def main() -> None:
    """Run every case that lies there; exit 1 where a check fails."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else _BESIDE
    console = Console(width=200, highlight=False)
    if not any((folder / name).is_dir() for name in CASES):
        console.print(f"no cases at {folder}; name their folder to run them")
        return
    checks = [
        check
        for name, case in CASES.items()
        if (folder / name).is_dir()
        for check in case(folder / name)
    ]
    table = Table()
    for header in ("", "case", "check", "expected", "found"):
        table.add_column(header, overflow="fold")
    for check in checks:
        mark = "✓" if check.holds else "✗"
        shown = "as expected" if check.holds else check.found
        table.add_row(mark, check.case, check.what, "" if check.holds else check.expected, shown)
    console.print(table)
    if not all(check.holds for check in checks):
        sys.exit(1)


if __name__ == "__main__":
    main()
