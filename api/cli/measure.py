"""The command `evaluate`: detection against a known truth."""

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from api import pipeline
from api.cli.options import folder_of
from api.cli.screen import progress_bar, say, table, workspace_at, write
from graphengine.errors import NotFoundError
from graphengine.language import Text
from graphengine.workspace import Workspace, init_workspace
from ingest.intake import IntakeOptions
from ingest.intake import ingest as take_in
from queries.evaluation import Evaluation, evaluate_clues


def evaluate(
    ctx: typer.Context,
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", exists=True, file_okay=False,
                             help=say("含登记表和 truth.json", "holds registers and truth.json"))
    ],
    form: Annotated[
        Literal["table", "json"], typer.Option("--format", help=say("输出形式", "form"))
    ] = "table",
) -> None:  # fmt: skip
    truth_path = folder / "truth.json"
    if not truth_path.is_file():
        raise NotFoundError(
            Text(f"{folder} 中没有 truth.json", f"there is no truth.json in {folder}"),
            Text("用 shunteng demo 生成一个演示县", "`shunteng demo DIR` makes a county with one"),
        )
    truth = json.loads(truth_path.read_text("utf-8"))
    if folder_of(ctx):
        found = _evaluated(workspace_at(folder_of(ctx)), truth)
    else:
        with tempfile.TemporaryDirectory(prefix="shunteng-") as scratch:
            workspace = init_workspace(Path(scratch) / "workspace")
            with progress_bar(say("读取", "ingest")) as report:
                take_in([folder], workspace, IntakeOptions(register=None, mapping=None), report)
            found = _evaluated(workspace, truth)
    if form == "json":
        write(json.dumps(found.as_json(), ensure_ascii=False, indent=1) + "\n")
        return
    _show_evaluation(found)


def _evaluated(workspace: Workspace, truth: Mapping[str, Any]) -> Evaluation:
    with progress_bar(say("发现线索", "detect")) as report:
        detection = pipeline.detect(workspace, (), report)
    with pipeline.graph_of(workspace, detection) as graph:
        return evaluate_clues(pipeline.newest_clues(workspace), truth, graph)


def _show_evaluation(found: Evaluation) -> None:
    right = "right"
    table(
        [say("规则", "rule"), say("形态", "shape"), (say("埋入", "planted"), right),
         (say("找到", "found"), right), (say("召回率", "recall"), right)],
        (
            (s.rule, s.shape, s.planted, s.found, f"{s.recall:.3f}")
            for s in found.shapes
        ),
        title=say("召回", "recall by shape"),
    )  # fmt: skip
    table(
        [say("规则", "rule"), (say("埋入", "planted"), right), (say("线索", "clues"), right),
         (say("召回率", "recall"), right), (say("准确率", "precision"), right),
         (say("前 N 准确率", "precision at N"), right), (say("对照被误中", "decoys hit"), right)],
        (
            (r.rule, r.planted, r.clues, f"{r.recall:.3f}", f"{r.precision:.3f}",
             f"{r.precision_at_n:.3f}", f"{r.decoys_hit}/{r.decoys}")
            for r in (*found.rules, found.total)
        ),
        title=say("准确", "recall and precision by rule"),
    )  # fmt: skip


HELP = {
    evaluate: say(
        "对照 truth.json 测量召回率和准确率。不给 -w 时用临时工作区走完全程。",
        "Measure recall and precision against a truth.json. Without -w the whole road is run in a "
        "temporary workspace.",
    ),
}
COMMANDS = tuple(HELP)
