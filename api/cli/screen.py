"""What the terminal shows: language, tables, progress and errors."""

import codecs
import io
import os
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.markup import escape as _escape
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from graphengine.errors import ShuntengError
from graphengine.language import Language, Text, system_language
from graphengine.workspace import Workspace, open_workspace

_PIPE_WIDTH = 200
_CONTROL = ("Cc", "Cf", "Cs")


def stated_language(arguments: Sequence[str]) -> Language:
    """Return the language of `--lang`, else the locale's; help texts are chosen by it too."""
    for place, word in enumerate(arguments):
        value = word.partition("=")[2] if word.startswith("--lang=") else ""
        if word == "--lang" and place + 1 < len(arguments):
            value = arguments[place + 1]
        if value in ("zh", "en"):
            return "zh" if value == "zh" else "en"
    return system_language()


LANGUAGE: Language = stated_language(sys.argv[1:])


def say(zh: str, en: str) -> str:
    """Return one of two sentences, by the user's language."""
    return zh if LANGUAGE == "zh" else en


def prepare_streams() -> None:
    """Let no character stop the output: UTF-8 in an ASCII locale, escapes elsewhere."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            ascii_only = codecs.lookup(stream.encoding).name == "ascii"
            stream.reconfigure(encoding="utf-8" if ascii_only else None, errors="backslashreplace")


def write(text: str) -> None:
    """Write a machine-readable result to stdout; nothing where it is closed."""
    if sys.stdout is not None:
        sys.stdout.write(text)


def said(text: Text) -> str:
    """Return a text in the user's language."""
    return text.said(LANGUAGE)


KINDS: dict[str, Text] = {
    "suspicion": Text("疑点", "suspicion"),
    "efficiency": Text("效能", "efficiency"),
    "data": Text("数据", "data"),
}


def plain(text: str) -> str:
    """Return text of files or users harmless to a terminal: no markup, no control characters."""
    return _escape(
        "".join(
            c if c in "\n\t" or unicodedata.category(c) not in _CONTROL else _shown(c) for c in text
        )
    )


def _shown(control: str) -> str:
    return control.encode("unicode_escape", "surrogatepass").decode("ascii")


def _console(*, stderr: bool) -> Console:
    stream = sys.stderr if stderr else sys.stdout
    if stream is None:
        return Console(file=io.StringIO())
    width = None if stream.isatty() or "COLUMNS" in os.environ else _PIPE_WIDTH
    return Console(stderr=stderr, width=width, highlight=False, soft_wrap=False)


def out() -> Console:
    """Return the console of results (stdout)."""
    return _console(stderr=False)


def note(message: str) -> None:
    """Say something beside the result (stderr)."""
    _console(stderr=True).print(plain(message), soft_wrap=True)


def show_error(error: ShuntengError) -> None:
    """Say what failed and what to do (stderr)."""
    console = _console(stderr=True)
    console.print(f"[bold red]{plain(said(error.message))}[/]", soft_wrap=True)
    console.print(f"→ {plain(said(error.remedy))}", soft_wrap=True)


def table(
    headers: Iterable[str | tuple[str, str]], rows: Iterable[Iterable[object]], title: str = ""
) -> None:
    """Print a table; a header may come with a manner: "right" for figures, "id" never folded."""
    made = Table(title=title or None, title_justify="left", header_style="bold", expand=False)
    for header in headers:
        name, manner = header if isinstance(header, tuple) else (header, "")
        made.add_column(
            name,
            justify="right" if manner == "right" else "left",
            overflow="fold",
            no_wrap=manner == "id",
        )
    for row in rows:
        made.add_row(*(plain("" if cell is None else str(cell)) for cell in row))
    out().print(made)


@contextmanager
def progress_bar(title: str) -> Iterator[Callable[[str, float], None]]:
    """Show a bar on stderr while work goes on; nothing where stderr is no terminal."""
    console = _console(stderr=True)
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeElapsedColumn(),
        TextColumn("[dim]{task.fields[stage]}"),
        console=console,
        disable=not console.is_terminal,
        transient=False,
    ) as bar:
        task = bar.add_task(title, total=1.0, stage="")

        def report(stage: str, done: float) -> None:
            bar.update(task, completed=done, stage=stage)

        yield report
        bar.update(task, completed=1.0, stage="")


def workspace_at(folder: Path | None) -> Workspace:
    """Open the workspace that the command works on."""
    return open_workspace(workspace_path(folder))


def workspace_path(folder: Path | None) -> Path:
    """Return the stated folder, else SHUNTENG_WORKSPACE, else ./workspace."""
    return folder or Path(os.environ.get("SHUNTENG_WORKSPACE") or "workspace")
