"""Motions of no confidence over a whole article: whom the motion is against is told once; who tables, brings or withdraws
"the motion" elsewhere challenges him, or does not any more."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from graphbuild.extract.article.context import Context, make_context
from graphbuild.extract.article.statements import assemble
from graphbuild.extract.syntax import grammar, participants
from graphbuild.extract.syntax.grammar import children, spotted
from graphbuild.model import GROUP, ORGANISATION, PERSON, Article, Entity, Mention, Statement
from graphbuild.ontology import Ontology, word_set

_CONFIDENCE = frozenset({"confidence", "censure"})
_MOTIONS = frozenset({"motion"})
_TABLING = word_set("tabling")
_BACKING = frozenset("back support pass approve endorse carry".split())
# A house that passes a motion takes no side of its own.
_HOUSES = re.compile(
    r"\b(?:Parliament|House|Commons|Senate|Assembly|Congress|Dáil|Seanad|Bundestag|Knesset|Senedd|Riksdag)\b"
)
_DROPPING = frozenset("withdraw drop pull abandon shelve retract".split())
# Who is voted on: the subject of these, or their object.
_UNDERGOING = frozenset("survive face lose win fall topple fell oust defeat remove bring unseat depose".split())


def motions(doc: Doc, article: Article, mentions: Sequence[Mention], ontology: Ontology) -> Iterator[Statement]:
    """Statements of challenges from motions of no confidence whose target the article tells elsewhere."""
    found = list(spotted(doc, _MOTIONS))
    if not found:
        return
    context = make_context(doc, article, mentions, ontology)
    target = _target(context)
    if target is None:
        return
    for token in found:
        against = [e for h in grammar.prepositional(token, "against") for e in context.arguments.entities(h)]
        if not _of_no_confidence(token) and target not in against:
            continue
        verb = token.head
        negative = verb.lemma_ in _DROPPING
        if token.dep_ not in ("dobj", "nsubjpass") or not (negative or verb.lemma_ in _TABLING | _BACKING):
            continue
        for head in participants.agents(verb):
            for mover in context.arguments.entities(head, types=(PERSON, ORGANISATION, GROUP)):
                if mover.id != target.id and not (verb.lemma_ in _BACKING and _HOUSES.search(mover.name)):
                    yield from assemble(
                        "challenges", mover, target, verb, context, rule=f"motions/{verb.lemma_}", confidence=0.7,
                        polarity="negative" if negative else "",
                    )  # fmt: skip


def _of_no_confidence(motion: Token) -> bool:
    """ "a no-confidence motion", or "the motion", "its own motion" in an article about one."""
    if any(t.lower_ in _CONFIDENCE for t in motion.subtree):
        return True
    definite = any(
        c.dep_ in ("det", "poss") and c.lower_ not in ("a", "an", "another", "any", "no") for c in children(motion)
    )
    return definite and not any(
        c.dep_ in ("prep", "acl", "relcl") and c.lower_ in ("on", "for", "to") for c in children(motion)
    )


def _target(context: Context) -> Entity | None:
    """The person whom the article's talk of no confidence is about."""
    counts: Counter[Entity] = Counter()
    for token in spotted(context.doc, _CONFIDENCE):
        if token.lower_ == "confidence" and not _withheld(token):
            continue
        heads = grammar.prepositional(token, "in") or grammar.prepositional(token, "against")
        node = token
        for _ in range(3):
            if heads or node.head == node or node.head.pos_ not in ("NOUN", "ADP", "PROPN"):
                break
            node = node.head
            heads = grammar.prepositional(node, "against") or grammar.prepositional(node, "in")
        people = [e for h in heads for e in context.arguments.entities(h, types=(PERSON,), spread=False)]
        if not people:
            verb = next((a for a in token.ancestors if a.pos_ == "VERB"), None)
            if verb is not None and verb.lemma_ in _UNDERGOING:
                people = [
                    e for h in (participants.patients(verb) or []) + participants.surface_subjects(verb)
                    for e in context.arguments.entities(h, types=(PERSON,), spread=False)
                ][:1]  # fmt: skip
        counts.update(people)
    ranked = counts.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def _withheld(confidence: Token) -> bool:
    """ "no confidence", "no-confidence", "a vote of confidence"; the confidence of markets is another one."""
    before = [t.lower_ for t in confidence.doc[max(0, confidence.i - 3) : confidence.i]]
    after = confidence.nbor().lower_ if confidence.i + 1 < len(confidence.doc) else ""
    return (
        "no" in before
        or "non" in before
        or after in ("vote", "motion")
        or before[-2:] in (["vote", "of"], ["motion", "of"])
    )
