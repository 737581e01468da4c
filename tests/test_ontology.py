"""The ontology: all relations of the codebook, completely described, and consistent with the wording files."""

from pathlib import Path

import pyoxigraph as ox
import pytest

import graphbuild
from graphbuild.corrections import Correction
from graphbuild.errors import OntologyError
from graphbuild.ontology import Relation, load_ontology, ontologies_dir
from graphbuild.pipeline import build
from graphbuild.update import correct
from graphbuild.vocab import POL, PREFIXES, relation_iri

ONTOLOGY = load_ontology()
GUIDELINES = Path(__file__).parents[2] / "shared" / "gold" / "GUIDELINES.md"
EVERY = {**ONTOLOGY.relations, **ONTOLOGY.inferred}
STORE = ox.Store()
STORE.bulk_load(path=str(ontologies_dir() / "party-politics.ttl"), format=ox.RdfFormat.TURTLE)


def _without(prop):
    """Terms of the ontology that lack a property."""
    rows = STORE.query(
        f"""SELECT DISTINCT ?term WHERE {{ ?term a ?kind . FILTER NOT EXISTS {{ ?term {prop} ?value }}
            FILTER(STRSTARTS(STR(?term), "{POL}")) }}""",
        prefixes=PREFIXES,
    )
    return {row["term"].value for row in rows}


@pytest.mark.skipif(not GUIDELINES.is_file(), reason="the codebook is not beside the repository")
def test_the_relations_are_those_of_the_codebook():
    table = GUIDELINES.read_text("utf-8").split("## Relations")[1].split("\n## ")[0]
    names = {line.split("|")[1].strip() for line in table.splitlines() if line.startswith("| ")} - {"relation"}
    assert set(ONTOLOGY.relations) == names
    assert len(names) == 29


@pytest.mark.parametrize("relation", ONTOLOGY.relations.values(), ids=str)
def test_each_relation_is_described(relation):
    assert relation.label
    assert relation.scope
    assert relation.examples
    assert relation.definition.endswith(".")
    assert relation.symmetric or relation.inverse
    assert relation.iri == relation_iri(relation.name)


def test_every_term_has_a_name_a_definition_and_an_example():
    assert _without("rdfs:label") == set()
    assert _without("skos:definition") == set()
    assert _without("skos:example") == set()


def test_whatever_stands_in_a_graph_is_described(tmp_path: Path):
    """Every property and class of a built graph, of other vocabularies too, has a label or a note in the ontology."""
    build([Path(graphbuild.__file__).with_name("sample")], tmp_path)
    change = Correction("reject", {"relation": "meets"}, {}, {}, reason="no meeting", by="J. Doe", date="2026-03-01")
    correct(tmp_path, change)
    store = ox.Store()
    store.bulk_load(path=str(tmp_path / "graph.ttl"), format=ox.RdfFormat.TURTLE)
    used = {q.predicate for q in store} | {
        q.object for q in store.quads_for_pattern(None, ox.NamedNode(PREFIXES["rdf"] + "type"), None)
    }
    plain = {ox.NamedNode(PREFIXES[p] + n) for p, n in (("rdf", "type"), ("rdf", "Statement"), ("owl", "ObjectProperty"),
             ("owl", "SymmetricProperty"), ("owl", "inverseOf"), ("rdfs", "subPropertyOf"))}  # fmt: skip
    described = {
        q.subject
        for prop in ("rdfs#label", "skos#scopeNote")
        for q in STORE.quads_for_pattern(
            None, ox.NamedNode(PREFIXES[prop.partition("#")[0]] + prop.partition("#")[2]), None
        )
    }
    assert used - plain - described == set()


@pytest.mark.parametrize("relation", EVERY.values(), ids=lambda r: r.name)
def test_inverses_agree_and_super_relations_are_inferred(relation):
    if relation.inverse:
        other = EVERY[relation.inverse]
        assert other.inverse == relation.name
        assert (other.domain, other.range) == (relation.range, relation.domain)
        assert other.inferred != relation.inferred
        assert other.sign == relation.sign
    assert set(relation.super) <= set(ONTOLOGY.inferred)


def test_a_super_relation_never_contradicts_the_sign():
    for relation in EVERY.values():
        for name in relation.super:
            general = EVERY[name]
            assert general.sign in (0, relation.sign)


@pytest.mark.parametrize(
    "name", ["calls_for", "opposes", "favours", "holds_role", "stands_for", "elected_to", "resigns_from"]
)
def test_relations_with_a_policy_or_post_take_phrases(name):
    assert ONTOLOGY.relation(name).phrase_object
    assert ONTOLOGY.relation(name).range == "Entity"


def test_relations_between_actors_take_no_phrase():
    actors = {r.name for r in ONTOLOGY.relations.values() if r.range in ("Actor", "Organisation")}
    assert not {n for n in actors if ONTOLOGY.relation(n).phrase_object}
    assert "calls_to_resign" in actors


@pytest.mark.parametrize(
    ("vocabulary", "term"),
    [
        ("org", "pol:Organisation rdfs:subClassOf org:Organization"),
        ("foaf", "pol:Person rdfs:subClassOf foaf:Person"),
        ("schema", "pol:Person rdfs:subClassOf schema:Person"),
        ("prov", "pol:evidence rdfs:subPropertyOf prov:wasDerivedFrom"),
        ("oa", "pol:Evidence rdfs:subClassOf oa:TextQuoteSelector"),
        ("time", "pol:date skos:relatedMatch time:inXSDDate"),
        ("org", "pol:member_of skos:closeMatch org:memberOf"),
        ("schema", "pol:Statement skos:closeMatch schema:Claim"),
        ("prov", "pol:source rdfs:subPropertyOf prov:wasAttributedTo"),
        ("Wikidata", "pol:supported_by skos:closeMatch wdt:P8001"),
        ("PLOVER", 'pol:meets pol:plover "CONSULT"'),
        ("Wikidata", "pol:member_of skos:relatedMatch wdt:P102"),
    ],
)
def test_terms_are_aligned(vocabulary, term):
    assert STORE.query(f"ASK {{ {term} }}", prefixes=PREFIXES), vocabulary


def test_wording_is_loaded_when_asked_for(tmp_path: Path):
    file = tmp_path / "party-politics.ttl"
    file.write_bytes((ontologies_dir() / "party-politics.ttl").read_bytes())
    alone = load_ontology(file)  # there is no english/ beside it
    assert isinstance(alone.relation("supports"), Relation)
    assert load_ontology().wording.patterns


def test_an_unknown_relation_is_named_with_what_is_allowed():
    with pytest.raises(OntologyError, match=r"unknown relation 'likes'; allowed are accuses, apologises_to"):
        ONTOLOGY.relation("likes")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("pol:sign -1", "pol:sign -2", "relation calls_to_resign: pol:sign is '-2'; allowed are -1, 0 and 1"),
        ("owl:inverseOf pol:sacks", "owl:inverseOf pol:sackz", "relation sacked_by: owl:inverseOf names 'sackz'"),
        ("rdfs:subPropertyOf pol:departure", "rdfs:subPropertyOf pol:meets", "rdfs:subPropertyOf names 'meets'"),
        ("pol:family \"demand\"", "pol:famly \"demand\"", "relation calls_to_resign: pol:family is missing"),
        ("a owl:ObjectProperty, pol:Relation ;", "a owl:ObjectProperty, pol:Relaton ;", "relation asked_to_resign_by: owl:inverseOf names 'calls_to_resign'"),
    ],
)  # fmt: skip
def test_a_mistake_in_the_file_is_named(tmp_path: Path, old, new, message):
    text = (ontologies_dir() / "party-politics.ttl").read_text("utf-8")
    assert old in text
    (tmp_path / "party-politics.ttl").write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(OntologyError) as error:
        load_ontology(tmp_path)
    assert str(error.value).startswith("party-politics.ttl: ")
    assert message in str(error.value)


def test_a_missing_ontology_is_named(tmp_path: Path):
    with pytest.raises(OntologyError, match="no such file"):
        load_ontology(tmp_path)
