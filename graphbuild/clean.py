"""Marks what is left of a page around the story in extracted text (sign-ups, credits, link lists, captions, stray ends),
and articles that are not about politics.

Nothing is cut: each passage goes into ``Article.dropped`` with its reason, and offsets go on counting the stored text.
The wording is in ontologies/english/boilerplate.yaml.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

import yaml

from graphbuild.model import Article, Dropped
from graphbuild.ontology import ontologies_dir

_LINE = re.compile(r"[^\n]+")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*$")
_NAME = re.compile(r"\b[A-Z][\w’'-]*[a-z]\w*")
_WORD = re.compile(r"[a-z]{4,}")
# How a paragraph begins that leans on what stands before it: a quotation, a pronoun, a connective.
_LEANS = re.compile(
    r"(?:[\"'“‘(]|(?:\w+ ){0,2}?(?:he|she|they|it|his|her|their|its|this|these|those|that|such|another|also|meanwhile|however|but|and|so)\b)",
    re.I,
)
_COMMON = frozenset(
    "that with from this have were they said will been would which their there about after before when what more than "
    "into over some could other first last year years week weeks time people also only just since while against because "
    "between under during many most such very much then them these those being made make says told".split()
)
# Lists of links have short lines; a longer one below their heading is the story going on.
_LINK_WORDS = 20
# A line this long holds news: only the sentences in it that are boilerplate are left out.
_LONG = 30
_PIECE = re.compile(r".+?(?:[.!?…][\"'”’)\]]*(?=\s)|$)\s*", re.S)
# Why an article that is not about politics is left out as a whole; fewer words than _BRIEF do not tell. Of 275 articles
# about politics each had at least 1.06 words of politics in a hundred; of 1,500 of all kinds a third had half a one.
OFF_TOPIC = "the article is not about politics"
_BRIEF = 50
_POLITICAL_SHARE = 0.005
_MANY = 15
# Share of content words with the story below which a last paragraph is strange to it.
_SHARED = 0.2


@dataclass(frozen=True, slots=True)
class Line:
    """One line, or sentence of a long line, that is not empty: ``text[start:end]`` is ``line`` with the blanks around it; ``reason`` tells why it is
    left out, "" when it is kept."""

    start: int
    end: int
    line: str
    reason: str = ""

    @property
    def sentence(self) -> bool:
        return bool(_SENTENCE_END.search(self.line)) and len(self.line.split()) > 8


@dataclass(frozen=True, slots=True)
class _Wording:
    lines: tuple[tuple[str, re.Pattern[str]], ...]
    phrases: tuple[re.Pattern[str], ...]
    headers: re.Pattern[str]
    politics: re.Pattern[str]
    acts: re.Pattern[str]


@lru_cache(maxsize=1)
def _wording() -> _Wording:
    data = yaml.safe_load((ontologies_dir() / "english" / "boilerplate.yaml").read_text("utf-8"))

    def either(patterns: list[str]) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{p})" for p in patterns), re.I)

    return _Wording(
        tuple((reason, either(patterns)) for reason, patterns in data["lines"].items()),
        tuple(re.compile(p, re.I) for p in data["phrases"]),
        either(data["block_headers"]),
        either(data["politics"]),
        either(data["acts"]),
    )


def clean_article(article: Article, any_topic: bool = False) -> Article:
    """The article with its boilerplate lines marked as dropped, each with the reason.

    Of an article that is not about politics the whole text is: a striker called Cruz or a villa in Congress Street would
    be taken for a politician and a parliament. With ``any_topic`` such an article is read as the others are.
    """
    lines = list(judged_lines(article.text))
    if not any_topic and not _about_politics([x.line for x in lines if not x.reason]):
        return replace(article, dropped=(Dropped(0, len(article.text), OFF_TOPIC),))
    dropped = [Dropped(x.start, x.end, x.reason) for x in lines if x.reason]
    return replace(article, dropped=tuple(dropped)) if dropped else article


def is_off_topic(article: Article) -> bool:
    """Whether cleaning found that the article is not about politics."""
    return any(passage.reason == OFF_TOPIC for passage in article.dropped)


def _about_politics(lines: Sequence[str]) -> bool:
    """Whether words of politics are a share of all that no sports page, crime report or celebrity story has."""
    words = sum(len(line.split()) for line in lines)
    if words < _BRIEF:
        return True
    enough = min(_MANY, _POLITICAL_SHARE * words)
    found = (match for line in lines for match in _wording().politics.finditer(line))
    return sum(1 for _ in islice(found, _MANY)) >= enough


def judged_lines(text: str) -> Iterator[Line]:
    """The lines of a text in order, each kept or left out for a reason.

    The words of each line and the heading above it tell boilerplate; the last kept line is left out when it shares
    nothing with the rest.
    """
    lines = [
        part
        for m in _LINE.finditer(text)
        if m.group().strip()
        for part in _parts(Line(m.start(), m.end(), m.group().strip()), m.group())
    ]
    judged = list(_by_wording(lines))
    stray = _stray_end([x for x in judged if not x.reason])
    for line in judged:
        yield replace(line, reason="last paragraph of another story: nothing in common") if line == stray else line


def _by_wording(lines: list[Line]) -> Iterator[Line]:
    below_heading = below_link = False
    for line in lines:
        words = len(line.line.split())
        reason = _reason(line, words)
        doubled = _is_doubled(line.line)
        if words <= 6 and _wording().headers.match(line.line) and not line.sentence:
            reason, below_heading = "heading of a list of links", True
        elif reason:
            pass
        elif doubled:
            reason = "link, its words twice"
        elif below_heading and words <= _LINK_WORDS and not line.sentence:
            reason = "link below a heading"
        elif below_heading and below_link and words <= 2 * _LINK_WORDS:
            reason = "teaser of a link"
        else:
            below_heading = False
        below_link = doubled
        yield replace(line, reason=reason)


def _parts(line: Line, text: str) -> Iterator[Line]:
    """The line, or its sentences where it is long and has the wording of boilerplate somewhere in it."""
    if len(text.split()) <= _LONG or not any(p.search(text) for p in _wording().phrases):
        yield line
        return
    for m in _PIECE.finditer(text):
        if m.group().strip():
            yield Line(line.start + m.start(), line.start + m.end(), m.group().strip())


def _reason(line: Line, words: int) -> str:
    """Why the wording of a line alone tells that it is none of the story, or ""."""
    if not (line.sentence and words > _LONG):
        for reason, pattern in _wording().lines:
            if pattern.match(line.line):
                return reason
    hits = sum(p.search(line.line) is not None for p in _wording().phrases)
    return "sign-up or advert" if hits >= (2 if line.sentence else 1) else ""


def _is_doubled(line: str) -> bool:
    """Whether a line says the same twice, as a link on a picture and on a headline does."""
    half = len(line) // 2
    return len(line) > 20 and line[:half].strip() == line[half:].strip()


def _stray_end(kept: list[Line]) -> Line | None:
    """The last paragraph when it is from another story: a whole sentence with a name that shares neither a name nor
    words with the others, leans on none of them, and tells of no politics."""
    if len(kept) < 4 or not kept[-1].sentence:
        return None
    last = kept[-1].line
    rest = " ".join(line.line for line in kept[:-1])
    names = [re.sub(r"[’']s?$", "", name) for name in _NAME.findall(last)[1:] if len(name) > 3]
    if not names or _LEANS.match(last) or _wording().politics.search(last) or _wording().acts.search(last):
        return None
    if any(name in rest for name in names):
        return None
    words, known = _content(last), _content(rest)
    return kept[-1] if len(words) >= 4 and len(words & known) <= _SHARED * len(words) else None


def _content(text: str) -> set[str]:
    """The content words of a text by their first six letters, so that forms of a word are one."""
    return {word[:6] for word in _WORD.findall(text.lower()) if word not in _COMMON}
