"""People in an article: every mention of a person by name, and whom the surnames and given names that stand alone mean."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from rapidfuzz import fuzz
from spacy.tokens import Token

from graphbuild.link.full_names import JUNIOR, named_person, surname_of
from graphbuild.link.gazetteer import fold
from graphbuild.link.gender import gender_of, title_gender
from graphbuild.link.mentions import ORG_HEADS, Names, matches, name_text
from graphbuild.link.names import GIVEN_NAME_TITLES, PARTICLES, TITLES
from graphbuild.link.person_spans import known_given_names
from graphbuild.link.prominence import PEERAGES, best_known, contemporaries, famous_bearer, prominence
from graphbuild.model import PERSON, Entity
from graphbuild.vocab import mint_id

_ONE_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


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
        words = [w for w in name.split() if fold(w) not in JUNIOR] or name.split()
        if len(words) == len(name.split()) or not any(
            surname_of(n) == fold(words[-1]) and n != name for n in names.full
        ):
            junior = len(words) < len(name.split())  # beside a father "Trump" is not Donald Trump Jr.
            elder = famous_bearer(names, fold(words[-1]), "") if junior else None
            heads = elder is not None and (prominence(names, elder) or (9,))[0] <= 0
            surnames[fold(words[-1])].add(elder if elder is not None and heads else entity)
        if len(words) > 2 and words[-2].lower() in PARTICLES | {"de"}:
            surnames[fold(" ".join(words[-2:]))].add(entity)
        given[fold(words[0])].add(entity)
        if words[-1].count("-") == 1 and len(words) > 1:  # a headline's "Kilroy"
            surnames.setdefault(fold(words[-1].partition("-")[0]), {entity})
    for surname, bearers in surnames.items():
        head = _meant_before(names, surname, bearers)
        if head is not None:
            bearers.add(head)
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
    # At the start of a sentence "Trump" may be taken for a noun.
    single |= {
        i for i, text in enumerate(names.texts)
        if text in seen and (doc[i].pos_ == "PROPN" or (doc[i].is_sent_start and doc[i].dep_ in ("nsubj", "nsubjpass")))
    } if seen else set()  # fmt: skip
    for index, text in enumerate(names.texts):
        if index in names.taken or not text[:1].isupper() or not _ONE_WORD.fullmatch(text):
            continue
        token = doc[index]
        meant = _short_name(names, token, surnames, given, single)
        if meant is not None:
            names.add(token.i, token.i, "name", PERSON, meant)


def _share_surname(names: Names) -> None:
    """ "Charles and David Koch" are Charles Koch and David Koch."""
    doc, genders = names.doc, known_given_names(names)
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
        shared = named_person(names, f"{doc[first].text} {name_text(doc, mention.first + 1, mention.last)}")
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
    if known and (head := _head_of_state(names, token, before)) is not None:
        return head
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
        return (
            _by_title(names, before, known)
            or best_known(names, sorted(known, key=lambda e: e.id))
            or _introduced(names, token, known)
        )
    if len(given.get(word, ())) == 1 and not titled and (token.i in single or _acts_alone(names, token)):
        return next(iter(given[word]))
    if token.i in single or titled:
        famous = famous_bearer(names, token.text, before if titled else _peer(names, token.text))
        if famous is not None:
            return famous
        spelt = _misspelt(word, surnames) if titled else None
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
    return _of_highest_office(names, token) or _only_bearer(names, token)


def _meant_before(names: Names, surname: str, bearers: set[Entity]) -> Entity | None:
    """The head of state or government of a surname, where the article says it alone before it names a lesser bearer:
    "Trump" is not Ivanka Trump, whose products it comes to speak of."""
    if len(bearers) != 1:
        return None
    (named,) = bearers
    introduced = min((m.first for m in names.mentions if m.entity == named), default=0)
    if surname not in names.lowers[:introduced]:
        return None
    head = famous_bearer(names, surname, "")
    if head is None or head == named or (prominence(names, head) or (9,))[0] > 0:
        return None
    return None if (prominence(names, named) or (9,))[0] <= 0 else head


def _head_of_state(names: Names, token: Token, title: str) -> Entity | None:
    """Who was president or prime minister by the surname after such a title: "President Clinton" is not Hillary Clinton."""
    label = {"president": "president", "minister": "prime minister", "pm": "prime minister"}.get(title)
    if label is None or (title == "minister" and names.lowers[token.i - 2] != "prime"):
        return None
    gazetteer, led = names.gazetteer, []
    for term in (t for e in gazetteer.surnames(token.text) if e.type == PERSON for t in gazetteer.terms_of(e.id)):
        office = gazetteer.offices[term.office]
        leads = office.rank == 1 and office.label.startswith(label) and office.body not in gazetteer.parties
        begun = not names.date or not term.start or term.start[: len(names.date)] <= names.date[: len(term.start)]
        if leads and begun and names.country in ("", office.country):
            led.append(term)
    return gazetteer.get(max(led, key=lambda term: term.start).person) if led else None


def _introduced(names: Names, token: Token, people: set[Entity]) -> Entity | None:
    """Of several people with a surname, of whom none is better known, the one that the paragraph has named in full last,
    else the one that the article named so first: the other is there for his sake. None when one sentence names both and
    the article neither more often."""
    ids, paragraphs = {e.id for e in people}, names.doc.user_data["paragraphs"]
    before = [
        m for m in sorted(names.mentions, key=lambda m: m.first)
        if m.entity is not None and m.entity.id in ids and m.kind == "name" and m.first < m.last < token.i
    ]  # fmt: skip
    here = [m for m in before if paragraphs[m.first] == paragraphs[token.i]]
    meant = next(iter(here[-1:] or before[:1]), None)
    if meant is None:
        return None
    beside = {m.entity.id for m in before if m.entity and names.doc[m.first].sent == names.doc[meant.first].sent}
    counts = Counter(m.entity for m in before if m.entity and m.entity.id in beside).most_common(2)
    return None if len(counts) > 1 and counts[0][1] == counts[1][1] else counts[0][0]


def _only_bearer(names: Names, token: Token) -> Entity | None:
    """The one known person of that surname, of the article's country, where the name acts and the NER saw none:
    "Kinzinger has criticised Trump"."""
    if token.tag_ != "NNP" or token.dep_ not in ("nsubj", "nsubjpass") or token.ent_type_ not in ("", "ORG"):
        return None
    if (
        not names.country
        or token.head.pos_ != "VERB"
        or any(c.dep_ not in ("appos", "cc", "conj") for c in token.children)
    ):
        return None
    known = [e for e in names.gazetteer.surnames(token.text) if e.type == PERSON]
    home = [e for e in known if names.gazetteer.country_of(e.id) == names.country]
    return known[0] if len(known) == 1 and home else None


def _acts_alone(names: Names, token: Token) -> bool:
    """Whether a given name by itself is the subject of a verb: "Clare has told the truth at last"."""
    after = names.doc[token.i + 1] if token.i + 1 < len(names.doc) else None
    return (
        token.dep_ == "nsubj" and token.pos_ == "PROPN" and token.lower_ in known_given_names(names)
        and after is not None and after.pos_ in ("VERB", "AUX") and not any(True for _ in token.children)
    )  # fmt: skip


def _peer(names: Names, surname: str) -> str:
    """The title of a peer whom the article calls so somewhere: "the Hutton report" of Lord Hutton."""
    texts, lowers = names.texts, names.lowers
    found = (lowers[i - 1] for i in range(1, len(texts)) if texts[i] == surname and lowers[i - 1] in PEERAGES)
    return next(found, "")


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


def _misspelt(word: str, surnames: dict[str, set[Entity]]) -> Entity | None:
    """ "Mr Preibus" in an article on Reince Priebus: the one long surname of the article that differs by a slip."""
    alike = [s for s in surnames if s[:1] == word[:1] and min(len(s), len(word)) > 5 and fuzz.ratio(s, word) >= 85]
    return next(iter(surnames[alike[0]])) if len(alike) == 1 and len(surnames[alike[0]]) == 1 else None


def _of_highest_office(names: Names, token: Token) -> Entity | None:
    """A head of state or government around the article's date whom the NER did not see: "a Trump critic"."""
    doc, i = names.doc, token.i
    opens = token.tag_ == "NN" and token.dep_ == "nsubj" and token.i == token.sent.start  # "Trump has" read as a noun
    if (
        not (token.pos_ == "PROPN" or opens)
        or token.ent_type_ in ("DATE", "LOC", "FAC")
        or token.lower_ in known_given_names(names)
    ):
        return None
    beside = [doc[j] for j in (i - 1, i + 1) if 0 <= j < len(doc)]
    if any(t.pos_ == "PROPN" and t.text[:1].isupper() for t in beside):
        return None
    held = [e for e in names.gazetteer.surnames(token.text) if e.type == PERSON and names.gazetteer.terms_of(e.id)]
    if len(held) > 1 and not names.date and len(held) != len(alike := contemporaries(names, held)):
        return best_known(names, alike)  # beside Trump "Clinton" is Hillary
    found = [
        e for e in held if any(names.gazetteer.offices[t.office].rank == 1 for t in names.gazetteer.terms_of(e.id))
    ]
    if names.country:
        found = [
            e for e in found
            if names.gazetteer.country_of(e.id) == names.country or (prominence(names, e) or (9,))[0] <= 0
        ]  # fmt: skip
    # Without a date only the name of one great figure says who it is: "Trump", but not "Clinton" or "Brown".
    great = [rank for e in found if (rank := prominence(names, e)) is not None and rank[0] <= 1]
    meant = best_known(names, found) if found and (names.date or len(great) == 1) else None
    if meant is not None and token.ent_type_ == "GPE" and (prominence(names, meant) or (1,))[0] > 0:
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
