from pathlib import Path

import pytest

from graphengine.clue import Clue
from graphengine.errors import NotFoundError
from graphengine.finding import Fact, Finding, Step, Subject
from graphengine.identifiers import NodeId, RecordId
from graphengine.language import Text
from graphengine.subgraph import Selection, Subgraph, of_clue, read_subgraph
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
    said = str(_read(graph))
    for secret in ("陈志远", "陈浩", "王伟", "139000", "1970", "11010519491231002X", "6228480"):
        assert secret not in said
    revealed = str(_read(graph, reveal=True))
    for secret in ("陈志远", "王伟", "13900001001", "datetime.date(1970, 1, 1)", "6228480"):
        assert secret in revealed


def test_labels_are_masked(graph: Graph) -> None:
    labels = {n.id: n.label for n in _read(graph).nodes}
    assert labels[person("chen")] == "陈**"
    assert labels[company("firm")] == "恒拓建筑有限公司"
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
    one = min(e.evidence[0].record for e in _read(graph).edges if e.relation == "PAID")
    paid = [e for e in _read(graph, singled=frozenset({one})).edges if e.relation == "PAID"]
    assert sorted(e.count for e in paid) == [1, 1, 2, 2]
    single = next(e for e in paid if e.evidence[0].record == one)
    assert single.properties["purpose"] == "付陈**工程款 ******"


def test_evidence_names_the_rows(graph: Graph) -> None:
    owns = next(e for e in _read(graph).edges if e.relation == "OWNS")
    (source,) = owns.evidence
    assert (source.register, source.file, source.row) == ("shareholders", "shareholders.csv", 2)


def test_a_clue_shows_its_path_and_what_joins_its_subjects(graph: Graph) -> None:
    finding = Finding(
        rule="kin-contract",
        division="361025101201",
        key=("k",),
        title=Text("题", "title"),
        summary=Text("句", "sentence"),
        subjects=(Subject(person("chen"), "official"), Subject(company("firm"), "supplier")),
        facts=(Fact(RecordId(1), Text("户籍", "household")),),
        path=(Step(person("chen"), person("hao"), "KIN", Text("之子", "son"), facts=(0,)),),
    )
    subgraph = of_clue(Clue("kin-contract-1", "1", 1, "suspicion", 1, 0.9, finding), graph)
    assert {n.id for n in subgraph.nodes} == {person("chen"), person("hao"), company("firm")}
    assert {e.relation for e in subgraph.edges} == {"KIN", "OWNS"}


def test_reading_twice_gives_the_same(graph: Graph) -> None:
    backwards = Selection(tuple(reversed(EVERYBODY)))
    assert read_subgraph(graph, backwards) == _read(graph)


def test_an_unknown_kind_is_not_found(graph: Graph) -> None:
    with pytest.raises(NotFoundError):
        read_subgraph(graph, Selection((NodeId("nonsense:1"),)))
    assert read_subgraph(graph, Selection((NodeId("person:1"),))).nodes == ()
