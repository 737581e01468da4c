"""Blame that no single word carries: "his authority is draining away", "they have only themselves to blame", "acted out of
spite", "the sums do not add up", "a vote for UKIP is a wasted vote", "an indictment of the government", "a Tory stunt"."""

from collections.abc import Sequence

from spacy.tokens import Token

from graphbuild.extract import grammar, participants
from graphbuild.extract.context import Context
from graphbuild.extract.judgements import Judgement, is_hypothetical_clause, is_negated, judged
from graphbuild.model import ORGANISATION

# Verbs (with their particle) that say of a standing, or of a body, that it goes under.
_FAILING = frozenset(
    """drain-away ebb-away slip-away melt-away fall-apart come-apart come-unstuck run-aground run-out crumble collapse unravel
    implode disintegrate evaporate founder flounder stall sink self-destruct""".split()
)
_OF_BODIES = frozenset(
    "fall-apart come-apart come-unstuck run-aground crumble collapse unravel implode disintegrate flounder self-destruct".split()
)
_STANDING = frozenset(
    """authority credibility reputation leadership campaign government administration coalition party case argument strategy
    project premiership presidency ministry cabinet grip majority policy position career future""".split()
)
_WASTED = frozenset("squander fritter waste throw trash shred destroy".split())
_MOTIVES = frozenset(
    """spite malice panic fear cowardice desperation vindictiveness opportunism ignorance expediency self-interest revenge
    vengeance jealousy bitterness prejudice greed cynicism weakness arrogance""".split()
)
_SUMS = frozenset(
    "plan sum figure number policy claim promise budget proposal excuse story argument spending pledge arithmetic math maths account".split()
)
_HOLDING = frozenset("add-up stack-up hold-up stand-up work wash balance hold bear".split())
_DAMNING = frozenset("indictment".split())
_STUNTS = frozenset(
    """stunt smear gimmick ploy trick con sleaze cronyism spin hypocrisy scaremongering incompetence chaos mess failure lie
    propaganda dogma cut misrule mismanagement bungling waste broken-promise betrayal cover-up austerity racism sham arrogance""".split()
)


_MOVING = frozenset("act behave move proceed speak do drive motivate consume blind".split())


def fault(token: Token, context: Context) -> Judgement | None:
    """(relation, targets, confidence, topic) of such blame at a token, or None."""
    if token.pos_ in ("VERB", "AUX"):
        heads = _failing(token, context) or _to_blame(token) or _moved_by(token) or _unsound(token)
        if not heads or is_hypothetical_clause(token):
            return None
        return judged("criticises", heads, context, 0.6)
    lemma = token.lemma_.lower()
    if token.pos_ == "NOUN" and lemma in _DAMNING and token.dep_ in ("attr", "oprd", "pobj", "ROOT", "ccomp"):
        return judged("criticises", [h for p in ("of", "on") for h in grammar.prepositional(token, p)], context, 0.65)
    if token.pos_ == "NOUN" and lemma in _STUNTS:
        return _partys(token, context)
    if lemma == "vote" and token.dep_ == "nsubj" and token.head.lemma_ == "be":
        return _wasted_vote(token, context)
    return None


def _worded(verb: Token) -> str:
    lemma = verb.lemma_.lower()
    for child in verb.children:
        if child.dep_ in ("prt", "advmod", "acomp") and child.i == verb.i + 1:
            return f"{lemma}-{child.lower_}"
    return lemma


def _failing(verb: Token, context: Context) -> list[Token]:
    words = {_worded(verb), verb.lemma_.lower()}
    wasted = (verb.lemma_.lower() in _WASTED and grammar.is_passive(verb)) or (
        verb.lemma_ == "hang" and any(h.lemma_ == "thread" for h in grammar.prepositional(verb, "by"))
    )
    if not (wasted or words & _FAILING) or is_negated(verb):
        return []
    subjects = participants.surface_subjects(verb)
    if wasted or not words & _OF_BODIES:
        return _standing(subjects)
    return _standing(subjects) or [
        h for h in subjects
        if any(e.type == ORGANISATION and e.kind != "country" for e in context.arguments.entities(h))
    ]  # fmt: skip


def _standing(subjects: Sequence[Token]) -> list[Token]:
    """Whose authority, campaign or government it is."""
    return [c for h in subjects if h.lemma_.lower() in _STANDING for c in h.children if c.dep_ == "poss"]


def _to_blame(verb: Token) -> list[Token]:
    """ "had only themselves to blame", "has a lot to answer for"."""
    if verb.lemma_ not in ("have", "get") or is_negated(verb):
        return []
    after = [t.lower_ for t in verb.doc[verb.i + 1 : verb.i + 7]]
    own = {"himself", "herself", "themselves", "itself"} & set(after) and "blame" in after
    much = (
        after[:1] in (["a"], ["much"], ["plenty"], ["questions"], ["serious"]) and "answer" in after and "to" in after
    )
    return participants.surface_subjects(verb) if own or much else []


def _moved_by(verb: Token) -> list[Token]:
    """ "acted out of spite", "was driven by panic"."""
    lemma = verb.lemma_.lower()
    if lemma not in _MOVING or is_negated(verb):
        return []
    if lemma in ("act", "behave", "move", "proceed", "speak", "do") and any(
        h.lemma_.lower() in _MOTIVES for p in ("out_of", "from") for h in grammar.prepositional(verb, p)
    ):
        return participants.agents(verb)
    if lemma in ("drive", "motivate", "consume", "blind") and grammar.is_passive(verb):
        return (
            participants.surface_subjects(verb)
            if any(h.lemma_.lower() in _MOTIVES for h in grammar.by_agents(verb))
            else []
        )
    if lemma == "act" and any(
        h.lower_ == "faith" and any(c.lower_ == "bad" for c in h.children) for h in grammar.prepositional(verb, "in")
    ):
        return participants.agents(verb)
    return []


def _unsound(verb: Token) -> list[Token]:
    """ "her spending plans did not add up"."""
    if (_worded(verb) not in _HOLDING and verb.lemma_.lower() not in ("work", "wash", "balance")) or not is_negated(
        verb
    ):
        return []
    return [
        c
        for h in participants.surface_subjects(verb)
        if h.lemma_.lower() in _SUMS
        for c in h.children
        if c.dep_ == "poss"
    ]


def _partys(noun: Token, context: Context) -> Judgement | None:
    """ "a cynical Tory stunt", "Labour chaos": the party that the words beside it name."""
    if is_negated(noun) or any(c.dep_ == "det" and c.lower_ == "no" for c in noun.children):
        return None
    beside = [c for c in noun.children if c.dep_ in ("compound", "amod", "nmod") and c.i < noun.i]
    parties = [
        c for c in beside if any(m.entity is not None and m.entity.kind == "party" for m in context.arguments.by_token.get(c.i, ()))
    ]  # fmt: skip
    return judged("criticises", parties, context, 0.6) if parties else None


def _wasted_vote(noun: Token, context: Context) -> Judgement | None:
    """ "a vote for UKIP is a wasted vote", "a vote for Labour is a vote for chaos"."""
    bad = context.wording.words("negative_adjectives") | context.wording.words("negative_nouns") | {"wasted", "waste"}
    for said in (c for c in noun.head.children if c.dep_ in ("attr", "acomp")):
        beside = [said, *(c for c in said.children if c.dep_ == "amod"), *grammar.prepositional(said, "for")]
        if any(t.lower_ in bad or t.lemma_.lower() in bad for t in beside):
            return judged("criticises", grammar.prepositional(noun, "for"), context, 0.65)
    return None
