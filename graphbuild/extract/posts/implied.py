"""Posts and parties that follow from what the article tells elsewhere: the opening sentence, a predecessor, a seat."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from graphbuild.extract.posts.enumerations import COUNTS
from graphbuild.extract.posts.holders import Holder
from graphbuild.extract.posts.post_context import public_body
from graphbuild.extract.posts.role_labels import RolePhrase
from graphbuild.extract.posts.roles_text import (
    Fact,
    Names,
    RoleWords,
    past_bracket,
    post_entity,
    same_sentence,
    with_article,
)
from graphbuild.extract.syntax.grammar import children
from graphbuild.extract.syntax.participants import surface_subjects
from graphbuild.model import PERSON, PHRASE, Entity, Statement

# Clubs and companies have them as well.
_OF_ANYTHING = frozenset({"president", "vice president", "treasurer"})


def completed(held: Sequence[tuple[RolePhrase, Sequence[Holder]]], told: Sequence[Fact]) -> Iterator[Fact]:
    """The place in "Sen. X ... the Queensland senator ...", where one person only has that post, without a place."""
    for phrase, holders in held:
        place = phrase.post.kind in ("seat", "office") and not phrase.bare and not phrase.post.plural
        if holders or not place or phrase.determiner != "the" or phrase.post.name in _OF_ANYTHING:
            continue
        posts = [f for f in told if f.post == phrase.post.name and f.token < phrase.noun]
        bare = all(f.label.lower() == f.post.lower() for f in posts)
        if bare and len({f.person.id for f in posts}) == 1:
            entity = post_entity(phrase.label)
            yield Fact(posts[0].person, "holds_role", entity, phrase.noun, "nominal", phrase.post.name, phrase.label)


def introduced(names: Names, held: Sequence[tuple[RolePhrase, Sequence[Holder]]]) -> Iterator[Fact]:
    """The news opens with party and post and names the person in the next sentences, with the same post.

    "A Conservative MP has defected. X, 58, MP for Wantage, said ...", "Two Labour council leaders have called ..."
    """
    doc = names.doc
    openings = [sent.start for sent in doc.sents][:9]
    for number, (phrase, holders) in enumerate(held):
        place = max((n for n, start in enumerate(openings) if start <= phrase.noun), default=0)
        count = COUNTS.get(doc[phrase.first].lower_, 0) if phrase.post.plural else int(phrase.determiner == "a")
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


def inherited(names: Names, roles: Sequence[Fact]) -> Iterator[Fact]:
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
        if whose is not None and not any(f.person.id == whose.id for f in here):
            here = [f for f in roles if f.relation == "holds_role" and f.post not in _SEATS]
        posts = [f for f in here if whose is None or f.person.id == whose.id]
        if len({(f.person.id, f.object.id) for f in posts}) == 1 and posts[0].person.id != mention.entity.id:
            yield replace(posts[0], person=mention.entity, token=token.i, rule="predicate", date="")


def tenures(names: Names) -> Iterator[Fact]:
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
        if any(c.lower_ in ("would", "could", "might") for c in children(token.head)):
            continue  # "X's presidency would be damaging"
        if mention is not None and mention.entity is not None:
            yield Fact(mention.entity, "holds_role", post_entity(post), index, "predicate", post, post)


_LED = {"leadership": "leader", "chairmanship": "chairman", "headship": "head", "speakership": "speaker"}
_LEAVING = frozenset("vacate relinquish quit give walk step resign surrender abdicate leave hand cede lay".split())
_LEADS = {"lead": "leader", "head": "head", "chair": "chair", "run": "head", "preside": "president", "manage": "head"}
_FORMS = frozenset(f"{w}{e}" for w in ("lead", "head", "chair") for e in ("", "s", "ed", "ing")) | frozenset(
    "led run runs ran running preside presides presided manage managed manages managing".split()
)
_HAVE = frozenset("has have had is was are were been also 's 've".split())


def _told_by_leading(names: Names, verb: Token) -> Iterator[Fact]:
    """ "X, who leads the Moderates", "Reform UK, led by X", "X, who chairs the police authority", "Y, who ran his campaign"."""
    if verb.pos_ != "VERB" or any(
        c.dep_ == "neg" or (c.dep_ == "aux" and c.lower_ not in _HAVE) for c in children(verb)
    ):
        return
    if verb.tag_ in ("VB", "VBG") and not any(c.dep_ == "aux" for c in children(verb)):
        return
    by = [g for c in children(verb) if c.dep_ in ("agent", "prep") and c.lower_ == "by" for g in children(c)]
    if by:
        above = verb.head if verb.dep_ in ("acl", "advcl", "relcl") else None
        things = [above] if above is not None else [c for c in children(verb) if c.dep_ == "nsubjpass"]
        people = [t for g in by for t in (g, *(c for c in children(g) if c.dep_ == "appos"))]
    else:
        things = [c for c in children(verb) if c.dep_ == "dobj"]
        if verb.lemma_ == "preside":
            things = [g for c in children(verb) if c.lower_ == "over" for g in children(c) if c.dep_ == "prep"]
        people = surface_subjects(verb)
    told = next((told for t in things if (told := _post_in(names, verb, t, passive=bool(by))) is not None), None)
    for token in people if told is not None else ():
        person = names.person(token)
        if person is not None and told is not None:
            post, label = told
            yield Fact(person, "holds_role", post_entity(label), verb.i, "predicate", post, label)


_CHAMBERS = frozenset("parliament congress senate assembly house commons lords".split())


def _post_in(names: Names, verb: Token, thing: Token, *, passive: bool) -> tuple[str, str] | None:
    """(post, label) of whoever leads, heads, chairs or runs a thing; None where that makes no post."""
    post = _LEADS.get(verb.lemma_, "")
    if (
        post in ("leader", "head")
        and verb.lemma_ in ("lead", "head")
        and (party := _whole_party(names, thing)) is not None
    ):
        return "leader", f"leader of {with_article(names.words, party.name)}"
    body = names.bodies.get(thing.i) or (names.bodies.get(thing.i - 1) if thing.lower_ == "union" else None)
    if body is not None and body.entity is not None and passive and verb.lemma_ in ("lead", "head", "chair"):
        own = not names.is_party(body.entity) and not _CHAMBERS & set(body.entity.name.lower().split())
        own = own and body.entity.kind != "country"  # "Britain, led by Thatcher", "Congress, led by Ryan": no post
        return (post, f"{post} of {with_article(names.words, body.entity.name)}") if own else None
    if not post or passive:
        return None
    if thing.lower_ == "party":  # "who led the party before her"
        spoken_of = names.body_owner(thing) if verb.lemma_ == "lead" else None
        party = spoken_of if spoken_of is not None and names.is_party(spoken_of) else None
        return ("leader", f"leader of {with_article(names.words, party.name)}") if party is not None else None
    if body is not None and body.entity is not None and not names.is_party(body.entity):
        public = public_body(body.entity) or any(
            names.words.has("public_words", w) for w in body.entity.name.lower().split()
        )
        return (post, f"{post} of {with_article(names.words, body.entity.name)}") if public else None
    if not names.words.has("led_bodies", thing.lower_) or (
        verb.lemma_ in ("run", "manage") and thing.lower_ != "campaign"
    ):
        return None
    left = list(thing.lefts)
    owner = next((c for c in left if c.dep_ == "poss"), None)
    if thing.lower_ == "campaign" and verb.lemma_ in ("run", "manage"):
        # "who ran his campaign", "Labour's campaign"
        whose = names.person(owner) if owner is not None else None
        if whose is not None:
            return "campaign manager", f"campaign manager for {whose.name}"
        party = next((p for c in left if (p := names.party_at(c.i)) is not None), None)
        return ("head", f"head of the {party.name} campaign") if party is not None else None
    if not left or any(c.tag_ == "PRP$" or c.lower_ in ("a", "an") for c in left):
        return None
    text = names.doc[min(t.left_edge.i for t in left) : thing.i + 1].text
    return post, f"{post} of {text}"


def _whole_party(names: Names, token: Token) -> Entity | None:
    """The party that a noun names, itself and not some of its people: "the Moderates", not "three Tory rebels"."""
    party = names.party_at(token.i)
    body = names.bodies.get(token.i)
    if party is None or body is None:
        return None
    counted = any(c.dep_ in ("nummod", "amod", "quantmod") or c.lower_ in ("of", "some") for c in children(token))
    the = (body.first and names.lowers[body.first - 1] == "the") or names.lowers[body.first] == "the"
    many = token.tag_ in ("NNS", "NNPS") and not the
    return None if many or (counted and token.tag_ in ("NNS", "NNPS")) else party


def led(names: Names) -> Iterator[Fact]:
    """ "walked away from the leadership of the DA", "who chaired the PDP campaign council": the post is told by what
    somebody leaves or does."""
    for index, word in enumerate(names.lowers):
        if word in _FORMS:
            yield from _told_by_leading(names, names.doc[index])
        post = _LED.get(word)
        if post is None:
            continue
        token = names.doc[index]
        verb = next((t for t in list(token.ancestors)[:3] if t.pos_ == "VERB"), token.head)
        party = names.party_at(index - 1)
        if party is None and names.lowers[index + 1 : index + 2] == ["of"]:
            party = names.party_at(index + 2 + (names.lowers[index + 2 : index + 3] == ["the"]))
        left = verb.pos_ == "VERB" and verb.lemma_ in _LEAVING and token.dep_ in ("dobj", "pobj")
        if party is None or not left:
            continue
        if any(c.dep_ == "neg" or c.lower_ in ("would", "could", "might") for c in children(verb)):
            continue
        label = f"{post} of {with_article(names.words, party.name)}"
        for subject in surface_subjects(verb):
            if (person := names.person(subject)) is not None:
                yield Fact(person, "holds_role", post_entity(label), index, "predicate", post, label)


_SEATS = frozenset("MP MSP MEP MLA MS TD MPP MNA senator representative".split())


def certain(facts: Sequence[Fact]) -> list[Fact]:
    """Without posts that only a noun phrase tells of somebody whom a name calls something near it: for "shadow foreign
    secretary X" a later "the foreign secretary" is somebody else, as is "the president" for "Vice President X"."""
    told = {(f.person.id, text) for f in facts if f.rule != "nominal" for text in (f.label.lower(), f.post.lower())}
    secretaries = {f.person.id for f in facts if "secretary" in f.label.lower() and f.label != f.post}
    secretaries |= {f.person.id for f in facts if f.post == "secretary of state"}
    seated = {f.person.id for f in facts if f.post in ("senator", "representative", "congressman", "congresswoman")}
    kept = []
    places: dict[str, str] = {f.person.id: f.label for f in reversed(facts) if " for " in f.label and f.post in _SEATS}
    places |= {f.person.id: f.label for f in facts if " for " in f.label and f.post in _SEATS and f.rule != "nominal"}
    for fact in facts:
        if (
            fact.rule == "nominal"
            and fact.post in _SEATS
            and " for " in fact.label
            and places[fact.person.id] != fact.label
        ):
            continue  # nobody sits for two places: "the Mayo MP" is another one
        if fact.post == "MP" and fact.person.id in seated:
            continue  # "one lawmaker, Sen. X"
        if fact.post == "member" and fact.person.id in seated and re.search(r"Congress|House|Senate", fact.label):
            continue  # "Rep. X became the first member of Congress to"
        if fact.post == fact.label == "secretary" and fact.person.id in secretaries:
            continue  # "Secretary Pompeo" after "Secretary of State Mike Pompeo"
        texts = (fact.label.lower(), fact.post.lower())
        near = [f"{word} {text}" for word in ("shadow", "deputy", "vice", "assistant") for text in texts]
        if fact.rule != "nominal" or not any((fact.person.id, text) in told for text in near):
            kept.append(fact)
    return kept


_GIVING_UP = frozenset({"resigns_from", "sacked_by"})


def posts_left(found: Sequence[Statement], words: RoleWords) -> Iterator[Statement]:
    """Who resigns from a post, or is dismissed from one, held it, where the article does not say so in other words."""
    held: dict[str, list[set[str]]] = {}
    for s in found:
        if s.relation == "holds_role" and s.object is not None:
            held.setdefault(s.subject.id, []).append(_content_words(s.object.name))
    for s in found:
        if (
            s.relation not in _GIVING_UP
            or s.polarity != "positive"
            or s.modality == "possible"
            or s.subject.type != PERSON
        ):
            continue
        left = s.object is not None and s.object.type == PHRASE
        post = s.role if s.relation == "sacked_by" else s.object.name if left and s.object is not None else ""
        label = re.sub(r"^(?:the|his|her|their|a|an) ", "", post)
        content = _content_words(label)
        if not _names_post(label, words) or any(
            2 * len(content & h) >= min(len(content), len(h)) for h in held.get(s.subject.id, [])
        ):
            continue
        held.setdefault(s.subject.id, []).append(content)
        evidence = replace(s.evidence, rule="titles/left", confidence=min(0.75, s.evidence.confidence))
        yield replace(s, relation="holds_role", object=post_entity(label), modality="actual", source=None, role="", topic="",
                      date="", evidence=evidence)  # fmt: skip


def _content_words(label: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", label.lower())) - {"of", "for", "the", "to", "and", "at", "in", "from", "a", "s"}


def _names_post(label: str, words: RoleWords) -> bool:
    """Whether a label is that of a post and not of a body or a candidacy: its head noun tells."""
    head = re.split(r" (?:of|for|to|at|in|from|on) ", label)[0].split()
    last = head[-1].lower() if head else ""
    return last in words.sets["post_heads"] - {"candidate", "nominee", "member", "whip", "deputy"}
