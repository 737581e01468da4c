"""Phrase objects: a policy, bill, post or seat in the text's words, with a key under which two articles meet."""

import re

from spacy.tokens import Token

from graphbuild.extract.grammar import noun_phrase
from graphbuild.model import PHRASE, Entity
from graphbuild.vocab import mint_id

MAX_WORDS = 12
_DROP_FIRST = {"DET", "PRON", "PUNCT", "PART", "SYM"}
_FUNCTION = {"DET", "PRON", "PUNCT", "PART", "ADP", "CCONJ", "SCONJ", "AUX", "SPACE"}


def phrase_text(head: Token) -> str:
    """The short noun phrase (or, for a verb, verb phrase) headed by a token: no article, no relative clause, no quotes."""
    first, last = verb_phrase(head) if head.pos_ in ("VERB", "AUX") else noun_phrase(head)
    doc = head.doc
    while (
        last + 2 < len(doc)
        and doc[last + 1].text == "-"
        and not doc[last].whitespace_
        and not doc[last + 1].whitespace_
    ):
        last = noun_phrase(doc[last + 2])[1] if doc[last + 2].pos_ in ("NOUN", "PROPN") else last + 2
    last = min(last, first + MAX_WORDS + 6)
    while first < last and (
        (doc[first].pos_ in _DROP_FIRST and doc[first].text not in ("no",))
        or (doc[first].dep_ == "poss" and doc[first].pos_ == "PRON")
    ):
        first += 1
    while last > first and (doc[last].pos_ in ("PUNCT", "CCONJ", "ADP", "DET", "SCONJ") or doc[last].text == "'s"):
        last -= 1
    text = doc[first : last + 1].text
    text = re.sub(r"[\"“”]|(?<!\w)['‘]|['’](?!\w)", "", text)
    text = re.sub(r"\s+", " ", text).strip(" ,;:.-–—*=_#")
    words = text.split()
    return " ".join(words[: MAX_WORDS + 4])


def fullest(head: Token) -> Token:
    """For a bare definite noun ("the amendment", "that bill") the head of the fullest phrase with the same noun before
    it in the article, else after it; the same head when there is none."""
    if head.pos_ not in ("NOUN", "PROPN") or _content(head) > 1:
        return head
    if not any(c.dep_ == "det" and c.lower_ in ("the", "this", "that", "these", "those") for c in head.children):
        return head
    same = [
        t
        for t in head.doc
        if t.lemma_.casefold() == head.lemma_.casefold()
        and t.i != head.i
        and t.pos_ in ("NOUN", "PROPN")
        and 1 < _content(t) <= 7
    ]
    if not same:
        return head
    before = [t for t in same if t.i < head.i]
    return max(before or same, key=lambda t: (_content(t), -abs(t.i - head.i)))


def _content(head: Token) -> int:
    first, last = noun_phrase(head)
    return sum(t.pos_ not in _FUNCTION for t in head.doc[first : last + 1])


def verb_phrase(verb: Token) -> tuple[int, int]:
    """First and last token of an infinitive or gerund with its objects, subordinate clauses left out."""
    keep = {verb.i}
    frontier = [verb]
    while frontier:
        current = frontier.pop()
        for child in current.children:
            if (
                child.dep_ in ("advcl", "relcl", "parataxis", "nsubj", "nsubjpass", "aux", "mark", "ccomp")
                and current == verb
                and child.i < verb.i
            ):
                continue
            if child.dep_ in ("advcl", "relcl", "parataxis", "appos") or (
                child.dep_ in ("conj", "cc") and current == verb
            ):
                continue
            if child.dep_ == "punct" and child.text not in "'\"-":
                continue
            keep.add(child.i)
            frontier.append(child)
    last = verb.i
    while last + 1 in keep or (last + 2 in keep and verb.doc[last + 1].text in "'\"-"):
        last += 1
    return verb.i, last


def phrase_entity(head: Token, text: str) -> Entity:
    """An entity of type phrase; its id is built from the lemmas of the content words, so "the tax cuts" and "a tax
    cut" meet, while the name keeps the wording."""
    first, last = verb_phrase(head) if head.pos_ in ("VERB", "AUX") else noun_phrase(head)
    lemmas = [t.lemma_.casefold() for t in head.doc[first : last + 1] if t.pos_ not in _FUNCTION]
    return Entity(mint_id("phrase", " ".join(lemmas) or text), text, PHRASE)
