"""Only the paragraphs with an actor of politics in reach are searched; nothing is lost by that."""

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from spacy.tokens import Doc

import graphbuild.extract
from graphbuild.extract.article.politics import political_tokens
from graphbuild.link import link_article
from graphbuild.link.gazetteer import load_gazetteer
from graphbuild.model import Article, Statement
from graphbuild.ontology import load_ontology
from graphbuild.parse import load_model, parse_articles

CONSTRUCTIONS = yaml.safe_load(Path(__file__).with_name("constructions.yaml").read_text("utf-8"))
TEXTS = [entry["text"] for entry in CONSTRUCTIONS]
CHAFF = (
    "The goalkeeper criticised the referee after the match and said he would leave the club.",
    "She praised the recipe. 'It is a disgrace that nobody cooks any more,' she said.",
)  # fmt: skip
LETTER = """Jane Bloggs wrote to her colleagues on Tuesday.

'I am angry,' she said. 'They have let us down.'

The Labour MP for Anytown voted against the bill.

A friend agreed with her. 'Bloggs should never have trusted them,' he said."""


def test_nothing_is_lost(extract: Callable[..., list[Statement]], monkeypatch: pytest.MonkeyPatch) -> None:
    articles = ["\n\n".join((*TEXTS[n : n + 4], *CHAFF)) for n in range(0, len(TEXTS), 4)] + [LETTER]
    narrow = [extract(text) for text in articles]
    monkeypatch.setattr(graphbuild.extract, "mark_political", lambda *_: None)
    assert [extract(text) for text in articles] == narrow


def _marked(text: str) -> tuple[Doc, str]:
    article = Article("test", text, date="2019-06-12")
    ((_, doc),) = parse_articles(load_model(), [article])
    list(
        graphbuild.extract.extract_statements(
            doc, article, link_article(doc, article, load_gazetteer()), load_ontology()
        )
    )
    return doc, " ".join(t.text for t in political_tokens(tuple(doc), doc))


def test_paragraphs_without_politics_are_not_searched() -> None:
    _, searched = _marked(
        "Theresa May attacked Jeremy Corbyn.\n\nThe goalkeeper criticised the referee after the match."
    )
    assert "Corbyn" in searched
    assert "goalkeeper" not in searched


def test_what_a_politician_says_is_searched_in_every_paragraph() -> None:
    _, searched = _marked(LETTER)
    assert "let us down" in searched
