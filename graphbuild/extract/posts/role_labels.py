"""Completes a post noun to a role label: "Tory leader" is "leader of the Conservative Party"."""

from collections.abc import Sequence
from dataclasses import dataclass

from graphbuild.extract.posts.post_context import SPOKES, UK_PARTS, Left, join, public_body, read_left, read_right
from graphbuild.extract.posts.roles_text import Names, Post, RoleWords, state_named, with_article
from graphbuild.model import Entity

_LEVELS = frozenset(["national", "federal"])
_HOME = ("the UK", "Britain", "the United States")
_SENT = ("ambassador", "high commissioner", "envoy")
_MAYBE_PRIVATE = ("president", "vice president", "treasurer")


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
    former: bool = False


def role_phrase(names: Names, first: int, last: int, post: Post) -> RolePhrase:
    """Read the words around the post noun at tokens ``first``..``last`` and complete the label."""
    following = names.lowers[last + 1 : last + 2]
    if post.name == "member" and following == ["for"] and names.lowers[first - 1] not in ("cabinet", "staff"):
        post = Post("MP", "seat", post.plural)  # "the Labor member for Maribyrnong"
    left = read_left(names, first, post)
    end, right, right_party, served = read_right(names, last, post)
    branch = _branch(names, last) if "leader" in post.name and not right else ""
    # "the Republican chairman of the committee": which committee is not told, and he chairs no party.
    vague = end > last and not right and served is None and right_party is None
    if (
        post.kind == "seat"
        and right
        and left.words
        and any(_names_place(names.words, w) for w in left.words if w[0] != "@")
    ):
        right, end = "", last  # "covering the Vermont senator for the network"
    parties = () if left.past_party else tuple(entity for entity, _ in left.parties)
    if post.kind == "seat" and right_party is not None:
        # "MEP for UKIP": the party is no constituency.
        parties, right = (*parties, right_party), ""
    owner = left.owner or served
    if vague and post.kind == "head":
        label, body, wants = post.name, "", False
    else:
        label, body, wants = _label(names, post, left, right, right_party, owner)
    if branch and left.parties and body == left.parties[0][0].name:
        label, end = f"{label} {branch}", last + len(branch.split())  # "Labour's leader in Scotland", "in the Lords"
    if names.lowers[last + 1 : last + 4] in (["at", "the", "time"], ["at", "the", "moment"]):
        end = last + 3  # "the Labour leader at the time, X, said"
    if post.kind == "seat" and (post.name.isupper() or post.name in ("TD", "MPP", "senator")):
        left.company = False  # "the Auckland Central MP": the recogniser takes constituencies for companies
    place = left.region or (left.place_owner and not left.company)
    told = bool(parties or right_party or wants or owner or place) and not vague
    governs = bool(body) and post.kind in ("office", "seat") and not left.company
    needs = post.name in names.words.sets["needs_body"] or left.company
    bodies = [names.bodies[i].entity for i in range(last + 1, end + 1) if i in names.bodies]
    acts = left.public or any(public_body(entity) for entity in bodies)
    barred = _barred(names, post.name if parties and post.name in SPOKES else label)  # "Labour's media spokeswoman"
    public = not barred and (not needs or told or governs or acts or _public(names, label, post))
    return RolePhrase(
        first=left.first, noun=first, noun_last=last, last=end, post=post, label=label, determiner=left.determiner,
        parties=parties, owner=owner, bare=not body, public=public, wants_party=wants, former=left.former,
    )  # fmt: skip


def _branch(names: Names, last: int) -> str:
    """The chamber or land told after "leader": "in the Lords", "in Scotland"; "" for none."""
    words = names.doc[last + 1 : last + 4]
    the = len(words) == 3 and words[1].lower_ == "the"
    place = words[1 + the] if len(words) > 1 + the else None
    if place is None or words[0].lower_ != "in" or not place.is_title or place.ent_type_ in ("DATE", "TIME"):
        return ""
    return str(names.doc[last + 1 : place.i + 1].text)


def _barred(names: Names, label: str) -> bool:
    """Said of anybody, or of a body that is none of government or party."""
    return label.lower() in names.words.data["no_posts"] or any(
        names.words.has("private_words", w) for w in label.lower().split()
    )


def _public(names: Names, label: str, post: Post) -> bool:
    words = names.words
    rest = label.lower().replace("-", " ").replace(post.name.lower(), " ", 1).split()
    if post.kind == "ministry" or post.name in SPOKES or post.name == "commissioner":
        return any(words.has("public_words", w) or words.has("portfolio", w) for w in rest)
    return any(words.has("public_words", w) or words.has("public_words", w.removesuffix("s")) for w in rest)


def _company(names: Names, place: str) -> bool:
    """A name before "president" that is no place is a company, a university or a club."""
    words = names.words
    known = {*words.data["nationalities"].values(), *words.data["states"].values(), *names.places}
    return bool(place) and place not in known and not any(words.has("public_words", w) for w in place.lower().split())


def _lowered(words: RoleWords, parts: Sequence[str]) -> list[str]:
    """Portfolio and forming words in lower case, names as written."""
    out = []
    for text in parts:
        known = all(
            words.has("portfolio", w) or words.has("forming", w) or w in ("and", ",") for w in text.lower().split()
        )
        proper = any(words.has("proper", w) for w in text.lower().split())
        out.append(text.lower() if known and not proper else text)
    return out


def _names_place(words: RoleWords, word: str) -> bool:
    return word[0].isupper() and not words.has("forming", word) and not words.has("demonyms", word)


def _adjectival(words: RoleWords, surface: str) -> bool:
    """Is a party told by an adjective ("Republican", "Democratic") rather than by its name?"""
    return words.has("demonyms", surface) or surface.lower() in ("democratic", "labour", "labor", "lib dem", "gop")


def _label(
    names: Names, post: Post, left: Left, right: str, right_party: Entity | None, owner: Entity | None
) -> tuple[str, str, bool]:
    """(label, the part of it that names a body, whether the context must still give a party)."""
    words = names.words
    parts = [w for w in left.words if w != "@party"]
    front = [w for w in parts if words.has("forming", w.rstrip("-"))]
    place = left.place_owner
    if post.kind == "seat":
        place = "" if words.has("public_words", place) else place
        place = " ".join(w for w in parts if _names_place(words, w) or w == "and").removeprefix("and ") or place
        place = state_named(words, place)
        label = join([*_lowered(words, front), post.name])
        if right and any(w[0].isupper() for w in right.split()):
            return f"{label} {right}", right, False
        return (f"{label} for {place}", place, False) if place else (label, "", False)
    if post.kind == "office":
        label = join([*_lowered(words, front), post.name])
        british = (
            post.name == "treasurer" and left.parties and left.parties[0][1].lower() in ("tory", "labour", "lib dem")
        )
        if british or (left.parties and post.name in _MAYBE_PRIVATE and not _adjectival(words, left.parties[0][1])):
            # "BJP president X" heads the party, "Republican president X" belongs to it.
            return f"{label} of {with_article(words, left.parties[0][0].name)}", "party", False
        if post.name in _MAYBE_PRIVATE and not right and (left.party_word or [w.lower() for w in parts] == ["party"]):
            return post.name, "party", True  # "party president X"
        place = " ".join(w for w in parts if _names_place(words, w) and not words.has("portfolio", w)) or place
        right = right.removesuffix(" of America")
        if post.name in _MAYBE_PRIVATE and right.startswith("of "):
            left.company = left.company or _company(names, right.removeprefix("of ").removeprefix("the "))
        if right and not right.startswith("for "):
            return f"{label} {right}", right, False
        left.company = left.company or (post.name in _MAYBE_PRIVATE and not left.public and _company(names, place))
        place = state_named(words, place) or ("" if left.region in _HOME else left.region)
        return (f"{label} of {with_article(words, place)}", place, False) if place else (label, "", False)
    if post.name in SPOKES and owner is not None and not right and not left.parties:
        return f"{join([*_lowered(words, parts), post.name])} for {owner.name}", owner.name, False
    if post.kind == "head":
        return _head_label(names, post, left, parts, front, right, right_party)
    label = join([*_lowered(words, parts), post.name])
    if post.kind == "ministry" or post.kind == "law":
        if right:
            return f"{label} {right}", right, False
        region = place or ("" if left.region in _HOME else left.region)
        tail = f" of {region}" if region else ""
        return label + tail, join([w for w in parts if w not in front]) + tail, False
    if post.kind == "bench":
        party = left.parties[0][0].name if left.parties else ""
        return join([party.removesuffix(" Party").removesuffix("s"), label]).strip(), party, False
    if post.kind == "staff":
        if owner is not None:
            return f"{label} to {owner.name}", owner.name, False
        if left.parties:
            return f"{label} to {with_article(words, left.parties[0][0].name)}", "party", False
        if place:
            return f"{place} {label}", place, False
        return (f"{label} {right}", right, False) if right else (label, join(parts), False)
    return f"{label} {right}".strip(), join(parts) or right, False


def _head_label(
    names: Names, post: Post, left: Left, parts: list[str], front: list[str], right: str, right_party: Entity | None
) -> tuple[str, str, bool]:
    """Label of a post that heads or speaks for a body."""
    words = names.words
    joint = "for" if post.name in SPOKES else "to" if post.name in _SENT else "of"
    if "@party" in left.words:
        # Words before the party are not about the post: "Media caption UKIP leader", but "Senate Republican leader".
        cut = left.words.index("@party")
        before = [w for w in left.words[:cut] if w in front or (w[0].isupper() and words.has("public_words", w))]
        parts = [w for w in (*before, *left.words[cut:]) if w != "@party"]
    rest = [w for w in parts if w not in front]
    plain = [w for w in rest if w.lower() not in ("party", "parties")]
    spoken = join(
        [*_lowered(words, front), *(_lowered(words, plain) if post.name in SPOKES or not right else []), post.name]
    )
    label = join([*_lowered(words, front), post.name])
    if right and right.split()[-1].lower() == "party" and right_party is None and len(right.split()) <= 3:
        return label, "party", True
    if right:
        lead = spoken if post.name in SPOKES else join([*_lowered(words, front), *_lowered(words, plain), post.name])
        return f"{lead} {right}", right, False
    floor = post.name.startswith(("majority", "minority"))
    if left.parties and not plain and _own_body(left.place_owner.lower().split()):
        # "the council's Labour leader" leads the council, and is of Labour
        return f"{label} of {with_article(words, left.place_owner)}", left.place_owner, False
    if (
        left.parties
        and not floor
        and post.name != "speaker"
        and not (plain and post.name not in SPOKES and _own_body(plain))
    ):
        party = left.party_body or left.parties[0][0].name
        alone = post.name in ("chief", "boss") and not plain and not front  # "bows out as SNP chief"
        lead = "leader" if alone else join([*_lowered(words, front), *_lowered(words, plain), post.name])
        return f"{lead} {joint} {with_article(words, party)}", party, False
    if left.party_word or (len(plain) < len(rest)):
        lead = join([*_lowered(words, front), *_lowered(words, plain), post.name])
        return lead, "party", True
    place = left.place_owner or ("" if left.region in _HOME else left.region)
    if plain and not place and all(w.lower() in _LEVELS for w in plain) and post.name not in SPOKES:
        # "national chairman X", "federal chairperson X": of a party that the context gives
        return join([*_lowered(words, front), *(w.lower() for w in plain), post.name]), "party", True
    if not plain and not left.place_owner and left.region in UK_PARTS and "leader" in post.name:
        nation = next(a for a, n in words.data["nationalities"].items() if n == left.region)
        return join([*front, nation, post.name]), "party", True  # "the Scottish leader" of a party
    if not plain:
        return (f"{label} of {with_article(words, place)}", place, False) if place else (label, "", False)
    if [w.lower() for w in plain] == ["opposition"]:
        return f"{label} of the opposition", "opposition", False
    if post.name in SPOKES or not any(w[0].isupper() for w in plain):
        tail = f" of {place}" if place else ""
        return join([*_lowered(words, front), *_lowered(words, plain), post.name]) + tail, join(plain), False
    if post.name == "commissioner" and all(words.has("portfolio", w) for w in plain):
        return join([*_lowered(words, front), *_lowered(words, plain), post.name]), join(plain), False
    if [w.lower() for w in plain] in (["union"], ["trade", "union"], ["trades", "union"]):
        return join([*_lowered(words, front), *(w.lower() for w in plain), post.name]), "union", False
    body = join(plain)
    body = words.data["bodies"].get(body.lower(), body)
    if left.parties and not floor and post.name != "speaker":
        body = f"{left.parties[0][1]} {body}"
    if floor:
        return f"{body} {label}", body, False
    return f"{label} {joint} {with_article(words, body)}", body, False


def _own_body(parts: Sequence[str]) -> bool:
    """Do the words name a body of their own ("Labour group leader", "Labour council leader")?"""
    return any(
        w.lower() in ("council", "group", "association", "committee", "caucus", "conference", "government")
        for w in parts
    )
