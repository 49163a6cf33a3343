"""The model's parameters as plain values: trained on the data, kept with the version."""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from ingest.resolve.evidence import COMPARISONS

DIGITS = 9


@dataclass(frozen=True, slots=True)
class LevelShares:
    """How often a level occurs among true pairs (m) and among others (u), and its weight in bits.

    The weight is log2(m / u) times the kind's temper, which discounts evidence that repeats
    itself (a neighbour, a relative and the village are not independent witnesses).
    """

    m: float
    u: float
    weight: float


@dataclass(frozen=True, slots=True)
class KindParameters:
    """The model of one kind of mention."""

    people: int
    """Parties on file whom a mention may mean."""

    taught: int
    """Mentions with a number that taught the model."""

    on_file: float
    """The chance that a mention of the kind means somebody with a number."""

    blocking_recall: float
    """Share of the taught mentions whose party is among the candidates."""

    temper: float
    levels: Mapping[str, Mapping[str, LevelShares]]


@dataclass(frozen=True, slots=True)
class Parameters:
    """Everything that a resolution depends on besides records and judgements."""

    kinds: Mapping[str, KindParameters]
    same: float = 0.95
    decide: float = 0.2

    def as_json(self) -> dict[str, Any]:
        """Return plain values for the version's meta data."""
        return asdict(self)


def read_parameters(stated: Mapping[str, Any]) -> Parameters:
    """Return parameters from the plain values that `as_json` gave."""
    kinds = {
        kind: KindParameters(
            **{
                **said,
                "levels": {
                    name: {level: LevelShares(**shares) for level, shares in levels.items()}
                    for name, levels in said["levels"].items()
                },
            }
        )
        for kind, said in stated["kinds"].items()
    }
    return Parameters(**{**stated, "kinds": kinds})


def weight_of(m: float, u: float, temper: float) -> float:
    """Return the evidence of a level in bits, rounded so that it is the same everywhere."""
    return round(temper * math.log2(m / u), DIGITS)


def untrained(kind: str, people: int) -> KindParameters:
    """Return the priors of a kind, before any mention has taught it."""
    levels = {
        c.name: {x.name: LevelShares(x.m, x.u, weight_of(x.m, x.u, 1.0)) for x in c.levels}
        for c in COMPARISONS[kind]
    }
    return KindParameters(people, 0, 0.9, 1.0, 1.0, levels)
