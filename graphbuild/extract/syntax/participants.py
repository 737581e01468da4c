"""Who does what to whom: the logical subjects and objects of verbs and nouns, through voice, coordination, control,
participles and relative clauses."""

from spacy.tokens import Token

from graphbuild.extract.syntax.grammar import (
    SUBJECTS,
    VERBAL,
    by_agents,
    children,
    conjuncts,
    is_passive,
    lacks_object,
    prefix_verb,
    prepositional,
    with_antecedent,
)
from graphbuild.ontology import word_set

# The object of these verbs is the subject of their complement: "urged him to go", "forced Rudd to quit".
OBJECT_CONTROL = word_set("object_control")
# "accused him of lying", "criticised him for failing": the object did it.
_BLAME = word_set("blame")


def _whole_list(subject: Token, verb: Token) -> Token | None:
    """ "X, Y and Z, all of whom left": the first name of the list that the relative clause closes."""
    if verb.dep_ != "relcl" or not any(
        g.lower_ in ("whom", "them", "which") for c in children(subject) for g in children(c)
    ):
        return None
    first = verb.head
    while first.dep_ == "conj":
        first = first.head
    return first


def _in_number(subject: Token, verb: Token) -> Token:
    """The last of "X; Y; and Z, who is leading ..." where the verb is singular: the parser took the list before it in."""
    last = subject
    while (after := next((c for c in children(last) if c.dep_ == "conj"), None)) is not None:
        if not any(c.dep_ == "cc" and c.lower_ == "and" for c in children(last)):
            return subject
        last = after
    if last is subject or last.dep_ != "conj" or last.pos_ not in ("PROPN", "NOUN"):
        return subject
    finite = (verb, *(c for c in children(verb) if c.dep_ in ("aux", "auxpass")))
    return last if any(t.tag_ == "VBZ" for t in finite) else subject


def _before_its_noun(verb: Token) -> Token | None:
    """ "to replace *retiring* Sen. Barbara Boxer": a participle read as a verb beside the object that it describes."""
    if verb.tag_ != "VBG" or verb.dep_ not in ("xcomp", "advcl", "pcomp"):
        return None
    own = list(children(verb))
    if own and (len(own) > 1 or verb.lemma_ not in ("retire", "depart")):
        return None
    for noun in own or children(verb.head):
        if noun.dep_ in ("dobj", "pobj") and noun.left_edge.i == verb.i + 1 and noun.pos_ == "PROPN":
            return noun
    return None


def surface_subjects(verb: Token, depth: int = 0) -> list[Token]:
    """Heads of the surface subject, inherited through coordination, control, participles and relative clauses."""
    own = [c for c in children(verb) if c.dep_ in SUBJECTS]
    if not own and (prefix := prefix_verb(verb)) is not None:
        nodes = (prefix, *children(prefix), *([prefix.head] if prefix.dep_ == "acomp" else ()))
        own = [c for node in nodes for c in children(node) if c.dep_ in SUBJECTS]
    if own and verb.tag_ == "VBG" and verb.dep_ in ("ccomp", "advcl") and _ends_list(own[0]) and depth < 6:
        return surface_subjects(verb.head, depth + 1)
    if own and len(own) > 1 and any(c.dep_ == "acl" for c in own[0].children):
        own = own[:1]  # "A prosecutor working for John Durham has resigned": he is no second subject
    if not own and (noun := _before_its_noun(verb)) is not None:
        return [noun]
    if not own and verb.tag_ == "VBG" and verb.dep_ == "advcl" and verb.i > 1:
        before = verb.nbor(-1)  # "with Trump mocking Clinton and Clinton mocking him", cut wrongly
        if before.dep_ == "conj" and before.pos_ == "PROPN" and verb.nbor(-2).lower_ == "and":
            return [before]
    if own:
        among = _one_of(verb.head, depth) if verb.dep_ == "relcl" and own[0].lower_ in ("who", "that") else []
        if among and not any(c.dep_ == "nummod" for c in children(verb.head)):
            return among  # "among the senators who": no group that has a name
        told = [
            _whole_list(c, verb) or with_antecedent(_in_number(c, verb))
            for c in own
            if c.lower_ != "there" and not (c.lower_ == "it" and verb.pos_ == "AUX")
        ]
        return told + among
    if depth > 6:
        return []
    head, dep = verb.head, verb.dep_
    if dep in ("ccomp", "acl") and verb.pos_ == "NOUN":
        # "demanded that Priti Patel resign": the subjunctive is read as a noun
        return [c for c in children(verb) if c.dep_ == "compound" and c.ent_type_ == "PERSON"]
    if dep == "conj":
        return _shared_subjects(verb, depth + 1)
    if dep == "xcomp":
        return _controller(head, depth)
    if dep == "advcl":
        return surface_subjects(head, depth + 1) if head.pos_ in VERBAL else _noun_controller(head, depth)
    if dep in ("relcl", "acl") and (one := _one_of(head, depth)):
        return one
    if dep == "relcl":
        # "is the latest to leave": an infinitive after a ranking word is said of the clause's subject.
        if verb.tag_ == "VB" and head.dep_ == "ROOT" and head.pos_ == "PROPN":
            return [head]  # a headline: "Omar, Tlaib to endorse Sanders"
        return _noun_controller(head, depth) if verb.tag_ == "VB" else [head]
    if dep == "acl":
        return _noun_clause_subjects(verb, depth)
    if dep == "pcomp":
        return _preposition_controller(head, depth)
    if dep == "amod":
        return [head]
    if dep in ("aux", "auxpass"):
        return surface_subjects(head, depth + 1)
    if dep == "dep" and head.pos_ in VERBAL:
        return surface_subjects(head, depth + 1)
    return []


def _shared_subjects(verb: Token, depth: int) -> list[Token]:
    """Whose subject a verb shares that the parser hangs on another one, or on a word within what is said before it."""
    head, above, finite = verb.head, verb.head.head, verb.tag_ in ("VBD", "VBZ")
    if verb.tag_ == above.tag_ == "VBD" and head.tag_ in ("VBZ", "VBP") and head.dep_ == "ccomp":
        return surface_subjects(above, depth)  # "stressed that this is new and touched upon it"
    if finite and head.tag_ == "VB" and head.dep_ in ("ccomp", "xcomp", "advcl"):
        return surface_subjects(above, depth)  # "announced that Coats would step down and nominated Ratcliffe"
    inner = next((c.i for c in children(head) if c.dep_ in SUBJECTS), head.i)
    apart = sum(t.is_quote for t in verb.doc[inner : verb.i]) % 2 == 1
    noun = head.pos_ not in VERBAL and head.dep_ not in ("acomp", "attr")
    if finite and (apart or noun or (head.tag_ == "VB" and head.dep_ in ("acl", "relcl"))):
        # "attacked her for his refusal to go and called for", "asked, 'Why don't you?', and then mocked him"
        same = (t for t in head.ancestors if t.tag_ == verb.tag_)
        governing = next(same, None)
        return surface_subjects(governing, depth) if governing is not None else []
    found = surface_subjects(head, depth) if not noun else []
    if head.dep_ == "ccomp" and verb.tag_ == above.tag_ == "VBD" and above.dep_ == "ROOT":
        # "said the exercise stood for nothing and called for an election": things call for nothing
        things = verb.lemma_ in _SPEECH_ACTS and all(t.pos_ == "NOUN" and not t.ent_type_ for t in found)
        return surface_subjects(above, depth) if things or not found else found
    return found


_ANYONE = frozenset("one man woman person mp minister senator lawmaker".split())


def _one_of(noun: Token, depth: int) -> list[Token]:
    """Who is "one of ten Republicans who", "among the MPs who" or "the minister who" did what the clause says, too."""
    if noun.dep_ == "attr" and noun.head.lemma_ == "be" and noun.lemma_.lower() in _ANYONE:
        return surface_subjects(noun.head, depth + 1)
    if noun.dep_ == "nsubj" and noun.head.lemma_ == "be":  # "The first to endorse him was *Chris Collins*"
        return [c for c in children(noun.head) if c.dep_ == "attr" and c.ent_type_ == "PERSON" and c.i > noun.i]
    preposition = noun.head
    if noun.dep_ != "pobj" or preposition.lower_ not in ("of", "among", "amongst"):
        return []
    one = preposition.head
    if preposition.lower_ == "of":
        if one.lower_ != "one":
            return []
        if one.dep_ == "appos":
            return [one.head]
        return surface_subjects(one.head, depth + 1) if one.dep_ == "attr" and one.head.lemma_ == "be" else []
    if one.lemma_ != "be":
        return []
    # "Among those paying tribute was *Johnson*"
    return surface_subjects(one, depth + 1) or [c for c in children(one) if c.dep_ == "attr" and c.i > noun.i]


def _noun_clause_subjects(verb: Token, depth: int) -> list[Token]:
    """The subject of a participle or an infinitive that hangs on a noun."""
    head = verb.head
    if verb.tag_ == "VBG" and head.ent_type_ in _PLACES and head.dep_ in ("pobj", "appos", "npadvmod"):
        # "spoke in Jacksonville, Florida, accusing Biden": no place accuses
        above = next((t for t in head.ancestors if t.pos_ == "VERB"), None)
        return surface_subjects(above, depth + 1) if above is not None else []
    if verb.tag_ == "VBG" and verb.lemma_ in _SPEECH_ACTS:
        # "signed a letter asking him to quit", "wrote to MPs urging them": not the letter or the MPs speak.
        writers = [c for c in children(head) if c.dep_ == "poss"] or doer_above(head)
        if writers and ((head.pos_ == "NOUN" and head.tag_ == "NN") or head.dep_ == "pobj"):
            return writers
    if asked := _asked_of(verb):
        return asked
    if head.lower_ == "order" and head.head.lower_ == "in" and head.head.head.pos_ in VERBAL:
        return surface_subjects(head.head.head, depth + 1)
    plain = verb.tag_ in ("VBN", "VBG", "VBD") and head.lemma_ not in _EVENT_NOUNS
    return [head] if plain else _noun_controller(head, depth)


_PLACES = frozenset("GPE LOC FAC DATE TIME EVENT".split())


def _asked_of(verb: Token) -> list[Token]:
    noun = verb.head
    if verb.tag_ != "VB" or noun.lemma_ not in _DEMANDS:
        return []
    return [
        g for t in noun.subtree if t.dep_ == "prep" and t.lower_ in ("for", "on", "to") and noun.i < t.i < verb.i
        for g in children(t) if g.dep_ == "pobj"
    ][-1:]  # fmt: skip


def _ends_list(subject: Token) -> bool:
    """ "wrote to Sarwar *and Rennie* proposing a pact", "spoke in Miami, *Florida* calling for": the parser cuts the phrase."""
    first = subject.left_edge.i
    if first > 1 and subject.ent_type_ == "GPE" == subject.doc[first - 2].ent_type_ and subject.nbor(-1).text == ",":
        return True
    return first > 1 and subject.doc[first - 1].lower_ == "and" and subject.doc[first - 1].dep_ == "cc"


# What a letter, a rally or a statement does is its author's doing.
_SPEECH_ACTS = word_set("speech_acts")
_DEMANDS = frozenset("call demand appeal plea pressure cry request push clamour clamor petition".split())
_EVENT_NOUNS = word_set("event_nouns")


_JUDGING = word_set("judging")


def _controller(governor: Token, depth: int) -> list[Token]:
    """The subject of an infinitive or small clause under ``governor``."""
    if governor.pos_ in VERBAL:
        if governor.lemma_ in OBJECT_CONTROL:
            objects = [c for c in children(governor) if c.dep_ in ("dobj", "dative", "nsubjpass")]
            if objects:
                return [with_antecedent(c) for c in objects]
            through = [g for c in children(governor) if c.dep_ == "prep" for g in children(c) if g.dep_ == "pobj"]
            if through and governor.lemma_ in ("call", "press", "push", "plead", "lobby"):
                return through
        return surface_subjects(governor, depth + 1)
    if governor.dep_ in ("acomp", "attr", "conj", "xcomp", "oprd"):
        return surface_subjects(governor.head, depth + 1)
    return _noun_controller(governor, depth)


def _noun_controller(noun: Token, depth: int) -> list[Token]:
    """Who does what an event noun is about: "his refusal to back", "announced a bid to lead", "the latest to leave"."""
    owners = [c for c in children(noun) if c.dep_ == "poss"]
    if owners and noun.lemma_ not in ("pick", "choice", "nominee", "candidate"):
        return owners
    by_or_of = [g for c in children(noun) if c.dep_ == "prep" and c.lower_ in ("by", "of", "from")
                for g in children(c) if g.dep_ == "pobj"]  # fmt: skip
    if by_or_of and noun.lemma_ in _EVENT_NOUNS:
        return by_or_of
    governor = noun.head
    if noun.dep_ == "dobj" and governor.lemma_ in ("give", "grant", "allow", "offer", "deny", "set"):
        given = [c for c in children(governor) if c.dep_ == "dative" and c.pos_ != "ADP"]
        if given:
            return given  # "gave Zuma 48 hours to resign"
    if noun.dep_ == "dobj" and governor.lemma_ in _JUDGING and noun.lemma_ in _EVENT_NOUNS:
        return []  # "questioned the decision to put her in charge": somebody else's
    if noun.dep_ in ("attr", "dobj", "oprd", "acomp") and governor.pos_ in VERBAL:
        return surface_subjects(governor, depth + 1)
    if noun.dep_ == "appos":
        return [governor]
    if noun.dep_ in ("pobj",) and governor.head.pos_ in VERBAL:
        return surface_subjects(governor.head, depth + 1)
    if noun.dep_ in SUBJECTS and noun.lemma_ not in _EVENT_NOUNS:
        return [noun]
    return []


def _preposition_controller(preposition: Token, depth: int) -> list[Token]:
    governor = preposition.head
    if governor.pos_ in VERBAL:
        declined = governor.dep_ == "xcomp" and governor.head.lemma_ in ("refuse", "decline", "fail")
        if (
            governor.lemma_ in ("join", "follow") and preposition.lower_ == "in" and not declined
        ):  # "joined Collins in voting against it": both did
            return [*surface_subjects(governor, depth + 1), *(t for t in patients(governor) if t.pos_ == "PROPN")]
        if governor.lemma_ in _BLAME and preposition.lower_ in ("of", "for", "over", "from"):
            return patients(governor)
        return surface_subjects(governor, depth + 1)
    if governor.dep_ == "dobj" and governor.pos_ == "PROPN" and governor.head.lemma_ in _BLAME:
        return [governor]  # "accused Trump of backing Putin", where the parser hangs it on the name
    if governor.dep_ in ("acomp", "attr", "advmod", "npadvmod"):  # "a day after quitting the party, she joined"
        return surface_subjects(governor.head, depth + 1)
    if governor.lemma_ in _BLAME_NOUNS and preposition.lower_ in ("for", "over"):
        # "the sacking of Benn for organising", "his suspension for saying"
        of = [c for c in children(governor) if c.dep_ == "prep" and c.lower_ == "of"]
        blamed = [g for c in of for g in children(c) if g.dep_ == "pobj"]
        blamed = blamed or [c for c in children(governor) if c.dep_ == "poss"]
        if blamed or governor.dep_ != "dobj" or governor.head.lemma_ not in _FACING:
            return blamed
        return surface_subjects(governor.head, depth + 1)  # "faced criticism for reinstating her"
    return _noun_controller(governor, depth)


_FACING = frozenset("face draw attract receive suffer incur earn win get take".split())
_BLAME_NOUNS = word_set("blame_nouns")


def _active_before_a_name(verb: Token) -> tuple[Token, Token] | None:
    """ "Trump removed Glenn Fine", where the parser makes the verb and the name before it parts of the name after it."""
    if (
        verb.dep_ != "amod"
        or verb.tag_ not in ("VBD", "VBN")
        or verb.head.pos_ != "PROPN"
        or verb.head.i < verb.i
        or not verb.i
    ):
        return None
    before = verb.nbor(-1)
    if before.dep_ not in ("compound", "nmod") or before.head != verb.head or not before.text.istitle():
        return None
    return (before, verb.head) if before.ent_type_ in ("PERSON", "ORG") and verb.text.islower() else None


def agents(verb: Token) -> list[Token]:
    """Logical subjects of a verb."""
    read = _active_before_a_name(verb)
    if read is not None:
        return [read[0]]
    if is_passive(verb):
        found = by_agents(verb)
        if not found and verb.dep_ == "conj" and verb.head.pos_ in VERBAL:
            found = by_agents(verb.head)
        return found
    return surface_subjects(verb)


_NAMING = frozenset("appoint name make elect choose nominate reappoint declare crown".split())


def patients(verb: Token) -> list[Token]:
    """Logical objects of a verb."""
    read = _active_before_a_name(verb)
    if read is not None:
        return [read[1]]
    if is_passive(verb):
        return surface_subjects(verb)
    own = [c for c in children(verb) if c.dep_ in ("dobj", "dative") and c.pos_ != "ADP"]
    if len(own) == 1 and own[0].pos_ == "VERB" and own[0].dep_ == "dobj":
        own = [c for c in own[0].children if c.dep_ == "dobj"] or own  # "trounced rivals Rubio and Cruz", rivals a verb
    if verb.lemma_ in _NAMING and len(own) == 1 and own[0].pos_ == "NOUN":
        # "appointed David Cameron foreign secretary": the parser takes the name for part of the post
        named = [c for c in own[0].children if c.dep_ in ("nmod", "compound", "appos") and c.ent_type_ == "PERSON"]
        if named:
            return named[:1]
    if not own and any(c.dep_ == "prt" for c in children(verb)):
        own = [c for c in children(verb) if c.dep_ == "oprd" and c.pos_ == "PROPN"]  # "called out Manchin"
    own = own or _beyond_label(verb)
    if own:
        return [with_antecedent(c) for c in own]
    # "the minister May sacked": a relative clause with its own subject and no object is about its antecedent.
    if verb.dep_ == "relcl" and lacks_object(verb):
        return [verb.head]
    # "willing to back Trump", "have joined Connolly": a name right after the verb that the parser takes for an adverb.
    beside = verb.nbor() if verb.i + 1 < len(verb.doc) else verb
    while beside.dep_ == "compound" and beside.head.i == beside.i + 1:
        beside = beside.head
    if (
        beside.dep_ in ("npadvmod", "advmod", "oprd")
        and beside.tag_ == "NNP"
        and beside.ent_type_ in ("PERSON", "ORG", "")
    ):
        return [beside]
    # "criticised and sacked X": the last conjunct carries the object.
    for c in children(verb):
        if c.dep_ == "conj" and c.pos_ == "VERB" and not any(g.dep_ in SUBJECTS for g in children(c)):
            return [g for g in children(c) if g.dep_ == "dobj"]
    # "him resign", "Starmer be sacked": the parser makes the object the subject of a bare complement.
    for c in children(verb):
        if c.dep_ == "ccomp" and c.i > verb.i and c.tag_ in ("VB", "VBG", "VBN", "NN", "JJ", "NNP", "NNS"):
            inner = [g for g in children(c) if g.dep_ in SUBJECTS]
            if inner or (c.tag_ == "NNP" and verb.lemma_ == "want"):
                return inner or [c]  # "want Johnson out"
    return []


_AIRING = frozenset("make level air bring raise lodge publish repeat file voice lay post put".split())


def claimed_by(noun: Token) -> list[Token]:
    """Whose a claim is: "X's claim", "a claim by X", "a claim made by X", "claims were aired by X", "X made the claim"."""
    own = [c for c in children(noun) if c.dep_ == "poss"]
    for word in ("by", "from"):
        own = own or prepositional(noun, word)
        own = own or [h for c in children(noun) if c.dep_ in ("acl", "relcl") for h in by_agents(c)]
    if own or noun.head.lemma_ not in _AIRING or noun.dep_ not in ("nsubjpass", "dobj"):
        return own
    return agents(noun.head)


def _beyond_label(verb: Token) -> list[Token]:
    """The object after what it is called: "denounced as inept *his remarks*"."""
    label = next((c for c in children(verb) if c.dep_ == "prep" and c.lower_ == "as" and c.i == verb.i + 1), None)
    if label is None or verb.lemma_ not in _LABELLING or label.nbor().tag_ not in ("JJ", "VBN", "RB"):
        return []
    for inner in children(label):
        if inner.dep_ == "pcomp":
            return [c for c in children(inner) if c.dep_ == "dobj"]
        if inner.dep_ == "pobj" and any(c.dep_ in ("det", "poss") and c.i > label.i + 1 for c in children(inner)):
            return [inner]
    return []


_LABELLING = word_set("labelling")


def authors(noun: Token) -> list[Token]:
    """Whose words a document is: "Tuttle's article", "a statement by X", "X said so in a tweet that accuses Y"."""
    own = claimed_by(noun)
    # "a Labour ad", "the Trump video"
    own = own or [c for c in children(noun) if c.dep_ in ("compound", "nmod", "amod") and c.pos_ == "PROPN"]
    return own or doer_above(noun)


def doer_above(noun: Token) -> list[Token]:
    """The subject of the verb over a noun, however deep: "*MPs* will vote on a motion of no confidence"."""
    node = noun
    for _ in range(5):
        if node.dep_ not in ("pobj", "prep", "dobj", "nsubjpass", "acl", "relcl", "acomp") or node.head == node:
            return []
        passive = node.dep_ == "nsubjpass"
        complement = node.dep_ == "acomp"
        preposition, node = node, node.head
        if preposition.dep_ == "prep" and node.pos_ == "PROPN" and node.dep_ in ("nsubj", "ROOT"):
            return [node]  # "Javid, with the backing of Davidson", "Johnson and Varadkar in crisis talks"
        if node.pos_ == "VERB" or node.lemma_ == "be" or complement:
            engaged = node.lemma_ in ("lock", "engage", "involve", "embroil") and is_passive(node)
            if engaged:
                return surface_subjects(node)  # "was locked in talks"
            return by_agents(node) if passive else agents(node)
    return []


_TELLING = word_set("participants_telling")


def told_above(noun: Token) -> list[Token]:
    """Who is told something on the occasion that a noun names: "told *Macron* over lunch", "in a call he assured *Xi*"."""
    verb = noun.head.head
    if verb.pos_ != "VERB" or verb.lemma_ not in _TELLING:
        return []
    return patients(verb) or prepositional(verb, "to") or prepositional(verb, "with")


def explicit_subjects(clause: Token) -> list[Token]:
    """The subject that an infinitive has of its own: "calls *for Reeves* to resign"."""
    own = [c for c in children(clause) if c.dep_ in SUBJECTS]
    return own or (_asked_of(clause) if clause.dep_ in ("acl", "relcl") else [])


def listed(verb: Token) -> list[Token]:
    """Names that a loose "including X, Y and Z" gives for a plural subject: "Sixteen MPs have quit, including X"."""
    out = []
    for token in verb.subtree:
        if (
            token.lower_ in ("notably", "namely")
            and token.dep_ == "advmod"
            and token.head.pos_ == "PROPN"
            and token.i > verb.i
        ):
            out += conjuncts(token.head)  # "defended by a handful of friends, notably Bell and Foulkes"
        if token.lower_ == "led" and token.dep_ == "acl" and token.head in surface_subjects(verb):
            out += [
                c for h in by_agents(token) for c in conjuncts(h)
            ]  # "rebels led by Brady and Baker have called on him"
        if token.lower_ in ("including", "among") and token.dep_ in ("prep", "acl", "advcl") and token.i > verb.i:
            if token.head.tag_ in ("NNS", "NNPS") and token.head.i > verb.i and token.head.lemma_ != "medium":
                continue
            for child in children(token):
                if child.lower_ in ("them", "whom"):  # "among them the former minister Dobson and Clare Short"
                    after = token.doc[child.i + 1 : min(child.i + 8, token.sent.end)]
                    name = next((t for t in after if t.pos_ == "PROPN" and t.dep_ not in ("compound", "nmod")), None)
                    out += conjuncts(name) if name is not None else []
                elif child.dep_ in ("pobj", "dobj"):
                    out += conjuncts(child)
    return out
