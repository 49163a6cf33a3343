"""Quarantine: what people see of it, and how corrected rows come back."""

import csv
import io
from pathlib import Path

import pytest

from graphengine.specimen import account_number, resident_id
from graphengine.workspace import Workspace, init_workspace
from ingest.quarantine import correction_csv, listed, present, read_quarantine
from tests.ingest.office import payment, records, relative, take, take_one, write_rows

CHEN = resident_id("chen")


def _sheet(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def _save(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_reason_and_remedy_in_both_languages(workspace: Workspace, tmp_path: Path) -> None:
    take_one(workspace, write_rows(tmp_path / "payments.csv", [payment(1, amount="(5)")]))
    (entry,) = listed(workspace)
    shown = present(entry)
    assert (shown.file, shown.row, shown.column, shown.value) == (
        "payments.csv",
        2,
        "amount",
        "(5)",
    )
    assert shown.as_json()["reason"] == {
        "zh": "括号中的金额含义不明",
        "en": "an amount in brackets may or may not be negative",
    }
    assert "-1234.50" in shown.remedy.zh


@pytest.mark.parametrize(
    "text", [CHEN[:17], f"{CHEN[:6]} {CHEN[6:]}9", CHEN[:10] + "9999" + CHEN[14:]]
)
def test_numbers_of_persons_are_masked(workspace: Workspace, tmp_path: Path, text: str) -> None:
    take_one(workspace, write_rows(tmp_path / "relatives.csv", [relative("a", person_id=text)]))
    (entry,) = listed(workspace)
    assert present(entry).value.startswith("**")
    assert text[6:14] not in str(present(entry))
    assert present(entry, reveal=True).value == text


def test_a_number_in_a_wrong_column_is_masked_too(workspace: Workspace, tmp_path: Path) -> None:
    row = payment(1) | {"division_code": CHEN}
    take_one(workspace, write_rows(tmp_path / "payments.csv", [row]))
    (entry,) = listed(workspace)
    assert CHEN not in str(present(entry))
    assert CHEN not in correction_csv([entry])


def test_the_text_of_a_ragged_row_is_not_shown(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "relatives.csv"
    path.write_text(f"person_id,relation,relative_name\n{CHEN},兄弟\n", "utf-8")
    take_one(workspace, path)
    (entry,) = listed(workspace)
    assert CHEN not in str(present(entry))
    assert CHEN in present(entry, reveal=True).value


def test_a_sheet_carries_no_person(workspace: Workspace, tmp_path: Path) -> None:
    rows = [relative("a", relation=""), relative("b", person_id=CHEN[:17])]
    take_one(workspace, write_rows(tmp_path / "relatives.csv", rows))
    sheet = correction_csv(listed(workspace))
    for secret in (CHEN[:17], resident_id("a"), resident_id("b"), "李某某"):
        assert secret not in sheet
    open_sheet = correction_csv(listed(workspace), "relatives", reveal=True)
    assert resident_id("a") in open_sheet
    assert "@" not in open_sheet


def test_formulas_are_neutralised_on_the_way_out(workspace: Workspace, tmp_path: Path) -> None:
    rows = [payment(1, amount="=1+1", purpose="@SUM(A1)"), payment(2, amount="-5", purpose="+1")]
    take_one(workspace, write_rows(tmp_path / "payments.csv", rows))
    for row in _sheet(correction_csv(listed(workspace))):
        assert not any((cell or "").startswith(("=", "+", "-", "@")) for cell in row.values())


def test_corrected_rows_come_back_without_their_numbers(
    workspace: Workspace, tmp_path: Path
) -> None:
    rows = [relative("a", relation=""), relative("b"), relative("c", relation="")]
    take_one(workspace, write_rows(tmp_path / "relatives.csv", rows))
    sheet = _sheet(correction_csv(listed(workspace)))
    sheet[0]["relation"] = "兄弟"
    report = take_one(workspace, _save(tmp_path / "更正.csv", sheet))
    assert (report.register, report.loaded, report.quarantined) == ("relatives", 1, 1)
    assert resident_id("a") in set(records(workspace, "relatives")["relative_id"])
    (left,) = listed(workspace)
    assert (left.file, left.row, left.problem) == ("更正.csv", 3, "required")
    again = _sheet(correction_csv([left]))
    again[0]["relation"] = "姐妹"
    assert take_one(workspace, _save(tmp_path / "更正二.csv", again)).loaded == 1
    assert listed(workspace) == ()
    assert resident_id("c") in set(records(workspace, "relatives")["relative_id"])


def test_corrected_rows_are_the_records_they_should_have_been(tmp_path: Path) -> None:
    workspace, straight = init_workspace(tmp_path / "w"), init_workspace(tmp_path / "s")
    for made in (workspace, straight):
        (made.root / "key").write_text("55" * 32)
    rows = [payment(1, amount="一百"), payment(2)]
    take_one(workspace, write_rows(tmp_path / "payments.csv", rows))
    sheet = _sheet(correction_csv(listed(workspace)))
    sheet[0]["amount"] = payment(1)["amount"]
    take_one(workspace, _save(tmp_path / "更正.csv", sheet))
    take_one(straight, write_rows(tmp_path / "资金流水.csv", [payment(1), payment(2)]))
    assert sorted(records(workspace, "payments")["record"]) == sorted(
        records(straight, "payments")["record"]
    )


def test_two_sheets_settle_the_same_whatever_their_order(tmp_path: Path) -> None:
    rows = [relative("a", relation=""), relative("b", relation="")]
    register = write_rows(tmp_path / "relatives.csv", rows)
    found = []
    for order in ((0, 1), (1, 0)):
        workspace = init_workspace(tmp_path / f"w{order[0]}")
        (workspace.root / "key").write_text("55" * 32)
        take_one(workspace, register)
        sheet = _sheet(correction_csv(listed(workspace)))
        first = [sheet[0] | {"relation": "兄弟"}, sheet[1]]
        second = [sheet[1] | {"relation": "姐妹"}]
        paths = [_save(tmp_path / "一.csv", first), _save(tmp_path / "二.csv", second)]
        for place in order:
            take_one(workspace, paths[place])
        found.append(read_quarantine(workspace).rows())
    assert found[0] == found[1] == []


def test_a_sheet_of_several_registers(workspace: Workspace, tmp_path: Path) -> None:
    take_one(workspace, write_rows(tmp_path / "relatives.csv", [relative("a", relation="")]))
    take_one(workspace, write_rows(tmp_path / "payments.csv", [payment(1, amount="x")]))
    sheet = _sheet(correction_csv(listed(workspace)))
    for row in sheet:
        row["amount" if row["register"] == "payments" else "relation"] = (
            "5" if row["register"] == "payments" else "兄弟"
        )

    reports = take(workspace, _save(tmp_path / "更正.csv", sheet))
    assert {(r.register, r.loaded) for r in reports} == {("payments", 1), ("relatives", 1)}
    assert listed(workspace) == ()


def test_tokens_mean_nothing_elsewhere(workspace: Workspace, tmp_path: Path) -> None:
    take_one(workspace, write_rows(tmp_path / "relatives.csv", [relative("a", relation="")]))
    sheet = _sheet(correction_csv(listed(workspace)))
    sheet[0]["relation"] = "兄弟"
    elsewhere = init_workspace(tmp_path / "elsewhere")
    report = take_one(elsewhere, _save(tmp_path / "更正.csv", sheet))
    assert (report.loaded, report.quarantined) == (0, 1)
    assert listed(elsewhere)[0].problem == "cell.unresolved"


def test_a_duplicate_can_be_given_its_own_number(workspace: Workspace, tmp_path: Path) -> None:
    rows = [payment(1), payment(1, amount="7.5", payee_account=account_number("other"))]
    take_one(workspace, write_rows(tmp_path / "payments.csv", rows))
    shown = present(listed(workspace)[0])
    assert shown.reason.en == "another row has the same number (payments.csv, row 2)"
    sheet = _sheet(correction_csv(listed(workspace)))
    sheet[0]["payment_id"] = "P0002"
    assert take_one(workspace, _save(tmp_path / "更正.csv", sheet)).loaded == 1
    found = records(workspace, "payments").sort("payment_id")
    assert found["amount"].to_list() == [10150, 750]
    assert found["payee_account"].to_list()[1] == account_number("other")
