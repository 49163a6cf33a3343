"""Clues against a planted truth: recall, precision, decoys hit; per rule and per scheme's shape.

A scheme is found where a clue of its rule names one of its contracts, payments or other keyed rows;
rules that test whole villages also where village and one of the subjects agree. A clue that matches
no scheme counts against precision, whether it matches a decoy or nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from graphengine.clue import Clue, present
from graphengine.tables.graph import Graph

SMALL = Decimal(30_000)
"""Yuan: recall below this sum is to be close to the recall from it on."""
TOTAL = "*"


@dataclass(frozen=True, slots=True)
class Planted:
    """One planted scheme or decoy, by the registers' own numbers; `amount` in yuan."""

    id: str
    rule: str
    shape: str
    division: str
    subjects: frozenset[str]
    evidence: frozenset[str]
    amount: Decimal


@dataclass(frozen=True, slots=True)
class ShapeScore:
    """How many schemes of one shape were planted and found."""

    rule: str
    shape: str
    planted: int
    found: int

    @property
    def recall(self) -> float:
        """Return the share found (1 where none was planted)."""
        return _share(self.found, self.planted)


@dataclass(frozen=True, slots=True)
class RuleScore:
    """One rule's figures; precision is 1 where no clue was raised.

    `right` are clues that match a scheme, `right_at_n` those among the first N, N being the number
    of planted schemes; `shown_at_n` is N or all clues, if there are fewer.
    """

    rule: str
    planted: int
    found: int
    clues: int
    right: int
    right_at_n: int
    shown_at_n: int
    decoys: int
    decoys_hit: int

    @property
    def recall(self) -> float:
        """Return the share of planted schemes found."""
        return _share(self.found, self.planted)

    @property
    def precision(self) -> float:
        """Return the share of clues that match a scheme."""
        return _share(self.right, self.clues)

    @property
    def precision_at_n(self) -> float:
        """Return the same for the first N clues."""
        return _share(self.right_at_n, self.shown_at_n)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All figures of one county, and what was missed, hit by mistake or matched nothing."""

    shapes: tuple[ShapeScore, ...]
    rules: tuple[RuleScore, ...]
    total: RuleScore
    recall_small: float
    recall_large: float
    missed: tuple[str, ...]
    decoys_hit: tuple[str, ...]
    unmatched: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the figures as one object."""
        return {
            "schema": "shunteng.evaluation/1",
            "total": _scored(self.total),
            "rules": [_scored(score) for score in self.rules],
            "shapes": [{**asdict(s), "recall": s.recall} for s in self.shapes],
            "recall_below_30000": self.recall_small,
            "recall_from_30000": self.recall_large,
            "missed": list(self.missed),
            "decoys_hit": list(self.decoys_hit),
            "unmatched": list(self.unmatched),
        }


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 1.0


def _scored(score: RuleScore) -> dict[str, Any]:
    figures = {name: getattr(score, name) for name in ("recall", "precision", "precision_at_n")}
    return {**asdict(score), **figures}


@dataclass(frozen=True, slots=True)
class _Seen:
    """A clue by the registers' own numbers; `keys` are those of its rows that have one."""

    id: str
    rule: str
    division: str
    subjects: frozenset[str]
    keys: frozenset[str]
    tested: bool

    def matches(self, planted: Planted) -> bool:
        if self.rule != planted.rule:
            return False
        if self.keys & planted.evidence:
            return True
        return (
            self.tested
            and self.division == planted.division
            and bool(self.subjects & planted.subjects)
        )


def _planted(stated: Mapping[str, Any]) -> Planted:
    subjects = {*stated.get("subjects", ()), stated.get("official")} - {None}
    return Planted(
        id=stated["id"],
        rule=stated["rule"],
        shape=stated.get("shape") or stated.get("kind") or "",
        division=stated["division"],
        subjects=frozenset(subjects),
        evidence=frozenset(stated.get("evidence", ())),
        amount=Decimal(str(stated.get("amount") or 0)),
    )


def _seen(clues: Sequence[Clue], graph: Graph) -> list[_Seen]:
    """Bring clues to the registers' own numbers; rows keyed by persons tie a clue to nothing."""
    shown = present(clues, graph, reveal=True)
    return [
        _Seen(
            id=clue.id,
            rule=clue.finding.rule,
            division=clue.finding.division,
            subjects=frozenset(s["identifier"] for s in one["subjects"] if "identifier" in s),
            keys=frozenset(
                e["record_id"] for e in one["evidence"] if e["register"] not in _KEYED_BY_PERSONS
            ),
            tested=clue.finding.statistics.p is not None,
        )
        for clue, one in zip(clues, shown, strict=True)
    ]


_KEYED_BY_PERSONS = frozenset(
    {"officials", "households", "relatives", "holdings", "benefits", "contractors", "shareholders",
     "accounts"}
)  # fmt: skip


def evaluate_clues(clues: Sequence[Clue], truth: Mapping[str, Any], graph: Graph) -> Evaluation:
    """Return the figures of ranked clues against a truth.json (schemes and decoys by number)."""
    schemes = [_planted(s) for s in truth["schemes"]]
    decoys = [_planted(d) for d in truth["decoys"]]
    seen = _seen(sorted(clues, key=lambda c: c.rank), graph)
    hits = {c.id: {s.id for s in schemes if c.matches(s)} for c in seen}
    fooled = {c.id: {d.id for d in decoys if c.matches(d)} for c in seen if not hits[c.id]}
    found = set().union(*hits.values())
    struck = set().union(*fooled.values())
    names = sorted({s.rule for s in (*schemes, *decoys)} | {c.rule for c in seen})
    large = [s for s in schemes if s.amount >= SMALL]
    small = [s for s in schemes if 0 < s.amount < SMALL]

    def score(rule: str) -> RuleScore:
        mine = [s.id for s in schemes if rule in (s.rule, TOTAL)]
        raised = [c for c in seen if rule in (c.rule, TOTAL)]
        traps = [d.id for d in decoys if rule in (d.rule, TOTAL)]
        first = raised[: len(mine)]
        return RuleScore(
            rule=rule,
            planted=len(mine),
            found=len(found.intersection(mine)),
            clues=len(raised),
            right=sum(bool(hits[c.id]) for c in raised),
            right_at_n=sum(bool(hits[c.id]) for c in first),
            shown_at_n=len(first),
            decoys=len(traps),
            decoys_hit=len(struck.intersection(traps)),
        )

    return Evaluation(
        shapes=_shapes(schemes, found),
        rules=tuple(score(name) for name in names),
        total=score(TOTAL),
        recall_small=_share(len(found & {s.id for s in small}), len(small)),
        recall_large=_share(len(found & {s.id for s in large}), len(large)),
        missed=tuple(s.id for s in schemes if s.id not in found),
        decoys_hit=tuple(sorted(struck)),
        unmatched=tuple(c.id for c in seen if not hits[c.id] and not fooled[c.id]),
    )


def _shapes(schemes: Iterable[Planted], found: set[str]) -> tuple[ShapeScore, ...]:
    counted: dict[tuple[str, str], list[bool]] = {}
    for scheme in schemes:
        counted.setdefault((scheme.rule, scheme.shape), []).append(scheme.id in found)
    return tuple(
        ShapeScore(rule, shape, len(flags), sum(flags))
        for (rule, shape), flags in sorted(counted.items())
    )
