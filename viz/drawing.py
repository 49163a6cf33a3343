"""What a clue's picture shows: every stroke on the canvas is one or more rows of the table."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from graphengine.clue import yuan
from graphengine.language import Language
from graphengine.masks import declared, short_id
from graphengine.subgraph import Subgraph, SubgraphEdge, SubgraphNode
from graphengine.tables.graph import Source
from graphengine.vocabulary import KIND_BY_PREFIX, NODES, REGISTERS, RELATIONS
from viz.positions import Link, Positions, passes_through, place

MOST_NODES = 300
_BEND = 0.22
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
class Spot:
    """A node on the canvas."""

    id: str
    kind: str
    kind_title: str
    label: str
    role: str
    x: int
    y: int
    proofs: tuple[Proof, ...] = ()
    hidden: int = 0


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
    def stroke(self) -> tuple[str, str, str]:
        """Return what rows share that are drawn as one line."""
        return self.source, self.target, self.relation


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line on the canvas for all rows of one relation from one node to another."""

    id: str
    source: str
    target: str
    label: str
    bend: float
    on_path: bool
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """Spots, strokes and rows; `left_out` counts nodes that did not fit."""

    spots: tuple[Spot, ...]
    strokes: tuple[Stroke, ...]
    rows: tuple[Row, ...]
    labels: Mapping[str, str] = field(default_factory=dict)
    left_out: int = 0


def draw(clue: Mapping[str, Any], subgraph: Subgraph, language: Language) -> Drawing:
    """Return the drawing of a clue as interfaces carry it, with the relations around its path."""
    path: list[Mapping[str, Any]] = list(clue["path"])
    roles = {s["node"]: str(s["role"]) for s in clue["subjects"]}
    ordered = dict.fromkeys([*(n for s in path for n in (s["from"], s["to"])), *roles])
    known = {str(n.id): n for n in subgraph.nodes}
    ordered.update(dict.fromkeys(known))
    kept = list(ordered)[:MOST_NODES]
    steps = [_step(i, s, clue["evidence"], language) for i, s in enumerate(path, start=1)]
    rows = [*steps, *_others(subgraph, steps, language)]
    rows = [r for r in rows if r.source in kept and r.target in kept]
    links: list[Link] = [(r.source, r.target) for r in rows if r.on_path]
    positions = place(kept, links, [(r.source, r.target) for r in rows])
    labels = {n: known[n].label if n in known else short_id(n) for n in kept}
    labels.update({s["node"]: str(s["label"]) for s in clue["subjects"] if s["node"] not in known})
    return Drawing(
        spots=tuple(
            _spot(labels[n], roles.get(n, ""), (n, *positions[n]), known.get(n), language)
            for n in kept
        ),
        strokes=tuple(_strokes(rows, positions, language)),
        rows=tuple(rows),
        labels=labels,
        left_out=len(ordered) - len(kept),
    )


def _spot(
    label: str, role: str, at: tuple[str, int, int], known: SubgraphNode | None, language: Language
) -> Spot:
    node, x, y = at
    kind = KIND_BY_PREFIX[node.partition(":")[0]].name
    return Spot(
        id=node,
        kind=kind,
        kind_title=NODES[kind].title.said(language),
        label=label,
        role=role,
        x=x,
        y=y,
        proofs=tuple(_proof(s, language) for s in known.evidence) if known else (),
        hidden=known.hidden if known else 0,
    )


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
        detail=str(detail or step.get("detail") or ""),
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


def _proof(source: Source, language: Language) -> Proof:
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


def _others(subgraph: Subgraph, steps: Sequence[Row], language: Language) -> list[Row]:
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
        proofs=tuple(_proof(s, language) for s in edge.evidence),
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


def _strokes(rows: Sequence[Row], positions: Positions, language: Language) -> Iterable[Stroke]:
    together: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        together.setdefault(row.stroke, []).append(row)
    used: dict[frozenset[str], int] = {}
    for number, ((source, target, _relation), same) in enumerate(together.items(), start=1):
        ends = frozenset((source, target))
        nth = used[ends] = used.get(ends, -1) + 1
        side = 1 if source < target else -1
        bend = _BEND * ((nth + 1) // 2) * (1 if nth % 2 else -1) * side
        if nth == 0 and passes_through(positions, source, target):
            bend = _BEND * side
        yield Stroke(
            id=f"e{number}",
            source=source,
            target=target,
            label=_label(same, language),
            bend=round(bend, 2),
            on_path=any(r.on_path for r in same),
            rows=tuple(r.number for r in same),
        )


def _label(rows: Sequence[Row], language: Language) -> str:
    """Return the numbers of a stroke's rows, what they are and their sum."""
    first, last = rows[0], rows[-1]
    numbers = f"{first.number}" if first is last else f"{first.number}–{last.number}"
    title = first.title
    if first.relation == "KIN" and first.detail and first.on_path:
        title = first.detail if language == "zh" else first.detail.removesuffix(" of")
    amounts = [Decimal(r.amount.replace("¥", "").replace(",", "")) for r in rows if r.amount]
    total = f"\n{money(str(sum(amounts)))}" if amounts else ""
    times = f" ×{len(rows)}" if len(rows) > 1 else ""
    return f"{numbers} {_cut(title)}{times}{total}"


def _cut(text: str, most: int = 24) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
