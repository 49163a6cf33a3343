"""A subgraph, or the answer that it is part of, as JSON: what the API and scripts read."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from graphengine.answer import Answer, Summary
from graphengine.clue import yuan
from graphengine.masks import Value, declared
from graphengine.store.question import Argument
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


def answer_json(answer: Answer) -> dict[str, Any]:
    """Return an answer: its ways by their nodes and by the positions of their edges, and the rest.

    Nodes and edges are those of `as_json`; `omitted` counts what is not shown, `ways` among it;
    `bound` is where the engine stopped looking, null where it saw all.
    """
    drawn = as_json(answer.subgraph)
    return {
        "schema": "shunteng.answer/1",
        "question": answer.question.name,
        "title": answer.question.title.as_json(),
        "arguments": {name: _argument(value) for name, value in answer.arguments.items()},
        "engine": answer.engine,
        "version": answer.version,
        "ways": [
            {
                "nodes": list(way.nodes),
                "steps": [list(step) for step in way.steps],
                "strength": way.strength,
                "since": way.since and way.since.isoformat(),
            }
            for way in answer.ways
        ],
        "near": [{"node": node, "hops": hops} for node, hops in answer.near.items()],
        "joints": answer.joints
        and {
            "nodes": list(answer.joints.nodes),
            "ties": [list(tie) for tie in answer.joints.ties],
        },
        "summaries": [_summary(one) for one in answer.summaries],
        "holders": [
            {"account": account, "node": holder.node, "label": holder.label}
            for account, holder in sorted(answer.holders.items())
        ],
        "nodes": drawn["nodes"],
        "edges": drawn["edges"],
        "truncated": bool(answer.cut),
        "omitted": drawn["omitted"],
        "bound": answer.cut.bound,
        "division": answer.cut.division or None,
        "revealed": answer.subgraph.revealed,
    }


def _argument(value: Argument) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, timedelta):
        return value.days
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _summary(summary: Summary) -> dict[str, Any]:
    return {
        "node": summary.node,
        "neighbours": summary.neighbours,
        "relations": [
            {
                "relation": one.relation,
                "way": one.way,
                "count": one.count,
                "amount": yuan(one.amount),
                "first": one.first and one.first.isoformat(),
                "last": one.last and one.last.isoformat(),
            }
            for one in summary.tallies
        ],
    }
