"""Background facts: who holds or held which post and who belongs to which party, as the article states it.

They stand in titles ("Tory leader Michael Howard"), appositions ("X, the MP for Middlesbrough,"), after names
("(D-N.Y.)"), in predicates ("served as prisons minister", "replaced Truss as prime minister") and in noun phrases
that denote somebody and add a post ("the Labour leader"). One statement for each distinct post or party.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from spacy.tokens import Doc

from graphbuild.extract.dates import event_date
from graphbuild.extract.holders import Holder, with_holders
from graphbuild.extract.memberships import after_name, apposed_party, membership_facts
from graphbuild.extract.role_labels import RolePhrase, role_phrase
from graphbuild.extract.roles_text import (
    Fact,
    Names,
    RoleWords,
    find_posts,
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

# Posts of these kinds make somebody a member of the party beside them, unless it is the party that the post heads.
_MEMBERSHIP_KINDS = frozenset({"seat", "office", "ministry", "bench", "contest", "head"})
# How often each way of telling a post or party was right on annotated articles.
_CONFIDENCE = {
    "title": 0.93,
    "suffix": 0.93,
    "apposition": 0.92,
    "introduced": 0.8,
    "predicate": 0.88,
    "as": 0.88,
    "nominal": 0.8,
    "adjacent": 0.9,
    "list": 0.88,
    "possessive": 0.65,
    "contest": 0.7,
}


def titles(doc: Doc, article: Article, mentions: Sequence[Mention], ontology: "Ontology") -> Iterator[Statement]:
    """Statements of holds_role, member_of and stands_for that titles and their like express, in text order."""
    words = role_words(ontology.wording.data["roles"])
    names = Names(doc, mentions, words)
    roles = list(_role_facts(names, article))
    roles += [*_inherited(names, roles), *_represented(names, roles), *_tenures(names)]
    facts = [*_certain(roles), *membership_facts(names)]
    facts.sort(key=lambda fact: (fact.token, fact.relation, fact.person.id, fact.object.id))
    for fact in _distinct(facts, words):
        start, end = offsets(doc[fact.token].sent)
        text = article.text[start:end]
        start += len(text) - len(text.lstrip())
        text = text.strip()
        confidence = _CONFIDENCE[fact.rule]
        trigger = doc[fact.token].text
        evidence = Evidence(article.id, start, start + len(text), text, trigger, f"titles/{fact.rule}", confidence)
        yield Statement(fact.person, fact.relation, fact.object, evidence, date=fact.date)


def phrase_entity(label: str) -> Entity:
    """The node of a post in words; articles and case make no difference to its id."""
    key = re.sub(r"\b(?:the|a|an)\b ?", "", label.lower())
    return Entity(mint_id("phrase", key), label, PHRASE)


# --- posts ------------------------------------------------------------------------------------------------------


def _role_facts(names: Names, article: Article) -> Iterator[Fact]:
    found = find_posts(names)
    phrases = [role_phrase(names, first, last, post) for first, last, post in found]
    held = list(with_holders(names, phrases))
    pairs = [(phrase, *holder) for phrase, holders in held for holder in holders]
    told = [fact for phrase, person, rule in pairs for fact in _facts_of(names, phrase, person, rule, article)]
    yield from told
    yield from _introduced(names, held)
    yield from _completed(names, held, told)


def _completed(
    names: Names, held: Sequence[tuple[RolePhrase, Sequence[Holder]]], told: Sequence[Fact]
) -> Iterator[Fact]:
    """ "Sen. X ... The Queensland senator ...": the place of the one person whom the article gives that post without."""
    for phrase, holders in held:
        place = phrase.post.kind in ("seat", "office") and not phrase.bare and not phrase.post.plural
        if holders or not place or phrase.determiner != "the":
            continue
        posts = [f for f in told if f.post == phrase.post.name]
        bare = all(f.label.lower() == f.post.lower() for f in posts)
        if bare and len({f.person.id for f in posts}) == 1:
            entity = phrase_entity(phrase.label)
            yield Fact(posts[0].person, "holds_role", entity, phrase.noun, "nominal", phrase.post.name, phrase.label)


_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "both": 2}


def _introduced(names: Names, held: Sequence[tuple[RolePhrase, Sequence[Holder]]]) -> Iterator[Fact]:
    """The news opens with party and post and names the person in the next sentences, with the same post.

    "A Conservative MP has defected. X, 58, MP for Wantage, said ...", "Two Labour council leaders have called ..."
    """
    doc = names.doc
    openings = [sent.start for sent in doc.sents][:9]
    for number, (phrase, holders) in enumerate(held):
        place = max((n for n, start in enumerate(openings) if start <= phrase.noun), default=0)
        count = _COUNTS.get(doc[phrase.first].lower_, 0) if phrase.post.plural else int(phrase.determiner == "a")
        if holders or not count or not phrase.parties or place > 2:
            continue
        last = place + (3 if count == 1 else 5)
        limit = openings[last] if last < len(openings) else len(doc)
        people: dict[str, Entity] = {}
        for later, found in held[number + 1 :]:
            full = len(people) == 1 == count
            if later.noun < limit and later.post.name == phrase.post.name and not (full or later.former):
                people.update({e.id: e for e, rule in found if rule in ("title", "apposition", "suffix")})
        if len(people) == count:
            yield from (Fact(p, "member_of", phrase.parties[0], phrase.noun, "introduced") for p in people.values())


def _inherited(names: Names, roles: Sequence[Fact]) -> Iterator[Fact]:
    """ "UKIP leader X accused his predecessor Y": Y held what X holds, where the same sentence tells X's one post."""
    doc = names.doc
    for index, word in enumerate(names.lowers):
        if word != "predecessor" or index < 2 or index + 2 >= len(doc):
            continue
        token = doc[index]
        owner = token.nbor(-2) if token.nbor(-1).tag_ == "POS" else token.nbor(-1)
        whose = names.people[owner.i].entity if owner.i in names.people else names.owner(owner)
        after = token.i + 2 if token.nbor().text == "," else token.i + 1
        mention = names.people.get(past_bracket(names, after))
        if mention is None or mention.entity is None or not (whose or owner.tag_ == "PRP$"):
            continue
        here = [f for f in roles if f.relation == "holds_role" and same_sentence(doc, f.token, token.i)]
        posts = [f for f in here if whose is None or f.person.id == whose.id]
        if len({(f.person.id, f.object.id) for f in posts}) == 1 and posts[0].person.id != mention.entity.id:
            yield replace(posts[0], person=mention.entity, token=token.i, rule="predicate", date="")


def _tenures(names: Names) -> Iterator[Fact]:
    """ "the premiership of X", "X's presidency": a noun for the time in a post names the post."""
    doc = names.doc
    for index, word in enumerate(names.lowers):
        post = names.words.data["tenures"].get(word)
        if post is None:
            continue
        token = doc[index]
        mention = None
        if index > 1 and token.nbor(-1).tag_ == "POS":
            mention = names.people.get(index - 2)
        elif index + 2 < len(doc) and names.lowers[index + 1] == "of":
            mention = names.people.get(past_bracket(names, index + 2))
        if mention is not None and mention.entity is not None:
            yield Fact(mention.entity, "holds_role", phrase_entity(post), index, "predicate", post, post)


def _certain(facts: Sequence[Fact]) -> list[Fact]:
    """Without posts that only a noun phrase tells of somebody whom a name calls something near it: for "shadow foreign
    secretary X" a later "the foreign secretary" is somebody else, as is "the president" for "Vice President X"."""
    told = {(f.person.id, f.label.lower()) for f in facts if f.rule != "nominal"}
    kept = []
    for fact in facts:
        near = [f"{word} {fact.label.lower()}" for word in ("shadow", "deputy", "vice", "former vice", "assistant")]
        if fact.rule != "nominal" or not any((fact.person.id, label) in told for label in near):
            kept.append(fact)
    return kept


def _represented(names: Names, roles: Sequence[Fact]) -> Iterator[Fact]:
    """ "He represented Bristol East from 1983": a seat of the kind that the article gives the person elsewhere."""
    seats = {f.person.id: f.post for f in roles if f.post in names.words.data["posts"]["seat"]}
    for index, word in enumerate(names.lowers):
        if not word.startswith("represent") or names.doc[index].pos_ != "VERB":
            continue
        token = names.doc[index]
        place = next((c for c in token.children if c.dep_ == "dobj" and c.pos_ == "PROPN"), None)
        subject = next((c for c in token.children if c.dep_ == "nsubj"), None)
        if place is None or subject is None or place.i in names.people or names.party_at(place.i):
            continue
        mention = names.people.get(subject.i)
        person = mention.entity if mention else names.owner(subject)
        if person is not None and person.id in seats:
            first = min([place.i, *(c.i for c in place.lefts if c.dep_ == "compound")])
            post = seats[person.id]
            label = f"{post} for {names.doc[first : place.i + 1].text}"
            yield Fact(person, "holds_role", phrase_entity(label), token.i, "predicate", post, label)


def _facts_of(names: Names, phrase: RolePhrase, person: Entity, rule: str, article: Article) -> Iterator[Fact]:
    kind = phrase.post.kind
    for party in phrase.parties:
        if kind in _MEMBERSHIP_KINDS and party.name not in phrase.label:
            yield Fact(person, "member_of", party, phrase.noun, rule)
    if kind == "contest":
        contest = _contest(names, phrase)
        if contest:
            yield Fact(person, "stands_for", phrase_entity(contest), phrase.noun, "contest")
        return
    label = phrase.label
    alone = phrase.post.name in names.words.sets["title_alone"] and phrase.bare and rule != "nominal"
    alone = alone and (rule in ("title", "apposition", "suffix") or "leader" in phrase.post.name)
    if phrase.wants_party or (phrase.bare and "leader" in phrase.post.name and alone):
        body = _own_party(names, person, phrase)
        if not body:
            return
        label = f"{label} {'for' if 'spokes' in phrase.post.name else 'of'} {with_article(names.words, body)}"
    elif not phrase.public and not alone:
        return
    if phrase.post.name == "lawyer" and not (phrase.owner and (phrase.owner.party or phrase.owner.same_as)):
        return
    if rule == "nominal" and phrase.bare and kind not in ("office",) and not phrase.wants_party:
        return
    if phrase.post.name == "member":
        yield from _member(names, phrase, person, rule)
        return
    if kind == "seat" and phrase.bare and rule == "title":
        place = _seat_after(names, phrase)
        label = f"{label} for {place}" if place else label
    # "served as minister in 2004" dates the post; "resigned as minister on Monday" dates its end.
    date = event_date(names.doc[phrase.noun], article) if rule == "predicate" else ""
    yield Fact(person, "holds_role", phrase_entity(label), phrase.noun, rule, phrase.post.name, label, date)


def _member(names: Names, phrase: RolePhrase, person: Entity, rule: str) -> Iterator[Fact]:
    """ "a member of the London Assembly" holds a post, "a member of the Labour Party" belongs to it."""
    for index in (*range(phrase.noun_last + 1, phrase.last + 1), *range(phrase.noun - 1, phrase.first - 1, -1)):
        mention = names.bodies.get(index)
        if mention is not None and mention.entity is not None:
            if re.search(r"Assembly|Parliament|Congress|Senate|House|Commons|Lords|Council", mention.entity.name):
                label = f"member of {with_article(names.words, mention.entity.name)}"
                yield Fact(person, "holds_role", phrase_entity(label), phrase.noun, rule, "member", label)
            else:
                yield Fact(person, "member_of", mention.entity, phrase.noun, rule)
            return


def _own_party(names: Names, person: Entity, phrase: RolePhrase) -> str:
    """The party meant by "party leader X" or by a mere "leader X"; "" when the text leaves it open."""
    if person.party:
        for _, party in names.parties:
            if person.party in (party.id, party.name, party.id.partition("/")[2]):
                return party.name
    near = names.party_before(phrase.noun)
    alone = len({party.id for _, party in names.parties}) == 1 and phrase.determiner != "poss"
    if near is None or phrase.wants_party or alone:
        return near.name if near else ""
    beside = [party for first, party in names.parties if same_sentence(names.doc, first, phrase.noun)]
    return beside[0].name if len({party.id for party in beside}) == 1 else ""


def _contest(names: Names, phrase: RolePhrase) -> str:
    """The seat or office that a candidate is told to stand for ("candidate for Slough"), "" for other contests."""
    match = re.search(r"\bfor ((?:the )?[A-Z].*|(?:mayor|president|governor|leader|sheriff)\b.*)", phrase.label)
    seat = match.group(1).removeprefix("the ") if match else ""
    return "" if any(party.name in phrase.label for _, party in names.parties) else seat


def _seat_after(names: Names, phrase: RolePhrase) -> str:
    """The state or seat told after the name that a bare title stands before: "Rep. X (D-Calif.)", "Sen. X of Texas"."""
    doc = names.doc
    mention = names.people.get(past_bracket(names, phrase.last + 1))
    if mention is None:
        mention = names.people.get(phrase.first - 1)
    if mention is None:
        return ""
    _, seat = after_name(names, mention)
    seat = seat or apposed_party(names, mention)[1]
    if seat:
        return seat
    after = mention.last + 1
    if after + 1 < len(doc) and doc[after].lower_ in ("of", "from", "for"):
        two = doc[after + 1 : after + 3].text
        for text in (two, doc[after + 1].text):
            if text in names.words.data["states"].values():
                return text
    return ""


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
