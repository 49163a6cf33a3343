"""What a rule yields: findings with their evidence, and what it could and could not see.

Sentences of a finding never hold a name or a number: they refer to the subjects by `{0}`, `{1}`
..., so that whoever presents them decides what may be revealed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from graphengine.identifiers import NodeId, RecordId
from graphengine.language import Text

Method = Literal["deterministic", "permutation", "exact"]


@dataclass(frozen=True, slots=True)
class Subject:
    """A node that the finding is about; `role` is an English word: official, kin, supplier ..."""

    node: NodeId
    role: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One register row and what it shows."""

    record: RecordId
    what: Text


@dataclass(frozen=True, slots=True)
class Step:
    """One relation on the way; `facts` are positions in the finding's facts."""

    source: NodeId
    target: NodeId
    relation: str
    detail: Text
    at: date | None = None
    amount: int | None = None
    facts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Statistics:
    """How sure, by what test; `p` before and `q` after false-discovery control."""

    method: Method
    null_model: Text | None = None
    p: float | None = None
    q: float | None = None
    n: int | None = None
    base_rate: float | None = None
    seed: int | None = None


@dataclass(frozen=True, slots=True)
class Innocent:
    """An innocent explanation; `effect` is what it adds to the log-odds where it holds (≤ 0)."""

    id: str
    text: Text
    tested: bool
    holds: bool
    effect: float = 0.0


@dataclass(frozen=True, slots=True)
class Unavailable:
    """A register (or a column of it) that would have helped and was not there."""

    register: str
    why: Text


@dataclass(frozen=True, slots=True)
class Finding:
    """One scheme that a rule sees; `key` makes its clue's id stable across runs.

    `signs` are the named contributions to the log-odds of being worth verifying; ranking adds them
    to the rule's own prior. `amount` is in fen, `window` inclusive.
    """

    rule: str
    division: str
    key: tuple[str, ...]
    title: Text
    summary: Text
    subjects: tuple[Subject, ...]
    facts: tuple[Fact, ...]
    path: tuple[Step, ...] = ()
    amount: int | None = None
    window: tuple[date, date] | None = None
    statistics: Statistics = field(default_factory=lambda: Statistics("deterministic"))
    signs: Mapping[str, float] = field(default_factory=dict)
    innocent: tuple[Innocent, ...] = ()
    refuted_by: tuple[Text, ...] = ()
    unavailable: tuple[Unavailable, ...] = ()


@dataclass(frozen=True, slots=True)
class Assessment:
    """Whether a rule could look at a division; `unseen` is the share it could not see."""

    rule: str
    division: str
    evaluated: bool
    why: Text | None = None
    unseen: float = 0.0


@dataclass(frozen=True, slots=True)
class Test:
    """One hypothesis tested, significant or not: what false-discovery control has to count."""

    rule: str
    division: str
    p: float

    __test__ = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that one rule says of one graph."""

    findings: tuple[Finding, ...]
    assessments: tuple[Assessment, ...]
    tests: tuple[Test, ...] = ()
