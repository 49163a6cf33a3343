"""Contracts that went to firms of an office-holder's kin: every link from official to contract."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from graphengine.tables.graph import Graph
from queries.kin.power import POWERS, covers
from queries.kin.stakes import STAKES


@dataclass(frozen=True, slots=True)
class Link:
    """One way from an official to one contract: post, kin (or himself), hold on the firm.

    `relation` is what the kin is to the official as a kin word, empty for himself; `how` a hold of
    `queries.kin.stakes`, or `shares` / `profits` for the weaker ties; `partner` is whom the weaker
    tie leads through (the firm's representative), if not the firm itself. Amounts in fen.
    """

    contract: str
    firm: str
    division: str
    signed_on: date
    amount: int
    method: str | None
    category: str | None
    contract_records: tuple[int, ...]
    official: str
    post: str
    role: str
    level: str
    post_records: tuple[int, ...]
    acted_matter: str | None
    acted_on: date | None
    acted_records: tuple[int, ...]
    recorded: bool
    kin: str
    official_sex: str | None
    kin_sex: str | None
    relation: str
    degree: int
    declared: bool
    kin_records: tuple[int, ...]
    kin_via: tuple[str, ...]
    how: str
    place: int
    share: float | None
    via: tuple[str, ...]
    partner: str | None
    stake_records: tuple[int, ...]
    held_since: date | None

    @property
    def approved(self) -> bool:
        """Say whether the official approved this contract's matter."""
        return self.acted_matter is not None


_AWARDS = """
awards AS (
  SELECT a.source AS contract, a.target AS firm, c.division, c.signed_on, c.method, c.category,
    coalesce(c.amount, a.amount, 0) AS amount, a.records AS contract_records
  FROM AWARDED a JOIN Contract c ON c.id = a.source
  WHERE c.signed_on IS NOT NULL AND c.division IS NOT NULL
), about AS (
  SELECT u.source AS contract, m.id AS matter, m.matter_type, m.programme
  FROM UNDER u JOIN Matter m ON m.id = u.target
), steps AS (
  SELECT b.contract, a.source AS official, min(a.target) AS acted_matter,
    min(a.acted_at)::DATE AS acted_on,
    flatten(list(a.records ORDER BY a.acted_at, a.records)) AS acted_records
  FROM ACTED a JOIN about b ON b.matter = a.target
  WHERE a.step = 'approval' AND coalesce(a.decision, 'approved') = 'approved' GROUP BY ALL
), subjects AS (
  SELECT a.contract, a.category, min(b.matter_type) AS matter_type, min(b.programme) AS programme
  FROM awards a LEFT JOIN about b USING (contract) GROUP BY ALL
)
"""

_RELATED = """
related AS (
  SELECT DISTINCT official, official AS kin, '' AS relation, 0 AS degree, NULL::DATE AS since,
    NULL::DATE AS until, []::UBIGINT[] AS kin_records, []::VARCHAR[] AS kin_via
  FROM powers
  UNION ALL
  SELECT k.source, k.target, k.relation, k.degree, k.valid_from,
    least(k.valid_to, p.death_date), k.records, coalesce(k.via, [])
  FROM KIN k SEMI JOIN powers ON powers.official = k.source JOIN Person p ON p.id = k.target
  WHERE k.in_scope AND k.source <> k.target
)
"""

# The weaker ties: a rare phone, address, account or device shared with the firm or with its
# representative; profits paid to kin without a role in the firm (dividends go to owners, so one
# payment called so tells), or a part of the awards paid on repeatedly for no stated reason, beyond
# what the kin had lent the firm. Profits tell of the time before them, and of a year after.
_WEAK = """
homes AS (SELECT source AS person, min(target) AS home FROM MEMBER_OF GROUP BY source),
shared AS (
  SELECT source AS one, target AS other, attribute, rarity, records FROM SHARES
  UNION ALL SELECT target, source, attribute, rarity, records FROM SHARES
), sharers AS (
  SELECT s.one, s.attribute, count(DISTINCT coalesce(h.home, s.other)) AS parties
  FROM shared s LEFT JOIN homes h ON h.person = s.other GROUP BY ALL
), fronts AS (
  SELECT firm, firm AS front, []::UBIGINT[] AS records, NULL::DATE AS since, NULL::DATE AS until
  FROM (SELECT DISTINCT firm FROM awards)
  UNION ALL
  SELECT firm, person, records, valid_from, valid_to FROM stakes SEMI JOIN awards USING (firm)
  WHERE place = 1
), nominees AS (
  SELECT s.other AS person, f.firm, 'shares' AS how, f.front, s.attribute, f.since, f.until,
    list_concat(s.records, f.records) AS records
  FROM fronts f JOIN shared s ON s.one = f.front
  JOIN sharers n ON n.one = f.front AND n.attribute = s.attribute
  WHERE starts_with(s.other, 'person:') AND n.parties <= $max_sharers AND s.rarity >= $min_rarity
), receipts AS (
  SELECT k.source AS person, a.source AS firm, p.amount, p.records, p.paid_at, p.number,
    contains(p.purpose, '分红') OR contains(p.purpose, '红利') OR contains(p.purpose, '股利')
      OR contains(p.purpose, '股息') OR contains(p.purpose, '利润') AS shares_profit,
    p.purpose IS NULL OR contains(p.purpose, '往来') AS is_vague
  FROM PAID p JOIN HAS_ACCOUNT a ON a.target = p.source SEMI JOIN awards ON awards.firm = a.source
  JOIN HAS_ACCOUNT k ON k.target = p.target AND starts_with(k.source, 'person:')
  WHERE p.contract IS NULL
), lent AS (
  SELECT k.source AS person, a.source AS firm, sum(p.amount) AS lent
  FROM PAID p JOIN HAS_ACCOUNT k ON k.target = p.source AND starts_with(k.source, 'person:')
  JOIN HAS_ACCOUNT a ON a.target = p.target SEMI JOIN awards ON awards.firm = a.source
  WHERE p.purpose IS NULL OR regexp_matches(p.purpose, '往来|借|垫') GROUP BY ALL
), turnover AS (SELECT firm, sum(amount) AS won FROM awards GROUP BY firm
), profits AS (
  SELECT person, firm, 'profits' AS how, firm AS front, NULL::VARCHAR AS attribute,
    NULL::DATE AS since, (max(paid_at) + INTERVAL 1 YEAR)::DATE AS until,
    list_slice(flatten(list(records ORDER BY paid_at, number)), 1, 6) AS records
  FROM receipts r JOIN turnover USING (firm) LEFT JOIN lent USING (person, firm)
  WHERE (shares_profit OR is_vague)
    AND NOT EXISTS (FROM links l WHERE l.source = r.person AND l.target = r.firm)
  GROUP BY person, firm
  HAVING bool_or(shares_profit)
    OR (count(*) >= $min_payouts
        AND sum(amount) - coalesce(any_value(lent), 0) >= $profit_share * any_value(won))
), weak AS (SELECT * FROM nominees UNION ALL SELECT * FROM profits)
"""

# A village's posts have power over the village's contracts; those of its township and county only
# where the duties cover the matter or the official approved it. Whoever heads a firm that a public
# body owns does so by office, not for himself. Officials and firms that hang
# together through somebody are few, so they come before the posts.
_ENTITLED = f"""
holds AS (
  SELECT person, firm, how, place, share, via, NULL::VARCHAR AS partner,
    valid_from AS held_since, valid_to AS held_until, records
  FROM stakes
  WHERE how NOT IN ('represents', 'manager', 'director')
    OR NOT EXISTS (FROM OWNS o WHERE o.target = firm AND starts_with(o.source, 'body:')
                     AND o.share >= 0.5)
  UNION ALL
  SELECT person, firm, CASE WHEN how = 'shares' THEN attribute ELSE how END,
    CASE how WHEN 'profits' THEN 5 ELSE 6 END,
    NULL, [], nullif(front, firm), since, until, records
  FROM weak
), pairs AS MATERIALIZED (
  SELECT DISTINCT r.official, h.firm FROM related r JOIN holds h ON h.person = r.kin
), near AS MATERIALIZED (
  SELECT a.contract, a.division, a.signed_on, q.official FROM awards a JOIN pairs q USING (firm)
), seated AS MATERIALIZED (
  SELECT n.contract, n.division, p.* EXCLUDE (division, since, until), p.division AS seat
  FROM near n JOIN powers p ON p.official = n.official
    AND p.division IN (n.division, rpad(left(n.division, 9), 12, '0'),
                       rpad(left(n.division, 6), 12, '0'))
  WHERE (p.since IS NULL OR p.since <= n.signed_on) AND (p.until IS NULL OR p.until >= n.signed_on)
), recorded AS (SELECT DISTINCT contract FROM steps
), entitled AS MATERIALIZED (
  SELECT a.*, p.official, p.post, p.role, p.level, p.post_records, s.acted_matter, s.acted_on,
    s.acted_records, t.contract IS NOT NULL AS recorded
  FROM seated p JOIN subjects b ON b.contract = p.contract
  JOIN awards a ON a.contract = p.contract
  LEFT JOIN steps s ON s.contract = p.contract AND s.official = p.official
  LEFT JOIN recorded t ON t.contract = p.contract
  WHERE (p.level = 'village' AND p.seat = p.division) OR s.official IS NOT NULL
    OR {covers("p.duties", "b.category", "b.matter_type", "b.programme")}
    OR (p.seat = p.division AND p.role IN ('secretary', 'township_head'))
)
"""

_QUERY = f"""
WITH {POWERS}, {_AWARDS}, {_RELATED}, {STAKES}, {_WEAK}, {_ENTITLED}, declared AS (
  SELECT DISTINCT official, kin FROM (
    SELECT official, kin, unnest(kin_records) AS record FROM related
  ) r JOIN sources s ON s.record = r.record
  WHERE s.register = 'relatives' AND s.key = r.official
)
SELECT e.contract, e.firm, e.division, e.signed_on, e.amount::BIGINT AS amount, e.method,
  e.category, e.contract_records, e.official, e.post, e.role, e.level, e.post_records,
  e.acted_matter, e.acted_on, coalesce(e.acted_records, []) AS acted_records, e.recorded,
  r.kin, o.sex AS official_sex, p.sex AS kin_sex, r.relation, r.degree,
  d.kin IS NOT NULL AS declared,
  r.kin_records, r.kin_via, h.how, h.place, h.share, h.via, h.partner, h.records AS stake_records,
  h.held_since
FROM entitled e
JOIN related r ON r.official = e.official
  AND (r.since IS NULL OR r.since <= e.signed_on) AND (r.until IS NULL OR r.until >= e.signed_on)
JOIN holds h ON h.firm = e.firm AND h.person = r.kin AND h.partner IS DISTINCT FROM r.official
  AND (h.held_since IS NULL OR h.held_since <= e.signed_on)
  AND (h.held_until IS NULL OR h.held_until >= e.signed_on)
LEFT JOIN declared d ON d.official = r.official AND d.kin = r.kin
LEFT JOIN Person o ON o.id = e.official LEFT JOIN Person p ON p.id = r.kin
ORDER BY e.division, e.firm, e.signed_on, e.contract, e.official, e.post, r.kin, r.degree,
  r.relation, r.kin_records, h.place, h.share DESC NULLS LAST, h.how, h.partner NULLS FIRST, h.via,
  h.records, e.post_records
"""


def find_links(graph: Graph, **parameters: float) -> list[Link]:
    """Return every link, sorted by village, firm, date and contract.

    Parameters: min_share, profit_share (0-1), max_sharers (parties), min_rarity (nats), min_payouts
    (transfers).
    Cost: a few joins over posts, kin in scope and awards, and one pass over the transfers.
    """
    rows = graph.sql(_QUERY, **parameters)
    return [Link(*map(_value, row)) for row in rows.iter_rows()]


_PAID = """
SELECT p.contract, p.paid_at::DATE AS day, p.amount, p.records[1] AS record
FROM PAID p JOIN HAS_ACCOUNT h ON h.target = p.target JOIN AWARDED a ON a.source = p.contract
  AND a.target = h.source
WHERE p.contract IN (SELECT unnest($contracts::VARCHAR[]))
  AND NOT regexp_matches(coalesce(p.purpose, ''), '保证金|押金|定金')
ORDER BY p.contract, p.paid_at, record
"""


@dataclass(frozen=True, slots=True)
class Paid:
    """One payment to the firm that names the contract it is for; amount in fen."""

    day: date
    amount: int
    record: int


def paid_under(graph: Graph, links: Iterable[Link]) -> dict[str, list[Paid]]:
    """Return by contract what was paid to the firm under it, by time; deposits do not count."""
    found: dict[str, list[Paid]] = {}
    rows = graph.sql(_PAID, contracts=sorted({link.contract for link in links}))
    for contract, *paid in rows.iter_rows():
        found.setdefault(contract, []).append(Paid(*paid))
    return found


def _value(cell: Any) -> Any:  # noqa: ANN401 -- a cell of any column
    return tuple(cell) if isinstance(cell, list) else cell
