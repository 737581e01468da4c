"""Constructions of news English: each sentence gives exactly the statements listed beside it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from graphbuild.model import Statement

SENTENCES = yaml.safe_load(Path(__file__).with_name("constructions.yaml").read_text("utf-8"))
BACKGROUND = ("holds_role", "member_of")


@pytest.mark.parametrize("entry", SENTENCES, ids=lambda e: e["text"])
def test_construction(entry: dict[str, Any], extract: Callable[..., list[Statement]]) -> None:
    found = {
        (s.subject.name, s.relation, s.object.name if s.object else "", s.polarity, s.modality)
        for s in extract(entry["text"], date="2022-06-12")
        if s.relation not in BACKGROUND
    }
    assert found == {tuple(y + ["positive", "actual"][len(y) - 3 :]) for y in entry["yields"]}


def test_most_relations_are_covered() -> None:
    told = {y[1] for entry in SENTENCES for y in entry["yields"]}
    assert len(told) >= 25
