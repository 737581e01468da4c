"""Blame that no single word carries: "his authority is draining away", "they have only themselves to blame", "acted out of
spite", "the sums do not add up", "a vote for UKIP is a wasted vote", "an indictment of the government", "a Tory stunt"."""

from collections.abc import Sequence

from spacy.tokens import Token

from graphbuild.extract.article.context import Context
from graphbuild.extract.speech.judgements import Judgement, is_hypothetical_clause, is_negated, judged
from graphbuild.extract.syntax import grammar, participants
from graphbuild.extract.syntax.grammar import children
from graphbuild.model import ORGANISATION

_WASTED = frozenset("squander fritter waste throw trash shred destroy".split())
_DRIVING = frozenset("drive motivate consume blind".split())


def fault(token: Token, context: Context) -> Judgement | None:
    """(relation, targets, confidence, topic) of such blame at a token, or None."""
    if token.pos_ in ("VERB", "AUX"):
        worded = _worded(token)
        heads = _failing(token, worded, context) or _to_blame(token) or _moved_by(token, context)
        heads = heads or _unsound(token, worded, context)
        return judged("criticises", heads, context, 0.6) if heads and not is_hypothetical_clause(token) else None
    lemma = token.lemma_.lower()
    if token.pos_ == "NOUN" and lemma == "indictment" and token.dep_ in ("attr", "oprd", "pobj", "ROOT", "ccomp"):
        return judged("criticises", [h for p in ("of", "on") for h in grammar.prepositional(token, p)], context, 0.65)
    if token.pos_ == "NOUN" and lemma in context.wording.words("party_ills"):
        return _partys(token, context)
    if lemma == "vote" and token.dep_ == "nsubj" and token.head.lemma_ == "be":
        return _wasted_vote(token, context)
    return None


def _worded(verb: Token) -> str:
    """The verb with the particle that follows it: "drain-away"."""
    beside = (c for c in children(verb) if c.dep_ in ("prt", "advmod", "acomp") and c.i == verb.i + 1)
    return "-".join([verb.lemma_.lower(), *(c.lower_ for c in beside)])


def _failing(verb: Token, worded: str, context: Context) -> list[Token]:
    words = {worded, verb.lemma_.lower()}
    wasted = (verb.lemma_.lower() in _WASTED and grammar.is_passive(verb)) or (
        verb.lemma_ == "hang" and any(h.lemma_ == "thread" for h in grammar.prepositional(verb, "by"))
    )
    if not (wasted or words & context.wording.words("failing_verbs")) or is_negated(verb):
        return []
    subjects = participants.surface_subjects(verb)
    of_somebody = _whose(subjects, "standings", context)
    if of_somebody or wasted or not words & context.wording.words("failing_of_bodies"):
        return of_somebody
    return [
        h for h in subjects
        if any(e.type == ORGANISATION and e.kind != "country" for e in context.arguments.entities(h))
    ]  # fmt: skip


def _whose(subjects: Sequence[Token], kind: str, context: Context) -> list[Token]:
    """Whose authority, campaign or sums the subjects are."""
    words = context.wording.words(kind)
    return [c for h in subjects if h.lemma_.lower() in words for c in children(h) if c.dep_ == "poss"]


def _to_blame(verb: Token) -> list[Token]:
    """ "had only themselves to blame", "has a lot to answer for"."""
    if verb.lemma_ not in ("have", "get") or is_negated(verb):
        return []
    after = [t.lower_ for t in verb.doc[verb.i + 1 : verb.i + 7]]
    own = {"himself", "herself", "themselves", "itself"} & set(after) and "blame" in after
    much = after[:1] and after[0] in ("a", "much", "plenty", "questions", "serious") and {"answer", "to"} <= {*after}
    return participants.surface_subjects(verb) if own or much else []


def _moved_by(verb: Token, context: Context) -> list[Token]:
    """ "acted out of spite", "acted in bad faith", "was driven by panic"."""
    lemma = verb.lemma_.lower()
    if lemma not in _DRIVING and lemma not in ("act", "behave", "move", "proceed", "speak", "do"):
        return []
    motives = context.wording.words("base_motives")
    if lemma in _DRIVING and grammar.is_passive(verb) and not is_negated(verb):
        moved = any(h.lemma_.lower() in motives for h in grammar.by_agents(verb))
        return participants.surface_subjects(verb) if moved else []
    if lemma not in ("act", "behave", "move", "proceed", "speak", "do") or is_negated(verb):
        return []
    found = [h for p in ("out_of", "from", "in") for h in grammar.prepositional(verb, p)]
    bad_faith = any(h.lower_ == "faith" and any(c.lower_ == "bad" for c in children(h)) for h in found)
    return participants.agents(verb) if bad_faith or any(h.lemma_.lower() in motives for h in found) else []


def _unsound(verb: Token, worded: str, context: Context) -> list[Token]:
    """ "her spending plans did not add up"."""
    adding = worded in context.wording.words("adding_up") or verb.lemma_.lower() in ("work", "wash", "balance")
    return _whose(participants.surface_subjects(verb), "sums", context) if adding and is_negated(verb) else []


def _partys(noun: Token, context: Context) -> Judgement | None:
    """ "a cynical Tory stunt", "Labour chaos": the party that the words beside it name."""
    if is_negated(noun) or any(c.dep_ == "det" and c.lower_ == "no" for c in children(noun)):
        return None
    beside = [c for c in children(noun) if c.dep_ in ("compound", "amod", "nmod") and c.i < noun.i]
    parties = [
        c for c in beside if any(m.entity is not None and m.entity.kind == "party" for m in context.arguments.by_token.get(c.i, ()))
    ]  # fmt: skip
    return judged("criticises", parties, context, 0.6) if parties else None


def _wasted_vote(noun: Token, context: Context) -> Judgement | None:
    """ "a vote for UKIP is a wasted vote", "a vote for Labour is a vote for chaos"."""
    bad = context.wording.words("negative_adjectives") | context.wording.words("negative_nouns") | {"wasted", "waste"}
    for said in (c for c in children(noun.head) if c.dep_ in ("attr", "acomp")):
        beside = [said, *(c for c in children(said) if c.dep_ == "amod"), *grammar.prepositional(said, "for")]
        if any(t.lower_ in bad or t.lemma_.lower() in bad for t in beside):
            return judged("criticises", grammar.prepositional(noun, "for"), context, 0.65)
    return None
