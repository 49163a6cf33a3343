"""A county drawn in full, ready to be written down."""

from dataclasses import dataclass

from ingest.demo.benefits import Payouts
from ingest.demo.ledger import Block
from ingest.demo.matters import Matters
from ingest.demo.papers import Paper, Report
from ingest.demo.sideline import Declared, Holding, Lease
from ingest.demo.stage import Stage, Work


@dataclass(frozen=True, slots=True)
class County:
    """Everything that the registers hold; contracts stand on the stage."""

    stage: Stage
    matters: Matters
    payouts: Payouts
    payments: Block
    leases: list[Lease]
    work: list[Work]
    holdings: list[Holding]
    declared: list[Declared]
    reports: list[Report]
    papers: list[Paper]
