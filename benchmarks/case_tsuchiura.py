"""Names of bidders to firms: 930 raw names of a Japanese city's auctions against 269 firms.

Run: `python -m benchmarks.case_tsuchiura [FOLDER]`. The names are machine translations of minutes;
the truth is the economists' hand-cleaned list (Chassang, Kawai, Nakabayashi and Ortner).
"""

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from ingest.resolve.company_names import bare_name, brands

_BESIDE = Path(__file__).resolve().parents[2] / "shared" / "data" / "tsuchiura"
_PLACES = ("tsuchiura", "ibaraki", "japan")
"""The city that buys, its prefecture and country: known from the auctions, not from the truth."""

LEAST_F1 = 0.90
LEAST_PRECISION = 0.95


@dataclass(frozen=True, slots=True)
class PairScore:
    """Pairwise precision, recall and their harmonic mean."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        return 2 * self.precision * self.recall / (self.precision + self.recall)


def pair_score(found: Sequence[str], true: Sequence[str]) -> PairScore:
    """Score a partition by pairs: how many put together belong so, and the other way round."""

    def pairs(groups: Counter[object]) -> int:
        return sum(n * (n - 1) // 2 for n in groups.values())

    both = pairs(Counter(zip(found, true, strict=True)))
    return PairScore(both / pairs(Counter(found)), both / pairs(Counter(true)))


def resolved(names: Sequence[str]) -> list[str]:
    """Return the firm of every raw name: its brand."""
    bare = [bare_name(name) for name in names]
    brand = brands(sorted(set(bare)), _PLACES)
    return [brand[name] for name in bare]


def tsuchiura(folder: Path = _BESIDE) -> dict[str, PairScore]:
    """Return the scores of stripping legal forms alone and of brands."""
    rows = pl.read_csv(folder / "er_raw_name_to_firm.csv", infer_schema=False)
    names, true = rows["raw_name"].to_list(), rows["bidder_id"].to_list()
    return {
        "legal forms taken off": pair_score([bare_name(name) for name in names], true),
        "brands": pair_score(resolved(names), true),
    }


def main() -> None:
    """Print the scores; exit 1 where brands miss the goal."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else _BESIDE
    if not folder.is_dir():
        print(f"no case at {folder}; name its folder to run it")  # noqa: T201 - a command's answer
        return
    scores = tsuchiura(folder)
    for name, score in scores.items():
        print(f"{name}: P {score.precision:.4f} R {score.recall:.4f} F1 {score.f1:.4f}")  # noqa: T201
    reached = scores["brands"]
    if reached.f1 <= LEAST_F1 or reached.precision < LEAST_PRECISION:
        sys.exit(1)


if __name__ == "__main__":
    main()
