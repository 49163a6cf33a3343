"""Villages where public money moves on and back for reasons that are nobody's secret."""

from pathlib import Path

import pytest

from api import pipeline
from queries.catalogue import rules
from tests.road import village

RULE = next(rule for rule in rules() if rule.id == "circular-flow")
CASES = {case.title.en: case.registers for case in RULE.cases}
BASE = CASES["through two firms to the approver's wife"]
HEAD = BASE["payments"].splitlines()[0]
MORE = (
    "acct:a2,#a,宏盛市政\nacct:sec2,@sec,陈志\nacct:village2,V1-VC,柳湾村村民委员会\n"
    "acct:dir,@dir,黄平\n"
)
ALLOWANCE = [f"A{y}{m},{y}-{m}-20 09:00,6200,acct:village,acct:wang,误工补贴,,,"
             for y in (2022, 2023) for m in ("03", "06", "09", "12")]  # fmt: skip

_ON = "6000,acct:wang,acct:wife"


def _clues(root: Path, *payments: str) -> list[str]:
    accounts = BASE["accounts"].strip() + "\n" + MORE
    changed = {"accounts": accounts, "payments": "\n".join((HEAD, *payments))}
    with pipeline.open_graph(village(root, BASE | changed)) as graph:
        return [f.summary.en for f in RULE.find(graph, RULE.parameters).findings]


@pytest.mark.parametrize(
    "payments",
    [
        pytest.param(
            ("P1,2023-06-01 09:00,6200,acct:village,acct:sec,误工补贴,,,",
             "P2,2023-06-03 09:00,6000,acct:sec,acct:sec2,转账,,,"),
            id="an official moves his pay to his other account",
        ),
        pytest.param(
            ("P1,2023-06-01 09:00,60000,acct:village,acct:sec,报销款,,HT1,M1",
             "P2,2023-06-03 09:00,60000,acct:sec,acct:sec2,转账,,,"),
            id="an official moves a large sum of his own between two accounts",
        ),
        pytest.param(
            ("P1,2023-06-01 09:00,100000,acct:village,acct:a,工程款,,HT1,M1",
             "P2,2023-06-02 09:00,100000,acct:a,acct:village,账号有误退回,,,",
             "P3,2023-06-05 09:00,100000,acct:village,acct:a,工程款,,HT1,M1"),
            id="a payment bounces and is made again",
        ),
        pytest.param(
            ("P1,2023-06-01 09:00,100000,acct:village,acct:a,工程款,,HT1,M1",
             "P2,2023-06-02 09:00,100000,acct:a,acct:a2,资金归集,,,",
             "P3,2023-06-05 09:00,100000,acct:a2,acct:village,退回重复付款,,,"),
            id="a firm pools its cash and gives a double payment back",
        ),
        pytest.param(
            ("P1,2023-06-01 09:00,100000,acct:village,acct:a,工程款,,HT1,M1",
             "P2,2023-06-02 09:00,99000,acct:a,acct:a2,资金归集,,,",
             "P3,2023-06-05 09:00,98000,acct:a2,acct:a,资金归集,,,"),
            id="a firm pools its cash",
        ),
        pytest.param(
            ("P1,2023-06-01 09:00,100000,acct:finance,acct:town,专项资金,,,",
             "P2,2023-06-02 09:00,100000,acct:town,acct:village,专项资金,,,",
             "P3,2023-06-05 09:00,99000,acct:village,acct:finance,结余上缴,,,"),
            id="public bodies pay one another",
        ),
        pytest.param(
            (*ALLOWANCE, "P2,2023-06-27 09:00,5500,acct:wang,acct:wife,转账,,,"),
            id="a colleague once lends from his regular allowance",
        ),
    ],
)  # fmt: skip
def test_nothing_is_said(tmp_path: Path, payments: tuple[str, ...]) -> None:
    assert _clues(tmp_path, *payments) == []


def test_an_allowance_that_is_handed_over_every_time_speaks(tmp_path: Path) -> None:
    handed_over = [
        row.replace("A", "H").replace("-20", "-25").replace("6200,acct:village,acct:wang", _ON)
        for row in ALLOWANCE
    ]
    assert len(_clues(tmp_path, *ALLOWANCE, *handed_over)) == 1


def test_a_second_account_does_not_hide_the_round(tmp_path: Path) -> None:
    clues = _clues(
        tmp_path,
        "P1,2023-06-01 09:00,100000,acct:village,acct:a,工程款,,HT1,M1",
        "P2,2023-06-02 09:00,99000,acct:a,acct:a2,资金归集,,,",
        "P3,2023-06-05 09:00,98000,acct:a2,acct:wife,借款,,,",
    )
    assert len(clues) == 1
