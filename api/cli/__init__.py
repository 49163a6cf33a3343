"""The command line `shunteng`."""

from pathlib import Path
from typing import Annotated

import typer
from typer import rich_utils

from api.cli import catalogue, clues, cypher, explore, keep, measure, query, road, store
from api.cli.options import AnywhereGroup
from api.cli.screen import LANGUAGE, prepare_streams, say

app = typer.Typer(
    cls=AnywhereGroup,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    help=say(
        "顺藤：把一个县的登记表变成可核实的线索。先 init，再 ingest、detect、clues。",
        "Shunteng: registers of a county in, checkable clues out. Start with init, then ingest, "
        "detect, clues.",
    ),
    epilog=say(
        "-w 和 --lang 可以放在任何位置。线索只是值得核实的理由，不是结论。",
        "-w and --lang may stand anywhere. A clue is a reason to look, never a verdict.",
    ),
)


@app.callback()
def _globals(
    ctx: typer.Context,
    workspace: Annotated[
        Path | None,
        typer.Option(
            "-w",
            "--workspace",
            help=say(
                "工作区文件夹，默认 $SHUNTENG_WORKSPACE 或 ./workspace",
                "the workspace folder; default $SHUNTENG_WORKSPACE or ./workspace",
            ),
        ),
    ] = None,
    lang: Annotated[
        str | None, typer.Option("--lang", help=say("语言：zh 或 en", "language: zh or en"))
    ] = None,
) -> None:
    if lang not in (None, "zh", "en"):
        raise typer.BadParameter(say("应为 zh 或 en", "zh or en"), param_hint="--lang")
    ctx.obj = workspace


for _module in (road, clues, catalogue, measure, explore, query, cypher, keep):
    for _command in _module.COMMANDS:
        app.command(_command.__name__, help=_module.HELP[_command])(_command)
app.add_typer(store.app, name="store")


def main() -> None:
    """Run the command line: 0 done, 1 an expected failure, 2 wrong usage, 130 interrupted."""
    prepare_streams()
    if LANGUAGE == "zh":
        _speak_chinese()
    app()


def _speak_chinese() -> None:
    """Give the frames around help and usage errors their Chinese titles."""
    rich_utils.ARGUMENTS_PANEL_TITLE = "参数"
    rich_utils.OPTIONS_PANEL_TITLE = "选项"
    rich_utils.COMMANDS_PANEL_TITLE = "命令"
    rich_utils.ERRORS_PANEL_TITLE = "用法有误"
    rich_utils.RICH_HELP = "看说明：[blue]'{command_path} {help_option}'[/]"
    rich_utils.DEFAULT_STRING = "[默认：{}]"
    rich_utils.REQUIRED_LONG_STRING = "[必填]"
