"""Ties, routes and what is near, found slowly from their definitions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from graphengine.store.engine import Limits
from graphengine.store.pattern import RelationPattern
from tests.graphengine.store.worlds import NODES, World

Route = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SlowTies:
    """The ties of some relations of a world, within limits."""

    world: World
    limits: Limits
    relation: RelationPattern

    def steps(self) -> set[tuple[str, str]]:
        """Return the pairs of different nodes in sight that a tie leads between, as walked."""
        found = set()
        for row in self.world.rows:
            if row.relation not in self.relation.relations or row.source == row.target:
                continue
            if not self._lasts(row.relation, row.source, row.target):
                continue
            if self.relation.way in ("out", "both"):
                found.add((row.source, row.target))
            if self.relation.way in ("back", "both"):
                found.add((row.target, row.source))
        return {(a, b) for a, b in found if self._sees(a) and self._sees(b)}

    def _sees(self, node: str) -> bool:
        return self.world.sees(node, self.limits)

    def _lasts(self, relation: str, source: str, target: str) -> bool:
        """Tell whether the span from the first to the last row of a tie meets the limits'."""
        rows = [
            r
            for r in self.world.rows
            if (r.relation, r.source, r.target) == (relation, source, target)
        ]
        begins, ends = ([r.value(n) for r in rows] for n in ("valid_from", "valid_to"))
        first = min(b if isinstance(b, date) else date.min for b in begins)
        last = max(e if isinstance(e, date) else date.max for e in ends)
        since, until = self.limits.since or date.min, self.limits.until or date.max
        return first <= until and last >= since

    def is_hub(self, node: str) -> bool:
        return self.world.neighbours(node) > self.limits.hub

    def routes(self, a: str, b: str) -> set[Route]:
        """Return all routes between two nodes without a node twice or a hub on the way."""
        return {r for r in self._walks((a,)) if r[-1] == b and len(r) > self.relation.low}

    def shortest(self, a: str, b: str) -> set[Route]:
        every = self.routes(a, b)
        return {r for r in every if len(r) == min(map(len, every))}

    def near(self, start: str) -> dict[str, int]:
        """Return what lies around a node, and how far away."""
        if not self._sees(start):
            return {}
        found = {start: 0}
        for walk in sorted(self._walks((start,)), key=len):
            found.setdefault(walk[-1], len(walk) - 1)
        return found

    def _walks(self, begun: Route) -> Iterator[Route]:
        if len(begun) > self.relation.high or (len(begun) > 1 and self.is_hub(begun[-1])):
            return
        for on in NODES:
            if on not in begun and (begun[-1], on) in self.steps():
                yield (*begun, on)
                yield from self._walks((*begun, on))
