from hypothesis import given
from hypothesis import strategies as st

from viz.positions import ROW, place

_NAMES = st.sampled_from("abcdefgh")
_LINKS = st.lists(st.tuples(_NAMES, _NAMES).filter(lambda e: e[0] != e[1]), max_size=14)


@given(path=_LINKS, others=_LINKS)
def test_every_node_has_a_place_of_its_own(
    path: list[tuple[str, str]], others: list[tuple[str, str]]
) -> None:
    nodes = sorted({n for link in (*path, *others) for n in link})
    placed = place(nodes, path, others)
    assert sorted(placed) == nodes
    assert len(set(placed.values())) == len(nodes)
    assert place(nodes[::-1], path, others) == placed


def test_a_chain_goes_left_to_right() -> None:
    placed = place(["d", "b", "c", "a"], [("c", "a"), ("a", "d")], [("d", "b")])
    assert [placed[n][0] for n in ("c", "a", "d", "b")] == sorted(x for x, _ in placed.values())
    assert {y for _, y in placed.values()} == {0}


def test_money_that_comes_back_goes_around() -> None:
    ring = ["a", "b", "c", "d"]
    steps = [("a", "b"), ("b", "c"), ("c", "d"), ("d", "a")]
    placed = place([*ring, "e"], steps, [("a", "e")])
    assert placed["a"][0] < placed["b"][0] < placed["c"][0]
    assert placed["b"][1] < 0 < placed["d"][1]
    assert placed["e"][0] < placed["a"][0]


def test_a_wide_layer_is_folded() -> None:
    leaves = [f"n{i:02d}" for i in range(40)]
    placed = place(["hub", *leaves], [("hub", leaf) for leaf in leaves], [])
    heights = [y for _, y in placed.values()]
    assert max(heights) - min(heights) < 12 * ROW


def test_parts_that_nothing_joins_are_packed() -> None:
    pairs = [(f"a{i:02d}", f"b{i:02d}") for i in range(30)]
    placed = place([n for pair in pairs for n in pair], pairs, [])
    across, down = zip(*placed.values(), strict=True)
    assert max(across) - min(across) < 3000
    assert max(down) - min(down) < 3000
