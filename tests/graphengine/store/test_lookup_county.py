"""A demo county: what is looked up is what the tables say, for whatever is asked."""

from pathlib import Path

import numpy as np
import pytest

from api import pipeline
from graphengine.store.adjacency import Adjacency
from graphengine.store.around import reach
from graphengine.store.edges import STEPPING
from graphengine.store.lookup import SnapshotRows
from graphengine.store.network import Sieve
from graphengine.subgraph import Selection, read_subgraph
from ingest.demo.county import plan_for, write_county
from tests.road import empty_workspace, take_in

pytestmark = pytest.mark.slow


def _drawn(arrays: Adjacency, draw: np.random.Generator, turn: int) -> Selection:
    """Return nodes around one or from anywhere; all between them, or pairs and edges of them."""
    start = int(draw.integers(len(arrays.ids)))
    with arrays.scratch() as work:
        near = reach(arrays.network, work, start, 2, 40, sieve=Sieve(hub=200)).found
    some = near if turn % 3 else draw.choice(len(arrays.ids), 60, replace=False)
    nodes = tuple(arrays.node(at) for at in some.tolist())
    if turn % 2:
        return Selection(nodes)
    edges = draw.choice(len(arrays.edges.key), 20)
    ends = np.concatenate((arrays.edges.source[edges], arrays.edges.target[edges]))
    keys = zip(arrays.edges.relation[edges].tolist(), arrays.edges.key[edges].tolist(), strict=True)
    return Selection(
        nodes=(*nodes, *(arrays.node(at) for at in np.unique(ends).tolist())),
        pairs=tuple((a, b) for a in nodes[:6] for b in nodes[:12]),
        edges=tuple((STEPPING[code], key) for code, key in keys),
    )


def test_what_is_looked_up_is_what_the_tables_say(tmp_path: Path) -> None:
    write_county(tmp_path / "registers", plan_for("county", seed=3))
    workspace = empty_workspace(tmp_path / "workspace")
    take_in(workspace, tmp_path / "registers")
    pipeline.build(workspace)
    draw = np.random.default_rng(7)
    with pipeline.open_graph(workspace) as graph:
        arrays = Adjacency.of(graph, workspace.root / "snapshot" / graph.folder.name)
        rows = SnapshotRows(arrays)
        edges = 0
        for turn in range(60):
            selection = _drawn(arrays, draw, turn)
            found = read_subgraph(graph, selection, reveal=turn % 5 == 0, rows=rows)
            assert found == read_subgraph(graph, selection, reveal=turn % 5 == 0)
            edges += len(found.edges)
        assert edges > 1000
