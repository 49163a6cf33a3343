"""Tiny villages in a real workspace: what rule cases and tests of the road are run on."""

from pathlib import Path

from api import pipeline
from graphengine.specimen import expanded
from graphengine.workspace import Workspace, init_workspace
from ingest.intake import FileReport, IntakeOptions, ingest

KEY = "07" * 32
"""A fixed key, so that node ids are the same in every run."""


def empty_workspace(root: Path) -> Workspace:
    """Make a workspace with the fixed key."""
    workspace = init_workspace(root)
    (root / "key").write_text(KEY)
    return workspace


def take_in(workspace: Workspace, *paths: Path) -> tuple[FileReport, ...]:
    """Ingest files or folders with no further options."""
    return ingest(list(paths), workspace, IntakeOptions())


def village(root: Path, registers: dict[str, str]) -> Workspace:
    """Write registers in the token language, ingest them whole and build their graph."""
    folder = root / "registers"
    folder.mkdir(parents=True)
    for register, text in expanded(registers).items():
        (folder / f"{register}.csv").write_text(text, "utf-8")
    workspace = empty_workspace(root / "workspace")
    for report in take_in(workspace, folder):
        assert report.refused is None, (report.file, report.refused)
        assert report.quarantined == 0, (report.file, report.quarantined)
    pipeline.build(workspace)
    return workspace
