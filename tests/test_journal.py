"""The journal of a build: what was read is not read again, whenever the process died."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from graph_cases import article, articles_strategy, person, statement
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphbuild.errors import GraphbuildError
from graphbuild.journal import open_journal
from graphbuild.model import Dropped

ARTICLE = article("a1", "Text “x” \ud800 é", title="T", dropped=(Dropped(0, 4, "advert"),))


def test_what_was_read_comes_back(tmp_path: Path):
    found = [
        statement(ARTICLE, person("A B", aliases=("B",)), "supports", None, "Text", topic="x", source=person("C D"))
    ]
    with open_journal(tmp_path / "j") as journal:
        assert journal.find(ARTICLE, "c") is None
        journal.add(ARTICLE, "c", found)
        assert journal.find(ARTICLE, "c") == (ARTICLE, found)
    with open_journal(tmp_path / "j") as journal:
        assert len(journal) == 1
        assert journal.find(ARTICLE, "c") == (ARTICLE, found)
        back = journal.find(ARTICLE, "c")[1][0]
        assert back.subject.aliases == ("B",)


@pytest.mark.parametrize("change", [{"text": "Text!"}, {"title": "U"}, {"source": "Times"}, {"date": "2020"}], ids=str)
def test_a_changed_article_or_configuration_is_read_again(tmp_path: Path, change):
    with open_journal(tmp_path / "j") as journal:
        journal.add(ARTICLE, "c", [])
        assert journal.find(ARTICLE, "other") is None
        assert journal.find(article("a1", **({"text": ARTICLE.text, "title": "T"} | change)), "c") is None
        changed = article("a1", "new")
        journal.add(changed, "c", [])
        assert journal.find(changed, "c") == (changed, [])
        assert journal.find(ARTICLE, "c") is None


@given(articles_strategy(max_size=4), st.data())
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_file_cut_anywhere_keeps_its_whole_lines(tmp_path: Path, items, data):
    path = tmp_path / "j"
    path.unlink(missing_ok=True)
    with open_journal(path) as journal:
        for a, found in items:
            journal.add(a, "c", found)
    whole = path.read_bytes()
    cut = data.draw(st.integers(0, len(whole)))
    path.write_bytes(whole[:cut])
    with open_journal(path) as journal:
        kept = whole[:cut].count(b"\n")
        assert len(journal) == kept
        for number, (a, found) in enumerate(items):
            assert (journal.find(a, "c") == (a, found)) == (number < kept)
        for a, found in items[kept:]:
            journal.add(a, "c", found)
    assert path.read_bytes() == whole


def test_a_second_build_is_refused(tmp_path: Path):
    pytest.importorskip("fcntl")
    refused = pytest.raises(GraphbuildError, match="another build is writing here")
    with open_journal(tmp_path / "j"), refused, open_journal(tmp_path / "j"):
        pass


WRITER = """
import sys
from pathlib import Path
from graphbuild.journal import open_journal
from graphbuild.model import Article
with open_journal(Path({path!r})) as journal:
    print("open", flush=True)
    for number in range(len(journal), 10**6):
        journal.add(Article(f"a{{number}}", "text " * 2000), "c", [])
        print(number, flush=True)
"""


def test_killing_a_build_loses_nothing_that_was_written_down(tmp_path: Path):
    path, rng = tmp_path / "j", random.Random(7)
    for _ in range(3):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER.format(path=str(path))], stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout.readline() == "open\n"
            told = [process.stdout.readline()]
            time.sleep(rng.uniform(0.01, 0.1))
            os.kill(process.pid, signal.SIGKILL)
            told += process.stdout.readlines()
        last = int([line for line in told if line.endswith("\n")][-1])
        with open_journal(path) as journal:
            assert last + 1 <= len(journal) <= last + 2
            for number in range(last + 1):
                assert journal.find(article(f"a{number}", "text " * 2000), "c") is not None
