"""The rows of a picture's table: a clue's steps, then the other relations around them, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from graphengine.clue import yuan
from graphengine.language import Language
from graphengine.masks import declared
from graphengine.subgraph import Subgraph, SubgraphEdge
from graphengine.tables.graph import Source
from graphengine.vocabulary import KIND_BY_PREFIX, REGISTERS, RELATIONS

_TOLD = 3
_UNTOLD = frozenset(
    {"amount", "via", "number", "division", "paid_at", "relation", "line", "generation", "basis"}
)


@dataclass(frozen=True, slots=True)
class Proof:
    """One register row in words: where it stands, its date, what it shows."""

    place: str
    date: str = ""
    what: str = ""

    def __str__(self) -> str:
        """Return the row in one line."""
        return " · ".join(part for part in (self.place, self.date, self.what) if part)


@dataclass(frozen=True, slots=True)
class Row:
    """One relation: a row of the table; `on_path` tells a step of the clue from other ties."""

    number: int
    source: str
    target: str
    relation: str
    title: str
    detail: str
    amount: str
    at: str
    proofs: tuple[Proof, ...]
    on_path: bool
    unlisted: int = 0

    @property
    def stroke(self) -> tuple[str, ...]:
        """Return what rows share that are drawn as one line: other ties of a pair are one."""
        if self.on_path:
            return self.source, self.target, self.relation
        return tuple(sorted((self.source, self.target)))


def steps_of(clue: Mapping[str, Any], language: Language) -> list[Row]:
    """Return the rows of a clue's path."""
    path = enumerate(clue["path"], start=1)
    return [_step(number, step, clue["evidence"], language) for number, step in path]


def _step(
    number: int,
    step: Mapping[str, Any],
    evidence: Sequence[Mapping[str, Any]],
    language: Language,
) -> Row:
    relation = str(step["relation"])
    title = RELATIONS[relation].title.said(language) if relation in RELATIONS else relation
    detail = step.get("detail_zh") if language == "zh" else step.get("detail")
    return Row(
        number=number,
        source=step["from"],
        target=step["to"],
        relation=relation,
        title=title,
        detail="" if detail == title else str(detail or ""),
        amount=money(step["amount"]),
        at=step["at"] or "",
        proofs=tuple(stated_proof(evidence[i], language) for i in step["evidence"]),
        on_path=True,
    )


def stated_proof(evidence: Mapping[str, Any], language: Language) -> Proof:
    """Return a clue's piece of evidence in words."""
    return Proof(
        place=_place(evidence["register"], evidence["file"], evidence["row"], language),
        date=evidence["date"] or "",
        what=evidence["what"][language],
    )


def source_proof(source: Source, language: Language) -> Proof:
    """Return a register row in words."""
    return Proof(
        place=_place(source.register, source.file, source.row, language),
        date=source.date.isoformat() if source.date else "",
    )


def _place(register: str, file: str, row: int, language: Language) -> str:
    title = REGISTERS[register].said(language) if register in REGISTERS else register
    return f"{title} {file} 第 {row} 行" if language == "zh" else f"{title}, {file} row {row}"


def money(amount: str | None) -> str:
    """Return yuan as people read them.

    >>> money("434000.00"), money(None)
    ('¥434,000.00', '')
    """
    return f"¥{Decimal(amount):,.2f}" if amount else ""


def others_of(subgraph: Subgraph, steps: Sequence[Row], language: Language) -> list[Row]:
    """Return the relations that no step of the clue shows already."""
    shown = {(frozenset((s.source, s.target)), s.relation) for s in steps}
    rest = [e for e in subgraph.edges if (frozenset((e.source, e.target)), e.relation) not in shown]
    return [_other(i, e, language) for i, e in enumerate(rest, start=len(steps) + 1)]


def _other(number: int, edge: SubgraphEdge, language: Language) -> Row:
    amount = edge.properties.get("amount")
    start, end = edge.valid_from, edge.valid_to
    at = start.isoformat() if start else ""
    if end != start:
        at = f"{at} – {end.isoformat() if end else ''}".strip()
    return Row(
        number=number,
        source=edge.source,
        target=edge.target,
        relation=edge.relation,
        title=RELATIONS[edge.relation].title.said(language),
        detail=_detail(edge, language),
        amount=money(yuan(amount)) if isinstance(amount, int) else "",
        at=at,
        proofs=tuple(source_proof(s, language) for s in edge.evidence),
        on_path=False,
        unlisted=edge.unlisted,
    )


def _detail(edge: SubgraphEdge, language: Language) -> str:
    parts = [f"×{edge.count}"] if edge.count > 1 else []
    for name, prop in declared(edge.relation).items():
        value = edge.properties.get(name)
        if value is None or name in _UNTOLD or isinstance(value, tuple | bool) or _is_node(value):
            continue
        said = f"{value:.4g}" if isinstance(value, float) else str(value)
        parts.append(f"{prop.title.said(language).partition(':')[0]} {said}")
    return "; ".join(parts[:_TOLD])


def _is_node(value: object) -> bool:
    return isinstance(value, str) and value.partition(":")[0] in KIND_BY_PREFIX
