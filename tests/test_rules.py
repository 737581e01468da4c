"""Inference: what each shipped rule gives, that inferred triples are marked, and what a rule may not do."""

import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest
from graph_cases import article, articles_strategy, org, person, statement
from hypothesis import given, settings

from graphbuild.errors import OntologyError
from graphbuild.graph import article_graph, graph_triples
from graphbuild.ontology import load_ontology, ontologies_dir
from graphbuild.rules import as_quad, infer, load_rules
from graphbuild.store import add_article, build_store, open_store, remove_article
from graphbuild.vocab import PREFIXES, iri, relation_iri

RULES = load_rules()
BENN, CORBYN, DAVEY = person("Hilary Benn", party="Labour Party"), person("Jeremy Corbyn"), person("Ed Davey")
MARKED = """ASK {{ <{s}> <{p}> <{o}> . <{p}> a pol:InferredRelation }}"""


def _graph(items, rules=RULES):
    store = ox.Store()
    store.extend(map(as_quad, graph_triples(items)))
    store.extend(map(as_quad, rules.schema))
    infer(store, rules)
    return store


def _one(subject, relation, obj, **how):
    a = article("a1", "text", date="2016-06-26")
    return _graph([(a, [statement(a, subject, relation, obj, "text", **how)])])


def _has(store, subject, relation, obj):
    query = MARKED.format(s=iri(subject.id), p=relation_iri(relation), o=iri(obj.id))
    return bool(store.query(query, prefixes=PREFIXES))


@pytest.mark.parametrize(
    ("asserted", "inferred", "turned"),
    [
        ("sacked_by", "sacks", True),
        ("sacked_by", "departure", False),
        ("sacked_by", "hostile_to", True),  # by way of sacks: the rules run until nothing is new
        ("accuses", "hostile_to", False),
        ("accuses", "accused_by", True),
        ("calls_to_resign", "demands_of", False),
        ("praises", "friendly_to", False),
        ("meets", "in_contact_with", False),
        ("meets", "in_contact_with", True),
    ],
)
def test_edges_give_inverses_and_super_relations(asserted, inferred, turned):
    ends = (CORBYN, BENN) if turned else (BENN, CORBYN)
    assert _has(_one(BENN, asserted, CORBYN), ends[0], inferred, ends[1])


@pytest.mark.parametrize("how", [{"polarity": "negative"}, {"modality": "possible"}, {"source": DAVEY}], ids=str)
def test_nothing_is_inferred_from_what_is_not_asserted(how):
    store = _one(BENN, "accuses", CORBYN, **how)
    assert not _has(store, BENN, "hostile_to", CORBYN)
    assert not _has(store, CORBYN, "accused_by", BENN)


def test_the_parties_of_a_statement_are_those_at_the_articles_date():
    def party_of(entity_id, date):
        return {"person/jeremy-corbyn": org("Labour Party" if date < "2024" else "Your Party")}.get(entity_id)

    items = []
    for day in ("2016-06-26", "2025-11-01"):
        a = article(f"a-{day}", "text", date=day)
        items.append((a, [statement(a, CORBYN, "criticises", DAVEY, "text", date=day)]))
    store = ox.Store()
    store.extend(map(as_quad, [*graph_triples(items, party_of=party_of), *RULES.schema]))
    infer(store, RULES)
    rows = store.query(
        "SELECT ?day ?party { ?s pol:date ?day ; pol:subject_party/rdfs:label ?party . pol:subject_party a pol:InferredRelation }",
        prefixes=PREFIXES,
    )
    assert {(r["day"].value, r["party"].value) for r in rows} == {
        ("2016-06-26", "Labour Party"),
        ("2025-11-01", "Your Party"),
    }


@given(articles_strategy(max_size=3))
@settings(max_examples=30, deadline=None)
def test_dropping_what_is_inferred_gives_the_graph_as_asserted(items):
    asserted = set(graph_triples(items))
    store = _graph(items)
    left = {q.triple for q in store if q.predicate not in RULES.inferred}
    assert left - RULES.schema == asserted
    assert infer(store, RULES) == set()


def _with_rule(tmp_path: Path, text):
    directory = tmp_path / "ontologies"
    shutil.copytree(ontologies_dir(), directory)
    (directory / "rules" / "own.rq").write_text(text, "utf-8")
    return load_ontology(directory)


def test_a_rule_must_not_write_what_articles_assert(tmp_path: Path):
    accuses, supports = relation_iri("accuses"), relation_iri("supports")
    text = f"# No.\n# reads: edges\nCONSTRUCT {{ ?o <{accuses}> ?s }} WHERE {{ ?s <{supports}> ?o }}"
    rules = load_rules(_with_rule(tmp_path, text))
    a = article("a1", "text")
    with pytest.raises(OntologyError, match=r"own\.rq: writes .*accuses, which is no pol:InferredRelation"):
        _graph([(a, [statement(a, BENN, "supports", CORBYN, "text")])], rules)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "own.rq: line 1 says"),
        (
            "# x\n# reads: everything\nCONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }",
            "own.rq: reads is 'everything'; allowed are edges",
        ),
        ("# x\n# reads: edges\nSELECT * { ?s ?p ?o }", "own.rq: a rule is a CONSTRUCT query"),
        ("# x\n# reads: edges\nCONSTRUCT", "own.rq: not valid SPARQL"),
    ],
)
def test_a_malformed_rule_is_named(tmp_path: Path, text, message):
    ontology = _with_rule(tmp_path, text)
    with pytest.raises(OntologyError) as error:
        load_rules(ontology)
    assert str(error.value).startswith(message)


def test_a_rule_on_the_whole_graph_is_kept_right_too(tmp_path: Path):
    text = """# Whoever is hostile to somebody hostile to a third is friendly to the third.
# reads: graph
PREFIX pol: <https://w3id.org/graphbuild/ontology#>
CONSTRUCT { ?a pol:friendly_to ?c } WHERE { ?a pol:hostile_to ?b . ?b pol:hostile_to ?c . FILTER(?a != ?c) }"""
    rules = load_rules(_with_rule(tmp_path, text))
    a, b = article("a", "text"), article("b", "text")
    items = [
        (a, [statement(a, BENN, "accuses", CORBYN, "text")]),
        (b, [statement(b, CORBYN, "accuses", DAVEY, "text")]),
    ]
    build_store(tmp_path / "store", graph_triples(items[:1]), rules)
    store = open_store(tmp_path / "store", read_only=False)
    assert not _has(store, BENN, "friendly_to", DAVEY)
    add_article(store, article_graph(*items[1]), rules)
    assert _has(store, BENN, "friendly_to", DAVEY)
    assert {q.triple for q in store} == {q.triple for q in _graph(items, rules)}
    remove_article(store, "a", rules)
    assert {q.triple for q in store} == {q.triple for q in _graph(items[1:], rules)}


@pytest.mark.parametrize("rule", RULES.rules, ids=lambda r: r.name)
def test_shipped_rules_run_on_rdflib_too(rule):
    rdflib = pytest.importorskip("rdflib")
    a = article("a1", "text", date="2016-06-26")
    found = [statement(a, BENN, r, CORBYN, "text") for r in ("accuses", "meets", "sacked_by")]
    store = ox.Store()
    store.extend(map(as_quad, [*graph_triples([(a, found)]), *RULES.schema]))
    graph = rdflib.Graph().parse(
        data=store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph()), format="nt"
    )
    own = {(t.subject.value, t.predicate.value, t.object.value) for t in store.query(rule.query)}
    assert {tuple(map(str, t)) for t in graph.query(rule.query)} == own
    assert rule.description.endswith(".")
