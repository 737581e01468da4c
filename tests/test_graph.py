"""Statements to RDF and back, entities over several articles, and Turtle that is the same whatever the order."""

import random
from pathlib import Path

import pyoxigraph as ox
import pytest
from graph_cases import article, articles_strategy, org, person, phrase, statement
from hypothesis import given

from graphbuild.errors import GraphbuildError
from graphbuild.graph import graph_triples, statements_from_triples, write_turtle
from graphbuild.vocab import DEFAULT_BASE, PREFIXES, article_id, iri, relation_iri

BASE = DEFAULT_BASE
STARMER, SARWAR = person("Keir Starmer", party="Labour Party"), person("Anas Sarwar")


def _store(*items, **options):
    store = ox.Store()
    store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in graph_triples(items, **options))
    return store


def _ask(store, pattern):
    return bool(store.query("ASK {" + pattern + "}", prefixes=PREFIXES | {"e": BASE}))


def test_statement_evidence_and_article_are_told_apart():
    a = article("a1", "Sarwar said Starmer should go.", source="The Herald", date="2026-02-09")
    store = _store(
        (a, [statement(a, SARWAR, "calls_to_resign", STARMER, "Sarwar said Starmer should go", topic="vetting")])
    )
    assert _ask(
        store,
        """ ?s a pol:Statement, rdf:Statement ; rdf:predicate pol:calls_to_resign ; pol:polarity "positive" ;
            pol:modality "actual" ; pol:outlets 1 ; pol:families 1 ; pol:topic "vetting" ; pol:evidence ?e .
            ?s rdf:subject ?sarwar . ?s rdf:object ?starmer .
            ?sarwar a pol:Person ; rdfs:label "Anas Sarwar" . ?starmer rdfs:label "Keir Starmer" .
            ?e a pol:Evidence ; oa:exact "Sarwar said Starmer should go" ; oa:start 0 ; oa:end 29 ; prov:wasQuotedFrom ?a .
            ?a a schema:NewsArticle ; dcterms:identifier "a1" ; schema:publisher "The Herald" ;
               schema:datePublished "2026-02-09"^^xsd:date .
            ?sarwar pol:calls_to_resign ?starmer .
            ?m a pol:Mention ; pol:article ?a ; pol:entity ?starmer ; pol:party ?party . ?party rdfs:label "Labour Party" """,
    )


@pytest.mark.parametrize(
    "how",
    [{"polarity": "negative"}, {"modality": "intended"}, {"modality": "alleged"}, {"source": person("Ed Davey")}],
    ids=str,
)
def test_only_what_an_article_asserts_becomes_an_edge(how):
    a = article("a1", "text")
    item = statement(a, SARWAR, "calls_to_resign", STARMER, "text", **how)
    edge = f"<{iri(SARWAR.id)}> pol:calls_to_resign <{iri(STARMER.id)}>"
    assert not _ask(_store((a, [item])), edge)
    b = article("b1", "text")
    assert _ask(_store((a, [item]), (b, [statement(b, SARWAR, "calls_to_resign", STARMER, "text")])), edge)


def test_an_unknown_object_is_left_out():
    a = article("a1", "Benn was sacked.")
    store = _store((a, [statement(a, person("Hilary Benn"), "sacked_by", None, "Benn was sacked")]))
    assert _ask(store, "?s rdf:predicate pol:sacked_by")
    assert not _ask(store, "?s rdf:object ?o")


@pytest.mark.parametrize(
    ("date", "datatype"),
    [
        ("2016-06-26", "date"),
        ("2016-06", "gYearMonth"),
        ("2016", "gYear"),
        ("2016-13-40", "string"),
        ("summer", "string"),
    ],
)
def test_dates_keep_their_precision(date, datatype):
    a = article("a1", "text")
    store = _store((a, [statement(a, SARWAR, "supports", STARMER, "text", date=date)]))
    (row,) = store.query("SELECT ?d {?s pol:date ?d}", prefixes=PREFIXES)
    assert (row["d"].value, row["d"].datatype.value) == (date, PREFIXES["xsd"] + datatype)


def test_copies_of_one_text_and_one_outlet_count_once():
    items = []
    for number, (outlet, family) in enumerate([("Times", ""), ("Times", ""), ("Sun", "a0"), ("", "")]):
        a = article(f"a{number}", "text", source=outlet, family=family)
        items.append((a, [statement(a, SARWAR, "supports", STARMER, "text")]))
    assert _ask(_store(*items), "?s pol:outlets 2 ; pol:families 3")


def test_a_phrase_is_one_node_with_all_its_wordings():
    wordings = ["a ceasefire in Gaza", "ceasefire in Gaza", "ceasefires in Gaza"]
    items = []
    for number, wording in enumerate(wordings):
        a = article(f"a{number}", "text")
        items.append((a, [statement(a, SARWAR, "calls_for", phrase("ceasefire gaza", wording), "text")]))
    for order in (items, items[::-1]):
        store = _store(*order)
        labels = [r["l"].value for r in store.query("SELECT ?l {?p a pol:Phrase ; rdfs:label ?l}", prefixes=PREFIXES)]
        others = {
            r["l"].value for r in store.query("SELECT ?l {?p a pol:Phrase ; skos:altLabel ?l}", prefixes=PREFIXES)
        }
        assert labels == ["ceasefire in Gaza"]
        assert others == {"a ceasefire in Gaza", "ceasefires in Gaza"}


def test_party_at_the_articles_date_comes_from_the_gazetteer():
    def party_of(entity_id, date):
        if entity_id == "person/christian-wakeford":
            return org("Conservative Party") if date < "2022-01-19" else org("Labour Party")
        return None

    wakeford = person("Christian Wakeford", party="Labour Party")
    items = []
    for day in ("2021-05-01", "2023-05-01"):
        a = article(f"a-{day}", "text", date=day)
        items.append((a, [statement(a, wakeford, "criticises", STARMER, "text")]))
    rows = _store(*items, party_of=party_of).query(
        f"SELECT ?d ?p {{?m pol:entity <{iri(wakeford.id)}> ; pol:party/rdfs:label ?p ; pol:article/schema:datePublished ?d}}",
        prefixes=PREFIXES,
    )
    assert {(r["d"].value, r["p"].value) for r in rows} == {
        ("2021-05-01", "Conservative Party"),
        ("2023-05-01", "Labour Party"),
    }


@given(articles_strategy())
def test_statements_survive_the_way_to_rdf_and_back(items):
    triples = list(graph_triples(items))
    back = statements_from_triples(triples)
    given_ids = {(s.id, s.evidence.id) for _, statements in items for s in statements}
    assert {(s.id, s.evidence.id) for s in back} == given_ids
    by_id = {(s.id, s.evidence.id): s for _, statements in items for s in statements}
    for s in back:
        original = by_id[s.id, s.evidence.id]
        assert (s.relation, s.polarity, s.modality, s.role, s.date) == (
            original.relation,
            original.polarity,
            original.modality,
            original.role,
            original.date,
        )
        assert (s.evidence.text, s.evidence.start, s.evidence.end) == (
            original.evidence.text,
            original.evidence.start,
            original.evidence.end,
        )
    groups = {a.id: [s for s in back if s.evidence.article == a.id] for a, _ in items}
    assert set(graph_triples([(a, groups[a.id]) for a, _ in items])) == set(triples)


@given(articles_strategy())
def test_every_triple_is_given_once_and_has_no_blank_node(items):
    triples = list(graph_triples(items))
    assert len(triples) == len(set(triples))
    assert not any(isinstance(part, ox.BlankNode) for t in triples for part in (t.subject, t.object))


def test_turtle_has_the_same_bytes_for_the_same_triples(tmp_path: Path):
    a = article("odd id/ä b.txt", 'He said "no"\n and\tleft.', title="Ünï 'quoted' \\ title")
    triples = list(graph_triples([(a, [statement(a, SARWAR, "opposes", phrase("cut", "the cut"), 'said "no"\n')])]))
    files = []
    for seed in range(3):
        random.Random(seed).shuffle(triples)
        files.append(tmp_path / f"{seed}.ttl")
        assert write_turtle(triples + triples[:5], files[-1]) == len(triples)
    assert files[0].read_bytes() == files[1].read_bytes() == files[2].read_bytes()
    assert {q.triple for q in ox.parse(path=str(files[0]))} == set(triples)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["0.ttl", "1.ttl", "2.ttl"]
    assert b"person:keir-starmer" not in files[0].read_bytes()
    assert b"person:anas-sarwar" in files[0].read_bytes()


def test_literals_are_in_the_form_that_the_store_keeps():
    a = article("a1", "text")
    triples = set(graph_triples([(a, [statement(a, SARWAR, "supports", STARMER, "text", confidence=0.90)])]))
    store = ox.Store()
    store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    assert {q.triple for q in store} == triples


def test_evidence_from_another_article_is_an_error():
    a, b = article("a1", "text"), article("b1", "text")
    with pytest.raises(GraphbuildError, match="article 'b1' has a statement with evidence from 'a1'"):
        list(graph_triples([(b, [statement(a, SARWAR, "supports", STARMER, "text")])]))


def test_an_article_id_given_twice_is_an_error():
    a = article("a1", "text")
    with pytest.raises(GraphbuildError, match="'a1' occurs twice"):
        list(graph_triples([(a, []), (a, [])]))


def test_article_ids_never_meet():
    given_ids = ["a b", "a-b", "a/b", "A-B", "a%20b", "ä"]
    assert len({article_id(i) for i in given_ids}) == len(given_ids)
    assert relation_iri("supports") == PREFIXES["pol"] + "supports"


def test_turtle_of_many_triples_is_sorted_on_disk_into_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a = article("a", "text")
    triples = list(graph_triples([(a, [statement(a, SARWAR, "opposes", phrase(f"p{n}", f"the plan {n}"), "text") for n in range(40)])]))  # fmt: skip
    count = write_turtle(triples, tmp_path / "memory.ttl")
    monkeypatch.setattr("graphbuild.rdf.SORTED_AT_ONCE", 50)
    assert write_turtle([t for t in reversed(triples) for _ in range(3)], tmp_path / "disk.ttl") == count > 200
    assert (tmp_path / "disk.ttl").read_bytes() == (tmp_path / "memory.ttl").read_bytes()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["disk.ttl", "memory.ttl"]
