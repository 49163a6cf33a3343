"""What a case cannot say: which scheme, by whom, with which rows, under which id."""

from collections.abc import Callable
from pathlib import Path

import pytest

from api import pipeline
from graphengine.clue import clue_id
from graphengine.finding import Finding, Outcome
from graphengine.specimen import company_code, resident_id
from graphengine.workspace import Workspace
from queries.catalogue import rules
from tests.road import village

RULE = next(rule for rule in rules() if rule.id == "kin-contract")
CASES = {case.title.en: case.registers for case in RULE.cases}
BASE = CASES["the secretary's son's firm, hired directly"]
Look = Callable[[dict[str, str]], Outcome]


@pytest.fixture
def look(tmp_path: Path) -> Look:
    count = iter(range(100))

    def outcome(registers: dict[str, str]) -> Outcome:
        with pipeline.open_graph(village(tmp_path / str(next(count)), registers)) as graph:
            return RULE.find(graph, RULE.parameters)

    return outcome


def _only(outcome: Outcome) -> Finding:
    assert len(outcome.findings) == 1, [f.summary.en for f in outcome.findings]
    return outcome.findings[0]


def _numbers(root: Path, finding: Finding) -> list[str]:
    with pipeline.open_graph(Workspace(root)) as graph:
        rows = graph.sql("SELECT id, number FROM Person UNION ALL SELECT id, number FROM Company")
        known = dict(rows.iter_rows())
    return [known[s.node] for s in finding.subjects]


def test_the_scheme_names_official_kin_and_firm(look: Look, tmp_path: Path) -> None:
    finding = _only(look(BASE))
    assert [s.role for s in finding.subjects] == ["official", "kin", "supplier"]
    assert _numbers(tmp_path / "0" / "workspace", finding) == [
        resident_id("sec", "M", 1966),
        resident_id("son", "M", 1991),
        company_code("a"),
    ]
    assert finding.amount == 18_600_000
    assert [s.relation for s in finding.path] == ["HOLDS", "KIN", "REPRESENTS", "AWARDED", "ACTED"]
    assert finding.path[1].detail.en == "father of"


def test_another_contract_keeps_the_id(look: Look) -> None:
    more = BASE["contracts"] + "HT2,水渠,水渠,V1,柳湾村,#a,8000,small,2023-09-12,\n"
    one, two = _only(look(BASE)), _only(look(BASE | {"contracts": more}))
    assert clue_id(one.rule, one.key) == clue_id(two.rule, two.key)
    assert two.amount == 19_400_000
    assert two.signs["repeated"] > 0


def test_who_approved_goes_before_who_sat_there(look: Look, tmp_path: Path) -> None:
    officials = BASE["officials"] + "@wife,林珍,村民委员会委员,柳湾村,V1,2018-03-01,,\n"
    finding = _only(look(BASE | {"officials": officials}))
    assert _numbers(tmp_path / "0" / "workspace", finding)[0] == resident_id("sec", "M", 1966)
    finding = _only(
        look(
            BASE | {"officials": officials, "approvals": BASE["approvals"].replace("@sec", "@wife")}
        )
    )
    assert _numbers(tmp_path / "1" / "workspace", finding)[0] == resident_id("wife", "F", 1968)


def test_a_shared_phone_is_weaker_than_a_share(look: Look) -> None:
    strong = _only(look(BASE))
    weak = _only(look(CASES["the firm's representative shares the son's phone"]))
    assert sum(weak.signs.values()) < sum(strong.signs.values()) - 1.5
    assert "shares a phone" in weak.summary.en


def test_an_official_who_hires_himself_is_named_once(look: Look) -> None:
    own = BASE["contractors"].replace("陈浩,@son", "陈志,@sec")
    finding = _only(look(BASE | {"contractors": own}))
    assert [s.role for s in finding.subjects] == ["official", "supplier"]


def test_township_officials_count_only_where_they_are_in_charge(look: Look) -> None:
    header = BASE["officials"].split()[0]
    for duties, clues in (("工程项目", 1), ("低保申请", 0)):
        town = f"{header}\n@sec,陈志,副镇长,石庄镇,TOWN,2018-03-01,,{duties}\n"
        approvals = BASE["approvals"].replace("@sec", "@dir")
        found = look(BASE | {"officials": town, "approvals": approvals})
        assert len(found.findings) == clues, duties


def test_dividends_to_kin_without_a_role_tell(look: Look) -> None:
    nobody = BASE["contractors"].replace("陈浩,@son", "王伟,@wang2/M1985")
    money = {
        "accounts": """
account_no,holder_id,holder_name
acct:firm,#a,恒拓建筑
acct:son,@son,陈浩
""",
        "payments": """
payment_id,paid_at,amount,payer_account,payee_account,purpose
P1,2023-12-01 10:00,30000,acct:firm,acct:son,分红
""",
    }
    finding = _only(look(BASE | {"contractors": nobody} | money))
    assert finding.signs["hold"] < 0
    wages = money | {"payments": money["payments"].replace("分红", "工资")}
    assert look(BASE | {"contractors": nobody} | wages).findings == ()


def test_what_it_cannot_see_it_says(look: Look) -> None:
    outcome = look({k: v for k, v in BASE.items() if k != "contracts"})
    assert outcome.findings == ()
    assert all(not a.evaluated and a.why for a in outcome.assessments)


def test_missing_registers_are_named(look: Look) -> None:
    registers = {u.register for u in _only(look(BASE)).unavailable}
    assert {"bids", "relatives"} <= registers
    assert "contracts" not in registers


def _holding(finding: Finding) -> set[str]:
    return {i.id for i in finding.innocent if i.tested and i.holds}


def test_a_declared_and_recused_relative_is_discounted(look: Look) -> None:
    changed = BASE | {
        "approvals": BASE["approvals"].replace("@sec", "@dir"),
        "relatives": "person_id,relation,relative_id,relative_name\n@sec,儿子,@son,陈浩\n",
    }
    assert "declared-recused" in _holding(_only(look(changed)))
    assert "declared-recused" not in _holding(_only(look(changed | {"relatives": NOBODY})))


NOBODY = "person_id,relation,relative_id,relative_name\n@dir,兄弟,@wang,王伟\n"


def test_an_open_tender_without_a_recorded_decision_stays_untested(look: Look) -> None:
    cleared = CASES["open tender, unrelated bidders, recused"]
    finding = _only(look({k: v for k, v in cleared.items() if k != "approvals"}))
    tender = next(i for i in finding.innocent if i.id == "open-tender")
    assert not tender.tested


def test_bidders_with_one_representative_do_not_clear(look: Look) -> None:
    cleared = CASES["open tender, unrelated bidders, recused"]
    firms = cleared["contractors"].replace("@xu/M1979", "@he").replace("@guo/M1975", "@he")
    assert len(look(cleared | {"contractors": firms}).findings) == 1
