"""The seat in which an election was fought: the place that a clause about winning or losing names."""

from spacy.tokens import Token

from graphbuild.extract.article.context import Context
from graphbuild.extract.syntax import grammar
from graphbuild.extract.syntax.grammar import children
from graphbuild.extract.syntax.phrases import phrase_text, second_place

_NO_SEATS = frozenset(
    """parliament congress senate house commons lords election vote ballot poll court primary caucus westminster holyrood
    stormont dáil seanad senedd bundestag knesset twitter facebook brexit street square hall palace stadium airport arena hotel
    cathedral church university hospital theatre tower court heathrow""".split()
)
_POSTS = frozenset(
    """president governor mayor senator speaker leader premier chancellor presidency governorship mayoralty leadership
    speakership nomination chairmanship deputyship premiership""".split()
)
_FROM = frozenset("contest stand fight run file elect re-elect return win lose".split())
_SEAT_NOUNS = frozenset("seat constituency riding ward division electorate district borough".split())


def fought_in(trigger: Token) -> list[Token]:
    """ "won in Dover", "beat Cox in the by-election in Dover", "took the seat of Dover", "Dover, where he lost", "beat him for governor"."""
    below = [h for c in children(trigger) if c.dep_ in ("dobj", "prep", "agent") for h in (c, *children(c))]
    # "clung on to Dover"
    words = ("in", "at", "to") if any(c.lower_ == "on" for c in children(trigger)) else ("in", "at")
    nodes = (trigger, *below)
    posts = (
        h for node in nodes for word in ("for", "as") for h in grammar.prepositional(node, word) if h.lemma_.lower() in _POSTS
    )  # fmt: skip
    places = (h for node in nodes for word in words for h in grammar.prepositional(node, word) if is_seat(h))
    # "contests from Amethi", "filed her nomination from Rae Bareli"
    home = (h for h in grammar.prepositional(trigger, "from") if trigger.lemma_ in _FROM and is_seat(h))
    for found in (posts, places, home):
        if (first := next(found, None)) is not None:
            return [first]
    if trigger.dep_ in ("advcl", "pcomp") and trigger.tag_ == "VBG":
        above = trigger.head.head if trigger.dep_ == "pcomp" else trigger.head
        return fought_in(above) if above.pos_ == "VERB" else []  # "survived in Dickson, defeating Ali France"
    verb = trigger
    while verb.dep_ == "conj":
        verb = verb.head
    if verb.dep_ == "relcl" and is_seat(verb.head) and any(c.lower_ == "where" for c in children(verb)):
        place = verb.head
        second = place.dep_ == "conj" and second_place(place.head) == place
        return [place.head if second else place]  # "Morley and Outwood, where"
    return []


def is_seat(place: Token) -> bool:
    """Whether a noun phrase may be the name of a seat, as far as its words tell."""
    if place.lemma_.lower() in _SEAT_NOUNS:
        return any(c.pos_ == "PROPN" and c.ent_type_ not in ("DATE", "TIME", "PERSON") for c in place.subtree)
    return place.pos_ == "PROPN" and place.ent_type_ not in ("DATE", "TIME", "EVENT") and place.lower_ not in _NO_SEATS


def no_seat(place: Token, context: Context) -> bool:
    """Whether a place has more contests than one, as states and countries have, or is a person or a body."""
    states = context.wording.data["roles"]["states"]
    text = phrase_text(place).rstrip(".")
    if place.text == "State" or text in states or text.endswith(tuple(states.values())):
        return True  # "battleground Wisconsin"
    found = context.arguments.mentions_at(place)
    return any(m.entity is not None and m.entity.kind and m.first <= place.left_edge.i for m in found)
