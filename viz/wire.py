"""A subgraph as JSON: what the API, Cytoscape and scripts read."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from graphengine.clue import yuan
from graphengine.masks import Value, declared
from graphengine.subgraph import Subgraph
from graphengine.tables.graph import Source


def wire(kind: str, properties: Mapping[str, Value]) -> dict[str, Any]:
    """Return properties as JSON carries them: yuan as text, dates in ISO form, tuples as lists.

    >>> wire("AWARDED", {"amount": 1234500})
    {'amount': '12345.00'}
    """
    known = declared(kind)
    result: dict[str, Any] = {}
    for name, value in properties.items():
        if isinstance(value, tuple):
            result[name] = list(value)
        elif isinstance(value, date):
            result[name] = value.isoformat()
        elif name in known and known[name].type == "money" and isinstance(value, int):
            result[name] = yuan(value)
        else:
            result[name] = value
    return result


def as_json(subgraph: Subgraph) -> dict[str, Any]:
    """Return the form of `application/json`: nodes and edges with the rows that prove them."""
    return {
        "schema": "shunteng.subgraph/1",
        "version": subgraph.version,
        "nodes": [
            {
                "id": n.id,
                "kind": n.kind,
                "label": n.label,
                "properties": wire(n.kind, n.properties),
                "evidence": proof(n.evidence),
                "hidden": n.hidden,
            }
            for n in subgraph.nodes
        ],
        "edges": [
            {
                "source": e.source,
                "target": e.target,
                "relation": e.relation,
                "properties": wire(e.relation, e.properties),
                "valid_from": e.valid_from and e.valid_from.isoformat(),
                "valid_to": e.valid_to and e.valid_to.isoformat(),
                "count": e.count,
                "evidence": proof(e.evidence),
                "evidence_omitted": e.unlisted,
            }
            for e in subgraph.edges
        ],
        "routes": [list(route) for route in subgraph.routes],
        "truncated": subgraph.truncated,
        "omitted": dict(sorted(subgraph.omitted.items())),
        "revealed": subgraph.revealed,
    }


def proof(evidence: tuple[Source, ...]) -> list[dict[str, Any]]:
    """Return register rows as a clue's evidence names them."""
    return [
        {
            "register": s.register,
            "record_id": s.key,
            "file": s.file,
            "row": s.row,
            "date": s.date and s.date.isoformat(),
        }
        for s in evidence
    ]
