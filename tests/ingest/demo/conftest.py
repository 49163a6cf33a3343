"""One county and one clean county for all tests of this folder."""

import pytest

from ingest.demo.county import plan_for, write_county
from tests.ingest.demo.paper import Paper


@pytest.fixture(scope="session")
def county(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    folder = tmp_path_factory.mktemp("county")
    write_county(folder, plan_for("county", seed=20))
    return Paper(folder)


@pytest.fixture(scope="session")
def clean_county(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    folder = tmp_path_factory.mktemp("clean")
    write_county(folder, plan_for("county", seed=20, schemes=False))
    return Paper(folder)
