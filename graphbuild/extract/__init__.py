"""Extraction: parsed article and mentions -> statements. One module an extractor.

An extractor is a generator over (doc, article, mentions, ontology). To add one: write it, add it to EXTRACTORS. The
first, titles, tells who is political, so that the others read only the paragraphs where such an actor stands or speaks.
"""

from collections.abc import Callable, Iterator, Sequence

from spacy.tokens import Doc

from graphbuild.extract.backing import backing
from graphbuild.extract.consolidate import consolidate
from graphbuild.extract.contest_names import name_open_contests
from graphbuild.extract.contests import contests, entered, follow
from graphbuild.extract.echoes import echoes
from graphbuild.extract.evaluation import evaluation
from graphbuild.extract.events import departed_body, events
from graphbuild.extract.inquiries import inquiries
from graphbuild.extract.oughts import oughts
from graphbuild.extract.politics import mark_political, political
from graphbuild.extract.polled import polled
from graphbuild.extract.reliability import corrected
from graphbuild.extract.results import results
from graphbuild.extract.sides import sides
from graphbuild.extract.stances import stances
from graphbuild.extract.titles import titles
from graphbuild.model import Article, Mention, Statement
from graphbuild.ontology import Ontology

Extractor = Callable[[Doc, Article, Sequence[Mention], Ontology], Iterator[Statement]]
EXTRACTORS: tuple[Extractor, ...] = (
    titles,
    events,
    evaluation,
    stances,
    oughts,
    sides,
    contests,
    results,
    backing,
    polled,
    inquiries,
)


def extract_statements(
    doc: Doc, article: Article, mentions: Sequence[Mention], ontology: Ontology
) -> Iterator[Statement]:
    """Every statement of one article, after the rules that hold between statements (consolidate.py)."""
    # A title says of whom a name speaks; as an argument of its own it would only say so twice.
    mentions = [m for m in mentions if m.kind != "title"]
    found = list(titles(doc, article, mentions, ontology))
    departed = departed_body(doc, mentions)
    if departed is None:
        mark_political(doc, mentions, found, ontology)
    found += [s for extractor in EXTRACTORS for s in extractor(doc, article, mentions, ontology)]
    found += list(echoes(doc, article, mentions, ontology, found))
    found = entered(doc, article, mentions, ontology, found)
    found = name_open_contests(found, ontology)
    found += list(follow(doc, article, mentions, ontology, found))
    yield from corrected(political(list(consolidate(found, ontology, departed)), ontology), ontology)
