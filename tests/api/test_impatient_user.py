"""The command line under an impatient user and odd terminals: words instead of tracebacks."""

import sys
from pathlib import Path

from tests.api.test_command_line import run
from tests.ingest.office import payment, write_rows


def _workspace(tmp_path: Path) -> Path:
    run("-w", tmp_path / "workspace", "init")
    return tmp_path / "workspace"


def test_a_folder_without_registers_is_said(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = run("-w", _workspace(tmp_path), "ingest", tmp_path / "empty", status=1)
    assert "no register file was found" in done.stderr
    assert not done.stdout


def test_quarantine_knows_registers_by_either_name(tmp_path: Path) -> None:
    root = _workspace(tmp_path)
    bad = payment(1, amount="\x1b[31m9")
    run("-w", root, "ingest", write_rows(tmp_path / "payments.csv", [bad]))
    shown = run("-w", root, "--lang", "zh", "quarantine", "--register", "资金流水").stdout
    assert "金额" in shown
    assert "\\x1b[31m9" in shown
    run("-w", root, "quarantine", "--register", "nonsense", status=1)


def test_an_ascii_locale_stops_no_output(tmp_path: Path) -> None:
    del tmp_path
    done = run("--lang", "zh", "rules", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert "规则" in done.stdout
    assert "疑点" in done.stdout


def test_what_the_system_refuses_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    done = run("-w", tmp_path / "file" / "workspace", "init", status=1)
    assert "the system refused" in done.stderr
    assert "Traceback" not in done.stderr
    assert sys.executable not in done.stderr
