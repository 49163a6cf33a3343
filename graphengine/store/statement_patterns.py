"""The forms that a path pattern takes on its way to a statement: of one length, of given kinds."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from graphengine.identifiers import NodeId
from graphengine.store.pattern import (
    Condition,
    NodePattern,
    Parameter,
    Pattern,
    Property,
    RelationPattern,
)
from graphengine.store.question import Arguments, anchors
from graphengine.subgraph import kind_of


def of_each_length(pattern: Pattern) -> Iterator[Pattern]:
    """Return the pattern for all lengths of its repeated relations, none of them repeated.

    The relations of a repeated `r` are `r1`, `r2` ..., the nodes between them `r1n`, `r2n` ...
    """
    lengths = (range(r.low, r.high + 1) for r in pattern.relations)
    for chosen in product(*lengths):
        nodes, relations = [pattern.nodes[0]], list[RelationPattern]()
        for relation, far, length in zip(pattern.relations, pattern.nodes[1:], chosen, strict=True):
            kinds = far.kinds if far.kinds == nodes[-1].kinds else ()
            nodes += [NodePattern(f"{relation.name}{step}n", kinds) for step in range(1, length)]
            names = [f"{relation.name}{step}" for step in range(1, length + 1)]
            single = not relation.repeats
            relations += [
                replace(relation, name=relation.name if single else name, low=1, high=1)
                for name in names
            ]
            nodes.append(far)
        yield replace(pattern, nodes=tuple(nodes), relations=tuple(relations))


def labelled(
    pattern: Pattern, arguments: Arguments
) -> Iterator[tuple[Pattern, dict[str, list[NodeId]]]]:
    """Return the pattern for every kind of the nodes given, with the nodes of that kind."""
    given = anchors(pattern)
    by_kind: dict[str, dict[str, list[NodeId]]] = {}
    allowed = {n.name: n.kinds for n in pattern.nodes}
    for variable, parameter in given.items():
        said = arguments[parameter]
        ids = list(said) if isinstance(said, tuple) else [NodeId(str(said))]
        kinds = by_kind.setdefault(variable, {})
        for node in ids:
            if not allowed[variable] or kind_of(node) in allowed[variable]:
                kinds.setdefault(kind_of(node), []).append(node)
    for chosen in product(*(kinds.items() for kinds in by_kind.values())):
        picked = dict(zip(by_kind, chosen, strict=True))
        nodes = tuple(
            replace(n, kinds=(picked[n.name][0],)) if n.name in picked else n for n in pattern.nodes
        )
        where = tuple(
            Condition(Property(v, "id"), "IN", Parameter(f"of_{v}")) for v in picked
        ) + tuple(c for c in pattern.where if not _is_anchor(c))
        yield (
            replace(pattern, nodes=nodes, where=where),
            {f"of_{v}": ids for v, (_, ids) in picked.items()},
        )


def _is_anchor(condition: Condition) -> bool:
    return (
        isinstance(condition.left, Property)
        and condition.left.name == "id"
        and isinstance(condition.right, Parameter)
        and condition.operator in {"=", "IN"}
    )


def outwards(pattern: Pattern) -> list[int]:
    """Return the relations of a path in an order that begins at a node whose id is given."""
    given = anchors(pattern)
    start = next(at for at, node in enumerate(pattern.nodes) if node.name in given)
    return [*range(start, len(pattern.relations)), *range(start - 1, -1, -1)]
