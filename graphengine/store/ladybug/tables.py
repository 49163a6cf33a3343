"""What a snapshot is made of: tables, the pairs of kinds a relation joins, functions that lack.

A kind of node or relation is one table of the same name, whatever kinds it joins, so `[:OWNS]` in a
text means the same as on any other store.
"""

from collections.abc import Iterator, Sequence

from graphengine.store.content import Column, node_schema, relation_schema
from graphengine.vocabulary import NODES, RELATIONS

_TYPES = {
    "text": "STRING",
    "date": "DATE",
    "datetime": "TIMESTAMP",
    "money": "INT64",
    "number": "DOUBLE",
    "whole": "INT64",
    "flag": "BOOL",
    "texts": "STRING[]",
    "wholes": "INT64[]",
}
_MACROS = (
    "type(r) AS label(r)",
    "startNode(r) AS start_node(r)",
    "endNode(r) AS end_node(r)",
    "toString(x) AS CAST(x AS STRING)",
    "toInteger(x) AS CAST(x AS INT64)",
    "toFloat(x) AS CAST(x AS DOUBLE)",
    "localdatetime(x) AS CAST(x AS TIMESTAMP)",
    "split(x, y) AS string_split(x, y)",
    "head(x) AS list_extract(x, 1)",
    "last(x) AS list_extract(x, -1)",
)
"""Calls only: a snapshot whose macros compare or choose (CASE) cannot be opened again."""


def pairs(relation: str) -> tuple[tuple[str, str], ...]:
    """Return the kinds of nodes that a relation joins, from and to.

    >>> pairs("OWNS")
    (('Person', 'Company'), ('Company', 'Company'))
    """
    kind = RELATIONS[relation]
    return tuple((source, target) for source in kind.sources for target in kind.targets)


def definitions(*, reveal: bool) -> Iterator[str]:
    """Return the statements that make an empty snapshot."""
    for kind in NODES:
        columns = _columns(node_schema(kind, reveal=reveal))
        yield f"CREATE NODE TABLE `{kind}`({columns}, PRIMARY KEY(`id`))"
    for kind in RELATIONS:
        joined = ", ".join(f"FROM `{a}` TO `{b}`" for a, b in pairs(kind))
        columns = _columns(relation_schema(kind, reveal=reveal)[2:])
        yield f"CREATE REL TABLE `{kind}`({joined}, {columns})"
    for macro in _MACROS:
        yield f"CREATE MACRO {macro}"


def _columns(columns: Sequence[Column]) -> str:
    return ", ".join(f"`{c.name}` {_TYPES[c.type]}" for c in columns)
