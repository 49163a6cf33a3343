"""What no probability overrides, neither in a pair nor through a chain."""

from pathlib import Path

import duckdb
import polars as pl
import pytest

from graphengine.identifiers import node_id
from graphengine.judgements import Judgements
from graphengine.specimen import resident_id
from ingest.resolve.clusters import Tie
from ingest.resolve.deciding import decide
from ingest.resolve.resolve import resolve
from ingest.resolve.vetoes import male
from tests.ingest.resolve.records import told
from tests.road import KEY

_MEN = "父亲 儿子 长子 兄弟 哥哥 姐夫 妹夫 姑父 姨父 女婿 侄女婿 侄子 外甥 岳父 丈夫 妻弟"
_WOMEN = "母亲 女儿 次女 姐妹 姐姐 嫂 弟媳 儿媳 姑妈 舅妈 伯母 侄女 外甥女 岳母 妻子 妻妹 姨"
_EITHER = "配偶 岳父母 亲属 孙辈"


@pytest.mark.parametrize(
    ("relation", "sex"),
    [
        *((word, "M") for word in _MEN.split()),
        *((word, "F") for word in _WOMEN.split()),
        *((word, None) for word in _EITHER.split()),
    ],
)
def test_a_relation_states_a_sex(relation: str, sex: str | None) -> None:
    found = duckdb.connect().execute(f"SELECT {male('$1')}", [relation]).fetchall()
    assert found == [({"M": True, "F": False}.get(sex or ""),)]


_HOME = {
    "households": """
        household_id,person_id,name,relation_to_head,division_code,father_id,phone
        H1,@chen/M1970,陈志远,02,V1,,13900000001
        H1,@hao/M1995,陈浩,20,V1,@chen,13800000002
        H2,@mei/F1990,陈浩,02,V2,,13800000003
        H3,@old/M1965,陈浩,02,V3,,13800000004
    """,
    "relatives": """
        person_id,relation,relative_id,relative_name,relative_phone
        @chen,儿子,,陈浩,
        @chen,女儿,,陈浩,13800000002
    """,
}


def test_a_son_is_male_and_younger(tmp_path: Path) -> None:
    found = resolve(told(tmp_path, _HOME))
    key = found.matches.filter(pl.col("anchor").str.ends_with("儿子"))["key"][0]
    nodes = set(found.candidates.filter(pl.col("key") == key)["number"])
    assert nodes == {resident_id("hao", "M", 1995)}


def test_no_chain_makes_a_daughter_of_a_man(tmp_path: Path) -> None:
    connection = told(tmp_path, _HOME)
    found = resolve(connection)
    keys = {r["anchor"].split("|")[1]: r["key"] for r in found.matches.to_dicts()}
    hao = node_id("person", resident_id("hao", "M", 1995), bytes.fromhex(KEY))
    one, other = sorted(keys.values())
    made = decide(
        connection, found.candidates, [Tie(one, other, 0.99)], found.parameters, Judgements({})
    )
    row = made.matches.filter(pl.col("key") == keys["女儿"]).row(0, named=True)
    assert row["node"] != hao
    assert [split.cause for split in made.splits] == ["veto"]
