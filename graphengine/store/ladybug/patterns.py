"""Patterns in the engine's words: trails, shortest paths, and no relation twice in one MATCH."""

from dataclasses import dataclass
from itertools import combinations

from lark import Token as Leaf
from lark import Tree

from graphengine.store.cypher.grammar import at, spans
from graphengine.store.guard import bounds
from graphengine.store.ladybug.parts import Parts, inner, leaves


@dataclass(slots=True)
class _Relation:
    """One relation of a pattern; `length` is None for a single one."""

    branch: Tree[Leaf]
    name: str
    named: bool
    types: frozenset[str]
    length: tuple[int, int] | None
    search: str


def rewrite_patterns(parts: Parts) -> frozenset[str]:
    """Rewrite all patterns of a text; return the names of repeated relations.

    The engine lets a relation be walked twice in one MATCH; conditions are added that forbid it.
    """
    repeated: set[str] = set()
    for clause in parts.statement.tree.iter_subtrees():
        if clause.data in ("match", "bare", "travelled"):
            repeated |= _rewrite_clause(parts, clause)
    return frozenset(repeated)


def _rewrite_clause(parts: Parts, clause: Tree[Leaf]) -> set[str]:
    conditions: list[str] = []
    relations: list[_Relation] = []
    paths = [clause] if clause.data == "travelled" else []
    for pattern in inner(clause, "pattern"):
        paths += inner(pattern, "path")
        for shortest in inner(pattern, "shortest"):
            conditions += _rewrite_shortest(parts, shortest)
    for path in paths:
        relations += [_relation(parts, branch, "TRAIL") for branch in inner(path, "relation")]
    for one, other in combinations(relations, 2):
        if not one.types or not other.types or one.types & other.types:
            one.named = other.named = True
            conditions.append(_differ(one, other))
    for relation in relations:
        _write(parts, relation)
    _add(parts, clause, conditions)
    return {r.name for r in relations if r.length and r.named}


def _rewrite_shortest(parts: Parts, shortest: Tree[Leaf]) -> list[str]:
    call, opened, closed = leaves(shortest)
    for leaf in (call, opened, closed):
        parts.replace(leaf, "")
    (path,) = inner(shortest, "path")
    (branch,) = inner(path, "relation")
    search = "ALL SHORTEST" if call.lower().startswith("all") else "SHORTEST"
    relation = _relation(parts, branch, search)
    if relation.length:
        relation.length = (max(1, relation.length[0]), relation.length[1])
    _write(parts, relation)
    first, last = (_name_of(parts, node) for node in inner(path, "node"))
    return [f"id({first}) <> id({last})"]


def _name_of(parts: Parts, node: Tree[Leaf]) -> str:
    """Return the variable of a node; give it one where it has none."""
    names = leaves(node, "NAME")
    if names:
        return parts.said[at(names[0])]
    name = parts.fresh()
    parts.after(at(leaves(node)[0]), name)
    return name


def _relation(parts: Parts, branch: Tree[Leaf], search: str) -> _Relation:
    names = leaves(branch, "NAME")
    types = [parts.said[at(n)] for t in inner(branch, "types") for n in leaves(t, "NAME")]
    length = None
    for counted in inner(branch, "hops", "quantifier"):
        low, high = bounds(counted)
        length = (low, high or low)
    name = parts.said[at(names[0])] if names else parts.fresh()
    return _Relation(branch, name, bool(names), frozenset(types), length, search)


def _write(parts: Parts, relation: _Relation) -> None:
    """Say the relation anew on its first and last token; what is between is its map."""
    own = [leaf for leaf in leaves(relation.branch) if leaf not in "[]" and leaf.type != "NAME"]
    for part in inner(relation.branch, "types", "hops", "quantifier"):
        own += part.scan_values(lambda _: True)
    every = [*leaves(relation.branch), *own]
    for leaf in every:
        parts.replace(leaf, "")
    left, right = (any(leaf == sign for leaf in leaves(relation.branch)) for sign in "<>")
    first, last = spans(relation.branch)
    name = relation.name if relation.named else ""
    types = ":" + "|".join(sorted(relation.types)) if relation.types else ""
    hops = (
        f"* {relation.search} {relation.length[0]}..{relation.length[1]}" if relation.length else ""
    )
    parts.said[first] = f"{'<' if left else ''}-[{name}{types}{hops}"
    parts.said[last] = f"]-{'>' if right else ''}"


def _differ(one: _Relation, other: _Relation) -> str:
    if one.length is None and other.length is None:
        return f"id({one.name}) <> id({other.name})"
    if one.length is not None and other.length is not None:
        keys = (f"properties(rels({r.name}), 'key')" for r in (one, other))
        return f"NOT list_has_any({', '.join(keys)})"
    walk, single = (one, other) if one.length is not None else (other, one)
    return f"NOT list_contains(properties(rels({walk.name}), 'key'), {single.name}.key)"


def _add(parts: Parts, clause: Tree[Leaf], conditions: list[str]) -> None:
    """Add conditions to a clause's own."""
    if not conditions:
        return
    said = " AND ".join(conditions)
    where = next(inner(clause, "where"), None)
    if clause.data == "travelled":
        parts.around(clause, "EXISTS { MATCH ", f" WHERE {said} }}")
    elif where is None:
        parts.around(clause, "", f" WHERE {said}")
    else:
        (condition,) = inner(where, "expression")
        parts.around(condition, "(", f") AND {said}")
