"""What went wrong in the embedded engine, in words that quote no value of the data."""

import re
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Literal

from graphengine.errors import CypherTextError, ShuntengError, StoreError
from graphengine.language import Text
from graphengine.store.cypher.saying import Said
from graphengine.store.cypher.tokens import refusal

NO_MEMORY, NO_DISK = 3, 4
"""What the process that builds ends with where it cannot."""

Kind = Literal["interrupted", "memory", "syntax", "unknown", "value", "other"]


@dataclass(frozen=True, slots=True)
class Failure:
    """A kind of failure; `offset` is where in the text, `word` the name it is about."""

    kind: Kind
    offset: int | None = None
    word: str | None = None

    @property
    def ends_the_worker(self) -> bool:
        """Tell whether the database may be unusable after it."""
        return self.kind in ("interrupted", "memory", "other")


_SYNTAX = re.compile(r"Parser exception.*\(line: \d+, offset: (\d+)\)", re.DOTALL)
_UNKNOWN = re.compile(
    r"(?:Cannot find property ([A-Za-z_][A-Za-z0-9_]{0,40}) for"
    r"|Variable ([A-Za-z_][A-Za-z0-9_]{0,40}) is not in scope"
    r"|function ([A-Za-z_][A-Za-z0-9_]{0,40}) does not exist)"
)
_KINDS: tuple[tuple[str, Kind], ...] = (
    ("Interrupted", "interrupted"),
    ("Buffer manager exception", "memory"),
    ("bad_alloc", "memory"),
    ("read-only", "other"),
    ("Conversion exception", "value"),
    ("Overflow exception", "value"),
    ("Runtime exception", "value"),
    ("Binder exception", "value"),
)


def failure(message: str) -> Failure:
    """Return what kind of failure an engine's message tells of.

    >>> failure("Binder exception: Cannot find property age for a.")
    Failure(kind='unknown', offset=None, word='age')
    """
    syntax = _SYNTAX.search(message)
    if syntax:
        return Failure("syntax", offset=int(syntax[1]))
    unknown = _UNKNOWN.search(message)
    if unknown:
        return Failure("unknown", word=next(word for word in unknown.groups() if word))
    return Failure(next((kind for said, kind in _KINDS if said in message), "other"))


def failed(what: Failure, seconds: float, said: Said | None = None) -> ShuntengError:
    """Return the error to raise for a failure; `said` knows where its text was written."""
    if what.kind == "interrupted":
        return too_slow(seconds)
    if what.kind == "unknown":
        return CypherTextError(
            Text(f"图里没有 {what.word}", f"the graph has no {what.word}"),
            Text(
                "检查拼写；受保护的属性（姓名、证件号、电话……）只在公开（--reveal）时才有",
                "check the spelling; protected properties (names, numbers, phones ...) are held "
                "only where they are revealed (--reveal)",
            ),
        )
    message, remedy = _WORDS[what.kind]
    if what.kind in ("syntax", "value"):
        place = said.place(what.offset) if said and what.offset is not None else None
        return refusal(place, message, remedy)
    return StoreError(message, remedy)


def too_slow(seconds: float) -> StoreError:
    """Return the error for a text that took too long."""
    return StoreError(
        Text(f"{seconds:g} 秒内没有答完", f"there was no answer within {seconds:g} seconds"),
        Text(
            "缩小范围：指定起点的 id、减少步数、加 LIMIT，或放宽时限",
            "narrow it: name the start by its id, take fewer hops, add LIMIT, or allow more time",
        ),
    )


def gone() -> StoreError:
    """Return the error for a process that ended in the middle of an answer."""
    return StoreError(
        Text("图查询进程中途退出", "the process that asks the graph ended in the middle"),
        Text(
            "重试一次；仍然如此时缩小范围（内存可能不够）",
            "try again; if it happens again narrow the text, memory may not suffice",
        ),
    )


def busy(seconds: float) -> StoreError:
    """Return the error for a text whose turn did not come."""
    return StoreError(
        Text(
            f"前面还有别的查询，{seconds:g} 秒内没有轮到",
            f"other texts were being answered; the turn did not come within {seconds:g} seconds",
        ),
        Text("稍后重试", "try again in a moment"),
    )


def not_built(status: int) -> StoreError:
    """Return the error for a snapshot that could not be built; `status` is its process's."""
    zh, en = {
        NO_MEMORY: ("内存不够", "memory does not suffice"),
        NO_DISK: ("磁盘已满", "the disk is full"),
    }.get(status, (f"进程状态 {status}", f"process status {status}"))
    return StoreError(
        Text(f"没能建好 Cypher 快照：{zh}", f"the Cypher snapshot could not be built: {en}"),
        Text(
            "腾出内存和磁盘，或只要一个行政区划；仍然不行就重新运行 shunteng build",
            "free memory and disk, or take one division; if that does not help, "
            "run `shunteng build` again",
        ),
    )


def need_ladybug() -> None:
    """Raise StoreError where the engine is not installed."""
    if find_spec("ladybug") is None:
        raise StoreError(
            Text("没有安装内嵌的 Cypher 引擎", "the embedded Cypher engine is not installed"),
            Text("运行 pip install 'shunteng[cypher]'", "run pip install 'shunteng[cypher]'"),
        )


_WORDS: dict[Kind, tuple[Text, Text]] = {
    "memory": (
        Text("查询需要的内存超过限额", "the text needs more memory than it is given"),
        Text("缩小范围，或加 LIMIT", "narrow it, or add LIMIT"),
    ),
    "syntax": (
        Text("内嵌引擎读不懂这条语句", "the embedded engine cannot read this text"),
        Text(
            "检查写法；用 WITH 把步骤分开，或在 Neo4j 上运行",
            "check how it is written; split it by WITH, or run it on Neo4j",
        ),
    ),
    "value": (
        Text("语句里的值类型不合", "values in the text do not fit together"),
        Text(
            "检查比较和函数两边的类型、下标是否越界；日期写 date('2024-01-31')",
            "check the types on both sides and in functions, and that indices exist; "
            "a day is date('2024-01-31')",
        ),
    ),
    "other": (
        Text("内嵌引擎拒绝了这条语句", "the embedded engine refuses this text"),
        Text("换一种写法，或在 Neo4j 上运行", "write it in another way, or run it on Neo4j"),
    ),
}
