"""Every example in every wording file, through the real model and the real linking."""

import pytest

from graphbuild.errors import OntologyError
from graphbuild.ontology import load_ontology
from graphbuild.wording import load_wording

EXAMPLES = load_ontology().wording.examples


def test_every_relation_has_wording_and_examples_of_both_kinds():
    ontology = load_ontology()
    told = {pattern.relation for patterns in ontology.wording.patterns.values() for pattern in patterns}
    # titles.py words these two with ontologies/english/roles.yaml.
    assert set(ontology.relations) - told == {"holds_role", "member_of"}
    for relation in told:
        examples = [e for e in EXAMPLES if e.file == f"{relation}.yaml"]
        assert any(e.yields for e in examples), relation
        assert any(not e.yields for e in examples), relation


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: f"{e.file}: {e.text}")
def test_example(example, extract):
    relation = example.file.removesuffix(".yaml")
    found = {
        (s.subject.name, s.relation, s.object.name if s.object else "")
        + (() if s.polarity == "positive" else (s.polarity,))
        for s in extract(example.text)
        if s.relation == relation
    }
    assert found == set(example.yields)


LEXICON = "verbs_of_going: [go, leave]\n"


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("relation: flies\n", "unknown relation 'flies'; allowed are resigns_from"),
        ("relation: resigns_from\npatern: []\n", "unknown key 'patern'; allowed are"),
        ("relation: resigns_from\npatterns: [{verbs: [go], sbject: [subj]}]\n", "unknown key 'sbject'; allowed are"),
        ("relation: resigns_from\npatterns: [{verbs: [go], subject: [s3]}]\n", "unknown slot 's3'; allowed are"),
        ("relation: resigns_from\npatterns: [{verbs: ['@nosuch'], subject: [subj]}]\n", "unknown word set '@nosuch'"),
        ("relation: resigns_from\npatterns: [{subject: [subj]}]\n", "needs one of the keys verbs, nouns, adjectives"),
        ("relation: resigns_from\npatterns: [{verbs: [go]}]\n", "needs the key 'subject'"),
        ("relation: resigns_from\npatterns: [{verbs: [go], subject: [subj], types: [dog]}]\n", "unknown type 'dog'"),
        ("relation: [unclosed\n", "not valid YAML"),
    ],
)
def test_a_bad_file_is_named_with_what_is_allowed(tmp_path, content, complaint):
    (tmp_path / "lexicon.yaml").write_text(LEXICON, "utf-8")
    (tmp_path / "bad.yaml").write_text(content, "utf-8")
    with pytest.raises(OntologyError, match=r"bad\.yaml") as error:
        load_wording(tmp_path, frozenset({"resigns_from"}))
    assert complaint in str(error.value)


def test_like_nouns_are_of_one_kind(tmp_path):
    (tmp_path / "lexicon.yaml").write_text(LEXICON, "utf-8")
    kinds = tmp_path / "like_nouns.yaml"
    kinds.write_text("- [deal, pact]\n- [law, act]\n", "utf-8")
    wording = load_wording(tmp_path, frozenset())
    assert wording.nouns_like("pact") == {"deal", "pact"}
    assert wording.nouns_like("house") == frozenset()
    for content, complaint in (
        ("deal: pact\n", "list of lists"),
        ("- [deal, pact]\n- [deal]\n", "'deal' stands twice"),
    ):
        kinds.write_text(content, "utf-8")
        with pytest.raises(OntologyError, match=r"like_nouns\.yaml") as error:
            load_wording(tmp_path, frozenset())
        assert complaint in str(error.value)
