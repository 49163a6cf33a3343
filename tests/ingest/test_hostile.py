"""Files that were not meant well, or went wrong on the way: a clear refusal each."""

import gzip
import os
import random
import zipfile
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import polars as pl
import pytest

from graphengine.workspace import Workspace
from ingest.read import bytestream, workbook
from ingest.read.bytestream import Stream
from tests.ingest.office import (
    V1,
    company,
    payment,
    records,
    refusal,
    take,
    take_one,
    text_of,
    write_rows,
)

ROWS = [payment(n) for n in range(1, 200)]


def _cut(path: Path, share: float) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_truncated_gzip(workspace: Workspace, tmp_path: Path, share: float) -> None:
    path = tmp_path / "payments.csv.gz"
    path.write_bytes(gzip.compress(text_of(ROWS).encode()))
    _cut(path, share)
    assert refusal(workspace, path) == "file.truncated"


@pytest.mark.parametrize("share", [0.3, 0.9])
def test_a_truncated_workbook(workspace: Workspace, tmp_path: Path, share: float) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in ROWS:
        sheet.append(list(row.values()))
    path = tmp_path / "payments.xlsx"
    book.save(path)
    _cut(path, share)
    assert refusal(workspace, path) == "file.truncated"


@pytest.mark.parametrize("share", [0.3, 0.9])
def test_a_truncated_parquet(workspace: Workspace, tmp_path: Path, share: float) -> None:
    path = tmp_path / "payments.parquet"
    pl.DataFrame(ROWS).write_parquet(path)
    _cut(path, share)
    assert refusal(workspace, path) == "file.truncated"


def test_a_damaged_parquet_page(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "payments.parquet"
    pl.DataFrame(ROWS).write_parquet(path, compression="zstd")
    whole = bytearray(path.read_bytes())
    whole[200:260] = bytes(60)
    path.write_bytes(whole)
    assert refusal(workspace, path) in ("file.truncated", "file.unreadable")


def test_a_gzip_bomb(workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bytestream, "MOST_UNPACKED", 1 << 20)
    path = tmp_path / "payments.csv.gz"
    path.write_bytes(gzip.compress(text_of(ROWS[:1]).encode() + b" " * (40 << 20)))
    assert refusal(workspace, path) == "file.bomb"


def test_a_zip_bomb_is_not_unpacked(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MOST_UNPACKED", 1 << 20)
    path = tmp_path / "payments.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (8 << 20))
    assert refusal(workspace, path) == "file.bomb"


def test_a_file_of_absurd_size(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bytestream, "MOST_BYTES", 1 << 10)
    assert refusal(workspace, write_rows(tmp_path / "payments.csv", ROWS)) == "file.too_large"


@pytest.mark.parametrize(
    "name",
    ["payments.csv", "payments.csv.gz", "payments.xlsx", "payments.parquet", "payments.jsonl"],
)
def test_an_empty_file(workspace: Workspace, tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    assert refusal(workspace, tmp_path / name) == "file.empty"


def test_blank_lines_only(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "payments.csv").write_text("\n \n,,,\n")
    assert refusal(workspace, tmp_path / "payments.csv") == "file.empty"


def test_a_header_without_rows(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "payments.csv"
    path.write_text(",".join(ROWS[0]))
    report = take_one(workspace, path)
    assert (report.read, report.refused, report.notes[0].en) == (0, None, "a header and no rows")
    assert not workspace.entries()


def test_nul_bytes(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "payments.csv"
    path.write_bytes(text_of(ROWS).encode().replace(b"P0150", b"P\x00150"))
    assert refusal(workspace, path) == "file.nul"


def test_a_directory_named_like_a_file(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "folder" / "x.csv").mkdir(parents=True)
    write_rows(tmp_path / "folder" / "x.csv" / "payments.csv", ROWS)
    (report,) = take(workspace, tmp_path / "folder")
    assert (report.file, report.loaded) == ("payments.csv", len(ROWS))


def test_a_pipe_is_not_waited_for(workspace: Workspace, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "payments.csv")
    assert refusal(workspace, tmp_path / "payments.csv") == "file.form"


def test_a_missing_file(workspace: Workspace, tmp_path: Path) -> None:
    assert refusal(workspace, tmp_path / "payments.csv") == "file.missing"


def test_a_line_of_ten_megabytes(workspace: Workspace, tmp_path: Path) -> None:
    path = write_rows(tmp_path / "payments.csv", [payment(1), payment(2, purpose="长" * 3_500_000)])
    assert take_one(workspace, path).loaded == 2
    (tmp_path / "资金流水.csv").write_text("x" * 10_000_000)
    assert refusal(workspace, tmp_path / "资金流水.csv") == "columns.missing"


def test_a_hundred_thousand_columns(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "payments.csv").write_text(",".join(map(str, range(100_000))) + "\n")
    assert refusal(workspace, tmp_path / "payments.csv") == "columns.too_many"


def test_an_encoding_that_changes_on_the_way(workspace: Workspace, tmp_path: Path) -> None:
    text = text_of([payment(n, purpose="修建村级道路工程款") for n in range(100)])
    for first, second in (("utf-8", "gb18030"), ("gb18030", "utf-8")):
        path = tmp_path / f"payments_{first}.csv"
        path.write_bytes(
            text[: len(text) // 2].encode(first) + text[len(text) // 2 :].encode(second)
        )
        assert refusal(workspace, path) == "file.encoding"


def test_bytes_of_no_encoding(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "payments.csv"
    path.write_bytes(text_of(ROWS).encode() + b"\xff\xff\xff\n")
    report = take_one(workspace, path)
    assert report.refused is not None
    assert f"line {len(ROWS) + 2}" in report.refused.message.en


def test_a_quote_that_is_never_closed(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "payments.csv"
    path.write_text(text_of([*ROWS[:5]]).replace("P0003", '"P0003'), "utf-8")
    report = take_one(workspace, path)
    assert report.refused is not None
    assert report.refused.code == "file.record_too_long"
    assert "row 4" in report.refused.message.en


def test_quotes_inside_a_field_are_text(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "payments.csv"
    lines = text_of(ROWS[:4]).splitlines()
    lines[2] = lines[2].replace("工程款", '5" 管 3" 管')
    path.write_text("\n".join(lines), "utf-8")
    assert take_one(workspace, path).loaded == 4
    assert records(workspace, "payments")["purpose"].to_list()[1] == '5" 管 3" 管'


def test_formulas_are_data(workspace: Workspace, tmp_path: Path) -> None:
    names = ['=cmd|"/c calc"!A0', "+1", "-1", "@SUM(A1)", "\t=1"]
    rows = [company(f"f{n}", name=name) for n, name in enumerate(names)]
    take_one(workspace, write_rows(tmp_path / "contractors.csv", rows))
    found = records(workspace, "contractors").sort("source_row")["name"].to_list()
    assert found == [name.strip() for name in names]


def test_a_refused_file_does_not_stop_the_others(workspace: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    write_rows(folder / "payments.csv", ROWS)
    (folder / "bids.csv").write_bytes(b"\x00")
    (folder / "leases.xlsx").write_bytes(b"PK\x03\x04 no zip")
    (folder / "notes.docx").write_bytes(b"...")
    (folder / ".hidden.csv").write_bytes(b"...")
    found = {report.file: report for report in take(workspace, folder)}
    assert set(found) == {"payments.csv", "bids.csv", "leases.xlsx", "notes.docx"}
    assert found["payments.csv"].loaded == len(ROWS)
    assert found["notes.docx"].refused is None
    assert found["notes.docx"].notes


def test_random_bytes_never_break_the_run(workspace: Workspace, tmp_path: Path) -> None:
    chance = random.Random(7)  # noqa: S311 a fixed seed is wanted
    for number, ending in enumerate(["csv", "csv.gz", "xlsx", "parquet", "jsonl", "tsv"] * 4):
        path = tmp_path / f"payments_{number}.{ending}"
        path.write_bytes(chance.randbytes(chance.randrange(1, 3000)))
        assert refusal(workspace, path) is not None


def test_no_number_of_a_person_in_what_is_said(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "officials.csv"
    path.write_text("身份证号,身份证号,姓名\n361025197001010012,x,陈某\n", "utf-8")
    report = take_one(workspace, path)
    assert report.refused is not None
    said = str(report)
    assert "361025197001010012" not in said
    assert "陈某" not in said


def test_reading_counts_its_own_bytes(tmp_path: Path) -> None:
    path = tmp_path / "payments.csv.gz"
    path.write_bytes(gzip.compress(text_of(ROWS).encode()))
    stream: Stream = bytestream.opened(path)
    assert b"".join(bytestream.blocks(stream)).decode() == text_of(ROWS)
    assert stream.done == 1.0
    assert V1 not in str(stream)
