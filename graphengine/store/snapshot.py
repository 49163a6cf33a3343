"""The folder of one version's arrays and rows: built beside, put in place by one rename."""

import hashlib
import json
import shutil
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphengine.store.around import Flow
from graphengine.store.building import Nodes, write_rows
from graphengine.store.compress import frozen
from graphengine.store.edges import FORMAT, JOINING, Arrays, Edges, arrays
from graphengine.store.network import Network
from graphengine.tables.graph import Graph

_ABANDONED_SECONDS = 3600
_OF_EDGES = ("relation", "since", "until")


def fitted(graph: Graph, folder: Path) -> str:
    """Make sure that a folder holds the arrays of a graph version; return what tells them."""
    wanted = _fingerprint(graph)
    if _stated(folder) != wanted:
        _build(graph, folder, wanted)
    return wanted


def fits(graph: Graph, folder: Path) -> str | None:
    """Return what tells a graph version's arrays, if those of a folder are its; build nothing."""
    wanted = _fingerprint(graph)
    return wanted if _stated(folder) == wanted else None


def _fingerprint(graph: Graph) -> str:
    """Return what tells one version's tables from another's that bears the same name."""
    sizes = sorted(
        (path.relative_to(graph.folder).as_posix(), path.stat().st_size)
        for path in graph.folder.rglob("*.parquet")
    )
    content = json.dumps([FORMAT, sizes, graph.meta], sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()


def _stated(folder: Path) -> str | None:
    path = folder / "fingerprint"
    return path.read_text("ascii") if path.exists() else None


def _build(graph: Graph, folder: Path, fingerprint: str) -> None:
    """Write the arrays beside and put them in place; two builders write the same."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    _sweep(folder.parent, graph.folder.parent)
    made = Path(tempfile.mkdtemp(prefix=".building-", dir=folder.parent))
    try:
        with graph.again() as own:  # whatever is asked of the graph meanwhile
            nodes, rows = write_rows(own, made)
        _save(nodes, arrays(rows, len(nodes.ids)), made)
        (made / "fingerprint").write_text(fingerprint, "ascii")
        if _stated(folder) not in (None, fingerprint):
            folder.replace(made.with_name(made.name + "-old"))
        made.replace(folder)
    except OSError:
        if _stated(folder) != fingerprint:
            raise
    finally:
        shutil.rmtree(made, ignore_errors=True)
        shutil.rmtree(made.with_name(made.name + "-old"), ignore_errors=True)


def _sweep(snapshots: Path, versions: Path) -> None:
    """Remove the arrays of versions that are gone and what killed processes left behind."""
    for left in sorted(snapshots.iterdir()):
        if left.name.startswith(".building-"):
            gone = time.time() - left.stat().st_mtime > _ABANDONED_SECONDS
        else:
            gone = (left / "fingerprint").exists() and not (versions / left.name).exists()
        if gone:
            shutil.rmtree(left, ignore_errors=True)


def _save(nodes: Nodes, made: Arrays, folder: Path) -> None:
    """Write the arrays; what networks say of edges is written once, for all of them."""
    parts = {"nodes": nodes, **made._asdict()}
    for part, columns in parts.items():
        if isinstance(columns, np.ndarray):
            np.save(folder / f"{part}.npy", columns)
            continue
        for name, column in columns._asdict().items():
            if not (isinstance(columns, Network) and name in _OF_EDGES):
                np.save(folder / f"{part}-{name}.npy", column)


def saved(folder: Path) -> tuple[Nodes, Arrays]:
    """Memory-map the arrays of a folder."""
    first = _column(folder, "first")
    edges = Edges(*_columns(folder, "edges", Edges._fields))
    joined = int(first[len(JOINING)])
    return Nodes(*_columns(folder, "nodes", Nodes._fields)), Arrays(
        first,
        edges,
        _network(folder, "network", edges, slice(0, joined)),
        _network(folder, "places", edges, slice(joined, None)),
        Flow(*_columns(folder, "forward", Flow._fields)),
        Flow(*_columns(folder, "backward", Flow._fields)),
        _column(folder, "loops"),
    )


def _network(folder: Path, part: str, edges: Edges, some: slice) -> Network:
    own = _columns(folder, part, [name for name in Network._fields if name not in _OF_EDGES])
    days = (edges.relation[some], edges.tie_since[some], edges.tie_until[some])
    return frozen(Network(*(*own, *days)))


def _columns(folder: Path, part: str, names: Sequence[str]) -> list[NDArray[Any]]:
    return [_column(folder, f"{part}-{name}") for name in names]


def _column(folder: Path, name: str) -> NDArray[Any]:
    return np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r"))
