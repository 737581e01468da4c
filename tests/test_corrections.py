"""Corrections: read, checked, applied, told of in the graph, and still there after the next run."""

import json
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from graph_cases import article, person, statement

from graphbuild.corrections import (
    Correction,
    append_correction,
    apply_corrections,
    concerned_articles,
    correction_triples,
    known_entities,
    load_corrections,
)
from graphbuild.errors import GraphbuildError
from graphbuild.graph import graph_triples
from graphbuild.store import replace_corrections
from graphbuild.vocab import PREFIXES

STARMER, SARWAR, REEVES = person("Keir Starmer"), person("Anas Sarwar"), person("Rachel Reeves")
ARTICLE = article("a1", "Sarwar said Starmer should go. Reeves disagreed.")
CALL = statement(ARTICLE, SARWAR, "calls_to_resign", STARMER, "Sarwar said Starmer should go.")
OTHER = statement(ARTICLE, REEVES, "criticises", SARWAR, "Reeves disagreed.")


def _write(path: Path, *lines):
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), "utf-8")
    return path


@pytest.mark.parametrize(
    "match",
    [
        {"statement": CALL.id},
        {"article": "a1", "subject": "Anas Sarwar", "relation": "calls_to_resign", "object": "person/keir-starmer"},
        {"object": "Keir Starmer", "polarity": "positive", "modality": "actual", "source": ""},
    ],
    ids=["by id", "by parts", "by presentation"],
)
def test_a_rejected_statement_goes_and_nothing_else(match):
    assert apply_corrections(ARTICLE, [CALL, OTHER], [Correction("reject", match)]) == [OTHER]


@pytest.mark.parametrize(
    "match",
    [{"statement": "0" * 24}, {"article": "a2"}, {"relation": "calls_to_resign", "object": "Rachel Reeves"}],
    ids=str,
)
def test_what_does_not_match_stays(match):
    assert apply_corrections(ARTICLE, [CALL, OTHER], [Correction("reject", match)]) == [CALL, OTHER]


def test_a_changed_argument_is_marked_as_a_correction():
    change = Correction(
        "change", {"statement": OTHER.id}, {"object": {"name": "Keir Starmer", "type": "person"}, "topic": "tax"}
    )
    (call, changed) = apply_corrections(ARTICLE, [CALL, OTHER], [change])
    assert call == CALL
    assert (changed.object, changed.topic, changed.subject) == (STARMER, "tax", REEVES)
    assert (changed.evidence.rule, changed.evidence.text) == (change.id, OTHER.evidence.text)


def test_an_added_statement_quotes_the_article():
    add = Correction(
        "add",
        set={
            "subject": {"name": "Rachel Reeves", "type": "person"},
            "relation": "supports",
            "object": {"name": "Keir Starmer", "type": "person"},
        },
        evidence={"article": "a1", "text": "Reeves disagreed."},
    )
    (added,) = apply_corrections(ARTICLE, [], [add])
    assert (added.subject, added.relation, added.object) == (REEVES, "supports", STARMER)
    assert ARTICLE.text[added.evidence.start : added.evidence.end] == "Reeves disagreed."
    assert apply_corrections(article("a2", "text"), [], [add]) == []
    wrong = Correction("add", set=add.set, evidence={"article": "a1", "text": "Reeves agreed."})
    with pytest.raises(GraphbuildError, match="article 'a1' does not contain the quoted words 'Reeves agreed"):
        apply_corrections(ARTICLE, [], [wrong])


def test_corrections_follow_one_another():
    change = Correction("change", {"relation": "criticises"}, {"relation": "supports"})
    reject = Correction("reject", {"relation": "supports"})
    assert apply_corrections(ARTICLE, [OTHER], [change, reject]) == []
    assert [s.relation for s in apply_corrections(ARTICLE, [OTHER], [reject, change])] == ["supports"]


def test_the_graph_says_what_was_corrected_by_whom():
    change = Correction(
        "change", {"statement": OTHER.id}, {"relation": "supports"}, reason="misread", by="J. Doe", date="2026-02-10"
    )
    reject = Correction("reject", {"statement": CALL.id})
    corrections = [change, reject]
    found = apply_corrections(ARTICLE, [CALL, OTHER], corrections)
    store = ox.Store()
    store.extend(ox.Quad(*t) for t in graph_triples([(ARTICLE, found)]))
    replace_corrections(store, correction_triples(corrections))
    assert store.query(
        """ASK { ?s rdf:predicate pol:supports ; pol:evidence/pol:correction ?c .
                 ?c a pol:Correction ; pol:action "change" ; skos:note "misread" ; dcterms:creator "J. Doe" ;
                    dcterms:date "2026-02-10"^^xsd:date ; pol:corrects ?id }""",
        prefixes=PREFIXES,
    )
    assert store.query(f'ASK {{ ?c pol:action "reject" ; pol:corrects "{CALL.id}" }}', prefixes=PREFIXES)
    replace_corrections(store, correction_triples([change]))
    assert not store.query('ASK { ?c pol:action "reject" }', prefixes=PREFIXES)


def test_which_articles_a_correction_concerns():
    other = article("a2", "text")
    statements = [CALL, OTHER, statement(other, SARWAR, "calls_to_resign", STARMER, "text")]
    assert concerned_articles(Correction("reject", {"statement": CALL.id}), statements) == {"a1", "a2"}
    assert concerned_articles(Correction("add", set={}, evidence={"article": "a9", "text": ""}), statements) == {"a9"}


@pytest.mark.parametrize(
    "written", ["{}", "statement:{}", "statement/{}", "https://w3id.org/graphbuild/id/statement/{}"]
)
def test_a_statement_may_be_named_as_files_and_answers_write_it(written):
    correction = Correction("reject", {"statement": written.format(CALL.id)})
    assert apply_corrections(ARTICLE, [CALL, OTHER], [correction]) == [OTHER]


def test_names_are_tied_to_the_entities_that_the_graph_knows():
    namesake = replace(STARMER, id="person/keir-starmer--poet", name="Keir Starmer")
    given = Correction("change", {"statement": CALL.id}, {"object": {"type": "person", "name": "Keir Starmer"}})
    only = replace(CALL, object=namesake)
    assert known_entities(given, [only]).set["object"]["id"] == "person/keir-starmer--poet"
    assert known_entities(given, []).set == given.set
    with pytest.raises(GraphbuildError, match=r"names 2 entities; give its id, one of person/keir-starmer, person"):
        known_entities(given, [CALL, only])


def test_what_is_appended_is_what_is_loaded(tmp_path: Path):
    path = tmp_path / "corrections.jsonl"
    assert load_corrections(path) == []
    first = Correction("reject", {"subject": "Sinn Féin"}, reason="“no”\nsuch\u2028line\x0c")
    second = Correction("change", {"article": "a1"}, {"source": None})
    append_correction(path, first)
    path.write_text(path.read_text("utf-8").rstrip("\n"), "utf-8")  # as an editor may leave it
    append_correction(path, second)
    assert load_corrections(path) == [first, second]
    assert len({first.id, second.id}) == 2


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "line 2: not a JSON object"),
        ("[]", "line 2: not a JSON object"),
        ({"action": "delete"}, "line 2: action is 'delete'; allowed are reject, change, add"),
        ({"action": "reject"}, "line 2: match is missing; it says some of statement, article"),
        ({"action": "reject", "match": {"who": "x"}}, "line 2, match: unknown key 'who'; allowed are article"),
        ({"action": "reject", "match": {"subject": 3}}, "line 2, match: subject is 3; it must be text"),
        ({"action": "reject", "match": {"subject": "x"}, "set": {"topic": "x"}}, "has the keys match, not set"),
        (
            {"action": "change", "match": {"subject": "x"}, "set": {"modality": "sure"}},
            "modality is 'sure'; allowed are actual",
        ),
        (
            {"action": "change", "match": {"subject": "x"}, "set": {"relation": "likes"}},
            "relation is 'likes'; allowed are accuses",
        ),
        (
            {"action": "change", "match": {"subject": "x"}, "set": {"object": "Starmer"}},
            "object is 'Starmer'; it needs a name",
        ),
        (
            {"action": "add", "set": {"relation": "accuses"}, "evidence": {"article": "a", "text": "t"}},
            "subject is missing",
        ),
        ({"action": "reject", "match": {"subject": "x"}, "why": "y"}, "unknown key 'why'; allowed are action, by"),
    ],
    ids=str,
)
def test_a_bad_line_is_named(tmp_path: Path, line, message):
    path = _write(tmp_path / "corrections.jsonl", {"action": "reject", "match": {"article": "a"}}, line)
    with pytest.raises(GraphbuildError) as error:
        load_corrections(path, ["accuses", "supports"])
    assert message in str(error.value)
    assert str(error.value).startswith("corrections.jsonl, line 2")
