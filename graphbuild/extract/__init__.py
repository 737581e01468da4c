"""Extraction: parsed article and mentions -> statements. One module an extractor.

An extractor is a generator over (doc, article, mentions, ontology). To add one: write it, add it to EXTRACTORS. One,
titles, runs before those: it tells who is political, so that they read only the paragraphs where such an actor stands or speaks.

To read the package, begin with patterns/events.py and go down to what it stands on. The folders:

- syntax/      grammar of one sentence;
- article/     what holds for one article: arguments, attribution, factuality, dates;
- patterns/    the wordings of ontologies/english/;
- speech/, policy/, posts/, elections/  what no pattern can tell, by subject;
- here         what holds between statements: echoes, consolidate over filled, reliability.
"""

from collections.abc import Callable, Iterator, Sequence

from spacy.tokens import Doc

from graphbuild.extract.article.antecedents import at_issue
from graphbuild.extract.article.politics import mark_political, political
from graphbuild.extract.consolidate import consolidate
from graphbuild.extract.echoes import echoes
from graphbuild.extract.elections.backing import backing
from graphbuild.extract.elections.contest_names import name_open_contests
from graphbuild.extract.elections.contests import contests, entered, follow
from graphbuild.extract.elections.motions import motions
from graphbuild.extract.elections.outcomes import settled
from graphbuild.extract.elections.polled import polled
from graphbuild.extract.elections.results import results
from graphbuild.extract.patterns.events import departed_body, events
from graphbuild.extract.policy.divisions import divisions, passages, voted_measure
from graphbuild.extract.policy.oughts import oughts
from graphbuild.extract.policy.sides import sides
from graphbuild.extract.policy.stances import stances
from graphbuild.extract.posts.implied import posts_left
from graphbuild.extract.posts.roles_text import role_words
from graphbuild.extract.posts.titles import titles
from graphbuild.extract.reliability import corrected
from graphbuild.extract.speech.evaluation import evaluation
from graphbuild.extract.speech.inquiries import inquiries
from graphbuild.model import Article, Mention, Statement
from graphbuild.ontology import Ontology

Extractor = Callable[[Doc, Article, Sequence[Mention], Ontology], Iterator[Statement]]
EXTRACTORS: tuple[Extractor, ...] = (
    events,
    evaluation,
    stances,
    oughts,
    sides,
    contests,
    results,
    backing,
    motions,
    passages,
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
    measure = voted_measure(doc, article, mentions, ontology)
    if measure is not None:
        found += list(divisions(doc, article, mentions, ontology, found, measure))
    found += list(echoes(doc, article, mentions, ontology, found))
    found = entered(doc, article, mentions, ontology, found)
    found = name_open_contests(found, ontology, doc.user_data.get("candidates of late", {}))
    found += list(follow(doc, article, mentions, ontology, found))
    found = settled(doc, article, mentions, ontology, found)
    found = list(consolidate(found, ontology, departed, measure or at_issue(doc, ontology.wording)))
    found += posts_left(found, role_words(ontology.wording.data["roles"]))
    yield from corrected(political(found, ontology), ontology)
