"""The one protocol of all engines that answer relationship questions.

An engine says who is connected and by which relations, never what they are called: names, dates
and register rows are read from the workspace's own tables, so every engine's answer shows the same.
"""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Protocol

from graphengine.identifiers import NodeId
from graphengine.store.question import Arguments, Question

HUB = 200
"""Nodes with more neighbours are reached but not walked through."""


class EdgeKey(NamedTuple):
    """One relation of the graph: its kind and the key of its row's content (see content)."""

    relation: str
    key: int


@dataclass(frozen=True, slots=True)
class Way:
    """Nodes in the order walked and the relations between them.

    `edges` is empty where a question asks for ties: any row between the nodes stands for them.
    """

    nodes: tuple[NodeId, ...]
    edges: tuple[EdgeKey, ...] = ()


@dataclass(frozen=True, slots=True)
class Near:
    """A node and how many hops away it is."""

    node: NodeId
    hops: int


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of an answer to look for.

    Relations count that were valid at some time from `since` to `until` (inclusive; None: open).
    Nodes of another division than those that begin with `division` are not seen. No more than
    `most` ways are looked at, for `seconds` at most; `hub` as above.
    """

    most: int = 20_000
    seconds: float = 30.0
    hub: int = HUB
    since: date | None = None
    until: date | None = None
    division: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What an engine found, in canonical order, each once; `cut` if there is more than `most`.

    `near` are the nodes of a question of method reach, by hops and then by id; it has no ways.
    """

    ways: tuple[Way, ...] = ()
    near: tuple[Near, ...] = ()
    cut: bool = False


class Engine(Protocol):
    """Answers every question of the library from one version of the graph."""

    name: str

    def version(self) -> str:
        """Return the graph version that it holds; raise StoreError where it is not whole."""
        ...

    def ask(self, question: Question, arguments: Arguments, limits: Limits) -> Found:
        """Return what matches; raise StoreError, NotFoundError for a node that is not there."""
        ...

    def close(self) -> None:
        """Give back connections and processes."""
        ...


def found(ways: list[Way], limits: Limits) -> Found:
    """Return ways as every engine states them: each once, by length, nodes and edges."""
    ordered = sorted(set(ways), key=lambda w: (len(w.nodes), w.nodes, w.edges))
    return Found(tuple(ordered[: limits.most]), cut=len(ordered) > limits.most)
