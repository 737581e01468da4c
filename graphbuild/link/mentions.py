"""Names in an article: parties and bodies by the gazetteer, people by NER and capitals, made consistent over the text."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from spacy.tokens import Doc, Span, Token

from graphbuild.link.gazetteer import Gazetteer, fold
from graphbuild.link.gender import gender_of, given_name_genders, title_gender
from graphbuild.link.names import GIVEN_NAME_TITLES, GROUPS, PARTICLES, POSTS, SUFFIXES, TITLES
from graphbuild.model import ORGANISATION, PERSON, PLACE, Article, Entity, Mention
from graphbuild.vocab import mint_id

_BODY_KINDS = frozenset(["party", "party_adjective", "party_members", "body", "country", "country_adjective"])
# Words that are also plain words: a name only with a capital and not at the start of a sentence or before a noun.
_AMBIGUOUS = frozenset(["green", "greens", "alliance", "respect", "reform", "liberal", "liberals", "national", "nationals", "congress", "labor",
    "unity", "change", "action", "forward", "independent", "union", "times", "sun", "mirror", "express", "guardian", "independents", "unite", "gmb"])  # fmt: skip
_ORG_HEADS = frozenset(
    """party committee council association commission court department office union congress university institute agency
    movement group campaign federation foundation ministry bank board trust network conference assembly coalition pac""".split()
)


# What the NER takes for organisations but never acts.
_NO_BODIES = frozenset(
    "bill act agreement treaty report budget brexit article speech amendment deal plan policy twitter facebook constitution amendment oscar covid election day".split()
)


@dataclass
class Names:
    """What is known of an article's names while it is being linked."""

    doc: Doc
    article: Article
    gazetteer: Gazetteer
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

    def add(self, first: int, last: int, kind: str, type_: str, entity: Entity | None) -> Mention:
        """Record a mention; names keep others off their tokens."""
        starts = self.doc.user_data["starts"]
        start, end = starts[first], starts[last] + len(self.doc[last])
        mention = Mention(
            start, end, self.article.text[start:end], type_, kind, first, last, head_of(self.doc, first, last), entity
        )
        self.mentions.append(mention)
        if kind == "name":
            for index in range(first, last + 1):
                self.taken[index] = mention
        return mention

    def free(self, first: int, last: int) -> bool:
        return not any(i in self.taken for i in range(first, last + 1))


def head_of(doc: Doc, first: int, last: int) -> int:
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
        if words and (kind in _BODY_KINDS or (kind == "person" and len(words) > 1)):
            node = tree
            for word in words:
                node = node.setdefault(word, {})
            node.setdefault("", []).append((entity, kind, words))
    _TREES.clear()
    _TREES[id(gazetteer)] = (gazetteer, tree)
    return tree


def find_names(names: Names) -> None:
    """Fill ``names`` with the mentions of kind "name"."""
    names.country = _country(names)
    _find_known(names)
    spans = list(_person_spans(names))
    _canonical(names, spans)
    _add_people(names, spans)
    _add_other_bodies(names)
    names.mentions.sort(key=lambda m: (m.first, -m.last))


Match = tuple[int, int, list[tuple[Entity, str]]]


def _matches(names: Names) -> list[Match]:
    """Longest gazetteer surfaces at each token: (first, last, entities with their kinds); found once for an article."""
    if names.matches is None:
        names.matches = list(_find_matches(names.doc, _surface_tree(names.gazetteer)))
    return names.matches


def _find_matches(doc: Doc, tree: _Tree) -> Iterator[Match]:
    folded: list[list[str]] = [fold(t.text).split() for t in doc]
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
    if len(words) > 1 and any(t.text[:1].isupper() for t in doc[first : last + 1]):
        return True
    if len(words) == 1 and not token.text[:1].isupper():
        return words[0] in ("cabinet", "parliament") and False
    if words[0] in _AMBIGUOUS and len(words) == 1:
        return (not token.is_sent_start and token.pos_ == "PROPN") or token.text.isupper()
    if words[0] in ("us", "it", "un", "who") and not token.text.replace(".", "").isupper():
        return False
    return (len(words) > 1 and kind == "body") or token.text[:1].isupper()


def _country(names: Names) -> str:
    """The country whose parties, bodies and places the article names most; "" when none stands out."""
    counts: Counter[str] = Counter()
    for _, _, found in _matches(names):
        countries = {names.gazetteer.country_of(e.id) for e, kind in found} - {""}
        if len(countries) == 1:
            counts[countries.pop()] += 1
    if not counts:
        return ""
    (first, n), *rest = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return first if not rest or n > rest[0][1] else ""


def _find_known(names: Names) -> None:
    """Parties, bodies and places by the gazetteer; its people only to be found, not yet added."""
    surnames = {names.doc[b].lower_ for a, b in _person_spans(names) if b > a}
    for first, last, found in _matches(names):
        chosen = _choose(names, [(e, k) for e, k in found if k not in ("person", "country_adjective")])
        if chosen is None or _inside_longer(names, first, last):
            continue
        if first == last and (
            names.doc[first].lower_ in surnames
            or (first and names.doc[first - 1].lower_.rstrip(".") in TITLES and names.doc[first - 1].text[:1].isupper())
        ):
            continue  # "Dr Fox", "Mr Bloomberg" are no broadcasters
        entity, _ = chosen
        if (
            names.doc[first].lower_ == "the"
            and last > first
            and last + 1 < len(names.doc)
            and names.doc[last + 1].pos_ == "PROPN"
            and names.doc[last].dep_ in ("compound", "amod")
        ):
            continue  # "the Australian Senate" is no newspaper
        names.add(first, last, "name", entity.type, entity)


def _inside_longer(names: Names, first: int, last: int) -> bool:
    """Whether the words belong to a longer name that the NER knows: "Slough Conservative Association"."""
    if names.bodies is None:
        names.bodies = [ent for ent in names.doc.ents if ent.label_ in ("ORG", "FAC")]
    for ent in names.bodies:
        if ent.start <= first and last < ent.end and ent.end - ent.start > last - first + 1:
            tail = ent[-1] if ent[-1].lower_ not in SUFFIXES else ent[-2]
            return tail.lower_ in _ORG_HEADS and tail.i > last
    return False


def _choose(names: Names, found: list[tuple[Entity, str]]) -> tuple[Entity, str] | None:
    """One of several entities of a name: the article's country's, else the first."""
    if not found:
        return None
    here = [f for f in found if names.country and names.gazetteer.country_of(f[0].id) == names.country]
    return (here or found)[0]


_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday today tonight yesterday".split())


def _person_spans(names: Names) -> Iterator[tuple[int, int]]:
    """Stretches that read as personal names, titles and possessives cut off."""
    if names.stretches is None:
        names.stretches = sorted(_stretches(names), key=lambda s: (s[0], -s[1]))
    seen: set[tuple[int, int]] = set()
    for first, last in names.stretches:
        span = _trim(names, first, last)
        if span is not None and span not in seen:
            seen.add(span)
            yield span


def _stretches(names: Names) -> set[tuple[int, int]]:
    """(first, last) of what may be a personal name, not yet trimmed."""
    doc = names.doc
    given = _given(names)
    raw: set[tuple[int, int]] = set()
    for ent in doc.ents:
        if ent.label_ == "PERSON" or (
            len(ent) >= 2
            and ent[0].lower_ in given
            and ent.label_ in ("ORG", "GPE", "NORP", "FAC", "PRODUCT", "LOC", "WORK_OF_ART")
        ):
            raw.add((ent.start, ent.end - 1))
    people = [fold(ent.text) for ent in doc.ents if ent.label_ == "PERSON" and len(ent) > 1]
    for ent in doc.ents:
        # "Wilson-Raybould", which the NER takes for a body, after "Jody Wilson-Raybould"
        if "-" in ent.text and " " not in ent.text and any(p.endswith(f" {fold(ent.text)}") for p in people):
            raw.add((ent.start, ent.end - 1))
    for first, last, found in _matches(names):
        if any(kind == "person" for _, kind in found) and all(
            t.text[:1].isupper() or t.lower_ in PARTICLES or not t.is_alpha for t in doc[first : last + 1]
        ):
            raw.add((first, last))
    for token in doc:
        if not token.text[:1].isupper() or token.i + 1 >= len(doc):
            continue
        if token.lower_ in given and token.pos_ in ("PROPN", "NOUN", "VERB", "ADJ"):
            last = token.i
            while last + 1 < len(doc) and _continues(doc, last + 1):
                last += 1
            if last > token.i:
                raw.add((token.i, last))
        elif token.lower_.rstrip(".") in TITLES and _continues(doc, token.i + 1):
            last = token.i + 1
            while last + 1 < len(doc) and last < token.i + 4 and _continues(doc, last + 1):
                last += 1
            raw.add((token.i + 1, last))
    return raw


def _continues(doc: Doc, i: int) -> bool:
    token = doc[i]
    if doc.user_data["paragraphs"][i] != doc.user_data["paragraphs"][i - 1]:
        return False
    if token.text == "-":
        return (
            i + 1 < len(doc) and doc[i + 1].text[:1].isupper() and not token.whitespace_ and not doc[i - 1].whitespace_
        )
    if token.lower_ in PARTICLES:
        return i + 1 < len(doc) and doc[i + 1].text[:1].isupper()
    return (
        token.text[:1].isupper()
        and token.pos_ == "PROPN"
        and token.lower_ not in POSTS
        and token.lower_ not in GROUPS
        and token.lower_ not in SUFFIXES
        and not token.is_punct
    )


def _trim(names: Names, first: int, last: int) -> tuple[int, int] | None:
    doc = names.doc
    while last >= first and (
        doc[last].lower_ in SUFFIXES
        or (doc[last].pos_ in ("PUNCT", "PART", "AUX", "VERB", "ADP", "CCONJ") and doc[last].lower_ not in PARTICLES)
        or last in names.taken
        or (last > first and doc[last].lower_ in _DAYS)  # "Gov. Steve Sisolak Tuesday"
    ):
        last -= 1
    given = _given(names)
    for i in range(first + 1, last):
        # "Endorses Joe Biden": a capitalised headline word before a given name is none of the name
        if doc[i].lower_ in given and doc[first].lower_ not in given and doc[i].text[:1].isupper():
            first = i
            break
    while first < last and doc[first].is_stop and doc[first].lower_ not in given and doc[first].lower_ not in PARTICLES:
        first += 1  # "Then Trump"
    if (
        last == first + 1
        and doc[first].lower_ not in given
        and doc[first].lower_.endswith(("ed", "ing", "es", "ses"))
        and names.gazetteer.surnames(doc[last].text)
    ):
        first = last  # a headline's "Endorsed Trump"
    for i in range(last, first - 1, -1):
        word = doc[i].lower_
        cut = (
            word.rstrip(".") in TITLES
            or word in POSTS
            or i in names.taken
            or (doc[i].pos_ in ("DET", "PUNCT", "ADP", "NUM") and doc[i].text != "-" and word not in PARTICLES)
        )
        if cut or names.doc.user_data["paragraphs"][i] != names.doc.user_data["paragraphs"][last]:
            first = i + 1
            break
    if (
        first > last
        or not doc[first].text[:1].isalpha()
        or not (
            doc[last].text[:1].isupper() or (doc[last].text[:1].isdigit() is False and doc[first].text[:1].isupper())
        )
    ):
        return None
    if last - first > 5 or doc[last].lower_ in _ORG_HEADS:
        return None
    if any(t.text in ("[", "]", "(", ")") for t in doc[first : last + 1]):
        return None
    if re.fullmatch(r"[A-Z]-[A-Z].*", doc[first : last + 1].text):
        return None  # "D-N.Y." is a party and a state
    return first, last


def _given(names: Names) -> dict[str, str]:
    return given_name_genders(names.gazetteer)


def _text(doc: Doc, first: int, last: int) -> str:
    return " ".join(doc[first : last + 1].text.replace(" - ", "-").split())


def _canonical(names: Names, spans: list[tuple[int, int]]) -> None:
    """Full names of the article -> entity: the gazetteer's person of that name, else one minted from the name."""
    counts = Counter(_text(names.doc, a, b) for a, b in spans if b > a)
    by_surname: dict[str, list[str]] = defaultdict(list)
    for name in counts:
        by_surname[fold(name).split()[-1]].append(name)
    for alike in by_surname.values():
        alike.sort(key=lambda name: (-len(name.split()), -counts[name], name))
        for name in alike:
            longer = next((x for x in alike if x != name and x in names.full and _shortens(fold(name), fold(x))), None)
            names.full[name] = names.full[longer] if longer else _entity(names, name)


def _shortens(short: str, long: str) -> bool:
    """Whether one full name is the other with a middle name, an initial or a short form less."""
    a, b = short.split(), long.split()
    return a[-1] == b[-1] and (set(a) <= set(b) or (a[0][0] == b[0][0] and len(a[0]) == 1))


def _entity(names: Names, name: str) -> Entity:
    found = [e for e in names.gazetteer.candidates(name) if e.type == PERSON]
    if len(found) > 1:
        here = [e for e in found if names.gazetteer.country_of(e.id) == names.country]
        found = here if len(here) == 1 else []
    return found[0] if len(found) == 1 else Entity(mint_id("person", name), name, PERSON)


def _add_people(names: Names, spans: list[tuple[int, int]]) -> None:
    doc = names.doc
    for first, last in sorted(spans, key=lambda s: (s[0] - s[1], s[0])):
        if last > first and names.free(first, last):
            names.add(first, last, "name", PERSON, names.full[_text(doc, first, last)])
    surnames: dict[str, set[Entity]] = defaultdict(set)
    given: dict[str, set[Entity]] = defaultdict(set)
    for name, entity in names.full.items():
        words = name.split()
        surnames[fold(words[-1])].add(entity)
        if len(words) > 2 and words[-2].lower() in PARTICLES | {"de"}:
            surnames[fold(" ".join(words[-2:]))].add(entity)
        given[fold(words[0])].add(entity)
    single = {a for a, b in spans if a == b}
    # A surname once read as a person's is one throughout the article.
    seen = {doc[i].text for i in single} | {
        doc[i].text
        for i in range(1, len(doc))
        if doc[i - 1].lower_.rstrip(".") in TITLES and doc[i - 1].text[:1].isupper()
    }
    single |= {t.i for t in doc if t.text in seen and t.pos_ == "PROPN"} if seen else set()
    for token in doc:
        if token.i in names.taken or not token.text[:1].isupper() or (not token.is_alpha and "-" not in token.text):
            continue
        meant = _short_name(names, token, surnames, given, single)
        if meant is not None:
            names.add(token.i, token.i, "name", PERSON, meant)


def _short_name(
    names: Names, token: Token, surnames: dict[str, set[Entity]], given: dict[str, set[Entity]], single: set[int]
) -> Entity | None:
    """Who a lone capitalised word is: the article's person of that surname (or first name after Sir), else a
    well-known politician, else (after an honorific) a person of this article only."""
    word = fold(token.text)
    before = names.doc[token.i - 1].lower_.rstrip(".") if token.i else ""
    titled = before in TITLES and names.doc[token.i - 1].text[:1].isupper()
    if before in GIVEN_NAME_TITLES and len(given.get(word, ())) == 1:
        return next(iter(given[word]))
    known = surnames.get(word, set())
    if known and (token.pos_ in ("PROPN", "NOUN", "ADJ", "X", "VERB") or token.ent_type_):
        if token.pos_ in ("VERB", "ADJ") and token.is_sent_start and not token.ent_type_:
            return None
        follows = names.doc[token.i + 1] if token.i + 1 < len(names.doc) else None
        if (
            follows is not None
            and follows.text[:1].isupper()
            and follows.pos_ == "PROPN"
            and token.dep_ == "compound"
            and follows.lower_ in _ORG_HEADS
        ):
            return None
        if len(known) == 1:
            return next(iter(known))
        return _by_title(names, before, known) or _best_known(names, sorted(known, key=lambda e: e.id))
    if token.i in single and len(given.get(word, ())) == 1 and not titled:
        return next(iter(given[word]))
    if token.i in single or titled:
        famous = _famous(names, token.text)
        if famous is not None:
            return famous
        if (
            titled
            and token.pos_ == "PROPN"
            and before not in ("president", "minister", "general", "justice", "mayor", "chancellor")
        ):
            return Entity(mint_id("person", token.text, names.article.id), token.text, PERSON)
    return _of_highest_office(names, token)


def _of_highest_office(names: Names, token: Token) -> Entity | None:
    """A head of state or government around the article's date whom the NER did not see: "a Trump critic"."""
    doc, i = names.doc, token.i
    if token.pos_ != "PROPN" or token.ent_type_ in ("DATE", "GPE", "LOC", "FAC") or token.lower_ in _given(names):
        return None
    beside = [doc[j] for j in (i - 1, i + 1) if 0 <= j < len(doc)]
    if any(t.pos_ == "PROPN" and t.text[:1].isupper() for t in beside):
        return None
    found = [
        e for e in names.gazetteer.surnames(token.text)
        if e.type == PERSON and any(names.gazetteer.offices[t.office].rank == 1 for t in names.gazetteer.terms_of(e.id))
    ]  # fmt: skip
    return _best_known(names, found) if found and names.article.date else None


def _by_title(names: Names, title: str, people: set[Entity]) -> Entity | None:
    """Of several people with a surname the one whose gender the honorific fits, when it fits one."""
    wanted = title_gender(title)
    fitting = [e for e in sorted(people, key=lambda e: e.id) if wanted and gender_of(e, names) == wanted]
    if title == "mr":
        knighted = {
            m.entity.id
            for m in names.mentions
            if m.entity and m.first and names.doc[m.first - 1].lower_ in ("sir", "lord", "baron")
        }
        fitting = [e for e in fitting if e.id not in knighted]
    return fitting[0] if len(fitting) == 1 else None


def _famous(names: Names, surname: str) -> Entity | None:
    """The one well-known person with a surname, of the article's country and around its date."""
    found = [e for e in names.gazetteer.surnames(surname) if e.type == PERSON]
    if names.country:
        found = [e for e in found if names.gazetteer.country_of(e.id) == names.country] or found
    return found[0] if len(found) == 1 else _best_known(names, found)


def _best_known(names: Names, people: list[Entity]) -> Entity | None:
    """The one of several who holds or held the highest office near the article's date; None when two are as high."""
    date = names.article.date
    ranked = []
    for entity in people:
        ranks = [
            names.gazetteer.offices[t.office].rank + 9 * t.office.endswith("first-lady") for t in names.gazetteer.terms_of(entity.id)
            if not date or not t.start or int(t.start[:4]) - 2 <= int(date[:4]) <= int(t.end[:4] or 9999) + 6
        ]  # fmt: skip
        if ranks:
            ranked.append((min(ranks), entity))
    if not ranked:
        return None
    best = min(rank for rank, _ in ranked)
    top = [entity for rank, entity in ranked if rank == best]
    return top[0] if len(top) == 1 else None


def _add_other_bodies(names: Names) -> None:
    """Organisations and places that only the NER knows."""
    doc = names.doc
    for ent in doc.ents:
        if ent.label_ not in ("ORG", "GPE", "LOC"):
            continue
        first, last = ent.start, ent.end - 1
        while first <= last and doc[first].pos_ in ("DET", "PUNCT"):
            first += 1
        while last >= first and (doc[last].lower_ in SUFFIXES or doc[last].is_punct):
            last -= 1
        if first > last or not names.free(first, last) or not doc[first].text[:1].isupper():
            continue
        text = _text(doc, first, last)
        if doc[last].lower_ in _NO_BODIES or text[1:2] == "-":  # "D-N.Y." is a party and a state
            continue
        if ent.label_ == "ORG" and (last > first or text.isupper()):
            names.add(first, last, "name", ORGANISATION, Entity(mint_id("organisation", text), text, ORGANISATION))
        elif ent.label_ != "ORG":
            names.add(first, last, "name", PLACE, Entity(mint_id("place", text), text, PLACE))
