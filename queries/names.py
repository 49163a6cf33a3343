"""Which node a text stands for, and which nodes bear a name."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from graphengine.errors import AmbiguousError
from graphengine.identifiers import NodeId, node_id
from graphengine.language import Text
from graphengine.masks import label_of, names_of
from graphengine.subgraph import kind_of, no_such_node
from graphengine.tables.graph import Graph
from graphengine.vocabulary import KIND_BY_PREFIX, NODES
from graphengine.workspace import Workspace

_NAMED = ("Person", "Company", "PublicBody", "Contract", "Asset", "Programme")
_PLACELESS = ("Company", "Programme")
_LISTED = 20
_IDENTIFYING = ("person", "company", "body", "account")
_NUMBERED = ("contract", "matter", "report", "document")
"""Kinds whose numbers are an office's own and point at nobody."""
_CODE = re.compile(r"\d{2}|\d{4}|\d{6}|\d{9}|\d{12}")
_CODE_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Match:
    """A node that a text may stand for; `label` is masked unless numbers were revealed."""

    node: NodeId
    kind: str
    label: str
    division: str | None


def resolve(
    workspace: Workspace,
    graph: Graph,
    text: str,
    kinds: Collection[str] = (),
    *,
    reveal: bool = False,
) -> NodeId:
    """Return the node that a text stands for; of one of these kinds where it may be of several.

    A text is a node's id, a division's code, the number of a contract, matter, report or document,
    an exact name or, revealed, a person's, firm's, body's or account's number. Raises
    NotFoundError, or AmbiguousError with the ids, masked labels and divisions of those that fit.
    """
    said = text.strip()
    for node in _candidates(workspace, said, reveal=reveal):
        kind = kind_of(node)
        if len(graph.sql(f'SELECT id FROM "{kind}" WHERE id = $id', id=node)) and (
            node == said or not kinds or kind in kinds
        ):
            return node
    named = search(graph, said, limit=_LISTED + 1, exact=True, reveal=reveal)
    fitting = tuple(m for m in named if m.kind in kinds) or named
    if not fitting:
        raise no_such_node()
    if len(fitting) > 1:
        raise _ambiguous(fitting)
    return fitting[0].node


def _candidates(workspace: Workspace, said: str, *, reveal: bool) -> list[NodeId]:
    if said.partition(":")[0] in KIND_BY_PREFIX:
        return [NodeId(said)]
    found = []
    if _CODE.fullmatch(said):
        found.append(NodeId("division:" + said.ljust(_CODE_LENGTH, "0")))
    prefixes = (*_IDENTIFYING, *_NUMBERED) if reveal else _NUMBERED
    return found + [node_id(prefix, said, workspace.key()) for prefix in prefixes]


def search(
    graph: Graph, text: str, *, limit: int = 20, exact: bool = False, reveal: bool = False
) -> tuple[Match, ...]:
    """Return the nodes that bear a name: exactly first, then those it begins, then contains it.

    Within each by kind and id. Cost: one scan of the named kinds.
    """
    said = text.strip()
    if not said:
        return ()
    names = None if reveal else names_of(graph)
    test = "= $said" if exact else "LIKE '%' || $pattern || '%' ESCAPE '!'"
    every = " UNION ALL ".join(
        f"SELECT {order} AS place, '{kind}' AS kind, id, \"{NODES[kind].label}\" AS said, "
        f"{'NULL' if kind in _PLACELESS else 'division'} AS division "
        f'FROM "{kind}" WHERE "{NODES[kind].label}" {test}'
        for order, kind in enumerate(_NAMED)
    )
    parameters: dict[str, object] = {"said": said, "limit": limit}
    if not exact:
        parameters["pattern"] = _literal(said)
    rows = graph.sql(
        f"SELECT kind, id, said, division FROM ({every}) "
        "ORDER BY CASE WHEN said = $said THEN 0 WHEN starts_with(said, $said) THEN 1 ELSE 2 END, "
        "place, id LIMIT $limit",
        **parameters,
    )
    return tuple(
        Match(
            node=NodeId(row["id"]),
            kind=row["kind"],
            label=label_of(
                row["kind"], {"id": row["id"], NODES[row["kind"]].label: row["said"]}, names
            ),
            division=row["division"],
        )
        for row in rows.iter_rows(named=True)
    )


def _literal(text: str) -> str:
    for special in "!%_":
        text = text.replace(special, "!" + special)
    return text


def _ambiguous(matches: Sequence[Match]) -> AmbiguousError:
    lines = [f"{m.node} {m.label} {m.division or ''}".rstrip() for m in matches[:_LISTED]]
    more = len(matches) > _LISTED
    return AmbiguousError(
        Text("这个名称对应多个节点", "several nodes bear this name"),
        Text(
            "请改用节点编号：\n" + "\n".join(lines) + ("\n……" if more else ""),
            "give the id of one of them:\n" + "\n".join(lines) + ("\n..." if more else ""),
        ),
    )
