"""The register rows behind everything that an engine found."""

import numpy as np

from graphengine.identifiers import RecordId
from graphengine.store.adjacency import Adjacency
from graphengine.store.engine import Found
from graphengine.subgraph import kind_of


def records_of(arrays: Adjacency, found: Found) -> set[RecordId]:
    """Return the records of all nodes and relations on the ways found."""
    said: set[RecordId] = set()
    by_relation: dict[str, set[int]] = {}
    for edge in {e for way in found.ways for e in way.edges}:
        by_relation.setdefault(edge.relation, set()).add(edge.key)
    for relation, keys in by_relation.items():
        rows = arrays.columns.rows_of(relation, sorted(keys))
        assert (rows >= 0).all()
        for row in arrays.columns.relations(relation, rows):
            said.update(row["records"])
    for node in {n for way in found.ways for n in way.nodes}:
        at = arrays.index(node)
        assert at is not None
        (row,) = arrays.columns.nodes(kind_of(node), np.array([at]))
        said.update(row["records"])
    return said
