"""Matches put to use: the register views with the numbers that were found.

Where a match is made, its records read as if the register had stated the number; what a register
does state is never replaced. The views as stated remain under `stated_<register>`.
"""

from typing import Final

import duckdb

from ingest.resolve.matches import Resolution

_FOUND: Final = """
CREATE OR REPLACE TEMP TABLE who_found AS
SELECT unnest(records) AS record, kind, anchor, number FROM who_frame
WHERE decision = 'same' AND number IS NOT NULL
"""
_FILLED: Final = {
    "contractors": """
SELECT s.* REPLACE (coalesce(s.legal_rep_id, f.number) AS legal_rep_id) FROM stated_contractors s
LEFT JOIN who_found f ON f.kind = 'firm' AND f.record = s.record
  AND party_prefix(f.number) = 'person'
""",
    "shareholders": """
SELECT s.* REPLACE (coalesce(s.holder_id, f.number) AS holder_id) FROM stated_shareholders s
LEFT JOIN who_found f ON f.kind = 'firm' AND f.record = s.record
""",
    "relatives": """
SELECT s.* REPLACE (coalesce(s.relative_id, f.number) AS relative_id) FROM stated_relatives s
LEFT JOIN who_found f ON f.kind = 'relative' AND f.record = s.record
""",
    "reports": """
SELECT s.* REPLACE (coalesce(s.about_id, f.number) AS about_id) FROM stated_reports s
LEFT JOIN who_found f ON f.kind = 'report' AND f.record = s.record
""",
    "payments": """
SELECT s.* REPLACE (
  coalesce(s.payer_id, p.number) AS payer_id, coalesce(s.payee_id, q.number) AS payee_id
) FROM stated_payments s
LEFT JOIN who_found p ON p.kind = 'account' AND p.record = s.record AND p.anchor = s.payer_account
LEFT JOIN who_found q ON q.kind = 'account' AND q.record = s.record AND q.anchor = s.payee_account
""",
}
"""The registers that name parties whose number they may leave out."""


def fill(connection: duckdb.DuckDBPyConnection, found: Resolution) -> None:
    """Replace the register views by ones that hold the numbers of the matches that were made.

    `connection` is that of the resolution. The table `who_found` (record, kind, anchor, number)
    says which records were filled.
    """
    connection.register("who_frame", found.matches)
    connection.execute(_FOUND)
    connection.unregister("who_frame")
    for register, query in _FILLED.items():
        connection.execute(f"ALTER VIEW {register} RENAME TO stated_{register}")
        connection.execute(f"CREATE TEMP VIEW {register} AS {query}")
