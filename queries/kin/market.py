"""What chance and competition would give: unrelated bidders, local suppliers, base rates."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graphengine.algo.permutation import Excess, Stratum, exact_excess
from graphengine.tables.graph import Graph
from queries.kin.power import POWERS
from queries.kin.stakes import STAKES

_BIDDERS = """
WITH bidders AS (
  SELECT DISTINCT b.target AS contract, b.source AS firm FROM BID b
  WHERE b.target IN (SELECT unnest($contracts::VARCHAR[]))
), hands AS (
  SELECT DISTINCT source AS hand, target AS firm FROM (
    SELECT source, target FROM OWNS UNION ALL SELECT source, target FROM REPRESENTS
    UNION ALL SELECT source, target FROM DIRECTS UNION ALL SELECT target, target FROM BID
  )
), tied AS (
  SELECT a.firm AS one, b.firm AS other FROM hands a JOIN hands b USING (hand)
  WHERE a.firm <> b.firm
  UNION SELECT source, target FROM SHARES UNION SELECT target, source FROM SHARES
)
SELECT a.contract, a.firm, list_sort(list(t.other) FILTER (WHERE b.firm IS NOT NULL)) AS related
FROM bidders a LEFT JOIN tied t ON t.one = a.firm
LEFT JOIN bidders b ON b.contract = a.contract AND b.firm = t.other
GROUP BY a.contract, a.firm ORDER BY a.contract, a.firm
"""


def unrelated_bidders(graph: Graph, contracts: Iterable[str]) -> dict[str, int]:
    """Return how many bidders with nothing in common bid for each contract (none: not there).

    Bidders that share an owner, representative, manager, phone, address or device count once.
    """
    rows = graph.sql(_BIDDERS, contracts=sorted(set(contracts)))
    related: dict[str, dict[str, list[str]]] = {}
    for contract, firm, others in rows.iter_rows():
        related.setdefault(contract, {})[firm] = others or []
    return {contract: clusters(firms) for contract, firms in related.items()}


def clusters(related: Mapping[str, list[str]]) -> int:
    """Return into how many groups the firms fall by their relations."""
    seen: set[str] = set()
    count = 0
    for start in related:
        if start in seen:
            continue
        count += 1
        waiting = [start]
        while waiting:
            firm = waiting.pop()
            if firm not in seen:
                seen.add(firm)
                waiting += related[firm]
    return count


@dataclass(frozen=True, slots=True)
class Trade:
    """One category in one county: its contracts and the firms that won or bid for them."""

    contracts: int
    firms: int


def trades(graph: Graph) -> dict[tuple[str, str], Trade]:
    """Return the trades by (first six digits of the division, category)."""
    rows = graph.sql(
        """
        WITH entrants AS (
          SELECT source AS contract, target AS firm FROM AWARDED
          UNION SELECT target, source FROM BID
        )
        SELECT left(c.division, 6) AS county, c.category, count(DISTINCT c.id), count(DISTINCT firm)
        FROM Contract c JOIN entrants e ON e.contract = c.id
        WHERE c.category IS NOT NULL AND c.division IS NOT NULL
        GROUP BY ALL ORDER BY ALL
        """
    )
    return {(r[0], r[1]): Trade(r[2], r[3]) for r in rows.iter_rows()}


_SHARES = f"""
WITH {POWERS}, {STAKES}, related AS (
  SELECT DISTINCT division, official, official AS kin FROM powers WHERE level = 'village'
  UNION
  SELECT p.division, p.official, k.target FROM powers p JOIN KIN k ON k.source = p.official
  WHERE p.level = 'village' AND k.in_scope
), kin_firms AS (
  SELECT DISTINCT r.division, s.firm FROM related r JOIN stakes s ON s.person = r.kin
), awards AS (
  SELECT left(c.division, 6) || '|' || coalesce(c.category, '') AS trade, c.division,
    a.source AS contract, a.target AS firm
  FROM AWARDED a JOIN Contract c ON c.id = a.source WHERE c.division IS NOT NULL
), totals AS (SELECT trade, count(*) AS total FROM awards GROUP BY trade
), wins AS (
  SELECT k.division, a.trade, count(*) AS marked, count(*) FILTER (WHERE a.division = k.division)
    AS both FROM awards a JOIN kin_firms k ON k.firm = a.firm GROUP BY ALL
), own AS (SELECT division, trade, count(*) AS drawn FROM awards GROUP BY ALL)
SELECT o.division, t.total, coalesce(w.marked, 0), o.drawn, coalesce(w.both, 0)
FROM own o JOIN totals t USING (trade) LEFT JOIN wins w USING (division, trade)
ORDER BY o.division, trade
"""


@dataclass(frozen=True, slots=True)
class Chance:
    """A village's awards to firms of kin against chance; `elsewhere`: awards of other villages."""

    excess: Excess
    elsewhere: int

    @property
    def share(self) -> float:
        """Return the share of the village's awards that chance would give such firms."""
        return self.excess.expected / self.excess.n if self.excess.n else 0.0


def kin_shares(graph: Graph, min_share: float) -> dict[str, Chance]:
    """Return, per village, its awards to firms of its officials' kin against the county's trade.

    Within each category the winners are exchangeable among the county's contracts: the share that
    kin firms win anywhere is what chance would give them here.
    """
    rows = graph.sql(_SHARES, min_share=min_share)
    strata: dict[str, list[Stratum]] = {}
    for division, *counts in rows.iter_rows():
        strata.setdefault(division, []).append(Stratum(*counts))
    return {
        division: Chance(exact_excess(parts), sum(s.total - s.drawn for s in parts))
        for division, parts in strata.items()
    }
