"""One thing that was to come of a case, and what came."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Check:
    """A case, what was looked at, what was to come and what came."""

    case: str
    what: str
    expected: str
    found: str

    @property
    def holds(self) -> bool:
        """Tell whether they are the same."""
        return self.expected == self.found
