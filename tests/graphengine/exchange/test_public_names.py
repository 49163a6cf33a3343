"""`import graphengine` is cheap, and what it offers is there."""

import subprocess
import sys
from inspect import getdoc

import pytest

import graphengine

_HEAVY = ("numba", "scipy", "pandas", "numpy", "polars", "pyarrow", "duckdb", "networkx", "py2neo")


def _loaded(code: str) -> list[str]:
    script = f"import sys, graphengine\n{code}\nprint(*(m for m in {_HEAVY} if m in sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    return done.stdout.split()


def test_importing_loads_nothing_heavy() -> None:
    assert _loaded("") == []


def test_exchanging_loads_no_compiler_and_no_extra() -> None:
    assert not {"numba", "scipy", "pandas", "py2neo"}.intersection(
        _loaded("graphengine.to_networkx; graphengine.open_graph")
    )


@pytest.mark.parametrize("name", graphengine.__all__)
def test_every_name_is_there_and_documented(name: str) -> None:
    assert getdoc(getattr(graphengine, name))
    assert name in dir(graphengine)


def test_other_names_are_not() -> None:
    with pytest.raises(AttributeError):
        _ = graphengine.nothing  # type: ignore[attr-defined]
