"""The same register in every form of file gives the same records."""

import gzip
import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import polars as pl
import pytest

from graphengine.workspace import Workspace
from ingest.quarantine import listed
from tests.ingest.office import company, content, payment, records, take, take_one, text_of

ROWS = [payment(n) for n in range(1, 6)]
CHINESE = {
    "payment_id": "流水号",
    "paid_at": "交易 时间",
    "amount": "金额（元）",
    "payer_account": "付款账号",
    "payee_account": "收款账号",
    "purpose": "摘要",
}


def _csv(encoding: str, delimiter: str = ",", end: str = "\n") -> Callable[[Path], None]:
    text = text_of(ROWS, delimiter).replace("\n", end)

    def write(path: Path) -> None:
        path.write_bytes(text.encode(encoding))

    return write


def _gzip(path: Path) -> None:
    path.write_bytes(gzip.compress(text_of(ROWS).encode()))


def _two_gzip_members(path: Path) -> None:
    text = text_of(ROWS).encode()
    path.write_bytes(gzip.compress(text[:100]) + gzip.compress(text[100:]))


def _chinese(path: Path) -> None:
    renamed = [{CHINESE[name]: text for name, text in row.items()} for row in ROWS]
    path.write_bytes(text_of(renamed).encode("gb18030"))


def _json_lines(path: Path) -> None:
    lines = [
        json.dumps({**row, "amount": float(row["amount"])}, ensure_ascii=False) for row in ROWS
    ]
    path.write_text("\n".join(lines), "utf-8")


def _parquet(path: Path) -> None:
    frame = pl.DataFrame(ROWS).with_columns(
        pl.col("amount").cast(pl.Float64),
        pl.col("paid_at").str.to_datetime(time_zone="Asia/Shanghai").dt.convert_time_zone("UTC"),
        pl.col("purpose").cast(pl.Categorical),
        pl.col("payer_account").cast(pl.Int64),
    )
    frame.write_parquet(path)


def _workbook(path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["2023年资金流水"])
    sheet.append([])
    sheet.append(list(CHINESE.values()))
    for row in ROWS:
        moment = datetime.fromisoformat(row["paid_at"])
        sheet.append([row["payment_id"], moment, float(row["amount"]), *list(row.values())[3:]])
    book.save(path)


def _title_lines(path: Path) -> None:
    path.write_text("石庄镇2023年资金流水,,,,,\n\n" + text_of(ROWS), "utf-8")


FORMS: dict[str, tuple[str, Callable[[Path], None]]] = {
    "utf-8": ("payments.csv", _csv("utf-8")),
    "byte order mark": ("payments.csv", _csv("utf-8-sig")),
    "gb18030": ("payments_2023.csv", _csv("gb18030")),
    "utf-16": ("payments.csv", _csv("utf-16")),
    "tab": ("payments.tsv", _csv("utf-8", "\t")),
    "semicolon": ("payments.txt", _csv("utf-8", ";")),
    "carriage returns": ("payments.csv", _csv("utf-8", end="\r\n")),
    "old line ends": ("payments.csv", _csv("utf-8", end="\r")),
    "gzip": ("payments.csv.gz", _gzip),
    "gzip in two members": ("payments.csv.gz", _two_gzip_members),
    "Chinese headers": ("资金流水.csv", _chinese),
    "title lines": ("资金流水.csv", _title_lines),
    "JSON Lines": ("2023年资金流水.jsonl", _json_lines),
    "Parquet": ("资金流水.parquet", _parquet),
    "XLSX": ("资金流水.xlsx", _workbook),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_the_same_records(form: str, workspace: Workspace, tmp_path: Path) -> None:
    plain = tmp_path / "plain" / "payments.csv"
    plain.parent.mkdir()
    plain.write_text(text_of(ROWS) + "\n", "utf-8")
    assert take_one(workspace, plain).loaded == 5
    before = content(workspace, "payments")
    name, write = FORMS[form]
    write(tmp_path / name)
    report = take_one(workspace, tmp_path / name)
    assert (report.read, report.already, report.loaded, report.refused) == (5, 5, 0, None)
    assert content(workspace, "payments").equals(before)


def test_rows_are_numbered_as_a_spreadsheet_shows_them(
    workspace: Workspace, tmp_path: Path
) -> None:
    head, *lines = text_of(
        [payment(n, purpose="a\nb" if n == 2 else "c") for n in (1, 2, 3)]
    ).split("\n", 1)
    path = tmp_path / "payments.csv"
    path.write_text(head + "\n\n" + lines[0] + ",,,,,\n", "utf-8")
    assert take_one(workspace, path).read == 3
    assert records(workspace, "payments")["source_row"].to_list() == [3, 4, 5]


def test_a_workbook_keeps_its_row_numbers(workspace: Workspace, tmp_path: Path) -> None:
    _workbook(tmp_path / "资金流水.xlsx")
    take_one(workspace, tmp_path / "资金流水.xlsx")
    assert records(workspace, "payments")["source_row"].to_list() == [4, 5, 6, 7, 8]


def test_a_workbook_that_begins_below_the_top(workspace: Workspace, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for place, name in enumerate(company("a"), 2):
        sheet.cell(row=3, column=place, value=name)
        sheet.cell(row=5, column=place, value=company("a")[name])
    book.save(tmp_path / "企业名录.xlsx")
    assert take_one(workspace, tmp_path / "企业名录.xlsx").loaded == 1
    assert records(workspace, "contractors")["source_row"].to_list() == [5]


def test_sheets_are_registers_and_covers_a_note(workspace: Workspace, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    cover = book.active
    assert cover is not None
    cover.title = "说明"
    cover["A1"] = "本表由经管站导出"
    for title, rows in (("资金流水", ROWS), ("企业名录", [company("a"), company("b")])):
        sheet = book.create_sheet(title)
        sheet.append(list(rows[0]))
        for row in rows:
            sheet.append(list(row.values()))
    path = tmp_path / "导出.xlsx"
    book.save(path)
    money, firms = take(workspace, path)
    assert (money.sheet, money.register, money.loaded) == ("资金流水", "payments", 5)
    assert (firms.sheet, firms.register, firms.loaded) == ("企业名录", "contractors", 2)
    assert [note.en for note in money.notes] == ["sheet '说明' is no register and was left out"]


def test_typed_cells_read_as_they_are_shown(workspace: Workspace, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    row = company("a") | {"registered_on": "", "capital": "", "employees": ""}
    sheet.append(list(row))
    values: list[object] = list(row.values())
    values[3:6] = [date(2017, 4, 10), 0.1 + 0.2, 8.0]
    sheet.append(values)
    sheet.append([*list(company("b").values()), 1, "#N/A"])
    sheet["F3"].data_type = "e"
    book.save(tmp_path / "企业名录.xlsx")
    report = take_one(workspace, tmp_path / "企业名录.xlsx")
    assert (report.loaded, report.quarantined) == (1, 1)
    (found,) = records(workspace, "contractors").rows(named=True)
    assert (found["registered_on"], found["capital"], found["employees"]) == (
        date(2017, 4, 10),
        30,
        8,
    )


def test_names_that_occur_further_down_are_read_too(workspace: Workspace, tmp_path: Path) -> None:
    lines = [{k: v for k, v in payment(n).items() if k != "purpose"} for n in range(300)]
    lines[250]["purpose"] = "材料款"
    lines[251]["经办"] = "甲"
    path = tmp_path / "payments.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines), "utf-8")
    assert take_one(workspace, path).loaded == 300
    found = records(workspace, "payments").sort("source_row")
    assert found["purpose"].drop_nulls().to_list() == ["材料款"]
    assert json.loads(found["extras"].drop_nulls().item()) == {"经办": "甲"}


def test_large_integers_of_json_keep_their_digits(workspace: Workspace, tmp_path: Path) -> None:
    line = (
        json.dumps(payment(1))
        .replace('"62284800', "62284800", 1)
        .replace('", "payee', ', "payee', 1)
    )
    (tmp_path / "payments.jsonl").write_text(line, "utf-8")
    assert take_one(workspace, tmp_path / "payments.jsonl").loaded == 1
    assert records(workspace, "payments")["payer_account"].item() == payment(1)["payer_account"]


def test_lines_that_are_no_objects_are_set_aside(workspace: Workspace, tmp_path: Path) -> None:
    good = json.dumps(payment(1), ensure_ascii=False)
    half = good.replace("工程款", "\\ud83d").replace("P0001", "P0002")
    path = tmp_path / "payments.jsonl"
    path.write_text(f"{good}\n[1]\n{{\n\n{half}", "utf-8")
    report = take_one(workspace, path)
    assert (report.read, report.loaded, report.quarantined) == (4, 1, 3)
    assert [entry.row for entry in listed(workspace)] == [3, 4, 6]
