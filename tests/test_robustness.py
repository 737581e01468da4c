"""Whatever is given, a build names what it cannot read, with the reason, and reads the rest; memory stays bounded."""

import ctypes
import io
import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from bad_inputs import FACT, FILES, GOOD, ODD, line, make
from typer.testing import CliRunner

import graphbuild
from graphbuild.cli import app
from graphbuild.graph import graph_triples
from graphbuild.pipeline import extract_articles
from graphbuild.read import read_articles

pytest.importorskip("trafilatura", reason="needs graphbuild[html]")
pytest.importorskip("feedparser", reason="needs graphbuild[feeds]")
pytest.importorskip("warcio", reason="needs graphbuild[archives]")
pytest.importorskip("pypdf", reason="needs graphbuild[documents]")

# Builds the folder in a process of its own and tells the most memory that it took above that of one good article.
BUILDER = """
import json, resource, sys
import graphbuild
good, folder, out = sys.argv[1:]
graphbuild.build([good], out + "-warm")
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
graphbuild.build([folder], out)
print(json.dumps(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before))
"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, int]:
    """(inputs, build of all of them, growth of memory in kB)."""
    folder = tmp_path_factory.mktemp("hostile") / "in"
    folder.mkdir()
    make(folder)
    out = folder.parent / "out"
    run = subprocess.run(
        [sys.executable, "-c", BUILDER, str(folder / "good.txt"), str(folder), str(out)],
        capture_output=True, text=True, check=False, timeout=500,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    assert run.stderr == ""
    return folder, out, json.loads(run.stdout)


def reasons(out: Path, path: Path) -> list[str]:
    """The reasons given for a file or a part of it."""
    report = json.loads((out / "report.json").read_text("utf-8"))
    return [s["reason"] for s in report["skipped"] if s["input"].startswith(str(path)) or s["input"] == path.stem]


def articles(out: Path) -> dict[str, dict[str, Any]]:
    return {a["id"]: a for a in map(json.loads, (out / "articles.jsonl").read_text("utf-8").splitlines())}


EXPECTED = {
    "binary": "binary|not |no article|damaged|NUL", "empty": "empty|not a zip", "bomb": "bomb|larger than|no running text",
    "outside": "leads out of the archive", "locked": "password", "cut": "damaged", "laughs": "entities", "deep.zip": "archives in each other",
    "deep.html": "no article text", "deep.jsonl": "recursion", "long_line": "MB", "nul": "NUL", "greek": "UTF-8", "german": "'de'",
    "chinese": "not in English", "strange": "the ending '.xyz' is not one of", "bad_date": "'last Tuesday'", "no_text": "'text'",
    "no_article": "no article text", "blank": "no text", "broken": "not an article", "list": "not a JSON object", "number": "int",
    "other": "neither a feed", "no_entries": "no entries",
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_a_bad_input_is_named_with_a_reason(name: str, hostile: tuple[Path, Path, int]) -> None:
    folder, out, _ = hostile
    key = name if name in EXPECTED else next(k for k in EXPECTED if name.startswith(k))
    found = reasons(out, folder / name)
    assert any(part in reason for reason in found for part in EXPECTED[key].split("|")), found
    assert not any("Traceback" in reason or "\n" in reason for reason in found)


@pytest.mark.parametrize("name", ["loop/again", "itself.txt", "nowhere.txt"])
def test_a_link_that_goes_wrong_is_named(name: str, hostile: tuple[Path, Path, int]) -> None:
    folder, out, _ = hostile
    assert any("link" in reason for reason in reasons(out, folder / name))


@pytest.mark.parametrize("name", ODD)
def test_an_odd_input_is_read(name: str, hostile: tuple[Path, Path, int]) -> None:
    _, out, _ = hostile
    given = {"nul": "nul_json"}.get(name.partition(".")[0], name.partition(".")[0])
    found = articles(out)[given]["text"]
    if name != "one_word.txt":
        assert "Anas Sarwar called on Keir Starmer to think again" in found
        lines = map(json.loads, (out / "statements.jsonl").read_text("utf-8").splitlines())
        facts = {(s["subject"]["name"], s["relation"], s["object"]["name"]) for s in lines if s["article"] == given}
        assert FACT in facts
    if name in ("cp1252.txt", "mixed.txt"):
        assert "café" in found
        assert "–" in found


def test_the_rest_is_read_and_every_quote_stands_in_its_article(hostile: tuple[Path, Path, int]) -> None:
    _, out, _ = hostile
    texts = articles(out)
    assert {"good", "after_the_long_line", "cut0", "cut20", "twice", "twice-2", "bad_date"} <= set(texts)
    assert not any("root:" in article["text"] for article in texts.values())  # /etc/passwd behind a link
    for s in map(json.loads, (out / "statements.jsonl").read_text("utf-8").splitlines()):
        evidence = s["evidence"]
        assert texts[s["article"]]["text"][evidence["start"] : evidence["end"]] == evidence["text"]


def test_memory_stays_bounded(hostile: tuple[Path, Path, int]) -> None:
    """Bombs of a gigabyte and lines of 100 MB: the largest page, document or line allowed is 32 MB, and it is copied."""
    assert hostile[2] < 700_000


def test_a_file_of_bad_lines_does_not_fill_the_report(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b'{"body": "x"}\n' * 5000 + line(id="good"))
    skipped: list[tuple[str, str]] = []
    assert [a.id for a in read_articles([tmp_path], skipped=lambda n, r: skipped.append((n, r)))] == ["good"]
    assert len(skipped) == 1001
    assert skipped[-1] == (str(tmp_path / "a.jsonl"), "4000 more parts of this file were not read")


def test_a_reader_that_fails_costs_only_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(source: object) -> Iterator[object]:
        raise ZeroDivisionError("of the library")
        yield

    monkeypatch.setitem(graphbuild.read.READERS, ".html", fails)
    (tmp_path / "a.html").write_text("x")
    (tmp_path / "b.txt").write_text(GOOD)
    report = graphbuild.build([tmp_path / "a.html", tmp_path / "b.txt"], tmp_path / "out")
    assert report.articles == 1
    assert report.skipped == [
        {"input": str(tmp_path / "a.html"), "reason": "cannot be read: ZeroDivisionError: of the library"}
    ]


def test_a_long_article_is_read_in_sections(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same statements, and the same places in the text, as when it is read at once."""
    paragraphs = [
        GOOD, "Sign up to our newsletter", "Boris Johnson sacked Michael Gove on Thursday.",
        "Theresa May resigned as prime minister. Nicola Sturgeon accused Boris Johnson of lying.",
    ]  # fmt: skip
    (tmp_path / "a.txt").write_text("\n\n".join(paragraphs * 5), "utf-8")
    (article,) = read_articles([tmp_path / "a.txt"])
    (whole, expected), = extract_articles([article])  # fmt: skip
    monkeypatch.setattr("graphbuild.parse.MAX_SECTION", len("\n\n".join(paragraphs)) + 30)
    (parted, found), = extract_articles([article])  # fmt: skip
    assert parted == whole
    # What is told once an article (a post, say) is told once a section; nothing else differs.
    assert {s.id for s in found} == {s.id for s in expected}
    places = {(s.id, s.evidence.start, s.evidence.end) for s in found}
    assert places >= {(s.id, s.evidence.start, s.evidence.end) for s in expected}
    assert all(article.text[s.evidence.start : s.evidence.end] == s.evidence.text for s in found)
    assert len(expected) >= 20
    assert list(graph_triples([(parted, found)], "https://example.org/"))


def within_permissions(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run the command without root's right to pass over the permissions of files (Linux capabilities 1 and 2)."""

    def drop() -> None:
        if os.getuid() == 0:
            for capability in (1, 2):
                ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP

    command = [sys.executable, "-m", "graphbuild", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, preexec_fn=drop)


def test_files_without_permission_are_named(tmp_path: Path) -> None:
    (tmp_path / "in" / "closed").mkdir(parents=True)
    (tmp_path / "in" / "good.txt").write_text(GOOD)
    (tmp_path / "in" / "secret.txt").write_text(GOOD)
    (tmp_path / "in" / "secret.txt").chmod(0)
    (tmp_path / "in" / "closed").chmod(0)
    run = within_permissions("build", tmp_path / "in", "--out", tmp_path / "out")
    (tmp_path / "in" / "closed").chmod(0o700)
    assert run.returncode == 0, run.stderr
    for name in ("secret.txt", "closed"):
        assert reasons(tmp_path / "out", tmp_path / "in" / name) == ["cannot be opened: Permission denied"]
    assert "good" in articles(tmp_path / "out")


def test_output_that_cannot_be_written_is_an_error_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD)
    (tmp_path / "closed").mkdir(mode=0o555)
    run = within_permissions("build", tmp_path / "good.txt", "--out", tmp_path / "closed" / "out")
    assert run.returncode == 1
    assert "Permission denied" in run.stderr
    assert "closed" in run.stderr
    assert "Traceback" not in run.stderr
    taken = CliRunner().invoke(app, ["build", str(tmp_path / "good.txt"), "--out", str(tmp_path / "good.txt")])
    assert taken.exit_code == 1
    assert "good.txt" in taken.output


def test_a_full_disk_leaves_the_last_build_and_the_next_goes_on(tmp_path: Path) -> None:
    """No file may grow beyond a limit in the process, which fails like a full disk in the middle of writing."""
    many = b"".join(line(id=f"a{n:03}") for n in range(150))
    (tmp_path / "a.jsonl").write_bytes(line(id="a000"))
    graphbuild.build([tmp_path / "a.jsonl"], tmp_path / "out")
    before = {p.name: p.read_bytes() for p in (tmp_path / "out").iterdir() if p.is_file() and p.name != "journal.jsonl"}
    (tmp_path / "a.jsonl").write_bytes(many)
    run = subprocess.run(
        [sys.executable, "-m", "graphbuild", "build", str(tmp_path / "a.jsonl"), "--out", str(tmp_path / "out")],
        capture_output=True, text=True, timeout=300, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000)),
    )  # fmt: skip
    assert run.returncode == 1
    assert "Traceback" not in run.stderr
    assert run.stderr.count("\n") == 1
    assert "too large" in run.stderr.lower() or "no space" in run.stderr.lower()
    after = {p.name: p.read_bytes() for p in (tmp_path / "out").iterdir() if p.is_file() and p.name in before}
    assert after == before
    report = graphbuild.build([tmp_path / "a.jsonl"], tmp_path / "out")
    assert report.articles == 150
    assert report.reused > 10
    assert [p.name for p in (tmp_path / "out").iterdir() if p.name.startswith(".")] == []


def test_an_interrupt_is_told_in_one_line_and_the_next_build_goes_on(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b"".join(line(GOOD * 20, id=f"a{n:04}") for n in range(2000)))
    command = ["build", str(tmp_path / "a.jsonl"), "--out", str(tmp_path / "out")]
    with subprocess.Popen(
        [sys.executable, "-m", "graphbuild", *command], stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        journal = tmp_path / "out" / "journal.jsonl"
        wait_until(lambda: journal.is_file() and journal.stat().st_size > 0)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does
        _, told = process.communicate(timeout=120)
    assert process.returncode == 130
    assert "goes on where it stopped" in told
    assert "Traceback" not in told
    read = sum(1 for _ in journal.open("rb"))
    assert 0 < read < 2000
    (tmp_path / "a.jsonl").write_bytes(b"".join(line(GOOD * 20, id=f"a{n:04}") for n in range(5)))
    report = graphbuild.build([tmp_path / "a.jsonl"], tmp_path / "out")
    assert (report.articles, report.reused) == (5, 5)


def wait_until(true: Callable[[], bool]) -> None:
    for _ in range(1200):
        if true():
            return
        time.sleep(0.1)
    raise AssertionError("it did not come to that in two minutes")


def test_a_stream_that_breaks_off_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken(io.RawIOBase):
        given = False

        def readable(self) -> bool:
            return True

        def read(self, size: int = -1) -> bytes:
            if self.given:
                raise OSError(5, "Input/output error")
            self.given = True
            return line(id="a1")

    class Stdin:
        buffer = Broken()

    monkeypatch.setattr(sys, "stdin", Stdin())
    skipped: dict[str, str] = {}
    assert [a.id for a in read_articles(["-"], skipped=skipped.__setitem__)] == ["a1"]
    assert "Input/output error" in skipped["stdin"]
