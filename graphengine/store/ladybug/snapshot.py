"""The snapshot of a graph version for the embedded Cypher engine: built once, whole or not at all.

It lies in the workspace's `snapshot/cypher-<version>.../`, is built beside it by a process of its
own and put in place by one rename. A snapshot may be limited to a division: free text that runs on
it cannot see another's nodes.
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

from filelock import FileLock

from graphengine.errors import StoreError
from graphengine.language import Text
from graphengine.store.adjacency import Adjacency
from graphengine.store.ladybug.failures import need_ladybug, not_built
from graphengine.tables.graph import Graph

FORMAT = 1
"""Raise when the same tables give another snapshot."""

_DIVISION = re.compile(r"[0-9]{0,12}")


def cypher_snapshot(
    graph: Graph, snapshots: Path, *, division: str = "", reveal: bool = False
) -> Path:
    """Return the database of a graph version in the folder `snapshots`; build it unless it fits.

    Holds nodes without a division and those whose division begins with `division`, and what joins
    them; protected properties only if revealed. Raises StoreError where the engine is missing or
    the build failed. Cost of a build: about 15 CPU seconds for each million relations.
    """
    need_ladybug()
    if not _DIVISION.fullmatch(division):
        raise StoreError(
            Text("行政区划代码只能是数字", "a division code has digits only"),
            Text("例如 361025101201", "such as 361025101201"),
        )
    arrays = snapshots / graph.folder.name
    Adjacency.of(graph, arrays)
    name = "-".join(filter(None, ("cypher", graph.folder.name, division, "revealed" * reveal)))
    folder = snapshots / name
    order = {
        "tables": str(graph.folder.absolute()),
        "arrays": str(arrays.absolute()),
        "division": division,
        "reveal": reveal,
    }
    wanted = _statement(arrays, order)
    if _stated(folder) != wanted:
        with FileLock(snapshots / ".cypher.lock"):
            if _stated(folder) != wanted:
                _build(folder, wanted, order, graph.folder.parent)
    return folder / _DATABASE


_DATABASE = "graph.lbug"
_STATED = "stated.json"


def _statement(arrays: Path, order: dict[str, object]) -> str:
    """Return what tells a snapshot from one of other tables, another form or another engine."""
    tables = (arrays / "fingerprint").read_text("ascii")
    said = {"format": FORMAT, "ladybug": version("ladybug"), "tables": tables}
    return json.dumps({**said, "division": order["division"], "reveal": order["reveal"]})


def _stated(folder: Path) -> str | None:
    path = folder / _STATED
    return path.read_text("ascii") if path.exists() else None


def _build(folder: Path, wanted: str, order: dict[str, object], versions: Path) -> None:
    """Build beside and put in place; whoever still reads an older one keeps it until it closes."""
    _sweep(folder.parent, versions)
    made = Path(tempfile.mkdtemp(prefix=".cypher-", dir=folder.parent))
    try:
        _run({**order, "database": str((made / _DATABASE).absolute())})
        for left in made.iterdir():
            if left.name != _DATABASE:
                left.unlink()
        (made / _STATED).write_text(wanted, "ascii")
        if folder.exists():
            folder.replace(made.with_name(f"{made.name}-old"))
        made.replace(folder)
    finally:
        shutil.rmtree(made, ignore_errors=True)
        shutil.rmtree(made.with_name(f"{made.name}-old"), ignore_errors=True)


def _run(order: dict[str, object]) -> None:
    command = [sys.executable, "-P", "-m", "graphengine.store.ladybug.building", json.dumps(order)]
    with subprocess.Popen(  # noqa: S603 - this program itself
        command, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as child:
        try:
            status = child.wait()
        except BaseException:
            child.kill()  # Ctrl-C: what is half built is swept
            raise
    if status != 0:
        raise not_built(status)


def _sweep(snapshots: Path, versions: Path) -> None:
    """Remove the snapshots of versions that are gone and what killed builds left behind."""
    for left in sorted(snapshots.glob(".cypher-*")):
        shutil.rmtree(left, ignore_errors=True)
    for left in sorted(snapshots.glob("cypher-*")):
        if not (versions / left.name.split("-")[1]).exists():
            with suppress(OSError):
                shutil.rmtree(left)
