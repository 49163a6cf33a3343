from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from graphengine.store.adjacency import Adjacency
from graphengine.store.content import (
    OPEN_FIRST,
    OPEN_LAST,
    Content,
    arrow_schema,
    node_schema,
    relation_schema,
)
from graphengine.tables.graph import Graph
from graphengine.vocabulary import NODES, RELATIONS
from tests.village import V1, Village, account, company, contract, person, willow

HIGH = 2**64 - 5
FEN = 700


def noon(day: int) -> datetime:
    return datetime(2024, 1, day, 12)  # noqa: DTZ001 - registers give local time without a zone


def with_odd_rows() -> Village:
    """Return a village with equal rows, parallel rows, a loop, and rows that end nowhere."""
    v = willow()
    wang, lin, firm = account("wang"), account("lin"), company("firm")
    for day, purpose in ((3, "还王伟借款"), (1, "还王伟借款"), (2, None), (2, None)):
        v.add(
            "PAID", [HIGH], source=wang, target=lin, number=f"Z{day}", paid_at=noon(day),
            amount=FEN, purpose=purpose, valid_from=date(2024, 1, day), valid_to=date(2024, 1, day),
        )  # fmt: skip
    v.add("OWNS", source=firm, target=firm, share=0.1, valid_from=date(2020, 1, 1))
    v.add("OWNS", source=firm, target=firm, share=0.2, valid_to=date(2021, 1, 1))
    v.add("OWNS", source=person("wang"), target="company:none", share=0.5)
    return v


@pytest.fixture
def graph(tmp_path: Path) -> Iterator[Graph]:
    with Graph(with_odd_rows().write(tmp_path / "tables" / "v")) as graph:
        yield graph


@pytest.fixture
def content(graph: Graph) -> Iterator[Content]:
    arrays = Adjacency.of(graph, graph.folder.parent.parent / "snapshot" / "v")
    with Content(graph, arrays) as content:
        yield content


@pytest.fixture
def revealed(graph: Graph) -> Iterator[Content]:
    arrays = Adjacency.of(graph, graph.folder.parent.parent / "snapshot" / "v")
    with Content(graph, arrays, reveal=True) as content:
        yield content


def _nodes(content: Content, kind: str) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in content.nodes(kind).read_all().to_pylist()}


def _relations(content: Content, kind: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = content.relations(kind).read_all().to_pylist()
    return rows


@pytest.mark.parametrize("kind", [*NODES, *RELATIONS])
def test_every_kind_comes_in_its_columns(content: Content, kind: str) -> None:
    columns = node_schema(kind) if kind in NODES else relation_schema(kind)
    table = (content.nodes if kind in NODES else content.relations)(kind).read_all()
    assert table.schema == arrow_schema(columns)
    assert len({c.name for c in columns}) == len(columns)


def test_protected_properties_are_held_only_where_revealed(
    content: Content, revealed: Content
) -> None:
    said = "".join(str(content.nodes(kind).read_all().to_pylist()) for kind in NODES)
    said += "".join(str(content.relations(kind).read_all().to_pylist()) for kind in RELATIONS)
    for secret in ("陈志远", "陈浩", "王伟", "139000", "1970", "6228480"):
        assert secret not in said
    assert _nodes(revealed, "Person")[person("wang")]["name"] == "王伟"
    assert {c.name for c in node_schema("Person", reveal=True)} >= {"name", "phone", "birth_date"}


def test_names_inside_text_are_masked_and_firms_are_not(
    content: Content, revealed: Content
) -> None:
    assert _nodes(content, "Contract")[contract("HT2023-01")]["title"] == "王*家门口道路硬化2"
    assert _nodes(revealed, "Contract")[contract("HT2023-01")]["title"] == "王伟家门口道路硬化2"
    assert _nodes(content, "Company")[company("firm")]["name"] == "恒拓建筑有限公司"
    purposes = {row["purpose"] for row in _relations(content, "PAID")}
    assert {"还王*借款", "付陈**工程款 ******", None} <= purposes


def test_ids_ascend_and_neighbours_are_counted(content: Content) -> None:
    ids = list(_nodes(content, "Account"))
    assert ids == sorted(ids)
    found = _nodes(content, "Account")
    assert found[account("lin")]["neighbours"] == 3
    assert _nodes(content, "Division")[f"division:{V1}"]["neighbours"] == 0


def test_scope_is_the_division_a_node_belongs_to(content: Content) -> None:
    assert _nodes(content, "Person")[person("wang")]["scope"] == V1
    assert _nodes(content, "Account")[account("wang")]["scope"] == V1
    assert _nodes(content, "Account")[account("vc")]["scope"] == V1
    assert _nodes(content, "Account")[account("firm")]["scope"] is None
    assert _nodes(content, "Company")[company("firm")]["scope"] is None
    assert _nodes(content, "Division")[f"division:{V1}"]["scope"] == V1


def test_record_ids_keep_their_bits(content: Content) -> None:
    (one, *_) = [row for row in _relations(content, "PAID") if row["number"] == "Z1"]
    assert one["records"] == [HIGH - 2**64]


def test_equal_rows_are_one_and_later_rows_follow(content: Content) -> None:
    rows = [r for r in _relations(content, "PAID") if r["source"] == account("wang")]
    assert len(rows) == 3
    (head,) = [r for r in rows if r["follows"] is None]
    assert (head["first"], head["last"]) == (date(2024, 1, 1), date(2024, 1, 3))
    assert [(r["follows"], r["first"], r["last"]) for r in rows if r is not head] == [
        (True, None, None)
    ] * 2
    assert len({r["key"] for r in rows}) == 3


def test_open_ends_of_a_tie_are_told_from_none(content: Content) -> None:
    loops = [r for r in _relations(content, "OWNS") if r["source"] == r["target"]]
    assert [(r["follows"], r["first"], r["last"]) for r in loops] == [
        (None, OPEN_FIRST, OPEN_LAST), (True, None, None),
    ]  # fmt: skip


def test_a_row_alone_says_nothing_of_a_tie(content: Content) -> None:
    (kin, *_) = _relations(content, "KIN")
    assert (kin["follows"], kin["first"], kin["last"]) == (None, None, None)


def test_a_relation_to_nowhere_is_not_held(content: Content) -> None:
    assert person("wang") not in {r["source"] for r in _relations(content, "OWNS")}


def test_keys_are_those_of_the_rows_and_hold_for_other_versions(
    content: Content, tmp_path: Path
) -> None:
    keys = content.keys("PAID").tolist()
    assert keys == sorted(r["key"] for r in _relations(content, "PAID"))
    more = with_odd_rows()
    more.add(
        "PAID", source=account("lin"), target=account("wang"), number="Z9",
        paid_at=noon(9), amount=1,
    )  # fmt: skip
    with Graph(more.write(tmp_path / "tables" / "w")) as later:
        arrays = Adjacency.of(later, tmp_path / "snapshot" / "w")
        with Content(later, arrays) as grown:
            assert len(set(grown.keys("PAID").tolist()) - set(keys)) == 1
            assert set(keys) <= set(grown.keys("PAID").tolist())


def test_two_streams_may_be_read_together(content: Content) -> None:
    people, firms = content.nodes("Person"), content.nodes("Company")
    assert len(people.read_all()) == 4
    assert len(firms.read_all()) == 1
