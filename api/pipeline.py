"""The road as three calls: registers in, graph built, clues out; each leaves one manifest line."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from graphengine.clue import Clue, read_clues, write_clues
from graphengine.errors import NotFoundError, SettingsError
from graphengine.finding import Outcome
from graphengine.language import Text
from graphengine.rule import Rule
from graphengine.settings import Settings
from graphengine.tables.graph import Graph
from graphengine.tables.newest import newest_graph
from graphengine.workspace import Workspace
from ingest.build.assemble import build_graph, wanted_version
from queries.catalogue import rules as catalogue
from queries.coverage import coverage_json
from queries.ranking import rank

Progress = Callable[[str, float], None]
_FORMAT = 1
"""Raise when clues at rest are written otherwise, so that old detections are made anew."""


def _silent(_stage: str, _done: float) -> None:
    """Report progress to nobody."""


@dataclass(frozen=True, slots=True)
class Detection:
    """One detection: its folder's name, the graph version it read and what it left."""

    id: str
    version: str
    rules: tuple[str, ...]
    clues: int


def build(workspace: Workspace, progress: Progress = _silent) -> str:
    """Bring the graph tables up to date; return their version."""
    with workspace.writing():
        return build_graph(workspace, progress)


def open_graph(workspace: Workspace) -> Graph:
    """Open the newest graph version; raise NotFoundError where none was built."""
    return newest_graph(workspace)


def chosen_rules(names: Sequence[str]) -> tuple[Rule[Any], ...]:
    """Return the rules of these ids, or all; raise NotFoundError for an unknown id."""
    every = catalogue()
    known = {rule.id for rule in every}
    for name in names:
        if name not in known:
            raise NotFoundError(
                Text(f"没有规则 {name}", f"there is no rule {name}"),
                Text("运行 shunteng rules 查看目录", "`shunteng rules` lists the catalogue"),
            )
    return tuple(rule for rule in every if not names or rule.id in names)


def detect(
    workspace: Workspace, names: Sequence[str] = (), progress: Progress = _silent
) -> Detection:
    """Build what is stale, run the rules and leave ranked clues; the same input changes nothing."""
    rules = chosen_rules(names)
    settings = workspace.settings()
    known = {rule.id for rule in catalogue()}
    for name in settings.rules:
        if name not in known:
            raise SettingsError(
                Text(
                    f"config.toml 中有未知的规则 {name}",
                    f"config.toml names an unknown rule {name}",
                ),
                Text("运行 shunteng rules 查看目录", "`shunteng rules` lists the catalogue"),
            )
    with workspace.writing():
        version = build_graph(workspace, lambda stage, done: progress(stage, done * 0.6))
        return _detect_on(workspace, version, rules, settings, progress)


def _detect_on(
    workspace: Workspace,
    version: str,
    rules: tuple[Rule[Any], ...],
    settings: Settings,
    progress: Progress,
) -> Detection:
    configured = {rule.id: rule.configured(dict(settings.rules.get(rule.id, {}))) for rule in rules}
    name = _detection_id(version, rules, configured, settings)
    target = workspace.detections / name
    newest = workspace.last("detect")
    if newest and newest.detail["id"] == name and (target / "clues.jsonl").exists():
        return _detection(newest.detail)
    outcomes: list[Outcome] = []
    with Graph(
        workspace.tables / version, memory=settings.memory, threads=settings.threads
    ) as graph:
        for done, rule in enumerate(rules):
            progress(rule.id, 0.6 + 0.4 * done / len(rules))
            outcomes.append(rule.find(graph, configured[rule.id]))
    clues = rank(outcomes, rules, settings)
    with workspace.beside() as folder:
        made = folder / name
        made.mkdir()
        write_clues(made / "clues.jsonl", clues)
        text = json.dumps(coverage_json(outcomes), ensure_ascii=False, indent=1, sort_keys=True)
        (made / "coverage.json").write_text(text + "\n", "utf-8")
        workspace.put(made, target)
        detail = {
            "id": name,
            "version": version,
            "rules": [rule.id for rule in rules],
            "clues": len(clues),
        }
        workspace.commit("detect", inputs={"tables": version}, outputs=(target,), detail=detail)
    progress("done", 1.0)
    return _detection(detail)


def _detection_id(
    version: str, rules: tuple[Rule[Any], ...], configured: dict[str, Any], settings: Settings
) -> str:
    content = {
        "format": _FORMAT,
        "version": version,
        "rules": [[rule.id, rule.version, asdict(configured[rule.id])] for rule in rules],
        "q": settings.q,
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]


def _detection(detail: Any) -> Detection:  # noqa: ANN401 - JSON from the manifest
    return Detection(detail["id"], detail["version"], tuple(detail["rules"]), detail["clues"])


def newest_detection(workspace: Workspace) -> Detection:
    """Return the newest detection; raise NotFoundError where there is none."""
    newest = workspace.last("detect")
    if newest is None:
        raise NotFoundError(
            Text("还没有线索", "nothing has been detected yet"),
            Text("先运行 shunteng detect", "run `shunteng detect` first"),
        )
    return _detection(newest.detail)


def newest_clues(workspace: Workspace) -> tuple[Clue, ...]:
    """Return the clues of the newest detection, by rank."""
    found = newest_detection(workspace)
    return read_clues(workspace.detections / found.id / "clues.jsonl")


def graph_of(workspace: Workspace, detection: Detection) -> Graph:
    """Open the graph version that a detection read."""
    settings = workspace.settings()
    folder: Path = workspace.tables / detection.version
    return Graph(folder, memory=settings.memory, threads=settings.threads)


def is_stale(workspace: Workspace) -> bool:
    """Tell whether records or settings have changed since the newest detection."""
    newest = workspace.last("detect")
    return newest is None or newest.detail["version"] != wanted_version(workspace)
