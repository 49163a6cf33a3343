import pytest

from graphengine.subgraph import Selection, Subgraph, read_subgraph
from graphengine.tables.graph import Graph
from tests.village import account, company, contract, person, willow


@pytest.fixture(scope="session")
def village(tmp_path_factory: pytest.TempPathFactory) -> Subgraph:
    people = tuple(person(token) for token in ("chen", "hao", "lin", "wang"))
    others = (company("firm"), contract("HT2023-01"), account("vc"), account("firm"))
    with Graph(willow().write(tmp_path_factory.mktemp("village") / "v1")) as graph:
        return read_subgraph(graph, Selection(people + others), reveal=True)
