"""Unnamed people whom somebody urges or warns ("urged voters", "ordered diplomats to"), who so asks for a side to be
taken, and whom polls ask.

As actors such bare plurals say too little for a node of their own (link/groups.py wants a word beside them); told to do
something they are the addressee.
"""

from collections.abc import Sequence

from spacy.tokens import Token

from graphbuild.extract.syntax import grammar, participants
from graphbuild.extract.syntax.grammar import children
from graphbuild.extract.syntax.phrases import phrase_text
from graphbuild.model import GROUP, Entity
from graphbuild.ontology import word_set
from graphbuild.vocab import mint_id

_ADDRESSED = word_set("addressed")
# Of these only the plural is a group.
_SINGULAR = frozenset(["police"])


def addressees(verb: Token, clause: Token | None) -> list[Entity]:
    """Who is urged, when it is a plain plural noun."""
    if clause is not None and clause.lemma_.lower() in ("vote", "back", "support", "elect", "rally"):
        return []  # "urged his supporters to vote for her": he supports her
    heads = [c for c in children(verb) if c.dep_ in ("dobj", "dative", "nsubjpass") and c.pos_ == "NOUN"]
    for preposition in ("on", "upon", "to", "with"):
        heads = heads or [h for h in grammar.prepositional(verb, preposition) if h.pos_ == "NOUN"]
    if not heads and clause is not None:
        heads = [c for c in children(clause) if c.dep_ == "nsubj" and c.pos_ == "NOUN"]
    return [_group(h) for h in heads[:1] if _is_plain_group(h)]


def wronged(heads: Sequence[Token], words: frozenset[str]) -> list[Entity]:
    """To whom one says sorry, when it is a plain plural: "apologised to the complainants"."""
    return [_group(h) for h in heads[:1] if h.tag_ == "NNS" and h.lemma_.lower() in words]


_URGING = word_set("urging")
_TAKING_SIDES = word_set("taking_sides")


def askers(token: Token) -> list[Token]:
    """Who urges others to back or reject something, and so shares that stance: "*Blair* urged MPs to reject the bill"."""
    verb = token.head
    if token.tag_ != "VB" or token.lemma_.lower() not in _TAKING_SIDES or grammar.is_passive(token):
        return []
    if token.dep_ not in ("xcomp", "ccomp", "advcl") or verb.lemma_.lower() not in _URGING or verb.pos_ != "VERB":
        return []
    return [] if any(c.dep_ == "neg" for c in (*children(verb), *children(token))) else participants.agents(verb)


_TOLD = word_set("told_groups")


def told_to(heads: Sequence[Token]) -> list[Entity]:
    """Who is said to have to do something, when it is a plain plural: "superdelegates should flip"."""
    return [_group(h) for h in heads[:1] if h.pos_ == "NOUN" and _lemma(h) in _TOLD and _is_plain_group(h)]


# Polls ask who does so.
POLLED = frozenset("oppose support favour favor back reject endorse want approve disapprove".split())
# Of whom polls and votes tell what they are for or against.
_HOLDING = word_set("opinion_groups")


def holders(heads: Sequence[Token]) -> list[Entity]:
    """Who is for or against something, when it is a plain plural: "most voters back", "Americans oppose"."""
    return [_group(h) for h in heads[:1] if _lemma(h) in _HOLDING and _is_plain_group(h)]


def _lemma(noun: Token) -> str:
    """The singular; the tagger leaves "Americans" as it is."""
    return noun.lemma_.lower().removesuffix("s")


def _is_plain_group(head: Token) -> bool:
    plural = head.tag_ in ("NNS", "NNPS") or head.lower_ in _SINGULAR
    return plural and _lemma(head) in _ADDRESSED | _HOLDING


def _group(head: Token) -> Entity:
    first = head.i
    while first > head.left_edge.i and (
        head.doc[first - 1].pos_ in ("NOUN", "ADJ", "PROPN") or head.doc[first - 1].dep_ == "amod"
    ):
        first -= 1
    if head.doc[first].lower_ in ("most", "many", "more", "some", "other", "several", "few"):
        first += first < head.i
    text = head.doc[first : head.i + 1].text if head.i - first < 4 else phrase_text(head)
    return Entity(mint_id("group", text), text, GROUP)
