"""One text through a logical type: what it becomes, and which demands it breaks."""

from dataclasses import dataclass

import polars as pl

from ingest.kinds import Kind


@dataclass(frozen=True, slots=True)
class Judged:
    tidy: str | None
    broken: tuple[str, ...]
    value: object


def judged_all(kind: Kind, texts: list[str | None]) -> list[Judged]:
    tidy = kind.tidy(pl.Series("cells", texts, dtype=pl.String))
    frame = pl.DataFrame({"cells": tidy})
    met = {d.code: frame.select(d.met(pl.col("cells"))).to_series() for d in kind.demands}
    found = []
    for place, text in enumerate(tidy):
        broken = tuple(code for code, series in met.items() if series[place] is False)
        value = None if broken else kind.typed(tidy.slice(place, 1))[0]
        found.append(Judged(text, broken, value))
    return found


def judged(kind: Kind, text: str | None) -> Judged:
    return judged_all(kind, [text])[0]
