"""The main job, end to end: the same bytes twice, every quote in its article, bad inputs named, the five real articles."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from places import SAMPLE
from spacy.tokens import Doc

from graphbuild.corrections import Correction
from graphbuild.errors import GraphbuildError
from graphbuild.extract import extract_statements
from graphbuild.journal import open_journal
from graphbuild.model import Article, Statement
from graphbuild.pipeline import FAILED, build
from graphbuild.store import open_store
from graphbuild.update import add_articles, correct

GOOD = (
    "Keir Starmer sacked Sam Tarry as a shadow minister on Wednesday. "
    "Anas Sarwar called on Keir Starmer to think again, and John McDonnell criticised the decision."
)
FILES = ("statements.jsonl", "articles.jsonl", "graph.ttl", "graph.html")


def records(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "statements.jsonl").read_text("utf-8").splitlines()]


def facts(folder: Path, *, modality: str = "actual", polarity: str = "positive") -> set[tuple[str, str, str]]:
    return {
        (r["subject"]["name"], r["relation"], r["object"]["name"])
        for r in records(folder)
        if r["modality"] == modality and r["polarity"] == polarity
    }


def test_the_sample_gives_what_its_articles_say(sample_build: Path) -> None:
    found = facts(sample_build)
    assert len(found) > 60
    assert {r["relation"] for r in records(sample_build)} >= {
        "resigns_from",
        "calls_to_resign",
        "supports",
        "holds_role",
    }


def test_two_builds_give_the_same_bytes(sample_build: Path, tmp_path: Path) -> None:
    build([SAMPLE], tmp_path)
    for name in FILES:
        assert (tmp_path / name).read_bytes() == (sample_build / name).read_bytes(), name


def test_the_order_of_the_sources_does_not_matter(tmp_path: Path) -> None:
    lines = (SAMPLE / "articles.jsonl").read_text("utf-8").splitlines(keepends=True)[:3]
    for number, line in enumerate(lines):
        (tmp_path / f"{number}.jsonl").write_text(line, "utf-8")
    sources = sorted(tmp_path.glob("*.jsonl"))
    build(sources, tmp_path / "a")
    build(sources[::-1], tmp_path / "b")
    for name in FILES:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes(), name


def test_statements_are_sorted_and_every_quote_stands_in_its_article(sample_build: Path) -> None:
    texts = {
        a["id"]: a["text"] for a in map(json.loads, (sample_build / "articles.jsonl").read_text("utf-8").splitlines())
    }
    found = records(sample_build)
    assert [r["article"] for r in found] == sorted(r["article"] for r in found)
    for r in found:
        evidence = r["evidence"]
        assert texts[r["article"]][evidence["start"] : evidence["end"]] == evidence["text"]
        assert 0 < evidence["confidence"] <= 1
        assert evidence["rule"]


def test_nothing_is_said_from_dropped_passages(sample_build: Path) -> None:
    dropped = {
        a["id"]: a["dropped"]
        for a in map(json.loads, (sample_build / "articles.jsonl").read_text("utf-8").splitlines())
    }
    assert any(dropped.values())
    for r in records(sample_build):
        for passage in dropped[r["article"]]:
            assert r["evidence"]["end"] <= passage["start"] or passage["end"] <= r["evidence"]["start"]


def test_the_report_counts_what_was_done(sample_build: Path) -> None:
    report = json.loads((sample_build / "report.json").read_text("utf-8"))
    assert report["articles"] == len((sample_build / "articles.jsonl").read_text("utf-8").splitlines())
    assert report["statements"] == len(records(sample_build))
    assert report["triples"] == len(open_store(sample_build / "store"))
    assert report["skipped"] == []
    assert report["model"]
    assert report["versions"]["spacy"]


def test_rapper_counts_the_triples_of_the_store(sample_build: Path) -> None:
    rapper = shutil.which("rapper")
    if rapper is None:
        pytest.skip("rapper is not installed (Debian: raptor2-utils)")
    run = subprocess.run(
        [rapper, "-q", "-i", "turtle", "-o", "ntriples", str(sample_build / "graph.ttl")],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert len(run.stdout.splitlines()) == len(open_store(sample_build / "store"))


def test_bad_inputs_are_named_and_the_rest_is_read(tmp_path: Path) -> None:
    inputs = tmp_path / "in"
    inputs.mkdir()
    (inputs / "good.txt").write_text(GOOD, "utf-8")
    (inputs / "empty.txt").write_text("", "utf-8")
    (inputs / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (inputs / "broken.jsonl").write_text('{"text": "no end\n', "utf-8")
    report = build([inputs], tmp_path / "out")
    named = {Path(s["input"].partition(",")[0]).name: s["reason"] for s in report.skipped}
    assert {"empty.txt", "binary.txt"} <= set(named)
    assert any(name.startswith("broken.jsonl") for name in named)
    assert all(named.values())
    assert ("Sam Tarry", "sacked_by", "Keir Starmer") in facts(tmp_path / "out")


def test_an_article_that_a_rule_fails_on_is_named_and_the_rest_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(doc: Doc, article: Article, *rest: Any) -> Iterator[Statement]:
        if article.id == "hard":
            raise StopIteration
        return extract_statements(doc, article, *rest)

    records = [{"id": "hard", "text": "Boris Johnson sacked Michael Gove."}, {"id": "easy", "text": GOOD}]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(r) + "\n" for r in records), "utf-8")
    with monkeypatch.context() as patch:
        patch.setattr("graphbuild.pipeline.extract_statements", failing)
        report = build([tmp_path / "a.jsonl"], tmp_path / "out")
        with pytest.raises(GraphbuildError, match="hard: could not be read"):
            build([tmp_path / "a.jsonl"], tmp_path / "out", strict=True)
    assert [(s["input"], s["reason"]) for s in report.skipped] == [("hard", f"{FAILED}: StopIteration")]
    assert report.articles == 2
    (tmp_path / "b.jsonl").write_text(
        json.dumps(records[0] | {"text": "Boris Johnson sacked Gavin Williamson."}), "utf-8"
    )
    with monkeypatch.context() as patch:
        patch.setattr("graphbuild.pipeline.extract_statements", failing)
        update = add_articles(tmp_path / "out", [tmp_path / "b.jsonl"], replace=True)
    assert (update.replaced, [s["input"] for s in update.skipped]) == (["hard"], ["hard"])
    assert ("Sam Tarry", "sacked_by", "Keir Starmer") in facts(tmp_path / "out")
    assert "Gove" not in (tmp_path / "out" / "statements.jsonl").read_text("utf-8")


def test_an_article_without_a_sentence_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Sign up to our newsletter\nSign up to vote 30-20 in our newsletter\n", "utf-8")
    assert build([tmp_path / "a.txt"], tmp_path / "out").skipped == []


def test_an_absent_source_is_an_error_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD, "utf-8")
    read: list[str] = []
    with pytest.raises(GraphbuildError, match=r"absent\.txt"):
        build(
            [tmp_path / "good.txt", tmp_path / "absent.txt"], tmp_path / "out",
            progress=lambda article, found: read.append(article.id),
        )  # fmt: skip
    assert read == []


def test_what_was_read_before_is_not_read_again(tmp_path: Path) -> None:
    source = tmp_path / "a.jsonl"
    lines = (SAMPLE / "articles.jsonl").read_text("utf-8").splitlines(keepends=True)[:4]
    source.write_text("".join(lines), "utf-8")
    assert build([source], tmp_path / "out").reused == 0
    again = build([source], tmp_path / "out")
    assert (again.articles, again.reused) == (4, 4)
    # Another text, or another configuration, is read.
    changed = json.loads(lines[0])
    changed["text"] += "\n\nBoris Johnson sacked Michael Gove."
    source.write_text(json.dumps(changed) + "\n" + "".join(lines[1:]), "utf-8")
    assert build([source], tmp_path / "out").reused == 3
    assert build([source], tmp_path / "out", min_confidence=0.1).reused == 0
    build([source], tmp_path / "fresh", min_confidence=0.1)
    for name in FILES:
        assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "fresh" / name).read_bytes(), name


def test_two_workers_give_the_bytes_of_one(sample_build: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graphbuild.scale.BATCH_WORDS", 150)
    build([SAMPLE], tmp_path, workers=2)
    for name in FILES:
        assert (tmp_path / name).read_bytes() == (sample_build / name).read_bytes(), name


BUILDER = """
import sys
from pathlib import Path
from graphbuild.pipeline import build
build([Path({source!r})], Path({out!r}), progress=lambda a, n: print(a.id, flush=True))
"""


def test_a_killed_build_goes_on_where_it_stopped(tmp_path: Path) -> None:
    article = {"text": GOOD, "date": "2022-07-27", "source": "Herald"}
    source = tmp_path / "many.jsonl"
    source.write_text("".join(json.dumps(article | {"id": f"a{n:04}"}) + "\n" for n in range(300)), "utf-8")
    told: set[str] = set()
    for pause in (0.0, 0.3):
        code = BUILDER.format(source=str(source), out=str(tmp_path / "out"))
        with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            told.add(process.stdout.readline())
            time.sleep(pause)
            os.kill(process.pid, signal.SIGKILL)
            told.update(process.stdout.readlines())
    told = {line for line in told if line.endswith("\n")}
    assert told
    report = build([source], tmp_path / "out")
    assert len(told) <= report.reused <= 300
    build([source], tmp_path / "fresh")
    for name in FILES:
        assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "fresh" / name).read_bytes(), name


def test_a_second_build_into_one_folder_is_told_to_wait(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD, "utf-8")
    with (
        open_journal(tmp_path / "out" / "journal.jsonl"),
        pytest.raises(GraphbuildError, match="another build is writing"),
    ):
        build([tmp_path / "good.txt"], tmp_path / "out")


def test_a_correction_survives_a_new_build(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD, "utf-8")
    build([tmp_path / "good.txt"], tmp_path / "out")
    wrong = {"subject": "Sam Tarry", "relation": "sacked_by", "object": "Keir Starmer"}
    correct(tmp_path / "out", Correction("reject", wrong, by="J. Doe", reason="a test"))
    changed = {name: (tmp_path / "out" / name).read_bytes() for name in FILES}
    build([tmp_path / "good.txt"], tmp_path / "out")
    assert tuple(wrong.values()) not in facts(tmp_path / "out")
    assert {name: (tmp_path / "out" / name).read_bytes() for name in FILES} == changed


def test_under_strict_everything_is_written_before_the_error(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD, "utf-8")
    (tmp_path / "empty.txt").write_text("", "utf-8")
    with pytest.raises(GraphbuildError, match=r"empty\.txt"):
        build([tmp_path / "good.txt", tmp_path / "empty.txt"], tmp_path / "out", strict=True)
    assert ("Sam Tarry", "sacked_by", "Keir Starmer") in facts(tmp_path / "out")


def test_a_build_that_fails_leaves_the_last_one(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD, "utf-8")
    build([tmp_path / "good.txt"], tmp_path / "out")
    before = {name: (tmp_path / "out" / name).read_bytes() for name in FILES}
    with pytest.raises(GraphbuildError):
        build([tmp_path / "good.txt"], tmp_path / "out", model="no_such_model")
    assert {name: (tmp_path / "out" / name).read_bytes() for name in FILES} == before
    assert [p.name for p in (tmp_path / "out").iterdir() if p.name.startswith(".building")] == []


def test_less_certain_statements_are_left_out_on_demand(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD, "utf-8")
    build([tmp_path / "good.txt"], tmp_path / "out", min_confidence=0.999)
    assert records(tmp_path / "out") == []


SHADOW_CABINET = [
    "Heidi Alexander", "Lilian Greenwood", "Seema Malhotra", "Ian Murray", "Kerry McCarthy", "Gloria De Piero",
    "Lucy Powell", "Vernon Coaker", "Charles Falconer", "Karl Turner", "Chris Bryant",
]  # fmt: skip


@pytest.mark.parametrize(
    "fact",
    [
        ("Anas Sarwar", "calls_to_resign", "Keir Starmer"),
        ("Afrasiab Anwar", "calls_to_resign", "Keir Starmer"),
        ("Asjad Mahmood", "calls_to_resign", "Keir Starmer"),
        ("Hilary Benn", "sacked_by", "Jeremy Corbyn"),
        ("Sobia Malik", "resigns_from", "Labour Party"),
        ("Angela Rayner", "supports", "Keir Starmer"),
        ("Wes Streeting", "supports", "Keir Starmer"),
        ("Andy McDonald", "suspended_by", "Labour Party"),
        ("Andy McDonald", "accuses", "Chris Clarkson"),
        *((name, "resigns_from", "Shadow Cabinet") for name in SHADOW_CABINET),
    ],
    ids=" ".join,
)
def test_the_five_articles_say(seeds_build: Path, fact: tuple[str, str, str]) -> None:
    assert fact in facts(seeds_build)


def test_the_five_articles_tell_of_two_more_resignations(seeds_build: Path) -> None:
    leavers = {subject for subject, relation, _ in facts(seeds_build) if relation == "resigns_from"}
    assert {"Morgan McSweeney", "Tim Allan"} <= leavers


def test_boilerplate_of_the_five_articles_says_nothing(seeds_build: Path) -> None:
    named = {r[slot]["name"] for r in records(seeds_build) for slot in ("subject", "object")}
    assert not named & {"John Prescott", "Helen Godwin", "Elon Musk"}


def test_roles_resolve_and_one_person_is_one_node(seeds_build: Path) -> None:
    nodes: dict[str, set[str]] = {}
    for r in records(seeds_build):
        for slot in ("subject", "object"):
            if r[slot].get("type") == "person":
                nodes.setdefault(r[slot]["name"], set()).add(r[slot]["iri"])
    assert {name: iris for name, iris in nodes.items() if len(iris) > 1} == {}
    # "the prime minister", "the Labour leader", "Starmer" and "Sir Keir" are one man.
    starmer = next(iter(nodes["Keir Starmer"]))
    articles = {r["article"] for r in records(seeds_build) if starmer in (r["subject"]["iri"], r["object"].get("iri"))}
    assert len(articles) == 3
