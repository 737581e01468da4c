"""Support without a verb for it: "the pro-Clinton super PAC", "Sanders is the best candidate to take on Trump", "May
should be leader", where somebody says so."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from graphbuild.extract.article.context import Context, make_context
from graphbuild.extract.article.factuality import factuality
from graphbuild.extract.article.statements import make_statement
from graphbuild.extract.syntax import grammar, participants
from graphbuild.extract.syntax.grammar import children
from graphbuild.model import ORGANISATION, PERSON, Article, Entity, Mention, Statement
from graphbuild.ontology import Ontology, word_set

_BEST = frozenset("best right only ideal strongest obvious perfect better qualified".split())
_CHOICES = frozenset("candidate person man woman choice one nominee leader pick".split())
_POSTS = word_set("backing_posts")
_IN_OFFICE = frozenset("office post place job charge leader minister president chancellor chairman government".split())
_BLAMELESS = frozenset("wrong improper ashamed apologise apologize answer regret".split())
_LASTING = frozenset("stay remain continue lead win carry succeed beat".split())


def backing(doc: Doc, article: Article, mentions: Sequence[Mention], ontology: Ontology) -> Iterator[Statement]:
    """Statements of supports that no verb of support tells."""
    context = make_context(doc, article, mentions, ontology)
    for token in context.triggers(_LASTING | {"be", "become", "make", "have", "do"}, {"pro", "rather"}):
        word = token.lower_
        if word == "pro" and token.i + 2 < len(doc) and token.nbor().text == "-":
            pairs = _adherents(token.nbor(2), context)
        elif word == "rather":
            pairs = _rather(token, context)
        else:
            pairs = _favoured(token, context) or _wished(token, context)
        for subject, obj in pairs:
            if subject.id != obj.id:
                yield make_statement(
                    "supports", subject, obj, token, context, polarity="positive", modality="actual", source=None,
                    role="", topic="", rule=f"backing/{token.lemma_.lower()}", confidence=0.65,
                )  # fmt: skip


def _adherents(name: Token, context: Context) -> list[tuple[Entity, Entity]]:
    """Who is for somebody by his adjective: "pro-Clinton Priorities USA Action"."""
    favoured = [m.entity for m in context.arguments.mentions_at(name) if m.type == PERSON and m.entity is not None]
    noun = name.head
    while noun.dep_ in ("compound", "amod", "nmod") and noun.head.i > noun.i:
        noun = noun.head
    if not favoured or noun.i <= name.i:
        return []
    found = context.arguments.entities(noun, types=(ORGANISATION, PERSON), spread=False)
    return [(e, favoured[0]) for e in found]


def _favoured(verb: Token, context: Context) -> list[tuple[Entity, Entity]]:
    """(speaker, person) where a speaker says that a person should have a post, or is the best one for it."""
    said = context.speech.attribution(verb)
    if said is None or said.speaker is None or said.speaker.type != PERSON:
        return []
    people = [
        e
        for h in participants.surface_subjects(verb)
        for e in context.arguments.entities(h, types=(PERSON,), spread=False)
    ]
    blameless = _blameless(verb)
    if len(people) != 1 or not (blameless or (_wanted(verb) and factuality(verb, context.wording)[0] != "negative")):
        return []
    return [(said.speaker, people[0])]


def _blameless(verb: Token) -> bool:
    """ "had done nothing wrong", "has nothing to apologise for"."""
    things = [c for c in children(verb) if c.dep_ == "dobj" and c.lower_ == "nothing"]
    words = {t.lemma_.lower() for c in things for t in (*c.subtree, *children(verb))}
    return (
        verb.lemma_ in ("have", "do")
        and bool(words & _BLAMELESS)
        and not any(c.dep_ == "mark" and c.lower_ == "if" for c in children(verb))
    )


_WISHING = frozenset("want hope prefer like love wish need".split())


def _wished(verb: Token, context: Context) -> list[tuple[Entity, Entity]]:
    """Who wants somebody to be leader, to win or to stay on."""
    wish = verb.head
    if verb.dep_ not in ("ccomp", "xcomp") or wish.lemma_ not in _WISHING or wish.pos_ != "VERB":
        return []
    if factuality(wish, context.wording) != ("positive", "actual") or any(c.dep_ == "neg" for c in children(verb)):
        return []
    attributes = [c for c in children(verb) if c.dep_ in ("attr", "dobj", "oprd")]
    post = any(c.lemma_.lower() in _POSTS for c in [*attributes, *grammar.prepositional(verb, "as")])
    own = [c for c in children(verb) if c.dep_ == "nsubj"] or [c for c in children(wish) if c.dep_ == "dobj"]
    if not own or not (post or (verb.lemma_ in ("win", "succeed", "beat") and verb.tag_ == "VB")):
        return []
    return _pairs(participants.agents(wish), own, context)


def _rather(adverb: Token, context: Context) -> list[tuple[Entity, Entity]]:
    """ "would rather have Trump than Cruz as the nominee"."""
    verb = adverb.head
    if verb.lemma_ not in ("have", "see", "vote", "support", "back", "pick", "choose") or verb.pos_ not in (
        "VERB",
        "AUX",
    ):
        return []
    return _pairs(participants.agents(verb), grammar.own_objects(verb), context)


def _pairs(wishing: Sequence[Token], wished: Sequence[Token], context: Context) -> list[tuple[Entity, Entity]]:
    people = [e for h in wished for e in context.arguments.entities(h, types=(PERSON,), spread=False)]
    return [(e, people[0]) for h in wishing for e in context.arguments.entities(h) if len(people) == 1]


def _wanted(verb: Token) -> bool:
    attributes = [c for c in children(verb) if c.dep_ in ("attr", "dobj", "oprd")]
    if any(c.dep_ == "mark" and c.lower_ in ("if", "whether", "unless") for c in children(verb)) or grammar.is_passive(
        verb
    ):
        return False
    for noun in attributes:
        adjectives = {c.lower_ for c in children(noun) if c.dep_ == "amod"}
        purpose = any(c.dep_ in ("relcl", "acl") or (c.dep_ == "prep" and c.lower_ == "for") for c in children(noun))
        would = any(c.dep_ == "aux" and c.lower_ in ("would", "'d") for c in children(verb))
        if verb.lemma_ == "be" and noun.lemma_.lower() in _CHOICES and adjectives & _BEST and (purpose or would):
            return True
        if (
            verb.lemma_ == "make"
            and noun.lemma_.lower() in _POSTS
            and adjectives & {"great", "good", "excellent", "fine", "brilliant"}
        ):
            return True
    modal = any(c.dep_ == "aux" and c.lower_ in ("should", "must") for c in children(verb))
    if modal and verb.lemma_ in ("stay", "remain", "continue") and not attributes:
        # "should stay", "must remain in office", not "at home" or "silent"
        return all(
            c.dep_ in ("nsubj", "aux", "prt", "mark", "punct", "cc", "conj")
            or (
                c.dep_ in ("prep", "prt", "advmod")
                and c.lower_ in ("on", "in", "as")
                and {g.lemma_.lower() for g in children(c)} <= _IN_OFFICE
            )
            for c in children(verb)
        )
    posts = [*attributes, *grammar.prepositional(verb, "as")]
    return modal and verb.lemma_ != "make" and any(p.lemma_.lower() in _POSTS for p in posts)
