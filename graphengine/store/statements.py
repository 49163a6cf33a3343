"""A question as Cypher statements: the same paths for every store that speaks it.

Two things are not written alike everywhere: what holds along a repeated relation and how a path is
taken apart. A `Dialect` writes those; everything else is the part of Cypher that all share.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations, pairwise, product
from typing import Protocol

from graphengine.identifiers import NodeId
from graphengine.store.engine import Limits
from graphengine.store.pattern import (
    Condition,
    NodePattern,
    Parameter,
    Pattern,
    Property,
    RelationPattern,
    Term,
)
from graphengine.store.question import Arguments, Question, anchors
from graphengine.store.statement_limits import (
    limit_parameters,
    row_conditions,
    scope_condition,
    tie_conditions,
)
from graphengine.subgraph import kind_of

_USED = re.compile(r"\$(\w+)")
OF_TIES = frozenset({"shortest", "ties", "joints", "reach"})
"""Methods that look at ties, not at rows."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One text and its parameters; its rows are `nodes` (ids) and, for rows, `kinds` and `keys`."""

    text: str
    parameters: Mapping[str, object]


class Dialect(Protocol):
    """How one store writes what is not written alike everywhere."""

    name: str

    def repeated(self, relation: RelationPattern, along: str, passed: str) -> str:
        """Return the inside of a repeated relation's brackets.

        `along` holds of every relation `e`, `passed` of every node `n` between its ends.
        """
        ...

    def everywhere(self, pattern: Pattern, along: str, passed: str) -> list[str]:
        """Return the conditions that `repeated` has no place for."""
        ...

    def different(self) -> str:
        """Return the condition that no node is twice on the path `p`."""
        ...

    def shortest(self, chain: str) -> str:
        """Return the chain, of one relation, as all its shortest paths; its ends differ."""
        ...

    def taken_apart(self, *, ties: bool) -> str:
        """Return what to return of the path `p`: `nodes`, and unless ties `kinds` and `keys`."""
        ...


def statements(
    question: Question, arguments: Arguments, limits: Limits, dialect: Dialect
) -> Iterator[Statement]:
    """Return the statements whose rows together are the ways a question asks for.

    A node whose id is given bears its kind's label, so that it is found by its index.
    """
    for pattern in question.paths(arguments):
        for one in _unrolled(pattern) if question.method == "trails" else (pattern,):
            for labelled, given in _labelled(one, arguments):
                if one.search == "shortest" and len(set(map(tuple, given.values()))) == 1:
                    continue
                writer = _Writer(question, labelled, limits, dialect)
                text = writer.text()
                said = {**arguments, **given, **writer.parameters()}
                used = set(_USED.findall(text))
                yield Statement(text, {n: v for n, v in said.items() if n in used})


def _unrolled(pattern: Pattern) -> Iterator[Pattern]:
    """Return a path of one repeated relation as a path of each length."""
    (relation,) = pattern.relations
    first, last = pattern.nodes
    for hops in range(relation.low, relation.high + 1):
        between = tuple(NodePattern(f"n{i}", first.kinds) for i in range(1, hops))
        rows = tuple(replace(relation, name=f"r{i}", low=1, high=1) for i in range(1, hops + 1))
        yield replace(pattern, nodes=(first, *between, last), relations=rows)


def _labelled(
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


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes one pattern whose anchored nodes bear one label each."""

    question: Question
    pattern: Pattern
    limits: Limits
    dialect: Dialect

    def text(self) -> str:
        chain = self._chain()
        if self.pattern.search == "shortest":
            chain = self.dialect.shortest(chain)
        where = " AND ".join(self._conditions())
        return (
            f"MATCH p = {chain} WHERE {where} "
            f"RETURN {self.dialect.taken_apart(ties=self._ties)} LIMIT {self.limits.most + 1}"
        )

    def parameters(self) -> dict[str, object]:
        found = limit_parameters(self.limits)
        if self._walls:
            found["hub"] = self.limits.hub
        return found

    @property
    def _ties(self) -> bool:
        return self.question.method in OF_TIES

    @property
    def _walls(self) -> bool:
        """Tell whether hubs are not walked through."""
        return self._ties or self.question.method == "trails"

    def _chain(self) -> str:
        parts = [_node(self.pattern.nodes[0])]
        for relation, node in zip(self.pattern.relations, self.pattern.nodes[1:], strict=True):
            inside = (
                self.dialect.repeated(relation, self._along("e"), self._passed("n"))
                if relation.repeats
                else f"{relation.name}:{'|'.join(relation.relations)}"
            )
            left, right = {"out": ("-", "->"), "back": ("<-", "-"), "both": ("-", "-")}[
                relation.way
            ]
            parts += [f"{left}[{inside}]{right}", _node(node)]
        return "".join(parts)

    def _along(self, edge: str) -> str:
        said = (
            tie_conditions(edge, self.limits) if self._ties else row_conditions(edge, self.limits)
        )
        return " AND ".join(said)

    def _passed(self, node: str) -> str:
        said = [scope_condition(node)] if self.limits.division else []
        if self._walls:
            said.append(f"{node}.neighbours <= $hub")
        passed = " AND ".join(said)
        if passed and self.pattern.search == "shortest":  # some count the ends among those between
            ends = " OR ".join(f"{node}.id IN $of_{n.name}" for n in self.pattern.nodes)
            return f"({passed} OR {ends})"
        return passed

    def _conditions(self) -> Iterator[str]:
        yield from (_condition(c) for c in self.pattern.where)
        repeats = any(r.repeats for r in self.pattern.relations)
        for relation in self.pattern.relations:
            if not relation.repeats and (said := self._along(relation.name)):
                yield said
        yield from self._of_nodes()
        if repeats:
            yield from self.dialect.everywhere(self.pattern, self._along("e"), self._passed("n"))
        yield from self._different(repeats=repeats)
        yield from self._in_time()

    def _of_nodes(self) -> Iterator[str]:
        names = list(dict.fromkeys(n.name for n in self.pattern.nodes))
        if self.limits.division:
            yield from (scope_condition(name) for name in names)
        if self._walls:
            inner = self.pattern.nodes[1:-1]
            yield from (f"{n.name}.neighbours <= $hub" for n in inner)

    def _different(self, *, repeats: bool) -> Iterator[str]:
        names = [n.name for n in self.pattern.nodes]
        again = len(set(names)) < len(names)
        if repeats and self.pattern.search != "shortest":
            yield self.dialect.different()
        elif not repeats:
            for a, b in combinations(dict.fromkeys(names), 2):
                yield f"{a}.id <> {b}.id"
        if again:
            for r, s in combinations([r.name for r in self.pattern.relations], 2):
                yield f"{r}.key <> {s}.key"

    def _in_time(self) -> Iterator[str]:
        moment = self.pattern.moments
        if not moment:
            return
        rows = [r.name for r in self.pattern.relations]
        if self.pattern.relations[0].way == "back":
            rows.reverse()
        yield from (f"{a}.{moment} < {b}.{moment}" for a, b in pairwise(rows))
        if self.pattern.within and len(rows) > 1:
            yield f"{rows[-1]}.{moment} <= {rows[0]}.{moment} + ${self.pattern.within}"
        if len(rows) == 1:
            yield f"{rows[0]}.{moment} IS NOT NULL"


def _node(node: NodePattern) -> str:
    return f"({node.name}{':' + '|'.join(node.kinds) if node.kinds else ''})"


def _condition(condition: Condition) -> str:
    return f"{_term(condition.left)} {condition.operator} {_term(condition.right)}"


def _term(term: Term) -> str:
    if isinstance(term, Property):
        return f"{term.variable}.{term.name}"
    if isinstance(term, Parameter):
        return f"${term.name}"
    if isinstance(term, str):
        return f"'{term}'"
    return str(term).lower() if isinstance(term, bool) else str(term)
