"""Full names and whom they mean: the one full form of each person in an article, and the known person of that name."""

import re
from collections import Counter, defaultdict

from rapidfuzz import fuzz

from graphbuild.link.gazetteer import fold
from graphbuild.link.mentions import Names, name_text
from graphbuild.model import PERSON, Entity
from graphbuild.vocab import mint_id


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
            names.full[name] = next(iter(meant.values())) if len(meant) == 1 else named_person(names, name)


JUNIOR = frozenset("jr sr junior senior ii iii iv".split())


def surname_of(name: str) -> str:
    """The folded last word of a name that is no "Jr".

    >>> surname_of("Robert F. Kennedy Jr."), surname_of("Sinn Féin")
    ('kennedy', 'fein')
    """
    words = fold(name).split()
    while len(words) > 1 and words[-1] in JUNIOR:
        words.pop()
    return words[-1]


def _may_be_one(names: Names, short: str, long: str) -> bool:
    """Whether a full name is another one with a middle name, an initial or a short form less, and nobody knows better."""
    a, b = fold(short).split(), fold(long).split()
    if set(a) & JUNIOR != set(b) & JUNIOR or surname_of(short) != surname_of(long):
        return False
    if not (set(a) <= set(b) or (a[0][0] == b[0][0] and len(a[0]) == 1)):
        return False
    others = {e.id for e in names.gazetteer.candidates(short) if e.type == PERSON}
    entity = names.full[long]
    if others and entity.id in names.gazetteer.people and entity.id not in others:
        return False  # George W. Bush and George H. W. Bush
    return frozenset((entity.id, mint_id("person", short))) not in names.gazetteer.apart


def named_person(names: Names, name: str) -> Entity:
    """The one known bearer of a name; of several the one whom the article's country or the words around the name fit."""
    found = [e for e in names.gazetteer.candidates(name) if e.type == PERSON]
    if not found:  # "John A. Boehner" is John Boehner
        plain = re.sub(r"(?<=\w) (?:[A-Z]\.? )+(?=\w)", " ", name)
        found = [e for e in names.gazetteer.candidates(plain) if e.type == PERSON]
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


def own_form(entity: Entity, forms: list[str]) -> str:
    """The name to show a known person under in an article that writes the full name in ``forms`` only.

    The known name, unless the article's full names all have another given name: "Bob Menendez" is "Robert Menendez"
    where the article calls him so. Of several forms the fullest.

    >>> own_form(Entity("person/bob-menendez", "Bob Menendez", PERSON), ["Robert Menendez"])
    'Robert Menendez'
    >>> own_form(Entity("person/boris-johnson", "Boris Johnson", PERSON), ["Alexander Boris Johnson"])
    'Boris Johnson'
    """
    known = _words(entity.name)
    told = [(set(words), form) for form in forms if len(words := _words(form)) > 1]
    if not told or any(words <= set(known) or set(known) <= words for words, _ in told):
        return entity.name
    alike = [form for _, form in told if _words(form)[-1] == known[-1]]
    return max(alike, key=lambda form: (len(form.split()), len(form), form)) if alike else entity.name


def _words(name: str) -> list[str]:
    """The folded words of a name, initials together: "George H. W. Bush" is "George HW Bush"."""
    return re.sub(r"\b(\w) (?=\w\b)", r"\1", fold(name)).split()


def slip_of(name: str, known: str) -> bool:
    """Whether a full name is a well-known one but for a letter in its given name: "Hilary Clinton", "Frankin Pierce".

    >>> slip_of("Hilary Clinton", "Hillary Clinton"), slip_of("Jon Smith", "John Smith")
    (True, False)
    """
    a, b = fold(name).split(), fold(known).split()
    if len(a) != 2 or len(b) != 2 or a[1] != b[1] or min(len(a[0]), len(b[0])) < 6 or a[0][0] != b[0][0]:
        return False
    return fuzz.ratio(a[0], b[0]) >= 88
