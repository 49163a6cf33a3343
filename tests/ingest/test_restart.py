"""A run that is killed leaves the last good state, and the next run completes it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from graphengine.workspace import Workspace, init_workspace
from ingest.intake import IntakeOptions, ingest, loaded_files
from ingest.quarantine import listed
from tests.ingest.office import content, payment, relative, take, write_rows

_RUN = """
import os, signal, sys
from pathlib import Path
from graphengine.workspace import Workspace
from ingest.intake import IntakeOptions, ingest

calls = 0
step, number = sys.argv[3], int(sys.argv[4])
before = getattr(Workspace, step)

def counted(self, *args, **kwargs):
    global calls
    calls += 1
    if calls == number:
        os.kill(os.getpid(), signal.SIGKILL)
    return before(self, *args, **kwargs)

setattr(Workspace, step, counted)
ingest([Path(sys.argv[2])], Workspace(Path(sys.argv[1])), IntakeOptions())
"""


def _folder(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    write_rows(folder / "payments.csv", [payment(1), payment(2, amount="x"), payment(1)])
    write_rows(folder / "relatives.csv", [relative("a"), relative("b", relation="")])
    return folder


def _state(workspace: Workspace) -> object:
    return (
        [(f.register, f.file, f.path.read_bytes()) for f in loaded_files(workspace)],
        listed(workspace),
        content(workspace, "payments").rows(),
    )


@pytest.mark.parametrize("step", ["put", "commit"])
@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_a_killed_run_is_completed_by_the_next(tmp_path: Path, step: str, number: int) -> None:
    folder = _folder(tmp_path)
    whole = init_workspace(tmp_path / "whole")
    broken = init_workspace(tmp_path / "broken")
    for workspace in (whole, broken):
        (workspace.root / "key").write_text("44" * 32)
    take(whole, folder)
    run = subprocess.run(
        [sys.executable, "-c", _RUN, str(broken.root), str(folder), step, str(number)],
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    if step == "commit" and number > 2:
        assert run.returncode == 0
    else:
        assert run.returncode == -signal.SIGKILL
        assert len(broken.entries("ingest")) < 2
        assert all(f.path.exists() for f in loaded_files(broken))
    take(broken, folder)
    assert _state(broken) == _state(whole)
    assert not list(broken.root.glob(".writing-*"))
    again = ingest([folder], broken, IntakeOptions())
    assert [r.loaded for r in again] == [0, 0]
