"""The same plan gives the same bytes; progress is told; sizes are what they say."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.demo.county import SIZES, CountyPlan, plan_for, write_county
from tests.ingest.demo.paper import REGISTERS

_SCRIPT = """
import sys
from pathlib import Path
from ingest.demo.county import plan_for, write_county
write_county(Path(sys.argv[1]), plan_for("village", seed=3))
"""


def _digests(folder: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(folder.iterdir())}


def test_the_same_plan_gives_the_same_bytes_in_another_process(tmp_path: Path) -> None:
    write_county(tmp_path / "here", plan_for("village", seed=3))
    for hash_seed, threads in (("1", "1"), ("77", "2")):
        there = tmp_path / f"there{hash_seed}"
        settings = {"PYTHONHASHSEED": hash_seed, "POLARS_MAX_THREADS": threads}
        subprocess.run(
            [sys.executable, "-c", _SCRIPT, str(there)],
            check=True,
            env={**os.environ, **settings},
            cwd=Path(__file__).parents[3],
        )
        assert _digests(there) == _digests(tmp_path / "here")


def test_another_seed_gives_another_county(tmp_path: Path) -> None:
    write_county(tmp_path / "a", plan_for("village", seed=3))
    write_county(tmp_path / "b", plan_for("village", seed=4))
    a, b = _digests(tmp_path / "a"), _digests(tmp_path / "b")
    assert set(a) == {*(f"{r}.csv" for r in REGISTERS), "truth.json"}
    assert not set(a.values()) & set(b.values())


def test_progress_rises_to_the_end(tmp_path: Path) -> None:
    told: list[float] = []
    write_county(tmp_path, plan_for("village", seed=5), lambda _, share: told.append(share))
    assert told == sorted(told)
    assert told[0] == 0.0
    assert told[-1] == 1.0


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_village_has_about_the_people_it_was_planned_for(tmp_path: Path, seed: int) -> None:
    people, villages = SIZES["village"]
    summary = write_county(tmp_path, CountyPlan(people, villages, seed))
    assert abs(summary.people - people) <= 0.08 * people
    assert summary.villages == 1
    assert summary.schemes >= 3
    assert summary.decoys >= 3


def test_rows_are_those_written(tmp_path: Path) -> None:
    summary = write_county(tmp_path, plan_for("village", seed=6))
    for register, rows in summary.rows.items():
        text = (tmp_path / f"{register}.csv").read_text("utf-8")
        assert text.count("\n") == rows + 1
