"""Ingest N payments: makes the file, takes it in, prints time, rows a second and peak memory.

    python -m benchmarks.ingest [ROWS] [--folder DIR]

The file is made outside the measured time. Goal: 5,000,000 rows in 60 s and 2 GB on two cores.
"""

import argparse
import json
import resource
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import polars as pl

from graphengine.identifiers import resident_check_digit, uscc_check_character
from graphengine.workspace import init_workspace
from ingest.intake import IntakeOptions, ingest

_PIECE = 500_000
_PEOPLE = 20_000
_PURPOSES = ("工程款", "材料款", "转账", "最低生活保障", "货款", "借款")


def _numbers() -> pl.Series:
    """Make resident IDs and company codes with right check digits."""
    people = [
        f"361025{1940 + i % 70}{i % 12 + 1:02d}{i % 28 + 1:02d}{i % 1000:03d}"
        for i in range(_PEOPLE)
    ]
    firms = [f"91361025MA{i:07d}" for i in range(_PEOPLE // 10)]
    return pl.Series(
        [p + resident_check_digit(p) for p in people] + [f + uscc_check_character(f) for f in firms]
    )


def write_payments(path: Path, rows: int) -> None:
    """Write a payments register of `rows` rows, in pieces; the same for the same number of rows."""
    chance = np.random.default_rng(20_240_601)
    numbers = _numbers()
    with path.open("wb") as file:
        for start in range(0, rows, _PIECE):
            size = min(_PIECE, rows - start)
            _piece(chance, numbers, start, size).write_csv(file, include_header=start == 0)


def _piece(chance: np.random.Generator, numbers: pl.Series, start: int, size: int) -> pl.DataFrame:
    payer = chance.integers(0, 300_000, size)
    payee = (payer + chance.integers(1, 300_000, size)) % 300_000
    seconds = chance.integers(1_640_995_200, 1_735_689_600, size) * 1_000_000
    fen = chance.integers(100, 50_000_000, size)
    text = pl.String
    made = pl.DataFrame({"id": np.arange(start, start + size), "payer": payer, "payee": payee})
    return made.select(
        payment_id=pl.format("P{}", pl.col("id").cast(text).str.zfill(9)),
        paid_at=pl.Series(seconds).cast(pl.Datetime("us")).dt.strftime("%Y-%m-%d %H:%M:%S"),
        amount=pl.Series(fen / 100).cast(pl.Decimal(18, 2)).cast(text),
        payer_account=pl.format("6228480{}", pl.col("payer").cast(text).str.zfill(12)),
        payee_account=pl.format("6228480{}", pl.col("payee").cast(text).str.zfill(12)),
        payer_name=pl.lit("王建国"),
        payee_name=pl.lit("崇仁县恒拓建筑工程有限公司"),
        payer_id=numbers.gather(payer % len(numbers)),
        payee_id=numbers.gather(payee % len(numbers)),
        purpose=pl.Series(np.array(_PURPOSES)[fen % len(_PURPOSES)]),
        programme=pl.Series(["最低生活保障"] * size).set(pl.Series(fen % 5 > 0), None),
        contract_id=pl.format("HT2023-{}", pl.col("id") % 999),
        matter_id=pl.format("M2023-{}", pl.col("id") % 777),
        division_code=pl.lit("361025101201"),
    )


def main() -> None:
    """Measure one ingest and print a JSON line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", nargs="?", type=int, default=5_000_000)
    parser.add_argument("--folder", type=Path, default=None)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        path = Path(folder) / "payments.csv"
        write_payments(path, options.rows)
        making = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        workspace = init_workspace(Path(folder) / "workspace")
        began, worked = time.perf_counter(), time.process_time()
        (report,) = ingest([path], workspace, IntakeOptions(None, None))
        took, worked = time.perf_counter() - began, time.process_time() - worked
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    result = {
        "rows": report.read,
        "loaded": report.loaded,
        "seconds": round(took, 2),
        "cpu_seconds": round(worked, 2),
        "rows_per_second": round(report.read / took),
        "peak_mib": peak // 1024,
        "peak_mib_before": making // 1024,
    }
    sys.stdout.write(json.dumps(result) + "\n")


if __name__ == "__main__":
    main()
