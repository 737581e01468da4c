"""Hard sentences: negation, futures, hedges, demands, reported speech, idioms that must yield nothing."""

from pathlib import Path

import pytest
import yaml

DATA = yaml.safe_load(Path(__file__).with_name("hard_sentences.yaml").read_text("utf-8"))
SENTENCES = DATA["sentences"]
BACKGROUND = ("holds_role", "member_of")


def expected(entry):
    return {tuple(y + ["positive", "actual"][len(y) - 3 :]) for y in entry["yields"]}


def test_the_file_is_hard_enough():
    assert len(SENTENCES) >= 150
    unasserted = [e for e in SENTENCES if all(y[3:] for y in e["yields"])]
    assert len(unasserted) >= 60


@pytest.mark.parametrize("entry", SENTENCES, ids=lambda e: e["text"])
def test_hard_sentence(entry, extract):
    found = {
        (s.subject.name, s.relation, s.object.name if s.object else "", s.polarity, s.modality)
        for s in extract(entry["text"], date=DATA["date"])
        if s.relation not in BACKGROUND
    }
    assert found == expected(entry)
