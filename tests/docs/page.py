"""A page of text, code and shown output, run like a notebook: one namespace, cell by cell."""

import ast
import contextlib
import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_FENCE = re.compile(r"^```(\w[\w ]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LANGUAGES = frozenset({"python", "python live", "sh", "text"})


@dataclass(frozen=True, slots=True)
class Cell:
    """Code, the line it begins on, and what the page shows under it (None: nothing)."""

    language: str
    line: int
    code: str
    shown: str | None


def cells(page: str) -> Iterator[Cell]:
    """Yield the page's cells; `text` right under a cell is what it shows."""
    fences = list(_FENCE.finditer(page))
    for fence, following in zip(fences, [*fences[1:], None], strict=True):
        language, code = fence.groups()
        if language == "text":
            continue
        shown = None
        if following is not None and following[1] == "text":
            between = page[fence.end() : following.start()]
            shown = following[2] if not between.strip() else None
        yield Cell(language, page.count("\n", 0, fence.start()) + 2, code, shown)


def run(cell: Cell, names: dict[str, Any], folder: Path) -> str:
    """Run a cell in `folder` and return what a notebook would show under it."""
    if cell.language == "sh":
        return _shell(cell.code, folder)
    stdout = io.StringIO()
    with contextlib.chdir(folder), contextlib.redirect_stdout(stdout):
        body = ast.parse(cell.code, filename=f"line {cell.line}").body
        last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
        where = f"cell at line {cell.line}"
        exec(compile(ast.Module(body, []), where, "exec"), names)  # noqa: S102 - our own page
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), where, "eval"), names)  # noqa: S307 - our own page
            if value is not None:
                print(repr(value))  # noqa: T201 - as a notebook does
    return stdout.getvalue()


def _shell(code: str, folder: Path) -> str:
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    env: Mapping[str, str] = {**os.environ, "PATH": programs, "LANG": "C.UTF-8"}
    command = ["sh", "-e", "-c", code]
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
