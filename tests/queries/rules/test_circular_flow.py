"""Circular flows: each explanation silences by its evidence alone, and the finding is complete."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Protocol

import pytest

from api import pipeline
from graphengine.errors import SettingsError
from graphengine.finding import Finding, Outcome
from graphengine.specimen import expanded
from graphengine.tables.graph import Graph
from graphengine.workspace import init_workspace
from ingest.intake import IntakeOptions, ingest
from queries.money.circular_cases import CASES
from queries.rules.circular_flow import RULE, Parameters

Registers = dict[str, str]


class Look(Protocol):
    def __call__(
        self, registers: Registers, parameters: Parameters = RULE.parameters
    ) -> Outcome: ...


KIN, RING = CASES[0].registers, CASES[1].registers
PAYMENTS = KIN["payments"].splitlines()[0]


def graph_of(folder: Path, registers: Registers) -> Graph:
    files = folder / "registers"
    files.mkdir(parents=True)
    for name, text in expanded(registers).items():
        (files / f"{name}.csv").write_text(text, "utf-8")
    workspace = init_workspace(folder / "workspace")
    (folder / "workspace" / "key").write_text(bytes(32).hex(), "ascii")
    ingest([files], workspace, IntakeOptions())
    pipeline.build(workspace)
    return pipeline.open_graph(workspace)


@pytest.fixture
def look(tmp_path: Path) -> Look:
    def found(registers: Registers, parameters: Parameters = RULE.parameters) -> Outcome:
        with graph_of(tmp_path / str(len(list(tmp_path.iterdir()))), registers) as graph:
            return RULE.find(graph, parameters)

    return found


def paid(*rows: str, base: Registers = KIN, **changed: str) -> Registers:
    return base | {"payments": "\n".join((PAYMENTS, *rows))} | changed


def also(*rows: str, base: Registers = KIN, **changed: str) -> Registers:
    return paid(*base["payments"].splitlines()[1:], *rows, base=base, **changed)


def effects(finding: Finding) -> dict[str, float]:
    return {i.id: i.effect for i in finding.innocent if i.holds}


def case(title: str) -> Registers:
    (found,) = [c.registers for c in CASES if c.title.en == title]
    return found


def test_the_finding_names_payments_holders_kinship_and_approval(tmp_path: Path) -> None:
    with graph_of(tmp_path, KIN) as graph:
        (finding,) = RULE.find(graph, RULE.parameters).findings
        sources = graph.sources(fact.record for fact in finding.facts)
        rows = [sources[fact.record] for fact in finding.facts]
    assert [row.key for row in rows if row.register == "payments"] == ["P1", "P2", "P3"]
    registers = {row.register for row in rows}
    assert registers == {"payments", "accounts", "households", "approvals"}
    assert finding.amount == 10_000_000
    assert finding.window == (date(2023, 6, 1), date(2023, 6, 6))
    assert [s.role for s in finding.subjects] == [
        "payer", "official", "kin", "intermediary", "intermediary",
    ]  # fmt: skip
    assert finding.summary.en == (
        "Public money, CNY 100,000.00 paid by {0}, was handed on by {3}, {4} within 5 days and "
        "reached the account of {2}, wife of {1}, who approved the matter, 90% of it kept."
    )
    assert [s.relation for s in finding.path if s.relation in {"KIN", "ACTED"}] == ["KIN", "ACTED"]
    assert finding.statistics.n == 1
    assert finding.statistics.base_rate == 1.0


def test_a_ring_names_its_approver(look: Look) -> None:
    (finding,) = look(RING).findings
    assert [s.role for s in finding.subjects][:2] == ["payer", "approver"]
    assert finding.key[0] == finding.key[-1]


LOAN = "P0,2023-03-01 09:00,90000,acct:wife,acct:b,借款,,,"
DEPOSIT = case("a deposit refunded through an agent, then another tender")
WAGE = case("a wage that the labour register shows")
PAY = case("pay of the same size every month")
BENEFIT = case("a benefit of one's own, lent to a neighbour")
RENT = case("the rent of a collective asset")


def fewer(registers: Registers, *numbers: str) -> Registers:
    rows = registers["payments"].splitlines()[1:]
    kept = [row for row in rows if row.split(",")[0] not in numbers]
    return paid(*kept, base=registers)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("registers", "clues"),
    [
        (also(LOAN), 0),
        (also(LOAN.replace("2023-03-01", "2023-06-20")), 1),
        (also(LOAN.replace("90000", "60000")), 1),
        (also(LOAN.replace("2023", "2019")), 1),
        (DEPOSIT, 0),
        (fewer(DEPOSIT, "P1", "P2"), 1),
        (WAGE, 0),
        (WAGE | {"labour": WAGE["labour"].replace("4000", "400")}, 1),
        (WAGE | {"labour": WAGE["labour"].replace("HT1", "HT9")}, 1),
        (WAGE | {"labour": WAGE["labour"].replace("2023-05-02", "2023-06-12")}, 1),
        (PAY, 0),
        (fewer(PAY, "W1", "W2", "W3", "W4", "W5"), 1),
        (BENEFIT, 0),
        (BENEFIT | {"benefits": BENEFIT["benefits"].replace("1200", "1300")}, 1),
        (RENT, 0),
        (RENT | {"leases": RENT["leases"].replace("90000", "9000")}, 1),
        (RENT | {"leases": RENT["leases"].replace("V1", "V2")}, 1),
    ],
)
def test_an_explanation_needs_its_row(look: Look, registers: Registers, clues: int) -> None:
    assert len(look(registers).findings) == clues


def test_earlier_money_without_a_word_of_a_loan_only_weighs(look: Look) -> None:
    rows = (LOAN.replace("借款", "转账"), KIN["payments"].splitlines()[3].replace("借款", "转账"))
    (finding,) = look(paid(*KIN["payments"].splitlines()[1:3], *rows)).findings
    assert effects(finding) == {"loan-repaid": -1.5}


def test_a_loan_returned_later_weighs(look: Look) -> None:
    (finding,) = look(also("P9,2023-11-01 09:00,92000,acct:wife,acct:b,归还借款,,,")).findings
    assert effects(finding) == {"loan-returned": -2.0}


@pytest.mark.slow
@pytest.mark.parametrize(("payees", "clues"), [(3, 1), (4, 1), (9, 1), (10, 0)])
def test_a_payer_of_many_such_sums_explains(look: Look, payees: int, clues: int) -> None:
    rows = [f"X{n},2023-06-05 09:00,91000,acct:b,acct:x{n},货款,,," for n in range(payees)]
    findings = look(also(*rows)).findings
    assert len(findings) == clues
    if findings:
        assert effects(findings[0]) == ({"busy-payer": -1.5} if payees >= 4 else {})


def test_an_officials_own_pay_stays_in_the_family(look: Look) -> None:
    rows = (
        "P1,2023-06-01 09:00,30000,acct:village,acct:sec,工作报酬,,,",
        "P2,2023-06-02 09:00,29000,acct:sec,acct:wife,家用,,,",
    )
    assert look(paid(*rows)).findings == ()
    (finding,) = look(paid(*(row.replace("000,acct", "0000,acct") for row in rows))).findings
    assert effects(finding) == {"family": -1.5}


def large_benefit(closing: str) -> Registers:
    return paid(
        "P1,2023-06-01 09:00,20000,acct:village,acct:zhao,补助,危房改造,,",
        f"P2,2023-06-03 10:00,19500,acct:zhao,acct:{closing},转账,,,",
        benefits="programme,person_id,name,division_code,period,amount,account_no\n"
        "危房改造,@zhao,赵生,V1,2023,20000,acct:zhao\n",
    )


def test_a_large_benefit_that_goes_on_to_the_official_is_told(look: Look) -> None:
    (finding,) = look(large_benefit("wife")).findings
    assert effects(finding) == {"benefit": -1.0}
    assert look(large_benefit("son")).findings == ()


def test_a_firm_of_the_payees_own_weighs(look: Look) -> None:
    own = KIN["contractors"].replace("徐磊,@xu/M1979", "林珍,@wife")
    (finding,) = look(KIN | {"contractors": own}).findings
    assert effects(finding) == {"own-firm": -0.7}


MAYOR = case("ends at a town official without power over it")
CIVIL = case("to the husband of the official in charge of the programme")
APPROVED_BY_MAYOR = {"approvals": MAYOR["approvals"].replace("@sec", "@mayor")}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("registers", "clues"),
    [
        (MAYOR, 0),
        (MAYOR | APPROVED_BY_MAYOR, 1),
        (
            MAYOR | {"approvals": APPROVED_BY_MAYOR["approvals"].replace("approved,", "rejected,")},
            0,
        ),
        (
            MAYOR | {"payments": MAYOR["payments"].replace("acct:village", "acct:town")},
            1,
        ),
        (CIVIL, 1),
        (CIVIL | {"officials": CIVIL["officials"].replace("危房改造", "低保")}, 0),
        (CIVIL | {"officials": CIVIL["officials"].replace("TOWN,2018", "361025102000,2018")}, 0),
        (
            KIN
            | {
                "officials": KIN["officials"].replace(",,\n@mayor", ",2023-05-31,\n@mayor"),
                "approvals": KIN["approvals"].replace("@sec", "@wang"),
            },
            0,
        ),
        (
            KIN
            | {
                "officials": KIN["officials"].replace(",,\n@mayor", ",2023-06-01,\n@mayor"),
                "approvals": KIN["approvals"].replace("@sec", "@wang"),
            },
            1,
        ),
    ],
)
def test_power_is_over_this_payment_on_its_day(
    look: Look, registers: Registers, clues: int
) -> None:
    assert len(look(registers).findings) == clues


def lodger(status: str) -> Registers:
    header, *rows = KIN["households"].strip().splitlines()
    people = [f"{header},status,status_date", *(f"{row},active," for row in rows)]
    people.append(f"H1,@cousin/M1990,陈亮,97,V1,,,,{status}")
    accounts = KIN["accounts"] + "acct:cousin,@cousin,陈亮\n"
    payments = KIN["payments"].replace("acct:wife", "acct:cousin")
    return KIN | {"households": "\n".join(people), "accounts": accounts, "payments": payments}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("status", "clues"),
    [("active,", 1), ("moved,2023-06-06", 1), ("moved,2023-06-05", 0), ("moved,", 0)],
)
def test_a_member_of_the_household_counts_while_he_is_one(
    look: Look, status: str, clues: int
) -> None:
    findings = look(lodger(status)).findings
    assert len(findings) == clues
    if findings:
        assert "member of the household of {1}" in findings[0].summary.en
        assert [s.relation for s in findings[0].path].count("MEMBER_OF") == 2


def test_flows_with_a_payment_in_common_are_one_finding(look: Look) -> None:
    on = "P4,2023-06-08 09:00,88000,acct:wife,acct:village,还款,,,"
    (finding,) = look(also(on)).findings
    assert len([s for s in finding.path if s.relation == "PAID"]) == 4
    assert finding.amount == 10_000_000


def test_repeats_add_up(look: Look) -> None:
    once = look(KIN).findings[0]
    (twice,) = look(case("twice over the same route is one clue")).findings
    assert twice.key == once.key
    assert twice.amount == 20_000_000
    assert twice.signs["repeated"] > 0
    assert "repeated" not in once.signs


def test_the_outcome_depends_on_content_alone(look: Look) -> None:
    registers = case("two routes are two clues")
    header, *rows = registers["payments"].splitlines()
    turned = registers | {"payments": "\n".join((header, *reversed(rows)))}
    assert look(turned) == look(registers)


def test_where_nobody_holds_an_account_nothing_can_be_judged(look: Look) -> None:
    blind = {name: text for name, text in KIN.items() if name != "accounts"}
    outcome = look(blind)
    assert outcome.findings == ()
    assert {(a.division[-3:], a.evaluated, a.unseen) for a in outcome.assessments} == {
        ("201", False, 1.0),
        ("202", False, 1.0),
    }
    assert all(a.why and "accounts register" in a.why.en for a in outcome.assessments)


def test_holders_named_by_the_bank_do_as_well(look: Look) -> None:
    holders = {"village": "V1-VC", "a": "#a", "b": "#b", "wife": "@wife"}
    header, *rows = KIN["payments"].splitlines()
    named = [f"{header},payer_id,payee_id"]
    for row in rows:
        payer, payee = (cell.removeprefix("acct:") for cell in row.split(",")[3:5])
        named.append(f"{row},{holders[payer]},{holders[payee]}")
    blind = {name: text for name, text in KIN.items() if name != "accounts"}
    (finding,) = look(blind | {"payments": "\n".join(named)}).findings
    assert "accounts" in {u.register for u in finding.unavailable}


def test_unknown_payees_are_an_unseen_share(look: Look) -> None:
    outcome = look(also("P9,2023-08-01 09:00,5000,acct:village,acct:nobody,杂支,,,"))
    seen = {a.division[-3:]: a for a in outcome.assessments}
    assert seen["201"].evaluated
    assert seen["201"].unseen == 0.5
    assert not seen["202"].evaluated


def test_a_search_cut_short_is_reported(look: Look) -> None:
    few = replace(RULE.parameters, budget=1)
    outcome = look(KIN, few)
    assert outcome.findings == ()
    (village,) = [a for a in outcome.assessments if a.evaluated]
    assert village.unseen == 1.0
    assert village.why is not None
    assert "cut short" in village.why.en


@pytest.mark.parametrize(("first", "clues"), [("1000", 1), ("999.99", 0)])
def test_payments_below_the_floor_are_not_followed(look: Look, first: str, clues: int) -> None:
    small = KIN["payments"].replace("95000", "950").replace("90000", "900")
    registers = KIN | {"payments": small.replace("100000", first)}
    assert len(look(registers).findings) == clues


def test_parameters_have_bounds() -> None:
    assert RULE.configured({"window_days": 60}).bounds().window == 60 * 86_400
    with pytest.raises(SettingsError):
        RULE.configured({"min_accounts": 2})
    with pytest.raises(SettingsError):
        RULE.configured({"max_loss_per_hop": 0.95})
