"""People in an article: stretches that read as names, their one full form, and whom surnames and first names mean."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from rapidfuzz import fuzz
from spacy.tokens import Doc, Token

from graphbuild.link.forms import own_form, slip_of, without_headlines
from graphbuild.link.gazetteer import fold
from graphbuild.link.gender import gender_of, given_name_genders, title_gender
from graphbuild.link.mentions import ORG_HEADS, Names, matches, name_text
from graphbuild.link.names import GIVEN_NAME_TITLES, GROUPS, PARTICLES, POSTS, SUFFIXES, TITLES
from graphbuild.model import PERSON, Entity
from graphbuild.vocab import mint_id


def person_spans(names: Names) -> Iterator[tuple[int, int]]:
    """Stretches that read as personal names, titles and possessives cut off."""
    if names.stretches is None:
        names.stretches = sorted(_stretches(names), key=lambda s: (s[0], -s[1]))
    seen: dict[tuple[int, int], None] = {}
    for first, last in names.stretches:
        for start, end in _apart(names, first, last):
            span = _trim(names, start, end)
            if span is not None:
                seen[span] = None
    yield from without_headlines(list(seen))


def _apart(names: Names, first: int, last: int) -> list[tuple[int, int]]:
    """Two names with a headline's verb between: "Hillary Clinton Slams Donald Trump" is two people."""
    doc, given = names.doc, _given(names)
    if last - first < 4 or doc[first].lower_ not in given:
        return [(first, last)]
    for i in range(first + 3, last):
        verb = doc[i - 1]
        if doc[i].lower_ in given and verb.lower_ not in given and verb.lower_.endswith(("s", "ed")):
            return [(first, i - 2), (i, last)]
    return [(first, last)]


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
    for first, last, found in matches(names):
        if any(kind == "person" for _, kind in found) and all(
            t.text[:1].isupper() or t.lower_ in PARTICLES or not t.is_alpha for t in doc[first : last + 1]
        ):
            raw.add((first, last))
    for index, text in enumerate(names.texts[:-1]):
        if not text[:1].isupper():
            continue
        token = doc[index]
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
            if not doc[token.i + 1].lower_.endswith("ed") or names.gazetteer.surnames(doc[token.i + 1].text):
                raw.add((token.i + 1, last))  # a headline's "Senator Endorsed Trump" names nobody Endorsed
    return raw | set(_after_posts(names)) | set(_told_by_title(names))


_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday today tonight yesterday".split())
_SEATS = frozenset(["council", "committee", "association", "party", "union", "assembly"])


# Titles that are surnames as well.
_SURNAMES_TOO = frozenset("king prince baron earl pope judge justice mayor chancellor bishop dean major".split())
_COURTESY = frozenset("mr mrs ms miss mx dr sir dame lord lady baroness".split()) - GIVEN_NAME_TITLES


def _told_by_title(names: Names) -> Iterator[tuple[int, int]]:
    """ "Adem Somyurek" of an article that goes on "Mr Somyurek": the surname is told, the word before it belongs."""
    doc, texts = names.doc, names.texts
    surnames = {
        texts[i + 1]
        for i, word in enumerate(names.lowers[:-1])
        if word.rstrip(".") in _COURTESY and texts[i].istitle() and _continues(doc, i + 1)
    }
    for index, text in enumerate(texts):
        if text in surnames and index and _continues(doc, index):
            token = doc[index]
            before = token.nbor(-1)
            plain = (
                before.is_alpha and before.text.istitle() and before.lower_.rstrip(".") not in TITLES | POSTS | GROUPS
            )
            if plain and before.pos_ in ("PROPN", "NOUN", "ADJ") and not before.is_stop and before.whitespace_:
                yield before.i, token.i


def _after_posts(names: Names) -> Iterator[tuple[int, int]]:
    """Two capitalised words that only their place shows to be a name: "Pendle council leader, Asjad Mahmood,", "leader
    of Pendle Borough Council Asjad Mahmood"."""
    doc = names.doc
    for index, word in enumerate(names.lowers[:-2]):
        if word not in POSTS and word not in _SEATS:
            continue
        token, first = doc[index], index + 1
        if word in POSTS and token.tag_ == "NN" and not token.text[:1].isupper():
            first += doc[first].text == ","
        elif not (
            word in _SEATS
            and any(t.lower_ == "of" and t.nbor(-1).lower_ in POSTS for t in doc[max(1, token.i - 4) : token.i])
        ):
            continue
        last = first + 1
        if last < len(doc) and all(_continues(doc, i) and doc[i].is_alpha for i in (first, last)):
            closed = last + 1 >= len(doc) or not (doc[last + 1].text[:1].isupper() and doc[last + 1].pos_ == "PROPN")
            if closed and doc[first].ent_type_ not in ("GPE", "NORP") and doc[last].lower_ not in ORG_HEADS:
                yield first, last


def _continues(doc: Doc, i: int) -> bool:
    token = doc[i]
    if doc.user_data["paragraphs"][i] != doc.user_data["paragraphs"][i - 1]:
        return False
    if token.text == "-":
        return (
            i + 1 < len(doc) and doc[i + 1].text[:1].isupper() and not token.whitespace_ and not doc[i - 1].whitespace_
        )
    if token.lower_ in PARTICLES:  # "van der Zyl"
        after = next((t for t in doc[i + 1 : i + 3] if t.lower_ not in PARTICLES), None)
        return after is not None and after.text[:1].isupper()
    return (
        token.text[:1].isupper()
        and token.pos_ == "PROPN"
        and token.lower_ not in POSTS
        and token.lower_ not in GROUPS
        and token.lower_ not in SUFFIXES
        and not token.is_punct
    )


_COUNTRIES = frozenset("US U.S. UK U.K. EU UN".split())


def _trim(names: Names, first: int, last: int) -> tuple[int, int] | None:
    doc = names.doc
    while last >= first and (
        doc[last].lower_ in SUFFIXES
        or (doc[last].pos_ in ("PUNCT", "PART", "AUX", "VERB", "ADP", "CCONJ") and doc[last].lower_ not in PARTICLES)
        or last in names.taken
        or (last > first and doc[last].lower_ in _DAYS)  # "Gov. Steve Sisolak Tuesday"
        or (doc[last].pos_ == "PRON" and doc[last].text.islower())  # "Gavin Jennings - who"
        or (last > first and doc[last].text in _COUNTRIES)  # "made Peter Mandelson US ambassador"
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
        if i == last > first and word in _SURNAMES_TOO and _is_given(doc[i - 1], given):
            continue  # "Gayle King"
        initials = word == "rt" and doc[i].text == "RT"  # "Andrew RT Davies" is no Right Honourable
        cut = (
            (word.rstrip(".") in TITLES and not initials)
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
    if last - first > 5 or doc[last].lower_ in ORG_HEADS:
        return None
    if any(t.text in ("[", "]", "(", ")") for t in doc[first : last + 1]):
        return None
    if re.fullmatch(r"[A-Z]-[A-Z].*", doc[first : last + 1].text):
        return None  # "D-N.Y." is a party and a state
    return first, last


def _is_given(token: Token, given: Mapping[str, str]) -> bool:
    """A known given name, or any word of a person's name that is no title."""
    plain = token.lower_.rstrip(".") not in TITLES and token.lower_ not in POSTS and token.text.istitle()
    return token.lower_ in given or (plain and token.ent_type_ == "PERSON" and token.pos_ == "PROPN")


def _given(names: Names) -> dict[str, str]:
    return given_name_genders(names.gazetteer)


def canonical(names: Names, spans: list[tuple[int, int]]) -> None:
    """Full names of the article -> entity: the gazetteer's person of that name, else one minted from the name."""
    counts = Counter(name_text(names.doc, a, b) for a, b in spans if b > a)
    by_surname: dict[str, list[str]] = defaultdict(list)
    for name in counts:
        by_surname[surname_of(name)].append(name)
    for alike in by_surname.values():
        alike.sort(key=lambda name: (-len(name.split()), -len(name), -counts[name], name))
        for name in alike:
            longer = [x for x in alike if x != name and x in names.full and _may_be_one(names, name, x)]
            meant = {names.full[x].id: names.full[x] for x in longer}
            names.full[name] = next(iter(meant.values())) if len(meant) == 1 else _entity(names, name)


_ONE_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_JUNIOR = frozenset(["jr", "sr", "junior", "senior", "ii", "iii", "iv"])


def surname_of(name: str) -> str:
    """The folded last word of a name that is no "Jr".

    >>> surname_of("Robert F. Kennedy Jr."), surname_of("Sinn Féin")
    ('kennedy', 'fein')
    """
    words = fold(name).split()
    while len(words) > 1 and words[-1] in _JUNIOR:
        words.pop()
    return words[-1]


def _may_be_one(names: Names, short: str, long: str) -> bool:
    """Whether a full name is another one with a middle name, an initial or a short form less, and nobody knows better."""
    a, b = fold(short).split(), fold(long).split()
    if set(a) & _JUNIOR != set(b) & _JUNIOR or surname_of(short) != surname_of(long):
        return False
    if not (set(a) <= set(b) or (a[0][0] == b[0][0] and len(a[0]) == 1)):
        return False
    others = {e.id for e in names.gazetteer.candidates(short) if e.type == PERSON}
    entity = names.full[long]
    if others and entity.id in names.gazetteer.people and entity.id not in others:
        return False  # George W. Bush and George H. W. Bush
    return frozenset((entity.id, mint_id("person", short))) not in names.gazetteer.apart


def _entity(names: Names, name: str) -> Entity:
    """The one known bearer of a name; of several the one whom the article's country or the words around the name fit."""
    found = [e for e in names.gazetteer.candidates(name) if e.type == PERSON]
    if len(found) > 1:
        here = [e for e in found if names.gazetteer.country_of(e.id) == names.country]
        found = here or found
    if len(found) > 1:
        found = _fitting(names, name, found)
    if not found and (meant := _slip(names, name)) is not None:
        return meant
    if not found:
        return Entity(mint_id("person", name), name, PERSON)
    # Nobody may become one of two namesakes by chance.
    return found[0] if len(found) == 1 else Entity(mint_id("person", name, names.article.id), name, PERSON)


def _slip(names: Names, name: str) -> Entity | None:
    """The one known politician of the article's country whose name this is but for a slip."""
    found = [e for e in names.gazetteer.surnames(name.split()[-1]) if e.type == PERSON and slip_of(name, e.name)]
    at_home = len(found) == 1 and names.gazetteer.country_of(found[0].id) == names.country
    return found[0] if at_home and names.gazetteer.terms_of(found[0].id) else None


def own_forms(names: Names) -> dict[str, str]:
    """Id -> name of the known people whom the article calls by another given name throughout."""
    forms: dict[str, list[str]] = defaultdict(list)
    known: dict[str, Entity] = {}
    for form, entity in names.full.items():
        if entity.id in names.gazetteer.people:
            forms[entity.id].append(form)
            known[entity.id] = entity
    return {i: shown for i, told in forms.items() if (shown := own_form(known[i], told)) != known[i].name}


def _fitting(names: Names, name: str, people: list[Entity]) -> list[Entity]:
    """Those of some namesakes whose party, posts or distinguishing words stand beside the name; all when none do."""
    doc, words = names.doc, name.split()
    beside: set[str] = set()
    for i in range(len(doc) - len(words) + 1):
        if [t.text for t in doc[i : i + len(words)]] == words:
            around = range(max(0, i - 6), min(len(doc), i + len(words) + 9))
            beside |= {fold(doc[j].text) for j in around}
            beside |= {m.entity.id for j in around if (m := names.taken.get(j)) and m.entity}
    scores = {}
    for person in people:
        party = names.gazetteer.party_of(person.id, names.date)
        told = {
            w
            for t in names.gazetteer.terms_of(person.id)
            for w in fold(names.gazetteer.offices[t.office].label).split()
        }
        told |= set(person.id.partition("/")[2].split("-")) - set(fold(name).split())
        scores[person.id] = 2 * (party is not None and party.id in beside) + len((told - {"of", "the", "for"}) & beside)
    best = max(scores.values())
    return [p for p in people if scores[p.id] == best]


def add_people(names: Names, spans: list[tuple[int, int]]) -> None:
    doc = names.doc
    for first, last in sorted(spans, key=lambda s: (s[0] - s[1], s[0])):
        if last > first and names.free(first, last):
            names.add(first, last, "name", PERSON, names.full[name_text(doc, first, last)])
    for first, last, found in matches(names):  # "AOC"
        known = [e for e, kind in found if kind == "person"]
        if first == last and len(known) == 1 and names.free(first, last):
            names.add(first, last, "name", PERSON, known[0])
    surnames: dict[str, set[Entity]] = defaultdict(set)
    given: dict[str, set[Entity]] = defaultdict(set)
    for name, entity in names.full.items():
        words = [w for w in name.split() if fold(w) not in _JUNIOR] or name.split()
        if len(words) == len(name.split()) or not any(
            surname_of(n) == fold(words[-1]) and n != name for n in names.full
        ):
            junior = len(words) < len(name.split())  # beside a father "Trump" is not Donald Trump Jr.
            elder = _famous(names, fold(words[-1]), "") if junior else None
            heads = elder is not None and (_prominence(names, elder) or (9,))[0] <= 0
            surnames[fold(words[-1])].add(elder if elder is not None and heads else entity)
        if len(words) > 2 and words[-2].lower() in PARTICLES | {"de"}:
            surnames[fold(" ".join(words[-2:]))].add(entity)
        given[fold(words[0])].add(entity)
        if words[-1].count("-") == 1 and len(words) > 1:  # a headline's "Kilroy"
            surnames.setdefault(fold(words[-1].partition("-")[0]), {entity})
    _share_surname(names)
    for entity in _relatives(names):
        given[fold(entity.name.split()[0])].add(entity)
    single = {a for a, b in spans if a == b}
    # A surname once read as a person's is one throughout the article.
    seen = {names.texts[i] for i in single} | {
        names.texts[i]
        for i in range(1, len(doc))
        if names.lowers[i - 1].rstrip(".") in TITLES and names.texts[i - 1][:1].isupper()
    }
    single |= {i for i, text in enumerate(names.texts) if text in seen and doc[i].pos_ == "PROPN"} if seen else set()
    for index, text in enumerate(names.texts):
        if index in names.taken or not text[:1].isupper() or not _ONE_WORD.fullmatch(text):
            continue
        token = doc[index]
        meant = _short_name(names, token, surnames, given, single)
        if meant is not None:
            names.add(token.i, token.i, "name", PERSON, meant)


def _share_surname(names: Names) -> None:
    """ "Charles and David Koch" are Charles Koch and David Koch."""
    doc, genders = names.doc, _given(names)
    for mention in [m for m in names.mentions if m.type == PERSON and m.kind == "name" and m.last > m.first]:
        first = mention.first - 2
        if first < 0 or doc[first + 1].lower_ != "and" or first in names.taken or doc[first].lower_ not in genders:
            continue
        before = doc[first - 1] if first else None
        if doc[first].ent_type_ == "GPE" or (before is not None and before.lower_ in ("of", "in", "from")):
            continue  # "John Lewis of Georgia and John Larson"
        if not doc[first].text[:1].isupper() or (
            before is not None and before.pos_ == "PROPN" and before.text[:1].isupper()
        ):
            continue
        shared = _entity(names, f"{doc[first].text} {name_text(doc, mention.first + 1, mention.last)}")
        names.full[shared.name] = shared
        names.add(first, first, "name", PERSON, shared)


_KIN = frozenset("wife husband son daughter brother sister father mother spouse".split())


def _relatives(names: Names) -> Iterator[Entity]:
    """ "his wife Hillary" of an article that names Bill Clinton: who is known by that given name and one of its surnames."""
    doc = names.doc
    surnames = {name.split()[-1] for name in names.full if " " in name}
    for index, word in enumerate(names.lowers[:-1]):
        if word not in _KIN or index == 0:
            continue
        token, after = doc[index], doc[index + 1]
        if after.i in names.taken or not after.text.istitle() or after.pos_ != "PROPN":
            continue
        if token.nbor(-1).tag_ not in ("PRP$", "POS"):
            continue
        known = {
            e.id: e for surname in surnames for e in names.gazetteer.candidates(f"{after.text} {surname}")
            if e.type == PERSON
        }  # fmt: skip
        if len(known) == 1:
            entity = next(iter(known.values()))
            names.full.setdefault(entity.name, entity)
            names.add(after.i, after.i, "name", PERSON, entity)
            yield entity


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
        acts = token.dep_ in ("nsubj", "nsubjpass")
        if token.pos_ in ("VERB", "ADJ") and token.is_sent_start and not token.ent_type_ and not acts:
            return None
        follows = names.doc[token.i + 1] if token.i + 1 < len(names.doc) else None
        if (
            follows is not None
            and follows.text[:1].isupper()
            and follows.pos_ == "PROPN"
            and token.dep_ == "compound"
            and follows.lower_ in ORG_HEADS
        ):
            return None
        if len(known) == 1:
            return next(iter(known))
        return _by_title(names, before, known) or _best_known(names, sorted(known, key=lambda e: e.id))
    if token.i in single and len(given.get(word, ())) == 1 and not titled:
        return next(iter(given[word]))
    if token.i in single or titled:
        famous = _famous(names, token.text, before if titled else "")
        if famous is not None:
            return famous
        spelt = _misspelt(names, word, surnames) if titled else None
        if spelt is not None:
            return spelt
        if (
            titled
            and token.pos_ == "PROPN"
            and not word.endswith("ed")  # a headline's "Senator Endorsed Trump"
            and before not in ("president", "minister", "general", "justice", "mayor", "chancellor")
        ):
            name = _peerage(names, token, before)
            return Entity(mint_id("person", name, names.article.id), name, PERSON)
    return _of_highest_office(names, token)


def _peerage(names: Names, token: Token, title: str) -> str:
    """ "Lord Phillips of Sudbury": a peer known by nothing else has his title with its place for a name."""
    doc, i = names.doc, token.i
    place = doc[i + 2] if i + 2 < len(doc) and doc[i + 1].lower_ == "of" else None
    if title not in ("lord", "lady", "baroness", "baron") or place is None:
        return token.text
    if place.pos_ != "PROPN" or not place.text.istitle():
        return token.text
    last = i + 2
    while last + 1 < len(doc) and doc[last + 1].pos_ == "PROPN" and doc[last + 1].text.istitle() and last < i + 4:
        last += 1
    return f"{doc[i - 1].text} {name_text(doc, i, last)}"


def _misspelt(names: Names, word: str, surnames: dict[str, set[Entity]]) -> Entity | None:
    """ "Mr Preibus" in an article on Reince Priebus: the one long surname of the article that differs by a slip."""
    alike = [s for s in surnames if s[:1] == word[:1] and min(len(s), len(word)) > 5 and fuzz.ratio(s, word) >= 85]
    return next(iter(surnames[alike[0]])) if len(alike) == 1 and len(surnames[alike[0]]) == 1 else None


def _of_highest_office(names: Names, token: Token) -> Entity | None:
    """A head of state or government around the article's date whom the NER did not see: "a Trump critic"."""
    doc, i = names.doc, token.i
    if token.pos_ != "PROPN" or token.ent_type_ in ("DATE", "LOC", "FAC") or token.lower_ in _given(names):
        return None
    beside = [doc[j] for j in (i - 1, i + 1) if 0 <= j < len(doc)]
    if any(t.pos_ == "PROPN" and t.text[:1].isupper() for t in beside):
        return None
    found = [
        e for e in names.gazetteer.surnames(token.text)
        if e.type == PERSON and any(names.gazetteer.offices[t.office].rank == 1 for t in names.gazetteer.terms_of(e.id))
    ]  # fmt: skip
    if names.country:
        found = [
            e for e in found
            if names.gazetteer.country_of(e.id) == names.country or (_prominence(names, e) or (9,))[0] <= 0
        ]  # fmt: skip
    # Without a date only the name of one great figure says who it is: "Trump", but not "Clinton" or "Brown".
    great = [rank for e in found if (rank := _prominence(names, e)) is not None and rank[0] <= 1]
    meant = _best_known(names, found) if found and (names.date or len(great) == 1) else None
    if meant is not None and token.ent_type_ == "GPE" and (_prominence(names, meant) or (1,))[0] > 0:
        return None  # "Obama" may be taken for a place, but "Jordan" is one
    return meant


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


def _famous(names: Names, surname: str, title: str) -> Entity | None:
    """The one well-known person with a surname, of the article's country and around its date. Of several bearers only
    one of the great offices is meant by the bare name; after "Sen." and the like whoever has the highest."""
    found = [e for e in names.gazetteer.surnames(surname) if e.type == PERSON]
    if gender := title_gender(title):
        found = [e for e in found if gender_of(e, names) in (gender, "")]
    if names.country:
        home = [e for e in found if names.gazetteer.country_of(e.id) == names.country]
        # Who is named by the surname alone far from home leads a state: "Collins" in Georgia is not New Zealand's.
        found = home or [e for e in found if (_prominence(names, e) or (9,))[0] <= 1]
    if len(found) < 2:
        return found[0] if found else None
    meant = _best_known(names, found)
    rank = (_prominence(names, meant) if meant is not None else None) or (9, True)
    # "Mr Jones" is hardly ever the first minister.
    great = rank[0] <= 0 or (rank[0] == 1 and len(found) < _COMMON)
    return meant if great or title in _OF_OFFICE else None


# A surname that so many known people of a country bear is a common one.
_COMMON = 8


_OF_OFFICE = frozenset(["sen", "senator", "rep", "representative", "gov", "governor", "congressman", "congresswoman"])
# Who leads a state or its government is known before whoever leads a party or a department.
_HEADS = re.compile(r"(prime minister|president|taoiseach|chancellor of Germany)\b", re.I)


def _best_known(names: Names, people: list[Entity]) -> Entity | None:
    """The one of several who holds or held the highest office near the article's date; who holds it then before others
    and heads of government before their like; None when two are as high."""
    ranked = sorted((rank, e.id) for e in people if (rank := _prominence(names, e)) is not None)
    if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    return next(e for e in people if e.id == ranked[0][1])


def _prominence(names: Names, person: Entity) -> tuple[int, bool] | None:
    """(rank, not then in office) of the highest office near the article's date; None without one."""
    date, last = names.date, names.until or names.date
    found = []
    for term in names.gazetteer.terms_of(person.id):
        office = names.gazetteer.offices[term.office]
        rank = (
            office.rank - bool(office.rank == 1 and _HEADS.match(office.label)) + 9 * office.id.endswith("first-lady")
        )
        if not date or not term.start:
            found.append((rank, True))
        elif int(term.start[:4]) - 2 <= int(last[:4]) and int(date[:4]) <= int(term.end[:4] or 9999) + 6:
            found.append((rank, not term.start <= last or bool(term.end and term.end < date)))
    return min(found, default=None)
