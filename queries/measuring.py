"""How strong the steps of ways are and when they began, read for many ways at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from graphengine.identifiers import NodeId
from graphengine.store.engine import EdgeKey, Limits
from graphengine.tables.graph import Graph
from graphengine.tables.keys import key_of
from queries.strength import MOMENTS, WEIGHTS

Pair = tuple[NodeId, NodeId]
_KEYS = 1 << 64


@dataclass(frozen=True, slots=True)
class Measure:
    """The weight of a relation, and when it began; None where that is open."""

    weight: float
    began: datetime | None


def stronger(measures: Iterable[Measure]) -> Measure:
    """Return the strongest weight and the earliest beginning of what ties two nodes."""
    known = list(measures)
    return Measure(
        max((m.weight for m in known), default=0.0),
        min((m.began for m in known if m.began is not None), default=None),
    )


def measured_pairs(
    graph: Graph, pairs: Iterable[Pair], relations: Iterable[str], limits: Limits
) -> Mapping[Pair, Measure]:
    """Return how strongly nodes are tied either way by these relations, within the window.

    Cost: one scan of the ends of each relation.
    """
    wanted = sorted({tuple(sorted(pair)) for pair in pairs})
    both = wanted + [(b, a) for a, b in wanted]
    found: dict[Pair, list[Measure]] = {(NodeId(a), NodeId(b)): [] for a, b in both}
    for relation in relations:
        rows = graph.sql(
            f"SELECT r.source, r.target, {_columns(relation)} "
            f'FROM "{relation}" r SEMI JOIN (SELECT unnest($sources::VARCHAR[]) AS source, '
            "unnest($targets::VARCHAR[]) AS target) w "
            f"ON r.source = w.source AND r.target = w.target WHERE {_VALID} "
            "GROUP BY r.source, r.target",
            sources=[a for a, _ in both],
            targets=[b for _, b in both],
            since=limits.since,
            until=limits.until,
        )
        for source, target, value, began in rows.iter_rows():
            one = _measure(relation, value, began)
            found[source, target].append(one)
            found[target, source].append(one)
    return {pair: stronger(every) for pair, every in found.items()}


def measured_edges(
    graph: Graph, edges: Iterable[EdgeKey], nodes: Sequence[NodeId]
) -> Mapping[EdgeKey, Measure]:
    """Return how strong single rows are; `nodes` are those that they leave from.

    Cost: one scan of the sources of each relation among them.
    """
    by_relation: dict[str, set[int]] = {}
    for edge in edges:
        by_relation.setdefault(edge.relation, set()).add(edge.key % _KEYS)
    found: dict[EdgeKey, Measure] = {}
    for relation, keys in sorted(by_relation.items()):
        rows = graph.sql(
            f"SELECT key, {_columns(relation)} FROM (SELECT *, {key_of(relation)} AS key "
            f'FROM "{relation}" WHERE source IN (SELECT unnest($nodes::VARCHAR[]))) r '
            "WHERE key IN (SELECT unnest($keys::UBIGINT[])) GROUP BY key",
            nodes=list(nodes),
            keys=sorted(keys),
        )
        for key, value, began in rows.iter_rows():
            signed = key - _KEYS if key >= _KEYS // 2 else key
            found[EdgeKey(relation, signed)] = _measure(relation, value, began)
    return found


_VALID = (
    "(r.valid_from IS NULL OR $until::DATE IS NULL OR r.valid_from <= $until::DATE) "
    "AND (r.valid_to IS NULL OR $since::DATE IS NULL OR r.valid_to >= $since::DATE)"
)


def _columns(relation: str) -> str:
    weight = WEIGHTS[relation]
    value = f'{weight.better}(r."{weight.by}")::DOUBLE' if weight.by else "NULL::DOUBLE"
    return f"{value} AS value, min(r.{MOMENTS[relation]}) AS began"


def _measure(relation: str, value: float | None, began: Any) -> Measure:  # noqa: ANN401 - a cell
    if isinstance(began, date) and not isinstance(began, datetime):
        began = datetime.combine(began, datetime.min.time())
    return Measure(WEIGHTS[relation].value(value), began)
