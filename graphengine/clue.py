"""A clue: a ranked finding. At rest it is pseudonymous; names and numbers join when it is shown."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from graphengine.errors import IntegrityError
from graphengine.finding import (
    Fact,
    Finding,
    Innocent,
    Statistics,
    Step,
    Subject,
    Unavailable,
)
from graphengine.identifiers import NodeId, RecordId, masked_name, masked_number, without_numbers
from graphengine.language import Text
from graphengine.rule import ClueKind
from graphengine.tables.graph import Graph, Source
from graphengine.vocabulary import KIND_BY_PREFIX

SCHEMA = "shunteng.clue/1"
_PLACE = re.compile(r"\{(\d+)\}")
_IDENTIFIED = frozenset({"Person", "Company", "PublicBody"})
_FREE_TEXT = frozenset({"Contract", "Asset", "Report", "Document", "Household"})
"""Kinds whose label somebody typed: it may hold a person's name, so it is shown when revealed."""


@dataclass(frozen=True, slots=True)
class Clue:
    """A finding with its place in the queue; `score` is the probability of being worth a look."""

    id: str
    rule_version: str
    dimension: int
    kind: ClueKind
    rank: int
    score: float
    finding: Finding


@dataclass(frozen=True, slots=True)
class Label:
    """What a node is called on screen, and its number where that may be shown."""

    kind: str
    text: str
    number: str | None


def clue_id(rule: str, key: tuple[str, ...]) -> str:
    """Return the id of a scheme: the same whenever the same rule sees the same key.

    >>> clue_id("kin-contract", ("person:1", "company:2"))
    'kin-contract-4dd58af70f8d29f7'
    """
    text = json.dumps([rule, *key], ensure_ascii=False, separators=(",", ":"))
    return f"{rule}-{hashlib.sha256(text.encode()).hexdigest()[:16]}"


def write_clues(path: Path, clues: Iterable[Clue]) -> None:
    """Write clues as JSON lines: node ids and (hexadecimal) record ids, no name and no number."""
    lines = (
        json.dumps(_at_rest(clue), ensure_ascii=False, sort_keys=True, default=date.isoformat)
        for clue in clues
    )
    path.write_text("".join(line + "\n" for line in lines), "utf-8")


def _at_rest(clue: Clue) -> dict[str, Any]:
    stated = asdict(clue)
    for fact in stated["finding"]["facts"]:
        fact["record"] = f"{fact['record']:016x}"
    return stated


def read_clues(path: Path) -> tuple[Clue, ...]:
    """Return the clues that `write_clues` wrote, in their order."""
    return tuple(_clue(json.loads(line)) for line in path.read_text("utf-8").splitlines())


def _clue(stated: dict[str, Any]) -> Clue:
    return Clue(**{**stated, "finding": _finding(stated["finding"])})


def _finding(stated: dict[str, Any]) -> Finding:
    window = stated["window"]
    statistics = stated["statistics"]
    return Finding(
        rule=stated["rule"],
        division=stated["division"],
        key=tuple(stated["key"]),
        title=Text(**stated["title"]),
        summary=Text(**stated["summary"]),
        subjects=tuple(Subject(NodeId(s["node"]), s["role"]) for s in stated["subjects"]),
        facts=tuple(
            Fact(RecordId(int(f["record"], 16)), Text(**f["what"])) for f in stated["facts"]
        ),
        path=tuple(map(_step, stated["path"])),
        amount=stated["amount"],
        window=window and (date.fromisoformat(window[0]), date.fromisoformat(window[1])),
        statistics=Statistics(**{**statistics, "null_model": _text(statistics["null_model"])}),
        signs=dict(stated["signs"]),
        innocent=tuple(Innocent(**{**i, "text": Text(**i["text"])}) for i in stated["innocent"]),
        refuted_by=tuple(Text(**t) for t in stated["refuted_by"]),
        unavailable=tuple(
            Unavailable(u["register"], Text(**u["why"])) for u in stated["unavailable"]
        ),
    )


def _text(stated: dict[str, str] | None) -> Text | None:
    return Text(**stated) if stated else None


def _step(stated: dict[str, Any]) -> Step:
    at = stated["at"]
    return Step(
        **{
            **stated,
            "detail": Text(**stated["detail"]),
            "at": at and date.fromisoformat(at),
            "facts": tuple(stated["facts"]),
        }
    )


def labels(graph: Graph, nodes: Iterable[str], *, reveal: bool) -> dict[str, Label]:
    """Return what each node is called; cost: one scan of each kind's id column.

    Persons are masked (`陈**`), account numbers shortened and typed titles left out unless
    revealed; companies and public bodies are named in clear.
    """
    wanted: dict[str, list[str]] = {}
    for node in sorted(set(nodes)):
        wanted.setdefault(node.partition(":")[0], []).append(node)
    found: dict[str, Label] = {}
    for prefix, ids in wanted.items():
        kind = KIND_BY_PREFIX[prefix]
        known = {p.name for p in kind.properties}
        named = f'"{kind.label}"' if kind.label in known else "NULL::VARCHAR"
        number = "number" if "number" in known else "NULL::VARCHAR"
        rows = graph.sql(
            f'SELECT id, {named}, {number} FROM "{kind.name}" '
            "WHERE id IN (SELECT unnest($ids::VARCHAR[])) ORDER BY id",
            ids=ids,
        )
        for row in rows.iter_rows():
            found[row[0]] = _label(kind.name, row, reveal=reveal)
    return found


def _label(kind: str, row: tuple[Any, ...], *, reveal: bool) -> Label:
    node, name, number = row
    if kind == "Person" and name and not reveal:
        name = masked_name(name)
    if kind in _FREE_TEXT and not reveal:
        name = None
    if kind == "Account" and number:
        name = number if reveal else masked_number(number)
    text = str(name) if name else node
    return Label(kind, text if reveal else without_numbers(text), number if reveal else None)


def present(clues: Sequence[Clue], graph: Graph, *, reveal: bool) -> list[dict[str, Any]]:
    """Return the clues as the objects that scripts and pages rely on (see the interface's page).

    Raises IntegrityError where the graph does not hold a clue's rows: it is another version.
    """
    sources = graph.sources(f.record for c in clues for f in c.finding.facts)
    nodes = {s.node for c in clues for s in c.finding.subjects}
    keyed = {s.key for s in sources.values() if s.key and _is_node(s.key)}
    named = labels(graph, nodes | keyed, reveal=reveal)
    return [_presented(clue, sources, named, reveal=reveal) for clue in clues]


def _is_node(key: str) -> bool:
    prefix, _, rest = key.partition(":")
    return bool(rest) and prefix in KIND_BY_PREFIX


def _presented(
    clue: Clue, sources: Mapping[RecordId, Source], named: Mapping[str, Label], *, reveal: bool
) -> dict[str, Any]:
    finding = clue.finding
    called = [named[s.node].text if s.node in named else s.node for s in finding.subjects]
    return {
        "schema": SCHEMA,
        "id": clue.id,
        "rule": finding.rule,
        "rule_version": clue.rule_version,
        "dimension": clue.dimension,
        "kind": clue.kind,
        "rank": clue.rank,
        "score": round(clue.score, 4),
        "division_code": finding.division,
        "title": _said(finding.title, called),
        "summary": _said(finding.summary, called),
        "subjects": [_subject(s, named, reveal=reveal) for s in finding.subjects],
        "evidence": [_evidence(f, sources.get(f.record), named, called) for f in finding.facts],
        "path": [_shown_step(s, called) for s in finding.path],
        "amount": yuan(finding.amount),
        "window": [d.isoformat() for d in finding.window] if finding.window else None,
        "statistics": {
            name: getattr(finding.statistics, name)
            for name in ("method", "p", "q", "n", "base_rate")
        },
        "innocent": [_explanation(i, called) for i in finding.innocent],
        "refuted_by": [_said(t, called) for t in finding.refuted_by],
        "unavailable": [
            {"register": u.register, "why": _said(u.why, called)} for u in finding.unavailable
        ],
    }


def _explanation(innocent: Innocent, called: Sequence[str]) -> dict[str, Any]:
    return {
        "id": innocent.id,
        "tested": innocent.tested,
        "holds": innocent.holds,
        "effect": innocent.effect if innocent.tested and innocent.holds else 0.0,
        "text": _said(innocent.text, called),
    }


def yuan(fen: int | None) -> str | None:
    """Return an amount of fen as yuan with two decimals.

    >>> yuan(43_400_005)
    '434000.05'
    """
    if fen is None:
        return None
    whole, rest = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}{whole}.{rest:02d}"


def _said(text: Text, called: Sequence[str]) -> dict[str, str]:
    """Put the subjects' labels in the places of `{0}`, `{1}` ...; other braces stay as they are."""

    def label(match: re.Match[str]) -> str:
        place = int(match[1])
        return called[place] if place < len(called) else match[0]

    return {"zh": _PLACE.sub(label, text.zh), "en": _PLACE.sub(label, text.en)}


def _subject(subject: Subject, named: Mapping[str, Label], *, reveal: bool) -> dict[str, Any]:
    label = named.get(subject.node)
    kind = label.kind if label else KIND_BY_PREFIX[subject.node.partition(":")[0]].name
    shown = {
        "node": subject.node,
        "kind": kind,
        "role": subject.role,
        "label": label.text if label else subject.node,
    }
    if reveal and label and label.number and kind in _IDENTIFIED:
        shown["identifier"] = label.number
    return shown


def _evidence(
    fact: Fact, source: Source | None, named: Mapping[str, Label], called: Sequence[str]
) -> dict[str, Any]:
    if source is None:
        raise IntegrityError(
            Text("线索引用了图中没有的记录", "a clue names a record that the graph does not hold"),
            Text("重新运行 shunteng detect", "run `shunteng detect` again"),
        )
    label = named.get(source.key) if source.key else None
    return {
        "register": source.register,
        "record_id": label.number if label and label.number else source.key,
        "file": source.file,
        "row": source.row,
        "date": source.date.isoformat() if source.date else None,
        "what": _said(fact.what, called),
    }


def _shown_step(step: Step, called: Sequence[str]) -> dict[str, Any]:
    detail = _said(step.detail, called)
    return {
        "from": step.source,
        "to": step.target,
        "relation": step.relation,
        "detail": detail["en"],
        "detail_zh": detail["zh"],
        "at": step.at.isoformat() if step.at else None,
        "amount": yuan(step.amount),
        "evidence": list(step.facts),
    }
