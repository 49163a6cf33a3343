"""What a rule is: its card, its typed parameters, its finder and its own cases.

A rule is one module of `queries.rules` with a constant `RULE`. Its parameters are a frozen
dataclass whose fields are made by `parameter(...)`: bounds, units and meaning travel along.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any, Generic, Literal, TypeVar, cast

from graphengine.errors import SettingsError
from graphengine.finding import Outcome
from graphengine.language import Text
from graphengine.tables.graph import Graph

ClueKind = Literal["suspicion", "efficiency", "data"]
P = TypeVar("P")


@dataclass(frozen=True, slots=True)
class Bounds:
    """Meaning, unit and allowed range (both ends inclusive) of one parameter."""

    text: Text
    unit: str
    low: float
    high: float


def parameter(default: float, unit: str, low: float, high: float, text: Text) -> Any:  # noqa: ANN401
    """Declare a field of a rule's parameters; the field's annotation gives its type."""
    return field(default=default, metadata={"bounds": Bounds(text, unit, low, high)})


@dataclass(frozen=True, slots=True)
class Card:
    """What an inspector reads before trusting a clue of this rule."""

    title: Text
    reading: Text
    method: Text
    why_it_matters: Text
    basis: tuple[Text, ...]
    innocent: tuple[Text, ...]
    exclusions: tuple[Text, ...]
    refuted_by: tuple[Text, ...]
    sources: tuple[str, ...]
    owner: str
    valid_from: date
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class Input:
    """A register a rule reads and the columns without which it cannot speak."""

    register: str
    columns: tuple[str, ...] = ()
    required: bool = True


@dataclass(frozen=True, slots=True)
class Case:
    """A tiny village: registers as CSV text with the tokens of `graphengine.specimen`.

    `clues` is how many findings the rule must yield on it; 0 means it must stay silent.
    """

    title: Text
    registers: dict[str, str]
    clues: int


def beside(module: str) -> str:
    """Return a rule's drill-down: the `.cypher` file beside its module, under the same name."""
    return Path(module).with_suffix(".cypher").read_text("utf-8").strip()


@dataclass(frozen=True, slots=True)
class Rule(Generic[P]):
    """One rule of the catalogue.

    `drill_down` are path patterns in the form of the library's questions, so that every engine
    shows the evidence of a clue; their parameters are what the clue names (see queries.drilling).
    """

    id: str
    version: str
    dimension: int
    kind: ClueKind
    card: Card
    inputs: tuple[Input, ...]
    parameters: P
    find: Callable[[Graph, P], Outcome]
    drill_down: str
    cases: tuple[Case, ...]
    prior: float
    """Log-odds of a bare finding being worth verifying; `Finding.signs` and innocents add to it."""

    def configured(self, values: dict[str, object]) -> P:
        """Return the parameters with a county's own values; raise SettingsError for bad ones."""
        known = {f.name: f for f in fields(cast("Any", self.parameters))}
        changed: dict[str, object] = {}
        for name, value in values.items():
            if name not in known:
                raise SettingsError(
                    Text(
                        f"规则 {self.id} 没有参数 {name}", f"rule {self.id} has no parameter {name}"
                    ),
                    Text(f"可用参数：{'、'.join(known)}", f"known parameters: {', '.join(known)}"),
                )
            bounds: Bounds = known[name].metadata["bounds"]
            default = getattr(self.parameters, name)
            if (
                isinstance(value, bool)
                or not isinstance(value, int | float)
                or (isinstance(default, int) and not isinstance(value, int))
                or not bounds.low <= value <= bounds.high
            ):
                raise SettingsError(
                    Text(
                        f"规则 {self.id} 的参数 {name} 不能是 {value!r}",
                        f"rule {self.id}: parameter {name} cannot be {value!r}",
                    ),
                    Text(
                        f"应在 {bounds.low} 与 {bounds.high} 之间（{bounds.unit}）",
                        f"give a value from {bounds.low} to {bounds.high} ({bounds.unit})",
                    ),
                )
            changed[name] = type(default)(value)
        complete = {name: changed.get(name, getattr(self.parameters, name)) for name in known}
        return type(self.parameters)(**complete)
