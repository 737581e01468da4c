"""When did it happen: the ISO date, month or year of the event that a trigger word expresses.

A time expression counts for a trigger when it stands in the trigger's own clause, or in a clause that passes its time
on to the trigger's ("On Monday he wrote to her, urging her to quit"), never when it belongs to another event. Relative
expressions are resolved against the publication date: a bare weekday is the latest such day not after publication,
the same day included, unless the verb looks ahead. Anything the text does not fix yields "".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from spacy.tokens import Span, Token

from graphbuild.extract.syntax.grammar import children, sentence
from graphbuild.model import Article
from graphbuild.ontology import word_set

_MONTHS = (
    ("january", "jan"),
    ("february", "feb"),
    ("march", "mar"),
    ("april", "apr"),
    ("may",),
    ("june", "jun"),
    ("july", "jul"),
    ("august", "aug"),
    ("september", "sept", "sep"),
    ("october", "oct"),
    ("november", "nov"),
    ("december", "dec"),
)
_MONTH_NUMBER = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SMALL = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
_NUMBERS = _SMALL | {"nine": 9, "ten": 10, "eleven": 11, "twelve": 12}

# "May" and "March" are months only with a day or year beside them or a preposition before; capitals are required.
_M = (
    r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_D = r"(?P<day>3[01]|[12]?\d)(?:st|nd|rd|th)?"
_Y = r"(?P<year>(?:18|19|20)\d\d)"
_W = r"(?P<weekday>Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_PART = r"(?:morning|afternoon|evening|night|lunchtime)"
_IN = r"(?P<prep>[Ii]n|[Ss]ince|[Uu]ntil|[Dd]uring)"
_ABOUT = r"(?P<vague>about|around|nearly|almost|over|more than|less than|at least|some)"
_FEW = r"(?:few|couple of|two|three|four|five|several)"
_WHEN = r"(?P<prep>[Ii]n|[Ss]ince|[Ff]rom|[Uu]ntil|[Dd]uring|[Bb]etween|[Bb]y|[Tt]he|[Aa]fter|[Bb]efore)"
_VOTE = (
    r"(?:general |presidential |local |leadership |European |by-?|mid-?term )*"
    r"(?:elections?|campaign|referendum|race|contest|poll|primary|primaries|conference|budget)"
)
_PATTERNS = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("iso", rf"\b{_Y}-(?P<mm>0[1-9]|1[0-2])-(?P<dd>0[1-9]|[12]\d|3[01])\b"),
        ("day", rf"\b(?:the )?{_D}(?: of)? {_M}(?!\w)(?:,? {_Y}\b)?"),
        ("day", rf"\b{_M} {_D}(?![\d:.]\d|\w|%)(?:,? {_Y}\b)?"),
        ("month", rf"\b(?P<edge>[Ll]ast|[Tt]his|[Nn]ext) {_M}(?!\w)(?! {_D})"),
        ("month", rf"(?:\b{_IN} )?(?:(?:early|late|mid)[- ])?{_M}(?!\w),? {_Y}\b"),
        ("month", rf"\b{_IN} (?:(?:early|late|mid)[- ])?{_M}(?!\w)(?! {_D}\b)"),
        ("weekday", rf"\b(?:(?P<edge>[Ll]ast|[Tt]his|[Nn]ext|[Tt]his coming) )?{_W}(?:'s)?(?: {_PART}\b)?"),
        ("near", rf"\b(?P<near>(?i:today|tonight|yesterday|tomorrow))(?: {_PART}\b)?"),
        ("near", rf"\b(?P<part>(?i:this {_PART}|last night|overnight))\b"),
        ("ago", rf"\b(?:{_ABOUT} )?(?P<count>[Aa]n?|\w+) (?P<unit>day|week|month|year)s? (?:ago|earlier)\b"),
        ("edge", r"\b(?P<edge>(?i:last|this|next|the previous)) (?P<unit>week|weekend|month|year)\b"),
        ("span", rf"\b(?:[Ii]n|[Oo]ver|[Dd]uring|[Ww]ithin) the (?:last|past) {_FEW} days\b"),
        ("span", r"\b[Oo]ver (?:the|this) (?P<weekend>weekend)\b"),
        ("year", rf"\b{_WHEN} {_Y}\b(?!s|-)"),
        ("year", rf"(?<!\d[-/]){_Y}\b(?= {_VOTE})"),
    )
)


@dataclass(frozen=True, slots=True)
class _Time:
    """One time expression: where it stands, which pattern read it, and the parts the pattern named."""

    token: Token
    kind: str
    parts: dict[str, str]


def event_date(trigger: Token, article: Article, said: bool = False) -> str:
    """ISO date, year-month or year of the event that ``trigger`` expresses, "" when the text does not fix it.

    ``said`` is for an act of speech whose trigger stands inside what is said ("he should quit, she said on Monday"):
    the time of saying then counts too. Relative expressions need ``article.date`` to be a full date.
    """
    known: dict[int, list[_Time]] = trigger.doc.user_data.setdefault("times", {})
    span = sentence(trigger)
    found = known.get(span.start)
    if found is None:
        found = known[span.start] = list(_times(span))
    if not found:
        return ""
    published = _full_date(article.date)
    # Nearest first: the trigger's own clause, then the clauses that pass their time on to it.
    for clause in _clauses(trigger, said):
        ahead = _looks_ahead(clause)
        here = [t for t in found if _belongs(t.token, clause, trigger)]
        here.sort(key=lambda t: (abs(t.token.i - trigger.i), t.token.i))
        values = [v for v in (resolve(t.kind, t.parts, published, ahead) for t in here) if v]
        if values:
            # "on Thursday ... in 2016": the finest value of one clause is the event's.
            return max(values, key=len)
        if here:
            return ""
    return ""


def resolve(kind: str, parts: dict[str, str], published: date | None, ahead: bool = False) -> str:
    """ISO value of one time expression read by the pattern ``kind``; ``ahead`` says that the verb looks to the future.

    >>> resolve("weekday", {"weekday": "Mon"}, date(2016, 6, 28))
    '2016-06-27'
    """
    if kind == "iso":
        return _iso(int(parts["year"]), int(parts["mm"]), int(parts["dd"]))
    if kind == "year":
        return parts["year"] if parts.get("prep", "").lower() not in ("until", "by", "after", "before") else ""
    if kind in ("day", "month"):
        return _calendar(kind, parts, published, ahead)
    if published is None:
        return ""
    relative = {"weekday": _weekday, "near": _near, "ago": _ago, "edge": _edge, "span": _span}
    return relative[kind](parts, published, ahead)


def _times(span: Span) -> Iterator[_Time]:
    text = span.text
    taken: list[tuple[int, int]] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())
            words = span.char_span(match.start(), match.end(), alignment_mode="expand")
            if words is not None and len(words):
                parts = {name: value for name, value in match.groupdict().items() if value}
                yield _Time(words.root, kind, parts)


_CLAUSE_DEPS = word_set("clause_deps")


def _verb(token: Token) -> Token:
    """The head of the clause that a token stands in."""
    while token.dep_ not in _CLAUSE_DEPS and token.head != token:
        if token.dep_ == "conj" and token.pos_ in ("VERB", "AUX"):
            return token
        token = token.head
    return token


_BEFORE_TIME = frozenset({"on", "early", "late", "earlier", "later"})


def _belongs(time: Token, clause: Token, trigger: Token) -> bool:
    """Does a time expression date the clause (or the nominal trigger itself: "the resignation on April 29th")?"""
    if clause == trigger and trigger.pos_ in ("NOUN", "PROPN"):
        return trigger.is_ancestor(time) and _verb(time) == _verb(trigger)
    if time == clause:
        return True
    # "said Thursday Mr Smith was": the parser may give the day to the clause that follows.
    between = time.doc[clause.i + 1 : time.i]
    if 0 <= len(between) <= 2 and time.i > clause.i and all(t.lower_ in _BEFORE_TIME for t in between):
        return True
    head = _verb(time)
    if head == clause:
        return not _inside_nominal_of_other(time, clause, trigger)
    # "called on him to resign on Monday": the parser hangs the day on the infinitive, but it dates the call.
    asks = head.head == clause and head.dep_ in ("xcomp", "ccomp", "advcl") and head.tag_ == "VB"
    infinitive = asks and any(c.tag_ == "TO" for c in children(head))
    by = time.head.lower_ in ("by", "before", "until", "after", "from")
    return infinitive and not by and clause.tag_ in ("VBD", "VBN") and head != trigger


def _inside_nominal_of_other(time: Token, clause: Token, trigger: Token) -> bool:
    """Is the expression a modifier of some noun ("Thursday's meeting", "last week's vote") rather than of the clause?

    A noun that itself is a time or an occasion in an adverbial ("at a meeting yesterday", "at his rally Thursday")
    still dates the clause, and so does the year of an election in it.
    """
    if time.i == time.sent.start and not (time.i + 1 < len(time.doc) and time.nbor().tag_ == "POS"):
        return False
    token = time
    while token != clause and token.head != token:
        if token.dep_ in ("nsubj", "nsubjpass") and token not in (time, trigger):
            return True
        if token.dep_ in ("poss", "appos") and token.head != trigger:
            return not (token.head.dep_ == "pobj" and token.head.head.head == clause)
        token = token.head
    return False


# Complements of these pass the time down: what was begun, tried or asked on Monday was done or asked on Monday.
_INHERITS = frozenset({"xcomp", "pcomp", "csubj", "parataxis"})
# Whoever announces or vows on Monday that he will go has acted on Monday.
_COMMITS = frozenset({"announce", "declare", "vow", "pledge", "promise", "threaten", "see"})
_TIME_MARKS = frozenset({"after", "before", "since", "until", "once", "if", "unless", "because", "though", "although"})


def _clauses(trigger: Token, said: bool) -> Iterator[Token]:
    if trigger.pos_ in ("NOUN", "PROPN", "ADJ"):
        yield trigger
    token = _verb(trigger)
    for _ in range(6):
        yield token
        parent = token.head
        if parent == token:
            return
        if token.dep_ == "conj":
            # Time before the first verb covers its conjuncts; a conjunct's own time was tried already.
            follows = True
        elif token.dep_ == "advcl":
            follows = not any(c.lower_ in _TIME_MARKS for c in children(token) if c.dep_ in ("mark", "prep"))
        elif token.dep_ == "acl":
            follows = token.tag_ == "VBG"
        elif token.dep_ == "ccomp":
            follows = said or parent.lemma_ in _COMMITS
        else:
            follows = token.dep_ in _INHERITS
        if not follows:
            return
        token = parent if token.dep_ == "conj" else _verb(parent)


_AHEAD_WORDS = frozenset({"will", "shall", "'ll", "wo", "would"})
_AHEAD_HEADS = word_set("ahead_heads")


def _looks_ahead(clause: Token) -> bool:
    if any(c.lower_ in _AHEAD_WORDS for c in children(clause) if c.dep_ in ("aux", "auxpass")):
        return True
    if clause.tag_ == "VB" and any(c.tag_ == "TO" for c in children(clause)):
        # "is to meet", "is due to meet", "Starmer to meet Sarwar", but not "was the first to resign on Monday".
        past = any(t.tag_ in ("VBD", "VBN") for t in (_verb(clause.head), clause.head))
        return clause.dep_ == "ROOT" or clause.head.lemma_ in _AHEAD_HEADS or not past
    return False


def _full_date(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _iso(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def _calendar(kind: str, parts: dict[str, str], published: date | None, ahead: bool) -> str:
    if parts.get("prep", "").lower() == "until":
        return ""
    month = _MONTH_NUMBER[parts["month"].rstrip(".").lower()]
    day = int(parts["day"]) if kind == "day" else 0
    if "year" in parts:
        year = int(parts["year"])
    elif published is None:
        return ""
    else:
        year = published.year
        edge = parts.get("edge", "").lower()
        later = (month, day) > (published.month, published.day if day else 0)
        same = not day and month == published.month
        if edge == "last":
            year -= later or same
        elif edge == "next" or ahead:
            year += not later and not same and (month, day) != (published.month, published.day)
        elif later and not same and edge != "this":
            year -= 1
    return _iso(year, month, day) if day else f"{year:04d}-{month:02d}"


def _weekday(parts: dict[str, str], published: date, ahead: bool) -> str:
    number = next(n for n, name in enumerate(_DAYS) if name.startswith(parts["weekday"].lower()))
    back = (published.weekday() - number) % 7
    edge = parts.get("edge", "").lower()
    if edge == "last":
        back = back or 7
    elif edge == "next":
        back = back - 7
    elif ahead or edge == "this coming":
        back = back - 7 if back else 0
    return (published - timedelta(days=back)).isoformat()


def _near(parts: dict[str, str], published: date, ahead: bool) -> str:
    word = parts.get("near", parts.get("part", "")).lower()
    shift = {"yesterday": -1, "tomorrow": 1, "last night": -1, "overnight": -1}.get(word, 0)
    return (published + timedelta(days=shift)).isoformat()


def _ago(parts: dict[str, str], published: date, ahead: bool) -> str:
    text = parts["count"].lower()
    count = _NUMBERS.get(text) or (int(text) if text.isdigit() and len(text) < 4 else 0)
    if not count:
        return ""
    unit = parts["unit"].lower()
    if unit == "year":
        year = published.year - count
        return f"{year:04d}" if "vague" not in parts and year > 0 else ""
    if "vague" in parts:
        return ""
    if unit == "month":
        return _month_shift(published, -count)
    if unit == "week":
        middle = published - timedelta(weeks=count)
        return _common_month(middle - timedelta(days=2), middle + timedelta(days=2))
    return (published - timedelta(days=count)).isoformat()


def _edge(parts: dict[str, str], published: date, ahead: bool) -> str:
    shift = {"last": -1, "the previous": -1, "this": 0, "next": 1}[parts["edge"].lower()]
    unit = parts["unit"].lower()
    if unit == "year":
        return f"{published.year + shift:04d}"
    if unit == "month":
        return _month_shift(published, shift)
    monday = published - timedelta(days=published.weekday()) + timedelta(weeks=shift)
    if unit == "weekend":
        return _common_month(monday + timedelta(days=5), monday + timedelta(days=6))
    end = min(monday + timedelta(days=6), published) if shift == 0 and not ahead else monday + timedelta(days=6)
    return _common_month(monday, end)


def _span(parts: dict[str, str], published: date, ahead: bool) -> str:
    if "weekend" in parts:
        saturday = published - timedelta(days=(published.weekday() - 5) % 7)
        return _common_month(saturday, saturday + timedelta(days=1))
    return _common_month(published - timedelta(days=5), published)


def _month_shift(day: date, months: int) -> str:
    number = day.year * 12 + day.month - 1 + months
    return f"{number // 12:04d}-{number % 12 + 1:02d}" if number >= 12 else ""


def _common_month(first: date, last: date) -> str:
    """The month that both days lie in: a week that spans two months fixes nothing."""
    return f"{first:%Y-%m}" if (first.year, first.month) == (last.year, last.month) else ""
