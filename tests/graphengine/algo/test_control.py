from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphengine.algo.control import control_relations
from graphengine.tables.schema import relation_schema

Period = tuple[date | None, date | None]
ALWAYS: Period = (None, None)
Stakes = Mapping[tuple[str, str], float | None]


def control(
    owns: Sequence[tuple[str, str, float | None, Period]] | Stakes,
    represents: list[tuple[str, str]] | None = None,
    directs: list[tuple[str, str, str]] | None = None,
    **bounds: float,
) -> pl.DataFrame:
    if isinstance(owns, Mapping):
        owns = [(a, b, share, ALWAYS) for (a, b), share in owns.items()]
    rows = [(a, b, share, *period, [i]) for i, (a, b, share, period) in enumerate(owns)]
    legal = [(a, b, None, None, [100 + i]) for i, (a, b) in enumerate(represents or [])]
    roles = [(a, b, r, None, None, [200 + i]) for i, (a, b, r) in enumerate(directs or [])]
    return control_relations(
        _frame("OWNS", rows),
        _frame("REPRESENTS", legal),
        _frame("DIRECTS", roles),
        **bounds,  # type: ignore[arg-type]
    )


def _frame(kind: str, rows: Sequence[tuple[object, ...]]) -> pl.DataFrame:
    schema = pl.DataFrame(relation_schema(kind).empty_table()).schema
    return pl.DataFrame(rows, schema, orient="row")


def strengths(found: pl.DataFrame, how: str = "ownership") -> dict[tuple[str, str], float]:
    rows = found.filter(pl.col("how") == how).select("source", "target", "strength").rows()
    return {(a, b): round(share, 8) for a, b, share in rows}


def test_columns_are_those_of_the_table() -> None:
    schema = relation_schema("CONTROLS")
    found = control({("p", "A"): 0.4})
    assert found.columns == schema.names
    assert found.to_arrow().cast(schema).schema == schema
    assert control({}).is_empty()


def test_shares_multiply_along_a_chain_and_add_over_chains() -> None:
    found = control({("p", "A"): 0.8, ("A", "C"): 0.5, ("p", "B"): 0.4, ("B", "C"): 0.5})
    assert strengths(found)["p", "C"] == 0.6
    row = found.filter(source="p", target="C", how="ownership").row(0, named=True)
    assert row["via"] == ["A"]
    assert row["layers"] == 2
    assert row["records"] == [0, 1, 2, 3]


def test_cross_holdings_are_summed_to_the_end() -> None:
    found = control({("p", "A"): 0.5, ("B", "A"): 0.5, ("A", "B"): 0.5, ("q", "B"): 0.5})
    assert strengths(found)["p", "A"] == round(2 / 3, 8)
    assert strengths(found)["p", "B"] == round(1 / 3, 8)
    assert strengths(found)["A", "B"] == 0.5


def test_a_loop_that_owns_itself_is_nobody_s() -> None:
    found = control({("A", "B"): 1.0, ("B", "A"): 1.0, ("p", "C"): 1.0, ("C", "D"): 0.5})
    assert strengths(found) == {
        ("A", "B"): 1.0, ("B", "A"): 1.0, ("C", "D"): 0.5, ("p", "C"): 1.0, ("p", "D"): 0.5,
    }  # fmt: skip


def test_shares_of_more_than_all_are_scaled() -> None:
    assert strengths(control({("p", "A"): 0.9, ("q", "A"): 0.6})) == {
        ("p", "A"): 0.6,
        ("q", "A"): 0.4,
    }


def test_an_unknown_share_adds_nothing() -> None:
    assert control({("p", "A"): None}).is_empty()


def test_weak_holdings_are_left_out_and_the_bound_is_inclusive() -> None:
    stakes = {("p", "A"): 0.05, ("q", "A"): 0.049}
    assert strengths(control(stakes)) == {("p", "A"): 0.05}
    assert len(control(stakes, least=0.01)) == 2


def test_layers_bound_the_search() -> None:
    chain = {("p", "A"): 1.0, ("A", "B"): 1.0, ("B", "C"): 1.0}
    assert ("p", "C") in strengths(control(chain, layers=3))
    assert ("p", "C") not in strengths(control(chain, layers=2))


def test_offices() -> None:
    found = control(
        {},
        [("p", "A")],
        [("q", "A", "manager"), ("r", "A", "director"), ("s", "A", "beneficial_owner"),
         ("t", "A", "supervisor")],
    )  # fmt: skip
    assert found.select("source", "how", "strength").rows() == [
        ("p", "legal_rep", 1.0),
        ("q", "manager", 1.0),
        ("r", "director", 0.5),
        ("s", "beneficial_owner", 1.0),
    ]


def test_who_represents_a_holding_votes_its_shares() -> None:
    found = control({("H", "C"): 0.3}, [("p", "H")])
    row = found.filter(how="holding").row(0, named=True)
    assert (row["source"], row["target"], row["strength"]) == ("p", "C", 0.3)
    assert (row["via"], row["layers"], row["records"]) == (["H"], 2, [0, 100])


def test_votes_of_controlled_companies_add_up() -> None:
    found = control({
        ("p", "H"): 0.6, ("H", "C"): 0.3, ("p", "C"): 0.25, ("C", "D"): 0.2, ("q", "H"): 0.4,
    })  # fmt: skip
    assert strengths(found)["p", "C"] == 0.43
    assert strengths(found, "holding") == {("p", "C"): 0.55, ("p", "D"): 0.2}
    assert found.filter(source="p", target="D", how="holding")["via"].to_list() == [["H", "C"]]


def test_a_minority_holding_gives_no_votes() -> None:
    assert strengths(control({("p", "H"): 0.5, ("H", "C"): 0.4}), "holding") == {}


def test_a_manager_of_a_holding_does_not_vote_its_shares() -> None:
    found = control({("H", "C"): 0.9}, directs=[("p", "H", "manager")])
    assert strengths(found, "holding") == {}


def test_validity_is_that_of_the_whole_chain() -> None:
    found = control([
        ("p", "H", 1.0, (date(2019, 1, 1), date(2021, 12, 31))),
        ("H", "C", 0.5, (date(2020, 6, 1), None)),
    ])  # fmt: skip
    row = found.filter(source="p", target="C", how="ownership").row(0, named=True)
    assert (row["valid_from"], row["valid_to"]) == (date(2020, 6, 1), date(2021, 12, 31))


def test_a_changed_share_opens_a_new_period() -> None:
    found = control([
        ("p", "A", 0.2, (None, None)),
        ("p", "A", 0.7, (date(2020, 1, 1), date(2020, 12, 31))),
    ])  # fmt: skip
    assert found.select("strength", "valid_from", "valid_to").rows() == [
        (0.2, None, date(2019, 12, 31)),
        (0.7, date(2020, 1, 1), date(2020, 12, 31)),
        (0.2, date(2021, 1, 1), None),
    ]


_NODES = ["p", "q", "A", "B", "C", "D"]
_EDGE = st.tuples(st.sampled_from(_NODES), st.sampled_from(_NODES[2:])).filter(
    lambda pair: pair[0] != pair[1]
)
_GRAPH = st.dictionaries(_EDGE, st.integers(1, 100).map(lambda n: n / 100), max_size=14)


def _long_sum(stakes: Mapping[tuple[str, str], float], holder: str) -> dict[str, float]:
    """Add up the products of all chains of up to a million stakes, none back to the holder."""
    place = {node: i for i, node in enumerate(_NODES)}
    shares = np.zeros((len(_NODES), len(_NODES)))
    for (owner, company), share in stakes.items():
        shares[place[owner], place[company]] = share
    shares /= np.maximum(shares.sum(axis=0), 1.0)
    shares[:, place[holder]] = 0.0
    total = shares[place[holder]]
    for _ in range(20):
        total = total + total @ shares
        shares = shares @ shares
    return dict(zip(_NODES, total.tolist(), strict=True))


@settings(max_examples=60, deadline=None)
@given(_GRAPH)
def test_integrated_shares_equal_the_long_sum(stakes: dict[tuple[str, str], float]) -> None:
    found = control(stakes, least=0.0).filter(pl.col("how") == "ownership")
    got = {(r["source"], r["target"]): r["strength"] for r in found.to_dicts()}
    for holder in _NODES:
        expected = _long_sum(stakes, holder)
        for company in _NODES:
            if company != holder:
                assert got.get((holder, company), 0.0) == pytest.approx(expected[company], abs=1e-6)


def _votes(stakes: Mapping[tuple[str, str], float], holder: str, company: str) -> float:
    """Return the votes in a company by what the holder controls without that company."""
    whole = {c: max(1.0, sum(s for (_, d), s in stakes.items() if d == c)) for c in _NODES}
    ours: set[str] = {holder}
    while True:
        votes = {
            c: sum(s / whole[c] for (o, d), s in stakes.items() if d == c and o in ours)
            for c in _NODES
        }
        more = {c for c, v in votes.items() if round(v, 9) > 0.5} - ours - {company}
        if not more:
            return votes[company]
        ours |= more


@settings(max_examples=60, deadline=None)
@given(_GRAPH)
def test_votes_equal_the_closure(stakes: dict[tuple[str, str], float]) -> None:
    found = control(stakes, least=0.0)
    best: dict[tuple[str, str], float] = {}
    for row in found.to_dicts():
        pair = (row["source"], row["target"])
        best[pair] = max(best.get(pair, 0.0), row["strength"])
    for holder in ("p", "q"):
        shares = _long_sum(stakes, holder)
        for company in _NODES[2:]:
            expected = max(shares[company], _votes(stakes, holder, company))
            assert best.get((holder, company), 0.0) == pytest.approx(expected, abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(_EDGE, st.integers(1, 9), st.integers(0, 20), st.integers(0, 20)), max_size=8
    ),
    st.integers(0, 20),
)
def test_every_day_equals_the_graph_of_that_day(
    stakes: list[tuple[tuple[str, str], int, int, int]], day: int
) -> None:
    first = date(2020, 1, 1)

    def on(offset: int) -> date:
        return first + timedelta(days=offset)

    once = {pair: (pair, share, a, b) for pair, share, a, b in stakes if a <= b}.values()
    dated = [(*pair, share / 10, (on(a), on(b))) for pair, share, a, b in once]
    still = {pair: share / 10 for pair, share, a, b in once if a <= day <= b}
    now = control(dated).filter(pl.col("valid_from") <= on(day), pl.col("valid_to") >= on(day))
    assert strengths(now) == strengths(control(still))
    assert strengths(now, "holding") == strengths(control(still), "holding")
