"""Names of bills, laws and deals: which names are theirs, and which one "the law" or "the bill" of an article is."""

import re

from spacy.tokens import Doc, Token

from graphbuild.extract.syntax.grammar import children, noun_phrase

# Names that end so are laws and deals, whatever a tagger takes them for.
_ENACTMENTS = frozenset(
    """bill act agreement treaty amendment plan deal accord law protocol resolution motion budget pact backstop convention
    programme program scheme rule order union market partnership charter compact covenant""".split()
)
# Called by initials or a byname, which taggers take for bodies: trade pacts, railways, defence and welfare schemes.
_BYNAMES = frozenset(
    """nafta tpp ttip usmca cptpp aukus hs2 hs3 obamacare romneycare trumpcare medicare medicaid daca ulez trident brexit
    ceta acta""".split()
)


def enacted(head: Token) -> bool:
    """Whether a name is a bill's or a deal's: "the Disability Bill", "the Prevention of Terrorism Bill"."""
    return (
        head.lemma_.lower() in _ENACTMENTS
        or (head.pos_ == "PROPN" and head.lower_ in _BYNAMES)
        or (head.pos_ == "PROPN" and head.doc[noun_phrase(head)[1]].lower_ in _ENACTMENTS)
    )


Span = tuple[int, int, str]
ENACTMENT_NOUNS = frozenset("law bill act measure legislation deal agreement treaty amendment accord".split())
_NUMBERED = re.compile(r"^(?:[HS]\.? ?[BR]\.?|Proposition|Prop\.?|Amendment|Article|Measure|Bill|Section|Clause)$")


def named_enactment(head: Token) -> Span | None:
    """The name of "the law" or "the bill" where the article names exactly one: "HB 2", "the Disability Bill"."""
    if head.lemma_.lower() not in ENACTMENT_NOUNS or not any(
        c.dep_ == "det" and c.lower_ in ("the", "this", "that") for c in children(head)
    ):
        return None
    found = named_acts(head.doc)
    kind = {
        "law": ("act", "law", "hb"),
        "measure": ("act", "law", "hb", "measure"),
        "legislation": ("act", "bill", "hb"),
    }
    fitting = {
        n: s for n, s in found.items() if n.split()[0] in kind.get(head.lemma_.lower(), (head.lemma_.lower(), "hb"))
    }
    return next(iter(fitting.values())) if len(fitting) == 1 else None


def named_acts(doc: Doc) -> dict[str, Span]:
    """The bills and laws that an article names, by kind and name, found once."""
    if "named acts" not in doc.user_data:
        doc.user_data["named acts"] = _named_acts(doc)
    found: dict[str, Span] = doc.user_data["named acts"]
    return found


def only_described(head: Token) -> bool:
    """Whether only adjectives in lower case stand before a noun: they judge it, they do not name it."""
    before = [c for c in children(head) if c.i < head.i and not c.is_punct and c.dep_ != "det"]
    return bool(before) and all((t.pos_ in ("ADJ", "ADV", "VERB", "NOUN", "PUNCT") and t.text.islower()) or t.is_punct
                                for c in before if c.dep_ == "amod" for t in c.subtree) and all(
        c.dep_ == "amod" for c in before
    )  # fmt: skip


def name_start(doc: Doc, last: int) -> int:
    """Where the capitalised name that ends in "Bill" or "Act" begins."""
    first = last
    while first and (doc[first - 1].text[0].isupper() or doc[first - 1].text in ("of", "and", "-", "(", ")", "&")):
        if doc[first - 1].is_sent_start and doc[first - 1].pos_ in ("DET", "ADP", "ADV", "PRON"):
            break
        first -= 1
    while first < last and (doc[first].pos_ in ("ADP", "CCONJ", "DET", "PUNCT") or doc[first].text == "The"):
        first += 1
    return first


def _named_acts(doc: Doc) -> dict[str, Span]:
    out: dict[str, Span] = {}
    for token in doc:
        if token.like_num and token.i and _NUMBERED.match(token.nbor(-1).text) and token.nbor(-1).text[0].isupper():
            text = f"{token.nbor(-1).text} {token.text}"
            out.setdefault(f"hb {text}", (token.i - 1, token.i, text))
        elif (
            token.lower_ in ENACTMENT_NOUNS and token.text[0].isupper() and token.i and token.nbor(-1).text[0].isupper()
        ):
            first = name_start(doc, token.i)
            if token.i - first >= 1:
                text = doc[first : token.i + 1].text
                out.setdefault(f"{token.lower_} {text.casefold()}", (first, token.i, text))
    return out


def described(head: Token, trigger: Token) -> Span | None:
    """A bare noun with the clause that says which: "an amendment laid down by Brady", "a country that works for all"."""
    for child in children(head):
        if (
            child.i > head.i
            and child != trigger
            and (
                (child.dep_ == "acl" and child.tag_ in ("VBN", "VBG", "VBD") and child.i == head.i + 1)
                or (
                    child.dep_ == "relcl"
                    and child.left_edge.lower_ in ("that", "which")
                    and child.left_edge.i == head.i + 1
                )
            )
        ):
            last = child.right_edge.i
            for index in range(head.i + 1, last + 1):
                if head.doc[index].text in ",;:()-—–" or head.doc[index].is_sent_end:
                    last = index - 1
                    break
            if 1 <= last - head.i <= 11:
                return head.i, last, head.doc[head.i : last + 1].text
    return None
