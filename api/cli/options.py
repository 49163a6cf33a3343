"""Options that commands share, and the group that takes the global ones in any place."""

import sys
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from typer.core import TyperGroup

from api.cli.screen import note, say, show_error
from graphengine.errors import ShuntengError

INTERRUPTED = 130
_GLOBAL = {"-w": 1, "--workspace": 1, "--lang": 1}

Rows = Literal["table", "csv", "jsonl"]

Reveal = Annotated[
    bool,
    typer.Option(
        "--reveal",
        help=say(
            "显示姓名和证件号；会记入工作区的清单",
            "show names and numbers; the manifest records it",
        ),
    ),
]
RuleIds = Annotated[
    list[str] | None,
    typer.Option("--rule", help=say("只看这些规则，可重复", "only these rules; may be repeated")),
]
DivisionCode = Annotated[
    str | None,
    typer.Option(
        "--division",
        help=say(
            "区划代码；末尾的 0 表示其下全部", "division code; trailing zeros mean all below it"
        ),
    ),
]
Output = Annotated[
    Path | None, typer.Option("-o", "--output", help=say("输出到此路径", "write to this path"))
]


class AnywhereGroup(TyperGroup):
    """A command group whose global options may stand before or after the command."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - typer's own click
        """Move the global options to the front, up to a `--`."""
        front: list[str] = []
        rest: list[str] = []
        waiting = list(args)
        while waiting:
            word = waiting.pop(0)
            if word == "--":
                rest += [word, *waiting]
                break
            name, equals, _value = word.partition("=")
            if name in _GLOBAL and equals:
                front.append(word)
            elif name in _GLOBAL:
                front += [word, *waiting[:1]]
                waiting = waiting[1:]
            else:
                rest.append(word)
        return super().parse_args(ctx, [*front, *rest])

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - typer's own click
        """Run the command; say expected failures and interruptions in words."""
        try:
            return super().invoke(ctx)
        except ShuntengError as error:
            show_error(error)
            raise SystemExit(1) from error
        except KeyboardInterrupt as interruption:
            note(
                say(
                    "已中断；工作区保持在最后一个完成的步骤，可重新运行。",
                    "interrupted; the workspace is as after its last finished step, run it again.",
                )
            )
            raise SystemExit(INTERRUPTED) from interruption
        except BrokenPipeError:
            sys.stderr.close()
            raise SystemExit(0) from None


def folder_of(ctx: typer.Context) -> Path | None:
    """Return the workspace folder stated on the command line."""
    stated: Any = ctx.obj
    return stated if isinstance(stated, Path) else None
