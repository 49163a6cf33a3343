"""The columns in which nodes and edges are exchanged, derived from the vocabulary.

Every property is a column of its own name and type, whatever the kind; one whose name is taken by
a column of every node or edge bears its kind before it (`asset_kind`, `kin_relation`).
"""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Literal

import pyarrow as pa

from graphengine.kinds import NodeKind, Property, RelationKind
from graphengine.tables.schema import TYPES
from graphengine.vocabulary import NODES, RELATIONS

Part = Literal["nodes", "edges"]

EVIDENCE = pa.list_(
    pa.struct(
        [
            pa.field("record", pa.uint64()),
            pa.field("register", pa.string()),
            pa.field("file", pa.string()),
            pa.field("row", pa.uint32()),
            pa.field("key", pa.string()),
            pa.field("date", pa.date32()),
        ]
    )
)
"""The register rows behind a node or an edge."""

_OWN: Mapping[Part, Mapping[str, pa.DataType]] = {
    "nodes": {"id": pa.string(), "kind": pa.string(), "label": pa.string()},
    "edges": {
        "source": pa.string(),
        "target": pa.string(),
        "relation": pa.string(),
        "valid_from": pa.date32(),
        "valid_to": pa.date32(),
        "count": pa.int64(),
    },
}
_LAST: Mapping[Part, Mapping[str, pa.DataType]] = {
    "nodes": {"hidden": pa.int64(), "evidence": EVIDENCE},
    "edges": {"unlisted": pa.int64(), "evidence": EVIDENCE},
}


@cache
def columns_of(kind: str) -> Mapping[str, Property]:
    """Return the columns that hold a kind's properties.

    >>> [c for c, p in columns_of("Asset").items() if c != p.name]
    ['asset_kind']
    """
    part: Part = "nodes" if kind in NODES else "edges"
    taken = {*_OWN[part], *_LAST[part]}
    stated = NODES[kind] if kind in NODES else RELATIONS[kind]
    return {
        f"{kind.lower()}_{prop.name}" if prop.name in taken else prop.name: prop
        for prop in stated.properties
    }


def _schema(part: Part, kinds: Iterable[NodeKind | RelationKind]) -> pa.Schema:
    held = {
        column: TYPES[prop.type] for kind in kinds for column, prop in columns_of(kind.name).items()
    }
    return pa.schema({**_OWN[part], **held, **_LAST[part]})


SCHEMAS: Mapping[Part, pa.Schema] = {
    "nodes": _schema("nodes", NODES.values()),
    "edges": _schema("edges", RELATIONS.values()),
}
"""All columns of both tables, in their order; the same for every answer."""
