"""Confidence is the rule's promise, corrected by how its relation fared on unseen articles."""

from collections.abc import Callable

from graphbuild.model import Statement
from graphbuild.ontology import load_ontology


def test_every_relation_has_a_factor() -> None:
    ontology = load_ontology()
    factors = ontology.wording.data["reliability"]["factors"]
    assert set(factors) == set(ontology.relations)
    assert all(0.2 < float(f) < 1.3 for f in factors.values())


def test_a_stance_is_less_certain_than_a_title(extract: Callable[..., list[Statement]]) -> None:
    found = {
        s.relation: s.evidence.confidence
        for s in extract("The Labour MP Jess Phillips backed the Assisted Dying Bill.")
    }
    assert found["favours"] < 0.5 < found["holds_role"] < 1


def test_confidence_has_two_decimals(extract: Callable[..., list[Statement]]) -> None:
    found = extract("Keir Starmer said that Boris Johnson had been far too slow to act.", date="2021-02-01")
    assert [s.evidence.confidence for s in found] == [round(s.evidence.confidence, 2) for s in found]
    assert found
