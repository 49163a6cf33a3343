"""Records to graph tables: pure, sorted, the same whatever files the rows came in."""

import hashlib
import hmac
import random
from pathlib import Path

import duckdb
import pytest

from api import pipeline
from api.verification import verify_workspace
from graphengine.identifiers import node_id
from graphengine.specimen import company_code, expanded, resident_id
from graphengine.tables.graph import Graph
from graphengine.workspace import Workspace
from ingest.build.identity import define_identity
from tests.road import KEY, empty_workspace, take_in, village

_KEY = bytes.fromhex(KEY)
_VILLAGE = {
    "officials": """
        person_id,name,post,unit,division_code,start_date,end_date
        @chen,陈志远,村党支部书记,柳湾村,V1,2018-03-01,
        @li,李建明,村会计,柳湾村,V1,2016-01-10,2020-12-31
    """,
    "households": """
        household_id,person_id,name,relation_to_head,division_code,spouse_id,father_id,phone,status,status_date
        H1,@chen,陈志远,02,V1,@lin/F1968,,13900000001,active,
        H1,@lin,林秀珍,12,V1,@chen,,,active,
        H1,@old,陈福生,51,V1,,,,deceased,2021-05-06
        H2,@hao/M1991,陈浩,02,V1,,@chen,13800000002,active,
        H1,@other,外村人,02,V2,,,,active,
    """,
    "contractors": """
        company_id,name,legal_rep_name,legal_rep_id,registered_on,capital,phone
        #firm,恒拓建筑有限公司,陈浩,@hao,2017-04-10,2000000,13800000002
        #hold,志远控股有限公司,陈浩,,2016-04-10,3000000,
    """,
    "shareholders": """
        company_id,holder_name,holder_id,role,share,start_date
        #firm,志远控股有限公司,,shareholder,0.6,2017-04-10
        #firm,某人,,shareholder,0.4,2017-04-10
        #hold,陈浩,@hao,shareholder,40%,2016-04-10
    """,
    "contracts": """
        contract_id,division_code,company_id,amount,method,signed_on,matter_id
        HT1,V1,#firm,186000,direct,2023-04-18,M1
        HT1,V1,#hold,14000,direct,2023-04-18,M1
    """,
    "payments": """
        payment_id,paid_at,amount,payer_account,payee_account,payer_id,payee_id,contract_id
        P2,2023-05-06 09:12:00,74400,acct:vc,acct:firm,V1-VC,#firm,HT1
        P1,2023-05-06 09:12:00,100.01,acct:firm,acct:lin,,@lin,
    """,
    "holdings": """
        person_id,kind,acquired_on,employer
        @li,payroll,2010-07-01,恒拓建筑有限公司
    """,
}


@pytest.fixture
def graph(tmp_path: Path) -> Graph:
    return pipeline.open_graph(village(tmp_path, _VILLAGE))


def _id(prefix: str, number: str) -> str:
    return node_id(prefix, number, _KEY)


@pytest.mark.parametrize("number", ["1", "陈志远", "x" * 500, resident_id("chen")])
def test_the_database_hashes_as_python_does(number: str) -> None:
    connection = duckdb.connect()
    define_identity(connection, _KEY)
    found = connection.execute("SELECT node_id('person', ?)", [number]).fetchone()
    digest = hmac.new(_KEY, f"person\x1f{number}".encode(), hashlib.sha256).hexdigest()
    assert found == (f"person:{digest[:20]}",)
    assert found == (_id("person", number),)


@pytest.mark.parametrize(
    ("number", "prefix"),
    [
        (resident_id("chen"), "person"),
        (company_code("firm"), "company"),
        ("361025101201-VC", "body"),
        ("911111111111111111", "company"),
    ],
)
def test_a_party_is_told_by_its_number(number: str, prefix: str) -> None:
    connection = duckdb.connect()
    define_identity(connection, _KEY)
    assert connection.execute("SELECT party_prefix(?)", [number]).fetchone() == (prefix,)


def test_people_come_from_every_register_once(graph: Graph) -> None:
    rows = graph.sql("SELECT name, sex, year(birth_date) AS born, status FROM Person ORDER BY name")
    assert rows.rows() == [
        ("外村人", "M", 1970, "active"),
        ("李建明", "M", 1970, None),
        ("林秀珍", "F", 1968, "active"),
        ("陈志远", "M", 1970, "active"),
        ("陈浩", "M", 1991, "active"),
        ("陈福生", "M", 1970, "deceased"),
    ]


def test_one_household_number_in_two_villages_is_two_households(graph: Graph) -> None:
    sizes = graph.sql("SELECT division, size FROM Household ORDER BY division, size")
    assert sizes.rows() == [("361025101201", 1), ("361025101201", 2), ("361025101202", 1)]
    strangers = graph.sql(
        "SELECT count(*) FROM KIN WHERE source = $id OR target = $id",
        id=_id("person", resident_id("other")),
    )
    assert strangers.item() == 0


def test_a_company_is_an_owner_by_its_only_name_and_a_person_never_by_name(graph: Graph) -> None:
    rows = graph.sql("SELECT source, target, share FROM OWNS ORDER BY share")
    assert rows.rows() == [
        (_id("person", resident_id("hao", "M", 1991)), _id("company", company_code("hold")), 0.4),
        (_id("company", company_code("hold")), _id("company", company_code("firm")), 0.6),
    ]


def test_control_goes_through_a_holding_firm(graph: Graph) -> None:
    strength = graph.sql(
        "SELECT strength FROM CONTROLS "
        "WHERE how = 'ownership' AND source = $who AND target = $what",
        who=_id("person", resident_id("hao", "M", 1991)),
        what=_id("company", company_code("firm")),
    )
    assert strength.item() == pytest.approx(0.24)


def test_a_contract_with_two_winners_is_awarded_to_both(graph: Graph) -> None:
    assert graph.sql("SELECT count(*) FROM Contract").item() == 1
    assert graph.sql("SELECT amount FROM AWARDED ORDER BY amount").rows() == [
        (1_400_000,),
        (18_600_000,),
    ]


def test_accounts_learn_their_holder_from_payments(graph: Graph) -> None:
    kinds = graph.sql("SELECT holder_kind FROM Account ORDER BY holder_kind")
    assert kinds.rows() == [("Company",), ("Person",), ("PublicBody",)]


def test_payments_are_in_order_of_time_then_number(graph: Graph) -> None:
    rows = graph.sql("SELECT number, amount FROM PAID")
    assert rows.rows() == [("P1", 10_001), ("P2", 7_440_000)]


def test_a_shared_phone_ties_a_firm_to_a_person(graph: Graph) -> None:
    rows = graph.sql("SELECT attribute, holders FROM SHARES")
    assert rows.rows() == [("phone", 2)]


def test_an_employer_is_a_node_by_its_only_name(graph: Graph) -> None:
    assert graph.sql("SELECT target FROM EMPLOYED_BY").rows() == [
        (_id("company", company_code("firm")),)
    ]


def test_every_row_names_records_that_have_a_source(graph: Graph) -> None:
    for kind in graph.sql("SELECT view_name FROM duckdb_views() WHERE NOT internal").to_series():
        if (
            kind in ("sources", "Division")
            or graph.sql(f'SELECT count(*) FROM "{kind}"').item() == 0
        ):
            continue
        lost = graph.sql(
            f'SELECT count(*) FROM (SELECT unnest(records) AS record FROM "{kind}") '
            "ANTI JOIN sources USING (record)"
        )
        assert lost.item() == 0, kind
        named = graph.sql(f'SELECT count(*) FROM "{kind}" WHERE len(records) = 0').item()
        assert named == (0 if kind != "AT" else graph.sql(
            'SELECT count(*) FROM "AT" WHERE source LIKE \'division:%\'').item()), kind  # fmt: skip


def _tables(workspace: Workspace) -> dict[str, bytes]:
    newest = workspace.last("build")
    assert newest is not None
    folder = workspace.tables / str(newest.detail["version"])
    return {
        path.name: path.read_bytes()
        for path in sorted(folder.rglob("*.parquet"))
        if path.name != "sources.parquet"
    }


@pytest.mark.parametrize("seed", range(4))
def test_order_of_rows_and_split_over_files_change_nothing(tmp_path: Path, seed: int) -> None:
    expected = _tables(village(tmp_path / "whole", _VILLAGE))
    chance = random.Random(seed)  # noqa: S311 - an order, not a secret
    folder = tmp_path / "split"
    folder.mkdir()
    for register, text in expanded(_VILLAGE).items():
        header, *rows = text.splitlines()
        chance.shuffle(rows)
        cut = chance.randrange(len(rows) + 1)
        for part, lines in enumerate((rows[:cut], rows[cut:])):
            again = chance.sample(rows, chance.randrange(len(rows) + 1))
            kept = [header, *lines, *(row for row in again if row not in lines)]
            (folder / f"{register}_{part}.csv").write_text("\n".join(kept) + "\n")
    workspace = empty_workspace(tmp_path / "workspace")
    paths = sorted(folder.iterdir())
    chance.shuffle(paths)
    for path in paths:
        take_in(workspace, path)
    pipeline.build(workspace)
    assert _tables(workspace) == expected


def test_old_versions_go_when_nothing_names_them(tmp_path: Path) -> None:
    workspace = village(tmp_path, _VILLAGE)
    pipeline.detect(workspace, ["kin-contract"])
    detected = {path.name for path in workspace.tables.iterdir()}
    clues = pipeline.newest_clues(workspace)
    assert clues
    for number in range(4):
        extra = tmp_path / f"reports_{number}.csv"
        extra.write_text(
            "report_id,received_at,division_code,text\n"
            f"R{number},2023-11-02 09:00:00,361025101201,x\n"
        )
        take_in(workspace, extra)
        pipeline.build(workspace)
    left = {path.name for path in workspace.tables.iterdir()}
    assert detected < left
    assert len(left) == 3
    assert pipeline.newest_clues(workspace) == clues
    with pipeline.graph_of(workspace, pipeline.newest_detection(workspace)) as graph:
        assert graph.sql("SELECT count(*) FROM Person").item() == 6
    assert verify_workspace(workspace) == ()
