"""Gates over the registers: the contract's columns, unambiguous names, every problem explained."""

import polars as pl
import pytest

from graphengine.vocabulary import REGISTERS
from ingest.headers import HeaderMapping, plain, plan_of
from ingest.problems import PROBLEMS
from ingest.recognition import register_of_name
from ingest.registers import record_columns, registers
from ingest.rows import record_schema

REQUIRED = {
    "officials": "person_id name post unit division_code start_date",
    "households": "household_id person_id name relation_to_head division_code",
    "contractors": "company_id name legal_rep_name registered_on",
    "payments": "payment_id paid_at amount payer_account payee_account",
    "approvals": "matter_id matter_type step acted_at actor_id division_code",
    "shareholders": "company_id holder_name role",
    "accounts": "account_no holder_id holder_name",
    "contracts": "contract_id division_code company_id amount method signed_on",
    "bids": "contract_id company_id price won",
    "benefits": "programme person_id name division_code period amount",
    "relatives": "person_id relation relative_name",
    "leases": "asset_id division_code lessee_id annual_rent start_date",
    "reports": "report_id received_at division_code text",
    "labour": "work_id person_id name worked_from worked_to wage division_code",
    "holdings": "person_id kind acquired_on",
    "documents": "document_id",
}


def test_all_sixteen_are_found() -> None:
    assert list(registers()) == list(REGISTERS)


@pytest.mark.parametrize("name", REGISTERS)
def test_required_columns_are_the_contracts(name: str) -> None:
    columns = registers()[name].columns().values()
    assert [c.name for c in columns if c.required] == REQUIRED[name].split()


@pytest.mark.parametrize("name", REGISTERS)
def test_headers_name_one_column_each(name: str) -> None:
    columns = registers()[name].columns()
    headers = [plain(h) for c in columns.values() for h in {c.name, *c.aliases}]
    assert len(headers) == len(set(headers))
    chinese = [c.aliases[0] for c in columns.values()]
    assert list(plan_of(registers()[name], chinese, HeaderMapping()).columns.values()) == list(
        columns
    )


@pytest.mark.parametrize("name", REGISTERS)
def test_every_name_tells_its_register(name: str) -> None:
    for alias in registers()[name].aliases():
        assert register_of_name(alias) == name
        assert register_of_name(f"石庄镇_{alias}_2024") == name


@pytest.mark.parametrize("name", REGISTERS)
def test_every_problem_is_explained(name: str) -> None:
    schema = registers()[name].to_schema()
    codes = {str(check.name) for column in schema.columns.values() for check in column.checks}
    codes |= {str(check.name) for check in schema.checks}
    assert codes <= set(PROBLEMS)
    for problem in PROBLEMS.values():
        assert all((problem.reason.zh, problem.reason.en, problem.remedy.zh, problem.remedy.en))


@pytest.mark.parametrize("name", REGISTERS)
def test_records_at_rest_have_the_types_they_state(name: str) -> None:
    frame = pl.DataFrame(schema=record_schema(registers()[name]))
    assert list(frame.schema) == ["record", "source_row", *record_columns(name), "extras"]
