"""The workspace: made once, locked for writing, switched by renames."""

import stat
from pathlib import Path

import pytest

from graphengine.errors import SettingsError, WorkspaceError
from graphengine.workspace import init_workspace, open_workspace


def test_init_makes_a_private_key_and_keeps_an_existing_one(tmp_path: Path) -> None:
    first = init_workspace(tmp_path / "w").key()
    assert len(first) == 32
    assert stat.S_IMODE((tmp_path / "w" / "key").stat().st_mode) == 0o600
    assert init_workspace(tmp_path / "w").key() == first


def test_a_folder_without_a_key_is_no_workspace(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="no workspace"):
        open_workspace(tmp_path)


def test_only_one_process_writes(tmp_path: Path) -> None:
    workspace = init_workspace(tmp_path)
    with (
        workspace.writing(),
        pytest.raises(WorkspaceError, match="another"),
        open_workspace(tmp_path).writing(),
    ):
        pass


def test_what_a_killed_process_left_is_swept(tmp_path: Path) -> None:
    workspace = init_workspace(tmp_path)
    (tmp_path / ".writing-left").mkdir()
    (tmp_path / ".writing-left" / "half.parquet").write_text("half")
    with workspace.writing():
        assert not (tmp_path / ".writing-left").exists()


def test_put_replaces_a_folder_in_one_step(tmp_path: Path) -> None:
    workspace = init_workspace(tmp_path)
    for content in ("old", "new"):
        with workspace.beside() as folder:
            (folder / "v1").mkdir()
            (folder / "v1" / "table").write_text(content)
            workspace.put(folder / "v1", workspace.tables / "v1")
    assert (workspace.tables / "v1" / "table").read_text() == "new"
    assert not list(tmp_path.glob(".writing-*"))


def test_commit_digests_what_lies_there(tmp_path: Path) -> None:
    workspace = init_workspace(tmp_path)
    (workspace.records / "payments").mkdir(parents=True)
    (workspace.records / "payments" / "a.parquet").write_bytes(b"x")
    entry = workspace.commit("ingest", inputs={}, outputs=(workspace.records,), detail={})
    assert list(entry.outputs) == ["records/payments/a.parquet"]
    assert workspace.last("ingest") == entry
    assert workspace.last("build") is None


@pytest.mark.parametrize(
    "text",
    [
        "[statistics]\nquorum = 1\n",
        "[unheard]\nq = 1\n",
        "[statistics]\nq = 1.5\n",
        "[statistics]\nq = 'x'\n",
        "[resources]\nthreads = 0\n",
        "not toml",
    ],
)
def test_settings_that_are_not_understood_are_refused(tmp_path: Path, text: str) -> None:
    workspace = init_workspace(tmp_path)
    workspace.config.write_text(text, "utf-8")
    with pytest.raises(SettingsError):
        workspace.settings()


def test_the_commented_config_means_the_defaults(tmp_path: Path) -> None:
    workspace = init_workspace(tmp_path)
    settings = workspace.settings()
    assert (settings.q, settings.threads, settings.scope) == (0.10, 2, "default")
    stated = workspace.config.read_text("utf-8").replace("# q = 0.10 ", "q = 0.05 ")
    workspace.config.write_text(stated, "utf-8")
    assert workspace.settings().q == 0.05
