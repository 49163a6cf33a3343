"""What offices' folders hold by accident: loops, odd names, odd mapping files, same-named files."""

import csv
import io
import json
import os
from pathlib import Path

import polars as pl
import pytest

from graphengine.workspace import Workspace
from ingest.headers import read_mapping
from ingest.loaded import loaded_files, loaded_tables
from ingest.quarantine import correction_csv, listed
from ingest.recognition import told_name
from ingest.refusal import RefusedError
from ingest.repeats import Neighbours, hashes_of
from tests.ingest.office import payment, refusal, take, take_one, text_of, write_rows


def test_a_link_to_itself_is_refused_and_the_rest_goes_on(
    workspace: Workspace, tmp_path: Path
) -> None:
    folder = tmp_path / "office"
    write_rows(folder / "payments.csv", [payment(1)])
    (folder / "payments_again.csv").symlink_to("payments_again.csv")
    (folder / "self").symlink_to(".")
    loop, good = sorted(take(workspace, folder), key=lambda report: report.loaded)
    assert loop.refused is not None
    assert loop.refused.code == "file.missing"
    assert good.loaded == 1


def test_a_pipe_in_the_folder_does_not_hold_the_intake(
    workspace: Workspace, tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "payments.csv")
    assert refusal(workspace, tmp_path / "payments.csv") == "file.form"


def test_a_name_in_gb18030_is_read_and_told(workspace: Workspace, tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/" + "资金流水.csv".encode("gb18030")
    path = Path(os.fsdecode(raw))
    path.write_text(text_of([payment(1)]), "utf-8")
    report = take_one(workspace, path)
    assert (report.file, report.register, report.loaded) == ("资金流水.csv", "payments", 1)


def test_a_name_is_told_without_what_moves_a_terminal() -> None:
    assert told_name(Path("a\x1b[31m\u202eb.csv")) == "a\\x1b[31mb.csv"


@pytest.mark.parametrize(
    "text", ['register = ["x"]', "[" * 5, 'register = 1\n[columns]\n"a" = "b"', "\udcff"]
)
def test_a_mapping_file_that_is_none(tmp_path: Path, text: str) -> None:
    path = tmp_path / "mapping.toml"
    path.write_text(text, "utf-8", errors="surrogateescape")
    with pytest.raises(RefusedError) as told:
        read_mapping(path)
    assert told.value.refusal.code == "mapping.invalid"


def test_a_mapping_file_of_endless_brackets(tmp_path: Path) -> None:
    path = tmp_path / "mapping.json"
    path.write_text("[" * 100_000, "utf-8")
    with pytest.raises(RefusedError, match=r"mapping\.json"):
        read_mapping(path)


def test_a_correction_settles_its_own_row_and_no_other_files(
    workspace: Workspace, tmp_path: Path
) -> None:
    for place in ("north", "south"):
        rows = [payment(1 if place == "north" else 2, amount="三百")]
        take_one(workspace, write_rows(tmp_path / place / "payments.csv", rows))
    sheet = list(csv.DictReader(io.StringIO(correction_csv(listed(workspace)))))
    north = [row | {"amount": "300"} for row in sheet if row["payment_id"] == "P0001"]
    assert take_one(workspace, write_rows(tmp_path / "fix.csv", north)).loaded == 1
    (left,) = listed(workspace)
    assert "P0002" in (left.cells or "")


def test_a_corrected_row_keeps_its_unknown_columns(workspace: Workspace, tmp_path: Path) -> None:
    rows = [payment(1, amount="三百") | {"备注": "换届, 当选", "note": "n"}, payment(2)]
    rows[1] |= {"备注": "", "note": ""}
    take_one(workspace, write_rows(tmp_path / "payments.csv", rows))
    sheet = list(csv.DictReader(io.StringIO(correction_csv(listed(workspace)))))
    assert "当选" not in str(sheet)
    take_one(workspace, write_rows(tmp_path / "fix.csv", [r | {"amount": "300"} for r in sheet]))
    (path,) = [f.path for f in loaded_files(workspace) if f.file == "fix.csv"]
    extras = pl.read_parquet(path)["extras"].item()
    assert json.loads(extras) == {"备注": "换届, 当选", "note": "n"}


def test_only_files_that_share_a_number_are_looked_into(
    workspace: Workspace, tmp_path: Path
) -> None:
    take(workspace, *(write_rows(tmp_path / f"payments_{n}.csv", [payment(n)]) for n in (1, 2, 3)))
    tables = loaded_tables(workspace)
    known = Neighbours.of(tables, "payment_id")
    first, second, third = (table.records for table in tables)
    assert first is not None
    assert second is not None
    assert third is not None
    first.unlink()
    third.unlink()
    hashes = hashes_of(pl.read_parquet(second)["payment_id"])
    assert known.conflicting(second, hashes).is_empty()
