"""Any bytes under any name: nothing is raised, everything unread is named, what is read can be stored."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from bad_inputs import FILES, GOOD, ODD, line, zipped
from hypothesis import given, settings
from hypothesis import strategies as st

from graphbuild.clean import clean_article
from graphbuild.model import Article
from graphbuild.read import READERS, UNPACKERS, read_articles
from graphbuild.read.dates import find_date, parse_date
from graphbuild.read.newspapers import read_export
from graphbuild.read.source import open_source

ENDINGS = sorted(READERS | UNPACKERS)
# Small inputs of every kind, good and bad, to cut and join.
SEEDS = [data for data in (FILES | ODD).values() if 0 < len(data) < 20_000] + [
    line(id="a"), GOOD.encode(), zipped({"a.txt": GOOD.encode()}), b"id,text\n1," + GOOD.encode(),
    b"<html><body><article><p>" + GOOD.encode() + b"</p></article></body></html>", b"{\\rtf1 {\\b " + GOOD.encode() + b"}\\par}",
    b"WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: 5\r\n\r\nHello\r\n\r\n",
]  # fmt: skip
EXPORT_LINES = [
    "A headline", "Northern Post (London)", "July 27, 2022 Wednesday", "Length: 20 words", "BYLINE: Jane Doe", "Body", GOOD,
    "Classification", "Load-Date: July 27, 2022", "End of Document", "1 of 3 DOCUMENTS", "26 June 2016", "20 words", "English",
    "(c) 2022 Example", "HD", "PD 26 June 2016", "SN", "LP", "TD x", "AN Document EXMPL000020220727ei7r00001",
    "Document EXMPL000020220727ei7r00002", "", "Copyright 2022",
]  # fmt: skip


def read_all(path: Path) -> None:
    """Read a file and check what every reader promises."""
    skipped: list[tuple[str, str]] = []
    count = 0
    for article in read_articles([path], skipped=lambda name, reason: skipped.append((name, reason))):
        count += 1
        assert article.text.strip()
        assert article.id
        assert json.loads(json.dumps(article.text, ensure_ascii=False).encode("utf-8")) == article.text
        for value in (article.text, article.title, article.source, article.author, article.id):
            assert "\x00" not in value
        cleaned = clean_article(article)
        assert cleaned.text == article.text
        assert all(0 <= d.start < d.end <= len(article.text) for d in cleaned.dropped)
    assert count or skipped
    assert all(name and reason for name, reason in skipped)


@st.composite
def mangled(draw: st.DrawFn) -> bytes:
    """Bytes that look like some kind of source for a while."""
    data = draw(st.one_of(st.binary(max_size=300), st.sampled_from(SEEDS)))
    other = draw(st.sampled_from(SEEDS))
    at, start = draw(st.integers(0, len(data))), draw(st.integers(0, len(other)))
    return data[:at] + draw(st.binary(max_size=8)) + other[start : start + draw(st.integers(0, 2000))]


@settings(max_examples=250, deadline=None)
@given(mangled(), st.sampled_from([*ENDINGS, "", ".xml", ".jsonl.gz"]))
def test_any_bytes_under_any_name(tmp_path_factory: pytest.TempPathFactory, data: bytes, ending: str) -> None:
    path = tmp_path_factory.getbasetemp() / f"fuzz{ending}"
    path.write_bytes(data)
    read_all(path)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(EXPORT_LINES), st.text(max_size=30)), max_size=30))
def test_any_lines_as_an_export(lines: list[str]) -> None:
    skipped: list[str] = []
    source = open_source(io.BytesIO(), "x.txt", lambda name, reason: skipped.append(reason), {})
    for article in read_export(source, lines):
        assert isinstance(article, Article)
        assert article.text.strip()
        assert article.date == "" or len(article.date) in (7, 10)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=40), st.from_regex(r"[0-3]?\d[ /.-]([01]?\d|[A-Z][a-z]{2,8})[ /.-](19|20)\d\d")))
def test_a_date_is_iso_or_nothing(text: str) -> None:
    for found in (parse_date(text), find_date(text, text, text)):
        assert found == "" or (found[:4].isdigit() and len(found) in (4, 7, 10))


FUZZER = """
import sys, tempfile, logging, warnings
from pathlib import Path
import atheris
sys.path.insert(0, {tests!r})
with atheris.instrument_imports(include=["graphbuild.read", "graphbuild.clean"]):
    import graphbuild.read, graphbuild.clean
from read import test_fuzz
folder = Path(tempfile.mkdtemp())
def one(data):
    ending = test_fuzz.ENDINGS[data[0] % len(test_fuzz.ENDINGS)] if data else ".txt"
    path = folder / ("fuzz" + ending)
    path.write_bytes(data[1:])
    test_fuzz.read_all(path)
atheris.Setup([sys.argv[0], "-max_total_time=5", "-max_len=4000", "-timeout=20", "-seed=1", sys.argv[1]], one)
atheris.Fuzz()
"""


def test_a_short_run_of_atheris(tmp_path: Path) -> None:
    """Coverage-guided fuzzing for five seconds, from the small inputs above under every ending."""
    pytest.importorskip("atheris", reason="atheris is not installed")
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for n, data in enumerate(SEEDS):
        for ending in range(0, len(ENDINGS), 8):
            (corpus / f"{n}-{ending}").write_bytes(bytes([(ending + n) % len(ENDINGS)]) + data[:3900])
    code = FUZZER.format(tests=str(Path(__file__).parents[1]))
    run = subprocess.run(
        [sys.executable, "-c", code, str(corpus)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        cwd=tmp_path,
    )
    assert run.returncode == 0, run.stderr[-3000:]
    assert "Done" in run.stderr
