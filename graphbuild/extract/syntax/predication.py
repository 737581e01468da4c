"""What is said of whom: role-like nouns and their holders, labels and those who bear them, claims and those who make them."""

from spacy.tokens import Token

from graphbuild.extract.syntax.grammar import TELLING, VERBAL, by_agents, children, is_passive, prepositional
from graphbuild.extract.syntax.participants import agents, patients, surface_subjects
from graphbuild.ontology import word_set


def self_heads(noun: Token) -> list[Token]:
    """What a role-like noun is said of: the apposition's head, the copula's subject, the name it stands before."""
    if noun.dep_ == "appos":
        return [noun.head]
    if noun.pos_ == "ADJ" and noun.dep_ == "ROOT":
        return surface_subjects(noun)  # "is committed to it", the participle read as an adjective
    if noun.dep_ in ("attr", "oprd", "acomp") and noun.head.pos_ in VERBAL:
        return surface_subjects(noun.head)
    if noun.dep_ == "ccomp" and any(c.dep_ == "nsubj" and c.lower_.endswith("self") for c in children(noun)):
        return surface_subjects(noun.head)  # "declares himself a fan of Putin"
    if noun.dep_ in ("compound", "nmod", "amod"):
        return [noun.head]
    if noun.dep_ == "pobj" and noun.head.lower_ == "as" and noun.head.head.pos_ in VERBAL:
        # "nominated Ratcliffe as his replacement" says it of Ratcliffe, "served as his deputy" of the subject.
        own = [c for c in children(noun.head.head) if c.dep_ == "dobj"]
        return own or surface_subjects(noun.head.head)
    if noun.dep_ == "conj":
        return self_heads(noun.head)
    for child in children(noun):
        # "her predecessor as commissioner for standards, Downey", "Obama's pick for Treasury secretary, Geithner"
        if child.dep_ == "prep" and child.lower_ in ("as", "for", "in", "to", "at"):
            names = [c for c in child.subtree if c.dep_ == "appos" and c.pos_ == "PROPN" and c.ent_type_ != "GPE"]
            if names and names[-1].left_edge.nbor(-1).text == ",":
                return names[-1:]
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.lower_ == "one":
        one = noun.head.head
        # "Arpaio, one of the keenest supporters of": him
        return self_heads(one) if one.dep_ in ("appos", "attr", "pobj") else [noun]
    return [noun]


def opposite(noun: Token) -> list[Token]:
    """Against whom one is a challenger: "*Ryan* will face challenger Nehlen", "*Clinton* leads challenger Sanders"."""
    name = noun.head if noun.dep_ in ("compound", "nmod", "amod", "appos") else noun
    if noun.tag_ == "NNS" or any(c.dep_ == "prep" and c.lower_ in ("of", "to") for c in children(noun)):
        return []  # "opponents of Trump" are his
    if name.dep_ not in ("dobj", "pobj") or name.i < noun.i:
        return []
    node = name.head
    while node.pos_ not in VERBAL and node.dep_ in ("prep", "pobj", "dobj", "attr") and node.head != node:
        node = node.head
    beaten = node.lemma_ in ("defeat", "beat", "oust", "trounce", "unseat", "overcome", "best")
    return surface_subjects(node) if node.pos_ in VERBAL and not is_passive(node) and not beaten else []


def rival_of(noun: Token) -> list[Token]:
    """Whose rival is beaten, met or attacked: "*Sanders* edged out rival Clinton", "*Trump* mocked his rivals X and Y"."""
    name = noun.head if noun.dep_ in ("compound", "nmod", "amod", "appos") else noun
    if name.dep_ not in ("dobj", "pobj") or any(c.dep_ == "poss" for c in children(name)):
        return []
    node = name
    for _ in range(4):  # deeper down the rival is somebody else's: "an offer of dirt on rival Clinton"
        if node.pos_ in VERBAL or node.dep_ not in ("prep", "pobj", "dobj", "attr"):
            break
        node = node.head
    return surface_subjects(node) if node.pos_ in VERBAL and not is_passive(node) else []


def labels(verb: Token) -> list[Token]:
    """What somebody is called: "called him a *liar*", "branded the plan *shameful*"."""
    out = []
    for child in children(verb):
        if (
            child.dep_ in ("oprd", "attr", "acomp")
            or (child.dep_ == "npadvmod" and child.tag_ == "NN" and not child.ent_type_ and child.i > verb.i)
            or (child.dep_ in ("xcomp", "ccomp") and child.pos_ in ("ADJ", "NOUN"))
            or (
                child.dep_ == "dobj"
                and any(c.dep_ in ("nsubj", "dobj", "dative") and c != child for c in children(verb))
            )
        ):
            out.append(child)
        elif child.dep_ == "dobj":  # "called the claim 'nonsense'": a word in quotation marks read as an apposition
            out += [g for g in children(child) if g.dep_ == "appos" and g.left_edge.nbor(-1).is_quote]
        if child.dep_ == "dobj" and verb.lemma_ in ("make", "name", "appoint"):  # "made Shapps his defence secretary"
            out += [g for g in children(child) if g.dep_ == "appos" and g.left_edge.i == child.i + 1]
    return out


def labelled(verb: Token) -> list[Token]:
    """Who is called something: the object of a naming verb, or its subject in the passive."""
    if is_passive(verb):
        return surface_subjects(verb)
    for child in children(verb):
        if child.dep_ in ("ccomp", "xcomp", "oprd") and child.pos_ in ("ADJ", "NOUN"):
            inner = [g for g in children(child) if g.dep_ == "nsubj"]
            if inner:
                return inner
    named = labels(verb)
    if len(named) > 1 and named[0].pos_ in ("PROPN", "PRON") and verb.i < named[0].i < named[1].i:
        return named[:1]  # "called Trump a liar" read as two labels
    return [c for c in children(verb) if c.dep_ in ("dobj", "dative") and c not in named] or [
        c for c in children(verb) if c.dep_ == "dobj"
    ]


# What is said of somebody, not by him: "the criticism of Raab".
_ABOUT = word_set("about")


_CLAIMS = word_set("claims")


def _claims(word: Token) -> list[Token]:
    """The claims that are denied: objects, also "took issue with *that version*", "*a charge* rejected by Y", "his denial of *it*"."""
    at = [h for p in ("with", "on", "at", "to", "of", "over", "against") for h in prepositional(word, p)]
    if word.pos_ not in VERBAL:
        return at
    passive = [word.head] if word.dep_ == "acl" and is_passive(word) else []
    return passive or patients(word) + [h for h in at if h.lemma_.lower() in _CLAIMS]


def claimants(verb: Token) -> list[Token]:
    """Whose claim is denied: "rejected *Howard*'s accusation", "claims by *Cummings*"."""
    out = []
    for claim in _claims(verb):
        out += [c for c in children(claim) if c.dep_ == "poss"]
        for preposition in ("by", "from", *(() if claim.lemma_.lower() in _ABOUT else ("of",))):
            out += prepositional(claim, preposition)
        if not out:  # "charges brought by X", "claims that X has made"
            out += [h for c in children(claim) if c.dep_ in ("acl", "relcl") and c != verb for h in by_agents(c)]
            out += [
                h
                for c in children(claim)
                if c.dep_ == "relcl" and c != verb and c.lemma_ in ("make", "level", "bring", "repeat")
                for h in children(c)
                if h.dep_ == "nsubj"
            ]
        above = claim.head
        if claim.dep_ in ("pcomp", "pobj") and above.lower_ in ("of", "with"):
            above = above.head  # "accused Y of lying, which he denies"
        if (
            not out
            and verb.dep_ in ("relcl", "acl")
            and above.lemma_ in ("accuse", "charge", "claim", "blame", "allege")
        ):
            out += agents(above)  # "X accused Y of lying, a charge he denies"
    return out


_CONTACTING = frozenset("write call ring phone telephone text contact visit email message approach tweet".split())


def hearers(word: Token) -> list[Token]:
    """To whom the clause of a word is told: "told *Duffy* how sorry he was", "wrote to *Duffy* to apologise"."""
    above = word.head
    if word.tag_ == "VB" and word.dep_ in ("xcomp", "advcl") and above.lemma_ in _CONTACTING:
        return prepositional(above, "to") or patients(above)
    for above in list(word.ancestors)[:3]:
        if (
            above.lemma_ in TELLING
            and above.pos_ in VERBAL
            and (above.i < word.i or any(c.lower_ == "i" for c in children(word.head)))
        ):
            return patients(above)
    return []


def included(noun: Token) -> list[Token]:
    """Who is told to be among several: "His supporters include *X* and *Y*", "among her backers are *X* and *Y*", "counts
    *X* among her backers", "*X* is among the supporters of"."""
    if noun.tag_ not in ("NNS", "NNPS"):
        return []
    verb = next((c for c in children(noun) if c.dep_ == "relcl" and c.lemma_ == "include"), noun.head)
    if (noun.dep_ == "nsubj" or verb.dep_ == "relcl") and verb.lemma_ in ("include", "number", "be"):
        return [c for c in children(verb) if c.dep_ in ("dobj", "attr") and c.i > verb.i]
    if noun.dep_ != "pobj" or verb.lower_ not in ("among", "amongst"):
        return []
    above = verb.head
    if above.lemma_ in ("count", "number", "include", "list"):
        return patients(above)
    if above.lemma_ == "be":
        after = [c for c in children(above) if c.dep_ in ("nsubj", "attr") and c.i > above.i]
        return after or [c for c in children(above) if c.dep_ == "nsubj"]
    return []
