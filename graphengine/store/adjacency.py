"""Who is next to whom, as compressed arrays: an index over one graph version, never written to.

For every node its neighbours over all relations but AT (everybody is at a village), both ways.
Rows of one relation between the same two nodes count once. The arrays lie in the workspace's
`snapshot/<version>/`, are built once beside it, put in place by one rename and memory-mapped.
"""

import hashlib
import json
import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt

from graphengine.identifiers import NodeId
from graphengine.tables.graph import Graph
from graphengine.vocabulary import NODES, RELATIONS

FORMAT = 1
"""Raise when the same tables give other arrays."""

JOINING = tuple(name for name in RELATIONS if name != "AT")
"""The relations that the arrays hold, in the order of their codes."""

_ABANDONED_SECONDS = 3600
Indices = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Adjacency:
    """Compressed sparse rows of an undirected multigraph, nodes in the order of their ids.

    `ids` (n) are ASCII bytes, ascending; `starts` (n + 1, int64) and `ends` (m, int32) are the
    rows, each ascending and without repeats.
    """

    ids: npt.NDArray[np.bytes_]
    starts: npt.NDArray[np.int64]
    ends: Indices

    @classmethod
    def of(cls, graph: Graph, folder: Path) -> Self:
        """Open the arrays of a graph version in `folder`; build them unless those there fit it."""
        wanted = _fingerprint(graph)
        if _stated(folder) != wanted:
            _build(graph, folder, wanted)
        return cls.opened(folder)

    @classmethod
    def opened(cls, folder: Path) -> Self:
        """Memory-map the arrays of a folder."""
        names = ("ids", "starts", "ends")
        return cls(*(np.load(folder / f"{name}.npy", mmap_mode="r") for name in names))

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
        return int(self.starts[at + 1] - self.starts[at])

    def neighbours(self, at: int) -> Indices:
        """Return the positions next to one, ascending."""
        return self.ends[self.starts[at] : self.starts[at + 1]]

    def around(self, front: Indices) -> Indices:
        """Return the positions next to any of `front`, row after row, with repeats."""
        starts = self.starts[front]
        counts = self.starts[front + 1] - starts
        first = np.repeat(starts - np.concatenate(([0], np.cumsum(counts)[:-1])), counts)
        return np.asarray(self.ends[first + np.arange(int(counts.sum()))])


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
        ids, starts, ends = _arrays(graph)
        np.save(made / "ids.npy", ids)
        np.save(made / "starts.npy", starts)
        np.save(made / "ends.npy", ends)
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


def _arrays(graph: Graph) -> tuple[npt.NDArray[np.bytes_], npt.NDArray[np.int64], Indices]:
    every = " UNION ALL ".join(f'SELECT id FROM "{kind}"' for kind in NODES)
    ids = graph.sql(f"SELECT id FROM ({every}) ORDER BY id")["id"]
    ties = " UNION ALL ".join(
        f'SELECT source, target FROM "{relation}" WHERE source <> target' for relation in JOINING
    )
    pairs = graph.sql(
        f"WITH places AS MATERIALIZED (SELECT id, row_number() OVER (ORDER BY id) - 1 AS at "
        f"FROM ({every})) "
        "SELECT a.at::UBIGINT AS a, b.at::UBIGINT AS b "
        f"FROM ({ties}) JOIN places a ON source = a.id JOIN places b ON target = b.id"
    )
    return (
        np.array(ids.to_list() or [""], dtype=np.bytes_)[: len(ids)],
        *_rows(pairs["a"].to_numpy(), pairs["b"].to_numpy(), len(ids)),
    )


def _rows(
    a: npt.NDArray[np.uint64], b: npt.NDArray[np.uint64], size: int
) -> tuple[npt.NDArray[np.int64], Indices]:
    """Return the rows of all pairs, both ways, ascending and once."""
    half = np.uint64(32)
    ordered = np.unique(np.concatenate([(a << half) | b, (b << half) | a]))
    starts = np.zeros(size + 1, dtype=np.int64)
    np.cumsum(np.bincount((ordered >> half).astype(np.int64), minlength=size), out=starts[1:])
    return starts, (ordered & np.uint64(0xFFFFFFFF)).astype(np.int32)
