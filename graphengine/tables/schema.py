"""Arrow schemas of the graph tables, derived from the vocabulary.

A node table has `id`, its kind's properties and `records`; a relation table has `source`,
`target`, its properties, `valid_from`, `valid_to` (dates, inclusive, null: open) and `records`
(the ids of the register rows behind it, ascending).
"""

import pyarrow as pa

from graphengine.vocabulary import NODES, RELATIONS, Property, PropertyType

TYPES: dict[PropertyType, pa.DataType] = {
    "text": pa.string(),
    "date": pa.date32(),
    "datetime": pa.timestamp("us"),
    "money": pa.int64(),
    "number": pa.float64(),
    "whole": pa.int64(),
    "flag": pa.bool_(),
    "texts": pa.list_(pa.string()),
}
RECORDS = pa.list_(pa.uint64())
SOURCES_SCHEMA = pa.schema(
    [
        pa.field("record", pa.uint64(), nullable=False),
        pa.field("register", pa.string(), nullable=False),
        pa.field("file", pa.string(), nullable=False),
        pa.field("row", pa.uint32(), nullable=False),
        pa.field("key", pa.string()),
        pa.field("date", pa.date32()),
    ]
)
"""Where every record of a version stands (`sources.parquet`), sorted by record."""


def _fields(properties: tuple[Property, ...]) -> list[pa.Field]:
    return [pa.field(p.name, TYPES[p.type]) for p in properties]


def node_schema(kind: str) -> pa.Schema:
    """Return the columns of a node table, in their order."""
    return pa.schema(
        [
            pa.field("id", pa.string(), nullable=False),
            *_fields(NODES[kind].properties),
            pa.field("records", RECORDS),
        ]
    )


def relation_schema(kind: str) -> pa.Schema:
    """Return the columns of a relation table, in their order."""
    return pa.schema(
        [
            pa.field("source", pa.string(), nullable=False),
            pa.field("target", pa.string(), nullable=False),
            *_fields(RELATIONS[kind].properties),
            pa.field("valid_from", pa.date32()),
            pa.field("valid_to", pa.date32()),
            pa.field("records", RECORDS),
        ]
    )


def schema_of(kind: str) -> pa.Schema:
    """Return the columns of any kind's table."""
    return node_schema(kind) if kind in NODES else relation_schema(kind)
