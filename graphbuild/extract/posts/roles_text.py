"""Post nouns in an article ("leader", "chief of staff", "Sen.") and the mentions around them.

Which nouns name a post, and what each word beside one means, is data: ontologies/english/roles.yaml.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from spacy.attrs import LOWER
from spacy.tokens import Doc, Token

from graphbuild.errors import OntologyError
from graphbuild.extract.syntax.grammar import children, sentence
from graphbuild.model import ORGANISATION, PERSON, PHRASE, PLACE, Entity, Mention
from graphbuild.vocab import mint_id

KINDS = ("seat", "office", "ministry", "bench", "head", "staff", "law", "contest")


@dataclass(frozen=True, slots=True)
class Post:
    """A post noun: its label, its kind (see roles.yaml) and whether the form read is a plural."""

    name: str
    kind: str
    plural: bool = False


@dataclass(frozen=True)
class RoleWords:
    """roles.yaml in the form that reading needs."""

    data: Mapping[str, Any]
    forms: Mapping[str, tuple[tuple[tuple[str, ...], Post], ...]]
    sets: Mapping[str, frozenset[str]]

    def has(self, name: str, word: str) -> bool:
        return word.lower() in self.sets[name]

    def in_post(self, word: str) -> bool:
        """Is this a word of some post noun?"""
        return word in self.sets["post_words"]


@dataclass(frozen=True, slots=True)
class Fact:
    """A background fact before repeats are removed: told at ``token``, found by ``rule``."""

    person: Entity
    relation: str
    object: Entity
    token: int
    rule: str
    post: str = ""
    label: str = ""
    date: str = ""


_READ: dict[int, RoleWords] = {}


def role_words(data: Mapping[str, Any]) -> RoleWords:
    """Prepare the content of roles.yaml, once for each loaded copy. Raises OntologyError for a kind that is unknown."""
    known = _READ.get(id(data))
    if known is not None and known.data is data:
        return known
    forms: dict[str, list[tuple[tuple[str, ...], Post]]] = {}
    for kind, posts in data["posts"].items():
        if kind not in KINDS:
            raise OntologyError(f"roles.yaml, posts: unknown kind {kind!r}; allowed are {', '.join(KINDS)}")
        for name, spellings in posts.items():
            for spelling in spellings:
                for text, plural in ((spelling, False), (plural_of(spelling), True)):
                    form = tuple(_split(text))
                    if form:
                        forms.setdefault(form[0], []).append((form, Post(name, kind, plural)))
    longest_first = {w: tuple(sorted(found, key=lambda f: -len(f[0]))) for w, found in forms.items()}
    sets = {
        name: frozenset(str(w).lower() for w in listed) for name, listed in data.items() if isinstance(listed, list)
    }
    sets["post_words"] = frozenset(w for found in forms.values() for cut, _ in found for w in cut)
    whole = [cut for found in forms.values() for cut, post in found if not post.plural]
    sets["post_heads"] = frozenset(cut[cut.index("of") - 1] if "of" in cut else cut[-1] for cut in whole)
    words = RoleWords(data, longest_first, sets)
    _READ.clear()
    _READ[id(data)] = words
    return words


def _split(text: str) -> list[str]:
    """Lower-case words as the tokeniser cuts them: hyphens stand alone."""
    return text.lower().replace("-", " - ").split()


def plural_of(text: str) -> str:
    """ "chiefs of staff", "secretaries of state", "spokesmen", "MPs", "Sens."."""
    if text.endswith("."):
        return f"{text[:-1]}s."
    head, joint, rest = text.partition(" of ")
    if head.endswith(("general", "general-")) and " " in head:
        first, _, last = head.rpartition(" ")
        return f"{first}s {last}{joint}{rest}"
    if head.endswith("man"):
        head = head[:-3] + "men"
    elif head.endswith("woman"):
        head = head[:-5] + "women"
    elif head.endswith("y") and not head.endswith("ey"):
        head = head[:-1] + "ies"
    elif head.endswith(("s", "ch", "sh")):
        head += "es"
    else:
        head += "s"
    return head + joint + rest


def _is_name(doc: Doc, mention: Mention) -> bool:
    """Not a recogniser's slip such as "D-N.Y.", "LONDON Britain" or a lone verb in a headline."""
    if mention.entity is None or re.match(r"[DRI]-[A-Z]", mention.text):
        return False
    tokens = [doc[i] for i in range(mention.first, mention.last + 1)]
    shouted = [t.text.isupper() and len(t) > 3 and "." not in t.text for t in tokens]
    if any(shouted) and not all(shouted):
        return False
    return not (len(tokens) == 1 and tokens[0].tag_ in ("VBD", "VBZ", "VBG") and not mention.entity.same_as)


class Names:
    """The mentions of one article by token, for reading the words around a post."""

    def __init__(self, doc: Doc, mentions: Sequence[Mention], words: RoleWords) -> None:
        self.doc = doc
        self.words = words
        self.people: dict[int, Mention] = {}
        self.bodies: dict[int, Mention] = {}
        self.others: dict[int, list[Mention]] = {}
        self.lowers = [doc.vocab.strings[word] for word in doc.to_array(LOWER).tolist()]
        self.places = frozenset(m.text for m in mentions if m.type == PLACE)
        # Places with a small word inside: "Bay of Plenty", "Newcastle upon Tyne".
        self.joined_places = {
            m.last: m for m in mentions
            if m.type == PLACE and m.kind == "name" and m.last > m.first + 1 and any(w.islower() for w in m.text.split())
        }  # fmt: skip
        self.parties: list[tuple[int, Entity]] = []
        # Person -> place -> post there, as the gazetteer knows (link/seats.py).
        self.seats: Mapping[str, Mapping[str, str]] = doc.user_data.get("seats", {})
        # First token of a title -> the name it leads to; titles.py fills it in.
        self.titled: dict[int, Mention] = {}
        for mention in mentions:
            for index in range(mention.first, mention.last + 1):
                if mention.kind == "name" and mention.type == PERSON and _is_name(doc, mention):
                    self.people.setdefault(index, mention)
                elif mention.kind == "name" and mention.type == ORGANISATION and mention.entity is not None:
                    self.bodies.setdefault(index, mention)
            if mention.kind != "name" and mention.entity is not None:
                self.others.setdefault(mention.head, []).append(mention)
                if mention.kind == "nominal" and mention.last != mention.head:  # "the Carmarthen East and Dinefwr MS"
                    self.others.setdefault(mention.last, []).append(mention)
            if mention.kind == "name" and mention.entity is not None and self.is_party(mention.entity):
                self.parties.append((mention.first, mention.entity))

    def is_party(self, entity: Entity) -> bool:
        if entity.type != ORGANISATION:
            return False
        if entity.kind == "party":
            return True  # "Orange Democratic Movement", "Economic Freedom Fighters"
        last = entity.name.rsplit(" ", 1)[-1].lower()
        return (
            last in self.words.sets["party_words"]
            or entity.name in self.words.data["party_names"]
            or " Party " in entity.name
        )

    def party_at(self, index: int) -> Entity | None:
        mention = self.bodies.get(index)
        return mention.entity if mention and mention.entity and self.is_party(mention.entity) else None

    def party_before(self, index: int) -> Entity | None:
        """The party spoken of last before a token, for "the party"; else the first one after it."""
        before = [party for first, party in self.parties if first <= index]
        return before[-1] if before else (self.parties[0][1] if self.parties else None)

    def owner(self, token: Token) -> Entity | None:
        """The person that a pronoun or nominal token denotes."""
        return next((m.entity for m in self.others.get(token.i, ()) if m.type == PERSON), None)

    def person(self, token: Token) -> Entity | None:
        """The person whom a token names or denotes, or whom the name beside it does: "*her friend* Boris Johnson was prime
        minister", "Boris Johnson, *a journalist* who is mayor"."""
        mention = self.people.get(token.i)
        if mention is None:
            beside = [c.i for c in children(token) if c.dep_ == "appos"] + [token.head.i] * (token.dep_ == "appos")
            mention = next((self.people[i] for i in beside if i in self.people), None)
        return mention.entity if mention is not None else self.owner(token)

    def body_owner(self, token: Token) -> Entity | None:
        """The body or place that a pronoun or nominal token denotes."""
        return next((m.entity for m in self.others.get(token.i, ()) if m.type in (ORGANISATION, PLACE)), None)


def find_posts(names: Names) -> list[tuple[int, int, Post]]:
    """(first token, last token, post) of every post noun, longest first, without overlap, in text order."""
    found = []
    doc, words, lowers = names.doc, names.words, names.lowers
    index = 0
    while index < len(doc):
        for form, post in words.forms.get(lowers[index], ()):
            party = len(form) == 1 and form[0] in _LETTERS and index in names.bodies  # "the DA"
            if (
                tuple(lowers[index : index + len(form)]) == form
                and not party
                and _is_noun(words, doc, index, len(form), post)
            ):
                last = index + len(form) - 1
                if lowers[last + 1 : last + 3] in (["-", "elect"], ["-", "designate"]):  # "the president-elect"
                    last, post = last + 2, Post(f"{post.name}-{lowers[last + 2]}", post.kind, post.plural)
                found.append((index, last, post))
                index = last
                break
        index += 1
    return found


_OF_SPEECHES = frozenset("keynote guest main star featured final native public official opening motivational".split())
_IRISH = frozenset("taoiseach tánaiste tanaiste comhairle cathaoirleach chathaoirleach".split())


_LETTERS = frozenset("pm vp ms da pps".split())


def _is_noun(words: RoleWords, doc: Doc, index: int, length: int, post: Post) -> bool:
    token = doc[index + length - 1]
    if post.name == "speaker" and (
        doc[index - 1].lower_ in _OF_SPEECHES or (length == 1 and doc[min(index + 1, len(doc) - 1)].lower_ == "at")
    ):
        return False  # "the keynote speaker", "a speaker at the convention"
    if post.name == "critic" and not (index and words.has("portfolio", doc[index - 1].lower_)):
        return False  # Canadian parties have "finance critics"; others are no posts
    if token.lower_ in _LETTERS and (
        not token.text.isupper() or (index and (doc[index - 1].like_num or token.ent_type_ == "TIME"))
    ):
        return False  # "9pm", "Ms", "da Silva"
    if post.name == "deputy" and token.lower_ == "deputy":
        # "Podemos deputy X", "the Donegal deputy said", but "deputy leader", "his deputy"
        after = doc[index + 1] if index + 1 < len(doc) else None
        plain = after is None or after.pos_ in ("VERB", "AUX", "PUNCT") or after.ent_type_ == "PERSON"
        return plain and index > 0 and doc[index - 1].text[:1].isupper() and doc[index - 1].pos_ in ("PROPN", "ADJ")
    if token.lower_ in _IRISH:
        return True  # the tagger knows none of them
    if token.lower_ in ("rep", "reps", "sen", "sens", "gov", "govs"):
        return token.text.istitle() and index + 1 < len(doc) and doc[index + 1].pos_ == "PROPN"
    if length > 1 or token.text.endswith("."):
        return True
    if post.name.isupper() and token.lower_.rstrip("s") == post.name.lower().rstrip("s"):
        return token.text.rstrip("s").isupper()
    if post.kind == "contest" and post.plural and token.tag_ == "VBZ":
        return index + 1 < len(doc) and doc[index + 1].ent_type_ == "PERSON"  # "leadership hopefuls X and Y"
    return token.pos_ in ("NOUN", "PROPN") or (token.text[0].isupper() and token.pos_ not in ("VERB", "AUX"))


def with_article(words: RoleWords, name: str) -> str:
    """ "the Labour Party", "the House of Commons", but "Scottish Labour", "Veritas"."""
    if name.lower().startswith("the "):
        return "the " + name[4:]
    last = name.rsplit(" ", 1)[-1].lower()
    head = re.split(" (?:of|for) ", name, maxsplit=1)[0].rsplit(" ", 1)[-1].lower()
    known = last in words.sets["the_words"] or head in words.sets["the_words"]
    letters = name.isupper() and 1 < len(name) < 4  # "the FBI", "the UN"
    return f"the {name}" if known or letters else name


def state_named(words: RoleWords, text: str) -> str:
    """The state that an abbreviation with full stops stands for ("Fla.", "N.J."); any other place as it is."""
    return str(words.data["states"].get(text.replace(".", "").replace(" ", ""), text)) if "." in text else text


HONORIFICS = frozenset("sir dame lord lady baroness mr mr. mrs mrs. ms ms. dr dr. rt hon".split())


def same_sentence(doc: Doc, one: int, other: int) -> bool:
    """Do two tokens stand in one sentence of one paragraph? A sentence that no mark ends goes on: "Ohio state | Reps. X"."""
    first, second = sentence(doc[one]), sentence(doc[other])
    if first.start > second.start:
        first, second = second, first
    if first.start != second.start and not (first.end == second.start and doc[first.end - 1].is_alpha):
        return False
    paragraphs = doc.user_data.get("paragraphs")
    return paragraphs is None or paragraphs[one] == paragraphs[other]


# "N. Chandrababu Naidu", "Y.S. Jagan Mohan Reddy": initials that a known name goes without.
_INITIALS = re.compile(r"(?:[A-Z]\.){1,3}$")


def past_bracket(names: Names, index: int) -> int:
    """The token after a bracket such as "(ERG)" and honorifics."""
    doc = names.doc
    if index < len(doc) and doc[index].text == "(":
        close = next((i for i in range(index, min(index + 5, len(doc))) if doc[i].text == ")"), 0)
        index = close + 1 if close else index
    elif index < len(doc) and doc[index].text == ")" and doc[index - 1].text.endswith("."):
        index += 1  # "(Texas Sen.) Ted Cruz"
    while (
        index < len(doc)
        and index not in names.people
        and (doc[index].lower_ in HONORIFICS or _INITIALS.match(doc[index].text))
    ):
        index += 1
    return index


def next_name(names: Names, index: int) -> Mention | None:
    """The name that follows a comma or "and" in a list, titles before it passed over."""
    doc = names.doc
    index = past_bracket(names, index)
    seen = False
    while index < len(doc) and doc[index].lower_ in (",", "and", "or", "&") and index not in names.people:
        seen = True
        index += 1
    return name_at(names, index) if seen else None


def name_at(names: Names, index: int) -> Mention | None:
    """The name at a token, or the one that the title starting there leads to."""
    index = past_bracket(names, index)
    return names.people.get(index) or names.titled.get(index)


_SMALL = frozenset("the a an of for to at in on and from".split())


def post_entity(label: str) -> Entity:
    """The node of a post in words. Case and small words make no difference to its id, so that "chair of the council"
    and "chair of council" meet, and so do posts that other extractors name by their content words."""
    key = " ".join(word for word in label.lower().split() if word not in _SMALL)
    return Entity(mint_id("phrase", key), label, PHRASE)
