"""Parameters from the data itself: mentions that state a number teach those that do not.

A mention with a number is treated as if it had none and paired like any other; whom it means is
known, so the levels of true pairs are counted exactly (m), and so are those of other persons of the
same name (u). Priors count as a few pairs, so that kinds with few numbers are learned carefully and
kinds without any keep the priors. Nothing is drawn at random.
"""

from dataclasses import replace
from typing import Final

import duckdb
import numpy as np
import polars as pl

from ingest.resolve.comparison import Comparison
from ingest.resolve.evidence import COMPARISONS
from ingest.resolve.parameters import (
    KindParameters,
    LevelShares,
    Parameters,
    untrained,
    weight_of,
)
from ingest.resolve.parties import OWN_CASES
from ingest.resolve.posterior import Floats, log_loss, posteriors
from ingest.resolve.scoring import score, sides_of
from ingest.resolve.tables import row

_M_PRIOR: Final = 10.0
_U_PRIOR: Final = 40.0
_ON_FILE_PRIOR: Final = (9.0, 1.0)
_TEMPERS: Final = tuple(round(0.4 + 0.05 * step, 2) for step in range(13))


def train(connection: duckdb.DuckDBPyConnection) -> Parameters:
    """Learn the parameters of every kind of mention; needs both sides' tables."""
    counts = {
        table: row(connection, f"SELECT count(*) FROM {table}")[0]
        for table in ("who_party", "who_org")
    }
    kinds = {kind: _kind(connection, kind, counts[sides_of(kind).parties]) for kind in COMPARISONS}
    return Parameters(kinds)


def _kind(connection: duckdb.DuckDBPyConnection, kind: str, people: int) -> KindParameters:
    before = untrained(kind, people)
    taught, on_file, reached = _taught(connection, kind)
    if not taught:
        return before
    pairs = score(connection, kind, before, "NOT open")
    levels = {c.name: _shares(c, pairs) for c in COMPARISONS[kind]}
    known = KindParameters(people, taught, on_file, reached, 1.0, levels)
    temper = _temper(pairs, known)
    tempered = {
        name: {
            level: LevelShares(s.m, s.u, weight_of(s.m, s.u, 1.0 if name == "name" else temper))
            for level, s in shares.items()
        }
        for name, shares in levels.items()
    }
    return replace(known, temper=temper, levels=tempered)


def _taught(connection: duckdb.DuckDBPyConnection, kind: str) -> tuple[int, float, float]:
    """Return how many mentions teach, the share on file elsewhere, and that of those reached."""
    sides = sides_of(kind)
    count, known, reached = row(
        connection,
        f"""
SELECT count(*), count(p.id), count(k.mention) FROM {sides.left} l
JOIN who_mention m ON m.id = l.unique_id
LEFT JOIN {sides.parties} p ON p.number = m.number
  AND p.stated_in & ~(CASE m.kind {OWN_CASES} END) <> 0
LEFT JOIN {sides.pairs} k ON k.mention = m.id AND k.party = p.id
WHERE l.kind = '{kind}' AND m.number IS NOT NULL
""",
    )
    yes, no = _ON_FILE_PRIOR
    return (
        count,
        round((known + yes) / (count + yes + no), 6),
        round(reached / known, 6) if known else 1.0,
    )


def _shares(comparison: Comparison, pairs: pl.DataFrame) -> dict[str, LevelShares]:
    """Count the levels of true pairs, and of the others who bear the same name."""
    gamma = pairs[f"gamma_{comparison.name}"].to_numpy()
    told = pairs["told"].to_numpy()
    names = pairs["gamma_name"].to_numpy()
    namesake = ~told & (names == names.max(initial=0))
    spoken = (gamma >= 0) | comparison.one_sided
    true, others = int((told & spoken).sum()), int((namesake & spoken).sum())
    found: dict[str, LevelShares] = {}
    top = max(len(comparison.levels), 2) - 1
    for place, level in enumerate(comparison.levels):
        at = gamma == top - place
        m = (int((told & at).sum()) + _M_PRIOR * level.m) / (true + _M_PRIOR)
        u = level.u
        if comparison.name != "name":
            u = (int((namesake & at).sum()) + _U_PRIOR * level.u) / (others + _U_PRIOR)
        found[level.name] = LevelShares(round(m, 9), round(u, 9), weight_of(m, u, 1.0))
    return found


def _weights(pairs: pl.DataFrame, known: KindParameters) -> Floats:
    """Return the evidence beside the name, in bits, summed in the comparisons' order."""
    total = np.zeros(len(pairs))
    for name, shares in known.levels.items():
        if name == "name":
            continue
        bits = [s.weight for s in reversed(list(shares.values()))]
        if len(bits) == 1:
            bits = [0.0, *bits]
        table = np.array([*bits, 0.0])
        total += table[pairs[f"gamma_{name}"].to_numpy()]
    return total


def _temper(pairs: pl.DataFrame, known: KindParameters) -> float:
    """Return the discount under which what is told surprises least."""
    mention, told = pairs["mention"].to_numpy().astype(np.int64), pairs["told"].to_numpy()
    name, beside = pairs["weight_name"].to_numpy(), _weights(pairs, known)

    def loss(temper: float) -> float:
        chances = posteriors(mention, name + temper * beside, known)
        return round(log_loss(mention, told, chances), 9)

    return min(_TEMPERS, key=lambda temper: (loss(temper), -temper))
