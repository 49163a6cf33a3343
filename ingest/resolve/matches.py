"""What a resolution says: matches with their chances, reasons in words, cuts, parameters."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

import polars as pl

from graphengine.language import Text
from ingest.resolve.clusters import Split
from ingest.resolve.evidence import COMPARISONS
from ingest.resolve.parameters import Parameters

Decision = Literal["same", "decide", "different"]

MATCH_COLUMNS: Final[dict[str, pl.DataType]] = {
    "key": pl.String(), "kind": pl.String(), "sort": pl.String(), "anchor": pl.String(),
    "records": pl.List(pl.UInt64()), "fen": pl.Int64(), "node": pl.String(), "number": pl.String(),
    "probability": pl.Float64(), "decision": pl.String(), "origin": pl.String(),
    "cluster": pl.String(),
}  # fmt: skip
"""One row per mention without a number, sorted by key. `node` and `number` are the likeliest
party's (null where there is no candidate), `number` is protected; `origin` is model, judgement or
chain; `cluster` is the smallest id of those who became one; `fen` is the money it is about."""

CANDIDATE_COLUMNS: Final[dict[str, pl.DataType]] = {
    "key": pl.String(), "node": pl.String(), "number": pl.String(), "probability": pl.Float64(),
    "before": pl.Float64(), "levels": pl.List(pl.String()), "bits": pl.List(pl.Float64()),
    "bearers": pl.Int64(),
}  # fmt: skip
"""The candidates of every mention, sorted by key and falling probability: what spoke for and
against each (`comparison.level`) in bits, beginning from `before` any evidence."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of the way to a probability: what was found, and its weight in bits."""

    said: Text
    bits: float


@dataclass(frozen=True, slots=True)
class Resolution:
    """The outcome: frames of `MATCH_COLUMNS` and `CANDIDATE_COLUMNS`, the cuts, the parameters."""

    matches: pl.DataFrame
    candidates: pl.DataFrame
    splits: tuple[Split, ...]
    parameters: Parameters

    def decided(self, decision: Decision) -> pl.DataFrame:
        """Return the matches with one decision, those about the most money first."""
        rows = self.matches.filter(pl.col("decision") == decision)
        return rows.sort("fen", "probability", "key", descending=[True, True, False])

    def waterfall(self, key: str, node: str) -> tuple[Reason, ...]:
        """Return why a mention means a party with its probability, in bits from the start on.

        The bits add up to the log2 of the odds, unless those are beyond a million to one.
        """
        row = self.candidates.filter((pl.col("key") == key) & (pl.col("node") == node)).to_dicts()
        return tuple(_steps(row[0])) if row else ()


_SURELY: Final = 1e-6

_WORDS: Final = {
    f"{comparison.name}.{level.name}": level.said
    for comparisons in COMPARISONS.values()
    for comparison in comparisons
    if comparison.name != "name"
    for level in comparison.levels
} | {
    f"{kind}:name.{level.name}": level.said
    for kind, comparisons in COMPARISONS.items()
    for level in comparisons[0].levels
}


def _steps(row: dict[str, object]) -> Iterator[Reason]:
    """Yield the steps of one candidate."""
    before, total = float(str(row["before"])), 0.0
    yield Reason(Text("比较之前（任何在册者）", "before any comparison (anybody on file)"), before)
    total += before
    levels: list[str] = row["levels"]  # type: ignore[assignment]
    bits: list[float] = row["bits"]  # type: ignore[assignment]
    for level, weight in zip(levels, bits, strict=True):
        yield Reason(_WORDS[level].filled(n=row["bearers"]), weight)
        total += weight
    chance = float(str(row["probability"]))
    if _SURELY < chance < 1 - _SURELY:
        rest = min(math.log2(chance / (1 - chance)) - total, 0.0)
        yield Reason(Text("还有其他人选", "there are other candidates"), rest)
