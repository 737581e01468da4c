"""Stances that an article tells of somebody in its own voice: what governments do ("has scrapped the fees"), what politicians
call a policy ("called the bedroom tax cruel") and what they make central ("put independence at the heart of her pitch").
"""

from collections.abc import Iterator

from spacy.tokens import Token

from graphbuild.extract.article.context import Context
from graphbuild.extract.article.factuality import is_question
from graphbuild.extract.article.statements import assemble
from graphbuild.extract.policy.policies import GOVERNING
from graphbuild.extract.policy.policy_labels import policy_entity, stance_phrase
from graphbuild.extract.speech.judgements import is_hypothetical_clause
from graphbuild.extract.syntax import grammar, participants
from graphbuild.extract.syntax.grammar import children
from graphbuild.extract.syntax.phrases import gerund
from graphbuild.model import ORGANISATION, PERSON, Entity, Statement


def told_stances(verb: Token, context: Context) -> Iterator[Statement]:
    """Statements of favours and opposes that the article's own words make of a verb's subject."""
    yield from _enactments(verb, context)
    yield from _called(verb, context)
    yield from _made_central(verb, context)


_IMPOSING = frozenset("impose reimpose reinstate".split())


def _enactments(verb: Token, context: Context) -> Iterator[Statement]:
    """ "Brown doubled the level at which homebuyers pay", "the government has scrapped the fees", in the article's voice."""
    lemma = verb.lemma_.lower()
    if (
        lemma not in context.wording.words("enacting_verbs")
        or verb.tag_ not in ("VBD", "VBN", "VBZ", "VBP")
        or grammar.is_passive(verb)
    ):
        return
    if any(c.dep_ == "neg" or (c.dep_ == "aux" and c.tag_ == "MD") for c in children(verb)) or is_question(verb):
        return
    if is_hypothetical_clause(verb) or context.speech.attribution(verb) is not None:
        return
    words = context.wording.words
    public = words("policy_nouns") | words("public_things") | {"fine", "level", "threshold", "number", "limit", "age"}
    governs = any(h.lemma_.lower() in GOVERNING for h in participants.surface_subjects(verb))
    actors = [
        e for h in participants.surface_subjects(verb)
        for e in context.arguments.entities(h, types=(PERSON, ORGANISATION), via=h.lemma_.lower() in GOVERNING)
    ]  # fmt: skip
    for thing in grammar.own_objects(verb) if actors else ():
        if (
            (thing.pos_ != "NOUN" and thing.dep_ != "dobj")
            or thing.i < verb.i
            or (thing.lemma_.lower() not in public and not governs)
        ):
            continue
        policy = stance_phrase(thing, verb)
        if policy is None:
            continue
        if lemma not in _IMPOSING:
            policy = Entity(f"{policy.id}-{lemma}", f"{gerund(lemma)} {policy.name}", policy.type)
        for actor in actors:
            yield from assemble(
                "favours", actor, policy, verb, context, rule="stances/enactment", confidence=0.55, polarity="positive",
                modality="actual",
            )  # fmt: skip


_NO_PLANS = frozenset("act move decision push debate bid intervention approach election system war".split())
_CALLING = frozenset("call brand label dub deem consider declare pronounce".split())


def _called(verb: Token, context: Context) -> Iterator[Statement]:
    """ "called the bedroom tax cruel", "branded the scheme a disgrace"; whose plan is nobody's in the sentence."""
    if verb.lemma_.lower() not in _CALLING or grammar.is_passive(verb) or is_question(verb):
        return
    words, doc = context.wording.words, verb.doc
    policies = words("policy_nouns") - _NO_PLANS
    bad, good = words("negative_adjectives") | words("negative_nouns"), words("positive_adjectives")
    for thing in doc[verb.i + 1 : verb.i + 8]:
        if thing.dep_ == "poss" or thing.pos_ in ("VERB", "ADP", "SCONJ"):
            return
        if (thing.pos_ != "NOUN" and thing.dep_ != "dobj") or thing.lemma_.lower() not in policies:
            continue
        about = thing.i + 1 < len(doc) and doc[thing.i + 1].dep_ == "prep" and doc[thing.i + 1].head == thing
        last = grammar.noun_phrase(thing)[1] if about else thing.i  # "the war in Iraq"
        after = next((t for t in doc[last + 1 : last + 6] if not (t.is_punct or t.pos_ in ("DET", "ADV"))), None)
        lemma = after.lemma_.lower() if after is not None else ""
        if lemma not in bad and lemma not in good and lemma != "dead":  # "dead on arrival"
            continue
        first = next((i for i in range(verb.i + 1, thing.i) if doc[i].pos_ not in ("DET", "PUNCT")), thing.i)
        policy = policy_entity(doc, first, last, doc[first : last + 1].text)
        for actor in _actors(verb, context):
            yield from assemble(
                "favours" if lemma in good else "opposes", actor, policy, verb, context, rule="stances/called", confidence=0.66,
            )  # fmt: skip
        return


def _actors(verb: Token, context: Context) -> list[Entity]:
    heads = participants.agents(verb)
    return [e for h in heads for e in context.arguments.entities(h, types=(PERSON, ORGANISATION))]


_CENTRAL = frozenset("priority centrepiece centerpiece cornerstone plank crusade issue".split())
_LEADING = frozenset("signature central top key defining main".split())
_HEART = frozenset("heart centre center core forefront".split())


def _made_central(verb: Token, context: Context) -> Iterator[Statement]:
    """ "made free tuition the centrepiece of his campaign", "made stopping the boats one of his priorities", "has put
    leaving the Convention at the heart of his pitch"."""
    central = {"make": _CENTRAL, "put": _HEART, "place": _HEART}.get(verb.lemma_)
    if central is None or verb.i + 3 >= len(verb.doc) or grammar.is_passive(verb):
        return
    made = (c for c in children(verb) if c.i > verb.i)
    thing = next((c for c in made if c.dep_ == "dobj" or (c.dep_ in ("xcomp", "csubj") and c.tag_ == "VBG")), None)
    words = context.wording.words
    barred = central | words("people_nouns") | words("no_policy_nouns")
    if thing is None or thing.pos_ == "PRON" or thing.lemma_.lower() in barred:
        return
    inside = thing.right_edge.i if thing.pos_ == "NOUN" else verb.i + 1  # "made decisions on key issues"
    after = verb.doc[inside + 1 : min(verb.i + 12, verb.sent.end)]
    if not any(t.lemma_.lower() in central and (t.lemma_ != "issue" or t.nbor(-1).lower_ in _LEADING) for t in after):
        return
    policy = stance_phrase(thing, verb)
    if thing.pos_ == "VERB":
        inner = next(iter(grammar.own_objects(thing)), None)
        last = grammar.noun_phrase(inner)[1] if inner is not None else thing.i
        policy = policy_entity(verb.doc, thing.i, last, verb.doc[thing.i : last + 1].text) if last > thing.i else None
    for actor in _actors(verb, context) if policy is not None else ():
        yield from assemble("favours", actor, policy, verb, context, rule="stances/central", confidence=0.62)
