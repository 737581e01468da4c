"""Cleaning: labelled lines, link lists, strange last paragraphs; offsets; real pages beside plain trafilatura."""

import csv
import json
import runpy
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from places import SHARED

from graphbuild.clean import clean_article, judged_lines
from graphbuild.model import Article
from graphbuild.pipeline import build

STORY = (
    "Keir Starmer sacked Sam Tarry as a shadow minister on Wednesday.",
    "The transport spokesman had joined rail workers on a picket line at Euston station.",
    "Anas Sarwar called on the leader to think again, and unions threatened to cut their donations to Labour.",
    "Tarry said that he had done nothing wrong and would go on to stand with striking workers.",
)


def labelled() -> list[tuple[bool, str]]:
    with Path(__file__).with_name("labelled_lines.tsv").open(encoding="utf-8", newline="") as file:
        return [(row[0] == "drop", row[1]) for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]


def left_out(text: str) -> list[str]:
    return [line.line for line in judged_lines(text) if line.reason]


def test_labelled_lines() -> None:
    """Lines of news are all kept; of boilerplate at most one in twenty is missed."""
    rows = labelled()
    found = {line: bool(left_out(line)) for _, line in rows}
    assert [line for drop, line in rows if found[line] and not drop] == []
    missed = [line for drop, line in rows if drop and not found[line]]
    assert len(missed) <= 0.05 * sum(drop for drop, _ in rows), missed
    assert len(rows) > 100


def test_a_list_of_links_is_left_out_up_to_the_story() -> None:
    links = ["More on this story", "Who is Sam Tarry?", "Rail strikes: what you need to know"]
    text = "\n".join([*STORY[:2], *links, *STORY[2:]])
    assert left_out(text) == links


def test_links_with_teasers_are_left_out() -> None:
    cards = [
        "Related articles",
        "Wales Votes For Change Wales Votes For Change",
        "The first minister has lost her seat, and her party its majority.",
        "Truss Looks Back Truss Looks Back",
        "The former prime minister explains her budget.",
    ]
    assert left_out("\n".join([*STORY, *cards])) == cards


@pytest.mark.parametrize(
    ("last", "strange"),
    [
        ("A court in Delaware heard that Elon Musk had bought shares of the carmaker too late.", True),
        ("Shoppers in Lyon queued for hours before the new branch of Zara opened its doors.", True),
        ("He told reporters in Lyon that nobody had warned him before the cameras came.", False),
        ("Reporters in Lyon saw Sam Tarry at a conference of railway engineers and drivers.", False),
        ("The workers in Lyon went on strike and stood on a picket line at the station.", False),
        ("Voters in Lyon elected a new mayor, Gregory Doucet, for the first time since 2001.", False),
        ("“Nobody in Lyon would have believed such a thing of Andre,” said a neighbour.", False),
        ("Nothing more was heard for weeks, whatever anybody asked in the corridors.", False),
    ],
)
def test_a_last_paragraph_of_another_story(last: str, strange: bool) -> None:
    assert left_out("\n".join([*STORY, last])) == ([last] if strange else [])
    assert left_out("\n".join([*STORY[:1], last])) == []  # too little to compare with


def test_only_the_boilerplate_of_a_long_line_is_left_out() -> None:
    line = " ".join((*STORY, "Sign up to our newsletter"))
    assert left_out(line) == ["Sign up to our newsletter"]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(st.text(max_size=60), st.sampled_from([line for _, line in labelled()])), max_size=12))
def test_passages_are_sorted_disjoint_and_inside(lines: list[str]) -> None:
    text = "\n".join(lines)
    article = clean_article(Article("a", text))
    assert article.text == text
    place = 0
    for passage in article.dropped:
        assert place <= passage.start < passage.end <= len(text)
        assert passage.reason
        assert text[passage.start : passage.end].strip()
        place = passage.end
    judged = list(judged_lines(text))
    assert "".join("".join(x.line.split()) for x in judged) == "".join("".join(text.split("\n")).split())
    assert all(text[x.start : x.end].strip() == x.line for x in judged)


def test_a_build_counts_and_places_what_it_left_out(tmp_path: Path) -> None:
    text = "\n".join([*STORY, "Sign up to our newsletter", "(Reporting by Jane Doe; Editing by John Roe)"])
    (tmp_path / "a.txt").write_text(text, "utf-8")
    build([tmp_path / "a.txt"], tmp_path / "out")
    report = json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))
    assert report["dropped_by_reason"] == {"credit": 1, "sign-up or advert": 1}
    assert report["dropped"] == 2
    article = json.loads((tmp_path / "out" / "articles.jsonl").read_text("utf-8"))
    assert [article["text"][d["start"] : d["end"]] for d in article["dropped"]] == text.split("\n")[-2:]


def test_real_pages_are_cleaner_than_plain_trafilatura_leaves_them() -> None:
    pages = SHARED / "html"
    if not (pages / "index.jsonl").is_file():
        pytest.skip("the real pages are not beside the project")
    pytest.importorskip("trafilatura", reason="needs graphbuild[html]")
    cleaning = runpy.run_path(str(Path(__file__).parent / "benchmarks" / "cleaning.py"))
    plain = cleaning["score"](pages, cleaning["plain"])
    ours = cleaning["score"](pages, cleaning["cleaned"])
    assert ours.precision > plain.precision + 0.02
    assert ours.recall > plain.recall - 0.005
    shares = cleaning["metadata"](pages)
    assert min(shares["title"], shares["date"], shares["source"]) > 0.9
