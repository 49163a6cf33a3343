"""Probabilities: one mention means at most one person, perhaps nobody on file."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.resolve.parameters import Parameters, read_parameters, untrained, weight_of
from ingest.resolve.posterior import before_evidence, posteriors

_KNOWN = untrained("account", 1000)


@given(st.lists(st.floats(-40, 40), min_size=1, max_size=8))
def test_the_chances_of_one_mention_add_up_to_one(weights: list[float]) -> None:
    chance, nobody = posteriors(np.zeros(len(weights), dtype=np.int64), np.array(weights), _KNOWN)
    assert chance.sum() + nobody[0] == pytest.approx(1)


@given(st.lists(st.floats(-40, 40), min_size=1, max_size=6), st.floats(-40, 40))
def test_one_more_candidate_lowers_the_others(weights: list[float], more: float) -> None:
    def of(values: list[float]) -> np.ndarray:
        return posteriors(np.zeros(len(values), dtype=np.int64), np.array(values), _KNOWN)[0]

    assert (of([*weights, more])[:-1] <= of(weights) + 1e-12).all()


def test_mentions_do_not_touch_one_another() -> None:
    both = posteriors(np.array([1, 1, 7]), np.array([12.0, 9.0, 3.0]), _KNOWN)
    alone = posteriors(np.array([7]), np.array([3.0]), _KNOWN)
    assert both[0][2] == alone[0][0]
    assert len(both[1]) == 2


def test_without_evidence_everybody_on_file_shares_the_chance() -> None:
    chance, nobody = posteriors(np.zeros(1000, dtype=np.int64), np.zeros(1000), _KNOWN)
    assert chance.sum() == pytest.approx(_KNOWN.on_file * _KNOWN.blocking_recall, abs=1e-9)
    assert nobody[0] == pytest.approx(1 - _KNOWN.on_file * _KNOWN.blocking_recall, abs=1e-9)
    assert before_evidence(_KNOWN) < 0


def test_parameters_survive_their_plain_form() -> None:
    parameters = Parameters({"account": _KNOWN})
    assert read_parameters(parameters.as_json()) == parameters
    assert weight_of(0.5, 0.125, 1.0) == 2.0
    assert weight_of(0.5, 0.125, 0.5) == 1.0
