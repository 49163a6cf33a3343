"""Subgraphs of every kind, property and type, for showing that nothing is lost on the way."""

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import strategies as st

from graphengine.identifiers import NodeId, RecordId
from graphengine.kinds import Property, PropertyType
from graphengine.subgraph import Subgraph, SubgraphEdge, SubgraphNode
from graphengine.tables.graph import Source
from graphengine.vocabulary import NODES, REGISTERS, RELATIONS

TEXT = st.one_of(
    st.sampled_from(
        ["", "陈志远", "恒拓建筑有限公司", "柳湾村1组8号", "0", "null", "a\nb\t'\"\\", "𠮷"]
    ),
    st.text(max_size=8),
)
WHOLE = st.integers(-(2**63), 2**63 - 1)
VALUES: dict[PropertyType, st.SearchStrategy[Any]] = {
    "text": TEXT,
    "date": st.dates(),
    "datetime": st.datetimes(),
    "money": WHOLE,
    "number": st.floats(allow_nan=False, allow_infinity=False),
    "whole": WHOLE,
    "flag": st.booleans(),
    "texts": st.lists(TEXT, max_size=3).map(tuple),
}
SOURCES = st.builds(
    Source,
    record=st.integers(0, 2**64 - 1).map(RecordId),
    register=st.sampled_from(sorted(REGISTERS)),
    file=TEXT,
    row=st.integers(0, 2**32 - 1),
    key=st.none() | TEXT,
    date=st.none() | st.dates(),
)
EVIDENCE = st.lists(SOURCES, max_size=3).map(tuple)
COUNTS = st.integers(0, 2**40)


def properties(stated: tuple[Property, ...]) -> st.SearchStrategy[dict[str, Any]]:
    drawn = st.fixed_dictionaries({}, optional={p.name: VALUES[p.type] for p in stated})
    return drawn.map(lambda held: {p.name: held[p.name] for p in stated if p.name in held})


@st.composite
def nodes(draw: st.DrawFn) -> SubgraphNode:
    kind = draw(st.sampled_from(sorted(NODES)))
    digits = draw(st.text("0123456789abcdef", min_size=1, max_size=3))
    return SubgraphNode(
        id=NodeId(f"{NODES[kind].prefix}:{digits}"),
        kind=kind,
        label=draw(TEXT),
        properties=draw(properties(NODES[kind].properties)),
        evidence=draw(EVIDENCE),
        hidden=draw(COUNTS),
    )


@st.composite
def edges(draw: st.DrawFn, ends: list[NodeId]) -> SubgraphEdge:
    relation = draw(st.sampled_from(sorted(RELATIONS)))
    return SubgraphEdge(
        source=draw(st.sampled_from(ends)),
        target=draw(st.sampled_from(ends)),
        relation=relation,
        properties=draw(properties(RELATIONS[relation].properties)),
        valid_from=draw(st.none() | st.dates()),
        valid_to=draw(st.none() | st.dates()),
        evidence=draw(EVIDENCE),
        count=draw(COUNTS),
        unlisted=draw(COUNTS),
    )


@st.composite
def subgraphs(draw: st.DrawFn) -> Subgraph:
    """Return a subgraph in the order of `read_subgraph`, with parallel edges and self-loops."""
    held = {n.id: n for n in draw(st.lists(nodes(), max_size=4))}
    ids = sorted(held)
    drawn = draw(st.lists(edges(ids), max_size=5)) if ids else []
    return Subgraph(
        nodes=tuple(held[i] for i in ids),
        edges=tuple(sorted(drawn, key=_order)),
        omitted=draw(st.dictionaries(st.sampled_from(sorted(NODES)), COUNTS, max_size=2)),
        routes=tuple(tuple(route) for route in draw(st.lists(st.permutations(ids), max_size=2))),
        revealed=draw(st.booleans()),
        version=draw(TEXT),
    )


def _order(edge: SubgraphEdge) -> tuple[object, ...]:
    begun = edge.valid_from or date.min
    ends = (edge.source, edge.target, edge.relation)
    return (*ends, begun, [s.record for s in edge.evidence], str(edge.properties))


def unordered(subgraph: Subgraph) -> Subgraph:
    """Return the subgraph with its edges in an order of all they say."""
    return replace(subgraph, edges=tuple(sorted(subgraph.edges, key=_all_said)))


def _all_said(edge: SubgraphEdge) -> str:
    return repr((sorted(edge.properties.items()), replace(edge, properties={})))
