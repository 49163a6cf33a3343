"""py2neo's objects in memory: what goes out comes in again."""

import sys
from datetime import UTC, date, datetime
from typing import Any

import py2neo  # type: ignore[import-untyped] # it states no types
import pytest
from hypothesis import given, settings
from interchange.time import Date, DateTime  # type: ignore[import-untyped] # py2neo's own

from graphengine.errors import ExchangeError
from graphengine.exchange.about import About
from graphengine.exchange.py2neo import from_py2neo, to_py2neo
from graphengine.subgraph import Subgraph
from tests.graphengine.exchange.subgraphs import subgraphs, unordered


@settings(deadline=None)
@given(subgraph=subgraphs())
def test_in_undoes_out(subgraph: Subgraph) -> None:
    again = from_py2neo(to_py2neo(subgraph), About.of(subgraph))
    assert unordered(again) == unordered(subgraph)
    assert from_py2neo(to_py2neo(subgraph)) == from_py2neo(to_py2neo(subgraph))


def _payment(**said: Any) -> Any:  # noqa: ANN401 - py2neo states no types
    payer, payee = (py2neo.Node("Account", id=f"account:{digit}") for digit in "ab")
    return py2neo.Subgraph((payer, payee), (py2neo.Relationship(payer, "PAID", payee, **said),))


def test_its_own_dates_and_times_become_pythons() -> None:
    paid = _payment(
        paid_at=DateTime(2023, 5, 1, 23, 59, 59.9999999), valid_from=Date(2023, 5, 1), amount=5
    )
    (edge,) = from_py2neo(paid).edges
    assert edge.valid_from == date(2023, 5, 1)
    assert edge.properties == {
        "paid_at": datetime(2023, 5, 2),  # noqa: DTZ001 - local time, rounded to microseconds
        "amount": 5,
    }


def test_what_the_loader_of_a_store_adds_is_passed_over() -> None:
    paid = _payment(key=1, follows=True, first=date(1, 1, 1), last=date(2, 1, 1), records=[1])
    for node in paid.nodes:
        node.update(neighbours=3, scope="361025", records=[-1])
    subgraph = from_py2neo(paid)
    assert [(n.id, n.properties, n.evidence) for n in subgraph.nodes] == [
        ("account:a", {}, ()),
        ("account:b", {}, ()),
    ]
    assert subgraph.edges[0].properties == {}


@pytest.mark.parametrize(
    ("said", "column"),
    [
        ({"amount": "陈志远"}, "amount"),
        ({"evidence": ["陈志远"]}, "evidence"),
        ({"paid_at": DateTime(2023, 5, 1, tzinfo=UTC)}, "paid_at"),
    ],
)
def test_wrong_types_are_refused_without_their_values(said: dict[str, Any], column: str) -> None:
    with pytest.raises(ExchangeError, match=f"^edges, row 0, column {column}: ") as caught:
        from_py2neo(_payment(**said))
    assert "陈志远" not in caught.value.message.zh + caught.value.remedy.zh


@pytest.mark.parametrize("labels", [(), ("Villager",), ("Person", "Company")])
def test_a_node_has_one_kind(labels: tuple[str, ...]) -> None:
    with pytest.raises(ExchangeError, match="nodes, row 0, column kind: no value"):
        from_py2neo(py2neo.Node(*labels, id="person:a"))


def test_a_node_has_an_id() -> None:
    with pytest.raises(ExchangeError, match="nodes, row 0, column id: no value"):
        from_py2neo(py2neo.Node("Person", sex="M"))


def test_without_py2neo_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "py2neo", None)
    with pytest.raises(ExchangeError) as caught:
        to_py2neo(Subgraph((), ()))
    assert "pip install 'shunteng[py2neo]'" in caught.value.remedy.en
