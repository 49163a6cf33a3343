"""The relations that the ways shown are drawn with, and which of them each step takes."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, pairwise

from graphengine.answer import Holder
from graphengine.identifiers import NodeId
from graphengine.masks import shown
from graphengine.rows import MOST_RECORDS, TAKEN_TOGETHER, Row
from graphengine.store.adjacency import Adjacency
from graphengine.store.engine import EdgeKey, Limits
from graphengine.store.lookup import SnapshotRows
from graphengine.store.question import Question
from graphengine.subgraph import Selection, Subgraph, SubgraphEdge, read_subgraph
from graphengine.tables.graph import Graph
from queries.ordering import Folded, relations_of

Pair = tuple[NodeId, NodeId]
Steps = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """Where relations are read: from a version's snapshot; the tables are not scanned."""

    graph: Graph
    arrays: Adjacency
    reveal: bool = False

    def read(self, selection: Selection) -> Subgraph:
        """Return a selection's subgraph."""
        rows = SnapshotRows(self.arrays)
        return read_subgraph(self.graph, selection, reveal=self.reveal, rows=rows)

    def ways(
        self, question: Question, ways: Sequence[Folded], selection: Selection, limits: Limits
    ) -> tuple[Subgraph, list[Steps]]:
        """Return the subgraph of ways and the positions of the edges that their steps take.

        Of a question that asks for rows these alone are shown; where it asks for ties, all rows of
        its relations within the window, or of a tie that only spans it, all there are.
        """
        if any(any(way.steps) for way in ways):
            return self._rows(question, ways, selection)
        return self._ties(question, ways, selection, limits)

    def _ties(
        self, question: Question, ways: Sequence[Folded], selection: Selection, limits: Limits
    ) -> tuple[Subgraph, list[Steps]]:
        wanted = set(relations_of(question))
        pairs = sorted({_ends(*pair) for way in ways for pair in pairwise(way.nodes)})
        found = self.read(
            replace(selection, pairs=tuple(pairs), since=limits.since, until=limits.until)
        )
        edges = [e for e in found.edges if e.relation in wanted]
        seen = {_ends(e.source, e.target) for e in edges}
        if spanned := [pair for pair in pairs if pair not in seen]:
            more = self.read(replace(selection, pairs=tuple(spanned)))
            edges += [e for e in more.edges if e.relation in wanted]
        at: dict[Pair, list[int]] = {}
        for number, edge in enumerate(edges):
            at.setdefault(_ends(edge.source, edge.target), []).append(number)
        steps = [tuple(tuple(at[_ends(*p)]) for p in pairwise(way.nodes)) for way in ways]
        return replace(found, edges=tuple(edges)), steps

    def _rows(
        self, question: Question, ways: Sequence[Folded], selection: Selection
    ) -> tuple[Subgraph, list[Steps]]:
        keys = sorted({key for way in ways for step in way.steps for key in step})
        found = self.read(replace(selection, edges=tuple(keys)))
        at = self._places(found, keys)
        edges: Sequence[SubgraphEdge] = found.edges
        if question.method == "patterns":
            edges, moved = _together(found.edges)
            at = {key: moved[place] for key, place in at.items()}
        steps = [
            tuple(tuple(sorted({at[key] for key in step})) for step in way.steps) for way in ways
        ]
        return replace(found, edges=tuple(edges)), steps

    def _places(self, found: Subgraph, keys: Sequence[EdgeKey]) -> Mapping[EdgeKey, int]:
        """Return which edge each row became, told by all that is shown of it."""
        known = {s.record for e in found.edges for s in e.evidence}
        places: dict[Hashable, list[int]] = {}
        for number, edge in enumerate(found.edges):
            records = (s.record for s in edge.evidence)
            places.setdefault(
                (edge.relation, *_days(edge), _said(edge.properties), frozenset(records)), []
            ).append(number)
        at: dict[EdgeKey, int] = {}
        names = None if self.reveal else self.arrays.columns.names
        for key, row in self._read_rows(keys):
            records = (r for r in (row["records"] or [])[:MOST_RECORDS] if r in known)
            told = _said(shown(key.relation, row, names))
            days = (row["source"], row["target"], row["valid_from"], row["valid_to"])
            at[key] = places[(key.relation, *days, told, frozenset(records))].pop(0)
        return at

    def _read_rows(self, keys: Sequence[EdgeKey]) -> Iterable[tuple[EdgeKey, Row]]:
        by_relation: dict[str, list[EdgeKey]] = {}
        for key in keys:
            by_relation.setdefault(key.relation, []).append(key)
        for relation, some in by_relation.items():
            rows = self.arrays.columns.rows_of(relation, [key.key for key in some])
            yield from zip(some, self.arrays.columns.relations(relation, rows), strict=True)

    def holders(self, drawn: Subgraph) -> Mapping[NodeId, Holder]:
        """Return who holds the accounts of a subgraph, where that is known."""
        held = {
            node.id: NodeId(str(node.properties["holder"]))
            for node in drawn.nodes
            if node.kind == "Account" and "holder" in node.properties
        }
        named = self.read(Selection(tuple(sorted(set(held.values()))), pairs=()))
        labels = {node.id: node.label for node in named.nodes}
        return {
            account: Holder(holder, labels[holder])
            for account, holder in held.items()
            if holder in labels
        }


def _ends(a: NodeId, b: NodeId) -> Pair:
    return (a, b) if a < b else (b, a)


def _days(edge: SubgraphEdge) -> tuple[NodeId, NodeId, date | None, date | None]:
    return edge.source, edge.target, edge.valid_from, edge.valid_to


def _said(properties: Mapping[str, object]) -> Hashable:
    return tuple(sorted((name, str(value)) for name, value in properties.items()))


def _together(edges: Sequence[SubgraphEdge]) -> tuple[list[SubgraphEdge], list[int]]:
    """Take rows that recur by the month together; return where each edge has gone as well."""
    made: list[list[SubgraphEdge]] = []
    places: dict[tuple[NodeId, NodeId, str], int] = {}
    moved: list[int] = []
    for edge in edges:
        ends = (edge.source, edge.target, edge.relation)
        place = places.get(ends) if edge.relation in TAKEN_TOGETHER else None
        if place is None:
            place = places[ends] = len(made)
            made.append([])
        made[place].append(edge)
        moved.append(place)
    return [some[0] if len(some) == 1 else _sum(some) for some in made], moved


def _sum(edges: Sequence[SubgraphEdge]) -> SubgraphEdge:
    evidence = sorted(
        set(chain.from_iterable(e.evidence for e in edges)),
        key=lambda s: (s.register, s.file, s.row),
    )
    amounts = [e.properties["amount"] for e in edges if "amount" in e.properties]
    return SubgraphEdge(
        source=edges[0].source,
        target=edges[0].target,
        relation=edges[0].relation,
        properties={"amount": sum(a for a in amounts if isinstance(a, int))} if amounts else {},
        valid_from=min((e.valid_from for e in edges if e.valid_from), default=None),
        valid_to=max((e.valid_to for e in edges if e.valid_to), default=None),
        evidence=tuple(evidence[:MOST_RECORDS]),
        count=len(edges),
        unlisted=sum(e.unlisted for e in edges) + max(len(evidence) - MOST_RECORDS, 0),
    )
