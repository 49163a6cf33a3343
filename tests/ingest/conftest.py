"""A workspace of its own for every test; no deadline, the machine may be busy."""

from hypothesis import settings

from tests.ingest.office import workspace

__all__ = ["workspace"]

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
