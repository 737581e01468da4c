"""Groups of unnamed people who act together: "Labour MPs", "union leaders", "Trump's supporters", "the media"."""

from collections import defaultdict
from dataclasses import replace

from spacy.tokens import Token

from graphbuild.link.mentions import Names
from graphbuild.link.names import GROUPS
from graphbuild.model import GROUP, ORGANISATION, PERSON, PLACE, Entity
from graphbuild.ontology import word_set
from graphbuild.vocab import mint_id

# These need a word beside them to be actors ("Labour supporters", not "supporters").
_NEED_MODIFIER = word_set("vague_groups")
# Singular nouns for many people: "the mainstream media", "the Washington establishment".
COLLECTIVES = frozenset(["media", "establishment", "leadership"])
_ACTING = ("nsubj", "nsubjpass", "dobj", "pobj")
_PLURAL_TITLES = frozenset("mps msps meps tds mlas".split())  # the tagger takes them for names
_TELLING = ("PROPN", "ADJ", "NOUN")  # "union leaders" as well as "Labour leaders"
# Words before a group noun that do not tell which group it is.
_COUNTING = word_set("counting")
_NOT_OF_NAMES = frozenset(["DET", "PRON", "NUM", "ADV", "PUNCT"])


def denotes_group(token: Token) -> bool:
    """Is this noun the head of a phrase for people who act together?"""
    word = token.lower_
    if word in COLLECTIVES:
        noun = token.tag_.startswith("NN") and token.dep_ not in ("compound", "nmod")
        led = any(c.dep_ in ("compound", "amod") and c.text[0].isupper() for c in token.children)
        # "the House Republican leadership plans", not "strong leadership" nor "won the Tory leadership"
        return noun and (word != "leadership" or (led and token.dep_ in ("nsubj", "nsubjpass")))
    if token.tag_ == "NNPS" and token.ent_type_ == "NORP" and token.dep_ in _ACTING:
        return True  # "Americans oppose", "backed by Britons"
    if word == "people":  # "the people of Liverpool", "the Irish people"
        of = [g for c in token.children if c.lower_ == "of" for g in c.children]
        return any(t.ent_type_ in ("GPE", "NORP") for t in (*of, *(c for c in token.children if c.dep_ == "amod")))
    return word in GROUPS and (token.tag_ in ("NNS", "NNPS") or word in _PLURAL_TITLES)


def _one_wording(names: Names, first: int, last: int) -> str:
    """The words of a group with each party under its own name, so that "Tory MPs" and "Conservative MPs" are one node."""
    words = []
    for token in names.doc[first : last + 1]:
        taken = names.taken.get(token.i)
        if taken is None or taken.entity is None or taken.entity.id not in names.gazetteer.parties or token.i == last:
            words.append(token.text)
        elif token.i == taken.first:
            words.append(taken.entity.name.removesuffix(" Party"))
    return " ".join(words)


def add_group(names: Names, token: Token) -> None:
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
        and not any(t.i in names.taken or t.pos_ in _TELLING for c in plain for t in c.subtree)
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
    while first < token.i and (doc[first].pos_ in _NOT_OF_NAMES or doc[first].lower_ in _COUNTING):
        first += 1
    if token.i - first > 5:
        return
    if first == token.i and doc[first - 1].lower_ == "several":
        first -= 1
    text = " ".join(doc[first : token.i + 1].text.split()).replace('"', "").replace("GOP ", "Republican ")
    if (
        doc[first].is_sent_start
        and doc[first].pos_ in ("NOUN", "ADJ")
        and first not in names.taken
        and text[1:2].islower()
    ):
        text = text[:1].lower() + text[1:]  # "Business leaders said" are business leaders
    if text.lower() in _BODIES_OF and not whose and not owners and (body := _whole_body(names, token)) is not None:
        names.add(token.i, token.i, "nominal", ORGANISATION, body)
        return
    text += whose
    wording = _one_wording(names, first, token.i) + whose
    if not owners and token.lower_ not in _NEED_MODIFIER and (party := _partys(names, token)):
        text = wording = f"{party} {text}"  # "the party's 12 MEPs"
    if owners and owners[0].left_edge.i == first and (owner := names.taken[owners[0].i].entity) is not None:
        # "Mr Flight's supporters" are Howard Flight's.
        text = wording = f"{owner.name}'s {' '.join(doc[owners[0].i + 2 : token.i + 1].text.split())}"
    kind = "people" if token.ent_type_ == "NORP" and token.i not in names.taken else ""
    names.add(first, token.i, "nominal", GROUP, Entity(mint_id("group", wording), text, GROUP, kind=kind))


# Who with no word beside them are the body in which they sit, in Westminster's usage.
_BODIES_OF = {"ministers": "government", "peers": "organisation/house-of-lords"}


def _whole_body(names: Names, token: Token) -> Entity | None:
    """ "Ministers have rejected the plan", "peers voted it down": the government or the House of Lords, where the
    article has no other government in mind; None for some of them."""
    if names.country not in ("GB", "NZ") or any(
        c.dep_ in ("relcl", "acl", "prep", "conj", "nummod") for c in token.children
    ):
        return None
    if token.dep_ == "conj" or any(
        c.dep_ == "amod" or c.lower_ in ("some", "several", "many", "few", "other") for c in token.children
    ):
        return None
    kind = _BODIES_OF[token.lower_]
    if kind != "government":
        known = names.gazetteer.bodies.get(kind)
        return known.entity if known is not None and names.country == "GB" else None
    governments = {
        m.entity.id for m in names.mentions
        if m.entity is not None and (b := names.gazetteer.bodies.get(m.entity.id)) is not None and b.kind == "government"
        and b.country == names.country
    }  # fmt: skip
    found = [
        b.entity for b in names.gazetteer.bodies.values() if b.kind == "government" and b.country == names.country
        and (b.entity.id in governments or not governments)
    ]  # fmt: skip
    return found[0] if len(found) == 1 or (found and not governments) else None


def _partys(names: Names, token: Token) -> str:
    """The party that owns a group, as short as the article names it; "" for none."""
    owner = next((c for c in token.children if c.dep_ == "poss"), None)
    if owner is None or any(c.dep_ in ("amod", "compound") for c in token.children):
        return ""
    taken = names.taken.get(owner.i)
    meant = taken.entity if taken is not None else None
    if taken is None and owner.lower_ == "party":
        near = [m for m in names.mentions if m.first <= owner.i <= m.last and m.type == ORGANISATION]
        meant = near[0].entity if near else None
        if meant is None:
            parties = {
                m.entity.id: m.entity
                for m in names.mentions
                if m.entity and m.entity.kind == "party" and m.kind == "name"
            }
            meant = next(iter(parties.values())) if len(parties) == 1 else None
    if meant is None or meant.id not in names.gazetteer.parties:
        return ""
    told = [m.text for m in names.mentions if m.entity == meant and m.kind == "name"]
    return min((t.removeprefix("the ").removesuffix(" Party") for t in told), key=len, default="")


def _whose_members(names: Names, token: Token) -> str:
    """The body or place that tells a group from others of its kind: "members *of the House Intelligence Committee*",
    "Republicans *in Congress*"."""
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in ("of", "in", "on", "from") and child.i == token.i + 1:
            for inner in child.children:
                body = names.taken.get(inner.i)
                if inner.text == "Hill":
                    return ""  # "senators on Capitol Hill"
                if inner.dep_ == "pobj" and body is not None and body.entity is not None and inner.i - token.i < 9:
                    if body.type not in (ORGANISATION, PLACE) or body.entity.kind == "party":
                        return ""
                    owned = any(c.tag_ == "PRP$" for c in inner.children)
                    the = "the " if owned or any(c.lower_ == "the" for c in inner.children) else ""
                    return f" {child.lower_} {the}{body.entity.name}"
    return ""


def same_groups(names: Names) -> None:
    """A bare "MPs" is the "Labour MPs" of the same article where it has no other MPs of a party."""
    groups = [m for m in names.mentions if m.type == GROUP and m.entity is not None]
    fuller: dict[str, dict[str, Entity]] = defaultdict(dict)
    for mention in groups:
        words = mention.entity.name.split()  # type: ignore[union-attr]
        party = names.taken.get(mention.first)
        if len(words) == 2 and party is not None and party.entity is not None and party.entity.kind == "party":
            fuller[words[1].casefold()][party.entity.id] = mention.entity  # type: ignore[assignment]
        if words[-1] == "media" and len(words) == 2:
            fuller["media"][mention.entity.id] = mention.entity  # type: ignore[union-attr, assignment]
    for mention in groups:
        only = fuller.get(mention.entity.name.casefold(), {})  # type: ignore[union-attr]
        if len(only) == 1:
            at = names.mentions.index(mention)
            names.mentions[at] = replace(mention, entity=next(iter(only.values())))
