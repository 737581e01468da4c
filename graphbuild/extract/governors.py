"""What stands over a clause: its governors, and whether they ask for the event that it tells."""

from collections.abc import Iterator

from spacy.tokens import Token

from graphbuild.extract.grammar import SUBJECTS, VERBAL
from graphbuild.wording import Wording


def governors(token: Token) -> Iterator[Token]:
    """The verbs and nouns that a clause depends on, nearest first: "plans to *oust*" -> plans."""
    node = token
    for _ in range(5):
        if node.dep_ not in ("xcomp", "acl", "pcomp", "prep", "conj", "advcl", "relcl", "ccomp") or node.head == node:
            return
        if node.dep_ in ("ccomp", "relcl", "advcl") and not any(
            c.dep_ == "aux" and c.lower_ == "to" for c in node.children
        ):
            return
        node = node.head
        yield node


_LINKS = frozenset("xcomp ccomp acl relcl advcl conj pcomp prep pobj dobj".split())


def is_demanded(token: Token, wording: Wording) -> bool:
    """Whether the event is only asked for: "urged Starmer to *quit*", "calls for X to *go*", "must *resign*"."""
    known: dict[int, bool] = token.doc.user_data.setdefault("demanded", {})
    if token.i not in known:
        known[token.i] = _is_demanded(token, wording.words("demand_verbs"), wording.words("demand_nouns"))
    return known[token.i]


def _is_demanded(token: Token, demand_verbs: frozenset[str], demand_nouns: frozenset[str]) -> bool:
    node = token
    if token.dep_ in SUBJECTS and token.head.lemma_ in ("need", "require"):
        return True  # "his resignation was needed"
    for _ in range(5):
        if node.pos_ in VERBAL and any(
            c.dep_ == "aux" and c.lower_ in ("must", "should", "ought") for c in node.children
        ):
            return True
        head = node.head
        if head == node or node.dep_ not in _LINKS:
            return False
        # "we ask he consider his position": a subjunctive is asked for as well
        infinitive = (
            (node.tag_ == "VB" and not any(c.dep_ == "aux" and c.tag_ == "MD" for c in node.children))
            or any(c.dep_ == "aux" and c.lower_ == "to" for c in node.children)
            or (node.dep_ == "ccomp" and node.tag_ == "VBP" and head.lemma_ in ("ask", "demand", "urge"))
        )
        if head.lower_ == "order" and head.head.lower_ == "in":
            return False  # "in order to endorse"
        if (
            node.dep_ == "ccomp"
            and head.lemma_ in ("recommend", "propose", "suggest", "insist", "demand", "urge", "ask", "request")
            and any(c.dep_ == "auxpass" and c.lower_ == "be" for c in node.children)
            and not any(c.dep_ == "aux" for c in node.children)
        ):
            return True  # "recommended that she be suspended"
        if node.dep_ == "acl" and node.tag_ == "NN" and head.lemma_ == "demand":
            return True  # "his demand that Johnson resign", read as a noun
        if infinitive and (
            head.lemma_ in demand_verbs or head.lemma_ in demand_nouns or head.lower_ in ("time", "ought")
        ):
            return True
        if node.dep_ == "dobj" and head.lemma_ in ("demand", "seek", "request", "want"):
            return True
        if node.dep_ == "xcomp" and head.lemma_ == "need":
            return True
        if (
            node.dep_ == "pobj"
            and head.lower_ in ("for",)
            and (
                head.head.lemma_ in ("call", "ask", "push", "press", "demand")
                or any(c.dep_ == "dobj" and c.lemma_ in demand_nouns for c in head.head.children)  # "joined calls for"
            )
        ):
            return True
        if node.dep_ in ("ccomp", "relcl") and not infinitive:
            return False
        if node.dep_ == "advcl" and not infinitive:
            return False
        if (
            infinitive
            and node.dep_ == "advcl"
            and any(c.dep_ == "dobj" and c.lemma_ in demand_nouns for c in head.children)
        ):
            return True
        node = head
    return False


def is_own_will(verb: Token) -> bool:
    """ "I want to thank": asked of nobody else."""
    above = verb.head
    if above.lemma_ == "call" and verb.lemma_ in ("congratulate", "thank", "wish", "praise", "apologise", "apologize"):
        return True  # "called to congratulate Osborne"
    return above.lemma_ == "want" and verb.dep_ == "xcomp" and not any(c.dep_ == "dobj" for c in above.children)
