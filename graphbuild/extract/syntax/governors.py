"""What stands over a clause: its governors, and whether they ask for the event that it tells."""

from collections.abc import Iterator

from spacy.tokens import Token

from graphbuild.extract.syntax.grammar import SUBJECTS, VERBAL, children
from graphbuild.wording import Wording


def governors(token: Token) -> Iterator[Token]:
    """The verbs and nouns that a clause depends on, nearest first: "plans to *oust*" -> plans."""
    node = token
    for _ in range(5):
        if node.dep_ not in ("xcomp", "acl", "pcomp", "prep", "conj", "advcl", "relcl", "ccomp") or node.head == node:
            return
        if node.dep_ in ("ccomp", "relcl", "advcl") and not any(
            c.dep_ == "aux" and c.lower_ == "to" for c in children(node)
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


_RECOMMENDING = frozenset("recommend propose suggest insist demand urge ask request".split())


def _is_demanded(token: Token, demand_verbs: frozenset[str], demand_nouns: frozenset[str]) -> bool:
    node = token
    if token.dep_ in SUBJECTS and token.head.lemma_ in ("need", "require"):
        return True  # "his resignation was needed"
    for _ in range(5):
        auxiliaries = [c for c in children(node) if c.dep_ == "aux"]
        if node.pos_ in VERBAL and any(c.lower_ in ("must", "should", "ought") for c in auxiliaries):
            return True
        head, above, dep = node.head, node.head.head, node.dep_
        if head == node or dep not in _LINKS or (head.lower_ == "order" and above.lower_ == "in"):
            return False  # "in order to endorse"
        infinitive = any(c.lower_ == "to" for c in auxiliaries)
        infinitive = infinitive or (node.tag_ == "VB" and all(c.tag_ != "MD" for c in auxiliaries))
        # "we ask he consider his position": a subjunctive is asked for as well
        infinitive = infinitive or (dep == "ccomp" and node.tag_ == "VBP" and head.lemma_ in ("ask", "demand", "urge"))
        asking = head.lemma_ in demand_verbs or head.lemma_ in demand_nouns or head.lower_ in ("time", "ought")
        if infinitive and (asking or (dep == "advcl" and _demands(head, demand_nouns))):
            return True
        passive = any(c.dep_ == "auxpass" and c.lower_ == "be" for c in children(node)) and not auxiliaries
        if dep == "ccomp" and passive and head.lemma_ in _RECOMMENDING:
            return True  # "recommended that she be suspended"
        if dep == "acl" and node.tag_ == "NN" and head.lemma_ == "demand":
            return True  # "his demand that Johnson resign", read as a noun
        if (dep == "dobj" and head.lemma_ in ("demand", "seek", "request", "want")) or (
            dep == "xcomp" and head.lemma_ == "need"
        ):
            return True
        asked = above.lemma_ in ("call", "ask", "push", "press", "demand") or _demands(above, demand_nouns)
        if dep == "pobj" and head.lower_ == "for" and asked:  # "joined calls for her resignation" among them
            return True
        if dep in ("ccomp", "relcl", "advcl") and not infinitive:
            return False
        node = head
    return False


def _demands(verb: Token, demand_nouns: frozenset[str]) -> bool:
    return any(c.dep_ == "dobj" and c.lemma_ in demand_nouns for c in children(verb))


def is_own_will(verb: Token) -> bool:
    """ "I want to thank": asked of nobody else."""
    above = verb.head
    if above.lemma_ == "call" and verb.lemma_ in ("congratulate", "thank", "wish", "praise", "apologise", "apologize"):
        return True  # "called to congratulate Osborne"
    return above.lemma_ == "want" and verb.dep_ == "xcomp" and not any(c.dep_ == "dobj" for c in children(above))
