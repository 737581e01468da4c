"""Whom a phrase denotes by a constituency that no list of offices has: "the Hastings and Rye MP", "the Glasgow MSP"."""

from collections import Counter

from spacy.tokens import Span, Token

from graphbuild.link.gender import gender_of
from graphbuild.link.mentions import Names
from graphbuild.link.names import GENDERS
from graphbuild.model import PERSON, Entity

# Members of a chamber who are called by their seat; "MS" and "AM" only in capitals.
_SEATED = frozenset("mp msp mep mla td mpp ms am deputy tory conservative liberal backbencher parliamentarian".split())
# How many sentences back the person may have been spoken of.
_BACK = 3


def seat_told(names: Names, token: Token) -> Entity | None:
    """The person in the news of whom the sentences before speak, for "the" + a seat + a member's title.

    Nobody of the same sentence is meant (who is named is not called by his seat in one breath), nobody whom the
    article or the gazetteer knows to be of another country.
    """
    doc = names.doc
    if token.lower_ not in _SEATED or not _has_seat(names, token) or token.dep_ == "attr":
        return None
    first = seat_start(names, token)
    if first < 0:
        return None
    if first > 1 and doc[first - 1].text in (",", "-", "–", "—", "(") and first - 2 in names.taken:
        return None  # "Chris Huhne, the Eastleigh MP"
    start = token.sent.start
    sentences: list[Span] = []
    while start > 0 and len(sentences) < _BACK:
        sentences.append(doc[start - 1].sent)
        start = doc[start - 1].sent.start
    named = [
        m for m in names.mentions
        if m.type == PERSON and m.entity is not None and m.kind in ("name", "nominal") and m.first < token.i
    ]  # fmt: skip
    here = {m.entity.id for m in names.mentions if m.entity and m.kind == "name" and m.head in _span(token)}
    elsewhere = _called_by_another_seat(names, token, first)
    named = [m for m in named if m.entity and m.entity.id not in here | elsewhere]
    counts = Counter(m.entity.id for m in named if m.entity)
    if not counts:
        return None
    near = [m for m in named if m.first >= start]
    pronouns = {GENDERS[t.lower_] for s in sentences[:2] for t in s if t.lower_ in GENDERS}
    known = {m.entity.id: m.entity for m in named if m.entity}
    ranked = counts.most_common(2)
    leading = ranked[0][0] if len(ranked) == 1 or ranked[0][1] > ranked[1][1] else ""
    spoken_of = leading and (
        any(m.entity and m.entity.id == leading for m in near) or gender_of(known[leading], names) in pronouns
    )
    own = next((GENDERS[t.lower_] for t in doc[token.i + 1 : token.i + 4] if t.lower_ in GENDERS), "")
    last = [
        m.entity for s in sentences[:1] for m in near
        if m.entity and s.start <= m.first < s.end and doc[m.head].dep_ in ("nsubj", "nsubjpass") and doc[m.head].head.dep_ == "ROOT"
    ]  # fmt: skip
    opens = first <= token.sent.start + 1
    told = [known[leading]] if spoken_of else []
    if (
        not last and not told and sentences
    ):  # "Members have chosen Jo Swinson to lead them. The East Dunbartonshire MP ..."
        acting = ("nsubj", "nsubjpass", "dobj")
        last = [m.entity for m in near if m.entity and m.first >= sentences[0].start and doc[m.head].dep_ in acting][:1]
    choices = [*last, *told] if opens else [*told, *last]
    if own:
        alike = [i for i, _ in counts.most_common() if gender_of(known[i], names) == own]
        choices += [known[i] for i in alike[:1]]
    fitting = [e for e in choices if _may_sit(names, e) and (not own or gender_of(e, names) in (own, ""))]
    return fitting[0] if fitting else None


def _called_by_another_seat(names: Names, token: Token, first: int) -> set[str]:
    """Those whom the article has called by another seat: "the North Shropshire MP" is not "the Guildford MP"."""
    seat = {text for text in names.texts[first + 1 : token.i] if text[:1].isupper()}
    out = set()
    for m in names.mentions:
        if m.kind == "nominal" and m.entity is not None and m.last < first and names.lowers[m.head] == token.lower_:
            told = {text for text in names.texts[m.first + 1 : m.head] if text[:1].isupper()}
            if seat and told and not (seat <= told or told <= seat):
                out.add(m.entity.id)
    return out


def _span(token: Token) -> range:
    return range(token.sent.start, token.sent.end)


def seat_start(names: Names, token: Token) -> int:
    """The token of "the" before a seat and its member's title, whatever the parser makes of the seat: "*The* Carmarthen
    East and Dinefwr MS"; -1 for none."""
    index = token.i - 1
    while index > token.sent.start and (names.texts[index][:1].isupper() or names.lowers[index] in _INSIDE):
        index -= 1
    return index if names.lowers[index] == "the" and token.lower_ in _SEATED else -1


_INSIDE = frozenset("and of on upon under - – & former".split())


def _has_seat(names: Names, token: Token) -> bool:
    """Whether capitalised words that name no party stand between "the" and the noun."""
    doc, first = names.doc, seat_start(names, token)
    after = doc[token.i + 1 : token.i + 3]
    if (
        first >= 0
        and token.lower_ not in ("ms", "am", "deputy")
        and [t.lower_ for t in after[:1]] == ["for"]
        and after[-1].is_title
    ):
        return True  # "the MP for Rushcliffe", "the Labour MP for Glasgow Kelvin"
    if first < 0 or (token.lower_ in ("ms", "am") and not token.text.isupper()):
        return False
    seat = [
        t for t in doc[first + 1 : token.i]
        if t.text[:1].isupper() and not _is_party(names, t)
    ]  # fmt: skip
    return bool(seat) and not any(_is_party(names, t) for t in doc[first + 1 : token.i])


def _is_party(names: Names, token: Token) -> bool:
    taken = names.taken.get(token.i)
    return taken is not None and taken.entity is not None and taken.entity.id in names.gazetteer.parties


def _may_sit(names: Names, person: Entity) -> bool:
    country = names.gazetteer.country_of(person.id)
    return not names.country or country in ("", names.country)
