"""Headers, mapping files and the names of files."""

import json
from pathlib import Path

import pytest

from graphengine.workspace import Workspace
from ingest.intake import IntakeOptions, ingest
from ingest.recognition import register_of_name, stem
from ingest.refusal import RefusedError
from tests.ingest.office import payment, records, refusal, take_one, text_of, write_rows


@pytest.mark.parametrize(
    ("name", "register"),
    [
        ("payments.csv", "payments"),
        ("payments_2024.xlsx", "payments"),
        ("PAYMENTS-2024.CSV", "payments"),
        ("2024payments.tsv", "payments"),
        ("资金流水.csv.gz", "payments"),
        ("2024年资金流水表.parquet", "payments"),
        ("户籍册_石庄镇.jsonl", "households"),
        ("合同付款资金流水.csv", "payments"),
        ("村级合同台账.csv", "contracts"),
    ],
)
def test_names_that_tell(name: str, register: str) -> None:
    assert register_of_name(stem(Path(name))) == register


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("无法识别.csv", "register.unknown"),
        ("repayments.csv", "register.unknown"),
        ("reportsheet.csv", "register.unknown"),
        ("合同附件.csv", "register.ambiguous"),
    ],
)
def test_names_that_do_not(name: str, code: str) -> None:
    with pytest.raises(RefusedError) as error:
        register_of_name(stem(Path(name)))
    assert error.value.refusal.code == code


def test_an_ambiguous_name_lists_its_candidates() -> None:
    with pytest.raises(RefusedError) as error:
        register_of_name("合同附件")
    assert "contracts, documents" in error.value.message.en
    assert "合同" in error.value.message.zh


def test_the_caller_may_say_which(workspace: Workspace, tmp_path: Path) -> None:
    path = write_rows(tmp_path / "export.csv", [payment(1)])
    assert refusal(workspace, path) == "register.unknown"
    assert take_one(workspace, path, "资金流水").loaded == 1
    with pytest.raises(RefusedError):
        ingest([path], workspace, IntakeOptions(register="ledger"))


def test_missing_columns_are_named_in_both_languages(workspace: Workspace, tmp_path: Path) -> None:
    row = {k: v for k, v in payment(1).items() if k not in ("amount", "paid_at")}
    report = take_one(workspace, write_rows(tmp_path / "payments.csv", [row]))
    assert report.refused is not None
    assert report.refused.code == "columns.missing"
    assert "paid_at (交易时间), amount (金额)" in report.refused.message.en
    assert "交易时间（paid_at）、金额（amount）" in report.refused.message.zh


def test_two_columns_of_one_meaning_are_refused(workspace: Workspace, tmp_path: Path) -> None:
    rows = [payment(1) | {"用途": "甲", "摘要": "乙"}]
    assert refusal(workspace, write_rows(tmp_path / "payments.csv", rows)) == "columns.duplicate"


def test_unknown_columns_are_kept(workspace: Workspace, tmp_path: Path) -> None:
    rows = [payment(1) | {"备注": "甲", "经办": ""}, payment(2) | {"备注": "", "经办": ""}]
    path = tmp_path / "payments.csv"
    path.write_text(text_of(rows).replace("经办", "备注"), "utf-8")
    take_one(workspace, path)
    first, second = records(workspace, "payments")["extras"]
    assert json.loads(first) == {"备注": "甲", "备注 2": None}
    assert second is None


@pytest.mark.parametrize("ending", ["toml", "json"])
def test_a_mapping_file(workspace: Workspace, tmp_path: Path, ending: str) -> None:
    rows = [{"Key": "P1", "说明": "甲", "用途": "乙"} | {
        k: v for k, v in payment(1).items() if k not in ("payment_id", "purpose")
    }]  # fmt: skip
    mapping = tmp_path / f"mapping.{ending}"
    mapping.write_text(
        'register = "payments"\n[columns]\n"ＫＥＹ" = "payment_id"\n"说明" = "purpose"\n'
        if ending == "toml"
        else json.dumps(
            {"register": "payments", "columns": {"key": "payment_id", "说明": "purpose"}}
        ),
        "utf-8",
    )
    path = write_rows(tmp_path / "export.csv", rows)
    (report,) = ingest([path], workspace, IntakeOptions(mapping=mapping))
    assert report.loaded == 1
    (found,) = records(workspace, "payments").rows(named=True)
    assert (found["payment_id"], found["purpose"]) == ("P1", "甲")
    assert json.loads(found["extras"]) == {"用途": "乙"}


def test_another_mapping_reads_the_file_again(workspace: Workspace, tmp_path: Path) -> None:
    path = write_rows(tmp_path / "payments.csv", [payment(1) | {"说明": "甲"}])
    assert take_one(workspace, path).loaded == 1
    mapping = tmp_path / "mapping.toml"
    mapping.write_text('[columns]\n"说明" = "purpose"\n', "utf-8")
    (report,) = ingest([path], workspace, IntakeOptions(mapping=mapping))
    assert (report.loaded, report.already) == (1, 0)
    assert records(workspace, "payments")["purpose"].to_list() == ["甲"]


@pytest.mark.parametrize(
    "text",
    ['[columns]\n"a" = "no_such_column"', 'register = "ledger"', "other = 1", "columns = 1", "= ="],
)
def test_wrong_mappings_are_refused(workspace: Workspace, tmp_path: Path, text: str) -> None:
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(text, "utf-8")
    with pytest.raises(RefusedError) as error:
        ingest([], workspace, IntakeOptions(mapping=mapping))
    assert error.value.refusal.code == "mapping.invalid"
