"""A written county, read back as a stranger would read it."""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

REGISTERS = (
    "officials",
    "households",
    "contractors",
    "payments",
    "approvals",
    "shareholders",
    "accounts",
    "contracts",
    "bids",
    "benefits",
    "relatives",
    "leases",
    "reports",
    "labour",
    "holdings",
    "documents",
)


@dataclass(frozen=True)
class Paper:
    """The folder of a county and its registers as text columns."""

    folder: Path

    def register(self, name: str) -> pl.DataFrame:
        return pl.read_csv(self.folder / f"{name}.csv", infer_schema=False)

    @cached_property
    def truth(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.folder / "truth.json").read_text("utf-8"))
        return found

    def values(self, name: str, column: str) -> set[str]:
        return set(self.register(name)[column].drop_nulls().to_list())
