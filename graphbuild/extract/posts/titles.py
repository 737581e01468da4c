"""Background facts: who holds or held which post and who belongs to which party, as the article states it.

They stand in titles ("Tory leader Michael Howard"), appositions ("X, the MP for Middlesbrough,"), after names
("(D-N.Y.)"), in predicates ("served as prisons minister", "replaced Truss as prime minister") and in noun phrases
that denote somebody and add a post ("the Labour leader"). One statement for each distinct post or party.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from spacy.tokens import Doc, Token

from graphbuild.extract.article.dates import event_date
from graphbuild.extract.posts.belonging import belonging, seats_of_letters
from graphbuild.extract.posts.duties import duties
from graphbuild.extract.posts.holders import place_end, with_holders
from graphbuild.extract.posts.implied import certain, completed, inherited, introduced, led, tenures
from graphbuild.extract.posts.memberships import after_name, apposed_party, membership_facts
from graphbuild.extract.posts.post_context import SPOKES, public_body
from graphbuild.extract.posts.role_labels import RolePhrase, role_phrase
from graphbuild.extract.posts.roles_text import (
    Fact,
    Names,
    RoleWords,
    find_posts,
    past_bracket,
    post_entity,
    role_words,
    same_sentence,
    with_article,
)
from graphbuild.model import PERSON, Article, Entity, Evidence, Mention, Statement
from graphbuild.parse import offsets

if TYPE_CHECKING:
    from graphbuild.ontology import Ontology

# Posts of these kinds make somebody a member of the party beside them, unless it is the party that the post heads.
_MEMBERSHIP_KINDS = frozenset("seat office ministry bench contest head".split())
# How often each way of telling a post or party was right on annotated articles.
_CONFIDENCE = {
    "title": 0.93, "suffix": 0.93, "apposition": 0.92, "introduced": 0.8, "predicate": 0.88, "as": 0.88, "nominal":
    0.8, "adjacent": 0.9, "list": 0.88, "possessive": 0.65, "contest": 0.7,
}  # fmt: skip


def titles(doc: Doc, article: Article, mentions: Sequence[Mention], ontology: "Ontology") -> Iterator[Statement]:
    """Statements of holds_role, member_of and stands_for that titles and their like express, in text order."""
    words = role_words(ontology.wording.data["roles"])
    names = Names(doc, mentions, words)
    roles = list(_role_facts(names, article))
    roles += [*inherited(names, roles), *tenures(names), *led(names)]
    roles += seats_of_letters(names, roles)
    roles += list(duties(names, roles))
    facts = [*certain(roles), *membership_facts(names), *belonging(names)]
    facts.sort(key=lambda fact: (fact.token, fact.relation, fact.person.id, fact.object.id))
    for fact in _distinct(facts, words):
        span = doc[fact.token].sent
        if span.end < len(doc) and span[-1].text.endswith(".") and len(span[-1]) > 1:
            span = doc[span.start : doc[span.end].sent.end]  # "Reps." ends no sentence
        start, end = offsets(span)
        text = article.text[start:end]
        start += len(text) - len(text.lstrip())
        text = text.strip()
        confidence = _CONFIDENCE[fact.rule]
        trigger = doc[fact.token].text
        evidence = Evidence(article.id, start, start + len(text), text, trigger, f"titles/{fact.rule}", confidence)
        yield Statement(fact.person, fact.relation, fact.object, evidence, date=fact.date)


# --- posts ------------------------------------------------------------------------------------------------------


def _role_facts(names: Names, article: Article) -> Iterator[Fact]:
    found = find_posts(names)
    phrases = [role_phrase(names, first, last, post) for first, last, post in found]
    held = list(with_holders(names, phrases))
    pairs = [(phrase, *holder) for phrase, holders in held for holder in holders]
    told = [fact for phrase, person, rule in pairs for fact in _facts_of(names, phrase, person, rule, article)]
    yield from told
    yield from introduced(names, held)
    yield from completed(held, told)


def _facts_of(names: Names, phrase: RolePhrase, person: Entity, rule: str, article: Article) -> Iterator[Fact]:
    kind = phrase.post.kind
    if phrase.owner is not None and phrase.owner.id == person.id:
        return  # "X, after serving as his counsel"
    if rule == "title" and kind == "office" and phrase.determiner == "a" and phrase.bare and not phrase.parties:
        return  # "a President Connolly might confuse the world": she would be one
    for party in phrase.parties:
        brief = phrase.post.name in SPOKES and any(
            names.words.has("portfolio", w) for w in phrase.label.partition(" for ")[0].lower().split()
        )  # "Labour's health spokesperson X" sits on its front bench
        if brief or (kind in _MEMBERSHIP_KINDS and party.name.lower() not in phrase.label.lower()):
            yield Fact(person, "member_of", party, phrase.noun, rule)
    if kind == "contest":
        contest = _contest(names, phrase)
        if contest:
            yield Fact(person, "stands_for", post_entity(contest), phrase.noun, "contest")
        return
    if (
        "leader" in phrase.post.name
        and phrase.bare
        and phrase.determiner == "a"
        and not phrase.parties
        and not phrase.wants_party
    ):
        return  # "X is a great leader"
    if phrase.post.name == "agent" and (phrase.owner is not None or phrase.bare):
        return  # of a footballer
    if rule == "nominal" and phrase.post.name == "whip":
        return  # "the party whip was taken from him": a thing
    label = phrase.label
    alone = phrase.post.name in names.words.sets["title_alone"] and phrase.bare and rule != "nominal"
    alone = alone and (rule in ("title", "apposition", "suffix") or "leader" in phrase.post.name)
    if rule == "list":
        alone = kind in ("seat", "office")
        if kind == "head" and "leader" in phrase.post.name and (phrase.bare or phrase.wants_party or phrase.parties):
            # "party leaders, including Senator X" are none who lead it
            yield from (Fact(person, "member_of", party, phrase.noun, rule) for party in phrase.parties)
            return
    if phrase.wants_party or (phrase.bare and "leader" in phrase.post.name and alone):
        body = _own_party(names, person, phrase)
        if not body:
            return
        label = f"{label} {'for' if 'spokes' in phrase.post.name else 'of'} {with_article(names.words, body)}"
    elif not phrase.public and not alone:
        body = _body_at_hand(names, phrase) if rule in ("apposition", "title", "as") else ""
        if not body:
            return
        label = f"{label} {'for' if 'spokes' in label else 'of'} {with_article(names.words, body)}"
    if phrase.post.name == "lawyer" and not (phrase.owner and (phrase.owner.party or phrase.owner.same_as)):
        return
    if (
        rule == "nominal"
        and phrase.bare
        and not (kind in ("office", "law") or phrase.post.name in _ALONE or phrase.wants_party)
    ):
        return
    if phrase.post.name == "member":
        yield from _member(names, phrase, person, rule)
        return
    if kind == "seat" and phrase.bare and rule in ("title", "list"):
        place = _seat_after(names, phrase, person)
        if phrase.post.name == "MP" and place in names.words.data["states"].values():
            return  # "lawmaker Ro Khanna, a California Democrat"
        label = f"{label} for {place}" if place else label
    if phrase.post.name in _GOVERNING and phrase.bare and rule == "title":
        place = _seat_after(names, phrase, person)
        label = f"{label} of {place}" if place else label
    # "served as minister in 2004" dates the post; "resigned as minister on Monday" dates its end.
    date = event_date(names.doc[phrase.noun], article) if rule == "predicate" else ""
    yield Fact(person, "holds_role", post_entity(label), phrase.noun, rule, phrase.post.name, label, date)


# Heads of bodies that a mere noun tells, where it is known whom it denotes: "the Speaker", "the chief whip".
_ALONE = frozenset({"speaker", "chief whip", "director of public prosecutions", "cabinet secretary"})


def _member(names: Names, phrase: RolePhrase, person: Entity, rule: str) -> Iterator[Fact]:
    """ "a member of the London Assembly" holds a post, "a member of the Labour Party" belongs to it."""
    for index in (*range(phrase.noun_last + 1, phrase.last + 1), *range(phrase.noun - 1, phrase.first - 1, -1)):
        mention = names.bodies.get(index)
        if mention is not None and mention.entity is not None:
            if re.search(
                r"Assembly|Parliament|Congress|Senate|House|Commons|Lords|Council|Sabha|Knesset|Bundestag|Seanad|Duma",
                mention.entity.name,
            ):
                label = f"member of {with_article(names.words, mention.entity.name)}"
                yield Fact(person, "holds_role", post_entity(label), phrase.noun, rule, "member", label)
            else:
                became = rule == "predicate" and names.doc[phrase.noun].head.lemma_ == "become"
                yield Fact(person, "joins" if became else "member_of", mention.entity, phrase.noun, rule)
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


def _body_at_hand(names: Names, phrase: RolePhrase) -> str:
    """The one body named in the two sentences up to "X, the general secretary" or "general secretary X"; "" for none."""
    doc, has = names.doc, names.words.has
    if (
        names.lowers[phrase.noun_last + 1 : phrase.noun_last + 2] in (["of"], ["for"], ["at"])
        or not (has("party_posts", phrase.post.name) or has("body_posts", phrase.post.name))
        or phrase.label != phrase.post.name
        or phrase.determiner not in ("the", "")
    ):
        return ""
    start = doc[phrase.noun].sent.start
    start = doc[start - 1].sent.start if start else start
    before = {
        m.entity.id: (i, m.entity) for i, m in names.bodies.items()
        if i < phrase.noun and m.entity and m.entity.kind not in ("government", "parliament", "chamber")
    }  # fmt: skip
    unions = [e for _, e in before.values() if e.kind == "union"] if "secretary" in phrase.post.name else []
    if "chair" in phrase.post.name or phrase.post.name == "ranking member":
        # "Chuck Grassley (R-Iowa), the chairman, agreed": of the committee of which the article speaks
        unions = [
            e for _, e in before.values() if e.name.rsplit(" ", 1)[-1].lower() in ("committee", "commission", "inquiry")
        ]
    found = unions if len(unions) == 1 else [e for i, e in before.values() if i >= start]
    body = found[0] if len(found) == 1 else None
    if body is None:
        return ""
    party = names.is_party(body) and has("party_posts", phrase.post.name)
    return body.name if party or (public_body(body) and not names.is_party(body)) else ""


def _contest(names: Names, phrase: RolePhrase) -> str:
    """The seat or office that a candidate is told to stand for ("candidate for Slough"), "" for other contests."""
    match = re.search(r"\b(?:for|in) ((?:the )?[A-Z].*|(?:mayor|president|governor|leader|sheriff)\b.*)", phrase.label)
    seat = match.group(1).removeprefix("the ") if match else ""
    told = (
        "Court" in seat
        or any(party.name in phrase.label for _, party in names.parties)
        or any(c.isdigit() for c in seat)
    )
    return "" if told else seat


# Who governs a place, told after his name: "Governor Nyesom Wike of Rivers State", "Prime Minister Narendra Modi of India".
_GOVERNING = frozenset(["governor", "mayor", "premier", "prime minister", "president", "chief minister"])


def _in_place_name(token: Token) -> bool:
    return bool(token.is_title) or token.lower_ in ("and", "of", "the", "-", ",", "upon")


def _seat_after(names: Names, phrase: RolePhrase, person: Entity) -> str:
    """The state or seat told after the name that a bare title stands before: "Rep. X (D-Calif.)", "Sen. X of Texas"."""
    doc = names.doc
    mention = names.people.get(past_bracket(names, phrase.last + 1))
    if phrase.post.plural:
        ahead = range(phrase.last + 1, min(phrase.last + 60, doc[phrase.noun].sent.end))
        mention = next((names.people[i] for i in ahead if i in names.people and names.people[i].entity == person), None)
    if mention is None:
        mention = names.people.get(phrase.first - 1)
    if mention is None:
        return ""
    _, seat = after_name(names, mention)
    seat = seat or apposed_party(names, mention)[1]
    if seat:
        return seat
    after = mention.last + 1
    if after + 2 < len(doc) and doc[after].text == "(":
        # "SNP MP Mhairi Black (Paisley and Renfrewshire South)"
        close = next((i for i in range(after + 1, min(after + 9, len(doc))) if doc[i].text == ")"), after + 1)
        inside = doc[after + 1 : close]
        if len(inside.text) > 2 and inside[0].is_title and all(_in_place_name(t) for t in inside):
            return str(names.words.data["states"].get(inside.text.replace(".", "").replace(" ", ""), inside.text))
    if after + 1 < len(doc) and doc[after].lower_ in ("of", "from", "for"):
        two = doc[after + 1 : after + 3].text
        for text in (two, doc[after + 1].text):
            if text in names.words.data["states"].values():
                return text
        if doc[after].lower_ == "of" and (end := place_end(names, after + 1)) > after + 1:
            return doc[after + 1 : end].text
    return ""


# --- one statement for each distinct post or party --------------------------------------------------------------


def _distinct(facts: Sequence[Fact], words: RoleWords) -> list[Fact]:
    kept: list[Fact] = []
    for fact in facts:
        if fact.person.type != PERSON or fact.person.id == fact.object.id or re.match(r"[DRI]-", fact.person.name):
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
