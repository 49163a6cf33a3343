"""The invented county: towns, villages, their codes, groups and lineages."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ingest.demo.calendar import Flags, Ints, Reals
from ingest.demo.chance import Chance, weighted, zipf_weights
from ingest.demo.names import SURNAMES

AREA: Final = 361_025
COUNTY_NAME: Final = "榕川县"
_VILLAGES_PER_TOWN: Final = 12
_FIRST: Final = "榕石茶柏枫桂梅松竹莲荷杨柳桃杏枣槐樟桐椿上下东西南北前后新长大小白青黄红金银龙凤"
_SECOND: Final = "溪塘坪岭湾坑垄洲桥源山冲田庄沙陂岗坞屋潭垅畈墩港井埠"
_TOWN_FIRST: Final = "石白青双清三礼河孙桃六巴许郭马相航沙长里永安和平"
_TOWN_SECOND: Final = "庄陂塘岗溪源桥田湖坊"


@dataclass(frozen=True, slots=True)
class Geography:
    """Divisions are numbered villages first, then towns, then the county."""

    names: tuple[str, ...]
    codes: tuple[str, ...]
    villages: int
    town_of: Ints
    """Per village the division number of its town."""

    groups: Ints
    weight: Reals
    lineage_village: Ints
    lineage_share: Reals
    lineage_surname: Ints
    single: Flags

    @property
    def county(self) -> int:
        """Return the division number of the county."""
        return len(self.codes) - 1

    @property
    def towns(self) -> range:
        """Return the division numbers of the towns."""
        return range(self.villages, self.county)

    def above(self, division: int) -> tuple[int, ...]:
        """Return a division and those above it."""
        if division < self.villages:
            return (division, int(self.town_of[division]), self.county)
        return (division,) if division == self.county else (division, self.county)

    def body_code(self, division: int) -> str:
        """Return the code under which the division's public body holds its account."""
        suffix = "VC" if division < self.villages else "FB" if division == self.county else "TG"
        return f"{self.codes[division]}-{suffix}"

    def body_name(self, division: int) -> str:
        """Return the name of the division's public body."""
        if division < self.villages:
            return f"{self.names[division]}村民委员会"
        if division == self.county:
            return f"{COUNTY_NAME}财政局"
        return f"{self.names[division]}人民政府"

    def unit_name(self, division: int) -> str:
        """Return the unit that an office-holder of the division belongs to."""
        if division < self.villages:
            return self.names[division]
        return f"{self.names[division]}人民政府"

    def lineages_of(self, village: int) -> Ints:
        """Return the lineages of one village, greatest share first."""
        found = np.flatnonzero(self.lineage_village == village)
        return np.asarray(found[np.argsort(-self.lineage_share[found], kind="stable")])


def _distinct(first: str, second: str, end: str, rng: Chance, count: int) -> list[str]:
    """Return distinct place names; numerals are added when the syllables run out."""
    every = [a + b for a in first for b in second]
    order = rng.permutation(len(every))
    names = [every[int(i)] for i in order]
    numerals = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"]
    return [names[i % len(names)] + numerals[i // len(names)] + end for i in range(count)]


def _lineages(single: Flags, rng: Chance) -> tuple[Ints, Reals, Ints]:
    """Return village, share and surname of every lineage: a few large ones and small ones."""
    village: list[int] = []
    share: list[float] = []
    surname: list[int] = []
    weights = zipf_weights(len(SURNAMES), 0.8, 2.0)
    for place, alone in enumerate(single):
        large = 1 if alone else int(rng.integers(2, 5))
        small = 1 if alone else int(rng.integers(3, 6))
        rest = 0.03 if alone else float(rng.uniform(0.15, 0.3))
        parts = rng.dirichlet(np.full(large, 6.0)) * (1 - rest)
        drawn = list(dict.fromkeys(int(i) for i in weighted(rng, weights, 60)))[: large + small]
        shares = [*parts.tolist(), *[rest / small] * small]
        village += [place] * len(drawn)
        share += shares[: len(drawn)]
        surname += drawn
    return np.array(village), np.array(share), np.array(surname)


def drawn_geography(villages: int, rng: Chance) -> Geography:
    """Lay out towns of about a dozen villages each; one village in eight has a single surname."""
    towns = max(1, round(villages / _VILLAGES_PER_TOWN))
    town = np.sort(np.arange(villages) % towns)
    place = np.arange(villages) - np.searchsorted(town, town)
    single = np.zeros(villages, dtype=bool)
    alone = max(1, round(villages / 8)) if villages >= 4 else 0  # noqa: PLR2004 -- room for one
    single[rng.permutation(villages)[:alone]] = True
    weight = rng.uniform(0.65, 1.35, villages)
    lineage_village, lineage_share, lineage_surname = _lineages(single, rng)
    return Geography(
        names=(
            *_distinct(_FIRST, _SECOND, "村", rng, villages),
            *_distinct(_TOWN_FIRST, _TOWN_SECOND, "镇", rng, towns),
            COUNTY_NAME,
        ),
        codes=(
            *(
                f"{AREA}{101 + int(t):03d}{201 + int(p):03d}"
                for t, p in zip(town, place, strict=True)
            ),
            *(f"{AREA}{101 + t:03d}000" for t in range(towns)),
            f"{AREA}000000",
        ),
        villages=villages,
        town_of=town + villages,
        groups=rng.integers(4, 8, villages),
        weight=weight / weight.sum(),
        lineage_village=lineage_village,
        lineage_share=lineage_share,
        lineage_surname=lineage_surname,
        single=single,
    )
