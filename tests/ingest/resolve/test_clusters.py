"""Chains: what is tied is one, what must stay apart is cut at the weakest tie."""

from hypothesis import given
from hypothesis import strategies as st

from ingest.resolve.clusters import Cause, Clusters, Pair, Tie, chained, clustered, components

_IDS = [*(f"mention:{n}" for n in range(6)), "person:0", "person:1", "person:2"]


def _tie(one: str, other: str, chance: float) -> Tie:
    first, second = sorted((one, other))
    return Tie(first, second, chance)


_TIES = st.lists(
    st.tuples(st.sampled_from(_IDS), st.sampled_from(_IDS), st.integers(50, 99))
    .filter(lambda t: t[0] != t[1])
    .map(lambda t: _tie(t[0], t[1], t[2] / 100)),
    max_size=12,
)
_PAIRS = st.lists(
    st.tuples(st.sampled_from(_IDS), st.sampled_from(_IDS)).filter(lambda t: t[0] < t[1]),
    max_size=4,
)


def _apart(pairs: list[Pair]) -> dict[Pair, Cause]:
    return dict.fromkeys(pairs, "judgement")


def _merged(clusters: Clusters) -> set[Pair]:
    items = sorted(clusters.cluster)
    return {
        (a, b)
        for place, a in enumerate(items)
        for b in items[place + 1 :]
        if clusters.cluster[a] == clusters.cluster[b]
    }


def test_a_chain_between_two_numbers_is_cut_at_its_weakest_tie() -> None:
    strong, weak = _tie("mention:1", "person:0", 0.99), _tie("mention:1", "mention:2", 0.96)
    other = _tie("mention:2", "person:1", 0.98)
    found = clustered([strong, weak, other], {})
    assert [(s.tie, s.kept_apart, s.cause) for s in found.splits] == [
        (weak, ("person:0", "person:1"), "veto")
    ]
    assert found.cluster["mention:1"] == found.cluster["person:0"]
    assert found.cluster["mention:2"] == found.cluster["person:1"]


def test_a_judgement_cuts_a_chain_that_no_veto_forbids() -> None:
    ties = [_tie("mention:1", "mention:2", 0.97), _tie("mention:2", "person:0", 0.99)]
    found = clustered(ties, _apart([("mention:1", "person:0")]))
    assert [s.tie.probability for s in found.splits] == [0.97]
    assert found.splits[0].cause == "judgement"


def test_the_chance_of_a_chain_is_the_product_of_its_ties() -> None:
    ties = [_tie("mention:1", "mention:2", 0.9), _tie("mention:2", "person:0", 0.5)]
    chance, steps = chained(clustered(ties, {}), "mention:1", "person:0")
    assert (round(chance, 9), steps) == (0.45, 2)


@given(_TIES, _PAIRS)
def test_what_must_stay_apart_does(ties: list[Tie], pairs: list[Pair]) -> None:
    merged = _merged(clustered(ties, _apart(pairs)))
    assert not merged & set(pairs)
    numbered = {(a, b) for a, b in merged if a.startswith("person") and b.startswith("person")}
    assert not numbered


@given(_TIES, _PAIRS, _PAIRS)
def test_one_more_judgement_never_merges_more(
    ties: list[Tie], pairs: list[Pair], more: list[Pair]
) -> None:
    before = _merged(clustered(ties, _apart(pairs)))
    after = _merged(clustered(ties, _apart([*pairs, *more])))
    assert after <= before


@given(_TIES, _PAIRS, st.randoms(use_true_random=False))
def test_the_order_of_ties_does_not_matter(
    ties: list[Tie], pairs: list[Pair], random: object
) -> None:
    shuffled = list(ties)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert clustered(ties, _apart(pairs)) == clustered(shuffled, _apart(pairs))


@given(_TIES)
def test_nothing_is_cut_without_a_reason(ties: list[Tie]) -> None:
    found = clustered(ties, {})
    alone = components(ties)
    numbered = [i for i in alone if i.startswith("person")]
    if len({alone[i] for i in numbered}) == len(numbered):
        assert not found.splits
        assert found.cluster == alone
