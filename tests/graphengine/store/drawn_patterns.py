"""Drawn path patterns, and arguments for their parameters."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from types import MappingProxyType

from hypothesis import strategies as st

from graphengine.identifiers import NodeId
from graphengine.store.pattern import (
    Condition,
    NodePattern,
    Operator,
    Parameter,
    Pattern,
    Property,
    RelationPattern,
    Term,
    Way,
)
from graphengine.store.question import Argument
from graphengine.subgraph import kind_of
from tests.graphengine.store.worlds import DAYS, NODES, RELATIONS, WORLDS, Row, World

_ORDERS: st.SearchStrategy[Operator] = st.sampled_from(["=", "<>", "<", "<=", ">", ">="])
_LITERALS: Mapping[str, tuple[Term, ...]] = {
    "status": ("在册", Parameter("text")),
    "id": (Parameter("given"), "person:02", "division:36"),
    "amount": (2, Parameter("whole"), "2"),
    "in_scope": (True, False),
    "share": (0, 1),
    "valid_from": (Parameter("day"),),
    "paid_at": (Parameter("day"),),
    "purpose": ("工资", Parameter("text")),
}
_NODE, _EDGE = ("status", "id"), ("amount", "in_scope", "share", "valid_from", "paid_at", "purpose")


@dataclass(frozen=True, slots=True)
class Case:
    """A world, a pattern that was drawn along one of its walks, and what is said of parameters."""

    world: World
    pattern: Pattern
    arguments: Mapping[str, Argument]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Draw a world, a walk in it and a pattern that the walk may fit, with drawn conditions."""
    world = draw(WORLDS)
    nodes, rows = draw(_walks(world))
    sizes = draw(_sizes(len(rows)))
    at = [sum(sizes[:i]) for i in range(len(sizes) + 1)]
    names = dict(zip(nodes, "abcdefghi", strict=False))
    standing = tuple(NodePattern(names[nodes[i]], draw(_kinds(nodes[i]))) for i in at)
    relations = tuple(
        draw(_relation(f"r{a}", nodes[a : b + 1], rows[a:b])) for a, b in pairwise(at)
    )
    here = NodeId(nodes[draw(st.sampled_from(at))])
    several = draw(st.lists(st.sampled_from(NODES), max_size=4))
    arguments = {**draw(_SAID), "given": here, "several": (*map(NodeId, several), here)}
    single = [r.name for r in relations if not r.repeats]
    most = draw(st.sampled_from([0, 0, 1, 3]))
    said = draw(st.lists(_conditions(sorted({n.name for n in standing}), single), max_size=most))
    timed = draw(st.booleans()) and any(r.repeats for r in relations)
    pattern = Pattern(
        standing,
        relations,
        tuple(draw(st.permutations([draw(_given([names[here]])), *said]))),
        moments="paid_at" if timed else None,
        within=draw(st.sampled_from([None, "within"])) if timed else None,
    )
    return Case(world, pattern, MappingProxyType(arguments))


@st.composite
def _walks(draw: st.DrawFn, world: World) -> tuple[list[str], list[Row]]:
    """Draw a walk along rows of a world, in either direction."""
    nodes, rows = [draw(st.sampled_from([r.source for r in world.rows] or NODES))], list[Row]()
    for _ in range(draw(st.sampled_from([3, 2, 1, 4, 0]))):
        near = [r for r in world.rows if nodes[-1] in (r.source, r.target) and r.source != r.target]
        if not near:
            break
        rows.append(draw(st.sampled_from(near)))
        nodes.append(rows[-1].target if rows[-1].source == nodes[-1] else rows[-1].source)
    return nodes, rows


@st.composite
def _sizes(draw: st.DrawFn, steps: int) -> list[int]:
    """Draw how many steps each relation of a pattern takes."""
    sizes: list[int] = []
    while steps:
        sizes.append(draw(st.integers(1, min(steps, 3))))
        steps -= sizes[-1]
    return sizes


def _kinds(node: str) -> st.SearchStrategy[tuple[str, ...]]:
    kinds: list[tuple[str, ...]] = [(), (kind_of(node),), (kind_of(node), "Account")]
    return st.sampled_from(kinds)


@st.composite
def _relation(draw: st.DrawFn, name: str, nodes: list[str], rows: list[Row]) -> RelationPattern:
    """Draw a relation of a pattern that steps fit."""
    ways = {"out" if row.source == node else "back" for node, row in zip(nodes, rows, strict=False)}
    fitting: list[Way] = ["both", *(w for w in _ONE_WAY if ways == {w})]
    kinds = {row.relation for row in rows} | set(
        draw(st.lists(st.sampled_from(RELATIONS), max_size=2))
    )
    low, high = draw(st.integers(1, len(rows))), len(rows)
    if high > 1 or draw(st.booleans()):
        high = draw(st.integers(high, 3))
    return RelationPattern(name, tuple(sorted(kinds)), draw(st.sampled_from(fitting)), low, high)


_ONE_WAY: tuple[Way, ...] = ("out", "back")


def _given(names: list[str]) -> st.SearchStrategy[Condition]:
    node = st.builds(Property, st.sampled_from(names), st.just("id"))
    one = st.builds(Condition, node, st.just("="), st.just(Parameter("given")))
    return one | st.builds(Condition, node, st.just("IN"), st.just(Parameter("several")))


def _property(nodes: list[str], relations: list[str]) -> st.SearchStrategy[Property]:
    of_nodes = st.builds(Property, st.sampled_from(nodes), st.sampled_from(_NODE))
    if not relations:
        return of_nodes
    return of_nodes | st.builds(Property, st.sampled_from(relations), st.sampled_from(_EDGE))


@st.composite
def _conditions(draw: st.DrawFn, nodes: list[str], relations: list[str]) -> Condition:
    left = draw(_property(nodes, relations))
    match draw(st.sampled_from(["literal", "other", "begins", "among", "listed", "turned"])):
        case "literal":
            return Condition(left, draw(_ORDERS), draw(st.sampled_from(_LITERALS[left.name])))
        case "turned":
            return Condition(draw(st.sampled_from(_LITERALS[left.name])), draw(_ORDERS), left)
        case "begins":
            right = draw(
                st.one_of(st.sampled_from(["person", "在册"]), _property(nodes, relations))
            )
            return Condition(left, "STARTS WITH", right)
        case "among":
            return Condition(left, "IN", Parameter("several"))
        case "listed" if relations:
            return Condition(left, "IN", Property(draw(st.sampled_from(relations)), "via"))
    return Condition(left, draw(_ORDERS), draw(_property(nodes, relations)))


_SAID: st.SearchStrategy[dict[str, Argument]] = st.fixed_dictionaries(
    {
        "text": st.sampled_from(["在册", "工程款"]),
        "whole": st.integers(1, 3),
        "day": st.sampled_from(DAYS),
        "within": st.integers(0, 2).map(lambda days: timedelta(days=days)),
    }
)
