"""Who is next to whom, as compressed arrays: an index over one graph version, never written to.

All relations but AT (everybody is at a village), both ways, with their kinds and dates. An edge's
number tells its relation and its row there. The arrays lie in the workspace's
`snapshot/<version>/`, are built once beside it, put in place by one rename and memory-mapped.
"""

import hashlib
import json
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from graphengine.identifiers import NodeId
from graphengine.store.around import Flow
from graphengine.store.edges import FORMAT, JOINING, Snapshot, snapshot
from graphengine.store.network import Indices, Network, Scratch, place_of, scratch
from graphengine.tables.graph import Graph

_ABANDONED_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class EdgeRow:
    """Where an edge stands: its relation and its row in that relation's table, from 0."""

    relation: str
    row: int


@dataclass(frozen=True, slots=True)
class Adjacency:
    """The arrays of one graph version, nodes in the order of their ids; threads may share it.

    `ids` (n) are ASCII bytes, ascending; `first` tells where each of JOINING's edges begin.
    """

    ids: npt.NDArray[np.bytes_]
    first: npt.NDArray[np.int64]
    network: Network
    forward: Flow
    backward: Flow
    _spare: list[Scratch] = field(default_factory=list)

    @classmethod
    def of(cls, graph: Graph, folder: Path) -> "Adjacency":
        """Open the arrays of a graph version in `folder`; build them unless those there fit it."""
        wanted = _fingerprint(graph)
        if _stated(folder) != wanted:
            _build(graph, folder, wanted)
        return _opened(folder, wanted)

    @classmethod
    def opened(cls, folder: Path) -> Self:
        """Memory-map the arrays of a folder."""
        return cls(
            _column(folder, "ids"),
            _column(folder, "first"),
            Network(*(_column(folder, f"network-{name}") for name in Network._fields)),
            Flow(*(_column(folder, f"forward-{name}") for name in Flow._fields)),
            Flow(*(_column(folder, f"backward-{name}") for name in Flow._fields)),
        )

    @contextmanager
    def scratch(self) -> Iterator[Scratch]:
        """Lend memory for searches to one thread at a time."""
        work = self._spare.pop() if self._spare else scratch(len(self.ids))
        try:
            yield work
        finally:
            self._spare.append(work)

    def index(self, node: str) -> int | None:
        """Return a node's position, or None where the graph has no such node; cost: log n."""
        wanted = node.encode("ascii", "replace")
        at = int(np.searchsorted(self.ids, np.bytes_(wanted)))
        return at if at < len(self.ids) and self.ids[at] == wanted else None

    def node(self, at: int) -> NodeId:
        """Return the id of a position."""
        return NodeId(self.ids[at].decode("ascii"))

    def degree(self, at: int) -> int:
        """Return how many different neighbours a position has."""
        return int(self.network.starts[at + 1] - self.network.starts[at])

    def neighbours(self, at: int) -> Indices:
        """Return the positions next to one, ascending."""
        return self.network.ends[self.network.starts[at] : self.network.starts[at + 1]]

    def between(self, a: int, b: int) -> tuple[int, ...]:
        """Return the numbers of the edges between two different positions, ascending."""
        at = place_of(self.network, a, b)
        if at < 0:
            return ()
        low, high = self.network.edge_starts[at : at + 2]
        return tuple(max(e, ~e) for e in self.network.edges[low:high].tolist())

    def row(self, edge: int) -> EdgeRow:
        """Return where an edge stands in the tables; cost: log of the relations."""
        code = int(np.searchsorted(self.first, edge, side="right")) - 1
        return EdgeRow(JOINING[code], edge - int(self.first[code]))


def _column(folder: Path, name: str) -> npt.NDArray[Any]:
    return np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r"))


@lru_cache(maxsize=2)
def _opened(folder: Path, _fingerprint: str) -> Adjacency:
    return Adjacency.opened(folder)


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
        _write(snapshot(graph), made)
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


def _write(arrays: Snapshot, folder: Path) -> None:
    np.save(folder / "ids.npy", arrays.ids)
    np.save(folder / "first.npy", arrays.first)
    parts: dict[str, Network | Flow] = {
        "network": arrays.network,
        "forward": arrays.forward,
        "backward": arrays.backward,
    }
    for part, columns in parts.items():
        for name, column in columns._asdict().items():
            np.save(folder / f"{part}-{name}.npy", column)
