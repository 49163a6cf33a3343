"""What all tests may ask for; no test has to be quick; what is said if no real Neo4j was run."""

import pytest
from hypothesis import HealthCheck, settings

from tests.neo4j_server import NOT_RUN, neo4j_database, neo4j_server

__all__ = ["neo4j_database", "neo4j_server"]

settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that need the real server, so that they can be run one after another."""
    for item in items:
        if "neo4j_server" in getattr(item, "fixturenames", ()):
            item.add_marker("neo4j")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly that tests were left out for want of a server."""
    left_out = [r for r in terminalreporter.stats.get("skipped", ()) if NOT_RUN in str(r.longrepr)]
    if left_out:
        terminalreporter.write_sep("!", f"{NOT_RUN}: {len(left_out)} tests left out", red=True)
