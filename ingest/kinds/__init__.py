"""The logical types of register columns: how each is tidied, checked and typed."""

from ingest.kinds.account import ACCOUNT, PHONE
from ingest.kinds.choice import FLAG, HOUSEHOLD_RELATION, choice
from ingest.kinds.division import DIVISION
from ingest.kinds.kind import Demand, Kind
from ingest.kinds.moment import DATE, MOMENT, PERIOD
from ingest.kinds.money import MONEY, POSITIVE_MONEY
from ingest.kinds.number import NUMBER, SHARE, WHOLE
from ingest.kinds.party import PARTY
from ingest.kinds.resident import RESIDENT_ID
from ingest.kinds.text import CODE, NAME, TEXT, TEXTS
from ingest.kinds.uscc import COMPANY_CODE

__all__ = [
    "ACCOUNT",
    "CODE",
    "COMPANY_CODE",
    "DATE",
    "DIVISION",
    "FLAG",
    "HOUSEHOLD_RELATION",
    "MOMENT",
    "MONEY",
    "NAME",
    "NUMBER",
    "PARTY",
    "PERIOD",
    "PHONE",
    "POSITIVE_MONEY",
    "RESIDENT_ID",
    "SHARE",
    "TEXT",
    "TEXTS",
    "WHOLE",
    "Demand",
    "Kind",
    "choice",
]
