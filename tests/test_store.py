"""The store: single articles come and go, and what is left is always the graph of a fresh build."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pytest
from graph_cases import article, articles_strategy, person, phrase, statement
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphbuild.errors import StoreError
from graphbuild.graph import article_graph, graph_triples, statements_from_triples
from graphbuild.rules import load_rules
from graphbuild.store import (
    add_article,
    article_triples,
    build_store,
    has_article,
    is_stored,
    open_store,
    remove_article,
    replace_article,
    stored_hashes,
)

RULES = load_rules()
STARMER, SARWAR, CORBYN = person("Keir Starmer"), person("Anas Sarwar"), person("Jeremy Corbyn")


def _triples(store):
    return {q.triple for q in store}


def _fresh(items, rules=RULES):
    store = ox.Store()
    store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in graph_triples(items))
    if rules is not None:
        from graphbuild.rules import infer

        store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in rules.schema)
        infer(store, rules)
    return store


def _difference(store, items, rules=RULES):
    have, wanted = _triples(store), _triples(_fresh(items, rules))
    return {"too much": have - wanted, "missing": wanted - have}


NOTHING = {"too much": set(), "missing": set()}


@given(articles_strategy(max_size=5), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_adding_articles_in_any_order_is_a_fresh_build(items, rng):
    shuffled = items[:]
    rng.shuffle(shuffled)
    store = _fresh(shuffled[:1])
    for a, found in shuffled[1:]:
        add_article(store, article_graph(a, found), RULES)
    assert _difference(store, items) == NOTHING


@given(articles_strategy(max_size=5), st.data())
@settings(max_examples=60, deadline=None)
def test_removing_articles_leaves_the_build_of_the_others(items, data):
    store = _fresh(items)
    for a, _ in data.draw(st.lists(st.sampled_from(items), unique_by=lambda item: item[0].id)):
        items = [item for item in items if item[0].id != a.id]
        remove_article(store, a.id, RULES)
        assert _difference(store, items) == NOTHING


@given(articles_strategy(max_size=4), articles_strategy(max_size=4))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_replacing_articles_is_a_build_of_the_new_ones(old, new):
    store = _fresh(old)
    for a, found in new:
        replace_article(store, article_graph(a, found), RULES)
    left = {a.id: (a, found) for a, found in old} | {a.id: (a, found) for a, found in new}
    assert _difference(store, list(left.values())) == NOTHING
    # A second time nothing changes.
    before = _triples(store)
    for a, found in new:
        replace_article(store, article_graph(a, found), RULES)
    assert _triples(store) == before


def test_only_what_the_article_alone_supports_goes():
    a, b = article("a", "text", source="Times"), article("b", "text", source="Sun")
    shared = [statement(x, SARWAR, "calls_to_resign", STARMER, "text") for x in (a, b)]
    alone = statement(b, CORBYN, "calls_for", phrase("ceasefire", "a ceasefire"), "text")
    store = _fresh([(a, [shared[0]]), (b, [shared[1], alone])])
    ask = "ASK { ?s pol:calls_to_resign ?o . ?o pol:asked_to_resign_by ?s . ?t rdf:subject ?s ; pol:outlets %d }"
    from graphbuild.vocab import PREFIXES

    assert store.query(ask % 2, prefixes=PREFIXES)
    remove_article(store, "b", RULES)
    assert store.query(ask % 1, prefixes=PREFIXES)
    assert not store.query("ASK { ?p a pol:Phrase }", prefixes=PREFIXES)
    assert not store.query('ASK { ?p rdfs:label "Jeremy Corbyn" }', prefixes=PREFIXES)
    remove_article(store, "a", RULES)
    assert _triples(store) == RULES.schema


def test_unknown_and_repeated_articles_are_refused():
    a = article("a", "text")
    store = _fresh([(a, [])])
    with pytest.raises(StoreError, match="no article 'b' in the store"):
        remove_article(store, "b", RULES)
    with pytest.raises(StoreError, match="article 'a' is in the store already"):
        add_article(store, article_graph(a, []), RULES)


@given(articles_strategy(max_size=3))
@settings(max_examples=30, deadline=None)
def test_the_statements_of_one_article_come_back(items):
    store = _fresh(items)
    for a, found in items:
        back = statements_from_triples(article_triples(store, a.id))
        assert {(s.id, s.evidence.id) for s in back} == {(s.id, s.evidence.id) for s in found}


def test_unchanged_articles_are_known_by_content_and_configuration():
    a = article("a", "text", title="Title")
    store = _fresh([])
    add_article(store, article_graph(a, [], configuration="c1"), RULES)
    assert is_stored(store, a, "c1")
    assert not is_stored(store, a, "c2")
    assert not is_stored(store, article("a", "text!", title="Title"), "c1")
    assert not is_stored(store, article("a", "text", title="Title", family="b"), "c1")
    assert not is_stored(store, article("b", "text", title="Title"), "c1")
    assert stored_hashes(store) == {"a": (a.content_hash, "c1")}
    assert (has_article(store, "a"), has_article(store, "b")) == (True, False)


def _item(number):
    a = article(f"a{number}", "Sarwar text", source=f"outlet {number % 3}")
    return a, [
        statement(a, SARWAR, "calls_to_resign", STARMER, "Sarwar"),
        statement(a, person(f"Member Number{number}"), "supports", CORBYN, "text"),
    ]


def test_a_build_on_disk_holds_what_it_was_given(tmp_path: Path):
    items = [_item(n) for n in range(5)]
    size = build_store(tmp_path / "store", graph_triples(items), RULES)
    store = open_store(tmp_path / "store")
    assert len(store) == size
    assert _difference(store, items) == NOTHING
    del store
    build_store(tmp_path / "store", graph_triples(items[:2]), RULES)
    assert _difference(open_store(tmp_path / "store"), items[:2]) == NOTHING
    assert [p.name for p in tmp_path.iterdir()] == ["store"]


def test_changes_survive_closing(tmp_path: Path):
    items = [_item(n) for n in range(4)]
    build_store(tmp_path / "store", graph_triples(items[:2]), RULES)
    store = open_store(tmp_path / "store", read_only=False)
    add_article(store, article_graph(*items[2]), RULES)
    remove_article(store, "a0", RULES)
    del store
    assert _difference(open_store(tmp_path / "store"), items[1:3]) == NOTHING


def test_a_second_writer_gets_a_clear_error(tmp_path: Path):
    path = tmp_path / "store"
    build_store(path, graph_triples([_item(0)]), RULES)
    writer = open_store(path, read_only=False)
    with pytest.raises(StoreError, match="another process is writing to this store"):
        open_store(path, read_only=False)
    with pytest.raises(StoreError, match="another process is writing to this store"):
        build_store(path, graph_triples([_item(1)]), RULES)
    del writer
    code = f"from graphbuild.store import open_store; s = open_store({str(path)!r}, read_only=False); print('open', flush=True); input()"
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout.readline() == b"open\n"
        with pytest.raises(StoreError, match="another process is writing to this store"):
            open_store(path, read_only=False)
        other.kill()
    assert _difference(open_store(path, read_only=False), [_item(0)]) == NOTHING


def test_a_missing_store_is_named(tmp_path: Path):
    with pytest.raises(StoreError, match="nowhere: no store here"):
        open_store(tmp_path / "nowhere")


WRITER = """
import sys
sys.path[:0] = [{tests!r}]
from pathlib import Path
from test_store import RULES, _item
from graphbuild.graph import article_graph
from graphbuild.store import open_store, remove_article, replace_article
store = open_store(Path({path!r}), read_only=False)
print("open", flush=True)
for number in range({first}, 10**6):
    replace_article(store, article_graph(*_item(number)), RULES)
    print(number, flush=True)
    if number % 3 == 2:
        remove_article(store, f"a{{number - 1}}", RULES)
"""


def test_killing_a_writer_loses_no_committed_article(tmp_path: Path):
    path, rng = tmp_path / "store", random.Random(4)
    build_store(path, (), RULES)
    first = 0
    for _ in range(4):
        code = WRITER.format(tests=str(Path(__file__).parent), path=str(path), first=first)
        with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout.readline() == "open\n"
            committed = [process.stdout.readline()]
            time.sleep(rng.uniform(0.01, 0.15))
            os.kill(process.pid, signal.SIGKILL)
            committed += process.stdout.readlines()
        last = int([line for line in committed if line.endswith("\n")][-1])
        store = open_store(path, read_only=False)
        ids = set(stored_hashes(store))
        # The one after the last told of may or may not be in; the others are, but for those removed again.
        assert {f"a{n}" for n in range(last + 1) if n % 3 != 1} <= ids <= {f"a{n}" for n in range(last + 2)}
        assert _difference(store, [_item(int(i[1:])) for i in ids]) == NOTHING
        del store
        first = last + 1


def test_what_a_killed_build_did_not_clear_away_stops_no_other(tmp_path: Path):
    path = tmp_path / "store"
    build_store(path, graph_triples([_item(0)]), RULES)
    left = tmp_path / ".store.old"
    left.mkdir()
    (left / "000001.sst").write_bytes(b"half of an older store")
    build_store(path, graph_triples([_item(n) for n in range(2)]), RULES)
    assert len(stored_hashes(open_store(path))) == 2
    assert [p.name for p in tmp_path.iterdir()] == ["store"]


BUILDER = """
import sys
sys.path[:0] = [{tests!r}]
from pathlib import Path
from test_store import RULES, _item
from graphbuild.graph import graph_triples
from graphbuild.store import build_store
print("start", flush=True)
while True:
    for size in (300, 301):
        build_store(Path({path!r}), graph_triples([_item(n) for n in range(size)]), RULES)
"""


def test_killing_a_build_leaves_the_old_store_or_the_new(tmp_path: Path):
    path, rng = tmp_path / "store", random.Random(5)
    build_store(path, graph_triples([_item(n) for n in range(300)]), RULES)
    for _ in range(4):
        code = BUILDER.format(tests=str(Path(__file__).parent), path=str(path))
        with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as process:
            assert process.stdout.readline() == b"start\n"
            time.sleep(rng.uniform(0.05, 0.6))
            process.kill()
        assert len(stored_hashes(open_store(path))) in (300, 301)
    build_store(path, graph_triples([_item(0)]), RULES)
    assert len(stored_hashes(open_store(path))) == 1
    assert [p.name for p in tmp_path.iterdir()] == ["store"]
