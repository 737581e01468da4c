"""What a speaker says of a policy itself: "the bill is a disgrace", "the deal will cost jobs", "it would be wrong to cut the
grant", "preventing Muslims from entering is divisive". Who speaks ill of it opposes it, who speaks well of it favours it.

Of somebody's plan the owner is judged, and the judgement is evaluation.py's.
"""

from collections.abc import Iterator

from spacy.tokens import Token

from graphbuild.extract.article.context import Context
from graphbuild.extract.article.factuality import is_question
from graphbuild.extract.policy.policies import has_content
from graphbuild.extract.speech.judgements import is_hypothetical_clause
from graphbuild.extract.syntax import grammar
from graphbuild.extract.syntax.grammar import children

_OF_SPEAKER = frozenset({"our", "my"})
_NOT_JUDGED = frozenset("system order charge push debate election war strike union law".split())
Found = tuple[str, Token, Token]


def effects(verb: Token, context: Context) -> Iterator[Found]:
    """(relation, policy's head, trigger): "the bill undermines devolution", "our reforms will save money"."""
    lemma, words = verb.lemma_.lower(), context.wording.words
    harm, help_ = lemma in words("harming_verbs"), lemma in words("helping_verbs")
    if not (harm or help_) or verb.dep_ in ("xcomp", "acl", "relcl", "amod", "pcomp", "advcl"):
        return
    if is_hypothetical_clause(verb) or is_question(verb) or any(c.dep_ in ("neg", "auxpass") for c in children(verb)):
        return
    objects = grammar.own_objects(verb) or [c for c in children(verb) if c.dep_ == "ccomp"]
    if not objects and not (harm and lemma in ("backfire", "fail", "discriminate")):
        return
    if help_ and not any(c.dep_ == "aux" and c.lower_ in ("will", "would", "'ll") for c in children(verb)):
        return
    policies = words("policy_nouns") - _NOT_JUDGED
    for head in children(verb):
        if head.dep_ != "nsubj" or head.pos_ not in ("NOUN", "PROPN") or head.lemma_.lower() not in policies:
            continue
        own = any(c.lower_ in _OF_SPEAKER for c in children(head))
        owned = any(c.dep_ == "poss" for c in children(head)) and not own
        definite = own or head.pos_ == "PROPN" or any(c.lower_ in grammar.DEFINITE for c in children(head))
        if definite and not owned:
            yield "opposes" if harm else "favours", head, verb


def acts_judged(adjective: Token, context: Context) -> Iterator[Found]:
    """(relation, act, trigger): "it is wrong to cut the grant", "preventing them from entering is divisive"."""
    be = adjective.head
    if adjective.dep_ not in ("acomp", "attr") or be.lemma_ != "be" or is_question(be):
        return
    if is_hypothetical_clause(be) or any(c.dep_ == "neg" for c in children(be)):
        return
    lemma = adjective.lemma_.lower()
    bad = lemma in context.wording.words("wrong_words") or (
        lemma not in ("illegal", "damaging", "difficult", "hard")
        and lemma in context.wording.words("negative_adjectives")
        and adjective.pos_ == "ADJ"
    )
    good = lemma in context.wording.words("vital_words")
    if bad == good:
        return
    for child in children(be):
        gerund = child.dep_ == "csubj" and child.tag_ == "VBG" and child.i < be.i
        if gerund and has_content(child, context.arguments, context.wording):
            yield "opposes" if bad else "favours", child, be
    if not any(c.dep_ == "nsubj" and c.lower_ == "it" for c in children(be)):
        return
    for child in (*children(be), *children(adjective)):
        to = any(g.dep_ == "aux" and g.lower_ == "to" for g in children(child))
        own = any(g.dep_ == "nsubj" for g in children(child))
        if (
            child.tag_ == "VB"
            and child.dep_ in ("xcomp", "advcl", "ccomp")
            and child.i > adjective.i
            and to
            and not own
        ):
            if child.lemma_.lower() in context.wording.words("policy_verbs") and has_content(
                child, context.arguments, context.wording
            ):
                yield "opposes" if bad else "calls_for", child, be
            return
