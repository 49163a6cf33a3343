import json
from pathlib import Path

import pytest

from graphengine.clue import Clue, write_clues
from graphengine.workspace import Workspace, init_workspace
from tests.village import Village, kin_clue, willow


def put_detection(
    workspace: Workspace, village: Village, version: str, clues: tuple[Clue, ...]
) -> None:
    """Leave a graph version and a detection as building and detecting leave them."""
    tables = workspace.tables / version
    if not tables.exists():
        village.write(tables)
        workspace.commit("build", inputs={}, outputs=(tables,), detail={"version": version})
    folder = workspace.detections / f"d-{version}-{len(clues)}"
    folder.mkdir(parents=True)
    write_clues(folder / "clues.jsonl", clues)
    rows = [
        {"rule": rule, "division": division, "evaluated": rule != "circular-flow",
         "why": {"zh": "没有资金流水", "en": "no payments"} if rule == "circular-flow" else None,
         "unseen": 0.0}
        for rule in ("circular-flow", "kin-contract")
        for division in ("361025101201", "361025102201")
    ]  # fmt: skip
    stated = {"schema": "shunteng.coverage/1", "assessments": rows}
    (folder / "coverage.json").write_text(json.dumps(stated, ensure_ascii=False), "utf-8")
    detail = {"id": folder.name, "version": version, "rules": ["kin-contract"], "clues": len(clues)}
    workspace.commit("detect", inputs={}, outputs=(folder,), detail=detail)


@pytest.fixture
def empty(tmp_path: Path) -> Workspace:
    return init_workspace(tmp_path / "workspace")


@pytest.fixture
def workspace(empty: Workspace) -> Workspace:
    village = willow()
    put_detection(empty, village, "v1", (kin_clue(village),))
    return empty
