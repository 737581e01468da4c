"""Cleaning: labelled lines, link lists, strange last paragraphs; offsets; real pages beside plain trafilatura."""

import csv
import json
import runpy
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from places import SHARED

from graphbuild.clean import OFF_TOPIC, clean_article, is_off_topic, judged_lines
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


# A match report of about a hundred and twenty words, with names that politicians have too.
MATCH = """Cruz earns Rovers a late point

Rovers came from two goals down on Saturday to draw with City in front of the largest crowd of the season.
Cooper had put the visitors ahead after ten minutes with a low shot from the edge of the area, and Spencer doubled the
lead before the break when the goalkeeper dropped a corner at his feet.
The home side looked beaten until Harper came off the bench. He sent Cruz through for the first goal, and three minutes
from the end the striker rose above two defenders to head the second.
"He replaced Jordan when we were dead and buried, and he turned the game," said the captain, who praised Cruz for his
patience after a winter of injuries.
City stay third in the table, four points off the top, with a game in hand on the two clubs above them."""


def test_an_article_about_something_else_gives_no_statements(tmp_path: Path) -> None:
    inputs = tmp_path / "in"
    inputs.mkdir()
    (inputs / "match.txt").write_text(MATCH, "utf-8")
    (inputs / "story.txt").write_text("\n".join(STORY), "utf-8")
    (inputs / "brief.txt").write_text("Rovers drew with City on Saturday.", "utf-8")  # too short to tell
    report = build([inputs], tmp_path / "out")
    assert (report.articles, report.off_topic) == (3, 1)
    assert report.dropped_by_reason == {OFF_TOPIC: 1}
    stored = [json.loads(line) for line in (tmp_path / "out" / "articles.jsonl").open(encoding="utf-8")]
    kept = {a["text"][:5]: a["dropped"] for a in stored}
    assert kept["Keir "] == kept["Rover"] == []
    assert kept["Cruz "] == [{"start": 0, "end": len(MATCH), "reason": OFF_TOPIC}]
    told = (tmp_path / "out" / "statements.jsonl").read_text("utf-8")
    assert "Tarry" in told
    assert "Cruz" not in told


def test_any_topic_reads_every_article(tmp_path: Path) -> None:
    (tmp_path / "match.txt").write_text(MATCH, "utf-8")
    assert build([tmp_path / "match.txt"], tmp_path / "out").off_topic == 1
    again = build([tmp_path / "match.txt"], tmp_path / "out", any_topic=True)  # and is not taken from the first build
    assert (again.articles, again.off_topic, again.reused, again.dropped) == (1, 0, 0, 0)


@pytest.mark.parametrize("length", [60, 199, 201, 2_000, 20_000])
def test_how_many_words_of_politics_make_an_article_political(length: int) -> None:
    def text(political: int) -> str:
        return " ".join(["minister"] * political + [f"ball{n}" for n in range(length - political)])

    enough = min(15, -(-length // 200))
    assert not is_off_topic(clean_article(Article("a", text(enough))))
    assert is_off_topic(clean_article(Article("a", text(enough - 1))))


def test_every_article_about_politics_is_read() -> None:
    gold = SHARED / "gold" / "dev.jsonl"
    if not gold.is_file():
        pytest.skip("the annotated articles are not beside the project")
    articles = [json.loads(line) for line in gold.open(encoding="utf-8")]
    assert [a["id"] for a in articles if is_off_topic(clean_article(Article(a["id"], a["text"])))] == []
