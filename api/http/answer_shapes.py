"""The JSON of questions and their answers as models."""

from typing import Any, Literal

from pydantic import Field

from api.http.shapes import Day, EdgeShape, NodeShape, Said, Shape, Yuan


class WayShape(Shape):
    """A way: its nodes and, for every step, the positions of its relations among `edges`."""

    nodes: list[str]
    steps: list[list[int]]
    strength: float
    since: Day | None


class NearShape(Shape):
    """A node and how many hops away it is."""

    node: str
    hops: int


class JointsShape(Shape):
    """Nodes and pairs of nodes without which two groups would not hang together."""

    nodes: list[str]
    ties: list[tuple[str, str]]


class TallyShape(Shape):
    """How many rows of a relation a node has one way, their sum and their days."""

    relation: str
    way: Literal["out", "in"]
    count: int
    amount: Yuan | None
    first: Day | None
    last: Day | None


class SummaryShape(Shape):
    """A node with too many neighbours to be walked through, in figures."""

    node: str
    neighbours: int
    relations: list[TallyShape]


class HolderShape(Shape):
    """Who holds an account; the label is masked."""

    account: str
    node: str
    label: str


class AnswerShape(Shape):
    """The answer to a question; `bound` is where the engine stopped looking, null: it saw all."""

    schema_: Literal["shunteng.answer/1"] = Field(alias="schema")
    question: str
    title: Said
    arguments: dict[str, Any]
    engine: str
    version: str
    ways: list[WayShape]
    near: list[NearShape]
    joints: JointsShape | None
    summaries: list[SummaryShape]
    holders: list[HolderShape]
    nodes: list[NodeShape]
    edges: list[EdgeShape]
    truncated: bool
    omitted: dict[str, int]
    bound: int | None
    division: str | None
    revealed: Literal[False]


class AskedShape(Shape):
    """A question's parameter; bounds are inclusive, `kinds` those of the nodes it takes."""

    name: str
    type: Literal["node", "nodes", "accounts", "whole", "days", "date", "text"]
    text: Said
    kinds: list[str]
    low: int | None
    high: int | None
    default: str | int | None
    required: bool


class QuestionShape(Shape):
    """A question of the library; `text` is its Cypher."""

    name: str
    title: Said
    answers: Said
    method: Literal["patterns", "shortest", "ties", "trails", "reach", "joints"]
    order: Literal["length", "strength", "time"]
    parameters: list[AskedShape]
    text: str
