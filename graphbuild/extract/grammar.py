"""English clause structure, once for all relations: who is the logical subject and object of a trigger.

Every function takes tokens of a dependency parse (ClearNLP labels, as spaCy's English pipelines give) and returns
tokens: the syntactic heads of the noun phrases that fill a slot. Turning a head into an entity is arguments.py's work.
"""

from collections.abc import Iterator

from spacy.tokens import Token

SUBJECTS = ("nsubj", "nsubjpass")
# The object of these verbs is the subject of their complement: "urged him to go", "forced Rudd to quit".
OBJECT_CONTROL = frozenset(
    """ask tell urge order force persuade convince encourage press press pressure advise instruct command invite allow
    permit enable help lead lobby beg implore plead beseech call push want need expect get cause compel oblige drive
    authorise authorize require remind warn challenge request demand task appoint elect choose select nominate see
    make let have watch hear leave keep help instruct entitle prompt prod nudge coax entreat exhort""".split()
)
# "accused him of lying", "criticised him for failing": the object did it.
BLAME = frozenset(
    """accuse criticise criticize blame attack condemn denounce slam blast berate rebuke castigate lambast lambaste
    censure chide scold admonish reprimand rap suspect convict acquit charge fault mock ridicule hammer savage praise
    thank commend applaud congratulate laud salute credit hail sack fire dismiss suspend expel deselect oust punish
    remove arrest investigate stop prevent ban bar keep discourage dissuade forgive excuse slate lash upbraid""".split()
)
RELATIVE = frozenset({"who", "which", "that", "whom"})
_VERBAL = ("VERB", "AUX")


def is_passive(verb: Token) -> bool:
    """Whether the surface subject is the logical object ("was sacked", "the MP suspended by Labour", "sacked MP")."""
    known: dict[int, bool] = verb.doc.user_data.setdefault("passive", {})
    found = known.get(verb.i)
    if found is None:
        found = known[verb.i] = _is_passive(verb)
    return found


def _is_passive(verb: Token) -> bool:
    if any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children):
        # "she's slammed NATO": a short "has" read as "is"
        short = any(c.dep_ == "auxpass" and c.lower_ in ("'s", "’s") for c in verb.children)
        return not (short and any(c.dep_ == "dobj" and c.i == verb.i + 1 for c in verb.children))
    if verb.tag_ not in ("VBN", "VBD", "JJ") or any(c.dep_ == "nsubj" for c in verb.children):
        return False
    if verb.dep_ in ("acl", "amod"):
        return verb.tag_ in ("VBN", "JJ") or not any(c.dep_ in ("dobj", "obj") for c in verb.children)
    if verb.tag_ != "VBN" or any(c.dep_ in ("dobj", "aux", "nsubj") for c in verb.children):
        return False
    if verb.dep_ == "conj" and verb.head.pos_ in _VERBAL:
        return is_passive(verb.head)
    if verb.dep_ == "xcomp" and verb.head.lemma_ in ("get", "see", "have", "want", "be"):
        return True
    return verb.dep_ in ("advcl", "ROOT", "pcomp", "ccomp")


def antecedent(token: Token) -> Token | None:
    """The noun that a relative pronoun stands for, or None when the token is no relative pronoun."""
    if token.lower_ not in RELATIVE:
        return None
    for verb in token.ancestors:
        if verb.dep_ == "relcl":
            return verb.head
        if verb.pos_ not in _VERBAL and verb.pos_ not in ("ADP",):
            return None
    return None


def _whole_list(subject: Token, verb: Token) -> Token | None:
    """ "X, Y and Z, all of whom left": the first name of the list that the relative clause closes."""
    if verb.dep_ != "relcl" or not any(
        g.lower_ in ("whom", "them", "which") for c in subject.children for g in c.children
    ):
        return None
    first = verb.head
    while first.dep_ == "conj":
        first = first.head
    return first


def _in_number(subject: Token, verb: Token) -> Token:
    """The last of "X; Y; and Z, who is leading ..." where the verb is singular: the parser took the list before it in."""
    last = subject
    while (after := next((c for c in last.children if c.dep_ == "conj"), None)) is not None:
        if not any(c.dep_ == "cc" and c.lower_ == "and" for c in last.children):
            return subject
        last = after
    if last is subject or last.dep_ != "conj" or last.pos_ not in ("PROPN", "NOUN"):
        return subject
    finite = (verb, *(c for c in verb.children if c.dep_ in ("aux", "auxpass")))
    return last if any(t.tag_ == "VBZ" for t in finite) else subject


def _with_antecedent(token: Token) -> Token:
    return antecedent(token) or token


def surname_may(verb: Token) -> list[Token]:
    """ "May favoured the deal": before a past tense the word is a name, whatever the tagger says."""
    if verb.tag_ not in ("VBD", "VBZ"):
        return []
    return [c for c in verb.children if c.dep_ == "aux" and c.text == "May"]


def _before_its_noun(verb: Token) -> Token | None:
    """ "to replace *retiring* Sen. Barbara Boxer": a participle read as a verb beside the object that it describes."""
    if verb.tag_ != "VBG" or verb.dep_ not in ("xcomp", "advcl", "pcomp"):
        return None
    own = list(verb.children)
    if own and (len(own) > 1 or verb.lemma_ not in ("retire", "depart")):
        return None
    for noun in own or verb.head.children:
        if noun.dep_ in ("dobj", "pobj") and noun.left_edge.i == verb.i + 1 and noun.pos_ == "PROPN":
            return noun
    return None


def surface_subjects(verb: Token, depth: int = 0) -> list[Token]:
    """Heads of the surface subject, inherited through coordination, control, participles and relative clauses."""
    own = [c for c in verb.children if c.dep_ in SUBJECTS] or surname_may(verb)
    if own and verb.tag_ == "VBG" and verb.dep_ == "ccomp" and _ends_list(own[0]) and depth < 6:
        return surface_subjects(verb.head, depth + 1)
    if own and len(own) > 1 and any(c.dep_ == "acl" for c in own[0].children):
        own = own[:1]  # "A prosecutor working for John Durham has resigned": he is no second subject
    if not own and (noun := _before_its_noun(verb)) is not None:
        return [noun]
    if own:
        return [
            _whole_list(c, verb) or _with_antecedent(_in_number(c, verb))
            for c in own
            if c.lower_ not in ("there", "it")
        ]
    if depth > 6:
        return []
    head, dep = verb.head, verb.dep_
    if dep == "ccomp" and verb.pos_ == "NOUN":
        # "demanded that Priti Patel resign": the subjunctive is read as a noun
        return [c for c in verb.children if c.dep_ == "compound" and c.ent_type_ == "PERSON"]
    past_beside_present = verb.tag_ == "VBD" and head.tag_ in ("VBZ", "VBP") and head.dep_ == "ccomp"
    if dep == "conj" and past_beside_present and head.head.tag_ == "VBD":
        return surface_subjects(head.head, depth + 1)  # "stressed that this is new and touched upon it"
    if dep == "conj" and verb.tag_ in ("VBD", "VBZ") and head.tag_ == "VB" and head.dep_ in ("ccomp", "xcomp", "advcl"):
        # "announced that Coats would step down and nominated Ratcliffe": who announced nominated
        return surface_subjects(head.head, depth + 1)
    if dep == "conj":
        return surface_subjects(head, depth + 1) if head.pos_ in _VERBAL or head.dep_ in ("acomp", "attr") else []
    if dep == "xcomp":
        return _controller(head, depth)
    if dep == "advcl":
        return surface_subjects(head, depth + 1) if head.pos_ in _VERBAL else _noun_controller(head, depth)
    if dep == "relcl":
        # "is the latest to leave": an infinitive after a ranking word is said of the clause's subject.
        if verb.tag_ == "VB" and head.dep_ == "ROOT" and head.pos_ == "PROPN":
            return [head]  # a headline: "Omar, Tlaib to endorse Sanders"
        return _noun_controller(head, depth) if verb.tag_ == "VB" else [head]
    if dep == "acl" and verb.tag_ == "VBG" and verb.lemma_ in _SPEECH_ACTS:
        # "signed a letter asking him to quit", "wrote to MPs urging them": not the letter or the MPs speak.
        writers = [c for c in head.children if c.dep_ == "poss"] or doer_above(head)
        if writers and ((head.pos_ == "NOUN" and head.tag_ == "NN") or head.dep_ == "pobj"):
            return writers
    if dep == "acl" and verb.tag_ == "VB" and head.lemma_ in _DEMANDS:
        asked = [
            g for t in head.subtree if t.dep_ == "prep" and t.lower_ in ("for", "on", "to") and head.i < t.i < verb.i
            for g in t.children if g.dep_ == "pobj"
        ]  # fmt: skip
        if asked:
            return asked[-1:]
    if dep == "acl" and head.lower_ == "order" and head.head.lower_ == "in" and head.head.head.pos_ in _VERBAL:
        return surface_subjects(head.head.head, depth + 1)
    if dep == "acl":
        return (
            [head]
            if verb.tag_ in ("VBN", "VBG", "VBD") and head.lemma_ not in _EVENT_NOUNS
            else _noun_controller(head, depth)
        )
    if dep == "pcomp":
        return _preposition_controller(head, depth)
    if dep == "amod":
        return [head]
    if dep in ("aux", "auxpass"):
        return surface_subjects(head, depth + 1)
    if dep == "dep" and head.pos_ in _VERBAL:
        return surface_subjects(head, depth + 1)
    return []


def _ends_list(subject: Token) -> bool:
    """ "wrote to Sarwar *and Rennie* proposing a pact": the parser cuts the list of those written to."""
    first = subject.left_edge.i
    return first > 1 and subject.doc[first - 1].lower_ == "and" and subject.doc[first - 1].dep_ == "cc"


# What a letter, a rally or a statement does is its author's doing.
_SPEECH_ACTS = frozenset(
    """urge ask call demand tell warn accuse say criticise criticize thank praise back support endorse condemn denounce
    reject express nominate attack defend blast slam mock rip hammer hit target savage lambast lambaste deride chide berate
    decry deplore lash bash tear torch excoriate assail rebuke scold ridicule insult taunt brand label dub salute hail applaud
    commend laud celebrate congratulate honour honor threaten deny dismiss blame fault pan skewer oppose seek challenge propose
    instruct encourage order advise""".split()
)
_DEMANDS = frozenset("call demand appeal plea pressure cry request push clamour clamor petition".split())
_EVENT_NOUNS = frozenset(
    """decision refusal plan bid attempt effort move promise pledge vow threat intention failure willingness desire
    readiness determination campaign right chance opportunity call demand request order agreement offer reluctance
    resolve need ability inability proposal commitment choice fight push battle duty drive mission""".split()
)


def _controller(governor: Token, depth: int) -> list[Token]:
    """The subject of an infinitive or small clause under ``governor``."""
    if governor.pos_ in _VERBAL:
        if governor.lemma_ in OBJECT_CONTROL:
            objects = [c for c in governor.children if c.dep_ in ("dobj", "dative", "nsubjpass")]
            if objects:
                return [_with_antecedent(c) for c in objects]
            through = [g for c in governor.children if c.dep_ == "prep" for g in c.children if g.dep_ == "pobj"]
            if through and governor.lemma_ in ("call", "press", "push", "plead", "lobby"):
                return through
        return surface_subjects(governor, depth + 1)
    if governor.dep_ in ("acomp", "attr", "conj", "xcomp", "oprd"):
        return surface_subjects(governor.head, depth + 1)
    return _noun_controller(governor, depth)


def _noun_controller(noun: Token, depth: int) -> list[Token]:
    """Who does what an event noun is about: "his refusal to back", "announced a bid to lead", "the latest to leave"."""
    owners = [c for c in noun.children if c.dep_ == "poss"]
    if owners and noun.lemma_ not in ("pick", "choice", "nominee", "candidate"):
        return owners
    by_or_of = [g for c in noun.children if c.dep_ == "prep" and c.lower_ in ("by", "of", "from")
                for g in c.children if g.dep_ == "pobj"]  # fmt: skip
    if by_or_of and noun.lemma_ in _EVENT_NOUNS:
        return by_or_of
    governor = noun.head
    if noun.dep_ in ("attr", "dobj", "oprd", "acomp") and governor.pos_ in _VERBAL:
        return surface_subjects(governor, depth + 1)
    if noun.dep_ == "appos":
        return [governor]
    if noun.dep_ in ("pobj",) and governor.head.pos_ in _VERBAL:
        return surface_subjects(governor.head, depth + 1)
    if noun.dep_ in SUBJECTS and noun.lemma_ not in _EVENT_NOUNS:
        return [noun]
    return []


def _preposition_controller(preposition: Token, depth: int) -> list[Token]:
    governor = preposition.head
    if governor.pos_ in _VERBAL:
        if governor.lemma_ in BLAME and preposition.lower_ in ("of", "for", "over", "from"):
            return patients(governor)
        return surface_subjects(governor, depth + 1)
    if governor.dep_ in ("acomp", "attr", "advmod"):
        return surface_subjects(governor.head, depth + 1)
    if governor.lemma_ in _BLAME_NOUNS and preposition.lower_ in ("for", "over"):
        # "the sacking of Benn for organising", "his suspension for saying"
        blamed = [
            g
            for c in governor.children
            if c.dep_ == "prep" and c.lower_ == "of"
            for g in c.children
            if g.dep_ == "pobj"
        ]
        blamed = blamed or [c for c in governor.children if c.dep_ == "poss"]
        if blamed or governor.dep_ != "dobj" or governor.head.lemma_ not in _FACING:
            return blamed
        return surface_subjects(governor.head, depth + 1)  # "faced criticism for reinstating her"
    return _noun_controller(governor, depth)


_FACING = frozenset("face draw attract receive suffer incur earn win get take".split())


_BLAME_NOUNS = frozenset(
    """sacking dismissal firing suspension expulsion removal arrest criticism condemnation censure prosecution conviction
    praise deselection demotion punishment ouster impeachment""".split()
)


def by_agents(verb: Token) -> list[Token]:
    """Heads of the by-phrase of a passive, or of the name before it: "Trump-backed Kobach"."""
    if verb.dep_ == "amod" and verb.i >= 2 and verb.nbor(-1).text == "-" and verb.nbor(-2).pos_ == "PROPN":
        return [verb.nbor(-2)]
    # "was appointed secretary by X": the parser may hang the by-phrase on the new post.
    places = [verb, *(c for c in verb.children if c.dep_ in ("oprd", "attr", "xcomp", "prep", "dobj"))]
    places += [g for c in places[1:] if c.dep_ == "prep" for g in c.children if g.dep_ == "pobj"]
    for place in places:
        found = [
            g
            for c in place.children
            if c.dep_ in ("agent", "prep") and c.lower_ == "by"
            for g in c.children
            if g.dep_ == "pobj"
        ]
        if found:
            return found
    return []


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
        if not found and verb.dep_ == "conj" and verb.head.pos_ in _VERBAL:
            found = by_agents(verb.head)
        return found
    return surface_subjects(verb)


def _gap(verb: Token) -> bool:
    """Whether a relative clause has a subject of its own and lacks an object: it is about its antecedent."""
    own = any(c.dep_ in SUBJECTS and c.lower_ not in RELATIVE for c in verb.children)
    return own and not any(c.dep_ in ("xcomp", "ccomp") for c in verb.children)


_NAMING = frozenset("appoint name make elect choose nominate reappoint declare crown".split())


def patients(verb: Token) -> list[Token]:
    """Logical objects of a verb."""
    read = _active_before_a_name(verb)
    if read is not None:
        return [read[1]]
    if is_passive(verb):
        return surface_subjects(verb)
    own = [c for c in verb.children if c.dep_ in ("dobj", "dative") and c.pos_ != "ADP"]
    if len(own) == 1 and own[0].pos_ == "VERB" and own[0].dep_ == "dobj":
        own = [c for c in own[0].children if c.dep_ == "dobj"] or own  # "trounced rivals Rubio and Cruz", rivals a verb
    if verb.lemma_ in _NAMING and len(own) == 1 and own[0].pos_ == "NOUN":
        # "appointed David Cameron foreign secretary": the parser takes the name for part of the post
        named = [c for c in own[0].children if c.dep_ in ("nmod", "compound", "appos") and c.ent_type_ == "PERSON"]
        if named:
            return named[:1]
    if own:
        return [_with_antecedent(c) for c in own]
    # "the minister May sacked": a relative clause with its own subject and no object is about its antecedent.
    if verb.dep_ == "relcl" and _gap(verb):
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
    for c in verb.children:
        if c.dep_ == "conj" and c.pos_ == "VERB" and not any(g.dep_ in SUBJECTS for g in c.children):
            return [g for g in c.children if g.dep_ == "dobj"]
    # "him resign", "Starmer be sacked": the parser makes the object the subject of a bare complement.
    for c in verb.children:
        if c.dep_ == "ccomp" and c.tag_ in ("VB", "VBG", "VBN", "NN", "JJ", "NNP", "NNS"):
            inner = [g for g in c.children if g.dep_ in SUBJECTS]
            if inner:
                return inner
    return []


def prepositional(token: Token, preposition: str) -> list[Token]:
    """Heads of the objects of ``preposition`` (words joined by "_", "on_behalf_of") attached to ``token``.

    For a verb the preposition may also hang on its particle or, wrongly, on its object: PP attachment is the
    parser's weakest point, so for an object the next level is looked at when the verb itself has none.
    """
    words = preposition.split("_")
    found = list(_prepositional(token, words))
    if found or token.pos_ not in _VERBAL:
        return found
    for child in token.children:
        if (
            child.dep_ in ("prt", "advmod", "dobj", "acomp", "oprd", "attr", "npadvmod", "prep")
            and child.lower_ != "according"
        ):
            found = list(_prepositional(child, words))
            if found:
                return found
    return []


def _prepositional(token: Token, words: list[str]) -> Iterator[Token]:
    for child in token.children:
        if child.dep_ == "prep" and len(words) == 1 and child.lower_ == words[0]:  # "from X but also from Y"
            yield from (
                h for c in child.children if c.dep_ == "conj" and c.lower_ == words[0]
                for h in c.children if h.dep_ == "pobj"
            )  # fmt: skip
        if child.lower_ == words[0] and child.dep_ in ("prep", "agent", "prt", "advmod", "dative", "mark", "aux"):
            if len(words) == 1:
                for grandchild in child.children:
                    inner = [g for g in grandchild.children if g.dep_ == "nsubj" and g.i == g.right_edge.i]
                    if grandchild.dep_ == "pcomp" and grandchild.tag_ == "VBG" and inner:
                        # "resigned from the cabinet citing his health": the participle is no part of the phrase
                        yield from inner
                    elif grandchild.dep_ in ("pobj", "pcomp") or (
                        words[0] == "as" and grandchild.dep_ in ("amod", "acomp")
                    ):
                        yield _with_antecedent(grandchild)
                # "toward"/"as" may take a second preposition: "from within the party"
                for grandchild in child.children:
                    if grandchild.dep_ == "prep" or (grandchild.dep_ == "conj" and grandchild.lower_ == words[0]):
                        yield from (g for g in grandchild.children if g.dep_ == "pobj")
            else:
                rest = [g for g in child.subtree if g.lower_ == words[-1] and g.dep_ == "prep"]
                yield from (p for g in rest for p in g.children if p.dep_ == "pobj")


def beyond(noun: Token, preposition: str) -> list[Token]:
    """Objects of a preposition that the parser hung on the phrase before: "criticism of the president *from* DeSantis"."""
    return [h for inner in prepositional(noun, "of")[:1] for h in prepositional(inner, preposition) if h.i > inner.i]


def authors(noun: Token) -> list[Token]:
    """Whose words a document is: "Tuttle's article", "a statement by X", "X said so in a tweet that accuses Y"."""
    own = [c for c in noun.children if c.dep_ == "poss"]
    for word in ("by", "from"):
        own = own or prepositional(noun, word)
        own = own or [h for c in noun.children if c.dep_ in ("acl", "relcl") for h in by_agents(c)]
    # "a Labour ad", "the Trump video"
    own = own or [c for c in noun.children if c.dep_ in ("compound", "nmod", "amod") and c.pos_ == "PROPN"]
    return own or doer_above(noun)


def reciprocal(verb: Token) -> bool:
    """ "attacked each other's plans", "accused one another of lying"."""
    pairs = {("each", "other"), ("one", "another")}
    return any(
        (t.doc[t.i - 1].lower_, t.lower_) in pairs
        for t in verb.subtree
        if t.i > verb.i and t.lower_ in ("other", "another") and t.i <= verb.i + 4
    )


def has_particle(verb: Token, particle: str) -> bool:
    """Whether "step down", "call on", "walk out": the word hangs on the verb or follows it at once."""
    if any(
        c.lower_ == particle and c.dep_ in ("prt", "prep", "advmod", "agent", "npadvmod", "acomp")
        for c in verb.children
    ):
        return True
    follows = verb.i + 1 < len(verb.doc) and verb.nbor().lower_ == particle
    return follows and verb.nbor().pos_ in ("ADP", "ADV", "PART", "SCONJ")


def conjuncts(token: Token) -> list[Token]:
    """The token and everything coordinated below it: "X, Y and Z"."""
    out = [token]
    for child in token.children:
        if child.dep_ == "appos" and (child.left_edge.i == 0 or child.left_edge.nbor(-1).text != ":"):
            # "Starmer's chief of staff, McSweeney, and director of communications, Allan": the list hangs on the name.
            out.extend(c for g in child.children if g.dep_ == "conj" for c in conjuncts(g))
        if child.dep_ == "conj" and child.pos_ in ("NOUN", "PROPN", "PRON", "ADJ", "NUM", "X", "VERB"):
            out.extend(conjuncts(child))
    return out


def complements(token: Token) -> Iterator[Token]:
    """Heads of clauses that complete a trigger: "urged him to *quit*", "calls for X to *go*", "said X must *go*"."""
    for child in token.children:
        if child.dep_ in ("xcomp", "ccomp", "acl", "advcl", "relcl", "conj") and (
            child.pos_ in _VERBAL or (child.dep_ == "ccomp" and any(g.dep_ == "mark" for g in child.children))
        ):
            yield child
        elif child.dep_ in ("prep", "agent"):
            for grandchild in child.children:
                if grandchild.dep_ == "pcomp":
                    yield grandchild
                elif grandchild.dep_ == "pobj":
                    yield from (
                        g for g in grandchild.children if g.dep_ in ("acl", "relcl", "advcl") and g.tag_ == "VB"
                    )
        elif child.dep_ in ("dobj", "dative") and token.pos_ in _VERBAL:
            yield from (
                g for g in child.children if g.dep_ in ("acl", "relcl", "advcl", "xcomp") and g.tag_ in ("VB", "VBG")
            )

    governor = _governing_verb(token) if token.pos_ == "NOUN" else None
    if governor is not None and governor.lemma_ in _GIVING | _RECEIVING:
        yield from (c for c in governor.children if c.dep_ in ("advcl", "xcomp") and c.tag_ == "VB" and c.i > token.i)


def beside(noun: Token, preposition: str) -> list[Token]:
    """Objects of a preposition that the parser hung on the light verb instead of its noun."""
    governor = _governing_verb(noun)
    if governor is not None and preposition == "between" and noun.dep_ in SUBJECTS:
        return prepositional(governor, "between")  # "talks have stalled between X and Y"
    if governor is None or governor.lemma_ not in _GIVING | _RECEIVING:
        return []
    return [h for h in prepositional(governor, preposition) if h != noun and h.i > noun.i]


def clause_verbs(verb: Token) -> list[Token]:
    """The verb and the verbs coordinated with it in the same complement ("consider his position and resign")."""
    out = [verb]
    for token in verb.subtree:
        if token.dep_ == "conj" and token.tag_ == "VB" and token.head in out:
            out.append(token)
    return out


_ADJUNCTS = frozenset(
    "during after before following amid amidst despite until since by because without including unless".split()
)


CHANNELS = frozenset("medium media twitter facebook television tv radio x youtube instagram tiktok air camera".split())


def noun_phrase(token: Token) -> tuple[int, int]:
    """First and last token of the noun phrase headed by ``token``, its relative clauses and appositions left out."""
    keep = {token.i}
    stop = ("relcl", "appos", "advcl", "parataxis", "punct", "cc", "conj", "ccomp")
    frontier = [token]
    while frontier:
        current = frontier.pop()
        for child in current.children:
            if child.dep_ == "acl" and child.tag_ in ("VBN", "VBD"):
                continue
            if child.dep_ == "prep" and (
                child.lower_ in _ADJUNCTS
                or any(g.ent_type_ in ("DATE", "TIME") or g.lemma_.lower() in CHANNELS for g in child.children)
            ):
                continue
            if child.dep_ in stop and not (child.dep_ == "punct" and child.text in "'\"-"):
                if child.dep_ in ("conj", "cc") and current != token:
                    keep.add(child.i)
                    frontier.append(child)
                continue
            keep.add(child.i)
            frontier.append(child)
    first = token.i
    while first - 1 in keep or (
        first >= 2
        and token.doc[first - 1].text == "-"
        and not token.doc[first - 2].whitespace_
        and not token.doc[first - 1].whitespace_
    ):
        first -= 1
    last = token.i
    while last + 1 in keep or (last + 2 in keep and token.doc[last + 1].text in "'\"-"):
        last += 1
    return first, last


def light_giver(noun: Token) -> list[Token]:
    """Who makes the demand or attack that a noun names: "X made/renewed/joined calls for", "threw his support behind"."""
    governor = _governing_verb(noun)
    if governor is None or (is_passive(governor) and noun.dep_ not in ("pobj", "dobj")):
        return by_agents(governor) if governor is not None and noun.dep_ == "nsubjpass" else []
    if governor.lemma_ in _WINNING | _PARADING and noun.lemma_ in _BACKING and prepositional(noun, "of"):
        return []  # who announces endorsements of unions gives none
    if governor.lemma_ in _WINNING and noun.lemma_ in _BACKING:
        return []  # who wins an endorsement gives none
    return agents(governor) if governor.lemma_ in _GIVING else []


def light_receiver(noun: Token) -> list[Token]:
    """Whom the demand or attack meets: "X faced/resisted calls to", "came under fire", "is under pressure"."""
    governor = _governing_verb(noun)
    if governor is None:
        if noun.dep_ == "pobj" and noun.head.lower_ in ("under", "amid", "despite") and noun.head.dep_ == "prep":
            above = noun.head.head
            if above.pos_ in ("NOUN", "PROPN"):
                return [above] if noun.head.lower_ == "under" else []
        return []
    if noun.dep_ == "pobj" and noun.head.lower_ not in ("under", "to", "with", "by", "from", "for", "of"):
        return []
    if noun.dep_ == "pobj" and noun.head.lower_ == "with" and governor.lemma_ in _CHOOSING:
        return patients(governor) if is_passive(governor) else surface_subjects(governor)
    if governor.lemma_ in _RECEIVING or (noun.dep_ == "pobj" and noun.head.lower_ == "under"):
        return surface_subjects(governor)
    if governor.lemma_ == "put" and noun.dep_ in ("dobj", "pobj"):
        return prepositional(governor, "on") + [c for c in governor.children if c.dep_ == "dobj" and c != noun]
    return []


_WINNING = frozenset("win have draw order bring take earn".split())
_PARADING = frozenset("announce tout unveil trumpet release publish share add".split())
_BACKING = frozenset("endorsement support backing blessing nod".split())
# "was elected with support from": the support is for whoever is chosen.
_CHOOSING = frozenset("elect re-elect reelect return choose pick select win nominate run stand govern".split())
_GIVING = frozenset(
    """make issue lead join renew repeat launch mount give offer throw lend voice express declare add echo deliver level file
    table send write unleash aim direct take have hold reiterate announce pledge put swing back support call hand
    tender submit move organise organize stage orchestrate mastermind foment propose sponsor pass mobilise mobilize rally intend plan prepare
    whip drum trigger post publish share intensify amplify sign lodge bring open begin order win pay heap pour""".split()
)
_RECEIVING = frozenset(
    """face resist reject ignore dismiss suffer receive win come defy rebuff get draw attract spark earn garner gain secure
    be face provoke trigger encounter withstand fend brush shrug survive weather meet enjoy retain command lose remain stay feel
    have prompt face field amass rack collect garner land lock nab tout pick snag boast respond repel counter thwart""".split()
)


def _governing_verb(noun: Token) -> Token | None:
    if noun.dep_ in ("dobj", "nsubjpass", "attr", "nsubj") and noun.head.pos_ in _VERBAL:
        return noun.head
    if noun.dep_ == "pobj" and noun.head.head.pos_ in _VERBAL:
        return noun.head.head
    if noun.dep_ == "conj":
        return _governing_verb(noun.head)
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.lemma_.lower() in _SERIES:
        return _governing_verb(noun.head.head)  # "launched a series of attacks on"
    return None


_SERIES = frozenset(
    """kind sort type series string round flurry barrage litany torrent wave volley spate host number lot set slew stream couple
    bit chorus deal storm hail avalanche flood""".split()
)


def self_heads(noun: Token) -> list[Token]:
    """What a role-like noun is said of: the apposition's head, the copula's subject, the name it stands before."""
    if noun.dep_ == "appos":
        return [noun.head]
    if noun.dep_ in ("attr", "oprd", "acomp") and noun.head.pos_ in _VERBAL:
        return surface_subjects(noun.head)
    if noun.dep_ == "ccomp" and any(c.dep_ == "nsubj" and c.lower_.endswith("self") for c in noun.children):
        return surface_subjects(noun.head)  # "declares himself a fan of Putin"
    if noun.dep_ in ("compound", "nmod", "amod"):
        return [noun.head]
    if noun.dep_ == "pobj" and noun.head.lower_ == "as" and noun.head.head.pos_ in _VERBAL:
        # "nominated Ratcliffe as his replacement" says it of Ratcliffe, "served as his deputy" of the subject.
        own = [c for c in noun.head.head.children if c.dep_ == "dobj"]
        return own or surface_subjects(noun.head.head)
    if noun.dep_ == "conj":
        return self_heads(noun.head)
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.lower_ == "one":
        one = noun.head.head
        # "Arpaio, one of the keenest supporters of": him
        return self_heads(one) if one.dep_ in ("appos", "attr", "pobj") else [noun]
    return [noun]


def opposite(noun: Token) -> list[Token]:
    """Against whom one is a challenger: "*Ryan* will face challenger Nehlen", "*Clinton* leads challenger Sanders"."""
    name = noun.head if noun.dep_ in ("compound", "nmod", "amod", "appos") else noun
    if noun.tag_ == "NNS" or any(c.dep_ == "prep" and c.lower_ in ("of", "to") for c in noun.children):
        return []  # "opponents of Trump" are his
    if name.dep_ not in ("dobj", "pobj") or name.i < noun.i:
        return []
    node = name.head
    while node.pos_ not in _VERBAL and node.dep_ in ("prep", "pobj", "dobj", "attr") and node.head != node:
        node = node.head
    beaten = node.lemma_ in ("defeat", "beat", "oust", "trounce", "unseat", "overcome", "best")
    return surface_subjects(node) if node.pos_ in _VERBAL and not is_passive(node) and not beaten else []


def rival_of(noun: Token) -> list[Token]:
    """Whose rival is beaten, met or attacked: "*Sanders* edged out rival Clinton", "*Trump* mocked his rivals X and Y"."""
    name = noun.head if noun.dep_ in ("compound", "nmod", "amod", "appos") else noun
    if name.dep_ not in ("dobj", "pobj") or any(c.dep_ == "poss" for c in name.children):
        return []
    node = name
    for _ in range(4):  # deeper down the rival is somebody else's: "an offer of dirt on rival Clinton"
        if node.pos_ in _VERBAL or node.dep_ not in ("prep", "pobj", "dobj", "attr"):
            break
        node = node.head
    return surface_subjects(node) if node.pos_ in _VERBAL and not is_passive(node) else []


def labels(verb: Token) -> list[Token]:
    """What somebody is called: "called him a *liar*", "branded the plan *shameful*"."""
    out = []
    for child in verb.children:
        if (
            child.dep_ in ("oprd", "attr", "acomp")
            or (child.dep_ == "npadvmod" and child.tag_ == "NN" and not child.ent_type_ and child.i > verb.i)
            or (child.dep_ in ("xcomp", "ccomp") and child.pos_ in ("ADJ", "NOUN"))
            or (
                child.dep_ == "dobj"
                and any(c.dep_ in ("nsubj", "dobj", "dative") and c != child for c in verb.children)
            )
        ):
            out.append(child)
    return out


def labelled(verb: Token) -> list[Token]:
    """Who is called something: the object of a naming verb, or its subject in the passive."""
    if is_passive(verb):
        return surface_subjects(verb)
    for child in verb.children:
        if child.dep_ in ("ccomp", "xcomp", "oprd") and child.pos_ in ("ADJ", "NOUN"):
            inner = [g for g in child.children if g.dep_ == "nsubj"]
            if inner:
                return inner
    named = labels(verb)
    if len(named) > 1 and named[0].pos_ in ("PROPN", "PRON") and verb.i < named[0].i < named[1].i:
        return named[:1]  # "called Trump a liar" read as two labels
    return [c for c in verb.children if c.dep_ in ("dobj", "dative") and c not in named] or [
        c for c in verb.children if c.dep_ == "dobj"
    ]


def claimants(verb: Token) -> list[Token]:
    """Whose claim is denied: "rejected *Howard*'s accusation", "claims by *Cummings*"."""
    out = []
    for claim in patients(verb):
        out += [c for c in claim.children if c.dep_ == "poss"]
        for preposition in ("by", "from", "of"):
            out += prepositional(claim, preposition)
    return out


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


def own_objects(verb: Token) -> list[Token]:
    """The verb's own direct object or passive subject, nothing inferred."""
    if is_passive(verb):
        return [_with_antecedent(c) for c in verb.children if c.dep_ == "nsubjpass"]
    own = [_with_antecedent(c) for c in verb.children if c.dep_ == "dobj"]
    if not own and verb.dep_ == "relcl" and _gap(verb):
        return [verb.head]  # "the tax cuts he was promising"
    return own


def particle_fits(verb: Token, particle: str) -> bool:
    """Whether the verb goes with the particle that a pattern wants, and with no other: "stand down" is no "stand"."""
    if particle and not has_particle(verb, particle):
        return False
    if particle == "for" and verb.lemma_ == "call" and any(c.dep_ in ("dobj", "oprd") for c in verb.children):
        return False  # "called Biden a Trojan horse for socialism"
    others = {c.lower_ for c in verb.children if c.dep_ == "prt"} - {particle}
    return not others or (bool(particle) and others <= {particle})


def is_demanded(token: Token, demand_verbs: frozenset[str], demand_nouns: frozenset[str]) -> bool:
    """Whether the event is only asked for: "urged Starmer to *quit*", "calls for X to *go*", "must *resign*"."""
    node = token
    if token.dep_ in SUBJECTS and token.head.lemma_ in ("need", "require"):
        return True  # "his resignation was needed"
    for _ in range(5):
        if node.pos_ in _VERBAL and any(
            c.dep_ == "aux" and c.lower_ in ("must", "should", "ought") for c in node.children
        ):
            return True
        head = node.head
        if head == node or node.dep_ not in (
            "xcomp",
            "ccomp",
            "acl",
            "relcl",
            "advcl",
            "conj",
            "pcomp",
            "prep",
            "pobj",
            "dobj",
        ):
            return False
        # "we ask he consider his position": a subjunctive is asked for as well
        infinitive = (
            (node.tag_ == "VB" and not any(c.dep_ == "aux" and c.tag_ == "MD" for c in node.children))
            or any(c.dep_ == "aux" and c.lower_ == "to" for c in node.children)
            or (node.dep_ == "ccomp" and node.tag_ == "VBP" and head.lemma_ in ("ask", "demand", "urge"))
        )
        if head.lower_ == "order" and head.head.lower_ == "in":
            return False  # "in order to endorse"
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
            and head.head.lemma_ in ("call", "ask", "push", "press", "demand")
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
    return above.lemma_ == "want" and verb.dep_ == "xcomp" and not any(c.dep_ == "dobj" for c in above.children)


def doer_above(noun: Token) -> list[Token]:
    """The subject of the verb over a noun, however deep: "*MPs* will vote on a motion of no confidence"."""
    node = noun
    for _ in range(5):
        if node.dep_ not in ("pobj", "prep", "dobj", "nsubjpass", "acl", "relcl", "acomp") or node.head == node:
            return []
        passive = node.dep_ == "nsubjpass"
        complement = node.dep_ == "acomp"
        node = node.head
        if node.pos_ == "VERB" or complement:
            return by_agents(node) if passive else agents(node)
    return []


def listed(verb: Token) -> list[Token]:
    """Names that a loose "including X, Y and Z" gives for a plural subject: "Sixteen MPs have quit, including X"."""
    out = []
    for token in verb.subtree:
        if token.lower_ in ("including", "among") and token.dep_ in ("prep", "acl", "advcl") and token.i > verb.i:
            if token.head.tag_ in ("NNS", "NNPS") and token.head.i > verb.i and token.head.lemma_ != "medium":
                continue
            for child in token.children:
                if child.dep_ in ("pobj", "dobj"):
                    out += conjuncts(child)
    return out
