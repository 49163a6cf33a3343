"""The workspace: one folder with everything of one county, switched from version to version.

    records/<register>/<sha>.parquet   validated rows of one register file
    quarantine/<sha>.parquet           refused rows of one register file
    tables/<version>/                  one version of the graph (see graphengine.tables)
    detections/<id>/                   clues and coverage of one detection
    key, config.toml, manifest.jsonl   0600 key, settings, hash-chained history

Whatever is written is written beside and put in place by one rename; the manifest's line is its
commit.
"""

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from graphengine.errors import WorkspaceError
from graphengine.language import Text
from graphengine.manifest import Entry, append_entry, digest_of_file, read_manifest
from graphengine.settings import DEFAULT_CONFIG, Settings, read_settings

_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Workspace:
    """Paths and commits of one workspace folder."""

    root: Path

    @property
    def records(self) -> Path:
        """Return the folder of the validated rows."""
        return self.root / "records"

    @property
    def quarantine(self) -> Path:
        """Return the folder of the refused rows."""
        return self.root / "quarantine"

    @property
    def tables(self) -> Path:
        """Return the folder of the graph's versions."""
        return self.root / "tables"

    @property
    def detections(self) -> Path:
        """Return the folder of the detections."""
        return self.root / "detections"

    @property
    def manifest(self) -> Path:
        """Return the path of the hash-chained history."""
        return self.root / "manifest.jsonl"

    @property
    def config(self) -> Path:
        """Return the path of the settings file."""
        return self.root / "config.toml"

    def key(self) -> bytes:
        """Return the key of the node ids."""
        return bytes.fromhex((self.root / "key").read_text("ascii").strip())

    def settings(self) -> Settings:
        """Return the settings; raise SettingsError where they are not understood."""
        return read_settings(self.config)

    def entries(self, act: str | None = None) -> tuple[Entry, ...]:
        """Return the manifest's entries, oldest first, all or of one act."""
        return tuple(e for e in read_manifest(self.manifest) if act in (None, e.act))

    def last(self, act: str) -> Entry | None:
        """Return the newest entry of an act."""
        entries = self.entries(act)
        return entries[-1] if entries else None

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the workspace for writing; raise WorkspaceError when another process holds it."""
        try:
            with FileLock(self.root / "lock", timeout=0):
                self._sweep()
                yield
        except Timeout as error:
            raise WorkspaceError(
                Text(
                    "另一个 shunteng 进程正在写入这个工作区",
                    "another shunteng process is writing to this workspace",
                ),
                Text("请等待其结束后重试", "wait until it has ended, then try again"),
            ) from error

    @contextmanager
    def beside(self) -> Iterator[Path]:
        """Give a new folder inside the workspace to write into; it is gone afterwards."""
        folder = Path(tempfile.mkdtemp(prefix=".writing-", dir=self.root))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def put(self, source: Path, target: Path) -> None:
        """Move a finished file or folder to its place in one step, replacing what is there."""
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.is_dir():
            aside = Path(tempfile.mkdtemp(prefix=".writing-", dir=self.root)) / target.name
            target.replace(aside)
            source.replace(target)
            shutil.rmtree(aside.parent, ignore_errors=True)
        else:
            source.replace(target)

    def commit(
        self,
        act: str,
        *,
        inputs: Mapping[str, str],
        outputs: tuple[Path, ...],
        detail: Mapping[str, Any],
    ) -> Entry:
        """Record finished work: its outputs' digests are taken from the files as they lie there."""
        files = sorted(
            p
            for out in outputs
            for p in ((out,) if out.is_file() else out.rglob("*"))
            if p.is_file()
        )
        digests = {p.relative_to(self.root).as_posix(): digest_of_file(p) for p in files}
        return append_entry(self.manifest, act, inputs=inputs, outputs=digests, detail=detail)

    def _sweep(self) -> None:
        """Remove what a killed process left behind; nobody names it."""
        for left in self.root.glob(".writing-*"):
            shutil.rmtree(left, ignore_errors=True)


def init_workspace(root: Path) -> Workspace:
    """Make a workspace, its key (mode 0600) and a commented config; keep what is there."""
    root.mkdir(parents=True, exist_ok=True)
    key = root / "key"
    if not key.exists():
        descriptor = os.open(root / ".key", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(_KEY_BYTES))
        (root / ".key").replace(key)
    config = root / "config.toml"
    if not config.exists():
        config.write_text(DEFAULT_CONFIG, "utf-8")
    return Workspace(root)


def open_workspace(root: Path) -> Workspace:
    """Return an existing workspace; raise WorkspaceError where there is none."""
    if not (root / "key").is_file():
        raise WorkspaceError(
            Text(f"这里没有工作区：{root}", f"there is no workspace at {root}"),
            Text(
                "先运行 shunteng init，或用 -w 指定工作区",
                "run `shunteng init` first, or name one with -w",
            ),
        )
    return Workspace(root)
