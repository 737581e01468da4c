"""Rules of grammar over hand-built parses."""

import pytest
from spacy.tokens import Doc

from graphbuild.extract.syntax.participants import surface_subjects
from graphbuild.parse import load_model


@pytest.mark.parametrize(
    ("verb", "tag", "subject"), [("is", "VBZ", "Watson"), ("are", "VBP", "Loach"), ("was", "VBD", "Loach")]
)
def test_a_singular_verb_takes_the_last_of_a_list(verb: str, tag: str, subject: str) -> None:
    doc = Doc(
        load_model().vocab,
        words=["Loach", ";", "and", "Watson", verb, "leading", "it"],
        tags=["NNP", ":", "CC", "NNP", tag, "VBG", "PRP"],
        pos=["PROPN", "PUNCT", "CCONJ", "PROPN", "AUX", "VERB", "PRON"],
        heads=[5, 0, 0, 0, 5, 5, 5],
        deps=["nsubj", "punct", "cc", "conj", "aux", "ROOT", "dobj"],
    )
    assert [t.text for t in surface_subjects(doc[5])] == [subject]
