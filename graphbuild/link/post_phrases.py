"""Phrases that denote the holder of a post: "the Labour leader", "the Vermont senator", "the ex-minister"."""

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta

from spacy.tokens import Token

from graphbuild.link.constituencies import seat_start, seat_told
from graphbuild.link.epithets import PUT_OUT, by_epithet
from graphbuild.link.gender import gender_of
from graphbuild.link.mentions import Names
from graphbuild.link.names import GENDERS, POSTS
from graphbuild.link.partisans import of_party
from graphbuild.link.posts import ALIKE, PAST, Post, key, meaning
from graphbuild.link.roles import find_office, holders, offices_of, resolve_role, roles_of, terms_at
from graphbuild.link.seats import former_holder, seat_holder
from graphbuild.model import ORGANISATION, PERSON, PLACE, Entity

# A post with one of these is another post than the one without.
_TELLING_APART = frozenset("shadow deputy vice lady junior assistant under first".split())
# Legislators and the like are told by their seat: "the Vermont senator", "the Nottingham East MP".
_SEATED = frozenset("senator representative mp msp mep governor mayor democrat republican tory conservative".split())
_CHIEFS = frozenset(["chief", "boss", "head"])  # "the Burnley Council chief" is its leader
_PRONOUN_OWNERS = frozenset("his her their its our my your".split())


_OF_WHAT = frozenset("accuse suspect convict acquit remind warn inform rid strip deprive assure".split())


def _phrase(token: Token) -> tuple[int, int]:
    """The tokens of a post phrase: its words before the head, and "of/for/to" phrases after it."""
    first = token.left_edge.i
    last = token.i
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in ("of", "for", "to") and child.i == last + 1:
            charged = child.lower_ == "of" and token.dep_ in ("dobj", "nsubjpass") and token.head.lemma_ in _OF_WHAT
            if any(c.dep_ == "pcomp" or (charged and c.text.islower()) for c in child.children):
                break  # "accused the prime minister of tearing up his promise", "accused the minister of lying"
            last = max((t.i for t in child.subtree), default=last)
            last = min(last, token.i + 8)
    return first, last


_WHIPS = frozenset("chief deputy majority minority government opposition house senate senior assistant".split())


def add_post(names: Names, token: Token, by_word: dict[str, list[Post]]) -> None:
    doc = names.doc
    start = _broken_title(names, token)
    if start >= 0:
        phrase = doc[start : token.i + 1].text
        if find_office(names.gazetteer, phrase, names.country) is not None:
            entity = resolve_role(names.gazetteer, phrase, names.date, names.country, until=names.until)
            names.add(start, token.i, "nominal", PERSON, entity)
            return
    owners = [c for c in token.children if c.dep_ == "poss"]
    seat = seat_start(names, token)
    the = seat >= 0 or any(c.dep_ == "det" and c.lower_ == "the" for c in token.children)
    if not the and not owners and token.lower_ != "pm":
        return
    if token.lower_ == "whip" and token.dep_ != "nsubj" and not any(c.lower_ in _WHIPS for c in token.children):
        return  # "stripped him of the Tory whip"
    if token.lower_ == "head" and any(o.i in names.taken and names.taken[o.i].type == PERSON for o in owners):
        return  # "baying for Truss's head"
    cleft = token.dep_ == "attr" and any(
        c.lower_ == "it" for c in token.head.children
    )  # "it was the Texas congressman who"
    cleft = cleft or (
        token.dep_ == "oprd" and token.head.lemma_ == "call" and names.lowers[token.i + 1 : token.i + 2] == ['"']
    )
    if (token.dep_ in ("compound", "attr", "oprd", "nmod") and not cleft) or (
        token.head.lower_ == "as" and token.dep_ == "pobj"
    ):
        return
    if token.dep_ != "poss" and any(m.kind == "title" and m.first <= token.i <= m.last for m in names.mentions):
        return
    if any(c.dep_ == "appos" and c.pos_ == "PROPN" and c.left_edge.i < token.i + 4 for c in token.children) or (
        token.i + 1 < len(doc) and token.i + 1 in names.taken and names.taken[token.i + 1].type == PERSON
    ):
        return
    first, last = _phrase(token)
    words = meaning([key(names, t) for t in doc[first : last + 1]])
    owner_words = {t.lower_ for o in owners for t in o.subtree}
    if owners and owners[0].lower_ in _PRONOUN_OWNERS:
        words = words - owner_words
    posts = [p for found in by_word.values() for p in found]
    entity = (
        _apposed(names, token)
        or _holder(names, token, words, by_word)
        or seat_holder(names, token)
        or of_party(names, token, posts)
        or by_epithet(names, token, posts)
        or seat_told(names, token)
        or _introduced_next(names, token, by_word)
        or _epithet(names, token)
    )
    names.add(min(first, seat) if seat >= 0 else first, token.i, "nominal", PERSON, entity)


def add_aged(names: Names, token: Token) -> None:
    """ "The 48-year-old resigned": who is spoken of in the sentence before."""
    aged = names.lowers[max(0, token.i - 2) : token.i] == ["year", "-"]
    entity = _epithet(names, token) if aged and token.i not in names.taken else None
    if entity is not None:
        names.add(token.left_edge.i, token.i, "nominal", PERSON, entity)


def _broken_title(names: Names, token: Token) -> int:
    """The token of "the" in "*the* Work and Pensions Secretary", which parsers take for two things; -1 elsewhere."""
    index = token.i - 1
    if token.lower_ not in ("secretary", "minister") or any(c.dep_ == "det" for c in token.children):
        return -1
    while (
        index > token.i - 7
        and index > token.sent.start
        and index not in names.taken
        and (names.doc[index].pos_ in ("NOUN", "PROPN", "ADJ") or names.lowers[index] in ("and", ","))
    ):
        index -= 1
    joined = "and" in names.lowers[index : token.i]
    return index if joined and names.lowers[index] == "the" else -1


def _apposed(names: Names, token: Token) -> Entity | None:
    """Whose name a phrase stands beside: "Karen Andrews, *the former minister* who demanded it"."""
    before = names.taken.get(token.head.i) if token.dep_ == "appos" and token.head.i < token.i else None
    beside = before is not None and before.type == PERSON and names.texts[before.last + 1] == ","
    ends = token.i + 1 >= len(names.doc) or names.doc[token.i + 1].tag_ not in ("VBD", "VBZ")  # "..., the mayor said"
    right = before is not None and beside and ends and token.left_edge.i == before.last + 2
    return before.entity if right and before is not None else None


def _holder(names: Names, token: Token, words: frozenset[str], by_word: dict[str, list[Post]]) -> Entity | None:
    head = ALIKE.get(token.lower_, token.lower_).split()[-1]
    fitting = [p for p in by_word.get(head, ()) if words <= p.words and not (p.words - words) & _TELLING_APART]
    if not fitting and head in _CHIEFS and len(words) > 1:
        head, words = "leader", words - {head} | {"leader"}
        fitting = [p for p in by_word.get(head, ()) if words <= p.words and not (p.words - words) & _TELLING_APART]
    if words == {"party", "leader"}:
        fitting = [p for p in by_word.get(head, ()) if p.words & set(names.gazetteer.parties)]
    if not fitting and head in _SEATED:
        fitting = _seated_elsewhere(names, token, words, by_word.get(head, ()))
    gender = "f" if token.lower_.endswith("woman") else "m" if token.lower_ == "congressman" else ""
    fitting = [p for p in fitting if not gender or gender_of(p.person, names) in (gender, "")]
    past = any(t.lower_ in PAST for t in names.doc[token.left_edge.i : token.i])
    fitting = [p for p in fitting if p.past == past] or (
        fitting if len({p.person.id for p in fitting}) == 1 and past else []
    )
    before = [p for p in fitting if p.at <= token.i]
    people = {p.person.id: p.person for p in (before or _named_already(names, fitting, token))}
    if len(people) == 1:
        only = next(iter(people.values()))
        if len(words) == 1 and not past and only.id in names.gazetteer.people and not _in_office(names, [only], head):
            # "President Obama's nominee" does not make Obama the president of an article of 2020 that names Trump.
            named = {
                m.entity.id: m.entity for m in names.mentions if m.kind == "name" and m.type == PERSON and m.entity
            }
            current = _in_office(names, named.values(), head)
            return current[0] if len(current) == 1 else only
        return only
    if len(people) > 1:
        held = _by_office(names, token)
        told = held is not None and any(m.entity == held and m.kind == "name" for m in names.mentions)
        if held is not None and (held.id in people or (told and len(words) == 1)):
            return held
        if len(words) == 1:
            current = _in_office(names, people.values(), head)
            if len(current) == 1:
                return current[0]
            recent = max((p for p in before), key=lambda p: p.at, default=None)
            return recent.person if recent is not None and token.i - recent.at < 120 else None
        return None
    return _by_office(names, token)


def _named_already(names: Names, posts: Sequence[Post], token: Token) -> list[Post]:
    """Of posts that the article gives people later those whom it has named by then; all of them near its beginning."""
    if names.doc.user_data["paragraphs"][token.i] < 2:
        return list(posts)
    named = {m.entity.id for m in names.mentions if m.entity and m.kind == "name" and m.first < token.i}
    new = any(
        c.lower_ in ("new", "newly") for c in token.children
    )  # "the new MP" is not whom a later sentence calls MP
    return [p for p in posts if p.person.id in named and not new]


def _seated_elsewhere(names: Names, token: Token, words: frozenset[str], posts: Sequence[Post]) -> list[Post]:
    """ "the Vermont senator" when the article has one senator: his posts, the place of the phrase left out."""
    inside = names.doc[token.left_edge.i : token.i]
    head = ALIKE.get(token.lower_, token.lower_).split()[-1]
    places = {t.lower_ for t in inside if t.ent_type_ in ("GPE", "NORP", "LOC")}
    places |= {m.entity.id for t in inside if (m := names.taken.get(t.i)) and m.entity and m.type == PLACE}
    outside = {t.lower_ for t in inside if t.text[:1].isupper() and t.i not in names.taken and t.lower_ not in POSTS}
    places |= outside - {"the", "a", "former", "shadow"}
    if not places:
        return []
    fitting = [
        p for p in posts
        if words - places <= p.words and not (p.words - words) & _TELLING_APART
        # who is told to be MP for Auckland Central is not "the Tauranga MP"
        and all(w in names.gazetteer.parties or w == head for w in p.words - words)
    ]  # fmt: skip
    return fitting if len({p.person.id for p in fitting}) == 1 else []


def _in_office(names: Names, people: Iterable[Entity], word: str) -> list[Entity]:
    """Those who at the article's date hold an office of that name: of "President Trump" and "President Obama" the one."""
    if not names.date:
        return []
    return [
        person for person in people
        if any(word in office.label.split(" of ")[0].split() for office in roles_of(names.gazetteer, person.id, names.date))
    ]  # fmt: skip


def _by_office(names: Names, token: Token) -> Entity | None:
    """Who held the post at the article's date, by the gazetteer; of former holders the one whom the article names."""
    first, last = _phrase(token)
    phrase = names.doc[first : last + 1].text.removesuffix("'s").strip()
    party = next(
        (m.entity.id for i in range(first, last + 1) if (m := names.taken.get(i)) and m.entity and m.type == ORGANISATION),
        "",
    )  # fmt: skip
    if names.lowers[first] in ("its", "their") and not party and token.lower_ == "leader" and first == token.i - 1:
        party, phrase = _party_just_named(names, token), "leader"
    if any(f" {w} " in f" {phrase.lower()} " for w in PAST) or "ex-" in phrase:
        plain = re.sub(rf"\b(?:ex-|(?:now|{'|'.join(PAST)})\b)", "", phrase, flags=re.I)
        return former_holder(names, " ".join(plain.split()), token, party)
    office = find_office(names.gazetteer, phrase, names.country, party)
    if office is None:
        return _of_namesakes(names, phrase)
    terms = terms_at(names.gazetteer, office, names.date, names.until)
    found = None
    if not names.article.date or not terms:
        found = _named_holder(names, phrase, party)
    elif len(terms) > 1:  # "the Vermont senator": of two, the one whom the article names
        found = _named_holder(names, phrase, party, {t.person for t in terms})
    if "outgoing" in phrase.lower().split() and found is None:
        over = [t for t in holders(names.gazetteer, office) if t.end]
        found = _named_holder(names, phrase, party, {t.person for t in over if names.date and _near(names, t.end)})
    found = found or resolve_role(names.gazetteer, phrase, names.date, names.country, party, until=names.until)
    return _just_left(names, token, office, found) or found


def _party_just_named(names: Names, token: Token) -> str:
    """The id of the party that the sentence names last before "its leader": "Labour should get rid of its leader"."""
    start = token.sent.start
    bodies = [m for m in names.mentions if m.type != PERSON and m.kind == "name" and start <= m.first < token.i]
    body = bodies[-1].entity if bodies and names.doc[bodies[-1].head].dep_ not in ("amod", "compound") else None
    return body.id if body is not None and body.id in names.gazetteer.parties else ""


def _of_namesakes(names: Names, phrase: str) -> Entity | None:
    """ "the first minister" of three: the one holder at the date whom the article names."""
    if not names.country or not names.date:
        return None
    offices = [o for o in offices_of(names.gazetteer, phrase) if names.gazetteer.offices[o].country == names.country]
    held = {t.person for o in offices for t in terms_at(names.gazetteer, o, names.date, names.until)}
    found = {m.entity.id: m.entity for m in names.mentions if m.kind == "name" and m.entity and m.entity.id in held}
    return next(iter(found.values())) if len(found) == 1 else None


def _just_left(names: Names, token: Token, office: str, now: Entity | None) -> Entity | None:
    """Who held the post until days ago, where the article names him before and its new holder not yet: the news of a
    resignation still calls him by the post."""
    if now is None and len(names.date) == 10 and not names.until:
        # nobody yet: who has just been dismissed is still called by his post
        over = [t for t in holders(names.gazetteer, office) if t.end and t.end <= names.date]
        last = max(over, key=lambda t: t.end, default=None)
        fresh = last is not None and len(last.end) == 10 and _since(names, last.end) <= _FRESH
        before = (m.entity for m in names.mentions if m.kind == "name" and m.entity and m.first < token.i)
        return next((e for e in before if fresh and last is not None and e.id == last.person), None)
    if now is None or len(names.date) != 10 or names.until:
        return None
    day = date.fromisoformat(names.date)
    terms = holders(names.gazetteer, office)
    began = [t.start for t in terms if t.person == now.id and len(t.start) == 10 and t.start <= names.date]
    if not began or (day - date.fromisoformat(max(began))).days > _FRESH:
        return None
    left = {t.person for t in terms if t.end and t.end <= max(began) and t.end >= str(day - timedelta(30))}
    named = [m.entity for m in names.mentions if m.kind == "name" and m.entity is not None and m.first < token.i]
    if now in named:
        return None
    gone = {e.id: e for e in named if e.id in left}
    return next(iter(gone.values())) if len(gone) == 1 else None


def _near(names: Names, day: str) -> bool:
    return len(names.date) == len(day) == 10 and abs(_since(names, day)) <= _FRESH


def _since(names: Names, day: str) -> int:
    return (date.fromisoformat(names.date) - date.fromisoformat(day)).days


# For so many days after a change of holder the news still speaks of the one who left.
_FRESH = 7


def _introduced_next(names: Names, token: Token, by_word: dict[str, list[Post]]) -> Entity | None:
    """ "the left-wing MP suspended by Labour ..." is who the next paragraph opens with, if it gives that post."""
    paragraphs = names.doc.user_data["paragraphs"]
    if paragraphs[token.i] < 2 and (found := _holder_next(names, token)) is not None:
        return found
    if not any(c.dep_ in ("acl", "relcl") for c in token.children):
        return None
    return _opening(names, paragraphs[token.i] + 1, by_word.get(ALIKE.get(token.lower_, token.lower_).split()[-1], ()))


def _holder_next(names: Names, token: Token) -> Entity | None:
    """ "..., the shadow chancellor said. / Oliver Letwin said ...": the next paragraph opens with one who held the post."""
    doc, paragraphs = names.doc, names.doc.user_data["paragraphs"]
    first, last = _phrase(token)
    body = next((m.entity.id for i in range(first, last + 1) if (m := names.taken.get(i)) and m.entity), "")
    office = find_office(names.gazetteer, doc[first : last + 1].text, names.country, body)
    held = {t.person for t in holders(names.gazetteer, office)} if office else set()
    start = next((i for i in range(token.i, len(doc)) if paragraphs[i] == paragraphs[token.i] + 1), len(doc))
    opening = next((m for m in names.mentions if m.kind == "name" and start <= m.first < start + 3), None)
    known = opening is not None and opening.entity is not None and opening.entity.id in held
    first_time = opening is not None and not any(
        m.entity == opening.entity and m.first < opening.first for m in names.mentions
    )
    return opening.entity if opening is not None and known and first_time else None


def _opening(names: Names, paragraph: int, posts: Iterable[Post]) -> Entity | None:
    """Whom a paragraph opens with, naming them for the first time and giving them one of these posts."""
    paragraphs = names.doc.user_data["paragraphs"]
    for post in posts:
        opens = post.at < 3 or paragraphs[post.at - 3] < paragraph
        first_time = not any(m.entity == post.person and m.first < min(post.at, post.first) for m in names.mentions)
        if paragraphs[post.at] == paragraph and opens and first_time:
            return post.person
    return None


def add_lead(names: Names, token: Token, by_word: dict[str, list[Post]]) -> bool:
    """Actors of a headline and of the first sentence without a name: "Conservative MP defects", "A former minister has
    defected": who alone bears that post in the article; after "a" only whom the next paragraph opens with."""
    doc, paragraphs = names.doc, names.doc.user_data["paragraphs"]
    paragraph = paragraphs[token.i]
    headline = _is_headline(names, token)
    if paragraph > 1 or token.i in names.taken or token.dep_ in ("compound", "appos", "nmod", "attr"):
        return False
    if token.head.lower_ == "as" or any(m.kind == "title" and m.first <= token.i <= m.last for m in names.mentions):
        return False
    if token.dep_ != "nsubj" and not headline:
        return False
    determiner = next((c.lower_ for c in token.children if c.dep_ in ("det", "poss", "nummod")), "")
    head = ALIKE.get(token.lower_, token.lower_).split()[-1]
    said = [t for t in doc[token.left_edge.i : token.i + 1] if t.tag_ not in ("VBN", "JJ") or t.i in names.taken]
    words = meaning([key(names, t) for t in said])
    fitting = [p for p in by_word.get(head, ()) if words <= p.words and not (p.words - words) & _TELLING_APART]
    entity = None
    if determiner in ("a", "an"):
        entity = _opening(names, paragraph + 1, [p for p in by_word.get(head, ()) if words & p.words])
    elif not determiner and headline and len({p.person.id for p in fitting}) == 1:
        entity = fitting[0].person
    if entity is not None:
        names.add(token.left_edge.i, token.i, "nominal", PERSON, entity)
    return entity is not None


def _is_headline(names: Names, token: Token) -> bool:
    """Whether the token stands in the article's first paragraph, and that is no sentence with a full stop."""
    paragraphs = names.doc.user_data["paragraphs"]
    last = token.i
    while last + 1 < len(paragraphs) and paragraphs[last + 1] == paragraphs[token.i]:
        last += 1
    return bool(paragraphs[token.i] == 0 and names.doc[last].text not in (".", "!", '."', '"'))


# What somebody else than the person spoken of is wont to be.
_OTHERS = frozenset("spokesman spokeswoman spokesperson judge lawyer attorney host aide adviser advisor".split())


# Of several people of a sentence these denote the one who acts in it.
_OFFICES = frozenset(
    """minister secretary mayor spokesman spokeswoman spokesperson president premier chancellor senator governor mp msp mep
    mla td leader chairman chairwoman chair whip commissioner deputy congressman congresswoman speaker treasurer
    taoiseach tánaiste backbencher lawmaker legislator chief boss peer councillor convener candidate nominee""".split()
)


def _epithet(names: Names, token: Token) -> Entity | None:
    """ "The former chat show host quit": who alone is spoken of in the sentence before, when the phrase opens its
    sentence as subject, says more than the bare noun, and nothing known of the person speaks against it."""
    doc, start = names.doc, token.sent.start
    inner = [t for t in doc[token.left_edge.i + 1 : token.i] if t.is_alpha]
    if any(t.lower_ in PUT_OUT for t in inner):
        return None
    first = token.left_edge.i
    told = first > start + 1 and (token.head.i < first or doc[first - 1].is_quote)  # "..., said the former minister"
    owns = token.dep_ == "poss" and inner[:1] and inner[0].lower_ in PAST
    if not (owns or token.dep_ in ("nsubj", "nsubjpass")) or not (owns or told or first <= start + 1) or start == 0:
        return None
    if not inner and not token.lower_.startswith("ex-"):
        return None
    of_portfolio = token.lower_.startswith("spokes") and len(inner) > 1
    if (token.lower_ in _OTHERS and not of_portfolio) or doc[token.left_edge.i].lower_ != "the":
        return None
    paragraphs = doc.user_data["paragraphs"]
    before = doc[start - 1].sent
    while (
        before.start
        and paragraphs[before.start] >= paragraphs[start] - 1
        and any(c.lower_ in ("he", "she") and c.dep_ in ("nsubj", "nsubjpass") for c in before.root.children)
    ):
        before = doc[before.start - 1].sent  # "X quit. She had been ill. The former nurse ..."
    pronouns = {GENDERS[t.lower_] for t in before if t.lower_ in GENDERS}
    if paragraphs[before.start] < paragraphs[start] - 1:
        return None
    seated = token.lower_ in _SEATED  # "the Toronto Centre MP" is hardly who was called "the prime minister" before
    people = {
        m.entity.id: m.entity
        for m in names.mentions
        if m.type == PERSON and m.entity and before.start <= m.first < start and not (seated and m.kind == "nominal")
    }
    several = len(people) > 1
    directly = {
        m.entity.id for m in names.mentions if m.type == PERSON and m.entity and doc[m.head].head == before.root
    }
    if several and (token.lower_ in _OFFICES or token.lower_.startswith("ex-") or len(directly) == 1):
        # "Poots beat Donaldson. The agriculture minister ...": of several the one of whom the sentence tells
        people = {
            m.entity.id: m.entity for m in names.mentions
            if m.type == PERSON and m.kind == "name" and m.entity and before.start <= m.first < start
            and doc[m.head].dep_ in ("nsubj", "nsubjpass") and doc[m.head].head == before.root
        }  # fmt: skip
    if len(people) != 1:
        return None
    person = next(iter(people.values()))
    if not several and pronouns - {gender_of(person, names)}:
        return None  # "asked by Robert Peston if she had resigned" speaks of two
    bodies = {
        m.entity.id
        for t in doc[token.left_edge.i : token.i]
        if (m := names.taken.get(t.i)) and m.entity and m.type == ORGANISATION
    }
    party = names.gazetteer.party_of(person.id, names.date)
    if bodies & set(names.gazetteer.parties):
        beside = {m.entity.id for m in names.mentions if m.entity and before.start <= m.first < start}
        if party.id not in bodies if party is not None else not bodies & beside:
            return None
    known = names.gazetteer.person_info(person.id) is not None
    past = any(t.lower_ in PAST for t in inner) or token.lower_.startswith("ex-")
    heads = [o.label for o in roles_of(names.gazetteer, person.id, names.date) if o.rank == 1] if names.date else []
    if not past and any(token.lower_ not in label for label in heads):
        return None  # the prime minister is no "trade commissioner"
    office = find_office(
        names.gazetteer, doc[token.left_edge.i : token.i + 1].text, names.country, next(iter(bodies), "")
    )
    if office is not None and known and person.id not in {t.person for t in holders(names.gazetteer, office)}:
        return None
    gender = "f" if token.lower_.endswith("woman") else "m" if token.lower_.endswith("man") else ""
    return person if not gender or gender_of(person, names) in (gender, "") else None


def settle_time(names: Names, posts: Iterable[Post]) -> None:
    """Let an undated article be of the time in which all whom it gives a current post held it."""
    if names.article.date:
        return
    start, end = "", ""
    for post in posts:
        if post.past or post.first > post.last:
            continue
        phrase = names.doc[post.first : post.last + 1].text
        party = names.gazetteer.party_of(post.person.id)
        office = find_office(names.gazetteer, phrase, names.country, party.id if party else "")
        terms = [t for t in holders(names.gazetteer, office or "") if t.person == post.person.id]
        if len(terms) == 1 and len(terms[0].start) == 10:
            start = max(start, terms[0].start)
            end = min(end or "9999", terms[0].end or "9999")
    if start and start < end:
        names.date, names.until = start, end if end < "9999" else ""


def _named_holder(names: Names, phrase: str, party: str, among: Collection[str] | None = None) -> Entity | None:
    """The one person named in the article who ever held the office (or one of ``among``)."""
    office = find_office(names.gazetteer, phrase, names.country, party)
    if office is None:
        return None
    held = {term.person for term in holders(names.gazetteer, office)}
    held &= set(among) if among is not None else held
    found = {m.entity.id: m.entity for m in names.mentions if m.entity is not None and m.entity.id in held}
    return next(iter(found.values())) if len(found) == 1 else None
