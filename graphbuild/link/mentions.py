"""Names in an article: parties and bodies by the gazetteer, people by NER and capitals, made consistent over the text."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from spacy.tokens import Doc, Span

from graphbuild.link.gazetteer import Gazetteer, fold
from graphbuild.link.gender import given_name_genders
from graphbuild.link.names import SUFFIXES, TITLES
from graphbuild.model import ORGANISATION, PERSON, PLACE, Article, Entity, Mention
from graphbuild.vocab import mint_id

_BODY_KINDS = frozenset("party party_adjective party_members body country country_adjective".split())
# Words that are also plain words: a name only with a capital and not at the start of a sentence or before a noun.
_AMBIGUOUS = frozenset("""green greens alliance respect reform liberal liberals national nationals congress labor unity change action
    forward independent union times sun mirror express guardian independents unite gmb""".split())  # fmt: skip
ORG_HEADS = frozenset(
    """party committee council association commission court department office union congress university institute agency
    movement group campaign federation foundation ministry bank board trust network conference assembly coalition pac""".split()
)


# What the NER takes for organisations but never acts.
_NO_BODIES = frozenset(
    "bill act agreement treaty report budget brexit article speech amendment deal plan policy twitter facebook constitution amendment oscar covid election day".split()
)


_YEAR = re.compile(r"199\d|20[0-3]\d")


@dataclass
class Names:
    """What is known of an article's names while it is being linked."""

    doc: Doc
    article: Article
    gazetteer: Gazetteer
    # When it appeared: its date, else the first and last day of the corpus.
    date: str = ""
    until: str = ""
    mentions: list[Mention] = field(default_factory=list)
    taken: dict[int, Mention] = field(default_factory=dict)
    full: dict[str, Entity] = field(default_factory=dict)
    # Head token of a phrase such as "two former ministers" -> the people it denotes.
    lists: dict[int, list[Entity]] = field(default_factory=dict)
    country: str = ""
    matches: "list[Match] | None" = None
    # Found once for an article: the NER's names of bodies, and stretches that may be personal names.
    bodies: "list[Span] | None" = None
    stretches: list[tuple[int, int]] | None = None
    # The words of the document, as written and in lower case: lists are read much faster than tokens.
    texts: list[str] = field(default_factory=list)
    lowers: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.texts = [token.text for token in self.doc]
        self.lowers = [text.lower() for text in self.texts]

    @cached_property
    def last_year(self) -> str:
        """The latest year of our time that the text names, "" without one."""
        return max((text for text in self.texts if _YEAR.fullmatch(text)), default="")

    def listed_before(self, name: Mention) -> list[Entity]:
        """The people of the list that a person's name closes, read word by word where the parser saw none: "Dehenna
        Davison, Chloe Smith, the former minister, and *Will Wragg*"; one alone where no list ends there."""
        ends = {m.last: m for m in self.mentions if m.type == PERSON and m.kind == "name" and m.entity is not None}
        out, at = [name], name.first - 1
        while at > 0:
            while at > 0 and at not in ends and self.doc[at].pos_ in ("NOUN", "PROPN", "ADJ") and out[0].first - at < 7:
                at -= 1
            joins = set()
            while at > 0 and self.lowers[at] in (",", "and", "&"):
                joins.add(self.lowers[at])
                at -= 1
            opening = next(
                (
                    i
                    for i in range(at, max(at - 12, 0), -1)
                    if self.doc[i].pos_ == "PUNCT" or self.doc[i].tag_ in ("VBD", "VBZ", "VBP", "MD")
                ),
                0,
            )
            if at not in ends and "," in joins and self.lowers[opening] == ",":
                at = opening - 1  # past what is put after the name
            if at not in ends or not (joins & {"and", "&"} if len(out) == 1 else joins):
                break
            out.insert(0, ends[at])
            at = ends[at].first - 1
        first = self.doc[out[0].head]
        verb = first.head.head if first.dep_ == "pobj" else first.head
        if first.dep_ in ("dobj", "pobj") and any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children):
            return []  # "attacked Clinton and Sanders said"
        return [m.entity for m in out if m.entity is not None]

    def add(self, first: int, last: int, kind: str, type_: str, entity: Entity | None) -> Mention:
        """Record a mention; names keep others off their tokens."""
        starts = self.doc.user_data["starts"]
        start, end = starts[first], starts[last] + len(self.doc[last])
        mention = Mention(
            start, end, self.article.text[start:end], type_, kind, first, last, _head_of(self.doc, first, last), entity
        )
        self.mentions.append(mention)
        if kind == "name":
            for index in range(first, last + 1):
                self.taken[index] = mention
        return mention

    def free(self, first: int, last: int) -> bool:
        return not any(i in self.taken for i in range(first, last + 1))


def name_text(doc: Doc, first: int, last: int) -> str:
    """The words of a name with single spaces, hyphens closed up."""
    return " ".join(doc[first : last + 1].text.replace(" - ", "-").split())


def _head_of(doc: Doc, first: int, last: int) -> int:
    """The token of the span that hangs outside it."""
    for token in doc[first : last + 1]:
        if not first <= token.head.i <= last or token.head == token:
            return int(token.i)
    return last


# A word tree of the gazetteer's names: word -> subtree, and under "" the (entity, kind, words) that end there.
_Tree = dict[str, Any]
_TREES: dict[int, tuple[Gazetteer, _Tree]] = {}


def _surface_tree(gazetteer: Gazetteer) -> _Tree:
    """The word tree of a gazetteer, made once for it; of one name, entities stand in the files' order."""
    known = _TREES.get(id(gazetteer))
    if known is not None and known[0] is gazetteer:
        return known[1]
    tree: _Tree = {}
    for surface, entity, kind in gazetteer.names():
        words = tuple(fold(surface).split())
        initials = len(words) == 1 and len(surface) > 2 and surface.isupper()  # "AOC"
        if words and (kind in _BODY_KINDS or (kind == "person" and (len(words) > 1 or initials))):
            node = tree
            for word in words:
                node = node.setdefault(word, {})
            node.setdefault("", []).append((entity, kind, words))
    _TREES.clear()
    _TREES[id(gazetteer)] = (gazetteer, tree)
    return tree


# Abbreviations that are words as well: names in capitals only.
_SHOUTED = frozenset(
    [
        ("us",),
        ("it",),
        ("un",),
        ("who",),
        ("act",),
        ("aid",),
        ("care",),
        ("fact",),
        ("sage",),
        ("community",),
        ("good",),
    ]
)

Match = tuple[int, int, list[tuple[Entity, str]]]


def matches(names: Names) -> list[Match]:
    """Longest gazetteer surfaces at each token: (first, last, entities with their kinds); found once for an article."""
    if names.matches is None:
        names.matches = list(_find_matches(names, _surface_tree(names.gazetteer)))
    return names.matches


def _find_matches(names: Names, tree: _Tree) -> Iterator[Match]:
    doc = names.doc
    told = {text: fold(text).split() for text in set(names.texts)}
    folded: list[list[str]] = [told[text] for text in names.texts]
    i = 0
    while i < len(doc):
        best = _longest(doc, folded, i, tree)
        if best is not None and folded[i] == ["the"] and i + 1 < len(doc):
            inside = _longest(doc, folded, i + 1, tree)
            if inside is not None and inside[1] > best[1]:
                best = inside  # "the House of Commons" is not "the House"
        if best is None:
            i += 1
        else:
            yield best
            i = best[1] + 1


def _longest(doc: Doc, folded: list[list[str]], first: int, tree: _Tree) -> Match | None:
    """The longest name that begins at a token, laid over tokens whatever their hyphens and points."""
    if not folded[first] or folded[first][0] not in tree:
        return None
    ends: list[tuple[int, list[tuple[Entity, str, tuple[str, ...]]]]] = []
    node: _Tree | None = tree
    for i in range(first, min(first + 14, len(doc))):
        for word in folded[i]:
            node = node.get(word) if node is not None else None
        if node is None:
            break
        if folded[i] and "" in node:
            ends.append((i, node[""]))
    for last, entries in reversed(ends):
        fitting = [(e, kind) for e, kind, words in entries if _looks_like_name(doc, first, last, words, kind)]
        if fitting:
            return first, last, fitting
    return None


def _looks_like_name(doc: Doc, first: int, last: int, words: tuple[str, ...], kind: str) -> bool:
    token = doc[first]
    if doc.user_data["paragraphs"][first] != doc.user_data["paragraphs"][last]:
        return False
    if words[-1] in _AMBIGUOUS and not doc[last].text[:1].isupper():
        return False  # "the independent" is no newspaper
    if len(words) > 1 and any(t.text[:1].isupper() for t in doc[first : last + 1]):
        # "Free voters will decide": of a party's common words more than the first of a sentence has a capital
        common = kind == "party" and token.is_sent_start and words[-1] != "party" and _COMMON_WORDS.issuperset(words)
        return not common or any(t.text[:1].isupper() for t in doc[first + 1 : last + 1])
    if len(words) == 1 and not (token.text.isupper() if kind == "person" else token.text[:1].isupper()):
        return False
    if words == ("labor",) and _of_office(doc, last):
        return False  # "Labor Secretary Tom Perez"
    if len(words) == 1 and (words[0] in _AMBIGUOUS or words in _SHOUTED) and _owns_a_name(doc, last):
        return True  # "Respect's Salma Yaqoob", "Act's David Seymour"
    if words[0] in _HUED and len(words) == 1 and _before_post(doc, last):
        return True  # "Liberal leader Nyamko Sabuni", "a Liberal backbencher"
    if words[0] in _AMBIGUOUS and len(words) == 1:
        return (not token.is_sent_start and token.pos_ == "PROPN") or token.text.isupper()
    if words[0].upper() in _POST_LETTERS and last + 1 < len(doc) and doc[last + 1].ent_type_ == "PERSON":
        return False  # "DA Devon Anderson" is a district attorney
    if words in _SHOUTED and not token.text.replace(".", "").isupper():
        return False
    return (len(words) > 1 and kind == "body") or token.text[:1].isupper()


def _of_office(doc: Doc, last: int) -> bool:
    """Whether "Labor" at a token is what an American department or its secretary is for."""
    return last + 1 < len(doc) and doc[last + 1].lower_ in ("secretary", "department", "day", "statistics", "relations")


# Of these, the ones that stand before a member's title.
_HUED = frozenset("green liberal reform national labor alliance respect congress nationals greens".split())


def _before_post(doc: Doc, last: int) -> bool:
    """Whether a party's word is capitalised before a title of its people; at the start of a sentence before a name."""
    post = last + 1
    while (
        post < min(last + 3, len(doc) - 1)
        and doc[post].text.islower()
        and doc[post].lower_ not in _MEMBERS | _MINISTERS
    ):
        post += 1  # "Liberal parliamentary secretary Terry Duguid"
    after = doc[post : post + 2]
    titles = _MEMBERS if doc[last].lower_ in ("labor", "national", "alliance") else _MEMBERS | _MINISTERS
    if not doc[last].text.istitle() or not len(after) or after[0].lower_ not in titles:
        return False
    named = len(after) > 1 and after[1].pos_ == "PROPN" and after[1].text.istitle()
    return named if doc[last].is_sent_start else after[0].text.islower() or after[0].text.isupper() or named


_MEMBERS = frozenset(
    """leader mp mps msp mep senator senators backbencher backbenchers member councillor councillors candidate spokesman
    spokeswoman spokesperson frontbencher whip lawmaker mla mpp co-leader peer""".split()
)
_MINISTERS = frozenset("minister secretary critic premier legislator".split())


def _owns_a_name(doc: Doc, last: int) -> bool:
    """Whether two capitalised words follow a capitalised possessive: somebody of a party or union."""
    after = doc[last + 1 : last + 4]
    return (
        len(after) == 3 and after[0].tag_ == "POS" and doc[last].text[:1].isupper()
        and all(t.text.istitle() and t.pos_ == "PROPN" and t.ent_type_ in ("PERSON", "") for t in after[1:])
    )  # fmt: skip


def article_country(names: Names) -> str:
    """The country whose parties, bodies and places the article names most; "" when none stands out."""
    counts: Counter[str] = Counter()
    for _, _, found in matches(names):
        countries = {names.gazetteer.country_of(e.id) for e, kind in found} - {""}
        if len(countries) == 1:
            counts[countries.pop()] += 1
    return _most(counts) or _most(counts + _surname_countries(names))


def people_country(names: Names) -> str:
    """Of an article that names no party, body or place of one country, the country of its people; "" without one."""
    countries = (names.gazetteer.country_of(m.entity.id) for m in names.mentions if m.type == PERSON and m.entity)
    return _most(Counter(country for country in countries if country))


def _most(counts: Counter[str]) -> str:
    if not counts:
        return ""
    (first, n), *rest = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return first if not rest or n > rest[0][1] else ""


def _surname_countries(names: Names) -> Counter[str]:
    """Of a text without parties and bodies, where those are from whom its bare surnames may mean; acting names that the
    NER took for none count where several agree."""
    counts = _bearers(names, [ent[-1].text for ent in names.doc.ents if ent.label_ == "PERSON"])
    if counts:
        return counts
    acting = {t.text for t in names.doc if t.tag_ == "NNP" and t.dep_ == "nsubj" and t.ent_type_ in ("", "ORG")}
    counts = _bearers(names, sorted(acting))
    return counts if len(counts) == 1 and counts.total() > 1 else Counter()


def _bearers(names: Names, surnames: Sequence[str]) -> Counter[str]:
    """How many of some surnames are borne by people of one country only, by country."""
    counts: Counter[str] = Counter()
    for surname in surnames:
        people = names.gazetteer.surnames(surname)
        countries = {names.gazetteer.country_of(e.id) for e in people if e.type == "person"} - {""}
        if len(countries) == 1:
            counts[countries.pop()] += 1
    return counts


def find_known(names: Names, surnames: Collection[str]) -> None:
    """Parties, bodies and places by the gazetteer; its people only to be found, not yet added.

    ``surnames`` are the last words of the article's full names.
    """
    for first, last, found in matches(names):
        chosen = _choose(names, [(e, k) for e, k in found if k not in ("person", "country_adjective")], first)
        if chosen is None or _inside_longer(names, first, last):
            continue
        if first == last and (
            names.doc[first].lower_ in surnames
            or (
                first
                and names.doc[first].ent_type_ == names.doc[first - 1].ent_type_ == "PERSON"
                and _forename(names, first - 1)
            )
            or (first and names.doc[first - 1].lower_.rstrip(".") in TITLES and names.doc[first - 1].text[:1].isupper())
        ):
            continue  # "Dr Fox", "Mr Bloomberg" are no broadcasters
        entity, _ = chosen
        if _namesake_abroad(names, entity, first, last) or _of_other_party(names, entity):
            continue
        if (
            names.doc[first].lower_ == "the"
            and last > first
            and last + 1 < len(names.doc)
            and names.doc[last + 1].pos_ == "PROPN"
            and names.doc[last].dep_ in ("compound", "amod")
        ):
            continue  # "the Australian Senate" is no newspaper
        branch = _branch(names, first, last) if entity.id in names.gazetteer.parties else first
        if branch < first:
            text = name_text(names.doc, branch, last)
            entity, first = Entity(mint_id("organisation", text), text, ORGANISATION), branch
        names.add(first, last, "name", entity.type, entity)


def _forename(names: Names, index: int) -> bool:
    """ "*John* Tory finished third": a given name that no title or adjective stands for."""
    word = names.lowers[index]
    return word in given_name_genders(names.gazetteer) and names.texts[index].istitle()


# Words of which parties everywhere make their names.
_COMMON_WORDS = frozenset(
    """the of and for party league alliance justice people people's peoples national democratic democrats democrat liberal
    labour labor social progressive united unity new congress front union reform freedom movement action republican
    conservative conservatives green greens independent workers popular christian development voters freedom future forward alternative alliance solidarity choice will renewal""".split()
)


def _namesake_abroad(names: Names, entity: Entity, first: int, last: int) -> bool:
    """Whether a name of common words would be a party of a country of which the article does not speak."""
    country = names.gazetteer.country_of(entity.id) if entity.id in names.gazetteer.parties else ""
    if not country or not names.country or country == names.country:
        return False
    # "DA" is an attorney, too; "the National Chairman" is of no party
    letters = first == last and (
        (len(names.texts[first]) < 4 and names.texts[first].isupper()) or names.lowers[first] in _AMBIGUOUS
    )
    words = names.doc[first : last + 1]
    if not letters and (first == last or any(t.is_alpha and t.lower_ not in _COMMON_WORDS for t in words)):
        return False
    return not any(
        e.id != entity.id and names.gazetteer.country_of(e.id) == country for _, _, f in matches(names) for e, _ in f
    )


def _of_other_party(names: Names, committee: Entity) -> bool:
    """Whether "the national executive committee" is hardly that of the party which the gazetteer knows by it: where the
    article speaks more of another party."""
    body = names.gazetteer.bodies.get(committee.id)
    if body is None or body.kind != "committee" or "'s " not in committee.name:
        return False
    counts = Counter(f[0][0].id for _, _, f in matches(names) if f[0][0].id in names.gazetteer.parties)
    owner = committee.name.partition("'s ")[0]
    own = sum(n for i, n in counts.items() if names.gazetteer.entities[i].name.split()[0] == owner)
    return bool(counts) and own < max(counts.values())


def _branch(names: Names, first: int, last: int) -> int:
    """The first token of a local party: "North Carolina Democratic Party", "Whitstable and Canterbury Labour Party"."""
    doc, start = names.doc, first
    if doc[last].text != "Party":
        return first
    while (
        start and start - 1 not in names.taken and doc[start - 1].pos_ == "PROPN" and doc[start - 1].text[:1].isupper()
    ):
        start -= 1
        if start > 1 and doc[start - 1].text in ("and", "&") and doc[start - 2].pos_ == "PROPN" and start < first:
            start -= doc[start - 2].ent_type_ in _PLACE_LABELS
    places = all(doc[i].ent_type_ in _PLACE_LABELS or doc[i].text in ("and", "&") for i in range(start, first))
    return start if places else first


_PLACE_LABELS = ("GPE", "LOC", "ORG", "FAC")


_LAND_LETTERS = frozenset("UK US USA GB EU NZ".split())
_SMALL = frozenset("the of in for and to from with by at a an".split())


def _inside_longer(names: Names, first: int, last: int) -> bool:
    """Whether the words belong to a longer name that the NER knows: "Slough Conservative Association"."""
    if names.bodies is None:
        names.bodies = [ent for ent in names.doc.ents if ent.label_ in ("ORG", "FAC")]
    for ent in names.bodies:
        if ent.start < first - 1 and ent.end == last + 1 and names.doc[first - 1].lower_ == "for":
            return True  # "Democracy for America"
        if (
            ent.start < first == last == ent.end - 1
            and names.texts[last] in _LAND_LETTERS
            and names.lowers[first - 1] not in _SMALL
        ):
            return True  # "Cancer Research UK"
        if ent.start <= first and last < ent.end and ent.end - ent.start > last - first + 1:
            if first == last and names.doc[first].lower_ in _AMBIGUOUS and names.doc[first].dep_ == "compound":
                after = names.doc[last + 1] if last + 1 < ent.end else None
                if after is not None and after.pos_ == "PROPN" and after.text[:1].isupper() and after.lower_ != "party":
                    return True  # "the National Guard" has nothing of the National Party
            tail = ent[-1] if ent[-1].lower_ not in SUFFIXES else ent[-2]
            return tail.lower_ in ORG_HEADS and tail.i > last
    return False


def _choose(names: Names, found: list[tuple[Entity, str]], at: int) -> tuple[Entity, str] | None:
    """One of several entities of a name: the article's country's, else that of a country which the sentence names,
    else the first."""
    if len(found) < 2:
        return found[0] if found else None
    country_of = names.gazetteer.country_of
    here = [f for f in found if names.country and country_of(f[0].id) == names.country]
    if not here:
        sentence = names.doc[at].sent
        beside = {
            country_of(e.id)
            for first, _, told in matches(names) if sentence.start <= first < sentence.end
            for e, kind in told if kind in ("country", "country_adjective")
        }  # fmt: skip
        here = [f for f in found if country_of(f[0].id) in beside - {""}]
    # "Congress" of no country is that of the United States.
    return (here or [f for f in found if f[1] == "body"] or found)[0]


# Abbreviations of posts, which the NER takes for organisations.
_POST_LETTERS = frozenset("VP AG PM FM CEO COO CFO MP MSP MEP DA GM QC KC DNI COS GMT EST POTUS FLOTUS SCOTUS".split())


def _opens_name(word: str) -> bool:
    """ "Fifth", "6th" in "the 6th Circuit Court of Appeals"."""
    return word[:1].isupper() or (word[:1].isdigit() and word.endswith(("st", "nd", "rd", "th")))


# "(R)", "(LD)" after a name tell a party.
_SHORT_PARTIES = frozenset("LD PC SNP DUP UUP SDLP UKIP DFL MP MSP MEP CON LAB".split())


def _letters(names: Names) -> dict[str, Entity]:
    """Abbreviation -> the body of the article that it abbreviates: told in brackets after its name, or its initials."""
    found: dict[str, Entity] = {}
    doc = names.doc
    spans = [(m.first, m.last, m.entity) for m in names.mentions if m.type == ORGANISATION and m.entity is not None]
    for ent in doc.ents:
        if ent.label_ == "ORG" and len(ent) > 1 and names.free(ent.start, ent.end - 1):
            first = ent.start + (doc[ent.start].pos_ == "DET")
            text = name_text(doc, first, ent.end - 1)
            spans.append((first, ent.end - 1, Entity(mint_id("organisation", text), text, ORGANISATION)))
    for first, last, entity in spans:
        capitals = [t.text[0] for t in doc[first : last + 1] if t.text[0].isupper()]
        all_letters = "".join(t.text[0].upper() for t in doc[first : last + 1] if t.text[0].isalpha())
        for letters in {"".join(capitals), all_letters}:
            if len(letters) > 2:
                found.setdefault(letters, entity)
        if last + 3 < len(doc) and doc[last + 1].text == "(" and doc[last + 3].text == ")":
            short = doc[last + 2].text
            if short.isupper() and 1 < len(short) < 7 and short not in _SHORT_PARTIES:
                found[short] = entity
    return found


def add_other_bodies(names: Names) -> None:
    """Organisations and places that only the NER knows."""
    doc = names.doc
    letters = _letters(names)
    for index, text in enumerate(names.texts):
        if text in letters and text.isalpha() and text.isupper() and index not in names.taken:
            names.add(index, index, "name", ORGANISATION, letters[text])
    for ent in doc.ents:
        if ent.label_ not in ("ORG", "GPE", "LOC"):
            continue
        first, last = ent.start, ent.end - 1
        while first <= last and doc[first].pos_ in ("DET", "PUNCT"):
            first += 1
        while last >= first and (doc[last].lower_ in SUFFIXES or doc[last].is_punct):
            last -= 1
        if first > last or not names.free(first, last) or not _opens_name(doc[first].text):
            continue
        text = name_text(doc, first, last)
        if (
            doc[last].lower_ in _NO_BODIES or text in _POST_LETTERS or text[1:2] == "-"
        ):  # "D-N.Y." is a party and a state
            continue
        if text.casefold() in ("pac", "super pac"):  # a kind of body, not its name
            continue
        if ent.label_ == "ORG" and (last > first or text.isupper()):
            names.add(first, last, "name", ORGANISATION, Entity(mint_id("organisation", text), text, ORGANISATION))
        elif ent.label_ != "ORG":
            names.add(first, last, "name", PLACE, Entity(mint_id("place", text), text, PLACE))
