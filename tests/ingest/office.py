"""A small office: register files in many forms, and one call to take them in."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl
import pytest

from graphengine.specimen import account_number, company_code, resident_id
from graphengine.workspace import Workspace, init_workspace
from ingest.intake import FileReport, IntakeOptions, ingest, loaded_files

Row = Mapping[str, str]
V1 = "361025101201"


def payment(number: int, /, **changed: str) -> dict[str, str]:
    return {
        "payment_id": f"P{number:04d}",
        "paid_at": f"2023-05-06 09:{number % 60:02d}:00",
        "amount": f"{100 + number}.50",
        "payer_account": account_number("village"),
        "payee_account": account_number("firm"),
        "purpose": "工程款",
    } | changed


def relative(name: str, /, **changed: str) -> dict[str, str]:
    return {
        "person_id": resident_id("chen"),
        "relation": "兄弟",
        "relative_id": resident_id(name),
        "relative_name": "李某某",
    } | changed


def company(name: str, /, **changed: str) -> dict[str, str]:
    return {
        "company_id": company_code(name),
        "name": f"{name}建筑有限公司",
        "legal_rep_name": "张某",
        "registered_on": "2017-04-10",
    } | changed


def text_of(rows: Sequence[Row], delimiter: str = ",") -> str:
    written = io.StringIO()
    writer = csv.DictWriter(written, list(rows[0]), delimiter=delimiter, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue()


def write_rows(path: Path, rows: Sequence[Row]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text_of(rows), "utf-8")
    return path


def take(workspace: Workspace, *paths: Path, register: str | None = None) -> tuple[FileReport, ...]:
    reports = ingest(paths, workspace, IntakeOptions(register=register))
    for report in reports:
        assert report.read == report.loaded + report.already + report.quarantined
    return reports


def take_one(workspace: Workspace, path: Path, register: str | None = None) -> FileReport:
    (report,) = take(workspace, path, register=register)
    return report


def refusal(workspace: Workspace, path: Path, register: str | None = None) -> str | None:
    report = take_one(workspace, path, register)
    assert report.read == report.loaded == report.quarantined == 0
    return report.refused.code if report.refused else None


def records(workspace: Workspace, register: str) -> pl.DataFrame:
    parts = [pl.read_parquet(f.path) for f in loaded_files(workspace) if f.register == register]
    return pl.concat(parts) if parts else pl.DataFrame()


def content(workspace: Workspace, register: str) -> pl.DataFrame:
    """Return what the records say, wherever they stood."""
    return records(workspace, register).drop("source_row", "extras").unique().sort("record")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = init_workspace(tmp_path / "workspace")
    (made.root / "key").write_text("11" * 32, "ascii")
    return made
