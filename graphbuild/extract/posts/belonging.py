"""Parties, bodies and seats told in clauses rather than titles: "X is the only Democrat who ...", "two Democrats lead: X
and Y", "X served on the Intelligence Committee", "X, who hails from Labor", "X represented the state in the Senate"."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from graphbuild.extract.posts.enumerations import COUNTS, listed_before
from graphbuild.extract.posts.holders import before_place
from graphbuild.extract.posts.memberships import after_name, apposed_party, party_named, singular
from graphbuild.extract.posts.roles_text import HONORIFICS, Fact, Names, post_entity
from graphbuild.extract.syntax.grammar import children
from graphbuild.extract.syntax.participants import surface_subjects
from graphbuild.model import PERSON, Entity, Mention

_SERVING = frozenset("serve serves served serving sit sits sat sitting spend spends spent spending".split())
# Chambers whose members a reader names by their post.
_CHAMBERS = {"senate": "senator", "congress": "member of Congress", "commons": "MP"}
_COMES = frozenset({"hail", "come", "be"})
# Bodies that have members, by the last word of their name.
_MANNED = frozenset("committee council board commission cabinet panel subcommittee bench".split())


def belonging(names: Names) -> Iterator[Fact]:
    """Memberships that clauses tell, in no order."""
    for first, party in names.parties:
        yield from _only_one(names, first, party)
        yield from _among(names, first, party)
        yield from _picked(names, first, party)
        yield from _stood_for(names, first, party)
        yield from _counted(names, first, party)
        yield from _sided(names, first, party)
    yield from _denoted(names)
    for index, word in enumerate(names.lowers):
        if word in _SERVING and names.doc[index].pos_ == "VERB":
            yield from _served(names, names.doc[index])
        elif word == "from":
            for token in names.doc[max(0, index - 3) : index]:
                if token.lemma_ in _COMES and token.pos_ in ("VERB", "AUX"):
                    yield from _comes_from(names, token)
        elif word in _BRIEFS:
            yield from _portfolio(names, names.doc[index])


def _denoted(names: Names) -> Iterator[Fact]:
    """ "the Ohio Republican", of somebody known to be one."""
    for head, mentions in names.others.items():
        token = names.doc[head]
        if token.tag_ in ("NNS", "NNPS"):
            continue
        if names.words.has("figures", token.lower_) and (party := names.party_at(head - 1)) is not None:
            for mention in mentions:  # "his Democratic rival"
                if mention.type == PERSON and mention.kind == "nominal" and mention.entity is not None:
                    yield Fact(mention.entity, "member_of", party, token.i, "nominal")
        if not names.words.has("demonyms", token.lower_):
            continue
        for mention in mentions:
            person = mention.entity
            if mention.type == PERSON and person is not None and person.party.lower().startswith(token.lower_[:7]):
                yield Fact(person, "member_of", party_named(names, person.party), token.i, "nominal")


def _only_one(names: Names, first: int, party: Entity) -> Iterator[Fact]:
    """ "X is (not) the only prominent Republican who", "hardly the first GOP figure to", "one of the few Democrats"."""
    doc, words = names.doc, names.words
    noun = doc[names.bodies[first].last]
    after = doc[noun.i + 1].lemma_.lower() if noun.i + 1 < len(doc) else ""
    if words.has("figures", after) or words.has("demonyms", after):
        noun = doc[noun.i + 1]
    elif not words.has("demonyms", singular(noun.lower_)):
        return
    if noun.tag_ in ("NNS", "NNPS") and noun.dep_ == "attr" and noun.head.lemma_ == "be":
        yield from (Fact(p, "member_of", party, noun.i, "predicate") for p in _all_subjects(names, noun))
        return
    kind = noun.i > names.bodies[first].last  # "a Labour moderate", "a Tea Party conservative"
    if not (kind and any(c.lower_ in ("a", "an") for c in children(noun))) and not any(c.lower_ in ("only", "first", "last", "latest", "lone", "sole") or c.tag_ == "JJS" or (c.dep_ == "amod"
                 and any(g.tag_ == "RBS" for g in children(c))) for c in children(noun)):  # fmt: skip
        return
    verb = noun.head
    if verb.lemma_ not in ("be", "become", "remain") or noun.dep_ != "attr":
        return
    if any(c.dep_ == "aux" for c in children(verb)) or (
        any(c.dep_ == "neg" for c in children(verb)) and not any(c.lower_ == "only" for c in children(noun))
    ):
        return
    yield from (Fact(p, "member_of", party, noun.i, "predicate") for p in _subjects(names, verb))


def _subjects(names: Names, verb: Token) -> Iterator[Entity]:
    """The people that a verb's subjects tell."""
    people = (names.person(subject) for subject in surface_subjects(verb))
    return (person for person in people if person is not None)


def _stood_for(names: Names, first: int, party: Entity) -> Iterator[Fact]:
    """ "She took the seat for the Greens", "X stood for UKIP", "with Y representing the Greens"."""
    token = names.doc[names.bodies[first].last]
    verb = token.head.head if token.dep_ == "pobj" and token.head.lower_ == "for" else token.head
    verb = verb.head if verb.dep_ == "dobj" else verb  # "took the seat for the Greens"
    stood = names.words.has("standing", verb.lemma_) and token.dep_ == "pobj" and token.head.lower_ == "for"
    if not (stood or (token.dep_ == "dobj" and verb.lemma_ == "represent")) or verb.pos_ != "VERB":
        return
    if any(c.dep_ == "neg" or c.lower_ in ("would", "could", "may", "might", "if", "to") for c in children(verb)):
        return
    yield from (Fact(p, "member_of", party, verb.i, "contest") for p in _subjects(names, verb))


def _picked(names: Names, first: int, party: Entity) -> Iterator[Fact]:
    """ "Labour chose X to fight the seat", "X has been adopted by local Conservatives": whom a party picks is of it."""
    token = names.doc[names.bodies[first].last]
    active = token.dep_ == "nsubj" and names.words.has("picking", token.head.lemma_)
    passive = token.dep_ == "pobj" and token.head.lower_ == "by" and names.words.has("picking", token.head.head.lemma_)
    verb = token.head if active else token.head.head
    if not (active or passive) or any(
        c.dep_ in ("conj", "neg") for c in (*children(token), *children(verb)) if c != verb
    ):
        return
    if any(c.dep_ == "aux" and c.lower_ not in ("has", "have", "had") for c in children(verb)):
        return
    for child in children(verb):
        mention = names.people.get(child.i)
        if child.dep_ == ("dobj" if active else "nsubjpass") and mention is not None and mention.entity is not None:
            yield Fact(mention.entity, "member_of", party, verb.i, "contest")


def _among(names: Names, first: int, party: Entity) -> Iterator[Fact]:
    """ "X, Y and Z were among Conservatives who", "X was one of a handful of Tory rebels", "the only Democrats are X and
    Y": whoever is counted among the people of a party."""
    doc, words, lowers = names.doc, names.words, names.lowers
    noun = doc[names.bodies[first].last]
    if noun.tag_ not in ("NNS", "NNPS") or not words.has("demonyms", singular(lowers[noun.i])):
        noun = next((t for t in doc[noun.i + 1 : noun.i + 4] if t.tag_ in ("NNS", "NNPS", "POS") or t.is_punct), noun)
        known = words.has("figures", noun.lemma_.lower()) or words.in_post(noun.lemma_.lower())
        if noun.tag_ not in ("NNS", "NNPS") or not known:
            return
    index = first - 1
    while (
        index > 0
        and (words.has("quantities", lowers[index]) or doc[index].pos_ in ("NUM", "ADJ", "ADV"))
        and lowers[index] != "not"
    ) or lowers[index] in ("house", "senate", "commons"):
        index -= 1
    before = [t.lower_ for t in doc[index + 1 : first] if t.pos_ != "ADV"]
    apposed = doc[index].text == "," and before[:1] in (["one"], ["another"], ["among"])  # "X, one of two Tories, said"
    if not (apposed or doc[index].lemma_ == "be") or not ({"among", "amongst"} & set(before) or before[1:2] == ["of"]):
        return
    people = [m.entity for m in listed_before(names, index - 1) if m.entity is not None]
    if not people and apposed and (placed := before_place(names, index - 1)) is not None:
        people = (
            [placed.entity] if placed.entity is not None else []
        )  # "Jeff Van Drew of New Jersey, one of two Democrats"
    if not people and (person := names.owner(doc[index - 1])) is not None:
        people = [person]
    yield from (Fact(p, "member_of", party, noun.i, "predicate") for p in people)


def _all_subjects(names: Names, noun: Token) -> Iterator[Entity]:
    """ "Sens. X of Illinois and Y of Maine were the only Republicans to", "X and Y are Democrats": whom the names before
    the verb tell, two at least."""
    verb = noun.head
    told = [c.lower_ for c in children(verb) if c.dep_ in ("neg", "aux", "mark", "expl")]
    subject = next((c for c in children(verb) if c.dep_ == "nsubj"), None)
    only = any(c.lower_ == "only" for c in children(noun))  # "X and Y are not the only Conservatives who"
    if subject is None or any(w != "have" and not (only and w == "not") for w in told):
        return
    listed = [names.people[i] for i in range(subject.left_edge.i, verb.i) if i in names.people]
    people = {m.entity.id: m.entity for m in listed if m.entity is not None and names.lowers[m.last + 1] != "'s"}
    if len(people) > 1 and len(people) == 1 + sum(t.lower_ in ("and", ",") for t in subject.subtree):
        yield from people.values()


def _sided(names: Names, first: int, party: Entity) -> Iterator[Fact]:
    """ "On the Democratic side, front-runner X routed challenger Y", "Among Republicans, X leads Y": the subject and the
    object of what follows are of the party."""
    doc = names.doc
    last = names.bodies[first].last
    start = doc[first].sent.start
    opener = names.lowers[start : start + 1]
    if first > start + 3 or opener not in (["on"], ["in"], ["among"]):
        return
    after = last + 1
    if opener != ["among"]:
        nouns = ("side", "race", "contest", "primary", "field", "camp", "primaries")
        while after < first + 4 and after < len(doc) and names.lowers[after] not in nouns:
            after += 1
        if after >= len(doc) or names.lowers[after] not in nouns:
            return
        after += 1
    if after >= len(doc) or doc[after].text != ",":
        return
    for token in doc[after + 1 : doc[first].sent.end]:
        if token.dep_ in ("nsubj", "nsubjpass", "conj") and token.i in names.people:
            mention = names.people[token.i]
            if mention.entity is not None and (token.head.dep_ == "ROOT" or token.dep_ == "conj"):
                yield Fact(mention.entity, "member_of", party, first, "predicate")


def _counted(names: Names, first: int, party: Entity) -> Iterator[Fact]:
    """ "Two Democrats are leading: X is ahead of Y", "the three Republican candidates are X, Y and Z"."""
    doc = names.doc
    last = names.bodies[first].last
    noun = doc[last]
    if noun.tag_ not in ("NNS", "NNPS"):
        noun = next((t for t in doc[last + 1 : last + 3] if t.tag_ == "NNS"), noun)
    count = next((COUNTS[w] for w in names.lowers[max(0, first - 2) : first] if w in COUNTS), 0)
    if not count or noun.tag_ not in ("NNS", "NNPS") or noun.dep_ not in ("nsubj", "nsubjpass", "attr"):
        return
    stop = noun.sent.end
    if stop < len(doc) and doc[stop - 1].text in (":", "—", "–"):
        stop = doc[stop].sent.end  # the list is a paragraph of its own
    opens = next((i for i in range(noun.i + 1, stop) if doc[i].text in (":", "—", "–")), None)
    if opens is None:
        return
    people: dict[str, Mention] = {}
    for index in range(opens + 1, stop):
        mention = names.people.get(index)
        if mention is not None and mention.entity is not None:
            people.setdefault(mention.entity.id, mention)
    if len(people) == count:
        yield from (Fact(m.entity, "member_of", party, noun.i, "list") for m in people.values() if m.entity)


def _served(names: Names, verb: Token) -> Iterator[Fact]:
    """ "X has served on the Intelligence Committee for a decade", "served in the cabinet"."""
    if any(c.dep_ == "neg" or c.lower_ in ("never", "would", "could", "may", "will", "to") for c in children(verb)):
        return
    for preposition in children(verb):
        if preposition.dep_ != "prep" or preposition.lower_ not in ("on", "in"):
            continue
        for noun in children(preposition):
            mention = names.bodies.get(noun.i)
            body = mention.entity if mention is not None else None
            post = _CHAMBERS.get(noun.lower_) if preposition.lower_ == "in" else None
            if body is None or (post is None and body.name.rsplit(" ", 1)[-1].lower() not in _MANNED):
                continue
            for person in _subjects(names, verb):
                if post is not None:
                    yield Fact(person, "holds_role", post_entity(post), verb.i, "predicate", post, post)
                else:
                    yield Fact(person, "member_of", body, verb.i, "predicate")


def _comes_from(names: Names, verb: Token) -> Iterator[Fact]:
    """ "X, who hails from Labor's Socialist Left", "X is from the Green Party"."""
    if any(c.dep_ == "neg" or c.dep_ == "aux" for c in children(verb)):
        return
    for preposition in children(verb):
        if preposition.lower_ != "from" or preposition.i > verb.i + 3:
            continue
        for noun in children(preposition):
            inside = [noun, *(c for c in children(noun) if c.dep_ == "poss")]
            party = next((p for t in inside if (p := names.party_at(t.i)) is not None), None)
            if party is not None:
                yield from (Fact(p, "member_of", party, verb.i, "predicate") for p in _subjects(names, verb))


_BRIEFS = frozenset("portfolio portfolios brief briefs post".split())
_KEEPING = frozenset(
    "hold run have oversee manage keep give relinquish quit resign lose retain leave vacate drop".split()
)


def _portfolio(names: Names, token: Token) -> Iterator[Fact]:
    """ "X, who holds the fisheries and agriculture portfolio", "gave up the veterans affairs post": a minister for what
    stands before the noun, of each of several."""
    verb = token.head
    if token.dep_ != "dobj" or verb.lemma_ not in _KEEPING:
        return
    if any(c.dep_ in ("neg",) or c.lower_ in ("would", "will", "could", "may", "to") for c in children(verb)):
        return
    index = token.i - 1
    while index > 0 and (names.words.has("portfolio", names.lowers[index]) or names.lowers[index] in ("and", ",")):
        index -= 1
    text = names.doc[index + 1 : token.i].text.strip(" ,").lower()
    texts = text.split(" and ") if token.lower_ in ("portfolios", "briefs") else [text]
    for person in _subjects(names, verb) if text else ():
        for part in texts:
            label = f"{part.strip()} minister"
            yield Fact(person, "holds_role", post_entity(label), token.i, "predicate", "minister", label)


_BRITISH = frozenset(
    {"Lab", "Con", "LD", "Lib Dem", "SNP", "PC", "UUP", "DUP", "SDLP", "Labour", "Conservative", "Tory"}
)


def seats_of_letters(names: Names, roles: Sequence[Fact]) -> Iterator[Fact]:
    """The seat of a legislator who is named with his state: "West Virginia Democrat X", "X (R-Maine)", "X of Alaska",
    "Iowa's X". The gazetteer (user_data["seats"]) tells which post he has there, else the chamber spoken of beside him.
    Also "X represented New York in the Senate"."""
    seated = {f.person.id for f in roles if f.post in _SEATED or "leader" in f.post or "whip" in f.post}
    house = {f.person.id for f in roles if f.post == "speaker" or "house" in f.label.lower().split()}
    states = set(names.words.data["states"].values())
    for index in sorted(names.people):
        mention = names.people[index]
        if mention.first != index or mention.entity is None or mention.entity.id in seated:
            continue
        letters, place = after_name(names, mention)
        told = place or apposed_party(names, mention)[1] or _state_before(names, mention, states)
        state = told or _state_beside(names, mention, states)
        post = names.seats.get(mention.entity.id, {}).get(state, "")
        if not post and told in states and (mention.entity.id in house or _in_house(names, index)):
            post = "representative"
        if state in states and post:
            yield from _seat(mention.entity, post, state, index, "suffix" if told else "possessive")
        elif place and place not in states and letters in _BRITISH and names.lowers[index - 1] not in HONORIFICS:
            yield from _seat(mention.entity, "MP", place, index)  # "Lembit Opik (Lib Dem, Montgomeryshire)"
    for index, word in enumerate(names.lowers):
        if word not in ("represented", "represents") or names.doc[index].pos_ != "VERB":
            continue
        yield from _represented(names, names.doc[index])


_SEATED = frozenset("senator representative governor congressman congresswoman MP MSP MEP TD".split()) | {
    "state senator",
    "state representative",
    "lieutenant governor",
    "attorney general",
}


def _state_before(names: Names, mention: Mention, states: set[str]) -> str:
    """The state in "West Virginia Democrat Joe Manchin"."""
    party = names.bodies.get(mention.first - 1)
    if party is None or not names.words.has("demonyms", names.lowers[party.last]):
        return ""
    return next((s for n in (2, 1) if (s := names.doc[max(party.first - n, 0) : party.first].text) in states), "")


def _state_beside(names: Names, mention: Mention, states: set[str]) -> str:
    """The state in "Iowa's Chuck Grassley" or "Lisa Murkowski of Alaska"."""
    doc, first, after = names.doc, mention.first, mention.last + 1
    if first > 1 and doc[first - 1].tag_ == "POS":
        return next((s for n in (2, 1) if (s := doc[max(first - 1 - n, 0) : first - 1].text) in states), "")
    if names.lowers[after : after + 1] == ["of"]:
        return next((s for n in (2, 1) if (s := doc[after + 1 : after + 1 + n].text) in states), "")
    return ""


def _in_house(names: Names, index: int) -> bool:
    """Whether the House is spoken of beside a legislator: the gazetteer knows the senators."""
    near = names.lowers[max(names.doc[index].sent.start - 90, 0) : names.doc[index].sent.end]
    return any(w == "house" and near[i - 1 : i] != ["white"] for i, w in enumerate(near))


def _represented(names: Names, verb: Token) -> Iterator[Fact]:
    chambers = {"senate": "senator", "house": "representative", "congress": "representative"}
    inside = [g.lower_ for c in children(verb) if c.dep_ == "prep" and c.lower_ == "in" for g in children(c)]
    post = next((chambers[w] for w in inside if w in chambers), "")
    thing = next((c for c in children(verb) if c.dep_ == "dobj"), None)
    if not post or thing is None:
        return
    at = verb.head if thing.lower_ == "which" and verb.dep_ == "relcl" else thing  # "New York, which she represented"
    place = names.doc[at.left_edge.i : at.i + 1].text
    if thing.lower_ == "state":
        before = [t for t in names.doc[verb.sent.start : verb.i] if t.ent_type_ == "GPE" or t.pos_ == "PROPN"]
        states = set(names.words.data["states"].values())
        spans = [names.doc[t.i : t.i + size].text for t in before for size in (2, 1)]
        place = next((s for s in reversed(spans) if s in states), "")
    if not place or not place[0].isupper():
        return
    for person in _subjects(names, verb):
        yield from _seat(person, post, place, verb.i)


def _seat(person: Entity, post: str, place: str, at: int, rule: str = "suffix") -> Iterator[Fact]:
    label = f"{post} {'of' if post in ('governor', 'mayor') else 'for'} {place}"
    yield Fact(person, "holds_role", post_entity(label), at, rule, post, label)
