"""The JSON of the API as models: what `/openapi.json` states and a test holds the answers to."""

from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

T = TypeVar("T")
Yuan = Annotated[str, Field(pattern=r"^-?\d+\.\d\d$")]
Day = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")]


class Shape(BaseModel):
    """A model that knows all its fields."""

    model_config = ConfigDict(extra="forbid")


class Said(Shape):
    """A text in both languages."""

    zh: str
    en: str


class Evidence(Shape):
    """One register row: `row` is what a spreadsheet shows (header = row 1)."""

    register_: str = Field(alias="register")
    record_id: str | None
    file: str
    row: int
    date: Day | None


class Fact(Evidence):
    """One register row of a clue and what it shows."""

    what: Said


class Subject(Shape):
    """A node that a clue is about; its label is masked."""

    node: str
    kind: str
    role: str
    label: str


class Step(Shape):
    """One relation on a clue's path; `evidence` are positions in the clue's evidence."""

    source: str = Field(alias="from")
    target: str = Field(alias="to")
    relation: str
    detail: str
    detail_zh: str
    at: Day | None
    amount: Yuan | None
    evidence: list[int]


class Statistics(Shape):
    """How sure, by what method."""

    method: Literal["deterministic", "permutation", "exact"]
    p: float | None
    q: float | None
    n: int | None
    base_rate: float | None


class Innocent(Shape):
    """An innocent explanation: whether it was tested and holds, and what it does to the score."""

    id: str
    tested: bool
    holds: bool
    effect: float
    text: Said


class Unavailable(Shape):
    """A register that would have helped."""

    register_: str = Field(alias="register")
    why: Said


class ClueShape(Shape):
    """A clue: a reason to look, never a verdict."""

    schema_: Literal["shunteng.clue/1"] = Field(alias="schema")
    id: str
    rule: str
    rule_version: str
    dimension: int
    kind: Literal["suspicion", "efficiency", "data"]
    rank: int
    score: float
    division_code: str
    title: Said
    summary: Said
    subjects: list[Subject]
    evidence: list[Fact]
    path: list[Step]
    amount: Yuan | None
    window: tuple[Day, Day] | None
    statistics: Statistics
    innocent: list[Innocent]
    refuted_by: list[Said]
    unavailable: list[Unavailable]


class NodeShape(Shape):
    """A node; `hidden` is how many of its neighbours are not shown. Money is in yuan."""

    id: str
    kind: str
    label: str
    properties: dict[str, Any]
    evidence: list[Evidence]
    hidden: int


class EdgeShape(Shape):
    """A relation, or `count` of a kind taken together; `amount` is then their sum."""

    source: str
    target: str
    relation: str
    properties: dict[str, Any]
    valid_from: Day | None
    valid_to: Day | None
    count: int
    evidence: list[Evidence]
    evidence_omitted: int


class SubgraphShape(Shape):
    """Nodes and edges with their evidence; `omitted` counts by kind what was cut."""

    schema_: Literal["shunteng.subgraph/1"] = Field(alias="schema")
    version: str
    nodes: list[NodeShape]
    edges: list[EdgeShape]
    routes: list[list[str]]
    truncated: bool
    omitted: dict[str, int]
    revealed: Literal[False]


class MatchShape(Shape):
    """A node that bears the name that was searched for."""

    id: str
    kind: str
    label: str
    division_code: str | None


class ParameterShape(Shape):
    """A rule's parameter: unit, default and allowed range, both ends inclusive."""

    name: str
    text: Said
    unit: str
    default: float
    low: float
    high: float


class InputShape(Shape):
    """A register that a rule reads."""

    register_: str = Field(alias="register")
    columns: list[str]
    required: bool


class RuleShape(Shape):
    """A rule's card."""

    id: str
    version: str
    dimension: int
    kind: Literal["suspicion", "efficiency", "data"]
    title: Said
    reading: Said
    method: Said
    why_it_matters: Said
    basis: list[Said]
    innocent: list[Said]
    exclusions: list[Said]
    refuted_by: list[Said]
    sources: list[str]
    owner: str
    valid_from: Day
    valid_until: Day | None
    inputs: list[InputShape]
    parameters: list[ParameterShape]


class AssessmentShape(Shape):
    """Whether a rule could look at a division; not evaluable is never the same as passed."""

    rule: str
    division: str
    evaluated: bool
    why: Said | None
    unseen: float


class PageShape(Shape, Generic[T]):
    """A page of a list; `next` is the cursor of the one after it, or null."""

    items: list[T]
    total: int
    next: str | None
    detection: str


class ListShape(Shape, Generic[T]):
    """A page of a list that no detection made."""

    items: list[T]
    total: int
    next: str | None


class ItemsShape(Shape, Generic[T]):
    """A list that is never paged."""

    items: list[T]


class HealthShape(Shape):
    """The server answers; when ready, from which detection and graph version."""

    status: Literal["ok", "ready"]
    detection: str | None = None
    version: str | None = None


class ProblemShape(BaseModel):
    """A problem document (RFC 9457)."""

    model_config = ConfigDict(extra="allow")

    type: str
    status: int
    title: str
    titles: Said
    detail: str | None = None
    details: Said | None = None
    remedy: str | None = None
    remedies: Said | None = None
