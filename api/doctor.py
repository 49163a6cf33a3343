"""Is this machine fit to run Shunteng? Every check says what was found and what to do."""

import importlib.metadata
import locale
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import duckdb
import numba
import polars as pl

from api.verification import verify_workspace
from graphengine.errors import ShuntengError
from graphengine.language import Text
from graphengine.workspace import Workspace

_LEAST_DISK = 2 * 1024**3
State = Literal["good", "warning", "bad"]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at."""

    state: State
    title: Text
    result: Text
    remedy: Text | None = None


def _plain(text: str) -> Text:
    return Text(text, text)


def _python() -> Check:
    said = _plain(f"Python {sys.version.split()[0]}, shunteng {_version()}")
    return Check("good", Text("安装", "installation"), said)


def _version() -> str:
    try:
        return importlib.metadata.version("shunteng")
    except importlib.metadata.PackageNotFoundError:
        return "(source)"


def _engines() -> Check:
    duckdb.connect(":memory:").execute("SELECT 1").fetchone()
    said = _plain(
        f"DuckDB {duckdb.__version__}, Polars {pl.__version__}, Numba {numba.__version__}"
    )
    return Check("good", Text("引擎", "engines"), said)


def _disk(root: Path) -> Check:
    place = root if root.exists() else Path.cwd()
    free = shutil.disk_usage(place).free
    return Check(
        "good" if free >= _LEAST_DISK else "warning",
        Text("磁盘", "disk"),
        Text(f"可用 {free / 1024**3:.1f} GiB", f"{free / 1024**3:.1f} GiB free"),
        None
        if free >= _LEAST_DISK
        else Text("一个县约需 2 GiB，请腾出空间", "a county needs about 2 GiB; free some space"),
    )


def _locale() -> Check:
    encoding = locale.getpreferredencoding(do_setlocale=False)
    fine = encoding.lower().replace("-", "") == "utf8"
    return Check(
        "good" if fine else "warning",
        Text("语言环境", "locale"),
        _plain(f"{os.environ.get('LC_ALL') or os.environ.get('LANG') or '-'} / {encoding}"),
        None if fine else Text("请设置 PYTHONUTF8=1", "set PYTHONUTF8=1"),
    )


def _fonts() -> Check:
    folders = [Path("/usr/share/fonts"), Path.home() / ".fonts", Path("/System/Library/Fonts"),
               Path("C:/Windows/Fonts")]  # fmt: skip
    words = ("cjk", "pingfang", "msyh", "simsun", "heiti", "wqy", "songti")
    found = next(
        (f.name for d in folders if d.exists() for f in sorted(d.rglob("*"))
         if any(w in f.name.lower() for w in words)),
        None,
    )  # fmt: skip
    return Check(
        "good" if found else "warning",
        Text("中文字体", "Chinese font"),
        _plain(found or "-"),
        None if found else Text("图中的汉字可能显示不出，请安装 Noto CJK",
                                "Chinese may not show in pictures: install Noto CJK"),
    )  # fmt: skip


def _workspace(root: Path) -> Check:
    title = Text("工作区", "workspace")
    if not (root / "key").exists():
        return Check(
            "warning", title, Text(f"{root} 还没有工作区", f"none at {root} yet"),
            Text("运行 shunteng init", "run `shunteng init`"),
        )  # fmt: skip
    try:
        workspace = Workspace(root)
        workspace.settings()
        troubles = verify_workspace(workspace)
    except ShuntengError as error:
        return Check("bad", title, error.message, error.remedy)
    if troubles:
        return Check(
            "bad", title, troubles[0], Text("运行 shunteng verify", "run `shunteng verify`")
        )
    count = len(workspace.entries())
    return Check("good", title, Text(f"完好，{count} 条记录", f"intact, {count} entries"))


def examine(root: Path) -> tuple[Check, ...]:
    """Run every check; one that cannot be run is itself a finding."""
    checks: tuple[Callable[[], Check], ...] = (
        _python,
        _engines,
        lambda: _disk(root),
        _locale,
        _fonts,
        lambda: _workspace(root),
    )
    return tuple(check() for check in checks)
