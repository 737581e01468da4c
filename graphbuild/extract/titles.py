"""Background facts: who holds or held which post and who belongs to which party, as the article states it.

They stand in titles ("Tory leader Michael Howard"), appositions ("X, the MP for Middlesbrough,"), after names
("(D-N.Y.)"), in predicates ("served as prisons minister", "replaced Truss as prime minister") and in noun phrases
that denote somebody and add a post ("the Labour leader"). One statement for each distinct post or party.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from spacy.tokens import Doc, Token

from graphbuild.extract.dates import event_date
from graphbuild.extract.grammar import surface_subjects
from graphbuild.extract.memberships import after_name, membership_facts
from graphbuild.extract.role_labels import RolePhrase, role_phrase
from graphbuild.extract.roles_text import (
    Fact,
    Names,
    RoleWords,
    find_posts,
    next_name,
    past_bracket,
    role_words,
    same_sentence,
    with_article,
)
from graphbuild.model import PERSON, PHRASE, Article, Entity, Evidence, Mention, Statement
from graphbuild.parse import offsets
from graphbuild.vocab import mint_id

if TYPE_CHECKING:
    from graphbuild.ontology import Ontology

# "Veritas deputy leader" after "now"; ages; what may open an apposition.
# Posts of these kinds make somebody a member of the party beside them; the leader of a party only leads it.
_MEMBERSHIP_KINDS = frozenset({"seat", "office", "ministry", "bench", "contest"})
_OPENERS = frozenset({"now", "then", "also", "currently", "formerly", "previously", "once"})
_MODALS = frozenset({"will", "would", "could", "may", "might", "should", "can", "must", "to", "'ll", "wo"})
# How often each way of telling a post or party was right on annotated articles.
_CONFIDENCE = {
    "title": 0.9,
    "apposition": 0.85,
    "suffix": 0.95,
    "predicate": 0.75,
    "as": 0.8,
    "nominal": 0.8,
    "adjacent": 0.9,
    "list": 0.8,
    "possessive": 0.7,
    "contest": 0.7,
}


def titles(doc: Doc, article: Article, mentions: Sequence[Mention], ontology: "Ontology") -> Iterator[Statement]:
    """Statements of holds_role, member_of and stands_for that titles and their like express, in text order."""
    words = role_words(ontology.wording.data["roles"])
    names = Names(doc, mentions, words)
    facts = [*_role_facts(names, article), *membership_facts(names)]
    facts.sort(key=lambda fact: (fact.token, fact.relation, fact.person.id, fact.object.id))
    for fact in _distinct(facts, words):
        sentence = doc[fact.token].sent
        start, end = offsets(sentence)
        evidence = Evidence(
            article=article.id,
            start=start,
            end=end,
            text=article.text[start:end],
            trigger=doc[fact.token].text,
            rule=f"titles/{fact.rule}",
            confidence=_CONFIDENCE[fact.rule],
        )
        yield Statement(fact.person, fact.relation, fact.object, evidence, date=fact.date)


def phrase_entity(label: str) -> Entity:
    """The node of a post in words; articles and case make no difference to its id."""
    key = re.sub(r"\b(?:the|a|an)\b ?", "", label.lower())
    return Entity(mint_id("phrase", key), label, PHRASE)


# --- posts ------------------------------------------------------------------------------------------------------


def _role_facts(names: Names, article: Article) -> Iterator[Fact]:
    found_posts = find_posts(names.doc, names.words)
    phrases = _with_owners(names, [role_phrase(names, first, last, post) for first, last, post in found_posts])
    for phrase in phrases:
        mention = _mention_after(names, phrase, comma=False)
        if mention is not None:
            names.titled[phrase.first] = names.titled[phrase.noun] = mention
    holders = [_holders(names, phrase) for phrase in phrases]
    for index in range(len(phrases)):
        if not holders[index]:
            holders[index] = _shared(names, phrases, holders, index)
    for index, phrase in enumerate(phrases):
        found = holders[index] or list(_predicated(names, phrase)) or list(_denoted(names, phrase))
        for person, rule in found:
            yield from _facts_of(names, phrase, person, rule, article)


def _with_owners(names: Names, phrases: list[RolePhrase]) -> list[RolePhrase]:
    """In "Starmer's chief of staff, X, and director of communications, Y" both serve Starmer."""
    out: list[RolePhrase] = []
    served: RolePhrase | None = None
    for phrase in phrases:
        if phrase.post.kind == "staff" and phrase.owner is not None:
            served = phrase
        elif served is not None and served.owner is not None and _serves_too(names, phrase, served):
            label = f"{phrase.label} to {served.owner.name}"
            phrase = replace(phrase, label=label, owner=served.owner, bare=False, public=True)
        out.append(phrase)
    return out


def _serves_too(names: Names, phrase: RolePhrase, served: RolePhrase) -> bool:
    near = phrase.noun - served.noun < 14 and same_sentence(names.doc, served.noun, phrase.noun)
    return near and phrase.post.kind == "staff" and phrase.bare


def _shared(
    names: Names, phrases: list[RolePhrase], holders: list[list[tuple[Entity, str]]], index: int
) -> list[tuple[Entity, str]]:
    """Two posts of one person: "former home secretary and party chairman X", "X, the lord chancellor and MP for Y"."""
    phrase = phrases[index]
    doc = names.doc
    if index + 1 < len(phrases) and _joined(names, phrase, phrases[index + 1]) and phrase.determiner in ("", "a"):
        following = [h for h in holders[index + 1] if h[1] == "title"]
        if following:
            return following
    if index and _joined(names, phrases[index - 1], phrase) and phrases[index - 1].determiner != "":
        before = [h for h in holders[index - 1] if h[1] == "apposition"]
        if before:
            return before
    after = phrase.last + 1
    if phrase.determiner == "" and not phrase.post.plural and after < len(doc) and doc[after].lower_ == "and":
        # "former foreign secretary and Vote Leave campaigner X": words of one noun phrase up to the name
        for ahead in range(after + 1, min(after + 7, len(doc))):
            mention = names.people.get(ahead)
            if mention is not None and mention.entity is not None:
                nouns = doc[after + 1 : ahead]
                common = len(nouns) and nouns[-1].tag_ == "NN" and nouns[-1].text[0].islower()
                return [(mention.entity, "title")] if common and same_sentence(doc, after, ahead) else []
            if doc[ahead].pos_ not in ("NOUN", "PROPN", "ADJ"):
                break
    return []


def _joined(names: Names, before: RolePhrase, after: RolePhrase) -> bool:
    gap = names.doc[before.last + 1 : after.first]
    return len(gap) == 1 and gap[0].lower_ in ("and", "&", "/") and not before.post.plural


def _facts_of(names: Names, phrase: RolePhrase, person: Entity, rule: str, article: Article) -> Iterator[Fact]:
    kind = phrase.post.kind
    for party in phrase.parties:
        if kind in _MEMBERSHIP_KINDS or (kind == "head" and party.name not in phrase.label):
            yield Fact(person, "member_of", party, phrase.noun, rule)
    if kind == "contest":
        contest = _contest(names, phrase)
        if contest:
            yield Fact(person, "stands_for", phrase_entity(contest), phrase.noun, "contest")
        return
    label = phrase.label
    alone = phrase.post.name in names.words.sets["title_alone"] and rule in ("title", "apposition", "suffix")
    if phrase.wants_party or (phrase.bare and "leader" in phrase.post.name and alone):
        party = _own_party(names, person, phrase.noun)
        if party is None:
            return
        label = f"{label} {'for' if 'spokes' in phrase.post.name else 'of'} {with_article(names.words, party)}"
    elif not phrase.public and not alone:
        return
    if rule == "nominal" and phrase.bare and kind not in ("office",) and not phrase.wants_party:
        return
    if phrase.post.name == "member":
        yield from _member(names, phrase, person, rule)
        return
    if kind == "seat" and phrase.bare:
        place = _seat_after(names, phrase)
        label = f"{label} for {place}" if place else label
    date = event_date(names.doc[phrase.noun], article) if rule in ("predicate", "as") else ""
    yield Fact(person, "holds_role", phrase_entity(label), phrase.noun, rule, phrase.post.name, label, date)


def _member(names: Names, phrase: RolePhrase, person: Entity, rule: str) -> Iterator[Fact]:
    """ "a member of the London Assembly" holds a post, "a member of the Labour Party" belongs to it."""
    for index in range(phrase.noun_last + 1, phrase.last + 1):
        mention = names.bodies.get(index)
        if mention is not None and mention.entity is not None:
            if re.search(r"Assembly|Parliament|Congress|Senate|House|Commons|Lords|Council", mention.entity.name):
                yield Fact(person, "holds_role", phrase_entity(phrase.label), phrase.noun, rule, "member", phrase.label)
            else:
                yield Fact(person, "member_of", mention.entity, phrase.noun, rule)
            return


def _own_party(names: Names, person: Entity, index: int) -> str:
    """The party meant by "the party" when a post of this person is told."""
    near = names.party_before(index)
    if person.party:
        for _, party in names.parties:
            if person.party in (party.id, party.name, party.id.partition("/")[2]):
                return party.name
    return near.name if near else ""


def _contest(names: Names, phrase: RolePhrase) -> str:
    """What a candidate stands for, "" when the words do not say."""
    text = phrase.label.lower()
    place = re.search(r"\b(?:for|in) (?:the )?([A-Z].*)", phrase.label)
    for word, post in sorted(names.words.data["contests"].items(), key=lambda item: -len(item[0])):
        if re.search(rf"\b{re.escape(word)}\b", text.split(" for ")[0]):
            if post in ("leader", "deputy leader"):
                party = phrase.parties[0] if phrase.parties else names.party_before(phrase.noun)
                return f"{post} of {with_article(names.words, party.name)}" if party else ""
            return str(post)
    after = re.search(r"\bfor ((?:mayor|president|governor|leader|chairman|sheriff)\b.*)", phrase.label)
    if after:
        return after.group(1)
    return place.group(1) if place and not any(p.name in phrase.label for _, p in names.parties) else ""


def _seat_after(names: Names, phrase: RolePhrase) -> str:
    """The state or seat told after the name that a bare title stands before: "Rep. X (D-Calif.)", "Sen. X of Texas"."""
    doc = names.doc
    mention = names.people.get(past_bracket(names, phrase.last + 1))
    if mention is None:
        mention = names.people.get(phrase.first - 1)
    if mention is None:
        return ""
    _, seat = after_name(names, mention)
    if seat:
        return seat
    after = mention.last + 1
    if after + 1 < len(doc) and doc[after].lower_ in ("of", "from", "for"):
        two = doc[after + 1 : after + 3].text
        for text in (two, doc[after + 1].text):
            if text in names.words.data["states"].values():
                return text
    return ""


# --- whose post it is -------------------------------------------------------------------------------------------


def _holders(names: Names, phrase: RolePhrase) -> list[tuple[Entity, str]]:
    """People named right beside the phrase, each with the rule that found them."""
    direct = _named_after(names, phrase, comma=False)
    if direct:
        return [(person, "title") for person in direct]
    if person := _named_before(names, phrase):
        return [person]
    return [(person, "title") for person in _named_after(names, phrase, comma=True)]


def _named_after(names: Names, phrase: RolePhrase, *, comma: bool) -> list[Entity]:
    """ "Labour leader X", "ministers X, Y and Z"; with ``comma`` also "the party's deputy leader, X, said"."""
    mention = _mention_after(names, phrase, comma=comma)
    people = []
    while mention is not None and mention.entity is not None:
        people.append(mention.entity)
        mention = next_name(names, mention.last + 1) if phrase.post.plural else None
    return people


def _mention_after(names: Names, phrase: RolePhrase, *, comma: bool) -> Mention | None:
    """The name that a post is the title of."""
    doc = names.doc
    inside = names.people.get(phrase.noun)
    if inside is not None and inside.last > phrase.noun_last and not comma:
        return inside
    index = phrase.last + 1
    if comma:
        told = phrase.determiner in ("the", "poss") or bool(phrase.parties) or not phrase.bare
        if index >= len(doc) or doc[index].text not in (",", "-", "–") or not told or phrase.post.plural:
            return None
        index += 1
    index = past_bracket(names, index)
    mention = names.people.get(index)
    if mention is None or mention.first < phrase.noun or not same_sentence(doc, phrase.noun, index):
        return None
    return None if comma and not _closed(doc, mention.last + 1) else mention


def _closed(doc: Doc, index: int) -> bool:
    return (
        index >= len(doc)
        or doc[index].text in (",", ".", ")", "-", "–", ":", ";", "(")
        or doc[index].pos_ in ("VERB", "AUX")
    )


def _named_before(names: Names, phrase: RolePhrase) -> tuple[Entity, str] | None:
    """ "X, the MP for Middlesbrough,", "X (shadow chancellor)", "X MP"."""
    doc = names.doc
    index = phrase.first - 1
    if index in names.people and phrase.post.kind == "seat" and phrase.post.name.isupper():
        mention = names.people[index]
        return (mention.entity, "suffix") if mention.entity else None
    while index > 0 and doc[index].lower_ in _OPENERS:
        index -= 1
    if index < 1 or doc[index].text not in (",", "-", "–", "—", "(") or phrase.post.plural:
        return None
    index -= 1
    if doc[index].like_num and index > 1 and doc[index - 1].text == ",":
        index -= 2
    elif doc[index].text in (")", ","):
        index = next((i - 1 for i in range(index - 1, max(index - 7, 0), -1) if doc[i].text in ("(", ",")), index)
    mention = names.people.get(index)
    if mention is None or mention.entity is None or not same_sentence(doc, index, phrase.noun):
        return None
    if _starts_another(names, phrase):
        return None
    return mention.entity, "apposition"


def _starts_another(names: Names, phrase: RolePhrase) -> bool:
    """Does the phrase after a name belong to what follows rather than to the name?"""
    doc = names.doc
    after = phrase.last + 1
    if after >= len(doc):
        return False
    token = doc[after]
    # "Blair, the chancellor and the foreign secretary": a list of people, not one man's post.
    if token.lower_ == "and" and phrase.bare and after + 1 < len(doc) and doc[after + 1].pos_ == "DET":
        return any(names.words.in_post(t.lower_) for t in doc[after + 2 : after + 6])
    if token.pos_ in ("NOUN", "PROPN") and token.text[0].isalpha() and doc[phrase.noun_last].dep_ == "compound":
        return True
    # "drops out and backs Biden, the Hawaii congresswoman announced": the subject of another clause.
    return token.tag_ in ("POS", "VBD", "VBZ", "VBP", "MD")


def _person_at(names: Names, token: Token) -> Entity | None:
    mention = names.people.get(token.i)
    if mention is None:
        # "her friend Boris Johnson was prime minister": the parser makes the name an apposition of the noun.
        mention = next((names.people[c.i] for c in token.children if c.dep_ == "appos" and c.i in names.people), None)
    return mention.entity if mention is not None else names.owner(token)


def _predicated(names: Names, phrase: RolePhrase) -> Iterator[tuple[Entity, str]]:
    """ "is the leader of", "served as", "was named chairman", "replaced Truss as prime minister"."""
    data = names.words.data
    token = names.doc[phrase.noun : phrase.noun_last + 1].root
    while token.dep_ == "conj" and token.head.pos_ in ("NOUN", "PROPN"):
        token = token.head
    head = token.head
    if phrase.post.plural and token.dep_ != "attr":
        return
    if token.dep_ == "attr" and head.lemma_ in data["linking"] and _actual(head):
        subjects = [c for t in surface_subjects(head) for c in (t, *t.conjuncts)]
        yield from ((p, "predicate") for t in subjects if (p := _person_at(names, t)))
    elif token.dep_ == "oprd" and head.lemma_ in data["held_by_object"] and _actual(head):
        yield from ((p, "predicate") for t in _objects(head) if (p := _person_at(names, t)))
    elif token.dep_ == "pobj" and head.lower_ == "as":
        must = phrase.post.kind == "contest"
        beside = names.people.get(head.i - 1)
        if beside is not None and _lost_or_given(names, beside, data):
            yield from ((p, "as") for p in [beside.entity] if p)
            return
        yield from ((p, "as") for t in _as_holders(head.head, data, must) if (p := _person_at(names, t)))


# To be given a post or to act in one tells of a holder only where it happened; to lose or to keep one always does.
_GIVEN = frozenset({"appoint", "name", "elect", "install", "hire", "make", "select", "choose", "confirm", "reinstate"})
_ACTED = frozenset({"serve", "act", "work", "return", "become"})


def _as_holders(governor: Token, data: Mapping[str, list[str]], contest: bool) -> Iterator[Token]:
    lemma = governor.lemma_.lower()
    if lemma in data["held_by_subject"] and governor.pos_ in ("VERB", "AUX"):
        if _actual(governor) or (lemma not in _ACTED and not contest):
            yield from surface_subjects(governor)
    elif lemma in data["held_by_object"] and governor.pos_ == "VERB":
        if _actual(governor) or (lemma not in _GIVEN and not contest):
            yield from _objects(governor)
    elif governor.pos_ == "NOUN" and lemma in data["held_by_owner"]:
        yield from (c for c in governor.children if c.dep_ == "poss")


def _lost_or_given(names: Names, mention: Mention, data: Mapping[str, list[str]]) -> bool:
    """ "removed X as", "reinstating X as": the verb right before the name, whatever the parser made of it."""
    if mention.first == 0:
        return False
    verb = names.doc[mention.first - 1]
    return verb.lemma_.lower() in data["held_by_object"] and verb.tag_ in ("VBD", "VBG", "VBN", "VBZ")


def _objects(verb: Token) -> list[Token]:
    found = [c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")]
    if not found and verb.tag_ == "VBN" and verb.dep_ in ("relcl", "acl", "conj", "advcl"):
        found = surface_subjects(verb)
    return found


def _actual(verb: Token) -> bool:
    """Neither denied nor merely wanted, asked or possible."""
    for child in verb.children:
        if child.dep_ == "neg" or child.lower_ in ("if", "whether", "never"):
            return False
        if child.dep_ in ("aux", "auxpass") and child.lower_ in _MODALS:
            return False
    return verb.dep_ != "xcomp" or verb.tag_ == "VBG"


def _denoted(names: Names, phrase: RolePhrase) -> Iterator[tuple[Entity, str]]:
    """A noun phrase that is known to denote somebody and tells a post of his."""
    informal = phrase.post.name in ("chief", "boss", "head") and not phrase.label.startswith("head of")
    if phrase.post.plural or phrase.determiner == "a" or informal:
        return
    for index in range(phrase.noun, phrase.noun_last + 1):
        person = names.owner(names.doc[index])
        if person is not None:
            yield person, "nominal"
            return


# --- one statement for each distinct post or party --------------------------------------------------------------


def _distinct(facts: Sequence[Fact], words: RoleWords) -> list[Fact]:
    kept: list[Fact] = []
    for fact in facts:
        if fact.person.type != PERSON or fact.person.id == fact.object.id:
            continue
        same = next((n for n, other in enumerate(kept) if _covers(other, fact, words)), None)
        if same is not None:
            continue
        wider = [n for n, other in enumerate(kept) if _covers(fact, other, words)]
        if wider:
            kept[wider[0]] = replace(fact, date=fact.date or kept[wider[0]].date)
            kept = [f for n, f in enumerate(kept) if n not in wider[1:]]
        else:
            kept.append(fact)
    return kept


def _covers(one: Fact, other: Fact, words: RoleWords) -> bool:
    """Does the first fact tell all that the second tells?"""
    if one.person.id != other.person.id or one.relation != other.relation:
        return False
    if one.object.id == other.object.id:
        return True
    if one.relation != "holds_role":
        return False
    informal = other.post in ("head", "chief", "boss")
    if not informal and _post_class(one.post, words) != _post_class(other.post, words):
        return False
    mine, theirs = _content(one), _content(other)
    if informal and not theirs:
        return False
    return theirs <= mine and not any(words.has("forming", w) for w in mine - theirs)


def _post_class(post: str, words: RoleWords) -> str:
    for group in words.data["same_post"]:
        if post in group:
            return str(group[0])
    return post


def _content(fact: Fact) -> set[str]:
    rest = fact.label.lower().replace(fact.post.lower(), " ", 1)
    return set(re.findall(r"[^\W_]+", rest)) - {"of", "for", "the", "to", "and", "at", "in", "from", "on", "a"}
