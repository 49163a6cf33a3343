"""Saying a checked text again, token by token, for an engine to read."""

from collections.abc import Sequence
from dataclasses import dataclass

from graphengine.store.cypher.tokens import Place, Token
from graphengine.store.cypher.words import KEYWORDS

_WORDY = frozenset("_`'$")


@dataclass(frozen=True, slots=True)
class Said:
    """A text for an engine, and where each of its parts stood in the text as written."""

    text: str
    starts: tuple[int, ...]
    places: tuple[Place, ...]

    def place(self, offset: int) -> Place | None:
        """Return where the part that holds a position of `text` stood; None in an empty text."""
        before = [p for s, p in zip(self.starts, self.places, strict=True) if s <= offset]
        return before[-1] if before else None


def said(tokens: Sequence[Token], parts: Sequence[str] | None = None) -> Said:
    """Return the text of tokens, each said as its part; empty parts fall away.

    What touched touches again, what stood apart stands apart by one space; so do words of the
    language, as some engines want it.
    """
    text, starts, places = "", [], []
    word = False
    for token, part in zip(tokens, parts or [t.said for t in tokens], strict=True):
        if not part:
            continue
        apart = token.spaced or word or token.kind in KEYWORDS
        if text and (apart or (_wordy(text[-1]) and _wordy(part[0]))):
            text += " "
        word = token.kind in KEYWORDS
        starts.append(len(text))
        places.append(token.place)
        text += part
    return Said(text, tuple(starts), tuple(places))


def _wordy(sign: str) -> bool:
    return sign.isalnum() or sign in _WORDY
