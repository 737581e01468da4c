"""Parsing: the table of words says of every token what spaCy's own components say."""

import itertools
import json
import random
from collections.abc import Iterator

import pytest
import spacy
from places import SAMPLE
from spacy.attrs import DEP, HEAD, LEMMA, MORPH, POS, SENT_START, TAG
from spacy.language import Language

import graphbuild.parse_words
from graphbuild.parse import DEFAULT_MODEL, load_model, paragraphs
from graphbuild.read import read_articles

# Words whose annotation depends on those around them, on a label, or on being no word.
HARD = [
    "There's no way, and there are gonna be more who ain't gotta go.", "Y'all c'mon, let's see what it is.",
    "It rains. They saw it. I did it for you, and you told him that I did.", "\n \t ", "He said  two   things .",
    "But he is but a clerk; whether that is right, that man does not know which way.", "",
]  # fmt: skip


@pytest.fixture(scope="module")
def plain() -> Language:
    """The model as spaCy loads it, with this project's tokenizer."""
    nlp = spacy.load(DEFAULT_MODEL)
    nlp.tokenizer.infix_finditer = load_model().tokenizer.infix_finditer
    return nlp


def texts() -> Iterator[str]:
    for article in itertools.islice(read_articles([SAMPLE]), 6):
        yield from (text for _, text in paragraphs(article))
    yield from HARD
    words = [w for line in (SAMPLE / "articles.jsonl").read_text("utf-8").splitlines()[:9] for w in json.loads(line)["text"].split()]  # fmt: skip
    chance = random.Random(7)
    yield from (" ".join(chance.choices(words, k=12)) for _ in range(60))


@pytest.mark.parametrize("room", [100_000, 3], ids=["remembered", "forgotten"])
def test_the_table_says_what_the_components_say(plain: Language, room: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graphbuild.parse_words, "_ROOM", room)
    fast = load_model()
    assert "word_table" in fast.pipe_names
    assert "lemmatizer" not in fast.pipe_names
    asked = [TAG, POS, MORPH, LEMMA, DEP, HEAD, SENT_START]
    given = list(texts())
    for text, one, other in zip(given, fast.pipe(given), plain.pipe(given), strict=True):
        for column in asked:
            mine, theirs = (doc.to_array(column).tolist() for doc in (one, other))
            strings = column not in (HEAD, SENT_START)
            if strings:
                mine, theirs = [fast.vocab.strings[v] for v in mine], [plain.vocab.strings[v] for v in theirs]
            assert mine == theirs, text


def test_a_pipeline_of_another_make_is_left_as_it_is() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    graphbuild.parse_words.use_word_table(nlp)
    assert nlp.pipe_names == ["sentencizer"]
