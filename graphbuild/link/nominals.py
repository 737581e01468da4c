"""Phrases that denote without a name: groups ("Labour MPs"), posts ("the Labour leader"), bodies ("the party")."""

from collections import Counter, defaultdict

from spacy.tokens import Token

from graphbuild.link.gazetteer import fold
from graphbuild.link.groups import COLLECTIVES, add_group, denotes_group, same_groups
from graphbuild.link.mentions import Names
from graphbuild.link.names import AGENTS, GROUPS, POSTS
from graphbuild.link.partisans import of_party
from graphbuild.link.post_phrases import add_aged, add_lead, add_post, settle_time
from graphbuild.link.posts import Post, find_posts
from graphbuild.link.seats import seat_holder
from graphbuild.model import ORGANISATION, PERSON, Entity


def find_nominals(names: Names) -> None:
    """Add groups, posts and "the party"-like phrases to the mentions."""
    posts = find_posts(names)
    settle_time(names, posts)
    by_word: dict[str, list[Post]] = defaultdict(list)
    for post in posts:
        for word in post.words:
            by_word[word].append(post)
        names.add(post.first, post.last, "title", PERSON, post.person)
    pairs = _name_lists(names)
    for index, word in enumerate(names.lowers):
        if word not in _TRIGGERS and not (word.endswith("s") and names.texts[index][:1].isupper()):
            continue
        token = names.doc[index]
        if word in _LETTERED and names.texts[index].islower():
            continue
        if _counted(names, token, pairs):
            continue
        if token.lower_ in _PARTISANS and token.tag_ in ("NN", "NNP") and _partisan(names, token):
            continue
        if _ends_party(names, index):
            continue
        if denotes_group(token):
            add_group(names, token)
        elif (
            (token.lower_ in POSTS or token.lower_ in AGENTS or token.text in ("MS", "AM")) and token.tag_ in ("NN", "NNP")
            and token.i not in names.taken and not add_lead(names, token, by_word)
        ):  # fmt: skip
            add_post(names, token, by_word)
        elif word == "old":
            add_aged(names, token)
        elif token.lower_ in ("rival", "opponent", "counterpart") and token.tag_ == "NN" and token.i not in names.taken:
            _add_rival(names, token, posts)
        elif token.lower_ in _BODIES and token.i not in names.taken:
            _add_body(names, token)
        elif token.lower_ == "administration" and token.i not in names.taken:
            _add_administration(names, token)
    same_groups(names)
    names.mentions.sort(key=lambda m: (m.first, -m.last))


def _ends_party(names: Names, index: int) -> bool:
    """Whether a plural is the end of a party's name of two words or more: "the Christian Democrats"."""
    name = names.taken.get(index)
    party = name is not None and name.entity is not None and name.entity.id in names.gazetteer.parties
    return party and name is not None and name.last == index > name.first and names.lowers[name.first] != "the"


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
_BODIES = frozenset(
    "council committee commission tribunal department ministry agency board party government government's association committee union paper newspaper group campaign".split()
)
# Members of the Welsh parliament and the prime minister, in capitals only.
_LETTERED = frozenset(["ms", "am", "pm"])
# Words that may head a phrase; all others are passed over.
_TRIGGERS = (
    GROUPS | POSTS | AGENTS | COLLECTIVES | _PARTISANS | _BODIES
    | _LETTERED
    | frozenset("men women people two pair duo trio rival opponent counterpart administration old".split())
)  # fmt: skip


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
        if len(entities) == 1:
            entities = list(dict.fromkeys(names.listed_before(mention)))
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
            if (c.lower_ in _NUMBERS and c.lower_ != word and (not c.i or c.nbor(-1).text != "-"))
            or (c == token and word == "two")
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
    known = {c.lower_ for c in token.children} & {"the", "both", "these", "those"} or word in ("pair", "duo", "trio")
    here, opens = token.sent, names.doc.user_data["paragraphs"][token.i] < 2
    found = [
        entities for at, entities in lists
        if len(entities) == count and abs(at - token.i) < _FAR and not token.left_edge.i <= at <= token.i
        # "both men" have been named, but for those of a headline; "two MPs" are yet to be
        and (opens or here.start <= at < here.end or (at < token.i if known else at > token.i))
    ]  # fmt: skip
    beside = [m.entity for c in (token, *token.children) if (m := names.taken.get(c.i)) and m.entity]
    parties = {e.id for e in beside if e.id in names.gazetteer.parties}
    if parties:  # "both Democratic candidates"
        found = [
            entities for entities in found
            if all((p := names.gazetteer.party_of(e.id, names.date)) is None or p.id in parties for e in entities)
        ]  # fmt: skip
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
    after = names.taken.get(token.i + 2)
    if after is not None and after.type == PERSON and names.texts[token.i + 1] == ",":
        return False  # "the top Senate Democrat, X"
    names.mentions.remove(taken)
    del names.taken[token.i]
    people = [
        m.entity for m in names.mentions
        if m.type == PERSON and m.kind == "name" and m.entity is not None and m.first < token.i
        and (party := names.gazetteer.party_of(m.entity.id, names.date)) is not None and party.id == taken.entity.id
    ]  # fmt: skip
    entity = seat_holder(names, token) or (people[-1] if people else None)
    names.add(token.left_edge.i, token.i, "nominal", PERSON, entity)
    return True


def _add_rival(names: Names, token: Token, posts: list[Post]) -> None:
    """ "his Democratic rival": a phrase for somebody only with a party, whose one named contender it is."""
    opened = any(c.dep_ in ("det", "poss") and c.lower_ not in ("a", "an", "any", "no") for c in token.children)
    named = any(c.dep_ == "appos" for c in token.children) or token.dep_ in ("compound", "appos", "attr")
    entity = of_party(names, token, posts) if opened and not named and token.i + 1 not in names.taken else None
    if entity is not None:
        names.add(token.left_edge.i, token.i, "nominal", PERSON, entity)


def _add_administration(names: Names, token: Token) -> None:
    """ "the administration", "Obama's administration": the one that the article names, else the United States'."""
    owners = [c for c in token.children if c.dep_ in ("poss", "det")]
    if not owners or owners[0].lower_ in ("a", "an", "any", "every") or token.dep_ in ("compound", "nmod"):
        return
    if any(c.dep_ in ("amod", "compound", "prep") for c in token.children):
        return  # "public administration", "the administration of justice"
    named = {
        m.entity.id: m.entity for m in names.mentions
        if m.kind == "name" and m.entity is not None and m.entity.id.endswith("-administration")
    }  # fmt: skip
    owner = names.taken.get(owners[0].i)
    if owner is not None and owner.type == PERSON and owner.entity is not None:
        surname = fold(owner.entity.name).split()[-1]
        named = {i: e for i, e in named.items() if surname in i}
    known = names.gazetteer.bodies.get("organisation/us-government")
    if len(named) != 1 and (names.country != "US" or known is None):
        return
    entity = next(iter(named.values())) if len(named) == 1 else known.entity if known else None
    names.add(token.left_edge.i, token.i, "nominal", ORGANISATION, entity)


# Words beside "government" that leave it the country's.
_OF_GOVERNMENTS = frozenset("new current present coalition minority outgoing sitting whole incoming elected".split())


def _add_body(names: Names, token: Token) -> None:
    """ "the party", "the government": the last body of that kind named before, else the country's government."""
    word = token.lower_
    beside = [c for c in token.children if c.dep_ in ("amod", "compound", "nmod")]
    parties = [m.entity for c in beside if (m := names.taken.get(c.i)) and m.entity and m.entity.kind == "party"]
    ruling = word == "government" and (parties or all(c.lower_ in _OF_GOVERNMENTS for c in beside))
    # "this Tory government" is the one in office; "a Tory government" need not be
    dets = ("the", "this", "another") if ruling and parties else ("the",)
    if not any(c.dep_ == "det" and c.lower_ in dets for c in token.children) or token.dep_ in ("compound", "nmod"):
        return
    if beside and not ruling:
        return
    before = [m for m in names.mentions if m.type == ORGANISATION and m.kind == "name" and m.entity is not None]
    if word == "party":
        parties = [
            m.entity for m in before if m.entity and m.entity.id in names.gazetteer.parties and m.first < token.i
        ]
        counts = Counter(
            m.entity.id for m in before if m.entity and m.entity.id in names.gazetteer.parties
        ).most_common(2)
        paragraphs = names.doc.user_data["paragraphs"]
        here = {
            m.entity.id for m in before
            if m.entity and m.entity.id in names.gazetteer.parties and m.first < token.i
            and paragraphs[m.first] == paragraphs[token.i]
        }  # fmt: skip
        if parties and len(here) == 1:
            entity = next(e for e in reversed(parties) if e.id in here)
            names.add(token.left_edge.i, token.i, "nominal", ORGANISATION, entity)
        elif parties:
            leading = counts[0][0] if len(counts) == 1 or counts[0][1] >= 2 * counts[1][1] else parties[-1].id
            names.add(
                token.left_edge.i,
                token.i,
                "nominal",
                ORGANISATION,
                next(e for e in [*parties, *(m.entity for m in before if m.entity)] if e.id == leading),
            )
        return
    for party in parties if ruling else ():  # the SNP's government is Scotland's
        nation = fold(party.name).split()[0]
        own = [
            b.entity
            for b in names.gazetteer.bodies.values()
            if b.kind == "government" and nation in fold(b.entity.name).split()
        ]
        if len(own) == 1:
            names.add(token.left_edge.i, token.i, "nominal", ORGANISATION, own[0])
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
