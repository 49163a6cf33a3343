"""Expressions in the engine's words: positions from 1, lambdas, kinds of nodes, a few functions."""

from collections.abc import Mapping

from lark import Token as Leaf
from lark import Tree

from graphengine.store.cypher.grammar import at
from graphengine.store.ladybug.literals import literal
from graphengine.store.ladybug.parts import Parts, inner, leaves

_ATOMS = frozenset({"INT", "FLOAT", "STRING", "TRUE", "FALSE", "NULL", "PARAMETER", "NAME"})
_FROM_ON, _REST = 2, 2**31 - 1


def rewrite_expressions(
    parts: Parts, repeated: frozenset[str], parameters: Mapping[str, object]
) -> None:
    """Rewrite all expressions of a text; `repeated` names relations that are walks."""
    for branch in parts.statement.tree.iter_subtrees():
        match branch.data:
            case "expression":
                _rewrite_expression(parts, branch, repeated)
            case "comprehension":
                _state_parameters(parts, branch, parameters)
                _rewrite_comprehension(parts, branch)
            case "quantified":
                _state_parameters(parts, branch, parameters)
            case "slice":
                _rewrite_slice(parts, branch)
            case "function":
                _rewrite_function(parts, branch)
            case "reduced":
                raise parts.cannot(leaves(branch)[0], " reduce", "reduce")
            case "call":
                raise parts.cannot(leaves(branch)[0], " CALL", "CALL")


def _rewrite_expression(parts: Parts, branch: Tree[Leaf], repeated: frozenset[str]) -> None:
    before: Tree[Leaf] | Leaf | None = None
    atom: Tree[Leaf] | Leaf | None = None
    for number, child in enumerate(branch.children):
        if _is_atom(child, before):
            atom = child
        if isinstance(child, Leaf):
            if child is atom and parts.said[at(child)] in repeated and child.type == "NAME":
                parts.around(child, "rels(", ")")
        elif child.data == "labels":
            _rewrite_kinds(parts, child, before, atom)
        elif child.data == "index":
            _rewrite_index(parts, child)
            if atom is not None and branch.children[number + 1 : number + 2] == ["."]:
                parts.around(atom, "(", "")
                parts.around(child, "", ")")
        before = child


def _is_atom(child: Tree[Leaf] | Leaf, before: Tree[Leaf] | Leaf | None) -> bool:
    if isinstance(child, Leaf):
        return child == "(" or (child.type in _ATOMS and before != ".")
    return child.data not in ("expression", "labels", "index", "slice")


def _rewrite_kinds(
    parts: Parts,
    labels: Tree[Leaf],
    before: Tree[Leaf] | Leaf | None,
    atom: Tree[Leaf] | Leaf | None,
) -> None:
    """n:Person|Company becomes (label(n) IN ['Person', 'Company'])."""
    if not isinstance(before, Leaf) or before is not atom or before.type != "NAME":
        raise parts.cannot(leaves(labels)[0], "这里的类型判断", "test of kinds here")
    kinds = leaves(labels, "NAME")
    for leaf in leaves(labels):
        parts.replace(leaf, "")
    parts.around(before, "(label(", ")")
    parts.replace(leaves(labels)[0], " IN [" + ", ".join(f"'{k}'" for k in kinds) + "])")


def _literal(branch: Tree[Leaf]) -> str | None:
    """Return a whole number as written, with its sign; None where it is something else."""
    words = [str(leaf) for leaf in branch.scan_values(lambda _: True)]
    return "".join(words) if words[-1].isdecimal() and words[:-1] in ([], ["-"]) else None


def _rewrite_index(parts: Parts, index: Tree[Leaf]) -> None:
    (position,) = inner(index, "expression")
    number = _literal(position)
    if number is None:
        if [leaf.type for leaf in position.scan_values(lambda _: True)] != ["STRING"]:
            raise parts.cannot(leaves(index)[0], "会变的下标", "indices that vary")
    elif not number.startswith("-"):
        parts.replace(leaves(position)[-1], str(int(number) + 1))


def _rewrite_slice(parts: Parts, branch: Tree[Leaf]) -> None:
    """[a..b] is from a+1 to b where positions count from 1 and the last is included."""
    limits = list(inner(branch, "expression"))
    if any((_literal(limit) or "-").startswith("-") for limit in limits):
        raise parts.cannot(leaves(branch)[0], "会变的或负的切片", "slices that vary or count back")
    if limits and isinstance(branch.children[1], Tree):
        low = leaves(limits[0])[-1]
        parts.replace(low, str(int(low) + 1))


def _rewrite_comprehension(parts: Parts, branch: Tree[Leaf]) -> None:
    """[x IN xs WHERE c | e] becomes list_transform(list_filter(xs, x -> c), x -> e)."""
    opened, name, among, *_, closed = leaves(branch)
    variable = parts.said[at(name)]
    where = next(inner(branch, "where"), None)
    bar = next((leaf for leaf in leaves(branch) if leaf == "|"), None)
    parts.replace(name, "")
    parts.replace(among, "")
    parts.replace(opened, ("list_transform(" if bar else "(") + ("list_filter(" if where else "("))
    if where:
        parts.replace(leaves(where)[0], f", {variable} -> ")
    if bar:
        parts.replace(bar, f"), {variable} -> ")
    parts.replace(closed, ")" if bar else "))")


def _state_parameters(parts: Parts, branch: Tree[Leaf], parameters: Mapping[str, object]) -> None:
    """Write the values of parameters out: inside a lambda the engine gives way under them."""
    for leaf in branch.scan_values(lambda _: True):
        if leaf.type == "PARAMETER":
            said = literal(parameters[leaf[1:]])
            if said is None:
                raise parts.cannot(leaf, "这里的参数", "parameter here")
            parts.replace(leaf, said)


def _rewrite_function(parts: Parts, branch: Tree[Leaf]) -> None:
    name, closed = leaves(branch)[0], leaves(branch)[-1]
    arguments = list(inner(branch, "expression"))
    match name.lower():
        case "labels":
            parts.replace(name, "[label")
            parts.after(at(closed), "]")
        case "isempty":
            parts.replace(name, "(size")
            parts.after(at(closed), " = 0)")
        case "round" if len(arguments) == 1:
            parts.around(arguments[0], "", ", 0")
        case "substring" if len(arguments) > 1:
            parts.around(arguments[1], "1 + (", ")")
            if len(arguments) == _FROM_ON:
                parts.around(arguments[1], "", f", {_REST}")
