"""What a comparison is: outcomes in order of strength, their SQL, their priors, their words."""

from dataclasses import dataclass

from graphengine.language import Text


@dataclass(frozen=True, slots=True)
class Level:
    """One outcome of a comparison: its SQL condition on `_l` (mention) and `_r` (person)."""

    name: str
    condition: str
    m: float
    u: float
    said: Text


@dataclass(frozen=True, slots=True)
class Comparison:
    """Levels of one kind of evidence; `missing` is the SQL condition under which it is silent.

    A one-sided comparison speaks only where something agrees: that nothing does may well mean that
    a register left it out. Its levels are shares of all pairs, not only of those that speak.
    """

    name: str
    missing: str
    levels: tuple[Level, ...]
    one_sided: bool = False


def lacking(*columns: str) -> str:
    """Return SQL: one of the columns says nothing."""
    return " OR ".join(f"{column} IS NULL" for column in columns)


def common(left: str, right: str) -> str:
    """Return SQL: a mention's list and a party's list share something."""
    return f"list_has_any({left}_l, {right}_r)"


def agreeing(name: str, prior: tuple[float, float], said: Text, party: str = "") -> Comparison:
    """Return a comparison that speaks only where both sides share something."""
    shared = f"coalesce({common(name, party or name)}, false)"
    levels = (Level("shared", shared, *prior, said),)
    return Comparison(name, f"NOT {shared}", levels, one_sided=True)
