"""Collecting the register rows behind a finding, each once, with what it shows."""

from collections.abc import Iterable

from graphengine.finding import Fact
from graphengine.identifiers import RecordId
from graphengine.language import Text


class Dossier:
    """Facts in the order in which they were named; a row named again keeps its first reading."""

    def __init__(self) -> None:
        """Start empty."""
        self._places: dict[int, int] = {}
        self._facts: list[Fact] = []

    def cite(self, records: Iterable[int], what: Text) -> tuple[int, ...]:
        """Add rows and return their positions among the facts."""
        places: list[int] = []
        for record in records:
            if record not in self._places:
                self._places[record] = len(self._facts)
                self._facts.append(Fact(RecordId(record), what))
            if self._places[record] not in places:
                places.append(self._places[record])
        return tuple(places)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Return all facts so far."""
        return tuple(self._facts)
