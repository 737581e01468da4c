"""Posts that an article gives to people: titles before names, appositions, predicates."""

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from graphbuild.link.mentions import Names
from graphbuild.link.names import AGENTS, POSTS
from graphbuild.link.seats import seat_holder
from graphbuild.model import ORGANISATION, PERSON, PLACE, Entity, Mention

_EMPTY = frozenset(
    "the a an of for in at to his her their its this that former ex then now current acting and 's new own".split()
)
ALIKE = {"sen": "senator", "sen.": "senator", "rep": "representative", "rep.": "representative", "congresswoman": "representative",
    "congressman": "representative", "lawmaker": "representative", "pm": "prime minister", "vp": "vice president", "chair": "chairman", "chairwoman": "chairman",
    "chairperson": "chairman", "gov": "governor", "gov.": "governor", "spokeswoman": "spokesman", "spokesperson": "spokesman"}  # fmt: skip
PAST = frozenset("former ex previous one-time onetime late then ousted disgraced".split())


@dataclass(frozen=True, slots=True)
class Post:
    """A post that the article gives to a person: where, the words that tell it, and the words' place, with ``first``
    above ``last`` where they are no phrase of their own ("she is the leader")."""

    at: int
    person: Entity
    words: frozenset[str]
    past: bool
    first: int
    last: int


def find_posts(names: Names) -> list[Post]:
    """Posts told in titles ("Tory leader Michael Howard"), appositions and predicates ("Andy Slaughter, the MP for X")."""
    posts = []
    for mention in list(names.mentions):
        if mention.type == PERSON and mention.entity is not None:
            for found in (_title, _apposition, _before_comma, _predicate):
                posts += found(names, mention)
    return posts


def _post(names: Names, mention: Mention, first: int, last: int) -> Post:
    assert mention.entity is not None
    tokens = list(names.doc[first : last + 1])
    owner = max((n for n, t in enumerate(tokens) if t.lower_ in ("'s", "'")), default=-1)
    # Of "the prime minister's predecessor" only the last word is the post; of "Labour's leader" the party tells it.
    tokens = [t for n, t in enumerate(tokens) if n > owner or t.i in names.taken]
    words = [key(names, t) for t in tokens]
    return Post(mention.first, mention.entity, meaning(words), bool(PAST & set(words)), first, last)


def _title(names: Names, mention: Mention) -> list[Post]:
    """ "Labour's deputy leader Angela Rayner"."""
    doc, first = names.doc, mention.first
    while first and mention.first - first < 9 and _title_word(names, doc[first - 1], mention.first):
        first -= 1
    while first < mention.first and doc[first].text in ("-", "'s", "of", "for"):
        first += 1
    words = [doc[i].lower_ for i in range(first, mention.first)]
    if not any(w in POSTS or w in ALIKE or w in AGENTS for w in words):
        return []
    return [_post(names, mention, first, mention.first - 1)]


def _apposition(names: Names, mention: Mention) -> list[Post]:
    """ "Andy Slaughter, the MP for Hammersmith", "Jacquelyn, a security guard": up to the next comma."""
    doc, start = names.doc, mention.last + 2
    colon = start < len(doc) and doc[start - 1].text == ":" and doc.user_data["paragraphs"][start] == 0
    if start >= len(doc) or (doc[start - 1].text not in (",", "(", "-", "–", "—") and not colon):
        return []
    last = start
    while last < min(len(doc), mention.last + 14) and doc[last].text not in (",", ".", ";", ")"):
        other = names.taken.get(last)
        owner = other is not None and (
            (other.last + 1 < len(doc) and doc[other.last + 1].lower_ in ("'s", "'"))
            or doc[other.head].dep_ in ("compound", "nmod")
        )
        if doc[last].pos_ == "VERB" or (other and other.type == PERSON and not owner):
            break
        last += 1
    head = until = start
    while until < last and doc[until].lower_ not in ("of", "for", "to", "who", "in", "at"):
        head, until = (until if _names_post(doc[until]) else head), until + 1
    if last < len(doc) and last in names.taken and doc[last].text != ",":
        return []  # "Melania Trump, President Trump and ..." is a list
    named = _names_post(doc[head]) and (colon or not _opens_clause(doc, last))
    if not named and not colon and not _opens_clause(doc, last):
        # Any other noun that the parser takes for an apposition, when it opens with an article.
        heads = [t for t in doc[start:until] if t.dep_ == "appos" and t.head.i == mention.head and t.tag_ == "NN"]
        named = bool(heads) and doc[start].lower_ in ("a", "an", "the") and heads[0].i not in names.taken
    if not named or last <= start or _of_another(names, mention, doc[head]):
        return []
    return [_post(names, mention, start, last - 1)]


def _of_another(names: Names, mention: Mention, noun: Token) -> bool:
    """ "Within hours of McCain's remarks on Vladimir Putin, the Arizona senator ...": a seat known to be another's."""
    holder = seat_holder(names, noun)
    return holder is not None and mention.entity is not None and holder.id != mention.entity.id


def _names_post(token: Token) -> bool:
    return token.lower_ in POSTS or token.lower_ in AGENTS


def _before_comma(names: Names, mention: Mention) -> list[Post]:
    """ "Labour's deputy leader, Angela Rayner,", "the previous home secretary—Mrs May": closed by another mark."""
    doc, first = names.doc, mention.first
    while first > 1 and mention.first - first < 6 and _title_word(names, doc[first - 1], mention.first):
        first -= 1
    mark, after = first - 1, mention.last + 1
    closed = after >= len(doc) or doc[after].is_punct or doc[after].lower_ in ("who", "and")
    if mark < 1 or doc[mark].text not in (",", "-", "–", "—", "--") or not closed:
        return []
    paragraphs, last = doc.user_data["paragraphs"], mark - 1
    if paragraphs[last] != paragraphs[mention.first] or (last in names.taken and names.taken[last].type == PERSON):
        return []
    noun = doc[last]
    # "leader of the council, X": the post stands before its "of"
    while not _names_post(noun) and noun.dep_ in ("pobj", "compound", "prep") and last - 9 < noun.head.i < noun.i:
        noun = noun.head
    if noun.dep_ in ("pobj", "compound") and noun.head.i > noun.i:
        return []
    opened = any(c.dep_ in ("det", "poss") for c in noun.children) or noun.left_edge.dep_ in ("det", "poss")
    appos = doc[mention.head].dep_ == "appos" and doc[mention.head].head == noun
    if noun.tag_ not in ("NN", "NNP") or noun.i in names.taken or not opened or not (_names_post(noun) or appos):
        return []
    return [_post(names, mention, noun.left_edge.i, last)]


def _predicate(names: Names, mention: Mention) -> list[Post]:
    """ "Andy Slaughter is the MP for Hammersmith"."""
    head = names.doc[mention.head]
    if head.dep_ != "nsubj" or head.head.lemma_ not in ("be", "become", "remain"):
        return []
    posts = []
    for child in head.head.children:
        if child.dep_ == "attr" and child.lower_ in POSTS:
            edge = min(child.right_edge.i, child.left_edge.i + 9)
            posts.append(_post(names, mention, child.left_edge.i, edge))
    return posts


def _opens_clause(doc: Doc, stop: int) -> bool:
    """Whether the words after a name's comma are a verb's subject: "supports X, the Hawaii congresswoman announced"."""
    if stop >= len(doc) or doc[stop].pos_ not in ("VERB", "AUX"):
        return False
    if doc[stop - 1].pos_ in ("NOUN", "PROPN") and doc[stop].tag_ in ("VBD", "VBZ", "VBP", "MD"):
        return True  # no comma closes the words, whatever the parser makes of the verb
    return doc[stop].tag_ not in ("VBN", "VBG") and doc[stop - 1].dep_ in ("nsubj", "nsubjpass")


def _title_word(names: Names, token: Token, first: int) -> bool:
    if names.doc.user_data["paragraphs"][token.i] != names.doc.user_data["paragraphs"][first]:
        return False
    taken = names.taken.get(token.i)
    if taken is not None:
        return taken.type in (ORGANISATION, PLACE)
    return (
        (token.pos_ in ("NOUN", "PROPN", "ADJ") and token.ent_type_ not in ("DATE", "TIME"))
        or (token.text in ("-", "'s", "of", "for") and token.i < first - 1)
        or token.lower_ == "the"
    )


def key(names: Names, token: Token) -> str:
    """A word as posts are compared: parties and bodies by their id, other words in lower case."""
    taken = names.taken.get(token.i)
    if taken is not None and taken.entity is not None and taken.type != PERSON:
        return taken.entity.id
    return token.lower_


def meaning(words: list[str]) -> frozenset[str]:
    plain = " ".join(ALIKE.get(w, w) for w in words if w not in _EMPTY and w[:1].isalpha()).split()
    return frozenset(w.removeprefix("ex-") for w in plain)
