"""What a noun takes through its light verb: who gives and who meets the demand, attack or support that it names ("X
made calls for", "came under fire from Y")."""

from collections.abc import Iterator

from spacy.tokens import Token

from graphbuild.extract.syntax.grammar import SUBJECTS, VERBAL, by_agents, children, is_passive, prepositional
from graphbuild.extract.syntax.participants import agents, patients, surface_subjects
from graphbuild.ontology import word_set


def complements(token: Token) -> Iterator[Token]:
    """Heads of clauses that complete a trigger: "urged him to *quit*", "calls for X to *go*", "said X must *go*"."""
    for child in children(token):
        if child.dep_ in ("xcomp", "ccomp", "acl", "advcl", "relcl", "conj") and (
            child.pos_ in VERBAL or (child.dep_ in ("ccomp", "acl") and any(g.dep_ == "mark" for g in children(child)))
        ):
            yield child
        elif child.dep_ in ("prep", "agent"):
            for grandchild in children(child):
                if grandchild.dep_ == "pcomp":
                    yield grandchild
                elif grandchild.dep_ == "pobj":
                    if grandchild.tag_ == "VB" and child.lower_ == "to":
                        yield grandchild  # "encouraged them to march", read as a preposition and its object
                    yield from (
                        g for g in children(grandchild) if g.dep_ in ("acl", "relcl", "advcl") and g.tag_ == "VB"
                    )
        elif child.dep_ in ("dobj", "dative") and token.pos_ in VERBAL:
            yield from (
                g for g in children(child) if g.dep_ in ("acl", "relcl", "advcl", "xcomp") and g.tag_ in ("VB", "VBG")
            )

    governor = _governing_verb(token) if token.pos_ == "NOUN" else None
    if governor is not None and governor.lemma_ in _GIVING | _RECEIVING:
        yield from (c for c in children(governor) if c.dep_ in ("advcl", "xcomp") and c.tag_ == "VB" and c.i > token.i)


def beside(noun: Token, preposition: str) -> list[Token]:
    """Objects of a preposition that the parser hung on the light verb instead of its noun."""
    governor = _governing_verb(noun)
    if governor is not None and preposition == "between" and noun.dep_ in SUBJECTS:
        return prepositional(governor, "between")  # "talks have stalled between X and Y"
    if governor is None or governor.lemma_ not in _GIVING | _RECEIVING:
        return []
    if preposition == "by" and governor.lemma_ not in _GIVING and is_passive(governor):
        return []  # "demands rejected by Labour" are not Labour's
    return [h for h in prepositional(governor, preposition) if h != noun and h.i > noun.i]


def light_giver(noun: Token) -> list[Token]:
    """Who makes the demand or attack that a noun names: "X made/renewed/joined calls for", "threw his support behind"."""
    governor = _governing_verb(noun)
    if noun.dep_ == "pobj" and noun.head.lower_ in _CIRCUMSTANCES:
        return []  # "gave up his post amid attacks on him"
    if governor is None or (is_passive(governor) and noun.dep_ not in ("pobj", "dobj")):
        given = governor is not None and governor.lemma_ in _GIVING and noun.dep_ == "nsubjpass"
        return by_agents(governor) if governor is not None and given else []  # "calls rejected by X" are not X's
    if governor.lemma_ in _WINNING | _PARADING and noun.lemma_ in _BACKING and prepositional(noun, "of"):
        return []  # who announces endorsements of unions gives none
    if governor.lemma_ in _WINNING and noun.lemma_ in _BACKING:
        return []  # who wins an endorsement gives none
    goes_on = noun.dep_ == "pobj" and noun.head.lower_ in ("with", "of") and governor.lemma_ in _GOING_ON
    return agents(governor) if governor.lemma_ in _GIVING or goes_on else []


def light_receiver(noun: Token) -> list[Token]:
    """Whom the demand or attack meets: "X faced/resisted calls to", "came under fire", "is under pressure"."""
    governor = _governing_verb(noun)
    if governor is None:
        return []
    if noun.dep_ == "pobj" and noun.head.lower_ not in ("under", "to", "with", "by", "from", "for", "of"):
        return []
    if noun.dep_ == "pobj" and noun.head.lower_ == "with" and governor.lemma_ in _CHOOSING:
        return patients(governor) if is_passive(governor) else surface_subjects(governor)
    if governor.lemma_ in _HANDING and is_passive(governor) and noun.dep_ == "dobj":
        return surface_subjects(governor)  # "was given a warning by Y"
    if governor.lemma_ in _RECEIVING or (noun.dep_ == "pobj" and noun.head.lower_ == "under"):
        misread = [g for c in children(governor) if c.dep_ == "aux" for g in children(c) if g.dep_ in SUBJECTS]
        return surface_subjects(governor) or misread  # "drew stinging criticism", read as a verb
    if governor.lemma_ == "put" and noun.dep_ in ("dobj", "pobj"):
        return prepositional(governor, "on") + [c for c in children(governor) if c.dep_ == "dobj" and c != noun]
    return []


_HANDING = frozenset("give hand offer issue serve send deal show".split())
_CIRCUMSTANCES = frozenset("amid amidst after before despite following during without since until".split())
# "pressed on with criticism of", "weighed in with an attack on"
_GOING_ON = word_set("going_on")
_WINNING = frozenset("win have draw order bring take earn".split())
_PARADING = frozenset("announce tout unveil trumpet release publish share add".split())
_BACKING = frozenset("endorsement support backing blessing nod".split())
# "was elected with support from": the support is for whoever is chosen.
_CHOOSING = frozenset("elect re-elect reelect return choose pick select win nominate run stand govern".split())
_GIVING = word_set("giving")
_RECEIVING = word_set("receiving")


def _governing_verb(noun: Token) -> Token | None:
    if noun.dep_ in ("dobj", "nsubjpass", "attr", "nsubj") and noun.head.pos_ in VERBAL:
        return noun.head
    if noun.dep_ == "pobj" and noun.head.head.pos_ in VERBAL:
        return noun.head.head
    if noun.dep_ == "pobj" and noun.head.head.lower_ == "short":
        return noun.head.head.head  # "stopped short of an apology"
    if noun.dep_ == "conj":
        return _governing_verb(noun.head)
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.lemma_.lower() in _SERIES:
        return _governing_verb(noun.head.head)  # "launched a series of attacks on"
    return None


_SERIES = word_set("series")
