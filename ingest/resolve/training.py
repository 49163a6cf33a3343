"""Parameters from the data itself: mentions that state a number teach those that do not.

A mention with a number is treated as if it had none and paired like any other; whom it means is
known, so the levels of true pairs are counted exactly (m), and so are those of other persons of the
same name (u). Priors count as a few pairs, so that kinds with few numbers are learned carefully and
kinds without any keep the priors. Nothing is drawn at random.
"""

from typing import Final

import duckdb
import numpy as np
import polars as pl

from ingest.resolve.evidence import COMPARISONS, NAME, Comparison
from ingest.resolve.parameters import (
    KindParameters,
    LevelShares,
    Parameters,
    untrained,
    weight_of,
)
from ingest.resolve.posterior import log_loss, posteriors
from ingest.resolve.scoring import score

_M_PRIOR: Final = 10.0
_U_PRIOR: Final = 40.0
_ON_FILE_PRIOR: Final = (9.0, 1.0)
_TEMPERS: Final = tuple(round(0.4 + 0.05 * step, 2) for step in range(13))
_SAME_NAME: Final = len(NAME.levels) - 1


def train(connection: duckdb.DuckDBPyConnection) -> Parameters:
    """Learn the parameters of every kind of mention; needs the tables of `define_scoring`."""
    people = connection.execute("SELECT count(*) FROM who_party").fetchone()
    kinds = {kind: _kind(connection, kind, int(people[0]) if people else 0) for kind in COMPARISONS}
    return Parameters(int(people[0]) if people else 0, kinds)


def _kind(connection: duckdb.DuckDBPyConnection, kind: str, people: int) -> KindParameters:
    before = untrained(kind)
    pairs = score(connection, kind, before, "NOT open")
    taught, on_file, reached = _taught(connection, kind)
    if not taught:
        return before
    levels = {c.name: _shares(c, pairs) for c in COMPARISONS[kind]}
    temper = _temper(pairs, levels, on_file, people)
    tempered = {
        name: {
            level: LevelShares(s.m, s.u, weight_of(s.m, s.u, 1.0 if name == "name" else temper))
            for level, s in shares.items()
        }
        for name, shares in levels.items()
    }
    return KindParameters(taught, on_file, temper, tempered, reached)


def _taught(connection: duckdb.DuckDBPyConnection, kind: str) -> tuple[int, float, float]:
    """Return how many mentions teach, the share on file elsewhere, and that of those reached."""
    row = connection.execute(f"""
SELECT count(*), count(p.id), count(k.mention) FROM who_context m
LEFT JOIN (
  SELECT p.id, p.number, m.id AS mention FROM who_party p JOIN who_context m USING (number)
  WHERE p.stated_in & ~({_own(kind)}) <> 0
) p ON p.mention = m.id
LEFT JOIN who_pair k ON k.mention = m.id AND k.party = p.id
WHERE m.kind = '{kind}' AND m.number IS NOT NULL
""").fetchone()
    count, known, reached = (int(x) for x in row) if row else (0, 0, 0)
    yes, no = _ON_FILE_PRIOR
    return (
        count,
        round((known + yes) / (count + yes + no), 6),
        round(reached / known, 6) if known else 1.0,
    )


def _own(kind: str) -> int:
    from ingest.resolve.parties import OWN_BITS

    return OWN_BITS[kind]


def _shares(comparison: Comparison, pairs: pl.DataFrame) -> dict[str, LevelShares]:
    """Count the levels of true pairs, and of the others who bear the same name."""
    gamma = pairs[f"gamma_{comparison.name}"].to_numpy()
    told = pairs["told"].to_numpy()
    namesake = ~told & (pairs["gamma_name"].to_numpy() == _SAME_NAME)
    spoken = gamma >= 0 if len(comparison.levels) > 1 else np.ones(len(gamma), dtype=bool)
    true, others = int((told & spoken).sum()), int((namesake & spoken).sum())
    found: dict[str, LevelShares] = {}
    top = max(len(comparison.levels), 2) - 1
    for place, level in enumerate(comparison.levels):
        at = gamma == top - place
        m = (int((told & at).sum()) + _M_PRIOR * level.m) / (true + _M_PRIOR)
        u = level.u
        if comparison is not NAME:
            u = (int((namesake & at).sum()) + _U_PRIOR * level.u) / (others + _U_PRIOR)
        found[level.name] = LevelShares(round(m, 9), round(u, 9), weight_of(m, u, 1.0))
    return found


def _weights(pairs: pl.DataFrame, levels: dict[str, dict[str, LevelShares]]) -> np.ndarray:
    """Return the evidence beside the name, in bits, summed in the comparisons' order."""
    total = np.zeros(len(pairs))
    for name, shares in levels.items():
        if name == "name":
            continue
        bits = [s.weight for s in reversed(shares.values())]
        if len(bits) == 1:
            bits = [0.0, *bits]
        table = np.array([*bits, 0.0])
        total += table[pairs[f"gamma_{name}"].to_numpy()]
    return total


def _temper(
    pairs: pl.DataFrame, levels: dict[str, dict[str, LevelShares]], on_file: float, people: int
) -> float:
    """Return the discount under which what is told surprises least."""
    mention, told = pairs["mention"].to_numpy().astype(np.int64), pairs["told"].to_numpy()
    name, beside = pairs["weight_name"].to_numpy(), _weights(pairs, levels)
    losses = [
        (round(log_loss(mention, told, posteriors(mention, name + t * beside, on_file, people), 0), 9), -t)
        for t in _TEMPERS
    ]
    return -min(losses)[1]
