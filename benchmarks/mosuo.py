"""Kinship on a real pedigree: 1,638 Mosuo, and every pair's coefficient of relationship (Wright).

The coefficient is summed over the ways between two persons that the kin algebra finds; the truth
is `oracle_relatedness_pairs.csv`, made by the tabular method.
"""

import csv
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import networkx as nx
import polars as pl

from benchmarks.check import Check
from graphengine.algo.kinship import (
    TIE_SCHEMA,
    Pedigree,
    Scope,
    kin_in_scope,
    relation_between,
)
from graphengine.algo.kinship.word import words

_UNKNOWN = "NA"
_CLOSE = 1 / 16
_CASE = "mosuo"
_BLOOD = Scope(frozenset(word for word in words() if "S" not in word))
Pair = frozenset[str]


def checks(folder: Path) -> Iterator[Check]:
    """Yield the checks of the pedigree in `folder`."""
    parents = {
        row["pid"]: [row[p] for p in ("f.pid", "m.pid") if row[p] != _UNKNOWN]
        for row in _rows(folder / "Mosuo_pop_reg.csv")
    }
    truth = {
        frozenset((row["a"], row["b"])): float(row["r"])
        for row in _rows(folder / "oracle_relatedness_pairs.csv")
    }
    ties = _ties(parents)
    found = _coefficients(ties, list(parents))
    wanted = {pair for pair, r in truth.items() if r >= _CLOSE}
    close = {pair for pair, r in found.items() if r >= _CLOSE}
    right = len(wanted & close)
    yield Check(
        _CASE,
        f"{len(wanted):,} pairs with r ≥ 1/16: precision, recall",
        "1.0, 1.0",
        f"{right / len(close)}, {right / len(wanted)}",
    )
    differing = sum(found.get(pair) != r for pair, r in truth.items())
    yield Check(_CASE, "pairs whose coefficient differs from the truth", "0", str(differing))
    unrelated = _same_family(parents) - truth.keys()
    called = unrelated & {
        frozenset(pair)
        for pair in kin_in_scope(ties, pl.Series(list(parents)))
        .filter(pl.col("line") == "blood")
        .select("source", "target")
        .iter_rows()
    }
    yield Check(_CASE, "affines of the same family", "4381", str(len(unrelated)))
    yield Check(_CASE, "of them called blood kin", "0", str(len(called | (unrelated & set(found)))))


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _ties(parents: dict[str, list[str]]) -> pl.DataFrame:
    """Return parents, and those who have a child together as spouses; a tie's record is its row."""
    born = [(p, child, "parent", "blood") for child, both in parents.items() for p in both]
    couples = sorted({tuple(sorted(both)) for both in parents.values() if len(both) > 1})
    married = [(a, b, "spouse", "affinity") for a, b in couples]
    rows = [(*tie, None, None, [row]) for row, tie in enumerate(born + married)]
    return pl.DataFrame(rows, schema=TIE_SCHEMA, orient="row")


def _coefficients(ties: pl.DataFrame, people: list[str]) -> dict[Pair, float]:
    pedigree = Pedigree.of(ties)
    kin = kin_in_scope(ties, pl.Series(people), _BLOOD)
    pairs = sorted({tuple(sorted(pair)) for pair in kin.select("source", "target").iter_rows()})
    return {
        frozenset((a, b)): sum(
            0.5**way.degree
            for way in relation_between(pedigree, a, b, _BLOOD)
            if way.line == "blood"
        )
        for a, b in pairs
    }


def _same_family(parents: dict[str, list[str]]) -> set[Pair]:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(parents)
    graph.add_edges_from((p, child) for child, both in parents.items() for p in both)
    families = nx.connected_components(graph)
    return {frozenset(pair) for family in families for pair in combinations(sorted(family), 2)}
