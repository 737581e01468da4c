from collections.abc import Callable

import pytest

from graphbuild.extract import extract_statements
from graphbuild.link import link_article
from graphbuild.link.gazetteer import load_gazetteer
from graphbuild.model import Article, Statement
from graphbuild.ontology import load_ontology
from graphbuild.parse import load_model, parse_articles


@pytest.fixture(scope="session")
def extract() -> Callable[..., list[Statement]]:
    """extract(text, date=...) -> statements of a one-paragraph article."""
    nlp, gazetteer, ontology = load_model(), load_gazetteer(), load_ontology()

    def run(text: str, date: str = "2019-06-12") -> list[Statement]:
        article = Article("test", text, date=date)
        ((_, doc),) = parse_articles(nlp, [article])
        return list(extract_statements(doc, article, link_article(doc, article, gazetteer), ontology))

    return run
