"""Who is who in tiny villages: numbers first, then weights, then what a person has judged."""

from pathlib import Path

import polars as pl
import pytest

from graphengine.identifiers import node_id
from graphengine.judgements import Judgement, Judgements, Verdict, ordered, state_of
from graphengine.specimen import company_code, resident_id
from ingest.resolve.matches import Resolution
from ingest.resolve.resolve import resolve
from tests.ingest.resolve.records import told
from tests.road import KEY

VILLAGE = {
    "officials": """
        person_id,name,post,unit,division_code,start_date,end_date,phone
        @chen,陈志远,村党支部书记,柳湾村,V1,2018-03-01,,13900000001
        @former,陈国良,村党支部书记,柳湾村,V1,2012-03-01,2018-02-28,
    """,
    "households": """
        household_id,person_id,name,relation_to_head,division_code,spouse_id,father_id,phone,status,status_date
        H1,@chen,陈志远,02,V1,@lin/F1968,,13900000001,active,
        H1,@lin,林秀珍,12,V1,@chen,,,active,
        H1,@hao/M1991,陈浩,20,V1,,@chen,13800000002,active,
        H2,@former,陈国良,02,V1,,,,active,
        H3,@wang/M1960,王伟,02,V1,,,13700000001,active,
        H3,@wangson/M2015,王磊,20,V1,,@wang,,active,
        H4,@wang2/M1975,王伟,02,V2,,,13700000002,active,
        H5,@wang3/M1980,王磊,02,V2,,,,active,
        H6,@dead/M1930,周福生,02,V1,,,13600000009,deceased,2010-05-06
        H7,@zhou/M1978,周明,02,V2,,,13600000001,active,
    """,
    "contractors": """
        company_id,name,legal_rep_name,legal_rep_id,registered_on,phone
        #firm,恒拓建筑有限公司,陈 浩,,2017-04-10,13800000002
        #two,宏业商贸有限公司,王伟,,2018-04-10,
        #three,旧时代商行,王磊,,2019-04-10,
        #four,福生农庄,周福生,,2018-01-01,13600000009
        #five,明日装饰有限公司,周铭,,2018-01-01,13600000001
    """,
    "payments": """
        payment_id,paid_at,amount,payer_account,payee_account,payer_name,payee_name,payer_id,payee_id
        P1,2023-05-06 09:12:00,74400,acct:vc,acct:firm,村委会,恒拓建筑有限公司,V1-VC,
        P2,2023-05-07 09:12:00,100.01,acct:chen,acct:lin,陈志远,林秀珍,@chen,
        P3,2023-05-08 09:12:00,200,acct:chen,acct:lin,陈志远,林秀珍,@chen,
    """,
    "benefits": """
        programme,person_id,name,division_code,period,amount,account_no
        低保,@lin,林秀珍,V1,2023-04,300,acct:lin
    """,
    "relatives": """
        person_id,relation,relative_id,relative_name,relative_phone,relative_employer
        @chen,儿子,,陈浩,13800000002,
        @chen,女儿,,陈浩,,
    """,
    "reports": """
        report_id,received_at,division_code,channel,text,about_name
        R1,2020-05-01 10:00:00,V1,来信,反映修路,陈书记
        R2,2015-05-01 10:00:00,V1,来信,反映修路,陈书记
    """,
}


def _person(token: str, sex: str = "M", year: int = 1970) -> str:
    return node_id("person", resident_id(token, sex, year), bytes.fromhex(KEY))


_HAO, _LIN = _person("hao", "M", 1991), _person("lin", "F", 1968)
_WANG, _WANG2 = _person("wang", "M", 1960), _person("wang2", "M", 1975)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Resolution:
    return resolve(told(tmp_path_factory.mktemp("village"), VILLAGE))


def _one(found: Resolution, kind: str, anchor: str) -> dict[str, object]:
    rows = found.matches.filter((pl.col("kind") == kind) & (pl.col("anchor") == anchor)).to_dicts()
    assert len(rows) == 1, rows
    return rows[0]


def test_a_representative_is_known_by_name_and_telephone(found: Resolution) -> None:
    row = _one(found, "firm", company_code("firm"))
    assert (row["node"], row["decision"], row["origin"]) == (_HAO, "same", "model")
    assert row["number"] == resident_id("hao", "M", 1991)
    assert float(str(row["probability"])) > 0.95


def test_homonyms_without_more_are_not_told_apart(found: Resolution) -> None:
    row = _one(found, "firm", company_code("two"))
    assert row["decision"] == "decide"
    nodes = found.candidates.filter(pl.col("key") == row["key"])
    assert set(nodes["node"]) == {_WANG, _WANG2}
    assert nodes["probability"].sum() <= 1


def test_a_child_and_a_dead_man_found_no_company(found: Resolution) -> None:
    child, dead = _person("wangson", "M", 2015), _person("dead", "M", 1930)
    assert child not in set(found.candidates["node"])
    assert dead not in set(found.candidates["node"])
    assert _one(found, "firm", company_code("four"))["decision"] == "different"


def test_a_misspelt_name_with_the_same_telephone_is_known(found: Resolution) -> None:
    row = _one(found, "firm", company_code("five"))
    assert (row["node"], row["decision"]) == (_person("zhou", "M", 1978), "same")


def test_a_payee_is_known_by_the_account_of_her_benefits(found: Resolution) -> None:
    row = found.matches.filter((pl.col("kind") == "account") & (pl.col("sort") == "person")).row(
        0, named=True
    )
    assert (row["node"], row["decision"]) == (_LIN, "same")
    assert row["fen"] == 30_001


def test_a_company_is_known_by_its_name(found: Resolution) -> None:
    row = found.matches.filter(pl.col("sort") == "organisation").row(0, named=True)
    assert row["number"] == company_code("firm")


def test_a_title_means_who_held_the_post_that_day(found: Resolution) -> None:
    now, then = _one(found, "report", "R1"), _one(found, "report", "R2")
    assert (now["node"], then["node"]) == (_person("chen"), _person("former"))
    assert (now["decision"], then["decision"]) == ("same", "same")


def test_a_daughter_is_no_son(found: Resolution) -> None:
    rows = found.matches.filter(pl.col("kind") == "relative").sort("anchor")
    by_relation = {r["anchor"].split("|")[1]: r for r in rows.to_dicts()}
    assert by_relation["儿子"]["node"] == _HAO
    assert by_relation["女儿"]["node"] is None


def test_the_reasons_are_words_and_add_up(found: Resolution) -> None:
    row = _one(found, "firm", company_code("firm"))
    reasons = found.waterfall(str(row["key"]), _HAO)
    said = {reason.said.zh for reason in reasons}
    assert "电话相同" in said
    assert "姓名相同（登记在册同名者 1 人）" in said
    assert all("13800000002" not in r.said.zh and "陈" not in r.said.en for r in reasons)
    odds = 2 ** sum(reason.bits for reason in reasons)
    assert odds / (1 + odds) == pytest.approx(float(str(row["probability"])), abs=1e-6)


def _judged(*lines: tuple[str, str, Verdict]) -> Judgements:
    return state_of(
        Judgement(seq, "", "auditor", *ordered(one, other), verdict)
        for seq, (one, other, verdict) in enumerate(lines, start=1)
    )


def test_a_judgement_decides_between_homonyms(found: Resolution, tmp_path: Path) -> None:
    key = str(_one(found, "firm", company_code("two"))["key"])
    again = resolve(told(tmp_path, VILLAGE), _judged((key, _WANG, "positive")))
    row = _one(again, "firm", company_code("two"))
    assert (row["node"], row["decision"], row["origin"]) == (_WANG, "same", "judgement")
    assert row["probability"] == 1


def test_the_later_of_two_judgements_holds(found: Resolution, tmp_path: Path) -> None:
    key = str(_one(found, "firm", company_code("two"))["key"])
    judged = _judged((key, _WANG, "positive"), (key, _WANG2, "positive"))
    again = resolve(told(tmp_path, VILLAGE), judged)
    assert _one(again, "firm", company_code("two"))["node"] == _WANG2
    assert [split.kept_apart for split in again.splits] == [ordered(_WANG, _WANG2)]


def test_a_rejected_match_is_not_made_and_makes_no_other(found: Resolution, tmp_path: Path) -> None:
    key = str(_one(found, "firm", company_code("firm"))["key"])
    again = resolve(told(tmp_path, VILLAGE), _judged((key, _HAO, "negative")))
    row = _one(again, "firm", company_code("firm"))
    assert row["decision"] != "same"
    same = pl.col("decision") == "same"
    before = set(found.matches.filter(same).select("key", "node").iter_rows())
    after = set(again.matches.filter(same).select("key", "node").iter_rows())
    assert after <= before


def test_no_number_no_merge_without_records(tmp_path: Path) -> None:
    empty = resolve(told(tmp_path, {"officials": VILLAGE["officials"]}))
    assert empty.matches.is_empty()
    assert empty.splits == ()
