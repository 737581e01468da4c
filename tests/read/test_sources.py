"""Every kind of source gives its articles with what it knows of them, plain or packed, from folders and standard input."""

import builtins
import csv
import gzip
import io
import json
import sys
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bad_inputs import GOOD, tarred, zipped
from typer.testing import CliRunner

from graphbuild.cli import app
from graphbuild.errors import SourceError
from graphbuild.model import Article
from graphbuild.read import read_articles

ROW = {
    "id": "a1", "title": "Starmer sacks Tarry", "date": "2022-07-27", "source": "Northern Post",
    "url": "https://example.org/a1", "text": GOOD, "author": "Jane Doe",
}  # fmt: skip
PARAGRAPHS = GOOD.split(". ", 1)
PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>Starmer sacks Tarry - Northern Post</title>
<meta property="og:title" content="Starmer sacks Tarry"><meta property="og:site_name" content="Northern Post">
<meta property="article:published_time" content="2022-07-27T18:14:00+01:00"><meta name="author" content="Jane Doe">
<link rel="canonical" href="https://example.org/2022/starmer-sacks-tarry"></head><body>
<nav><a href="/">Home</a> <a href="/politics">Politics</a></nav>
<article><h1>Starmer sacks Tarry</h1>{"".join(f"<p>{p}</p>" for p in (*PARAGRAPHS, GOOD.replace("Wednesday", "that day")))}</article>
<footer>Copyright 2022 Northern Post. Sign up to our newsletter</footer></body></html>"""
RSS = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Northern Post</title><item><title>Starmer sacks Tarry</title><link>https://example.org/a1</link><guid>a1</guid>
<author>Jane Doe</author><pubDate>Wed, 27 Jul 2022 18:14:00 GMT</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>{PARAGRAPHS[0]}.</p><p>{PARAGRAPHS[1]}</p>]]></content:encoded></item>
<item><title>Nothing</title></item></channel></rss>"""
ATOM = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Northern Post</title>
<entry><title>Starmer sacks Tarry</title><id>a1</id><link href="https://example.org/a1"/><author><name>Jane Doe</name></author>
<published>2022-07-27T18:14:00Z</published><summary>{GOOD}</summary></entry></feed>"""


def warc() -> bytes:
    writer = pytest.importorskip("warcio.warcwriter", reason="needs graphbuild[archives]")
    http = pytest.importorskip("warcio.statusandheaders", reason="needs graphbuild[archives]")
    out = io.BytesIO()
    records = writer.WARCWriter(out, gzip=False)
    for url, kind, status, body in (
        ("https://example.org/logo.png", "image/png", "200 OK", b"\x89PNG"),
        ("https://example.org/gone", "text/html", "404 Not Found", PAGE.encode()),
        ("https://example.org/2022/starmer-sacks-tarry", "text/html; charset=utf-8", "200 OK", PAGE.encode()),
        ("https://example.org/empty", "text/html", "200 OK", b"<html></html>"),
    ):
        headers = http.StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        records.write_record(
            records.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=headers)
        )
    return out.getvalue()


def table(delimiter: str) -> bytes:
    out = io.StringIO()
    rows = csv.DictWriter(out, list(ROW), delimiter=delimiter)
    rows.writeheader()
    rows.writerow(ROW)
    return out.getvalue().encode()


WHOLE: dict[str, Callable[[], bytes]] = {
    "a.jsonl": lambda: (json.dumps(ROW) + "\n").encode(),
    "a.csv": lambda: table(","),
    "semicolons.csv": lambda: table(";"),
    "a.tsv": lambda: table("\t"),
    "a.html": lambda: PAGE.encode(),
    "a.rss": lambda: RSS.encode(),
    "a.xml": lambda: ATOM.encode(),
    "a.warc": warc,
}


def read(path: Path, **options: Any) -> tuple[list[Article], dict[str, str]]:
    skipped: dict[str, str] = {}
    return list(read_articles([path], skipped=skipped.__setitem__, **options)), skipped


def check(article: Article) -> None:
    assert article.title == ROW["title"]
    assert article.date == ROW["date"]
    assert article.source == ROW["source"]
    assert article.url.startswith("https://example.org/")
    assert article.author == ROW["author"]
    assert article.language == "en"
    assert article.text.startswith(PARAGRAPHS[0])
    assert "newsletter" not in article.text
    assert "Home" not in article.text


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize("packing", ["", ".gz", ".zip", ".tar", ".tgz", ".zip.gz"])
def test_a_source_gives_what_it_knows(name: str, packing: str, tmp_path: Path) -> None:
    data = WHOLE[name]()
    files = {f"2022/{name}": data, "2022/.DS_Store": b"\x00", "__MACOSX/._x": b"\x00"}
    packed = {
        "": lambda: data, ".gz": lambda: gzip.compress(data), ".zip": lambda: zipped(files), ".tar": lambda: tarred(files),
        ".tgz": lambda: gzip.compress(tarred(files)), ".zip.gz": lambda: gzip.compress(zipped(files)),
    }[packing]()  # fmt: skip
    path = tmp_path / (name if packing == "" else name + ".gz" if packing == ".gz" else "news" + packing)
    path.write_bytes(packed)
    (article,), skipped = read(path)
    check(article)
    expected = {"a.rss": ["has no text"], "a.warc": ["no article text"]}.get(name, [])
    assert [reason for reason in skipped.values() if not any(e in reason for e in expected)] == []
    assert len(skipped) == len(expected)


@pytest.mark.parametrize("name", [n for n in WHOLE if not n.endswith((".csv", ".tsv"))])
def test_standard_input_is_told_by_its_first_bytes(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(gzip.compress(WHOLE[name]()))))
    (article,), _ = read(Path("-"))
    check(article)


def test_the_command_reads_standard_input(tmp_path: Path) -> None:
    answer = CliRunner().invoke(app, ["build", "-", "--out", str(tmp_path)], input=json.dumps(ROW))
    assert answer.exit_code == 0, answer.output
    assert '"article": "a1"' in (tmp_path / "statements.jsonl").read_text("utf-8")


def test_text_files_and_folders(tmp_path: Path) -> None:
    for name in ("b/2022-07-27 tarry.txt", "b/deeper/c.txt", "a.txt", ".hidden.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(GOOD, "utf-8")
    found, skipped = read(tmp_path)
    assert [(a.id, a.date) for a in found] == [("a", ""), ("2022-07-27 tarry", "2022-07-27"), ("c", "")]
    assert skipped == {}


def test_a_link_to_a_folder_is_followed_once(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "a.txt").write_text(GOOD, "utf-8")
    (tmp_path / "in" / "link").symlink_to(tmp_path / "kept")
    (tmp_path / "kept" / "back").symlink_to(tmp_path / "in")
    found, skipped = read(tmp_path / "in")
    assert [a.id for a in found] == ["a"]
    assert list(skipped.values()) == ["a link to a folder that it is in"]


def test_a_result_is_no_source(sample_build: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(GOOD, "utf-8")
    (tmp_path / "output").symlink_to(sample_build)
    found, skipped = read(tmp_path)
    assert [a.id for a in found] == ["a"]
    assert "graphbuild wrote" in skipped[str(tmp_path / "output")]


def test_columns_of_other_names(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f'body,published,outlet\n"{GOOD}",27 July 2022,Echo\n', "utf-8")
    arguments = ["build", str(tmp_path / "a.csv"), "--map", "text=body,date=published,source=outlet"]
    answer = CliRunner().invoke(app, [*arguments, "--out", str(tmp_path / "out")])
    assert answer.exit_code == 0, answer.output
    article = json.loads((tmp_path / "out" / "articles.jsonl").read_text("utf-8"))
    assert (article["text"], article["date"], article["source"]) == (GOOD, "2022-07-27", "Echo")
    _, skipped = read(tmp_path / "a.csv")
    assert "--map text=COLUMN" in skipped[str(tmp_path / "a.csv")]


def test_a_mapping_of_no_field_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("body\nx\n", "utf-8")
    answer = CliRunner().invoke(app, ["build", str(tmp_path / "a.csv"), "--map", "body=text"])
    assert answer.exit_code == 2
    assert "'body' is no field" in answer.output
    with pytest.raises(SourceError, match="'body' is no field"):
        list(read_articles([tmp_path], mapping={"body": "text"}))


def test_fields_that_are_lists_or_objects(tmp_path: Path) -> None:
    row = {"text": GOOD, "author": ["Jane Doe", "John Roe"], "source": {"name": "Echo"}, "id": 7}
    (tmp_path / "a.jsonl").write_text(json.dumps(row), "utf-8")
    (article,), _ = read(tmp_path / "a.jsonl")
    assert (article.author, article.source, article.id) == ("Jane Doe, John Roe", "Echo", "7")


@pytest.mark.parametrize(
    ("name", "package", "extra"),
    [
        ("a.html", "trafilatura", "html"),
        ("a.rss", "feedparser", "feeds"),
        ("a.warc", "warcio", "archives"),
        ("a.pdf", "pypdf", "documents"),
        ("a.docx", "docx", "documents"),
        ("a.rtf", "striprtf", "documents"),
    ],
)
def test_a_missing_extra_is_named(
    name: str, package: str, extra: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = WHOLE[name]() if name in WHOLE else b"{\\rtf1 x}"
    (tmp_path / name).write_bytes(data)
    (tmp_path / "b.txt").write_text(GOOD, "utf-8")
    real = builtins.__import__

    def absent(module: str, *rest: Any, **more: Any) -> Any:
        if module.partition(".")[0] == package:
            raise ModuleNotFoundError(f"No module named {package!r}", name=package)
        return real(module, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", absent)
    found, skipped = read(tmp_path)
    assert [a.id for a in found] == ["b"]
    assert f"pip install 'graphbuild[{extra}]'" in skipped[str(tmp_path / name)]


@pytest.mark.parametrize("kind", ["jsonl.gz", "csv", "zip"])
def test_memory_does_not_grow_with_the_source(kind: str, tmp_path: Path) -> None:
    def write(count: int) -> Path:
        path = tmp_path / f"{count}.{kind}"
        rows = [{"id": f"a{n}", "text": GOOD * 20 + str(n)} for n in range(count)]
        if kind.startswith("jsonl"):
            data = "".join(json.dumps(row) + "\n" for row in rows).encode()
            path.write_bytes(gzip.compress(data) if kind.endswith("gz") else data)
        elif kind == "csv":
            path.write_text("id,text\n" + "".join(f'{row["id"]},"{row["text"]}"\n' for row in rows), "utf-8")
        else:
            files = {f"{row['id']}.txt": row["text"].encode() for row in rows}
            path.write_bytes(zipped(files) if kind == "zip" else tarred(files))
        return path

    def peak(path: Path, count: int) -> int:
        tracemalloc.start()
        assert sum(1 for _ in read_articles([path])) == count
        size = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return size

    small, large = write(50), write(500)
    peak(small, 50)  # loads what is loaded once
    # Ids are remembered, a directory of a zip or tar is too: some hundred bytes an article, not its four thousand.
    assert peak(large, 500) - peak(small, 50) < 450 * 1000
