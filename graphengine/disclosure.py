"""Revealing on record: a line in the manifest before any name or number is shown."""

import getpass

from graphengine.workspace import Workspace


def record_disclosure(workspace: Workspace, command: str, about: str) -> None:
    """Write down who lets which command show names and numbers; `about` is an id, never a name."""
    try:
        user = getpass.getuser()
    except OSError:
        user = "unknown"
    with workspace.writing():
        workspace.commit(
            "disclose",
            inputs={},
            outputs=(),
            detail={"command": command, "about": about, "by": user},
        )
