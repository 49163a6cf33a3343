"""What a clue's picture shows: every stroke on the canvas is one or more rows of the table."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from graphengine.language import Language
from graphengine.masks import short_id
from graphengine.subgraph import Subgraph, SubgraphNode
from graphengine.vocabulary import KIND_BY_PREFIX, NODES
from viz.positions import Link, Positions, passes_through, place
from viz.rows import Proof, Row, money, others_of, source_proof, steps_of
from viz.words import words

MOST_NODES = 300
_BEND = 0.22
_NAMED_TIES = 8
"""More ties beside the path than this bear their numbers only; the table has their names."""


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
class Stroke:
    """A line on the canvas for one or more rows; an arrow where they all point the same way."""

    id: str
    source: str
    target: str
    label: str
    bend: float
    on_path: bool
    one_way: bool
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
    roles = {s["node"]: str(s["role"]) for s in clue["subjects"]}
    ordered = dict.fromkeys([*(n for s in clue["path"] for n in (s["from"], s["to"])), *roles])
    known = {str(n.id): n for n in subgraph.nodes}
    ordered.update(dict.fromkeys(known))
    kept = list(ordered)[:MOST_NODES]
    steps = steps_of(clue, language)
    rows = [*steps, *others_of(subgraph, steps, language)]
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
        proofs=tuple(source_proof(s, language) for s in known.evidence) if known else (),
        hidden=known.hidden if known else 0,
    )


def _strokes(rows: Sequence[Row], positions: Positions, language: Language) -> Iterable[Stroke]:
    together: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        together.setdefault(row.stroke, []).append(row)
    few = sum(not same[0].on_path for same in together.values()) <= _NAMED_TIES
    used: dict[frozenset[str], int] = {}
    for number, same in enumerate(together.values(), start=1):
        source, target = same[0].source, same[0].target
        numbers = [r.number for r in same]
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
            label=_label(same, language) if same[0].on_path or few else _ranges(numbers),
            bend=round(bend, 2),
            on_path=same[0].on_path,
            one_way=all(r.source == source for r in same),
            rows=tuple(numbers),
        )


def _label(rows: Sequence[Row], language: Language) -> str:
    """Return the numbers of a stroke's rows, what they are and, of one relation, their sum."""
    numbers = _ranges([r.number for r in rows])
    titles = list(dict.fromkeys(r.title for r in rows))
    if len(titles) > 1:
        return f"{numbers} {words(language)['several']}"
    title, first = titles[0], rows[0]
    if first.relation == "KIN" and first.detail and first.on_path:
        title = first.detail if language == "zh" else first.detail.removesuffix(" of")
    amounts = [Decimal(r.amount.replace("¥", "").replace(",", "")) for r in rows if r.amount]
    total = f"\n{money(str(sum(amounts)))}" if amounts else ""
    times = f" ×{len(rows)}" if len(rows) > 1 else ""
    return f"{numbers} {_cut(title)}{times}{total}"


def _ranges(numbers: Sequence[int]) -> str:
    """Return ascending numbers in the shortest form.

    >>> _ranges([3, 7, 8, 9])
    '3,7–9'
    """
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return ",".join(f"{a}" if a == b else f"{a}–{b}" for a, b in runs)


def _cut(text: str, most: int = 18) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
