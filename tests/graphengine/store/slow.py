"""Paths of patterns found slowly, from the words' meaning alone: every walk, tested whole."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise, product

from graphengine.store.engine import Limits
from graphengine.store.pattern import Condition, Parameter, Pattern, Property, RelationPattern, Term
from graphengine.subgraph import kind_of
from tests.graphengine.store.worlds import NODES, Row, World

Walk = tuple[tuple[str, ...], tuple[Row, ...]]


@dataclass(frozen=True, slots=True)
class Slow:
    """Paths of a pattern by trying every walk and testing each whole."""

    world: World
    limits: Limits
    arguments: Mapping[str, object]
    walls: bool = False

    def ways(self, pattern: Pattern) -> set[Walk]:
        found: set[Walk] = set()
        for hops in product(*(range(r.low, r.high + 1) for r in pattern.relations)):
            taken = [r for r, n in zip(pattern.relations, hops, strict=True) for _ in range(n)]
            found |= {w for w in self._walks(taken) if self._fits(pattern, hops, w)}
        return found

    def _walks(self, taken: list[RelationPattern]) -> Iterator[Walk]:
        walks: list[Walk] = [((node,), ()) for node in NODES]
        for relation in taken:
            walks = [
                ((*nodes, on), (*rows, row))
                for nodes, rows in walks
                for row in self.world.rows
                for on in _led(row, relation, nodes[-1])
            ]
        yield from walks

    def _fits(self, pattern: Pattern, hops: tuple[int, ...], walk: Walk) -> bool:
        nodes, rows = walk
        at = [sum(hops[:i]) for i in range(len(pattern.nodes))]
        standing = list(zip(pattern.nodes, [nodes[i] for i in at], strict=True))
        named = {p.name: node for p, node in standing}
        between = [node for i, node in enumerate(nodes) if i not in at]
        parts = list(zip(pattern.relations, [rows[a:b] for a, b in pairwise(at)], strict=True))
        values = {**named, **{r.name: part[0] for r, part in parts if not r.repeats}}
        return (
            all(named[p.name] == node for p, node in standing)
            and all(not p.kinds or kind_of(node) in p.kinds for p, node in standing)
            and len({*named.values(), *between}) == len(named) + len(between)
            and all(self.world.sees(node, self.limits) for node in nodes)
            and all(self.world.counts(row, self.limits) for row in rows)
            and len(set(rows)) == len(rows)
            and all(self._holds(c, values) for c in pattern.where)
            and all(self._in_time(pattern, r, part) for r, part in parts)
            and not (self.walls and any(self._is_hub(node) for node in between))
        )

    def _is_hub(self, node: str) -> bool:
        return self.world.neighbours(node) > self.limits.hub

    def _in_time(self, pattern: Pattern, of: RelationPattern, part: tuple[Row, ...]) -> bool:
        if not pattern.moments or not (of.repeats or len(pattern.relations) == 1):
            return True
        said = [r.value(pattern.moments) for r in (part[::-1] if of.way == "back" else part)]
        moments = [m for m in said if isinstance(m, datetime)]
        if len(moments) < len(said) or not all(a < b for a, b in pairwise(moments)):
            return False
        within = self.arguments[pattern.within] if pattern.within else timedelta.max
        return isinstance(within, timedelta) and moments[-1] - moments[0] <= within

    def _value(self, term: Term, values: Mapping[str, object]) -> object:
        if isinstance(term, Parameter):
            return self.arguments[term.name]
        if not isinstance(term, Property):
            return term
        bearer = values[term.variable]
        if isinstance(bearer, Row):
            return bearer.value(term.name)
        return self.world.node_value(str(bearer), term.name)

    def _holds(self, condition: Condition, values: Mapping[str, object]) -> bool:
        a, b = self._value(condition.left, values), self._value(condition.right, values)
        if a is None or b is None:
            return False
        match condition.operator:
            case "IN":
                return isinstance(b, tuple) and any(_same(a, one) for one in b)
            case "STARTS WITH":
                return isinstance(a, str) and isinstance(b, str) and a.startswith(b)
            case "=":
                return _same(a, b)
            case "<>":
                return not _same(a, b)
        ordered: tuple[object, object] = (a, b) if condition.operator[0] == "<" else (b, a)
        return _family(a) == _family(b) and _below(*ordered, equal="=" in condition.operator)


def _family(value: object) -> str:
    return "number" if type(value) in (int, float) else type(value).__name__


def _same(a: object, b: object) -> bool:
    return _family(a) == _family(b) and a == b


def _below(a: object, b: object, *, equal: bool) -> bool:
    below = a < b  # type: ignore[operator] # both of one family that has an order
    return bool(below or (equal and a == b))


def _led(row: Row, relation: RelationPattern, node: str) -> list[str]:
    """Return where a row leads from a node along a relation of a pattern; a self-loop nowhere."""
    if row.relation not in relation.relations or row.source == row.target:
        return []
    out = [row.target] if row.source == node and relation.way != "back" else []
    back = [row.source] if row.target == node and relation.way != "out" else []
    return out + back
