from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest

from graphengine.errors import StoreError
from graphengine.identifiers import NodeId
from graphengine.language import Text
from graphengine.store.arrays import Arrays
from graphengine.store.engine import Limits, Way
from graphengine.store.pattern_text import read_patterns
from graphengine.store.question import Argument, Method, Question
from graphengine.tables.graph import Graph
from tests.village import V1, account, company, contract, person, willow

POST, BODY, PLACE = (NodeId(n) for n in ("post:" + "a" * 20, "body:" + "b" * 20, f"division:{V1}"))

ALWAYS = Limits()


@pytest.fixture
def engine(tmp_path: Path) -> Arrays:
    with Graph(willow().write(tmp_path / "tables" / "v")) as graph:
        return Arrays.of(graph, tmp_path / "snapshot" / "v")


def _asked(
    engine: Arrays, text: str, said: Mapping[str, Argument], limits: Limits, method: Method
) -> tuple[Way, ...]:
    words = Text("问", "question")
    patterns = read_patterns(f"MATCH p = {text} RETURN p")
    question = Question("asked", words, words, method, "length", "", (), patterns, text)
    return engine.ask(question, said, limits).ways


def _nodes(
    engine: Arrays,
    text: str,
    *,
    limits: Limits = ALWAYS,
    method: Method = "patterns",
    **said: Argument,
) -> set[tuple[NodeId, ...]]:
    return {way.nodes for way in _asked(engine, text, said, limits, method)}


def test_the_engine_says_which_version_it_holds(engine: Arrays, tmp_path: Path) -> None:
    assert engine.version() == "v"
    (tmp_path / "snapshot" / "v" / "fingerprint").unlink()
    with pytest.raises(StoreError, match="gone"):
        engine.version()


def test_a_place_is_walked_where_it_is_asked_for(engine: Arrays) -> None:
    text = "(d:Division)<-[l:AT]-(q:Post)<-[h:HOLDS]-(o:Person) WHERE d.id = $place"
    assert _nodes(engine, text, place=PLACE) == {(PLACE, POST, person("chen"))}


def test_values_of_relations_are_those_of_the_register(engine: Arrays) -> None:
    text = (
        "(a:Person)-[k:KIN]->(b:Person)-[o:OWNS]->(f:Company)<-[w:AWARDED]-(c:Contract) "
        "WHERE a.id = $a AND k.in_scope = true AND o.share >= $share AND w.amount > 20000000"
    )
    way = (person("chen"), person("hao"), company("firm"), contract("HT2023-03"))
    assert _nodes(engine, text, a=person("chen"), share=0) == {way}
    assert not _nodes(engine, text, a=person("chen"), share=1)


def test_every_payment_between_two_accounts_is_a_way(engine: Arrays) -> None:
    text = "(a:Account)-[r:PAID]-(b:Account) WHERE a.id IN $a AND b.id IN $b"
    said = {"a": (account("vc"),), "b": (account("firm"), account("lin"))}
    ways = _asked(engine, text, said, ALWAYS, "patterns")
    assert [way.nodes for way in ways] == [(account("vc"), account("firm"))] * 2
    assert len({way.edges for way in ways}) == 2
    may = Limits(since=date(2023, 5, 1), until=date(2023, 5, 31))
    assert len(_asked(engine, text, said, may, "patterns")) == 1


def test_money_is_followed_in_time(engine: Arrays) -> None:
    text = (
        "(a:Account)-[r:PAID*1..3]->(b:Account) WHERE a.id IN $a AND "
        "all(i IN range(1, size(r) - 1) WHERE r[i - 1].paid_at < r[i].paid_at) "
        "AND r[size(r) - 1].paid_at <= r[0].paid_at + $within"
    )
    said: Mapping[str, Argument] = {"a": (account("vc"),), "within": timedelta(days=2)}
    ways = _asked(engine, text, said, ALWAYS, "trails")
    onward = (account("vc"), account("firm"), account("lin"))
    assert [way.nodes for way in ways].count(onward) == 2
    assert len(ways) == 2 + 2 + 2


def test_nobody_outside_a_division_is_seen(engine: Arrays) -> None:
    text = "(a)-[r:KIN|OWNS|HAS_ACCOUNT*1..3]-(b) WHERE a.id = $a AND b.id = $b"
    said = {"a": person("lin"), "b": company("firm")}
    here, elsewhere = Limits(division=V1[:6]), Limits(division="110101")
    assert _nodes(engine, text, limits=here, method="ties", **said) == {
        (person("lin"), person("chen"), person("hao"), company("firm"))
    }
    assert not _nodes(engine, text, limits=elsewhere, method="ties", **said)
