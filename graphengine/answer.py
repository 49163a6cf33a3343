"""The answer to a relationship question: ways in order, what they show, what was left out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from graphengine.identifiers import NodeId
from graphengine.store.question import Argument, Question
from graphengine.subgraph import Subgraph


@dataclass(frozen=True, slots=True)
class AnswerWay:
    """One way: its nodes and, for every step, which edges of the subgraph it takes.

    `strength` (0-1) is the product of its ties' weights, each step's strongest; `since` the day
    from which all of it was there, None where no relation on it is dated.
    """

    nodes: tuple[NodeId, ...]
    steps: tuple[tuple[int, ...], ...]
    strength: float
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows of one relation a node has one way; `amount` is their sum in fen."""

    relation: str
    way: Literal["out", "in"]
    count: int
    amount: int | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """A node with too many neighbours to be walked through, told in figures."""

    node: NodeId
    neighbours: int
    tallies: tuple[Tally, ...]


@dataclass(frozen=True, slots=True)
class Joints:
    """Nodes and ties without which two groups would not hang together on the ways found."""

    nodes: tuple[NodeId, ...] = ()
    ties: tuple[tuple[NodeId, NodeId], ...] = ()


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds an account; the label is masked unless names were revealed."""

    node: NodeId
    label: str


@dataclass(frozen=True, slots=True)
class Cut:
    """What was left out: ways found and not shown, nodes by kind, and what nobody counted.

    `bound` is the number of ways or nodes after which the engine stopped looking, where there were
    more; `division` is the scope beyond which nothing was looked at, and so nothing counted.
    """

    ways: int = 0
    nodes: Mapping[str, int] = field(default_factory=dict)
    bound: int | None = None
    division: str = ""

    def __bool__(self) -> bool:
        """Tell whether something that was asked for is not shown."""
        return bool(self.ways or self.bound or any(self.nodes.values()))


@dataclass(frozen=True, slots=True)
class Answer:
    """What one engine found of one graph version, shown from the workspace's own tables.

    `near` are the nodes of a question of method reach by how many hops they are away; such an
    answer has no ways. `joints` only where the question asks for them; `holders` are those of the
    accounts among the nodes.
    """

    question: Question
    arguments: Mapping[str, Argument]
    subgraph: Subgraph
    ways: tuple[AnswerWay, ...] = ()
    near: Mapping[NodeId, int] = field(default_factory=dict)
    joints: Joints | None = None
    summaries: tuple[Summary, ...] = ()
    holders: Mapping[NodeId, Holder] = field(default_factory=dict)
    cut: Cut = field(default_factory=Cut)
    engine: str = ""
    version: str = ""
