"""Policies that are told as somebody's own: the owner before them ("Obama's nuclear pact with Iran", "Trump's proposed ban
on Muslims") and lists of positions ("proposals that include building a wall and deporting migrants").

Whose a policy is favours it; no verb says so.
"""

from collections.abc import Iterator

from spacy.tokens import Token

from graphbuild.extract.article.context import Context
from graphbuild.extract.article.statements import assemble
from graphbuild.extract.policy.policies import PROPOSING, has_content, money_for, takes_no_side
from graphbuild.extract.policy.policy_labels import PRAISE_OR_BLAME, as_noun, assured, policy_entity, stance_phrase
from graphbuild.extract.syntax import grammar, participants
from graphbuild.extract.syntax.grammar import children
from graphbuild.extract.syntax.phrases import phrase_text, verb_phrase
from graphbuild.model import ORGANISATION, PERSON, Entity, Statement
from graphbuild.ontology import word_set

# What a list of positions is called.
_POSITIONS = word_set("positions")
# Of these one is the author: who has a pact or a ban made it or wants it.
_MADE = word_set("made_policies")
# These are put forward by whoever has them.
_MOVED = frozenset("bill amendment motion legislation resolution".split())
_LEVIED = frozenset("tax insurance vat duty fee wage spending tariff rate age levy pension benefit".split())
_NEW = frozenset("new own draft original revised amended rival alternative".split())


# The words at which platforms are told.
OF_PLATFORMS = _POSITIONS | _MADE | {"include", "as", "like"}


def platforms(token: Token, context: Context) -> Iterator[Statement]:
    """Statements of favours carried by a possessive before a policy, or by a list after "include"."""
    lemma = token.lemma_.lower()
    if lemma == "include" or (lemma == "like" and token.dep_ == "prep") or _such_as(token):
        yield from _listed(token, context)
    elif lemma in _POSITIONS and token.pos_ == "NOUN" and (told := _told_by_clause(token)) is not None:
        yield from _favoured(*told, token, context)
    elif lemma in _MADE and (token.pos_ == "NOUN" or lemma in _MOVED):
        yield from _owned(token, context)


def _such_as(token: Token) -> bool:
    """The "as" of "proposals such as building a wall"."""
    return token.lower_ == "as" and token.i > 0 and token.nbor(-1).lower_ == "such"


def _told_by_clause(noun: Token) -> tuple[Token, Entity] | None:
    """Whose plan it is and what a clause says of it: "*Farage*'s answer is *a freeze*", "under *Labour*'s plans *fees would
    be scrapped*"."""
    verb = noun.head if noun.dep_ == "nsubj" else noun.head.head
    owner = next(iter([c for c in children(noun) if c.dep_ == "poss"] or grammar.prepositional(noun, "by")), None)
    owner = owner or next((h for c in children(noun) if c.dep_ == "acl" for h in grammar.by_agents(c)), None)
    if owner is None:
        return None
    policy = None
    if noun.dep_ == "nsubj" and verb.lemma_ == "be" and verb.tag_ in ("VBZ", "VBD", "VBP"):
        things = [
            c for c in children(verb) if c.i > verb.i and (c.dep_ == "attr" or (c.dep_ == "xcomp" and c.tag_ == "VB"))
        ]
        things = [t for t in things if t.pos_ in ("NOUN", "VERB") and t.lemma_.lower() not in _NOT_TOLD]
        policy = stance_phrase(things[0], verb) if things and not any(c.dep_ == "neg" for c in children(verb)) else None
    elif noun.dep_ == "pobj" and noun.head.lower_ == "under" and verb.pos_ == "VERB" and verb.dep_ in ("ROOT", "ccomp"):
        would = any(c.dep_ == "aux" and c.lower_ in ("would", "will") for c in children(verb))
        policy = assured(verb) if would else None
    return (owner, policy) if policy is not None and len(policy.name.split()) > 1 else None


_NOT_TOLD = word_set("not_told")


def _owned(noun: Token, context: Context) -> Iterator[Statement]:
    """ "Obama's nuclear pact with Iran", "Trump's proposed temporary ban on Muslims"."""
    owners = [c for c in children(noun) if c.dep_ == "poss"]
    if not owners or noun.dep_ in ("compound", "nmod", "conj"):
        return
    if any(c.lower_ in context.wording.words("private_things") for c in children(noun)):
        return
    owner = owners[0]
    inside = [t for t in noun.doc[owner.right_edge.i + 1 : noun.i] if not t.is_punct and t.tag_ != "POS"]
    proposed = [t for t in inside if t.lower_ in context.wording.words("proposed_words")]
    told = [t for t in inside if t.pos_ in ("ADJ", "NOUN", "PROPN", "VERB") and t not in proposed]
    about = [c for c in children(noun) if c.dep_ in ("prep", "acl") and c.i > noun.i]
    lemma = noun.lemma_.lower()
    named = any(t.dep_ == "compound" and t.pos_ == "PROPN" for t in told)
    if (
        lemma in ("plan", "proposal", "policy", "blueprint")
        and not (proposed and about)
        and not (named and noun.tag_ == "NN")
    ):
        return  # "May's Chequers plan" has a name, "his immigration policy" has none
    if lemma in ("rise", "increase") and not any(
        h.lemma_.lower() in _LEVIED for h in grammar.prepositional(noun, "in")
    ):
        return
    if lemma == "wall" and not (proposed or any(t.lower_ == "border" for t in noun.subtree)):
        return
    if lemma in _MOVED:
        told = [t for t in told if t.lower_ not in PRAISE_OR_BLAME and t.lower_ not in _NEW]
        if lemma == "bill" and (
            noun.text.endswith("s") or any(t.lower_ in context.wording.words("paid_bills") for t in inside)
        ):
            return  # "his laundry bills", "his water bill"
        if not told and not about:  # "Clarke's bill survived": which, the article says
            yield from _favoured(owner, policy_entity(noun.doc, noun.i, noun.i, noun.text), noun, context)
            return
    elif not (proposed or about or len(told) > 1 or named or lemma in ("ban", "wall", "law")) or not (told or about):
        return  # "the party's budget" tells nothing
    entity = _without_owner(noun, owner, proposed)
    if entity is not None:
        yield from _favoured(owner, entity, noun, context)


def _favoured(owner: Token, entity: Entity, noun: Token, context: Context) -> Iterator[Statement]:
    for actor in context.arguments.entities(owner, types=(PERSON, ORGANISATION), spread=False):
        if actor.kind in ("country", "newspaper", "broadcaster"):
            continue
        yield from assemble(
            "favours", actor, entity, noun, context, rule="platforms/owned", confidence=0.6, polarity="positive",
            modality="actual",
        )  # fmt: skip


def _without_owner(noun: Token, owner: Token, proposed: list[Token]) -> Entity | None:
    doc = noun.doc
    last = grammar.noun_phrase(noun)[1]
    first = max([owner.right_edge.i, *(t.i for t in proposed if t.i < noun.i)]) + 1
    while first < noun.i and (doc[first].tag_ == "POS" or doc[first].is_punct or doc[first].lower_ in PRAISE_OR_BLAME):
        first += 1
    text = doc[first : last + 1].text.strip("\"'“”‘’ ")
    return policy_entity(doc, first, last, text) if 2 <= len(text.split()) <= 12 else None


def _listed(token: Token, context: Context) -> Iterator[Statement]:
    """ "policy positions that include building a wall, deporting migrants and banning Muslims"."""
    heads = []
    if any(c.dep_ == "neg" for c in children(token)):
        return
    if token.pos_ == "VERB":
        heads = participants.surface_subjects(token) if not grammar.is_passive(token) else []
        if token.dep_ in ("prep", "acl") and token.tag_ == "VBG":
            heads = [token.head]
    elif token.dep_ == "prep":
        heads = [token.head]
    named = [h for h in heads if h.pos_ == "NOUN" and (h.lemma_.lower() in _POSITIONS or _put_forward(h))]
    if not named:
        head = next((h for h in heads if h.pos_ == "NOUN"), None)
        # "one of the toughest proposals on migrants in the presidential field, which includes"
        named = [t for t in head.ancestors if t.lemma_.lower() in _POSITIONS][:1] if head is not None else []
    for noun in named[:1]:
        holders = _holders(noun, context)
        if not holders:
            return
        for item in (i for c in children(token) if c.dep_ in ("dobj", "pobj", "pcomp", "xcomp") for i in _items(c)):
            if item.i < token.i or (token.lemma_ != "include" and item.pos_ != "VERB"):
                continue
            relation = "favours"
            if item.pos_ == "NOUN" and (acts := [c for c in children(item) if c.dep_ == "acl" and c.tag_ == "VB"]):
                # "including a call to build a wall"
                relation = "calls_for" if item.lemma_.lower() in ("call", "demand") else "favours"
                item = acts[0]
            if item.pos_ == "VERB":
                policy = _act(item) if has_content(item, context.arguments, context.wording) else None
            elif (
                money_for(item)
                or (item.pos_ == "NUM" and item.like_num)
                or (
                    item.pos_ == "NOUN"
                    and item.lower_ != "ones"
                    and item.lemma_.lower() not in context.wording.words("people_nouns")
                )
            ):
                policy = stance_phrase(item, token)
            else:
                policy = None
            for actor in holders if policy is not None else ():
                yield from assemble(
                    relation, actor, policy, token, context, rule="platforms/list", confidence=0.65, polarity="positive",
                    modality="actual",
                )  # fmt: skip


def _put_forward(noun: Token) -> bool:
    """ "released a new package, including $600 for the unemployed"."""
    return (
        noun.lemma_.lower() in ("package", "budget", "bill", "legislation", "deal", "reform")
        and noun.dep_ in ("dobj", "nsubjpass") and not takes_no_side(noun.head) and noun.head.lemma_.lower() in PROPOSING | {"propose", "approve", "back"}
    )  # fmt: skip


def _items(head: Token) -> Iterator[Token]:
    yield head
    for child in children(head):
        money = child.dep_ == "appos" and (child.pos_ == "NUM" or child.like_num)
        if (child.dep_ == "conj" or money) and child.i > head.i:
            yield from _items(child)


def _act(verb: Token) -> Entity | None:
    first, last = verb_phrase(verb)
    text = as_noun(verb, phrase_text(verb))
    return policy_entity(verb.doc, first, last, text) if len(text.split()) > 1 else None


def _holders(noun: Token, context: Context) -> list[Entity]:
    """Whose positions they are: "his proposals", "Labour plans", "Trump has drawn protests for positions that"."""
    owners = [c for c in children(noun) if c.dep_ == "poss"] or grammar.prepositional(noun, "by")
    owners = owners or [c for c in children(noun) if c.dep_ in ("compound", "amod", "nmod") and c.pos_ in ("PROPN", "ADJ")
                        and context.arguments.mentions_at(c)]  # fmt: skip
    if not owners:
        node = noun
        if node.dep_ == "pobj" and node.head.lower_ == "of" and node.head.head.pos_ in ("NUM", "NOUN"):
            node = node.head.head
        owners = participants.doer_above(node)
    return [e for h in owners for e in context.arguments.entities(h, types=(PERSON, ORGANISATION))]
