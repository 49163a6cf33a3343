"""Packages that only some users need: found when asked for, named where they lack."""

from importlib import import_module
from types import ModuleType

from graphengine.errors import ExchangeError
from graphengine.language import Text


def extra(name: str) -> ModuleType:
    """Return the package of an optional extra of the same name; raise ExchangeError without it."""
    try:
        return import_module(name)
    except ImportError as error:
        raise ExchangeError(
            Text(f"没有安装 {name}", f"{name} is not installed"),
            Text(f"运行 pip install 'shunteng[{name}]'", f"run pip install 'shunteng[{name}]'"),
        ) from error
