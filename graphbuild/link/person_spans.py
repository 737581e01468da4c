"""Stretches of an article that read as personal names: found by the NER, by given names, titles, posts and the
gazetteer, and trimmed to the name."""

import re
from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Doc, Token

from graphbuild.link.gazetteer import fold
from graphbuild.link.gender import given_name_genders
from graphbuild.link.mentions import ORG_HEADS, Names, matches, name_text
from graphbuild.link.names import GIVEN_NAME_TITLES, GROUPS, PARTICLES, POSTS, SUFFIXES, TITLES


def person_spans(names: Names) -> Iterator[tuple[int, int]]:
    """Stretches that read as personal names, titles and possessives cut off."""
    if names.stretches is None:
        names.stretches = sorted(_stretches(names), key=lambda s: (s[0], -s[1]))
    spans = [_trim(names, first, last) for first, last in names.stretches]
    yield from _without_headlines(names, list(dict.fromkeys(s for s in spans if s is not None)))


def _without_headlines(names: Names, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Names, but for each that is two names and the words between those two: a headline's capitals join "Bernie Sanders
    Burns Hillary Clinton". The first of them need not be read as a name by itself where a verb ends it."""
    doc, given = names.doc, known_given_names(names)
    for first, last in spans:
        inside = [s for s in spans if first <= s[0] < s[1] <= last and s != (first, last)] if last - first > 2 else []
        if any(a[1] < b[0] - 1 for a in inside for b in inside):
            continue
        for later in inside:
            verb = doc[later[0] - 1]
            cut = verb.lower_ not in given and verb.lower_.endswith(("s", "ed")) and later[0] - first > 2
            if cut and doc[first].lower_ in given:
                yield first, verb.i - 1
                break
        else:
            yield first, last


def _stretches(names: Names) -> set[tuple[int, int]]:
    """(first, last) of what may be a personal name, not yet trimmed."""
    doc = names.doc
    given = known_given_names(names)
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
    return raw | {*_after_posts(names), *_told_by_title(names), *_of_parties(names), *_after_plurals(names)}


_SAYS = frozenset(
    "say tell call ask tweet argue add accuse urge warn describe reply insist claim respond agree vote".split()
)


# What a party's possessive and capitals make that is nobody.
_PRODUCTS = frozenset(
    """paper bill act review plan deal pledge manifesto cabinet team wall society agenda report charter contract fund tax
    project programme policy strategy mission initiative academy youth students women clause card line""".split()
)


def _of_parties(names: Names) -> Iterator[tuple[int, int]]:
    """Two capitalised words after a party's possessive that speak: "Zanu PF's *Psychology Maziwisa* said"."""
    doc = names.doc
    for _, last, found in matches(names):
        first = last + 2
        if (
            first + 2 >= len(doc)
            or doc[last + 1].tag_ != "POS"
            or not any(kind.startswith("party") for _, kind in found)
        ):
            continue
        verb = doc[first + 2]
        told = (
            verb.text == "," and first + 3 < len(doc) and doc[first + 3].lower_ in ("who", "the", "a", "its", "whose")
        )
        capitals = all(_continues(doc, i) and doc[i].is_alpha and doc[i].text.istitle() for i in (first, first + 1))
        if capitals and (told or verb.lemma_ in _SAYS) and doc[first + 1].lower_ not in ORG_HEADS | _PRODUCTS:
            yield first, first + 1


_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday today tonight yesterday".split())
_MEMBERS = frozenset("mp msp mep mla td mpp".split())
_SEATS = frozenset("council committee association party union assembly".split())
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
        if word in _MEMBERS and token.text != word:
            pass  # "Githunguri MP Gathoni Wamuchomba"
        elif word in POSTS and token.tag_ == "NN" and not token.text[:1].isupper():
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


_PLURALS = frozenset("reps reps. sens sens. govs govs. cllrs cllrs. messrs messrs.".split())


def _after_plurals(names: Names) -> Iterator[tuple[int, int]]:
    """Every name of the list that a shortened plural title opens: "Reps. Hakeem Jeffries (N.Y.) and *Suzan DelBene*"."""
    doc, lowers = names.doc, names.lowers
    for index, word in enumerate(lowers):
        first = index + 1
        while word in _PLURALS and first < len(doc) and _continues(doc, first):
            last = first
            while last + 1 < len(doc) and last < first + 3 and _continues(doc, last + 1):
                last += 1
            if last > first:
                yield first, last
            after = last + 1
            if lowers[after : after + 1] == ["("] and ")" in lowers[after : after + 7]:
                after = lowers.index(")", after) + 1
            elif lowers[after : after + 1] == ["of"]:
                after += 1
                while after < len(doc) and _continues(doc, after):
                    after += 1
            if lowers[after : after + 1] not in ([","], ["and"]):
                break
            first = after + 1 + (lowers[after : after + 2] == [",", "and"])


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
    given = known_given_names(names)
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
    titled = (
        names.lowers[last + 1 : last + 2] in (["mp"], ["msp"], ["td"], ["mep"]) and names.lowers[first - 1] == "the"
    )
    after_title = (
        names.lowers[first - 1] == "for" and names.lowers[first - 2] in _MEMBERS
    )  # "the MP for Glasgow Kelvin"
    seated = doc[first].lower_ not in given or titled or after_title
    return None if last > first and seated and _is_seat(names, first, last) else (first, last)


_COMPASS = frozenset("north south east west central mid".split())
_SEATED = frozenset("mp mps msp ms mla mep td seat constituency by-election byelection".split())


def _is_seat(names: Names, first: int, last: int) -> bool:
    """ "the *Birmingham Yardley* MP", "represents *North Wales*", "*Knowsley North* seat": a place, nobody's name."""
    doc, lowers = names.doc, names.lowers
    before, after = lowers[first - 1] if first else "", lowers[last + 1] if last + 1 < len(doc) else ""
    known = names.gazetteer.candidates(name_text(doc, first, last))
    if known or before.rstrip(".") in TITLES:
        return False
    if before == "for" and lowers[first - 2] in _MEMBERS:
        return True
    if after in _SEATED:
        return before == "the" or (last + 2 < len(doc) and doc[last + 2].pos_ == "PROPN")
    compass = doc[first].lower_ in _COMPASS or doc[last].lower_ in _COMPASS
    return compass and (
        doc[first].lower_ in _COMPASS or before in ("for", "in", "of", "at") or before[:9] == "represent"
    )


def _is_given(token: Token, given: Mapping[str, str]) -> bool:
    """A known given name, or any word of a person's name that is no title."""
    plain = token.lower_.rstrip(".") not in TITLES and token.lower_ not in POSTS and token.text.istitle()
    return token.lower_ in given or (plain and token.ent_type_ == "PERSON" and token.pos_ == "PROPN")


def known_given_names(names: Names) -> dict[str, str]:
    return given_name_genders(names.gazetteer)
