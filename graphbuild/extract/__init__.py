"""Extraction: parsed article and mentions -> statements. One module an extractor.

An extractor is a generator over (doc, article, mentions, ontology). To add one: write it, add it to EXTRACTORS. One,
titles, runs before those: it tells who is political, so that they read only the paragraphs where such an actor stands or speaks.

To read the package, begin with events.py, and go down to what it stands on:

- grammar of one sentence: grammar (what hangs on a word), participants (who does what to whom), light_verbs,
  predication, governors;
- one article: arguments (head -> entities), attribution (who says so), factuality, dates, and context, which holds them;
- patterns of ontologies/english/: slots, phrase_objects, statements (relation found -> Statement);
- policies: policies (which words a stance is about), enactments (names of laws), policy_labels, phrases, antecedents;
- posts and parties: titles over roles_text, post_context, role_labels, holders, belonging, memberships, duties, implied;
- what people say of each other: evaluation over judgements, deeds, faultfinding, spoken_demands, resignation_demands,
  blame_of_rivals; of policies: stances, told_stances, oughts, verdicts, platforms, sides;
- elections: contests over contest_passages, contest_names, field, known_candidates, contestants, leaderships, running_mates, ballots,
  implied_results; results; outcomes over seats; polled; motions (of no confidence);
- between statements: divisions, echoes, consolidate over filled, politics, reliability.
"""

from collections.abc import Callable, Iterator, Sequence

from spacy.tokens import Doc

from graphbuild.extract.antecedents import at_issue
from graphbuild.extract.backing import backing
from graphbuild.extract.consolidate import consolidate
from graphbuild.extract.contest_names import name_open_contests
from graphbuild.extract.contests import contests, entered, follow
from graphbuild.extract.divisions import divisions, passages, voted_measure
from graphbuild.extract.echoes import echoes
from graphbuild.extract.evaluation import evaluation
from graphbuild.extract.events import departed_body, events
from graphbuild.extract.implied import posts_left
from graphbuild.extract.inquiries import inquiries
from graphbuild.extract.motions import motions
from graphbuild.extract.oughts import oughts
from graphbuild.extract.outcomes import settled
from graphbuild.extract.politics import mark_political, political
from graphbuild.extract.polled import polled
from graphbuild.extract.reliability import corrected
from graphbuild.extract.results import results
from graphbuild.extract.roles_text import role_words
from graphbuild.extract.sides import sides
from graphbuild.extract.stances import stances
from graphbuild.extract.titles import titles
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
