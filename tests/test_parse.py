"""Paragraphs and sentences: hard-wrapped copy is read as prose, lists of lines are not joined, offsets survive."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphbuild.model import Article
from graphbuild.parse import load_model, offsets, paragraphs, parse_articles, unwrap

WIRE = """REYKJAVIK, April 5 Iceland's Prime Minister
Sigmundur David Gunnlaugsson became the first major casualty of
the Panama Papers, stepping down on Tuesday after leaked files
showed that his wife owned an offshore company."""


def test_hard_wrapped_lines_are_one_paragraph_after_their_dateline() -> None:
    dateline, story = paragraphs(Article("a", WIRE))
    assert dateline == (0, "REYKJAVIK, April 5")
    assert story[1].startswith("Iceland's Prime Minister Sigmundur")
    assert story[1].endswith("offshore company.")


@pytest.mark.parametrize("text", ["UKIP MEP attacked German 'empire'.", "TRUMP is slammed by critics.", "MPs vote."])
def test_capitals_alone_are_no_dateline(text: str) -> None:
    assert len(paragraphs(Article("a", text))) == 1


def test_a_dateline_without_a_dash_is_no_part_of_the_sentence() -> None:
    found = paragraphs(Article("a", "WASHINGTON U.S. Senator Harry Reid spoke."))
    assert [text for _, text in found] == ["WASHINGTON", "U.S. Senator Harry Reid spoke."]


def test_headlines_in_a_list_stay_apart() -> None:
    listed = (
        "Theresa May survives a vote of no confidence in her\nBoris Johnson attacks the Chequers plan once again\n"
        "Labour calls for an early general election this year"
    )
    assert len(paragraphs(Article("a", listed))) == 3


def test_short_paragraphs_stay_apart() -> None:
    text = "Nick Clegg resigned as leader of the Liberal Democrats.\nEd Miliband resigned an hour later, and so did Nigel Farage."
    assert len(paragraphs(Article("a", text))) == 2


@given(st.text(alphabet="aB .\n'", max_size=300))
def test_unwrapping_changes_line_breaks_only(text: str) -> None:
    out = unwrap(text)
    assert len(out) == len(text)
    assert all(a == b or (a, b) == ("\n", " ") for a, b in zip(text, out, strict=True))


def test_tokens_of_wrapped_text_stand_where_they_say() -> None:
    article = Article("a", WIRE)
    ((_, doc),) = parse_articles(load_model(), [article])
    for token in doc:
        start, end = offsets(token)
        assert article.text[start:end] == token.text


def test_editorial_brackets_break_no_name() -> None:
    text = 'Lindsey Graham said: "It will be up to [Senate Majority Leader Mitch] McConnell."'
    ((article, doc),) = parse_articles(load_model(), [Article("a", text)])
    assert "Mitch McConnell" in [ent.text for ent in doc.ents]
    last = next(t for t in doc if t.text == "McConnell")
    start, end = offsets(last)
    assert article.text[start:end] == "McConnell"


def test_an_editors_notes_are_no_words_of_the_speaker() -> None:
    text = '"I do not want his [sic] endorsement [emphasis added], Mitch," he said.'
    ((article, doc),) = parse_articles(load_model(), [Article("a", text)])
    assert doc.text.startswith('"I do not want his endorsement, Mitch')
    start, end = offsets(next(t for t in doc if t.text == "Mitch"))
    assert article.text[start:end] == "Mitch"


@pytest.mark.parametrize(
    ("sentence", "form", "lemma"),
    [
        ("The minister hoped to stay.", "hoped", "hope"),
        ("The bill scraped through the Commons.", "scraped", "scrape"),
        ("The rebels staged a revolt.", "staged", "stage"),
        ("Her critics are sniping at her.", "sniping", "snipe"),
        ("The minister scrapped the tax.", "scrapped", "scrap"),
        ("The voters hopped over the barrier.", "hopped", "hop"),
        ("The council defunded the scheme.", "defunded", "defund"),
        ("He was deselected by his party.", "deselected", "deselect"),
    ],
)
def test_verbs_that_a_rule_lemmatizer_mistakes(sentence: str, form: str, lemma: str) -> None:
    assert {t.text: t.lemma_ for t in load_model()(sentence)}[form] == lemma


@pytest.mark.parametrize(
    ("text", "tag", "dep"),
    [
        ("May Condemned for 'Subcontracting' Brexit to Corbyn", "NNP", "nsubjpass"),
        ("May shocked the country by handing power to Corbyn.", "NNP", "nsubj"),
        ("May God forgive you, he said.", "MD", "aux"),
    ],
)
def test_no_past_tense_follows_the_auxiliary_may(text: str, tag: str, dep: str) -> None:
    ((_, doc),) = parse_articles(load_model(), [Article("a", text)])
    assert (doc[0].tag_, doc[0].dep_) == (tag, dep)
