"""What is exchanged beside nodes and edges, and what can be exchanged at all."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, Protocol, TypeVar

from graphengine.identifiers import NodeId
from graphengine.subgraph import Subgraph

Frame = TypeVar("Frame")


@dataclass(frozen=True, slots=True)
class About:
    """What a subgraph says of itself (see `graphengine.subgraph.Subgraph`)."""

    omitted: Mapping[str, int] = field(default_factory=dict)
    routes: tuple[tuple[NodeId, ...], ...] = ()
    revealed: bool = False
    version: str = ""

    @classmethod
    def of(cls, subgraph: Subgraph) -> "About":
        """Return what a subgraph says of itself."""
        return cls(subgraph.omitted, subgraph.routes, subgraph.revealed, subgraph.version)


class Tables(NamedTuple, Generic[Frame]):
    """An answer as two tables; `from_...(*tables)` makes the same answer of them again."""

    nodes: Frame
    edges: Frame
    about: About = About()


class HasSubgraph(Protocol):
    """Whatever shows its nodes and edges, such as the answer to a question."""

    @property
    def subgraph(self) -> Subgraph:
        """Return them."""
        ...


Answer = Subgraph | HasSubgraph


def subgraph_of(answer: Answer) -> Subgraph:
    """Return the subgraph that is the answer or that it shows."""
    return answer if isinstance(answer, Subgraph) else answer.subgraph
