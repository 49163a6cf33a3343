"""Villages next to a kin contract: a day, a hundredth, a degree or a namesake decides."""

from pathlib import Path

import pytest

from api import pipeline
from queries.catalogue import rules
from tests.road import village

RULE = next(rule for rule in rules() if rule.id == "kin-contract")
CASES = {case.title.en: case.registers for case in RULE.cases}
BASE = CASES["the secretary's son's firm, hired directly"]
OTHERS = BASE["contractors"].replace("陈浩,@son", "王伟,@wang2/M1985")
BY_ANOTHER = BASE["approvals"].replace("@sec", "@dir")
HOMES = "household_id,person_id,name,relation_to_head,division_code,spouse_id,father_id,mother_id,"
PAYMENTS = "payment_id,paid_at,amount,payer_account,payee_account,purpose\n"
ACCOUNTS = "account_no,holder_id,holder_name\nacct:son,@son,陈浩\nacct:a,#a,恒拓建筑\n"


def _tenure(since: str, until: str = "") -> dict[str, str]:
    return {
        "officials": BASE["officials"].replace("2018-03-01,,", f"{since},{until},", 1),
        "approvals": BY_ANOTHER,
    }


def _shares(
    share: str, since: str = "2018-01-01", until: str = "", role: str = "shareholder"
) -> str:
    head = "company_id,holder_name,holder_id,role,share,start_date,end_date\n"
    return f"{head}#a,陈浩,@son,{role},{share},{since},{until}\n"


def _owned(*stated: str) -> dict[str, str]:
    return {"contractors": OTHERS, "shareholders": _shares(*stated)}


def _paid(*rows: str) -> dict[str, str]:
    payments = PAYMENTS + "".join(f"P{n},{row}\n" for n, row in enumerate(rows))
    return {"contractors": OTHERS, "accounts": ACCOUNTS, "payments": payments}


# The supervisor's line: his great-grandfather's other son, grandson, great-grandson.
_CLAN = """
household_id,person_id,name,relation_to_head,division_code,spouse_id,father_id,mother_id,phone
H1,@sup/M1966,吴平,02,V1,,@supfather,,
H2,@supfather/M1940,吴福,02,V1,,@supgrand,,
H3,@uncle/M1943,吴禄,02,V1,,@supgrand,,
H4,@cousin/M1968,吴刚,02,V1,@cousinwife,@uncle,,
H4,@cousinwife/F1970,何琴,12,V1,@cousin,,,
H5,@supgrand/M1915,吴祖,02,V1,,@supgreat,,
H6,@granduncle/M1918,吴宗,02,V1,,@supgreat,,
H7,@second/M1945,吴堂,02,V1,,@granduncle,,
H8,@third/M1969,吴远,02,V1,@thirdwife,@second,,
H8,@thirdwife/F1971,方梅,12,V1,@third,,,
H9,@dir/M1970,黄平,02,V1,,,,
"""
_SUPERVISOR = """
person_id,name,post,unit,division_code,start_date,end_date
@sup,吴平,村务监督委员会主任,柳湾村,V1,2018-03-01,
"""


def _supervisor(owner: str, name: str) -> dict[str, str]:
    return {
        "officials": _SUPERVISOR,
        "households": _CLAN,
        "contractors": BASE["contractors"].replace("陈浩,@son", f"{name},@{owner}"),
        "approvals": BY_ANOTHER,
    }


_LATE = "\n".join(
    row + (",deceased,{}" if "@son/" in row else ",," if n else ",status,status_date")
    for n, row in enumerate(BASE["households"].strip().splitlines())
)
_COLLECTIVE = """
company_id,holder_name,holder_id,role,share,start_date
#a,柳湾村村民委员会,V1-VC,shareholder,1.0,2018-01-01
"""


@pytest.mark.parametrize(
    ("clues", "changed"),
    [
        pytest.param(0, _tenure("2023-04-19"), id="took office the day after the award"),
        pytest.param(1, _tenure("2023-04-18"), id="awarded on the first day in office"),
        pytest.param(1, _tenure("2018-03-01", "2023-04-18"), id="awarded on the last day"),
        pytest.param(0, _tenure("2018-03-01", "2023-04-17"), id="left office the day before"),
        pytest.param(1, _owned("0.05"), id="exactly five per cent"),
        pytest.param(0, _owned("0.0499"), id="just below five per cent"),
        pytest.param(0, _owned("0.6", "2018-01-01", "2023-04-17"), id="sold the day before"),
        pytest.param(1, _owned("0.6", "2018-01-01", "2023-04-18"), id="sold on that day"),
        pytest.param(0, _owned("0.6", "2023-04-19"), id="bought the day after"),
        pytest.param(0, _owned("", "2018-01-01", "", "supervisor"), id="supervises the firm"),
        pytest.param(0, {"households": _LATE.format("2022-12-31")}, id="the son had died"),
        pytest.param(1, {"households": _LATE.format("2023-12-31")}, id="the son died later"),
        pytest.param(1, _supervisor("cousin", "吴刚"), id="the supervisor's first cousin"),
        pytest.param(0, _supervisor("third", "吴远"), id="the supervisor's second cousin"),
        pytest.param(0, _supervisor("thirdwife", "方梅"), id="the second cousin's wife"),
        pytest.param(
            0,
            {"contractors": BASE["contractors"].replace("陈浩,@son", "陈志,@sec2/M1967")},
            id="a namesake of the secretary himself",
        ),
        pytest.param(
            0,
            {"contractors": BASE["contractors"].replace("陈浩,@son", "陈浩,")},
            id="a representative of whom only the name is known",
        ),
        pytest.param(
            1, _paid("2023-05-02 09:00,5000,acct:a,acct:son,分红"), id="profits after the award"
        ),
        pytest.param(
            0,
            _paid("2019-05-02 09:00,5000,acct:a,acct:son,分红"),
            id="profits ended years before the award",
        ),
        pytest.param(
            0,
            _paid(
                "2023-01-02 09:00,40000,acct:son,acct:a,借款",
                "2023-05-02 09:00,20000,acct:a,acct:son,往来款",
                "2023-06-02 09:00,20000,acct:a,acct:son,往来款",
            ),
            id="the firm pays back what the son had lent it",
        ),
        pytest.param(
            1,
            _paid(
                "2023-05-02 09:00,20000,acct:a,acct:son,往来款",
                "2023-06-02 09:00,20000,acct:a,acct:son,往来款",
            ),
            id="the firm pays the son without a reason",
        ),
        pytest.param(
            0,
            {
                "contractors": BASE["contractors"].replace("陈浩,@son", "陈志,@sec"),
                "shareholders": _COLLECTIVE,
            },
            id="the village's own firm, headed by its secretary by office",
        ),
    ],
)
def test_what_decides(tmp_path: Path, clues: int, changed: dict[str, str]) -> None:
    with pipeline.open_graph(village(tmp_path, BASE | changed)) as graph:
        findings = RULE.find(graph, RULE.parameters).findings
    assert len(findings) == clues, [finding.summary.en for finding in findings]
