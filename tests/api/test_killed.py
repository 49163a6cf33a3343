"""kill -9 at 45 moments of the road: the last good state stays, and a re-run ends equal."""

import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from api.verification import verify_workspace
from graphengine.workspace import open_workspace
from ingest.demo.county import plan_for, write_county
from tests.road import empty_workspace

_POINTS = 45
_ROAD = """
import sys
from pathlib import Path
from api import pipeline
from graphengine.workspace import open_workspace
from ingest.intake import IntakeOptions, ingest
workspace = open_workspace(Path(sys.argv[1]))
tell = lambda stage, done: print(stage, flush=True)
ingest([Path(sys.argv[2])], workspace, IntakeOptions(), tell)
pipeline.build(workspace, tell)
pipeline.detect(workspace, (), tell)
"""


def _run(workspace: Path, registers: Path) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONHASHSEED": "random"}
    return subprocess.Popen(
        [sys.executable, "-c", _ROAD, str(workspace), str(registers)],
        stdout=subprocess.PIPE, text=True, env=environment,
    )  # fmt: skip


def _killed_at(process: subprocess.Popen[str], stage: int, delay: float) -> bool:
    """Kill a process some milliseconds after it told of so many stages; tell whether it lived."""
    assert process.stdout is not None
    for _ in range(stage):
        process.stdout.readline()
    time.sleep(delay)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    return process.returncode == -signal.SIGKILL


def _content(workspace: Path) -> dict[str, str]:
    """Digest everything but the history (which holds times) and the lock."""
    return {
        str(path.relative_to(workspace)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(workspace.rglob("*"))
        if path.is_file() and path.name not in ("manifest.jsonl", "lock")
    }


@pytest.mark.slow
def test_killed_anywhere(tmp_path: Path) -> None:
    registers = tmp_path / "registers"
    write_county(registers, plan_for("village", seed=3))
    whole = tmp_path / "whole"
    empty_workspace(whole)
    process = _run(whole, registers)
    stages = len(process.communicate()[0].splitlines())
    assert process.returncode == 0
    expected = _content(whole)
    moments = random.Random(5)  # noqa: S311 - moments of a test, not a secret
    killed = tried = 0
    workspace = tmp_path / "killed"
    while killed < _POINTS:
        if tried % 3 == 0:
            shutil.rmtree(workspace, ignore_errors=True)
            empty_workspace(workspace)
        tried += 1
        assert tried < 3 * _POINTS, "too few of the runs lived long enough to be killed"
        process = _run(workspace, registers)
        killed += _killed_at(process, moments.randrange(stages), moments.uniform(0, 0.05))
        assert verify_workspace(open_workspace(workspace)) == ()
        if tried % 3 == 0:
            again = _run(workspace, registers)
            again.communicate()
            assert again.returncode == 0
            assert _content(workspace) == expected
