"""From what an engine finds to an answer: folded, ordered, cut, summed up, masked."""

import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from graphengine.answer import Answer
from graphengine.errors import NotFoundError, QuestionError, StoreError
from graphengine.identifiers import NodeId
from graphengine.store.arrays import Arrays
from graphengine.store.engine import Limits
from graphengine.tables.graph import Graph
from graphengine.workspace import Workspace
from queries.arguments import Said
from queries.asking import Asking
from tests.village import KEY, V1, Village, account, company, person, willow
from viz.wire import answer_json

ANY = Limits()
Opened = Callable[[Village], Asking]


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    (tmp_path / "key").write_text(KEY.hex(), "ascii")

    def asking(village: Village, version: str = "v", *, reveal: bool = False) -> Asking:
        graph = Graph(village.write(tmp_path / "tables" / version))
        engine = Arrays.of(graph, tmp_path / "snapshot" / version)
        return Asking(Workspace(tmp_path), graph, engine, reveal)

    return asking


@pytest.fixture
def willows(opened: Opened) -> Asking:
    return opened(willow())


def routes(answer: Answer) -> list[tuple[NodeId, ...]]:
    return [way.nodes for way in answer.ways]


def told(answer: Answer, number: int = 0) -> list[list[str]]:
    """Return the relations of each step of a way."""
    steps = answer.ways[number].steps
    return [[answer.subgraph.edges[i].relation for i in step] for step in steps]


def test_a_path_names_its_relations_and_rows(willows: Asking) -> None:
    found = willows.ask("shortest-ties", {"a": person("chen"), "b": company("firm")}, ANY)
    assert routes(found) == [(person("chen"), person("hao"), company("firm"))]
    assert found.subgraph.routes == tuple(routes(found))
    assert told(found) == [["KIN"], ["OWNS"]]
    assert all(e.evidence for e in found.subgraph.edges)
    assert not found.cut
    assert {n.id: n.hidden for n in found.subgraph.nodes}[person("chen")] == 3


def test_no_path_within_the_hops_shows_the_ends(willows: Asking) -> None:
    said: dict[str, Said] = {"a": person("chen"), "b": company("firm"), "max_hops": 1}
    found = willows.ask("shortest-ties", said, ANY)
    assert found.ways == ()
    assert {n.id for n in found.subgraph.nodes} == {person("chen"), company("firm")}
    assert found.subgraph.edges == ()


@pytest.mark.parametrize("name", ["shortest-ties", "ties"])
def test_a_path_to_itself(willows: Asking, name: str) -> None:
    found = willows.ask(name, {"a": person("chen"), "b": person("chen")}, ANY)
    assert routes(found) == [(person("chen"),)]


def test_unknown_nodes_and_questions_are_not_found(willows: Asking) -> None:
    with pytest.raises(NotFoundError):
        willows.ask("shortest-ties", {"a": person("chen"), "b": "person:00"}, ANY)
    with pytest.raises(NotFoundError):
        willows.ask("fortune", {}, ANY)


def test_a_network_says_what_was_cut(willows: Asking) -> None:
    whole = willows.ask("network", {"node": person("chen")}, ANY)
    assert {n.id for n in whole.subgraph.nodes} == {
        person("chen"), person("hao"), person("lin"), account("chen"), "post:" + "a" * 20,
    }  # fmt: skip
    assert whole.near == {n.id: int(n.id != person("chen")) for n in whole.subgraph.nodes}
    assert not whole.cut
    assert {n.id: n.hidden for n in whole.subgraph.nodes}[person("hao")] == 2
    cut = willows.ask("network", {"node": person("chen")}, ANY, 3)
    assert cut.cut
    assert sum(cut.cut.nodes.values()) == 2
    assert cut.subgraph.omitted == cut.cut.nodes
    assert len(cut.subgraph.nodes) == 3
    assert person("chen") in cut.near


def test_the_strongest_tie_comes_first(opened: Opened) -> None:
    village = willow()
    for name, share in (("wang", 0.9), ("lin", 0.1)):
        village.add("OWNS", source=person(name), target=company("firm"), share=share)
    found = opened(village).ask("owners", {"firm": company("firm")}, ANY)
    assert [nodes[0] for nodes in routes(found)] == [person("wang"), person("hao"), person("lin")]
    assert [way.strength for way in found.ways] == [0.9, 0.6, 0.1]


def test_a_longer_way_is_weaker_than_its_parts(willows: Asking) -> None:
    found = willows.ask("ties", {"a": person("chen"), "b": company("firm"), "max_hops": 5}, ANY)
    strengths = [way.strength for way in found.ways]
    assert strengths == sorted(strengths, reverse=True)
    assert len(strengths) > 1
    assert strengths[0] == pytest.approx(0.95 * 0.6)


def test_money_in_the_order_of_time_without_its_beginnings(willows: Asking) -> None:
    said: dict[str, Said] = {"payer": "柳湾村村民委员会", "max_hops": 2}
    found = willows.ask("money-forward", said, ANY)
    vc, firm, lin, wang = (account(n) for n in ("vc", "firm", "lin", "wang"))
    assert routes(found) == [(vc, firm, lin), (vc, wang), (vc, firm, lin), (vc, wang)]
    assert [way.since for way in found.ways] == [
        date(2023, 5, 2), date(2023, 5, 3), date(2023, 6, 2), date(2023, 6, 3)
    ]  # fmt: skip
    assert [e.count for e in found.subgraph.edges] == [1] * 6
    assert {found.holders[a].label for a in (vc, lin)} == {"柳湾村村民委员会", "林**"}
    one = found.ways[2].steps
    days = [found.subgraph.edges[i].valid_from for step in one for i in step]
    assert days == [date(2023, 6, 1), date(2023, 6, 2)]


def test_backward_is_the_same_money(willows: Asking) -> None:
    found = willows.ask("money-backward", {"payee": "林秀珍", "max_hops": 2}, ANY)
    assert set(routes(found)) == {(account("lin"), account("firm"), account("vc"))}


def test_rows_between_the_same_nodes_are_one_way(willows: Asking) -> None:
    found = willows.ask("money-between", {"a": account("vc"), "b": account("firm")}, ANY)
    assert routes(found) == [(account("vc"), account("firm"))]
    (edge,) = found.subgraph.edges
    assert (edge.count, edge.properties["amount"]) == (2, 2 * 11_160_000)
    assert (edge.valid_from, edge.valid_to) == (date(2023, 5, 1), date(2023, 6, 1))


def test_only_what_matches_is_shown(opened: Opened) -> None:
    village = willow()
    village.add(
        "KIN", source=person("chen"), target=person("hao"), relation="DmSf", degree=5,
        in_scope=False, basis="stated", via=[],
    )  # fmt: skip
    village.add("SHARES", source=person("chen"), target=person("hao"), attribute="phone")
    found = opened(village).ask("kin-in-scope", {"person": person("chen")}, ANY)
    assert {e.relation for e in found.subgraph.edges} == {"KIN"}
    assert all(e.properties["in_scope"] for e in found.subgraph.edges)
    assert len(found.subgraph.edges) == 2


def test_what_is_not_shown_is_counted(willows: Asking) -> None:
    said = {"node": person("chen"), "from_day": "2010-01-01", "to_day": "2024-01-01"}
    whole = willows.ask("money-forward", {"payer": "柳湾村村民委员会"}, ANY, 100)
    cut = willows.ask("money-forward", {"payer": "柳湾村村民委员会"}, ANY, 3)
    assert routes(cut) == routes(whole)[:3]
    assert cut.cut.ways == len(whole.ways) - 3
    assert cut.subgraph.omitted == {"ways": cut.cut.ways}
    assert whole.cut.ways == 0
    assert willows.ask("changes", said, ANY).ways


def test_the_bound_of_an_engine_is_told(willows: Asking) -> None:
    found = willows.ask("money-forward", {"payer": "柳湾村村民委员会"}, Limits(most=2))
    assert found.cut.bound == 2
    assert found.subgraph.truncated


def test_a_hub_is_summed_up(willows: Asking) -> None:
    found = willows.ask("network", {"node": account("vc")}, Limits(hub=2))
    (summary,) = [s for s in found.summaries if s.node == account("vc")]
    assert summary.neighbours == 3
    tallies = {(t.relation, t.way): t for t in summary.tallies}
    paid = tallies["PAID", "out"]
    assert (paid.count, paid.amount) == (4, 2 * (11_160_000 + 52_000))
    assert (paid.first, paid.last) == (date(2023, 5, 1), date(2023, 6, 3))
    assert tallies["HAS_ACCOUNT", "in"].count == 1
    may = willows.ask("network", {"node": account("vc")}, Limits(hub=2, until=date(2023, 5, 31)))
    (summary,) = [s for s in may.summaries if s.node == account("vc")]
    told_again = {(t.relation, t.way): t for t in summary.tallies}
    assert told_again["PAID", "out"].count == 2
    assert willows.ask("network", {"node": account("vc")}, ANY).summaries == ()


def test_a_tie_over_a_gap_shows_its_rows(opened: Opened) -> None:
    village = willow()
    for begin, end in ((date(2010, 1, 1), date(2011, 1, 1)), (date(2015, 1, 1), None)):
        village.add(
            "EMPLOYED_BY", source=person("wang"), target=company("firm"), valid_from=begin,
            valid_to=end,
        )  # fmt: skip
    between = Limits(since=date(2012, 1, 1), until=date(2013, 1, 1))
    asking = opened(village)
    said: dict[str, Said] = {"a": person("wang"), "b": company("firm"), "max_hops": 1}
    found = asking.ask("shortest-ties", said, between)
    assert told(found) == [["EMPLOYED_BY", "EMPLOYED_BY"]]
    later = Limits(since=date(2020, 1, 1))
    assert told(asking.ask("shortest-ties", said, later)) == [["EMPLOYED_BY"]]


def test_joints_are_where_two_groups_can_be_cut(opened: Opened) -> None:
    village = willow()
    village.add("OWNS", source=person("gu"), target=company("firm"), share=0.4)
    for name in ("gu", "xu", "zhao"):
        village.add("Person", id=person(name), name=f"{name}某", division=V1)
    for name in ("xu", "zhao"):
        village.add(
            "KIN", source=person("gu"), target=person(name), relation="UD", degree=2,
            in_scope=True, via=[],
        )  # fmt: skip
    asking = opened(village)
    said: dict[str, Said] = {
        "a": [person("chen"), person("lin")],
        "b": [person("xu"), person("zhao")],
    }
    found = asking.ask("joints", {**said, "max_hops": 5}, ANY)
    assert found.joints is not None
    gate = (company("firm"), person("gu"))
    assert found.joints.nodes == gate
    assert found.joints.ties == (gate,)
    near = asking.ask("joints", {**said, "max_hops": 3}, ANY)
    assert near.ways == ()
    assert near.joints is not None
    assert near.joints.nodes == ()
    with pytest.raises(QuestionError):
        asking.ask("joints", {"a": [person("chen")], "b": [person("chen"), person("xu")]}, ANY)


def test_an_engine_of_another_version_is_refused(opened: Opened, tmp_path: Path) -> None:
    old = opened(willow())
    village = willow()
    village.add("Person", id="person:" + "9" * 20, name="赵六", division=V1)
    newer = Graph(village.write(tmp_path / "tables" / "w"))
    asking = Asking(old.workspace, newer, old.engine)
    with pytest.raises(StoreError) as caught:
        asking.ask("kin-in-scope", {"person": person("chen")}, ANY)
    assert "shunteng store load" in caught.value.remedy.en


def test_nothing_names_anybody_unless_revealed(opened: Opened) -> None:
    village = willow()
    asking = opened(village)
    said: dict[str, Said] = {"payer": "柳湾村村民委员会"}
    masked = json.dumps(answer_json(asking.ask("money-forward", said, ANY)), ensure_ascii=False)
    for secret in ("陈志远", "陈浩", "林秀珍", "王伟", "62284800"):
        assert secret not in masked
    shown = Asking(asking.workspace, asking.graph, asking.engine, reveal=True)
    revealed = answer_json(shown.ask("money-forward", said, ANY))
    assert "林秀珍" in json.dumps(revealed, ensure_ascii=False)
    assert revealed["revealed"] is True


def test_the_same_question_has_the_same_answer(willows: Asking) -> None:
    said: dict[str, Said] = {"people": ["陈志远", "陈浩", "林秀珍"], "max_hops": 3}
    first = json.dumps(answer_json(willows.ask("common-ties", said, ANY)))
    backward = {**said, "people": ["林秀珍", "陈浩", "陈志远"]}
    again = json.loads(json.dumps(answer_json(willows.ask("common-ties", backward, ANY))))
    assert {**json.loads(first), "arguments": 0} == {**again, "arguments": 0}
    assert first == json.dumps(answer_json(willows.ask("common-ties", said, ANY)))


def test_a_moment_decides_within_a_day(opened: Opened) -> None:
    village = willow()
    for number, hour in (("late", 17), ("early", 8)):
        at = datetime(2024, 1, 5, hour, 0)  # noqa: DTZ001 - registers state local time
        village.add(
            "PAID", source=account("wang"), target=account("hao" if hour == 17 else "lin"),
            number=number, paid_at=at, amount=100, valid_from=at.date(), valid_to=at.date(),
        )  # fmt: skip
    found = opened(village).ask("money-forward", {"payer": account("wang")}, ANY)
    assert [nodes[-1] for nodes in routes(found)] == [account("lin"), account("hao")]
