"""What was planted: schemes and innocent look-alikes, named by the registers' own numbers."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graphengine.language import Text


@dataclass(frozen=True, slots=True)
class Scheme:
    """One planted scheme; subjects are account slots, `contracts` award numbers."""

    rule: str
    shape: str
    division: int
    official: int
    subjects: tuple[int, ...]
    contracts: tuple[int, ...] = ()
    mark: int = -1
    fen: int = 0
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Decoy:
    """One innocent look-alike and why it is innocent."""

    rule: str
    kind: str
    division: int
    subjects: tuple[int, ...]
    why: Text
    contracts: tuple[int, ...] = ()
    mark: int = -1


@dataclass(frozen=True, slots=True)
class Numbers:
    """How internal numbers become the registers' own."""

    holder: Callable[[int], str]
    contract: Callable[[int], str]
    payments: Mapping[int, tuple[str, ...]]
    sums: Mapping[int, int]
    dates: Mapping[int, tuple[str, str]]
    division: Callable[[int], str]
    day: Callable[[int], str]


def _evidence(numbers: Numbers, contracts: tuple[int, ...], mark: int) -> list[str]:
    return [*(numbers.contract(c) for c in contracts), *numbers.payments.get(mark, ())]


def _scheme(number: int, scheme: Scheme, numbers: Numbers) -> dict[str, Any]:
    fen = scheme.fen or numbers.sums.get(scheme.mark, 0)
    begin, finish = numbers.dates.get(scheme.mark, ("", ""))
    return {
        "id": f"S{number:04d}",
        "rule": scheme.rule,
        "shape": scheme.shape,
        "division": numbers.division(scheme.division),
        "official": numbers.holder(scheme.official) if scheme.official >= 0 else None,
        "subjects": [numbers.holder(s) for s in scheme.subjects],
        "evidence": _evidence(numbers, scheme.contracts, scheme.mark),
        "amount": f"{fen // 100}.{fen % 100:02d}",
        "start": numbers.day(scheme.start) if scheme.start else begin,
        "end": numbers.day(scheme.end) if scheme.end else finish,
    }


def _decoy(number: int, decoy: Decoy, numbers: Numbers) -> dict[str, Any]:
    return {
        "id": f"D{number:04d}",
        "rule": decoy.rule,
        "kind": decoy.kind,
        "division": numbers.division(decoy.division),
        "subjects": [numbers.holder(s) for s in decoy.subjects],
        "evidence": _evidence(numbers, decoy.contracts, decoy.mark),
        "why": decoy.why.as_json(),
    }


@dataclass(frozen=True, slots=True)
class Planted:
    """Everything that was planted, in the order in which the truth lists it."""

    schemes: tuple[Scheme, ...]
    decoys: tuple[Decoy, ...]


def write_truth(path: Path, head: dict[str, object], planted: Planted, numbers: Numbers) -> None:
    """Write truth.json: the plan (`head`), then schemes and decoys."""
    document = {
        "schema": "shunteng.truth/1",
        **head,
        "schemes": [_scheme(i + 1, s, numbers) for i, s in enumerate(planted.schemes)],
        "decoys": [_decoy(i + 1, d, numbers) for i, d in enumerate(planted.decoys)],
    }
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
