"""What persons decided on who is who: an append-only, hash-chained ledger, and its state.

A line judges one pair: `positive` (one and the same), `negative` (two), `unsure` (neither yet), or
takes a former line back (`undo`). Lines name mention keys and node ids, never a name or a number;
nothing is deleted, and the state is a pure function of the lines. The file has the form of the
manifest (see `graphengine.manifest`).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, get_args

from graphengine.errors import IntegrityError, NotFoundError
from graphengine.identifiers import without_numbers
from graphengine.language import Text
from graphengine.manifest import Entry, append_entry, read_manifest

Verdict = Literal["positive", "negative", "unsure"]
VERDICTS: Final[tuple[Verdict, ...]] = get_args(Verdict)
FILE: Final = "judgements.jsonl"
"""The ledger's name in the workspace."""

_ACT: Final = "judgement"
_ID: Final = re.compile(r"^(mention|person|company|body):[0-9a-f]{20}$")


@dataclass(frozen=True, slots=True)
class Judgement:
    """One line: who judged the pair how, when and why; `undoes` is the line that it takes back.

    The pair is kept in order of text, so that it does not matter which was named first. An undoing
    line repeats pair and verdict of the line that it takes back.
    """

    seq: int
    at: str
    who: str
    one: str
    other: str
    verdict: Verdict
    why: str = ""
    undoes: int | None = None

    @property
    def pair(self) -> tuple[str, str]:
        """Return the two whom the line is about."""
        return (self.one, self.other)


@dataclass(frozen=True, slots=True)
class Judgements:
    """The state of a ledger: for every judged pair the line in force."""

    in_force: Mapping[tuple[str, str], Judgement]

    def of(self, verdict: Verdict) -> tuple[Judgement, ...]:
        """Return the lines in force with one verdict, oldest first."""
        found = (j for j in self.in_force.values() if j.verdict == verdict)
        return tuple(sorted(found, key=lambda j: j.seq))


def ordered(one: str, other: str) -> tuple[str, str]:
    """Return a pair in the order in which ledgers and states name it."""
    return (one, other) if one <= other else (other, one)


def judge(path: Path, pair: tuple[str, str], verdict: Verdict, who: str, why: str) -> Judgement:
    """Append one judgement and force it to disk; the caller holds the workspace's lock.

    What looks like a resident ID in `why` is hidden. Raises NotFoundError for what is neither a
    mention key nor a node id, or where both are the same; IntegrityError for a broken ledger.
    """
    one, other = ordered(*pair)
    if not (_ID.match(one) and _ID.match(other)) or one == other:
        raise NotFoundError(
            Text(
                "判断须指明两个不同的提及或节点",
                "a judgement names two mentions or nodes",
            ),
            Text("请从 shunteng matches 的输出中复制编号", "copy the ids from `shunteng matches`"),
        )
    return _appended(path, (one, other), verdict, who, (without_numbers(why), None))


def undo(path: Path, seq: int, who: str, why: str) -> Judgement:
    """Append the taking back of line `seq`; raise NotFoundError where it is not in force."""
    lines = read_judgements(path)
    taken = {line.undoes for line in lines}
    found = next((x for x in lines if x.seq == seq and x.undoes is None), None)
    if found is None or seq in taken:
        raise NotFoundError(
            Text(f"第 {seq} 条判断不存在或已撤销", f"no judgement {seq} is in force"),
            Text("请列出判断后重试", "list the judgements and try again"),
        )
    return _appended(path, found.pair, found.verdict, who, (without_numbers(why), seq))


def read_judgements(path: Path) -> tuple[Judgement, ...]:
    """Return all lines, oldest first; raise IntegrityError at the first that is not sound."""
    return tuple(_judgement(entry) for entry in read_manifest(path))


def state_of(lines: Iterable[Judgement]) -> Judgements:
    """Return what is in force: of every pair the newest line that was not taken back.

    >>> line = Judgement(1, "", "x", "mention:a", "person:b", "negative")
    >>> state_of([line]).of("negative") == (line,)
    True
    >>> state_of([line, Judgement(2, "", "x", "mention:a", "person:b", "negative", "", 1)]).in_force
    {}
    """
    every = sorted(lines, key=lambda line: line.seq)
    taken = {line.undoes for line in every}
    return Judgements({x.pair: x for x in every if x.undoes is None and x.seq not in taken})


def _appended(
    path: Path,
    pair: tuple[str, str],
    verdict: Verdict,
    who: str,
    rest: tuple[str, int | None],
) -> Judgement:
    detail = {
        "one": pair[0],
        "other": pair[1],
        "verdict": verdict,
        "who": who,
        "why": rest[0],
        "undoes": rest[1],
    }
    return _judgement(append_entry(path, _ACT, inputs={}, outputs={}, detail=detail))


def _judgement(entry: Entry) -> Judgement:
    said = entry.detail
    sound = (
        entry.act == _ACT
        and {"one", "other", "verdict", "who", "why", "undoes"} == set(said)
        and all(isinstance(said[n], str) for n in ("one", "other", "verdict", "who", "why"))
        and said["verdict"] in VERDICTS
        and (said["undoes"] is None or isinstance(said["undoes"], int))
        and all(_ID.match(said[name]) for name in ("one", "other"))
    )
    if not sound:
        raise IntegrityError(
            Text(
                f"判断记录第 {entry.seq} 行无法理解",
                f"judgement {entry.seq} makes no sense",
            ),
            Text("请从备份恢复该文件", "restore the file from a backup"),
        )
    return Judgement(
        entry.seq,
        entry.at,
        said["who"],
        said["one"],
        said["other"],
        said["verdict"],
        said["why"],
        said["undoes"],
    )
