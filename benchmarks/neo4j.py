"""A county on a real Neo4j: load over Bolt, an update of one row in a hundred, offline import.

The server is the tests' own, on this machine: it, the loader and DuckDB share the cores.
Run: `make neo4j`, then `python -m benchmarks.neo4j 500000`.
"""

import os
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb
from rich.console import Console
from rich.table import Table

from api import stores
from benchmarks.process import cost_of, shunteng
from graphengine.store.neo4j.bulk import ARGUMENTS
from graphengine.workspace import Workspace, open_workspace
from tests import neo4j_server
from tests.neo4j_server import Neo4jServer

_CHANGED = {
    "relations/PAID": "SELECT * REPLACE (amount + (hash(number) % 200 = 1)::INT AS amount) "
    "FROM {0} WHERE hash(number) % 200 <> 0",
    "nodes/Person": "SELECT * REPLACE (CASE WHEN hash(id) % 100 = 0 THEN 'moved_out' "
    "ELSE status END AS status) FROM {0}",
}
_MIB = 1024


@dataclass(frozen=True, slots=True)
class Measured:
    """What a piece of work took: seconds, the server's own CPU seconds, rows written."""

    name: str
    seconds: float
    server: float
    rows: int


def county(people: int, folder: Path) -> Workspace:
    """Make a county of so many people, up to its graph."""
    registers, root = str(folder / "registers"), str(folder / "workspace")
    cost_of(shunteng("demo", registers, "--people", str(people), "--seed", "1"))
    for words in (("init",), ("ingest", registers), ("build",)):
        cost_of(shunteng("-w", root, *words))
    return open_workspace(folder / "workspace")


def changed(workspace: Workspace) -> None:
    """Leave another version: one payment in 200 gone, one altered, one person in 100 altered."""
    newest = workspace.last("build")
    assert newest is not None  # noqa: S101 - it was built just now
    old = workspace.tables / str(newest.detail["version"])
    new = workspace.tables / "one-in-a-hundred"
    shutil.rmtree(new, ignore_errors=True)
    shutil.copytree(old, new, copy_function=os.link)
    for name, query in _CHANGED.items():
        path = new / f"{name}.parquet"
        path.unlink()
        rows = query.format(f"read_parquet('{old / name}.parquet')")
        duckdb.sql(f"COPY ({rows}) TO '{path}' (FORMAT parquet)")
    with workspace.writing():
        workspace.commit("build", inputs={}, outputs=(new,), detail={"version": new.name})


def loaded(name: str, workspace: Workspace, server: Neo4jServer) -> Measured:
    """Run `store load` and measure it."""
    os.environ.update(server.environment())

    def work() -> int:
        to = stores.Server(server.uri)
        return stores.load_store(
            workspace, to, reveal=False, progress=lambda _kind, _share: None
        ).written

    return _measured(name, work, server)


def _measured(name: str, work: Callable[[], int], server: Neo4jServer | None) -> Measured:
    began, used = time.perf_counter(), _used(server)
    rows = work()
    return Measured(name, time.perf_counter() - began, _used(server) - used, rows)


def _used(server: Neo4jServer | None) -> float:
    if server is None:
        return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    fields = Path(f"/proc/{server.pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _imported(workspace: Workspace, folder: Path, home: Path) -> tuple[Measured, Measured]:
    def export() -> int:
        files = stores.export_store(
            workspace, folder, database="neo4j", reveal=False, progress=lambda _k, _s: None
        )
        return files.nodes + files.relations

    def run() -> int:
        home.mkdir()
        os.chdir(folder)
        done = neo4j_server.admin("database", "import", "full", "neo4j", f"@{ARGUMENTS}", home=home)
        if done.returncode:
            raise RuntimeError(done.stdout + done.stderr)
        return 0

    return _measured("export files", export, None), _measured("offline import", run, None)


def measure(workspace: Workspace, folder: Path) -> list[Measured]:
    """Measure all ways into a server; the county's newest version is another one afterwards."""
    found = [*_imported(workspace, folder / "files", folder / "imported")]
    server = neo4j_server.start(folder / "imported", watched=os.getpid())
    found.append(loaded("load after import", workspace, server))
    server.kill()
    server = neo4j_server.start(folder / "home", watched=os.getpid())
    found.append(loaded("load over Bolt", workspace, server))
    found.append(loaded("load again", workspace, server))
    changed(workspace)
    found.append(loaded("update of 1 %", workspace, server))
    server.kill()
    return found


def main() -> None:
    """Measure a county of the command line's size, or one that was made before, and print it."""
    stated = sys.argv[1] if len(sys.argv) > 1 else "500000"
    with tempfile.TemporaryDirectory(prefix="shunteng-") as name:
        made = open_workspace(Path(stated)) if "/" in stated else county(int(stated), Path(name))
        found = measure(made, Path(name))
    table = Table(title="a county on Neo4j 5.26")
    for header in ("work", "seconds", "server's CPU seconds", "rows written"):
        table.add_column(header, justify="right")
    for m in found:
        table.add_row(m.name, f"{m.seconds:.1f}", f"{m.server:.1f}", f"{m.rows:,}")
    Console(width=100).print(table)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MIB
    print(f"peak of the loader: {peak:.0f} MiB")  # noqa: T201 - a benchmark speaks


if __name__ == "__main__":
    main()
