"""Options that commands share, and the group that takes the global ones in any place."""

import errno
import os
import sys
import traceback
from pathlib import Path
from typing import Annotated, Any, Literal, NoReturn

import typer
from typer.core import TyperGroup

from api.cli.screen import note, say, show_error
from graphengine.errors import ShuntengError
from graphengine.language import Text

INTERRUPTED = 130
_TRACEBACK = "SHUNTENG_TRACEBACK"
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
        except BrokenPipeError:
            _leave_closed_pipe()
        except OSError as error:
            show_error(_system_failure(error))
            raise SystemExit(1) from error
        except KeyboardInterrupt as interruption:
            _say_interrupted()
            raise SystemExit(INTERRUPTED) from interruption
        except RuntimeError as error:
            if "interrupted" not in str(error).lower():
                _end_unforeseen(error)
            _say_interrupted()  # DuckDB answers Ctrl-C within a query with an error of its own
            raise SystemExit(INTERRUPTED) from error
        except Exception as error:  # noqa: BLE001 - a traceback could quote a cell of a register
            _end_unforeseen(error)


def _say_interrupted() -> None:
    note(
        say(
            "已中断；工作区保持在最后一个完成的步骤，可重新运行。",
            "interrupted; the workspace is as after its last finished step, run it again.",
        )
    )


def _end_unforeseen(error: Exception) -> NoReturn:
    """Say where a failure that nobody foresaw arose, never its message: it may quote a register."""
    if type(error).__module__.split(".")[0] in ("typer", "click") or _TRACEBACK in os.environ:
        raise error
    place = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{type(error).__name__}, {Path(place.filename).name}:{place.lineno}"
    show_error(
        ShuntengError(
            Text(f"未预料的错误（{where}）", f"an unforeseen failure ({where})"),
            Text(
                f"运行 shunteng verify 检查工作区；设 {_TRACEBACK}=1 可看细节（或含登记内容）",
                f"check the workspace with `shunteng verify`; {_TRACEBACK}=1 shows the details, "
                "which may quote registers",
            ),
        )
    )
    raise SystemExit(1) from error


def _leave_closed_pipe() -> NoReturn:
    """End quietly when nobody reads on: what is still buffered goes nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    raise SystemExit(0)


_REMEDIES = {
    errno.ENOSPC: Text(
        "请腾出磁盘空间后重新运行；工作区保持在最后一个完成的步骤",
        "free disk space and run it again; the workspace is as after its last finished step",
    ),
    errno.EDQUOT: Text("磁盘配额已满，请清理后重试", "the disk quota is used up; free some"),
    errno.EROFS: Text(
        "该位置只读；请换用可写的工作区或输出路径（-w、-o）",
        "the place is read-only; name one that can be written to (-w, -o)",
    ),
    errno.EACCES: Text(
        "没有读写权限；请检查该路径的权限，或换一个路径",
        "permission is lacking; check who may read and write it, or name another path",
    ),
    errno.ENOENT: Text("请检查路径", "check the path"),
    errno.EADDRINUSE: Text("该端口已被占用，请用 --port 换一个", "choose another with --port"),
}
_OTHERWISE = Text(
    "请检查该路径和磁盘；shunteng doctor 可帮助查找原因",
    "check the path and the disk; `shunteng doctor` may tell why",
)


def _system_failure(error: OSError) -> ShuntengError:
    """Say in words what the operating system refused, and at which path."""
    place = f"{Path(os.fsdecode(error.filename))}: " if error.filename else ""
    why = error.strerror or type(error).__name__
    return ShuntengError(
        Text(f"系统拒绝了操作：{place}{why}", f"the system refused: {place}{why}"),
        _REMEDIES.get(error.errno or 0, _OTHERWISE),
    )


def folder_of(ctx: typer.Context) -> Path | None:
    """Return the workspace folder stated on the command line."""
    stated: Any = ctx.obj
    return stated if isinstance(stated, Path) else None
