"""The catalogue: every rule of the package `queries.rules` and of installed extensions."""

import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache
from importlib.metadata import entry_points
from typing import Any

import queries.rules
from graphengine.rule import Rule

EXTENSIONS = "shunteng.rules"
"""Entry-point group through which another distribution adds a rule: the point names a `Rule`."""


@cache
def rules() -> tuple[Rule[Any], ...]:
    """Return all rules by id; a module counts where it has a constant `RULE`.

    Raises TypeError where an extension's entry point is no rule or takes the id of another.
    """
    found: dict[str, Rule[Any]] = {}
    for rule in (*_own(), *_extensions()):
        if not isinstance(rule, Rule) or rule.id in found:
            message = f"no rule, or its id is taken: {getattr(rule, 'id', rule)!r}"
            raise TypeError(message)
        found[rule.id] = rule
    return tuple(found[name] for name in sorted(found))


def _own() -> Iterator[Rule[Any]]:
    for module in pkgutil.iter_modules(queries.rules.__path__):
        rule = getattr(importlib.import_module(f"queries.rules.{module.name}"), "RULE", None)
        if rule is not None:
            yield rule


def _extensions() -> Iterator[Rule[Any]]:
    for point in sorted(entry_points(group=EXTENSIONS), key=lambda p: (p.name, p.value)):
        yield point.load()
