"""Unnamed people whom somebody urges or warns: "urged voters", "ordered diplomats to", "called on delegates to".

As actors such bare plurals say too little for a node of their own (link/groups.py wants a word beside them); told to do
something they are the addressee.
"""

from spacy.tokens import Token

from graphbuild.extract import grammar
from graphbuild.extract.phrases import phrase_text
from graphbuild.model import GROUP, Entity
from graphbuild.vocab import mint_id

_ADDRESSED = frozenset(
    """voter delegate superdelegate supporter lawmaker senator congressman mp member colleague diplomat attendee donor
    activist volunteer minister councillor backbencher peer official leader governor mayor representative legislator
    conservative republican democrat liberal nationalist unionist moderate citizen resident protester demonstrator
    striker worker employer teacher student landlord constituent follower ally aide elector juror rebel
    parliamentarian politician candidate party union nation country american briton australian canadian
    scot business firm company employee state council authority police agency regulator police""".split()
)
# Of these only the plural is a group.
_SINGULAR = frozenset(["police"])


def addressees(verb: Token, clause: Token | None) -> list[Entity]:
    """Who is urged, when it is a plain plural noun."""
    heads = [c for c in verb.children if c.dep_ in ("dobj", "dative", "nsubjpass") and c.pos_ == "NOUN"]
    for preposition in ("on", "upon", "to", "with"):
        heads = heads or [h for h in grammar.prepositional(verb, preposition) if h.pos_ == "NOUN"]
    if not heads and clause is not None:
        heads = [c for c in clause.children if c.dep_ == "nsubj" and c.pos_ == "NOUN"]
    out = []
    for head in heads[:1]:
        plural = head.tag_ == "NNS" or head.lower_ in _SINGULAR
        if not plural or head.lemma_.lower() not in _ADDRESSED:
            continue
        first = head.i
        while first > head.left_edge.i and head.doc[first - 1].pos_ in ("NOUN", "ADJ", "PROPN"):
            first -= 1
        text = head.doc[first : head.i + 1].text if head.i - first < 4 else phrase_text(head)
        out.append(Entity(mint_id("group", text), text, GROUP))
    return out
