"""Checks of graphs and data files: a good graph has no problem, and each defect is found by both SHACL engines."""

import json
import shutil
from importlib.util import find_spec
from pathlib import Path

import pyoxigraph as ox
import pytest
from graph_cases import article, articles_strategy, person, phrase, statement
from hypothesis import HealthCheck, given, settings

from graphbuild.corrections import Correction, correction_triples
from graphbuild.errors import GraphbuildError
from graphbuild.graph import graph_triples, write_turtle
from graphbuild.model import to_dict
from graphbuild.ontology import ontologies_dir
from graphbuild.rules import load_rules
from graphbuild.store import build_store, open_store
from graphbuild.validate import ENGINES, check_graph, check_ontologies
from graphbuild.vocab import PREFIXES

pytest.importorskip("pyshacl", reason="pip install graphbuild[validate]")
STARMER, SARWAR = person("Keir Starmer", same_as=("Q6383803",), party="Labour Party"), person("Anas Sarwar")
ARTICLE = article("a1", "“Keir must go,” said Sarwar. He wants a ceasefire.", source="Herald", date="2026-02-09")
GOOD = [
    statement(
        ARTICLE, SARWAR, "calls_to_resign", STARMER, "“Keir must go,” said Sarwar.", topic="vetting", date="2026-02"
    ),
    statement(ARTICLE, SARWAR, "calls_for", phrase("ceasefire", "ceasefire"), "He wants a ceasefire."),
    statement(
        ARTICLE,
        SARWAR,
        "sacked_by",
        None,
        "said",
        polarity="negative",
        source=STARMER,
        role="leader",
        modality="alleged",
    ),
]
RULES = load_rules()
ENGINE = pytest.mark.parametrize(
    "engine",
    [
        pytest.param(e, marks=pytest.mark.skipif(find_spec(e) is None, reason=f"package {e} is not installed"))
        for e in ENGINES
    ],
)


def _build(out: Path, items, change=""):
    corrections = correction_triples(
        [Correction("reject", {"subject": "Keir Starmer"}, by="J. Doe", date="2026-02-10")]
    )
    build_store(out / "store", [*graph_triples(items), *corrections], RULES)
    if change:
        store = open_store(out / "store", read_only=False)
        store.update("".join(f"PREFIX {p}: <{i}> " for p, i in PREFIXES.items()) + change)
        del store
    write_turtle((q.triple for q in open_store(out / "store")), out / "graph.ttl")
    lines = [json.dumps(to_dict(a)) + "\n" for a, _ in items]
    (out / "articles.jsonl").write_text("".join(lines), "utf-8")
    return out


@ENGINE
def test_a_good_graph_has_no_problem(tmp_path: Path, engine):
    assert check_graph(_build(tmp_path, [(ARTICLE, GOOD)]), engine=engine) == []


@given(articles_strategy(max_size=3))
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_built_is_sound(tmp_path: Path, items):
    for left in tmp_path.iterdir():
        shutil.rmtree(left)
    out = _build(tmp_path / "out", items)
    assert [p for p in check_graph(out) if p.severity == "violation"] == []


DEFECTS = {
    "every statement has evidence": "DELETE WHERE { ?s pol:evidence ?e }",
    "a statement has one subject": "DELETE WHERE { ?s rdf:subject ?o }",
    "a statement has one relation": "INSERT { ?s rdf:predicate pol:praises } WHERE { ?s a pol:Statement }",
    "the relation is one of the ontology's": "DELETE { ?s rdf:predicate ?p } INSERT { ?s rdf:predicate pol:likes } WHERE { ?s rdf:predicate ?p }",
    "the object is an entity": "DELETE { ?s rdf:object ?o } INSERT { ?s rdf:object ?a } WHERE { ?s rdf:object ?o . ?a a schema:NewsArticle }",
    "the polarity is positive or negative": "INSERT { ?s pol:polarity 'neutral' } WHERE { ?s a pol:Statement }",
    "the modality is actual, intended, possible or alleged": "DELETE WHERE { ?s pol:modality ?m }",
    "the source is a person, organisation, group or place": "INSERT { ?s pol:source ?p } WHERE { ?s a pol:Statement . ?p a pol:Phrase }",
    "the date is a day, a month or a year": "INSERT { ?s pol:date 'last summer' } WHERE { ?s rdf:predicate pol:calls_for }",
    "the number of independent texts is counted": "DELETE { ?s pol:families 1 } INSERT { ?s pol:families 0 } WHERE { ?s a pol:Statement }",
    "a piece of evidence supports one statement": "INSERT { ?s pol:evidence ?e } WHERE { ?s a pol:Statement . ?e a pol:Evidence }",
    "a piece of evidence is from one article": "DELETE WHERE { ?e prov:wasQuotedFrom ?a }",
    "the evidence quotes the article": "DELETE WHERE { ?e oa:exact ?q }",
    "the quote starts before it ends": "DELETE { ?e oa:end ?n } INSERT { ?e oa:end 0 } WHERE { ?e oa:end ?n }",
    "the evidence says where the quote starts": "DELETE { ?e oa:start ?n } INSERT { ?e oa:start -1 } WHERE { ?e oa:start ?n }",
    "the confidence is from 0 to 1": "DELETE { ?e pol:confidence ?n } INSERT { ?e pol:confidence 1.5 } WHERE { ?e pol:confidence ?n }",
    "a mention is of one entity": "DELETE WHERE { ?m pol:entity ?e }",
    "an article has the hash of its text": "DELETE WHERE { ?a pol:text_hash ?h }",
    "an entity has one name": "INSERT { ?e rdfs:label 'Somebody' } WHERE { ?e a pol:Person }",
    "an entity has one type": "INSERT { ?e a pol:Group } WHERE { ?e a pol:Person }",
    "owl:sameAs names an item of Wikidata": "INSERT { ?e owl:sameAs <http://www.wikidata.org/entity/P31> } WHERE { ?e a pol:Person }",
    "an entity takes part in some article": "INSERT DATA { <https://w3id.org/graphbuild/id/group/x> a pol:Group ; rdfs:label 'X' }",
    "the IRI of a person ends in person/NAME": "INSERT DATA { <https://w3id.org/graphbuild/id/people/x> a pol:Person }",
    "the object of this relation is a person, organisation, group or place": "INSERT { ?p pol:criticises ?o } WHERE { ?p a pol:Person . ?o a pol:Phrase }",
    "the object of joins, leaves and member_of is an organisation": "INSERT { ?p pol:joins ?p } WHERE { ?p a pol:Person }",
    "a party suspends or expels; a dismissal is the act of a person or body": "INSERT { ?p pol:sacked_by ?o } WHERE { ?p a pol:Person . ?o a pol:Organisation }",
    "a correction rejects, changes or adds": "DELETE WHERE { ?c pol:action ?a }",
}


@ENGINE
@pytest.mark.parametrize("message", DEFECTS)
def test_each_defect_is_found(tmp_path: Path, message, engine):
    problems = check_graph(_build(tmp_path, [(ARTICLE, GOOD)], DEFECTS[message]), engine=engine)
    assert message in {p.message for p in problems}


@pytest.mark.skipif(find_spec("shacl") is None, reason="package shacl is not installed")
@pytest.mark.parametrize("message", DEFECTS)
def test_both_engines_agree(tmp_path: Path, message):
    out = _build(tmp_path, [(ARTICLE, GOOD)], DEFECTS[message])
    one, other = (check_graph(out, engine=engine) for engine in ENGINES)
    assert one == other


def test_a_problem_says_what_the_node_is(tmp_path: Path):
    problems = check_graph(_build(tmp_path, [(ARTICLE, GOOD)], DEFECTS["every statement has evidence"]))
    abouts = {p.about for p in problems if p.message == "every statement has evidence"}
    assert "Anas Sarwar calls_to_resign Keir Starmer" in abouts
    assert "Anas Sarwar sacked_by (nobody)" in abouts
    assert any(str(p).startswith("violation: statement/") for p in problems)


def _edit_articles(out: Path, change):
    path = out / "articles.jsonl"
    records = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    path.write_text("".join(json.dumps(r) + "\n" for r in map(change, records) if r), "utf-8")


def test_quotes_are_checked_against_the_texts(tmp_path: Path):
    out = _build(tmp_path, [(ARTICLE, GOOD)])
    _edit_articles(out, lambda r: r | {"text": r["text"].replace("ceasefire", "truce")})
    messages = {(p.message, p.value) for p in check_graph(out)}
    assert ("the text in articles.jsonl is the one that was read", "") in messages
    assert ("the offsets lie in the article, which has 46 characters", "29 to 50") in messages
    _edit_articles(out, lambda r: r | {"text": "x" + r["text"] + "xxxx"})
    assert ("the quote stands at its offsets", "x“Keir must go,” said Sarwar") in {
        (p.message, p.value) for p in check_graph(out)
    }


def test_missing_and_broken_texts_are_named(tmp_path: Path):
    out = _build(tmp_path, [(ARTICLE, GOOD)])
    (out / "articles.jsonl").write_text("{broken\n", "utf-8")
    assert {p.where for p in check_graph(out)} == {"articles.jsonl, line 1", "article a1"}
    (out / "articles.jsonl").unlink()
    (problem,) = check_graph(out)
    assert (problem.severity, problem.where) == ("warning", "articles.jsonl")


def test_store_and_turtle_must_be_the_same_graph(tmp_path: Path):
    out = _build(tmp_path, [(ARTICLE, GOOD)])
    store = open_store(out / "store", read_only=False)
    removed = next(q for q in store if q.predicate.value.endswith("topic"))
    store.remove(removed)
    del store
    (problem,) = check_graph(out)
    assert problem.message == "the store has every triple of graph.ttl; missing: 1"


def test_what_is_no_graph_is_refused(tmp_path: Path):
    with pytest.raises(GraphbuildError, match="no graph here"):
        check_graph(tmp_path)
    (tmp_path / "graph.ttl").write_text("this is no turtle", "utf-8")
    (problem,) = check_graph(tmp_path)
    assert "the file is Turtle" in problem.message
    with pytest.raises(GraphbuildError, match="unknown engine 'jena'; allowed are pyshacl, shacl"):
        check_graph(_build(tmp_path, [(ARTICLE, GOOD)]), engine="jena")


def test_the_shipped_data_files_are_sound():
    assert check_ontologies() == []


BROKEN = {
    "party-politics.ttl: relation calls_to_resign: rdfs:range is 'Actr'; allowed are Actor": (
        "party-politics.ttl",
        "rdfs:range pol:Actor",
        "rdfs:range pol:Actr",
    ),
    "party-politics.ttl: relation supports: pol:sign has 2 values; one is allowed": (
        "party-politics.ttl",
        "pol:supports a",
        "pol:supports pol:sign 0 . pol:supports a",
    ),
    "party-politics.ttl: not valid Turtle": ("party-politics.ttl", "pol:supports a", "pol:supports a a"),
    "meets.yaml": ("english/meets.yaml", "relation: meets", "relation: meats"),
    "shapes.ttl": ("shapes.ttl", "pol:polarity", "pol:polarty"),
    "pol:source: a term has skos:definition": (
        "party-politics.ttl",
        'skos:definition "Who says so',
        'skos:note "Who says so',
    ),
    "pol:topic: a owl:DatatypeProperty has rdfs:domain or schema:domainIncludes": (
        "party-politics.ttl",
        "schema:domainIncludes pol:Statement, pol:Evidence",
        'skos:note "nowhere"',
    ),
    "pol:supports: a pol:Relation has skos:example": (
        "party-politics.ttl",
        'skos:example "Angela Rayner said',
        'skos:note "Angela Rayner said',
    ),
    "pol:Pearson: a name that is used is declared": (
        "party-politics.ttl",
        "schema:domainIncludes pol:Mention",
        "schema:domainIncludes pol:Pearson",
    ),
    "inverse.rq: not valid SPARQL": ("rules/inverse.rq", "CONSTRUCT", "CONSTRUKT"),
    "inverse.rq: reads is 'all'; allowed are edges, statements, graph": (
        "rules/inverse.rq",
        "reads: edges",
        "reads: all",
    ),
}


@pytest.mark.parametrize("message", BROKEN)
def test_a_broken_data_file_is_named(tmp_path: Path, message):
    directory = tmp_path / "ontologies"
    shutil.copytree(ontologies_dir(), directory)
    name, old, new = BROKEN[message]
    text = (directory / name).read_text("utf-8")
    assert old in text
    (directory / name).write_text(text.replace(old, new, 1), "utf-8")
    problems = check_ontologies(directory)
    assert len(problems) == 1
    assert message in str(problems[0])


def test_the_ontology_is_turtle_for_others_too():
    rdflib = pytest.importorskip("rdflib")
    for name in ("party-politics.ttl", "shapes.ttl"):
        path = ontologies_dir() / name
        assert len(rdflib.Graph().parse(path)) == len(set(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)))
