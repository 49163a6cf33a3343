"""Gates: what every rule's card must carry before it may speak."""

from dataclasses import fields
from datetime import date
from typing import Any

import pytest

from graphengine.language import Text
from graphengine.rule import Bounds, Rule
from graphengine.vocabulary import REGISTERS
from queries.catalogue import rules

EVERY = pytest.mark.parametrize("rule", rules(), ids=[r.id for r in rules()])


def _texts(rule: Rule[Any]) -> list[Text]:
    card = rule.card
    return [
        card.title, card.reading, card.method, card.why_it_matters, *card.basis, *card.innocent,
        *card.exclusions, *card.refuted_by, *(case.title for case in rule.cases),
        *(f.metadata["bounds"].text for f in fields(rule.parameters)),
    ]  # fmt: skip


def test_ids_are_unique_and_sorted() -> None:
    ids = [rule.id for rule in rules()]
    assert ids == sorted(set(ids))
    assert {"kin-contract", "kin-benefit", "elite-capture"} <= set(ids)


@EVERY
def test_every_text_is_said_in_both_languages(rule: Rule[Any]) -> None:
    for text in _texts(rule):
        assert any("一" <= c <= "鿿" for c in text.zh), text
        assert text.en.strip()
        assert text.en != text.zh
        assert not any("一" <= c <= "鿿" for c in text.en), text


@EVERY
def test_the_card_is_complete(rule: Rule[Any]) -> None:
    card = rule.card
    assert card.basis
    assert card.innocent
    assert card.exclusions
    assert card.refuted_by
    assert card.sources
    assert card.owner
    assert isinstance(card.valid_from, date)
    assert card.valid_until is None or card.valid_until > card.valid_from
    assert rule.kind in ("suspicion", "efficiency", "data")
    assert 1 <= rule.dimension <= 23
    assert rule.version


@EVERY
def test_cases_speak_and_stay_silent(rule: Rule[Any]) -> None:
    assert any(case.clues > 0 for case in rule.cases)
    assert sum(case.clues == 0 for case in rule.cases) >= 3
    assert len({case.title.en for case in rule.cases}) == len(rule.cases)
    for case in rule.cases:
        assert set(case.registers) <= set(REGISTERS)


@EVERY
def test_parameters_have_defaults_within_bounds(rule: Rule[Any]) -> None:
    for one in fields(rule.parameters):
        bounds: Bounds = one.metadata["bounds"]
        assert bounds.low <= getattr(rule.parameters, one.name) <= bounds.high
        assert bounds.unit
    assert rule.configured({}) == rule.parameters


@EVERY
def test_inputs_use_the_vocabulary(rule: Rule[Any]) -> None:
    assert {i.register for i in rule.inputs} <= set(REGISTERS)
    assert any(i.required for i in rule.inputs)
