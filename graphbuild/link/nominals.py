"""Phrases that denote without a name: groups ("Labour MPs"), posts ("the Labour leader"), bodies ("the party")."""

from collections import Counter, defaultdict
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from graphbuild.link.gazetteer import fold
from graphbuild.link.gender import gender_of
from graphbuild.link.mentions import Names
from graphbuild.link.names import GROUPS, POSTS
from graphbuild.link.roles import find_office, holders, resolve_role
from graphbuild.link.seats import former_holder, seat_holder
from graphbuild.model import GROUP, ORGANISATION, PERSON, PLACE, Entity
from graphbuild.vocab import mint_id

_EMPTY = frozenset(
    "the a an of for in at to his her their its this that former ex then now current acting and 's new own".split()
)
# These need a word beside them to be actors ("Labour supporters", not "supporters").
_NEED_MODIFIER = frozenset(
    "supporters voters leaders members officials allies women colleagues activists candidates unions residents critics opponents campaigners delegates aides advisers donors veterans chairmen appointees".split()
)
# A post with one of these is another post than the one without.
_TELLING_APART = frozenset(["shadow", "deputy", "vice", "lady", "junior", "assistant", "under", "first"])
_ALIKE = {"sen": "senator", "sen.": "senator", "rep": "representative", "rep.": "representative", "congresswoman": "representative",
    "congressman": "representative", "lawmaker": "representative", "pm": "prime minister", "chair": "chairman", "chairwoman": "chairman",
    "chairperson": "chairman", "gov": "governor", "gov.": "governor", "spokeswoman": "spokesman", "spokesperson": "spokesman"}  # fmt: skip
_PAST = frozenset(["former", "ex", "previous", "one-time", "onetime", "late", "then", "ousted", "disgraced"])
# Legislators and the like are told by their seat: "the Vermont senator", "the Nottingham East MP".
_SEATED = frozenset(
    [
        "senator",
        "representative",
        "mp",
        "msp",
        "mep",
        "governor",
        "mayor",
        "democrat",
        "republican",
        "tory",
        "conservative",
    ]
)
_PLURAL_TITLES = frozenset(["mps", "msps", "meps", "tds", "mlas"])  # the tagger takes them for names
_PRONOUN_OWNERS = frozenset(["his", "her", "their", "its", "our", "my", "your"])


@dataclass(frozen=True, slots=True)
class Post:
    """A post that the article gives to a person: where, and the words that tell it."""

    at: int
    person: Entity
    words: frozenset[str]
    past: bool = False


def find_posts(names: Names) -> list[Post]:
    """Posts told in titles ("Tory leader Michael Howard"), appositions and predicates ("Andy Slaughter, the MP for X")."""
    doc, posts = names.doc, []
    for mention in list(names.mentions):
        if mention.type != PERSON or mention.entity is None:
            continue
        words: list[str] = []
        i = mention.first - 1
        while i >= 0 and mention.first - i < 9 and _title_word(names, doc[i], mention.first):
            words.append(_key(names, doc[i]))
            i -= 1
        if any(w in POSTS or w in _ALIKE for w in words):
            posts.append(Post(mention.first, mention.entity, _meaning(words), bool(_PAST & set(words))))
        i = mention.last + 1
        if i < len(doc) and doc[i].text in (",", "(", "-", "–"):
            words = []
            i += 1
            while (
                i < len(doc)
                and i < mention.last + 14
                and doc[i].text not in (",", ".", ";", ")")
                and doc[i].pos_ not in ("VERB",)
            ):
                words.append(_key(names, doc[i]))
                i += 1
            until = next((n for n, w in enumerate(words) if w in ("of", "for", "to", "who", "in", "at")), len(words))
            if any(w in POSTS for w in words[:until]) and not _opens_clause(doc, i):
                posts.append(Post(mention.first, mention.entity, _meaning(words), bool(_PAST & set(words))))
        head = doc[mention.head]
        if head.dep_ in ("nsubj",) and head.head.lemma_ in ("be", "become", "remain"):
            for child in head.head.children:
                if child.dep_ == "attr" and child.lower_ in POSTS:
                    posts.append(
                        Post(mention.first, mention.entity, _meaning([_key(names, t) for t in child.subtree][:10]))
                    )
    return posts


def _opens_clause(doc: Doc, stop: int) -> bool:
    """Whether the words after a name's comma are a verb's subject: "supports X, the Hawaii congresswoman announced"."""
    if stop >= len(doc) or doc[stop].pos_ != "VERB" or doc[stop].tag_ in ("VBN", "VBG"):
        return False
    return doc[stop - 1].lower_ in POSTS and doc[stop - 1].dep_ in ("nsubj", "nsubjpass")


def _title_word(names: Names, token: Token, first: int) -> bool:
    if names.doc.user_data["paragraphs"][token.i] != names.doc.user_data["paragraphs"][first]:
        return False
    taken = names.taken.get(token.i)
    if taken is not None:
        return taken.type == ORGANISATION
    return (
        token.pos_ in ("NOUN", "PROPN", "ADJ")
        or (token.text in ("-", "'s", "of", "for") and token.i < first - 1)
        or token.lower_ == "the"
    )


def _key(names: Names, token: Token) -> str:
    """A word as posts are compared: parties and bodies by their id, other words in lower case."""
    taken = names.taken.get(token.i)
    if taken is not None and taken.entity is not None and taken.type != PERSON:
        return taken.entity.id
    return token.lower_


def _meaning(words: list[str]) -> frozenset[str]:
    plain = " ".join(_ALIKE.get(w, w) for w in words if w not in _EMPTY and w[:1].isalpha()).split()
    return frozenset(w.removeprefix("ex-") for w in plain)


def find_nominals(names: Names) -> None:
    """Add groups, posts and "the party"-like phrases to the mentions."""
    posts = find_posts(names)
    by_word: dict[str, list[Post]] = defaultdict(list)
    for post in posts:
        for word in post.words:
            by_word[word].append(post)
    pairs = _name_lists(names)
    for token in names.doc:
        if _counted(names, token, pairs):
            continue
        if token.lower_ in _PARTISANS and token.tag_ in ("NN", "NNP") and _partisan(names, token):
            continue
        if token.lower_ in GROUPS and (token.tag_ in ("NNS", "NNPS") or token.lower_ in _PLURAL_TITLES):
            _add_group(names, token)
        elif token.lower_ in POSTS and token.tag_ in ("NN", "NNP") and token.i not in names.taken:
            _add_post(names, token, by_word)
        elif (
            token.lower_
            in (
                "party",
                "government",
                "government's",
                "association",
                "committee",
                "union",
                "paper",
                "newspaper",
                "group",
                "campaign",
            )
            and token.i not in names.taken
        ):
            _add_body(names, token)
    _same_groups(names)
    names.mentions.sort(key=lambda m: (m.first, -m.last))


_NUMBERS = {
    "two": 2,
    "both": 2,
    "pair": 2,
    "duo": 2,
    "2": 2,
    "three": 3,
    "trio": 3,
    "3": 3,
    "four": 4,
    "4": 4,
    "five": 5,
}
# How far, in tokens, a counted phrase may stand from the list of names that it counts.
_FAR = 150
_PARTISANS = frozenset(["democrat", "republican"])


def _name_lists(names: Names) -> list[tuple[int, list[Entity]]]:
    """(first token, people) of every list of two or more names: "Jody Wilson-Raybould and Jane Philpott"."""
    people = {m.head: m for m in names.mentions if m.type == PERSON and m.kind == "name" and m.entity is not None}
    out = []
    for index, mention in sorted(people.items()):
        token = names.doc[index]
        if token.dep_ == "conj" and token.head.i in people:
            continue
        chain, frontier = [mention], [token]
        while frontier:
            for child in [g for t in frontier.pop().children for g in (t, *(t.children if t.dep_ == "appos" else ()))]:
                if child.dep_ == "conj" and child.i in people:
                    chain.append(people[child.i])
                    frontier.append(child)
        entities = list(dict.fromkeys(m.entity for m in chain if m.entity is not None))
        # A sentence with more names than the list may go on with it where the parser did not see that.
        start, end = token.sent.start, token.sent.end
        others = {m.entity for i, m in people.items() if start <= i < end} - set(entities)
        tail = max(m.last for m in chain)
        if len(entities) > 1 and not any(m.entity in others and tail < m.first < tail + 8 for m in people.values()):
            out.append((index, entities))
    return out


def _counted(names: Names, token: Token, lists: list[tuple[int, list[Entity]]]) -> bool:
    """Resolve "two former ministers", "the pair", "both MPs" to the one list of so many names near it."""
    word = token.lower_
    if word in ("pair", "duo", "trio") and any(c.lower_ == "the" for c in token.children):
        count = _NUMBERS[word]
    elif word in GROUPS or word in ("men", "women", "people", "two"):
        counts = [
            _NUMBERS[c.lower_]
            for c in [token, *token.children]
            if (c.lower_ in _NUMBERS and c.lower_ != word) or (c == token and word == "two")
        ]
        if not counts and word in ("men", "women") and any(c.lower_ == "the" for c in token.children):
            counts = [2]
        if not counts or (word == "two" and token.dep_ not in ("nsubj", "nsubjpass", "dobj", "pobj")):
            return False
        count = counts[0]
    else:
        return False
    if any(c.dep_ == "prep" and c.lower_ == "of" for c in token.children) or any(
        c.dep_ in ("appos", "poss") for c in token.children
    ):
        return False
    found = [entities for at, entities in lists if len(entities) == count and abs(at - token.i) < _FAR]
    if not found or any({e.id for e in f} != {e.id for e in found[0]} for f in found):
        return False
    names.lists[token.i] = found[0]
    for entity in found[0]:
        names.add(token.left_edge.i if token.left_edge.i > token.i - 6 else token.i, token.i, "nominal", PERSON, entity)
    return True


def _partisan(names: Names, token: Token) -> bool:
    """ "the California Democrat": the last person named of that party, where one is; never the party itself."""
    taken = names.taken.get(token.i)
    if taken is None or taken.entity is None or not any(c.dep_ == "det" and c.lower_ == "the" for c in token.children):
        return False
    if token.dep_ in ("compound", "nmod", "appos", "attr"):
        return False
    names.mentions.remove(taken)
    del names.taken[token.i]
    people = [
        m.entity for m in names.mentions
        if m.type == PERSON and m.kind == "name" and m.entity is not None and m.first < token.i
        and (party := names.gazetteer.party_of(m.entity.id, names.article.date)) is not None and party.id == taken.entity.id
    ]  # fmt: skip
    entity = seat_holder(names, token) or (people[-1] if people else None)
    names.add(token.left_edge.i, token.i, "nominal", PERSON, entity)
    return True


def _add_group(names: Names, token: Token) -> None:
    doc = names.doc
    before = [
        c for c in token.children if c.i < token.i and c.dep_ in ("compound", "amod", "nmod", "nummod", "quantmod")
    ]
    taken = names.taken.get(token.i)
    plain = [c for c in before if not c.is_digit and c.dep_ != "nummod"]
    if taken is not None and not plain:
        return  # "the Tories" is the party
    whose = _whose_members(names, token)
    if (
        token.lower_ in _NEED_MODIFIER
        and not whose
        and not any(c.dep_ == "poss" and c.i in names.taken for c in token.children)
        and not any(t.i in names.taken or t.pos_ in ("PROPN", "ADJ") for c in plain for t in c.subtree)
    ):
        return
    if token.dep_ in ("compound", "nmod") or any(c.dep_ == "appos" and c.pos_ == "PROPN" for c in token.children):
        return
    if token.i + 1 < len(doc) and token.nbor().i in names.taken and names.taken[token.nbor().i].type == PERSON:
        return  # "Labour MPs Smith and Jones"
    owners = (
        [c for c in token.children if c.dep_ == "poss" and c.i in names.taken] if token.lower_ in _NEED_MODIFIER else []
    )
    first = min([c.left_edge.i for c in [*plain, *owners]], default=token.i)
    while first < token.i and doc[first].pos_ in ("DET", "PRON", "NUM", "ADV"):
        first += 1
    if token.i - first > 5:
        return
    text = " ".join(doc[first : token.i + 1].text.split()) + whose
    names.add(first, token.i, "nominal", GROUP, Entity(mint_id("group", text), text, GROUP))


def _whose_members(names: Names, token: Token) -> str:
    """The body or place that tells a group from others of its kind: "members *of the House Intelligence Committee*",
    "Republicans *in Congress*"."""
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in ("of", "in", "on", "from") and child.i == token.i + 1:
            for inner in child.children:
                body = names.taken.get(inner.i)
                if inner.dep_ == "pobj" and body is not None and body.entity is not None and inner.i - token.i < 9:
                    if body.type not in (ORGANISATION, PLACE) or body.entity.kind == "party":
                        return ""
                    owned = any(c.tag_ == "PRP$" for c in inner.children)
                    the = "the " if owned or any(c.lower_ == "the" for c in inner.children) else ""
                    return f" {child.lower_} {the}{body.entity.name}"
    return ""


def _same_groups(names: Names) -> None:
    """A bare "MPs" is the "Labour MPs" of the same article where it has no other MPs of a party."""
    groups = [m for m in names.mentions if m.type == GROUP and m.entity is not None]
    fuller: dict[str, dict[str, Entity]] = defaultdict(dict)
    for mention in groups:
        words = mention.entity.name.split()  # type: ignore[union-attr]
        party = names.taken.get(mention.first)
        if len(words) == 2 and party is not None and party.entity is not None and party.entity.kind == "party":
            fuller[words[1].casefold()][party.entity.id] = mention.entity  # type: ignore[assignment]
    for mention in groups:
        only = fuller.get(mention.entity.name.casefold(), {})  # type: ignore[union-attr]
        if len(only) == 1:
            at = names.mentions.index(mention)
            names.mentions[at] = replace(mention, entity=next(iter(only.values())))


def _phrase(token: Token) -> tuple[int, int]:
    """The tokens of a post phrase: its words before the head, and "of/for/to" phrases after it."""
    first = token.left_edge.i
    last = token.i
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in ("of", "for", "to") and child.i == last + 1:
            last = max((t.i for t in child.subtree), default=last)
            last = min(last, token.i + 8)
    return first, last


def _add_post(names: Names, token: Token, by_word: dict[str, list[Post]]) -> None:
    doc = names.doc
    owners = [c for c in token.children if c.dep_ == "poss"]
    the = any(c.dep_ == "det" and c.lower_ == "the" for c in token.children)
    if not the and not owners and token.lower_ != "pm":
        return
    if token.dep_ in ("compound", "attr", "oprd", "appos", "nmod") or (
        token.head.lower_ == "as" and token.dep_ == "pobj"
    ):
        return
    if any(c.dep_ == "appos" and c.pos_ == "PROPN" for c in token.children) or (
        token.i + 1 < len(doc) and token.i + 1 in names.taken and names.taken[token.i + 1].type == PERSON
    ):
        return
    first, last = _phrase(token)
    words = _meaning([_key(names, t) for t in doc[first : last + 1]])
    owner_words = {t.lower_ for o in owners for t in o.subtree}
    if owners and owners[0].lower_ in _PRONOUN_OWNERS:
        words = words - owner_words
    entity = (
        _holder(names, token, words, by_word) or seat_holder(names, token) or _introduced_next(names, token, by_word)
    )
    names.add(first, token.i, "nominal", PERSON, entity)


def _holder(names: Names, token: Token, words: frozenset[str], by_word: dict[str, list[Post]]) -> Entity | None:
    head = _ALIKE.get(token.lower_, token.lower_).split()[-1]
    fitting = [p for p in by_word.get(head, ()) if words <= p.words and not (p.words - words) & _TELLING_APART]
    if not fitting:
        places = {t.lower_ for t in names.doc[token.left_edge.i : token.i] if t.ent_type_ in ("GPE", "NORP", "LOC")}
        places |= {
            m.entity.id
            for t in names.doc[token.left_edge.i : token.i]
            if (m := names.taken.get(t.i)) and m.entity and m.type == PLACE
        }
        outside = {
            t.lower_
            for t in names.doc[token.left_edge.i : token.i]
            if t.text[:1].isupper() and t.i not in names.taken and t.lower_ not in POSTS
        }
        places |= outside - {"the", "a", "former", "shadow"}
        if places and head in _SEATED:  # "the Vermont senator" when the article has one senator
            fitting = [
                p for p in by_word.get(head, ()) if words - places <= p.words and not (p.words - words) & _TELLING_APART
            ]
            if len({p.person.id for p in fitting}) != 1:
                fitting = []
    gender = "f" if token.lower_.endswith("woman") else "m" if token.lower_ == "congressman" else ""
    fitting = [p for p in fitting if not gender or gender_of(p.person, names) in (gender, "")]
    past = any(t.lower_ in _PAST for t in names.doc[token.left_edge.i : token.i])
    fitting = [p for p in fitting if p.past == past] or (
        fitting if len({p.person.id for p in fitting}) == 1 and past else []
    )
    before = [p for p in fitting if p.at <= token.i]
    people = {p.person.id: p.person for p in (before or fitting)}
    if len(people) == 1:
        return next(iter(people.values()))
    if len(people) > 1:
        held = _by_office(names, token)
        if held is not None and held.id in people:
            return held
        if len(words) == 1:
            recent = max((p for p in before), key=lambda p: p.at, default=None)
            return recent.person if recent is not None and token.i - recent.at < 120 else None
        return None
    return _by_office(names, token)


def _by_office(names: Names, token: Token) -> Entity | None:
    """Who held the post at the article's date, by the gazetteer."""
    first, last = _phrase(token)
    phrase = " ".join(t.text for t in names.doc[first : last + 1])
    party = next(
        (
            m.entity.id
            for i in range(token.left_edge.i, token.i)
            if (m := names.taken.get(i)) and m.entity and m.type == ORGANISATION
        ),
        "",
    )
    found = resolve_role(names.gazetteer, phrase, names.article.date, names.country, party)
    if found is None and not names.article.date:
        found = _named_holder(names, phrase, party)
    if found is None and any(t.lower_ in _PAST for t in names.doc[first : token.i]):
        found = former_holder(names, phrase, token, party)
    return found


def _introduced_next(names: Names, token: Token, by_word: dict[str, list[Post]]) -> Entity | None:
    """ "the left-wing MP suspended by Labour ..." is who the next paragraph opens with, if it gives that post."""
    paragraphs = names.doc.user_data["paragraphs"]
    if not any(c.dep_ in ("acl", "relcl") for c in token.children):
        return None
    here = paragraphs[token.i]
    head = _ALIKE.get(token.lower_, token.lower_).split()[-1]
    for post in by_word.get(head, ()):
        opens = post.at < 3 or paragraphs[post.at - 3] == here
        first_time = not any(m.entity == post.person and m.first < post.at for m in names.mentions)
        if paragraphs[post.at] == here + 1 and opens and first_time:
            return post.person
    return None


def _named_holder(names: Names, phrase: str, party: str) -> Entity | None:
    """Without a date: the one person named in the article who ever held the office."""
    office = find_office(names.gazetteer, phrase, names.country, party)
    if office is None:
        return None
    held = {term.person for term in holders(names.gazetteer, office)}
    found = {m.entity.id: m.entity for m in names.mentions if m.entity is not None and m.entity.id in held}
    return next(iter(found.values())) if len(found) == 1 else None


def _add_body(names: Names, token: Token) -> None:
    """ "the party", "the government": the last body of that kind named before, else the country's government."""
    if not any(c.dep_ == "det" and c.lower_ == "the" for c in token.children) or token.dep_ in ("compound", "nmod"):
        return
    if any(c.dep_ in ("amod", "compound") for c in token.children):
        return
    word = token.lower_
    before = [m for m in names.mentions if m.type == ORGANISATION and m.kind == "name" and m.entity is not None]
    if word == "party":
        parties = [
            m.entity for m in before if m.entity and m.entity.id in names.gazetteer.parties and m.first < token.i
        ]
        counts = Counter(
            m.entity.id for m in before if m.entity and m.entity.id in names.gazetteer.parties
        ).most_common(2)
        if parties:
            leading = counts[0][0] if len(counts) == 1 or counts[0][1] >= 2 * counts[1][1] else parties[-1].id
            names.add(
                token.left_edge.i,
                token.i,
                "nominal",
                ORGANISATION,
                next(e for e in [*parties, *(m.entity for m in before if m.entity)] if e.id == leading),
            )
        return
    for mention in reversed([m for m in before if m.first < token.i]):
        assert mention.entity is not None
        if word in fold(mention.entity.name).split():
            names.add(token.left_edge.i, token.i, "nominal", ORGANISATION, mention.entity)
            return
    if word == "government" and names.country:
        for body in names.gazetteer.bodies.values():
            if body.kind == "government" and body.country == names.country:
                names.add(token.left_edge.i, token.i, "nominal", ORGANISATION, body.entity)
                return
        if names.country == "GB":
            names.add(
                token.left_edge.i,
                token.i,
                "nominal",
                ORGANISATION,
                Entity("organisation/uk-government", "UK Government", ORGANISATION),
            )
