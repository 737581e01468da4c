"""Whom groups of voters support, as polls tell it: "Clinton leads among women", "the support of black voters", "54% of
Democrats back Sanders"."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from graphbuild.extract.article.context import Context, make_context
from graphbuild.extract.article.factuality import factuality, is_hypothetical
from graphbuild.extract.article.statements import make_statement
from graphbuild.extract.syntax import grammar, participants
from graphbuild.extract.syntax.grammar import children
from graphbuild.model import GROUP, PERSON, Article, Entity, Mention, Statement
from graphbuild.ontology import Ontology
from graphbuild.vocab import mint_id

_AHEAD = frozenset("lead dominate win poll prevail run".split())
_HAVING = frozenset(
    "have hold enjoy maintain retain keep build command draw get take receive see boast show win gain open post".split()
)
_FAVOUR = frozenset("lead advantage edge support backing margin majority strength popularity vote favorability".split())
_SUPPORT = frozenset("support backing vote loyalty".split())
_BACKING = frozenset("support back favor favour prefer choose pick".split())
_COUNTED = frozenset(
    "delegates superdelegates supporters backers donors members".split()
)  # won, but by no vote of theirs
_CARRYING = frozenset("carry win take capture sweep gain".split())
_ANY = frozenset("voters electorate people members supporters delegates residents donors backers".split())
_SHARES = frozenset("percent % cent percentage majority half third quarter two-thirds plurality most".split())


def polled(doc: Doc, article: Article, mentions: Sequence[Mention], ontology: Ontology) -> Iterator[Statement]:
    """Statements of supports by groups of voters."""
    context = make_context(doc, article, mentions, ontology)
    voters = frozenset(context.wording.data["contests"]["voters"])
    for token in context.triggers(_CARRYING | _BACKING, _SHARES | {"among", "amongst", "of", "from", "with"}):
        word = token.lower_
        if word in ("among", "amongst") or (word in ("of", "from", "with") and token.head.lemma_ in _SUPPORT):
            groups = _groups(token, voters, context)
            people = _favoured(token, context) if groups else []
        elif word in _SHARES:
            groups, people = _share(token, voters, context)
        elif token.pos_ == "VERB" and token.lemma_ in _CARRYING | _BACKING:
            groups, people = _carried(token, voters, context)
        else:
            continue
        if len(people) != 1:
            continue
        verb = next((a for a in token.ancestors if a.pos_ in ("VERB", "AUX")), token)
        polarity, modality = factuality(verb, context.wording)
        if polarity == "negative" or modality in ("possible", "intended") or is_hypothetical(verb, context.wording):
            continue
        for group in groups:
            yield make_statement(
                "supports", group, people[0], token, context, polarity="positive", modality="actual", source=None,
                role="", topic="", rule=f"polled/{word}", confidence=0.7,
            )  # fmt: skip


def _groups(preposition: Token, voters: frozenset[str], context: Context) -> list[Entity]:
    """The groups of voters that a preposition names: "among women and black voters"."""
    heads = [h for c in children(preposition) if c.dep_ == "pobj" for h in grammar.conjuncts(c)]
    return [e for h in heads if (e := _group(h, voters, context)) is not None]


def _group(head: Token, voters: frozenset[str], context: Context) -> Entity | None:
    if head.lower_ not in voters:
        return None
    named = [m.entity for m in context.arguments.mentions_at(head) if m.type == GROUP and m.entity is not None]
    if named and named[0].name.lower() not in _ANY:
        return named[0]
    first = head.i
    while first > head.left_edge.i and (
        context.tokens[first - 1].pos_ in ("ADJ", "NOUN", "PROPN", "VERB") or context.tokens[first - 1].text == "-"
    ):
        first -= 1
    while first < head.i and (
        context.tokens[first].text == "-" or context.tokens[first].lower_ in ("other", "more", "many", "such")
    ):
        first += 1
    text = head.doc[first : head.i + 1].text
    if '"' in text or (first == head.i and head.lower_ in _ANY):
        return None  # "very liberal" voters; voters of whatever kind
    return Entity(mint_id("group", text.lower()), text, GROUP)


def _favoured(preposition: Token, context: Context) -> list[Entity]:
    """Who leads or has the support of a group."""

    def people(heads: Sequence[Token]) -> list[Entity]:
        return [e for h in heads for e in context.arguments.entities(h, types=(PERSON,), spread=False)]

    node = preposition.head
    while node.pos_ in ("NOUN", "NUM", "SYM", "ADP") and node.lemma_ not in _FAVOUR and node.head != node:
        node = node.head
    if node.lemma_ in _FAVOUR and node.pos_ == "NOUN":
        own = people([c for c in children(node) if c.dep_ == "poss"])
        if own or node.head.pos_ not in ("VERB", "AUX"):
            return own
        return people(participants.agents(node.head)) if node.head.lemma_ in _HAVING and node.dep_ == "dobj" else []
    if node.pos_ not in ("VERB", "AUX"):
        return []
    objects = [c for c in children(node) if c.dep_ == "dobj"]
    has_lead = node.lemma_ in _HAVING and any(c.lemma_ in _FAVOUR for c in objects)
    beats = node.lemma_ in _AHEAD and (node.lemma_ not in ("win", "run") or not objects)
    ahead = any(c.lower_ == "ahead" for c in children(node))
    return people(participants.agents(node)) if has_lead or beats or ahead else []


def _carried(verb: Token, voters: frozenset[str], context: Context) -> tuple[list[Entity], list[Entity]]:
    """ "carried Hispanics", "won 80 percent of black voters"; "women prefer Clinton", where no group is named so far."""
    objects, subjects = grammar.own_objects(verb), participants.agents(verb)
    if verb.lemma_ in _BACKING:
        heads, sides = [h for h in subjects if not context.arguments.mentions_at(h)], objects
    else:
        heads = [g for h in objects for g in (grammar.prepositional(h, "of") if h.lower_ in _SHARES else [h])]
        sides = [] if any(c.dep_ == "prt" for c in children(verb)) else subjects  # "won over voters"
    heads = [c for h in heads for c in grammar.conjuncts(h) if c.lower_ not in _COUNTED]
    groups = [e for c in heads if (e := _group(c, voters, context)) is not None]
    return groups, [e for h in sides for e in context.arguments.entities(h, types=(PERSON,)) if groups]


def _share(token: Token, voters: frozenset[str], context: Context) -> tuple[list[Entity], list[Entity]]:
    """ "54 percent of likely voters back Sanders": read word by word, as parsers lose their way in figures."""
    tokens, end = context.tokens, min(token.sent.end, token.i + 9)
    if token.i + 2 >= end or tokens[token.i + 1].lower_ != "of":
        return [], []
    group: Token | None = None
    for index in range(token.i + 2, end):
        word = tokens[index]
        if group is None:
            group = word if word.lower_ in voters else None
            if word.pos_ in ("ADP", "PUNCT") and word.text != "-":
                return [], []
        elif word.lemma_.lower() in _BACKING or word.lower_ in ("backed", "supported"):
            found = [
                m.entity for i in range(index + 1, min(index + 4, token.sent.end))
                for m in context.arguments.by_token.get(i, ()) if m.type == PERSON and m.entity is not None and tokens[min(m.last + 1, len(tokens) - 1)].tag_ != "POS"
            ]  # fmt: skip
            entity = _group(group, voters, context)
            return ([entity], found[:1]) if entity is not None else ([], [])
        elif word.pos_ in ("PUNCT",) or word.lower_ in ("who", "that"):
            return [], []
    return [], []
