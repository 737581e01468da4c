"""Phrase objects: a policy, bill, post or seat in the text's words, with a key under which two articles meet."""

import re
from collections.abc import Collection

from spacy.tokens import Token

from graphbuild.extract.syntax.grammar import children, conjuncts, noun_phrase
from graphbuild.model import PHRASE, Entity
from graphbuild.ontology import word_set
from graphbuild.vocab import mint_id
from graphbuild.wording import Wording

_MAX_WORDS = 12
_DROP_FIRST = {"DET", "PRON", "PUNCT", "PART", "SYM"}
FUNCTION = {"DET", "PRON", "PUNCT", "PART", "ADP", "CCONJ", "SCONJ", "AUX", "SPACE"}


def phrase_text(head: Token) -> str:
    """The short noun phrase (or, for a verb, verb phrase) headed by a token: no article, no relative clause, no quotes."""
    first, last = verb_phrase(head) if head.pos_ in ("VERB", "AUX") else noun_phrase(head)
    doc = head.doc
    last = max(last, _after_currency(head))
    while (
        last + 2 < len(doc)
        and doc[last + 1].text == "-"
        and not doc[last].whitespace_
        and not doc[last + 1].whitespace_
    ):
        last = noun_phrase(doc[last + 2])[1] if doc[last + 2].pos_ in ("NOUN", "PROPN") else last + 2
    last = min(last, first + _MAX_WORDS + 6)
    while first < last and (
        (doc[first].pos_ in _DROP_FIRST and doc[first].text not in ("no",) and not doc[first].is_currency)
        or (doc[first].dep_ == "poss" and doc[first].pos_ == "PRON")
    ):
        first += 1
    while last > first and (
        (doc[last].pos_ in ("PUNCT", "CCONJ", "ADP", "DET", "SCONJ") and doc[last].dep_ != "prt")
        or doc[last].text == "'s"
    ):
        last -= 1
    text = doc[first : last + 1].text
    text = re.sub(r"[\"“”]|(?<!\w)['‘]|['’](?!\w)", "", text)
    text = re.sub(r"\s+", " ", text).strip(" ,;:.-–—*=_#")
    words = text.split()
    return " ".join(words[: _MAX_WORDS + 4])


# Verbs of more than one syllable that double their last letter.
_DOUBLED = word_set("doubled_letters")
_SHORT = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]")  # "cut", "scrap"


def gerund(infinitive: str) -> str:
    """The -ing form, which names an act as a noun phrase does: "scrap" -> "scrapping", "leave" -> "leaving"."""
    word = infinitive
    if word.endswith("ie"):
        return f"{word[:-2]}ying"
    if word.endswith("e") and not word.endswith(("ee", "oe", "ye")) and word != "be":
        return f"{word[:-1]}ing"
    return f"{word}{word[-1]}ing" if word in _DOUBLED or _SHORT.fullmatch(word) else f"{word}ing"


def _after_currency(head: Token) -> int:
    """Last token of "pounds 200 tax refund", which the parser ends at the currency."""
    doc, last = head.doc, head.i
    if head.lower_ not in ("pounds", "dollars", "euros") or last + 1 >= len(doc) or not doc[last + 1].like_num:
        return last
    while last + 1 < len(doc) and doc[last + 1].pos_ in ("NUM", "NOUN", "ADJ", "PROPN", "SYM"):
        last += 1
    return noun_phrase(doc[last])[1] if doc[last].pos_ == "NOUN" else last


def bare_list(head: Token) -> bool:
    """Whether bare nouns are joined by "and" to one thing: "violence and destruction"."""
    parts = conjuncts(head)
    return (
        len(parts) == 2
        and parts[1].i == head.i + 2
        and head.doc[head.i + 1].lower_ in ("and", "or")
        and all(p.pos_ == "NOUN" for p in parts)
        and not any(c.dep_ not in ("cc", "conj", "punct") for p in parts for c in children(p))
    )


def joint_portfolio(head: Token, posts: Collection[str]) -> str:
    """ "work and pensions secretary", which the parser takes for work and a secretary: the whole label, else ""."""
    if head.pos_ not in ("NOUN", "PROPN") or head.lemma_.lower() in posts:
        return ""
    last = conjuncts(head)[-1]
    between = [t for t in head.doc[head.left_edge.i : last.i] if t.dep_ in ("det", "poss", "prep")]
    if last == head or last.lemma_.lower() not in posts or between or last.i - head.left_edge.i > 7:
        return ""
    return " ".join(head.doc[head.left_edge.i : last.i + 1].text.split())


def fullest(head: Token, wording: Wording) -> Token:
    """For a bare definite noun ("the amendment", "that bill") the head of the fullest phrase with the same noun before
    it in the article, else after it; else of the last phrase with a like noun shortly before it ("the deal" may be a
    pact); the same head when there is none."""
    if head.pos_ not in ("NOUN", "PROPN") or _content(head) > 1:
        return head
    if not any(
        c.dep_ == "det" and c.lower_ in ("the", "this", "that", "these", "those") for c in children(head)
    ) and not any(c.lower_ == "such" for c in children(head)):
        return head
    lemma = head.lemma_.casefold()
    same = [t for t in nouns(head) if t.i != head.i and 1 < _content(t) <= 7]
    if not same:
        near = [
            t for word in wording.nouns_like(lemma) for t in nouns(head, word)
            if head.i - _NEAR < t.i < head.i and 1 < _content(t) <= 7 and t.dep_ not in ("compound", "nmod")
        ]  # fmt: skip
        return max(near, key=lambda t: t.i, default=head)
    before = [t for t in same if t.i < head.i]
    return max(before or same, key=lambda t: (_content(t), -abs(t.i - head.i)))


# In tokens: how far back a like noun may stand.
_NEAR = 160


def is_headline(head: Token) -> bool:
    """Whether a headline was read as one long name: "Starmer guts welfare *bill* to see off revolt"."""
    return head.dep_ == "ROOT" and any(c.dep_ == "nsubj" and c.i < head.i for c in head.subtree)


def nouns(like: Token, lemma: str = "") -> list[Token]:
    """The nouns of the Doc with the lemma of a token, or with another one."""
    found: dict[str, list[Token]] | None = like.doc.user_data.get("nouns")
    if found is None:
        found = like.doc.user_data["nouns"] = {}
        for token in like.doc:
            if token.pos_ in ("NOUN", "PROPN") and not is_headline(token):
                found.setdefault(token.lemma_.casefold(), []).append(token)
    return found.get(lemma or like.lemma_.casefold(), [])


def _content(head: Token) -> int:
    first, last = noun_phrase(head)
    return sum(t.pos_ not in FUNCTION and t.lower_ != "such" for t in head.doc[first : last + 1])


def verb_phrase(verb: Token) -> tuple[int, int]:
    """First and last token of an infinitive or gerund with its objects, subordinate clauses left out."""
    keep = {verb.i}
    frontier = [verb]
    while frontier:
        current = frontier.pop()
        for child in children(current):
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
            if current == verb and child.i > verb.i and _circumstance(child):
                continue
            keep.add(child.i)
            frontier.append(child)
    last = verb.i
    while last + 1 in keep or (last + 2 in keep and verb.doc[last + 1].text in "'\"-"):
        last += 1
    return _small_clause_start(verb), last


def _circumstance(child: Token) -> bool:
    """When, how soon and under what plan something is to be done is no part of what is to be done."""
    if child.dep_ == "prep":
        objects = [g for g in children(child) if g.dep_ == "pobj"]
        return child.lower_ in ("under", "during", "after", "before", "within", "following", "because", "amid") or any(
            g.ent_type_ in ("DATE", "TIME") for g in objects
        )
    return child.dep_ in ("advmod", "npadvmod") and (
        child.ent_type_ in ("DATE", "TIME")
        or child.lower_ in ("soon", "now", "immediately", "again", "instead", "anyway")
    )


def _small_clause_start(verb: Token) -> int:
    """Where "Britain staying in the EU" begins: a gerund's own subject belongs to the phrase."""
    if verb.tag_ == "VBG" and verb.dep_ in ("ccomp", "pcomp"):
        for child in children(verb):
            if child.dep_ == "nsubj" and child.right_edge.i == verb.i - 1:
                return int(child.left_edge.i)
    return int(verb.i)


def phrase_entity(head: Token, text: str) -> Entity:
    """An entity of type phrase; its id is built from the lemmas of the content words, so "the tax cuts" and "a tax
    cut" meet, while the name keeps the wording."""
    first, last = verb_phrase(head) if head.pos_ in ("VERB", "AUX") else noun_phrase(head)
    lemmas = [t.lemma_.casefold() for t in head.doc[first : last + 1] if t.pos_ not in FUNCTION]
    return Entity(mint_id("phrase", " ".join(lemmas) or text), text, PHRASE)


def seat_name(place: Token) -> str:
    """A seat by its places, two of them too: "Bethnal Green and Bow"."""
    second = second_place(place)
    if second is not None:
        return place.doc[place.left_edge.i : second.i + 1].text
    # "lost Gedling to Coaker", "won Carmarthen for Plaid Cymru"
    return _BY_WHOM.split(phrase_text(place))[0] if place.pos_ == "PROPN" else phrase_text(place)


_BY_WHOM = re.compile(r" (?:from|to|for|by|with|over|against|after) ")


def second_place(place: Token) -> Token | None:
    """The other name of a seat of two: "Houghton and *Sunderland South*"."""
    if place.pos_ != "PROPN" or place.i + 2 >= len(place.doc) or place.nbor().lower_ not in ("and", "&"):
        return None
    second = place.nbor(2)
    while second.dep_ == "compound" and second.head.i == second.i + 1:
        second = second.head
    # The parser may join it to the verb: "scraped home in Hastings and Rye".
    joined = second.dep_ == "conj" and (second.head == place or second.head.pos_ == "VERB")
    return second if joined and second.pos_ == "PROPN" and second.ent_type_ != "PERSON" else None
