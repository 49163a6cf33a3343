"""A question as Cypher statements: the same paths for every store that speaks it.

Two things are not written alike everywhere: what holds along a repeated relation and how a path is
taken apart. A `Dialect` writes those; everything else is the part of Cypher that all share.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from typing import Protocol

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
from graphengine.store.question import Arguments, Question
from graphengine.store.statement_limits import (
    limit_parameters,
    row_conditions,
    scope_condition,
    tie_conditions,
)
from graphengine.store.statement_patterns import labelled, of_each_length, outwards

_VARIABLE = re.compile(r"(?<![$\w'])([A-Za-z_]\w*)\.")
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
    hop_by_hop: bool
    """Whether a path of several relations is matched by one MATCH for each of them."""

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
        single = question.method == "trails" or (dialect.hop_by_hop and len(pattern.relations) > 1)
        for one in of_each_length(pattern) if single else (pattern,):
            for typed, given in labelled(one, arguments):
                if one.search == "shortest" and len(set(map(tuple, given.values()))) == 1:
                    continue
                writer = _Writer(question, typed, limits, dialect)
                text = writer.text()
                said = {**arguments, **given, **writer.parameters()}
                used = set(_USED.findall(text))
                yield Statement(text, {n: v for n, v in said.items() if n in used})


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes one pattern whose anchored nodes bear one label each."""

    question: Question
    pattern: Pattern
    limits: Limits
    dialect: Dialect

    def text(self) -> str:
        if self.dialect.hop_by_hop and len(self.pattern.relations) > 1:
            return self._hop_by_hop()
        chain = self._chain()
        if self.pattern.search == "shortest":
            chain = self.dialect.shortest(chain)
        where = " AND ".join(self._conditions())
        return (
            f"MATCH p = {chain} WHERE {where} "
            f"RETURN {self.dialect.taken_apart(ties=self._ties)} LIMIT {self.limits.most + 1}"
        )

    def _hop_by_hop(self) -> str:
        """Return the path as one MATCH after another, from a node whose id is given outwards."""
        pattern = self.pattern
        waiting = list(self._conditions())
        known: set[str] = set()
        parts = []
        for at in outwards(pattern):
            near, relation, far = pattern.nodes[at], pattern.relations[at], pattern.nodes[at + 1]
            ends = [_node(replace(n, kinds=()) if n.name in known else n) for n in (near, far)]
            known |= {near.name, relation.name, far.name}
            ready = [c for c in waiting if set(_VARIABLE.findall(c)) <= known]
            waiting = [c for c in waiting if c not in ready]
            where = f" WHERE {' AND '.join(ready)}" if ready else ""
            parts.append(f"MATCH {ends[0]}{self._relation(relation)}{ends[1]}{where}")
        return f"{' WITH * '.join(parts)} RETURN {self._named()} LIMIT {self.limits.most + 1}"

    def _named(self) -> str:
        nodes = ", ".join(f"{n.name}.id" for n in self.pattern.nodes)
        kinds = ", ".join(f"label({r.name})" for r in self.pattern.relations)
        keys = ", ".join(f"{r.name}.key" for r in self.pattern.relations)
        if self._ties:
            return f"DISTINCT [{nodes}] AS nodes"
        return f"[{nodes}] AS nodes, [{kinds}] AS kinds, [{keys}] AS keys"

    @property
    def _repeats(self) -> bool:
        return any(r.repeats for r in self.pattern.relations)

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
            parts += [self._relation(relation), _node(node)]
        return "".join(parts)

    def _relation(self, relation: RelationPattern) -> str:
        inside = (
            self.dialect.repeated(relation, self._along("e"), self._passed("n"))
            if relation.repeats
            else f"{relation.name}:{'|'.join(relation.relations)}"
        )
        left, right = {"out": ("-", "->"), "back": ("<-", "-"), "both": ("-", "-")}[relation.way]
        return f"{left}[{inside}]{right}"

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
        repeats = self._repeats
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
