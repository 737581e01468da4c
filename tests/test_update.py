"""Adding, replacing, removing and correcting articles of a build gives the files of a fresh build, byte for byte."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graphbuild.corrections import Correction
from graphbuild.errors import GraphbuildError, StoreError
from graphbuild.pipeline import build
from graphbuild.store import open_store, stored_hashes
from graphbuild.update import add_articles, correct, remove_articles
from graphbuild.validate import check_graph

ARTICLES = [
    {
        "id": "herald-1",
        "date": "2026-02-09",
        "source": "Herald",
        "text": "Anas Sarwar called on Keir Starmer to resign.\u2028Wes Streeting backed Keir Starmer.",
    },
    {
        "id": "echo-1",
        "date": "2026-02-10",
        "source": "Echo",
        "text": "Scottish Labour leader Anas Sarwar has called on Keir Starmer to resign. Ed Davey criticised Kemi Badenoch.",
    },
    {
        "id": "echo-2",
        "date": "2016-06-26",
        "source": "Echo",
        "text": "Hilary Benn was sacked by Jeremy Corbyn. Heidi Alexander resigned from the shadow cabinet.",
    },
]
FILES = ("graph.ttl", "statements.jsonl", "articles.jsonl", "graph.html")


def _source(path: Path, articles):
    path.write_text("".join(json.dumps(a) + "\n" for a in articles), "utf-8")
    return [path]


def _built(tmp_path: Path, name, articles):
    build(_source(tmp_path / f"{name}.jsonl", articles), tmp_path / name)
    return tmp_path / name


def _contents(folder: Path):
    return {name: (folder / name).read_bytes() for name in FILES}


def _same(folder: Path, fresh: Path):
    assert _contents(folder) == _contents(fresh)
    assert {q.triple for q in open_store(folder / "store")} == {q.triple for q in open_store(fresh / "store")}
    assert check_graph(folder) == []
    assert not (folder / "pending.jsonl").exists()


def test_adding_is_a_fresh_build(tmp_path: Path):
    folder = _built(tmp_path, "some", ARTICLES[1:2])
    done = add_articles(folder, _source(tmp_path / "more.jsonl", [ARTICLES[2], ARTICLES[1], ARTICLES[0]]))
    assert (done.added, done.unchanged, done.skipped) == (["echo-2", "herald-1"], ["echo-1"], [])
    _same(folder, _built(tmp_path, "fresh", ARTICLES))


def test_removing_is_a_fresh_build_of_the_others(tmp_path: Path):
    folder = _built(tmp_path, "all", ARTICLES)
    done = remove_articles(folder, ["herald-1", "nothing"])
    assert (done.removed, [s["input"] for s in done.skipped]) == (["herald-1"], ["nothing"])
    _same(folder, _built(tmp_path, "fresh", ARTICLES[1:]))


def test_an_article_in_another_form_is_replaced_only_when_asked(tmp_path: Path):
    folder = _built(tmp_path, "all", ARTICLES)
    before = _contents(folder)
    changed = ARTICLES[0] | {"text": "Anas Sarwar praised Keir Starmer."}
    source = _source(tmp_path / "changed.jsonl", [changed])
    done = add_articles(folder, source)
    assert [s["input"] for s in done.skipped] == ["herald-1"]
    assert _contents(folder) == before
    assert add_articles(folder, source, replace=True).replaced == ["herald-1"]
    _same(folder, _built(tmp_path, "fresh", [changed, *ARTICLES[1:]]))


def _relations(folder: Path):
    lines = (folder / "statements.jsonl").read_text("utf-8").split("\n")
    return {(r["subject"]["name"], r["relation"], r["object"]["name"]) for r in map(json.loads, filter(None, lines))}


def test_a_correction_changes_every_article_it_concerns(tmp_path: Path):
    folder = _built(tmp_path, "all", ARTICLES)
    call = ("Anas Sarwar", "calls_to_resign", "Keir Starmer")
    assert call in _relations(folder)
    done = correct(folder, Correction("reject", {"subject": call[0], "relation": call[1]}, by="J. Doe"))
    assert done.corrected == ["echo-1", "herald-1"]
    assert call not in _relations(folder)
    assert b'"reject"' in (folder / "graph.ttl").read_bytes()
    assert check_graph(folder) == []
    other = {"name": "Ed Miliband", "type": "person"}
    correct(folder, Correction("change", {"article": "echo-1", "relation": "criticises"}, {"object": other}))
    assert ("Ed Davey", "criticises", "Ed Miliband") in _relations(folder)
    # It goes on being applied to what is read later.
    later = ARTICLES[0] | {"id": "herald-2"}
    add_articles(folder, _source(tmp_path / "later.jsonl", [later]))
    assert call not in _relations(folder)
    assert check_graph(folder) == []


def test_a_correction_that_concerns_nothing_is_refused(tmp_path: Path):
    folder = _built(tmp_path, "all", ARTICLES[:1])
    before = _contents(folder)
    with pytest.raises(GraphbuildError, match="no statement or article of this build is concerned"):
        correct(folder, Correction("reject", {"subject": "Nobody"}))
    assert _contents(folder) == before
    assert not (folder / "corrections.jsonl").exists()


@pytest.mark.parametrize(
    ("correction", "message"),
    [
        (Correction("add"), "set is missing"),
        (Correction("add", set={"relation": "supports"}, evidence={"article": "echo-1", "text": "the"}), "subject is"),
        (Correction("reject", {"colour": "red"}), "unknown key 'colour'"),
    ],
)
def test_a_malformed_correction_is_refused_in_a_sentence(tmp_path: Path, correction, message):
    folder = _built(tmp_path, "all", ARTICLES[:1])
    before = _contents(folder)
    with pytest.raises(GraphbuildError, match=message):
        correct(folder, correction)
    assert _contents(folder) == before
    assert not (folder / "corrections.jsonl").exists()
    assert not (folder / "pending.jsonl").exists()


def test_a_second_writer_and_a_missing_build_are_named(tmp_path: Path):
    with pytest.raises(GraphbuildError, match="no build here"):
        remove_articles(tmp_path, ["a"])
    folder = _built(tmp_path, "all", ARTICLES[:1])
    store = open_store(folder / "store", read_only=False)
    with pytest.raises(StoreError, match="another process is writing to this store"):
        remove_articles(folder, ["herald-1"])
    del store
    remove_articles(folder, ["herald-1"])


ADDER = """
import sys
from pathlib import Path
from graphbuild.update import add_articles
add_articles(Path({folder!r}), [Path({source!r})], progress=lambda a, n: print(a.id, flush=True))
"""


def test_killing_an_update_loses_no_added_article(tmp_path: Path):
    many = [ARTICLES[n % 3] | {"id": f"a{n:03}"} for n in range(40)]
    folder = _built(tmp_path, "many", ARTICLES[:1])
    source = _source(tmp_path / "many.jsonl", many)[0]
    told, rng = [], random.Random(3)
    for _ in range(2):
        code = ADDER.format(folder=str(folder), source=str(source))
        with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as process:
            told.append(process.stdout.readline())
            time.sleep(rng.uniform(0.02, 0.2))
            os.kill(process.pid, signal.SIGKILL)
            told += process.stdout.readlines()
        ids = {line.strip() for line in told if line.endswith("\n")}
        assert ids <= set(stored_hashes(open_store(folder / "store")))
    done = add_articles(folder, [source])
    assert set(done.unchanged) >= ids
    assert len(done.unchanged) + len(done.added) == len(many)
    _same(folder, _built(tmp_path, "fresh", [ARTICLES[0], *many]))
