"""Is everything as the manifest says? Recompute the chain and the digests, name what changed."""

from graphengine.errors import IntegrityError
from graphengine.language import Text
from graphengine.manifest import Entry, digest_of_file
from graphengine.workspace import Workspace

_KEY_MODE = 0o600


def verify_workspace(workspace: Workspace) -> tuple[Text, ...]:
    """Return what is not as recorded, first the chain, then files by name; empty means intact.

    Files of older versions may have been removed; where they still lie, they are held to their
    digests too. A file that no entry names is nobody's: a killed process may have left it, no
    reader looks at it. Cost: reads every file of the workspace once.
    """
    try:
        entries = workspace.entries()
    except IntegrityError as error:
        return (error.message,)
    troubles: list[Text] = []
    if (workspace.root / "key").stat().st_mode & 0o777 != _KEY_MODE:
        troubles.append(Text("key 的权限不是 0600", "the mode of key is not 0600"))
    needed = _needed(entries)
    stated: dict[str, str] = {}
    for entry in entries:
        stated.update(entry.outputs)
    for name in sorted(stated):
        path = workspace.root / name
        if not path.exists():
            if name in needed:
                troubles.append(Text(f"缺少文件 {name}", f"missing file {name}"))
        elif digest_of_file(path) != stated[name]:
            troubles.append(Text(f"文件已被改动 {name}", f"changed file {name}"))
    return tuple(troubles)


def _needed(entries: tuple[Entry, ...]) -> set[str]:
    """Return the files that must lie there: all records, the newest build and detection."""
    newest: dict[str, Entry] = {}
    names: set[str] = set()
    for entry in entries:
        if entry.act == "ingest":
            names |= set(entry.outputs)
        else:
            newest[entry.act] = entry
    return names | {name for entry in newest.values() for name in entry.outputs}
