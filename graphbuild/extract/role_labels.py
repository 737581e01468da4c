"""Completes a post noun to a role label: "Tory leader" is "leader of the Conservative Party".

The words beside the noun are read from left to right without the parser's help, because a title before a name is a
plain run of nouns that parsers often break.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from graphbuild.extract.roles_text import Names, Post, RoleWords, with_article
from graphbuild.model import Entity

_HOME = ("the UK", "Britain", "the United States")
_UK_PARTS = ("Scotland", "Wales", "Ireland", "England")
_MAYBE_PRIVATE = ("president", "vice president", "treasurer")
_SPOKES = ("spokesman", "spokeswoman", "spokesperson", "agent")


@dataclass(frozen=True, slots=True)
class RolePhrase:
    """One post with its surroundings: tokens ``first``..``last`` with the post noun at ``noun``..``noun_last``.

    ``label`` is complete but for a party that only the context gives ("party leader"), marked by ``wants_party``.
    ``determiner`` is "the", "a", "poss" or "". ``owner`` is who is served ("Starmer's chief of staff").
    """

    first: int
    noun: int
    noun_last: int
    last: int
    post: Post
    label: str
    determiner: str
    parties: tuple[Entity, ...] = ()
    owner: Entity | None = None
    bare: bool = False
    public: bool = True
    wants_party: bool = False


@dataclass
class _Left:
    """What stands before a post noun, in text order once reading is done."""

    first: int
    words: list[str] = field(default_factory=list)
    parties: list[tuple[Entity, str]] = field(default_factory=list)
    body: str = ""
    region: str = ""
    owner: Entity | None = None
    place_owner: str = ""
    determiner: str = ""
    party_word: bool = False
    past_party: bool = False
    company: bool = False


def role_phrase(names: Names, first: int, last: int, post: Post) -> RolePhrase:
    """Read the words around the post noun at tokens ``first``..``last`` and complete the label."""
    left = _read_left(names, first, post)
    end, right, right_party, served = _read_right(names, last, post)
    parties = () if left.past_party else tuple(entity for entity, _ in left.parties)
    if post.kind == "seat" and right_party is not None:
        # "MEP for UKIP": the party is no constituency.
        parties, right = (*parties, right_party), ""
    owner = left.owner or served
    label, body, wants = _label(names, post, left, right, right_party, owner)
    needs = post.name in names.words.sets["needs_body"] or left.company
    public = not needs or bool(
        parties or right_party or wants or owner or left.region or left.place_owner or _public(names, label, post)
    )
    return RolePhrase(
        first=left.first,
        noun=first,
        noun_last=last,
        last=end,
        post=post,
        label=label,
        determiner=left.determiner,
        parties=parties,
        owner=owner,
        bare=not body,
        public=public,
        wants_party=wants,
    )


def _public(names: Names, label: str, post: Post) -> bool:
    words = names.words
    rest = label.lower().replace("-", " ").replace(post.name.lower(), " ", 1).split()
    if post.kind == "ministry" or post.name in _SPOKES:
        return any(words.has("public_words", w) or words.has("portfolio", w) for w in rest)
    return any(words.has("public_words", w) for w in rest)


def _company(names: Names, place: str) -> bool:
    """A name before "president" that is no place is a company, a university or a club."""
    words = names.words
    known = {*words.data["nationalities"].values(), *words.data["states"].values(), *names.places}
    return bool(place) and place not in known and not any(words.has("public_words", w) for w in place.lower().split())


def _read_left(names: Names, first: int, post: Post) -> _Left:
    doc, words = names.doc, names.words
    left = _Left(first)
    start = doc[first].sent.start
    index = first - 1
    right_word = doc[first].lower_
    possessive = False
    while index >= start:
        token = doc[index]
        lower = token.lower_
        if token.tag_ == "POS" or (lower in ("'s", "'") and token.whitespace_):
            possessive = True
            index -= 1
            continue
        if possessive:
            _read_owner(names, left, index)
            break
        if index in names.people:
            mention = names.people[index]
            if post.kind == "staff" and mention.last == index:
                left.owner, left.first = mention.entity, mention.first
            break
        if index in names.bodies:
            mention = names.bodies[index]
            if mention.entity is not None and names.is_party(mention.entity):
                left.parties.insert(0, (mention.entity, mention.text))
                left.words.insert(0, "@party")
            else:
                text = mention.text
                known = all(words.has("portfolio", w) or w in ("and", "&", ",") for w in text.lower().split())
                left.words.insert(0, text.lower() if known else text)
                left.company = not known
            left.first = mention.first
            index = mention.first - 1
            right_word = doc[mention.first].lower_
            continue
        if token.ent_type_ in ("DATE", "TIME") or (
            token.text == "-" and not left.words and index == first - 1 and False
        ):
            break
        if lower in ("and", "&", ","):
            before = doc[index - 1].lower_ if index > start else ""
            if words.has("portfolio", before) and words.has("portfolio", right_word) and left.words:
                left.words.insert(0, "and" if lower != "," else ",")
                index -= 1
                continue
            break
        if token.text == "-" and index > start:
            # "ex-minister", "far-left", "co-leader"
            prefix = doc[index - 1].lower_
            if left.words and left.first == index + 1 and prefix not in ("ex", "former", "then", "now"):
                left.words[0] = f"{doc[index - 1].text}-{left.words[0]}"
            elif prefix not in ("ex", "former", "then", "now"):
                left.words.insert(0, doc[index - 1].text + "-")
            elif left.words and left.words[0] == "@party" and prefix in ("ex", "former"):
                left.past_party = True
            left.first = index - 1
            index -= 2
            continue
        if token.pos_ == "DET" or lower in ("the", "a", "an"):
            left.determiner = "a" if lower in ("a", "an", "another", "one") else "the"
            left.first = index
            break
        if token.tag_ == "PRP$":
            left.determiner = "poss"
            left.owner = names.owner(token)
            left.first = index
            break
        if words.has("passing", lower) or token.pos_ == "NUM":
            left.first = index
            index -= 1
            continue
        pair = f"{doc[index - 1].text} {token.text}" if index > start else ""
        nation = words.data["nationalities"].get(pair) or words.data["nationalities"].get(token.text)
        if nation and not (words.has("portfolio", lower) and post.kind == "ministry" and not left.words):
            width = 2 if pair in words.data["nationalities"] else 1
            left.region, left.first = left.region or nation, index - width + 1
            if left.words and left.words[0] == "@party" and nation in _UK_PARTS:
                left.body = f"{token.text} {left.parties[0][1]}"
            index -= width
            continue
        if not _joins(words, token, post):
            break
        left.words.insert(0, token.text)
        left.first = index
        right_word = lower
        index -= 1
    return left


def _joins(words: RoleWords, token: Token, post: Post) -> bool:
    """May this word stand before a post noun as part of its phrase?"""
    lower = token.lower_
    if words.has("forming", lower):
        return token.pos_ != "ADP"
    if words.has("portfolio", lower) or words.has("public_words", lower) or lower in words.data["contests"]:
        return token.pos_ not in ("VERB", "AUX", "ADP") or token.text[0].isupper()
    if token.pos_ == "PROPN":
        return True
    if token.tag_ == "NN" and token.dep_ in ("compound", "nmod", "amod", "npadvmod"):
        return True
    return token.pos_ == "ADJ" and token.dep_ in ("amod", "compound")


def _read_owner(names: Names, left: _Left, index: int) -> None:
    """What a possessive before the post denotes: a person served, a party, a body or a place."""
    token = names.doc[index]
    left.determiner = "poss"
    left.first = index
    if index in names.people:
        left.owner, left.first = names.people[index].entity, names.people[index].first
    elif index in names.bodies:
        mention = names.bodies[index]
        left.first = mention.first
        if mention.entity is not None and names.is_party(mention.entity):
            left.parties.insert(0, (mention.entity, mention.text))
            left.words.insert(0, "@party")
        else:
            left.place_owner = mention.text
    elif token.lower_ in ("party", "rty"):
        left.party_word = True
    elif token.pos_ == "PROPN":
        start = index
        while (
            start > token.sent.start
            and names.doc[start - 1].pos_ == "PROPN"
            and names.doc[start - 1].dep_ == "compound"
        ):
            start -= 1
        left.place_owner, left.first = names.doc[start : index + 1].text, start
    elif owner := names.owner(token):
        left.owner = owner


_COMPLEMENT = {
    "seat": ("for", "from", "of"),
    "office": ("of", "for", "to"),
    "ministry": ("for", "of", "to", "at"),
    "bench": ("for",),
    "head": ("of", "for", "to", "on", "at"),
    "staff": ("to", "for", "of", "on", "at"),
    "law": ("of", "for", "at", "on"),
    "contest": ("for", "in"),
}


def _read_right(names: Names, last: int, post: Post) -> tuple[int, str, Entity | None, Entity | None]:
    """(last token, text with its preposition, party inside, person served) of "of ...", "for ..." after the noun."""
    doc = names.doc
    text: list[str] = []
    party: Entity | None = None
    index = last + 1
    end = last
    stop = doc[last].sent.end
    while index < stop and len(text) < 14:
        token = doc[index]
        lower = token.lower_
        if lower in (_COMPLEMENT[post.kind] if not text else ("of", "for")):
            if not _opens(names, index + 1, stop):
                break
            text.append(lower)
            index += 1
            if doc[index].lower_ in ("the", "a", "an"):
                text.append(doc[index].lower_)
                index += 1
            if post.kind == "staff":
                index = _past_titles(names, index)
            if index in names.people:
                if post.kind in ("staff", "head") and names.people[index].first == index and len(text) <= 2:
                    mention = names.people[index]
                    return mention.last, "", None, mention.entity
                break
            continue
        if not text:
            break
        if index in names.people:
            break
        if index in names.bodies:
            mention = names.bodies[index]
            if mention.entity is not None and names.is_party(mention.entity):
                party = mention.entity
                if text[-1] in ("the", "a"):
                    text.pop()
                text.append(with_article(names.words, mention.entity.name))
            else:
                text.append(mention.text)
            index = end = mention.last
            index += 1
            continue
        if lower in ("and", "&", ",") and _continues(names, index, stop):
            text.append("," if lower == "," else "and")
        elif _completes(names, token):
            text.append(token.text)
            end = index
        else:
            break
        index += 1
    while text and text[-1].lower() in ("of", "for", "the", "and", ",", "a", "an", "to", "in", "on", "from", "at"):
        text.pop()
    if len(text) < 2 and party is None:
        return last, "", None, None
    return end, _join(text), party, None


def _past_titles(names: Names, index: int) -> int:
    """The name that titles lead to ("of former Vice President Joe Biden"), else the same place."""
    for ahead in range(index, min(index + 5, len(names.doc))):
        if ahead in names.people:
            return names.people[ahead].first
        lower = names.doc[ahead].lower_
        if not (names.words.has("passing", lower) or names.words.in_post(lower)):
            break
    return index


def _opens(names: Names, index: int, stop: int) -> bool:
    """Does a noun phrase that may complete a post start here?"""
    if index >= stop:
        return False
    token = names.doc[index]
    if token.lower_ in ("the", "a", "an"):
        return index + 1 < stop and names.doc[index + 1].pos_ in ("NOUN", "PROPN", "ADJ", "NUM")
    if names.words.has("forming", token.lower_) or names.words.in_post(token.lower_):
        return True
    return token.pos_ in ("NOUN", "PROPN", "ADJ") and token.ent_type_ not in ("DATE", "TIME", "PERCENT", "MONEY")


def _completes(names: Names, token: Token) -> bool:
    """May this word stand inside the noun phrase that completes a post?"""
    if token.ent_type_ in ("DATE", "TIME"):
        return False
    if token.pos_ in ("PROPN", "NOUN", "ADJ", "NUM") or token.text in ("'s", "-"):
        return True
    return names.words.has("forming", token.lower_) and token.pos_ != "ADP"


def _continues(names: Names, index: int, stop: int) -> bool:
    """Does "and" or a comma join two parts of one body ("Arundel and South Downs", "culture, media and sport")?"""
    doc, words = names.doc, names.words
    if index + 1 >= stop or index + 1 in names.people:
        return False
    before, after = doc[index - 1], doc[index + 1]
    if words.has("portfolio", before.lower_) and words.has("portfolio", after.lower_):
        return True
    if doc[index].lower_ == ",":
        return False
    both = before.pos_ == after.pos_ == "PROPN" and before.text[0].isupper() and after.text[0].isupper()
    return both and after.lower_ not in words.forms and index + 2 not in names.people


def _join(parts: Sequence[str]) -> str:
    text = " ".join(parts)
    for before, after in ((" ,", ","), (" 's", "'s"), (" - ", "-"), ("- ", "-")):
        text = text.replace(before, after)
    return text


def _lowered(words: RoleWords, parts: Sequence[str]) -> list[str]:
    """Portfolio and forming words in lower case, names as written."""
    return [w.lower() if words.has("portfolio", w) or words.has("forming", w) else w for w in parts]


def _label(
    names: Names, post: Post, left: _Left, right: str, right_party: Entity | None, owner: Entity | None
) -> tuple[str, str, bool]:
    """(label, the part of it that names a body, whether the context must still give a party)."""
    words = names.words
    parts = [w for w in left.words if w != "@party"]
    front = [w for w in parts if words.has("forming", w.rstrip("-"))]
    place = left.place_owner
    if post.kind == "seat":
        place = "" if words.has("public_words", place) else place
        place = " ".join(w for w in parts if w[0].isupper() and not words.has("forming", w)) or place
        label = _join([*_lowered(words, front), post.name])
        if right and any(w[0].isupper() for w in right.split()):
            return f"{label} {right}", right, False
        return (f"{label} for {place}", place, False) if place else (label, "", False)
    if post.kind == "office":
        place = (
            " ".join(w for w in parts if w not in front and w[0].isupper() and not words.has("portfolio", w)) or place
        )
        label = _join([*_lowered(words, front), post.name])
        right = right.removesuffix(" of America")
        if right and not right.startswith("for "):
            return f"{label} {right}", right, False
        left.company = left.company or (post.name in _MAYBE_PRIVATE and _company(names, place))
        place = place or ("" if left.region in _HOME else left.region)
        return (f"{label} of {with_article(words, place)}", place, False) if place else (label, "", False)
    if post.kind == "head":
        return _head_label(names, post, left, parts, front, right, right_party)
    label = _join([*_lowered(words, parts), post.name])
    if post.kind == "ministry" or post.kind == "law":
        if right:
            return f"{label} {right}", right, False
        region = place or ("" if left.region in _HOME else left.region)
        tail = f" of {region}" if region else ""
        return label + tail, _join(parts) + tail, False
    if post.kind == "bench":
        party = left.parties[0][0].name if left.parties else ""
        return _join([party.removesuffix(" Party").removesuffix("s"), label]).strip(), party, False
    if post.kind == "staff":
        if owner is not None:
            return f"{label} to {owner.name}", owner.name, False
        if left.parties:
            return f"{label} to {with_article(words, left.parties[0][0].name)}", "party", False
        if place:
            return f"{place} {label}", place, False
        return (f"{label} {right}", right, False) if right else (label, _join(parts), False)
    return f"{label} {right}".strip(), _join(parts) or right, False


def _head_label(
    names: Names, post: Post, left: _Left, parts: list[str], front: list[str], right: str, right_party: Entity | None
) -> tuple[str, str, bool]:
    """Label of a post that heads or speaks for a body."""
    words = names.words
    joint = "for" if post.name in _SPOKES else "of"
    rest = [w for w in parts if w not in front]
    plain = [w for w in rest if w.lower() not in ("party", "parties")]
    spoken = _join(
        [*_lowered(words, front), *(_lowered(words, plain) if post.name in _SPOKES or not right else []), post.name]
    )
    label = _join([*_lowered(words, front), post.name])
    if right and right.split()[-1].lower() == "party" and right_party is None and len(right.split()) <= 3:
        return label, "party", True
    if right:
        lead = spoken if post.name in _SPOKES else _join([*_lowered(words, front), *_lowered(words, plain), post.name])
        return f"{lead} {right}", right, False
    floor = post.name.startswith(("majority", "minority"))
    if left.parties and not floor and not (plain and post.name not in _SPOKES and _own_body(words, plain)):
        party = left.body or left.parties[0][0].name
        lead = _join([*_lowered(words, front), *_lowered(words, plain), post.name])
        return f"{lead} {joint} {with_article(words, party)}", party, False
    if left.party_word or (len(plain) < len(rest)):
        lead = _join([*_lowered(words, front), *_lowered(words, plain), post.name])
        return lead, "party", True
    place = left.place_owner or ("" if left.region in _HOME else left.region)
    if not plain:
        return (f"{label} of {place}", place, False) if place else (label, "", False)
    if [w.lower() for w in plain] == ["opposition"]:
        return f"{label} of the opposition", "opposition", False
    if post.name in _SPOKES or not any(w[0].isupper() for w in plain):
        tail = f" of {place}" if place else ""
        return _join([*_lowered(words, front), *_lowered(words, plain), post.name]) + tail, _join(plain), False
    body = _join(plain)
    body = words.data["bodies"].get(body.lower(), body)
    if left.parties and not floor:
        body = f"{left.parties[0][1]} {body}"
    if floor:
        return f"{body} {label}", body, False
    return f"{label} of {with_article(words, body)}", body, False


def _own_body(words: RoleWords, parts: Sequence[str]) -> bool:
    """Do the words name a body of their own ("Labour group leader", "Labour council leader")?"""
    return any(
        w.lower() in ("council", "group", "association", "committee", "caucus", "conference", "government")
        for w in parts
    )
