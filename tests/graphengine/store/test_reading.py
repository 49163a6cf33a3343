from pathlib import Path

import pytest

from graphengine.errors import NotFoundError
from graphengine.finding import Fact, Step, Subject
from graphengine.identifiers import NodeId, RecordId
from graphengine.language import Text
from graphengine.store.reading import Selection, clue_subgraph, read_subgraph
from graphengine.subgraph import Subgraph, as_json
from graphengine.tables.graph import Graph
from tests.village import account, company, contract, person, willow

EVERYBODY = (
    person("chen"), person("hao"), person("wang"), company("firm"), contract("HT2023-01"),
    account("vc"), account("firm"), account("lin"), account("wang"),
)  # fmt: skip


@pytest.fixture
def graph(tmp_path: Path) -> Graph:
    return Graph(willow().write(tmp_path / "tables" / "v"))


def _read(
    graph: Graph, *, reveal: bool = False, singled: frozenset[RecordId] = frozenset()
) -> Subgraph:
    return read_subgraph(graph, Selection(EVERYBODY, singled=singled), reveal=reveal)


def test_nothing_protected_is_shown_unless_revealed(graph: Graph) -> None:
    said = str(as_json(_read(graph)))
    for secret in ("陈志远", "陈浩", "王伟", "139000", "1970", "361025196603120114", "6228480"):
        assert secret not in said
    revealed = str(as_json(_read(graph, reveal=True)))
    for secret in ("陈志远", "王伟", "13900001001", "1970-01-01", "6228480"):
        assert secret in revealed


def test_labels_are_masked(graph: Graph) -> None:
    labels = {n.id: n.label for n in _read(graph).nodes}
    assert labels[person("chen")] == "陈**"
    assert labels[company("firm")] == "志浩建筑有限公司"
    assert labels[contract("HT2023-01")] == "王*家门口道路硬化2"
    assert labels[account("vc")].startswith("****")
    assert len(labels[account("vc")]) == 8


def test_payments_between_two_accounts_are_one_edge(graph: Graph) -> None:
    paid = [e for e in _read(graph).edges if e.relation == "PAID"]
    assert {(e.source, e.target): (e.count, e.properties["amount"]) for e in paid} == {
        (account("vc"), account("firm")): (2, 22_320_000),
        (account("firm"), account("lin")): (2, 20_000_000),
        (account("vc"), account("wang")): (2, 104_000),
    }


def test_a_singled_payment_stays_an_edge_of_its_own(graph: Graph) -> None:
    all_records = [e.records for e in _read(graph).edges if e.relation == "PAID"]
    one = min(all_records)[0]
    paid = [e for e in _read(graph, singled=frozenset({one})).edges if e.relation == "PAID"]
    assert sorted(e.count for e in paid) == [1, 1, 2, 2]
    single = next(e for e in paid if e.records == (one,))
    assert single.properties["purpose"] == "付陈**工程款 ******"


def test_evidence_names_the_rows(graph: Graph) -> None:
    subgraph = _read(graph)
    owns = next(e for e in subgraph.edges if e.relation == "OWNS")
    (source,) = subgraph.evidence(owns.records)
    assert (source.register, source.file, source.row) == ("shareholders", "shareholders.csv", 2)


def test_a_clue_shows_its_path_and_what_joins_its_subjects(graph: Graph) -> None:
    subgraph = clue_subgraph(
        graph,
        [Subject(person("chen"), "official"), Subject(company("firm"), "supplier")],
        [Step(person("chen"), person("hao"), "KIN", Text("之子", "son"), facts=(0,))],
        [Fact(RecordId(1), Text("户籍", "household"))],
    )
    assert {n.id for n in subgraph.nodes} == {person("chen"), person("hao"), company("firm")}
    assert {e.relation for e in subgraph.edges} == {"KIN", "OWNS"}


def test_reading_twice_gives_the_same(graph: Graph) -> None:
    backwards = Selection(tuple(reversed(EVERYBODY)))
    assert read_subgraph(graph, backwards) == _read(graph)


def test_an_unknown_kind_is_not_found(graph: Graph) -> None:
    with pytest.raises(NotFoundError):
        read_subgraph(graph, Selection((NodeId("nonsense:1"),)))
    assert read_subgraph(graph, Selection((NodeId("person:1"),))).nodes == ()
