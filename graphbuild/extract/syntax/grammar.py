"""English clause structure, once for all relations: what hangs directly on a word.

Voice, relative pronouns, objects of prepositions, particles, coordination and the extent of a noun phrase. Built on it
are participants.py (who does what to whom), light_verbs.py, predication.py and governors.py. Every function takes
tokens of a dependency parse (ClearNLP labels, as spaCy's English pipelines give) and returns tokens: the syntactic
heads of the phrases that fill a slot. Turning a head into an entity is arguments.py's work.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator

from spacy.attrs import LOWER
from spacy.tokens import Doc, Span, Token

from graphbuild.ontology import word_set

SUBJECTS = ("nsubj", "nsubjpass")
DEFINITE = frozenset({"the", "this", "that", "these", "those", "such"})
RELATIVE = frozenset({"who", "which", "that", "whom"})
VERBAL = ("VERB", "AUX")


def children(token: Token) -> tuple[Token, ...]:
    """What hangs on a token, left to right: spaCy makes it anew at every call, and a word is asked for it dozens of times."""
    known: dict[int, tuple[Token, ...]] = token.doc.user_data.setdefault("children", {})
    found = known.get(token.i)
    if found is None:
        found = known[token.i] = tuple(token.children)
    return found


def is_passive(verb: Token) -> bool:
    """Whether the surface subject is the logical object ("was sacked", "the MP suspended by Labour", "sacked MP")."""
    known: dict[int, bool] = verb.doc.user_data.setdefault("passive", {})
    found = known.get(verb.i)
    if found is None:
        found = known[verb.i] = _is_passive(verb)
    return found


def _is_passive(verb: Token) -> bool:
    if any(c.dep_ in ("nsubjpass", "auxpass") for c in children(verb)):
        # "she's slammed NATO": a short "has" read as "is"
        short = any(c.dep_ == "auxpass" and c.lower_ in ("'s", "’s") for c in children(verb))
        return not (short and any(c.dep_ == "dobj" and c.i == verb.i + 1 for c in children(verb)))
    if verb.tag_ in ("VBN", "VBD") and any(c.dep_ == "agent" for c in children(verb)):
        return not any(c.dep_ in ("dobj", "aux") for c in children(verb))  # "Tsipras, warned by Merkel, ..."
    if verb.tag_ not in ("VBN", "VBD", "JJ") or any(c.dep_ == "nsubj" for c in children(verb)):
        return False
    if verb.tag_ == "VBD" and verb.dep_ == "acl" and verb.head.dep_ == "ROOT" and verb.head.pos_ == "PROPN":
        return verb.i != verb.head.i + 1  # "Trump called Wednesday for her to go", where the parser saw no sentence
    if verb.dep_ in ("acl", "amod"):
        return verb.tag_ in ("VBN", "JJ") or not any(c.dep_ in ("dobj", "obj") for c in children(verb))
    if verb.tag_ != "VBN" or any(c.dep_ in ("dobj", "aux", "nsubj") for c in children(verb)):
        return False
    if verb.dep_ == "conj" and verb.head.pos_ in VERBAL:
        return is_passive(verb.head)
    if verb.dep_ == "xcomp" and verb.head.lemma_ in ("get", "see", "have", "want", "be"):
        return True
    if (prefix := prefix_verb(verb)) is not None:
        return prefix.dep_ == "acomp" or is_passive(prefix)  # "was comfortably re-elected"
    return verb.dep_ in ("advcl", "ROOT", "pcomp", "ccomp")


def prefix_verb(verb: Token) -> Token | None:
    """ "was re-elected": the tokeniser parts the prefix, which the parser may take for the verb that has the subject."""
    first = verb.doc[verb.i - 2] if verb.i >= 2 and verb.nbor(-1).text == "-" else None
    return first if first is not None and first.lower_ == "re" and first.pos_ in VERBAL else None


def antecedent(token: Token) -> Token | None:
    """The noun that a relative pronoun stands for, or None when the token is no relative pronoun."""
    if token.lower_ not in RELATIVE:
        return None
    for verb in token.ancestors:
        if verb.dep_ == "relcl":
            return verb.head
        if verb.pos_ not in VERBAL and verb.pos_ not in ("ADP",):
            return None
    return None


def with_antecedent(token: Token) -> Token:
    return antecedent(token) or token


def by_agents(verb: Token) -> list[Token]:
    """Heads of the by-phrase of a passive, or of the name before it: "Trump-backed Kobach"."""
    if verb.dep_ == "amod" and verb.i >= 2 and verb.nbor(-1).text == "-" and verb.nbor(-2).pos_ == "PROPN":
        return [verb.nbor(-2)]
    # "was appointed secretary by X": the parser may hang the by-phrase on the new post.
    places = [verb, *(c for c in children(verb) if c.dep_ in ("oprd", "attr", "xcomp", "prep", "dobj"))]
    for _ in range(2):  # "was relieved of his duties as ambassador by X"
        places += [
            g
            for p in places[1:]
            for c in (p, *children(p))
            if c.dep_ == "prep"
            for g in children(c)
            if g.dep_ == "pobj"
        ]
    for place in places:
        by = [c for c in children(place) if c.dep_ in ("agent", "prep") and c.lower_ == "by"]
        found = [g for c in by for g in children(c) if g.dep_ == "pobj"]
        if found:
            return found
    return []


_TOLD = word_set("told")
TELLING = frozenset("tell inform assure remind warn".split())


def tells(clause: Token) -> bool:
    """Whether a clause after "that" is what is told, read as a relative: "told a rally *that Nielsen had lied*", "claims by
    Cummings *that Johnson had lied*"."""
    if clause.dep_ != "relcl":
        return False
    that = next((c for c in children(clause) if c.lower_ == "that"), None)
    if that is None:  # "evidence he had leaked"
        return clause.head.lemma_ in ("evidence", "proof")
    if that.dep_ != "dobj":
        return False
    own = any(c.dep_ in SUBJECTS and c != that for c in children(clause))
    hearer = clause.head.dep_ in ("dobj", "dative") and clause.head.head.lemma_ in TELLING
    handled = clause.lemma_ in ("make", "level", "repeat", "deny", "reject", "face", "bring", "have")
    return own and (hearer or (clause.head.lemma_.lower() in _TOLD and not handled))


def aside(verb: Token) -> Token | None:
    """The verb of speech put in between subject and verb: "Patel, *he alleged*, had shouted"."""
    heard = next((c for c in children(verb) if c.dep_ == "parataxis" and c.i < verb.i), None)
    between = heard is not None and any(c.dep_ in SUBJECTS and c.i < heard.i for c in children(verb))
    return heard if between else None


def lacks_object(verb: Token) -> bool:
    """Whether a relative clause has a subject of its own and lacks an object: it is about its antecedent."""
    own = any(c.dep_ in SUBJECTS and c.lower_ not in RELATIVE for c in children(verb))
    if any(c.dep_ == "advmod" and c.lower_ in ("where", "when", "why") for c in children(verb)):
        return False  # "the White House, where Cheney had lobbied"
    return own and not any(c.dep_ in ("xcomp", "ccomp") for c in children(verb))


def prepositional(token: Token, preposition: str) -> list[Token]:
    """Heads of the objects of ``preposition`` (words joined by "_", "on_behalf_of") attached to ``token``; of two words
    the second may stand deeper: "for_from" in "thanked for help *from* X".

    For a verb the preposition may also hang on its particle or, wrongly, on its object: PP attachment is the
    parser's weakest point, so for an object the next level is looked at when the verb itself has none.
    """
    words = preposition.split("_")
    if len(words) == 3:  # read word by word: "withdrew from the contest in favour of May"
        ends = [t for t in token.subtree if t.lower_ == words[2] and t.i >= 2 and t.dep_ == "prep"]
        ends = [t for t in ends if t.nbor(-1).lower_ == words[1] and t.nbor(-2).lower_ == words[0]]
        return [g for t in ends for g in children(t) if g.dep_ == "pobj"]
    found = list(_prepositional(token, words))
    if found or token.pos_ not in VERBAL:
        return found
    for child in children(token):
        if (
            child.dep_ in ("prt", "advmod", "dobj", "acomp", "oprd", "attr", "npadvmod", "prep")
            and child.lower_ != "according"
        ):
            found = list(_prepositional(child, words))
            if found:
                return found
    return []


def _prepositional(token: Token, words: list[str]) -> Iterator[Token]:
    for child in children(token):
        if child.dep_ == "prep" and len(words) == 1 and child.lower_ == words[0]:  # "from X but also from Y"
            yield from (
                h for c in children(child) if c.dep_ == "conj" and c.lower_ == words[0]
                for h in children(c) if h.dep_ == "pobj"
            )  # fmt: skip
        if child.lower_ == "with" and child.i and child.nbor(-1).lower_ == "along":
            continue  # "will speak, along with Cruz"
        if child.lower_ == words[0] and child.dep_ in ("prep", "agent", "prt", "advmod", "dative", "mark", "aux"):
            if len(words) == 1:
                for grandchild in children(child):
                    inner = [g for g in children(grandchild) if g.dep_ == "nsubj" and g.i == g.right_edge.i]
                    if grandchild.dep_ == "pcomp" and grandchild.tag_ == "VBG" and inner:
                        # "resigned from the cabinet citing his health": the participle is no part of the phrase
                        yield from inner
                    elif grandchild.dep_ in ("pobj", "pcomp") or (
                        words[0] == "as" and grandchild.dep_ in ("amod", "acomp")
                    ):
                        yield with_antecedent(grandchild)
                # "toward"/"as" may take a second preposition: "from within the party"
                for grandchild in children(child):
                    if grandchild.dep_ == "prep" or (grandchild.dep_ == "conj" and grandchild.lower_ == words[0]):
                        yield from (g for g in children(grandchild) if g.dep_ == "pobj")
            else:
                rest = [g for g in child.subtree if g.lower_ == words[-1] and g.dep_ == "prep"]
                yield from (p for g in rest for p in children(g) if p.dep_ == "pobj")


def beyond(noun: Token, preposition: str) -> list[Token]:
    """Objects of a preposition that the parser hung on the phrase before: "criticism of the president *from* DeSantis",
    "laid the blame for the rout *at* his feet"."""
    inside = [h for word in ("of", "for") for h in prepositional(noun, word)[:1]]
    return [h for inner in inside for h in prepositional(inner, preposition) if h.i > inner.i]


def reciprocal(verb: Token) -> bool:
    """ "attacked each other's plans", "accused one another of lying"."""
    pairs = {("each", "other"), ("one", "another")}
    return any(
        (t.doc[t.i - 1].lower_, t.lower_) in pairs
        for t in verb.subtree
        if t.i > verb.i and t.lower_ in ("other", "another") and t.i <= verb.i + 4
    )


def has_particle(verb: Token, particle: str) -> bool:
    """Whether "step down", "call on", "walk out": the word hangs on the verb or follows it at once. A date's
    preposition is none: "was turned out on Tuesday"."""
    links = ("prt", "prep", "advmod", "agent", "npadvmod", "acomp")
    own = [c for c in children(verb) if c.lower_ == particle and c.dep_ in links]
    # "In it he called": before the verb it is a particle only in "on whom he called".
    own = [c for c in own if c.i > verb.i or c.dep_ != "prep" or any(g.tag_ in ("WP", "WDT") for g in children(c))]
    if own:
        return any(c.dep_ != "prep" or all(g.ent_type_ not in ("DATE", "TIME") for g in children(c)) for c in own)
    if particle == "for" and any(g.dep_ == "mark" and g.lower_ == "for" for c in children(verb) for g in children(c)):
        return True  # "called again *for* Rudd to go"
    follows = verb.i + 1 < len(verb.doc) and verb.nbor().lower_ == particle
    return follows and verb.nbor().pos_ in ("ADP", "ADV", "PART", "SCONJ")


def _followed_by(verb: Token, words: list[str]) -> bool:
    """Whether "speak *up for*", "close *ranks behind*": the words come after the verb in their order, with little between."""
    after = (t.lower_ for t in verb.doc[verb.i + 1 : verb.i + 3 + len(words)])
    return all(word in after for word in words)


def conjuncts(token: Token) -> list[Token]:
    """The token and everything coordinated below it: "X, Y and Z"."""
    out = [token]
    for child in children(token):
        if child.dep_ == "appos" and (child.left_edge.i == 0 or child.left_edge.nbor(-1).text != ":"):
            # "Starmer's chief of staff, McSweeney, and director of communications, Allan": the list hangs on the name.
            out.extend(c for g in children(child) if g.dep_ == "conj" for c in conjuncts(g))
        if child.dep_ == "conj" and child.pos_ in ("NOUN", "PROPN", "PRON", "ADJ", "NUM", "X", "VERB"):
            out.extend(conjuncts(child))
        if child.lower_ == "of" and child.dep_ == "prep" and token.ent_type_ == "PERSON":
            # "Amaechi of Rivers, Kwankwaso of Kano and Nyako of Adamawa": the list hangs on the place.
            places = [g for c in children(child) if c.ent_type_ != "PERSON" for g in children(c)]
            out.extend(c for g in places if g.dep_ == "conj" and g.ent_type_ == "PERSON" for c in conjuncts(g))
    return out


def clause_verbs(verb: Token) -> list[Token]:
    """The verb and the verbs coordinated with it in the same complement ("consider his position and resign")."""
    out = [verb]
    for token in verb.subtree:
        if token.dep_ == "conj" and token.tag_ == "VB" and token.head in out:
            out.append(token)
    return out


_ADJUNCTS = word_set("adjuncts")
CHANNELS = frozenset("medium media twitter facebook television tv radio x youtube instagram tiktok air camera".split())


def noun_phrase(token: Token) -> tuple[int, int]:
    """First and last token of the noun phrase headed by ``token``, its relative clauses and appositions left out."""
    keep = {token.i}
    stop = ("relcl", "appos", "advcl", "parataxis", "punct", "cc", "conj", "ccomp")
    frontier = [token]
    while frontier:
        current = frontier.pop()
        for child in children(current):
            if child.dep_ == "acl" and child.tag_ in ("VBN", "VBD"):
                continue
            if child.dep_ == "prep" and (
                child.lower_ in _ADJUNCTS
                or (child.lower_ == "without" and any(g.dep_ == "pcomp" for g in children(child)))
                or any(g.ent_type_ in ("DATE", "TIME") or g.lemma_.lower() in CHANNELS for g in children(child))
            ):
                continue
            if child.dep_ == "ccomp" and current.lemma_ in ("let", "make", "help") and current != token:
                pass  # "plans to let the police hold suspects"
            elif child.dep_ in stop and not (child.dep_ == "punct" and child.text in "'\"-"):
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


def own_objects(verb: Token) -> list[Token]:
    """The verb's own direct object or passive subject, nothing inferred."""
    if is_passive(verb):
        return [with_antecedent(c) for c in children(verb) if c.dep_ == "nsubjpass"]
    own = [with_antecedent(c) for c in children(verb) if c.dep_ == "dobj"]
    if not own and verb.dep_ == "relcl" and lacks_object(verb):
        return [verb.head]  # "the tax cuts he was promising"
    return own


def particle_fits(verb: Token, particle: str) -> bool:
    """Whether the verb goes with the particle that a pattern wants, and with no other: "stand down" is no "stand"."""
    if " " in particle:
        return _followed_by(verb, particle.split())
    if particle and not has_particle(verb, particle):
        return False
    if particle == "for" and verb.lemma_ == "call" and any(c.dep_ in ("dobj", "oprd") for c in children(verb)):
        return False  # "called Biden a Trojan horse for socialism"
    others = {c.lower_ for c in children(verb) if c.dep_ == "prt"} - {particle}
    return not others or (bool(particle) and others <= {particle})


def sentence(token: Token) -> Span:
    """The sentence of a token, made once for all its tokens."""
    known: dict[int, Span] = token.doc.user_data.setdefault("sentences", {})
    found = known.get(token.i)
    if found is None:
        found = token.sent
        known.update(dict.fromkeys(range(found.start, found.end), found))
    return found


def spotted(doc: Doc, words: Collection[str], attribute: int = LOWER) -> Iterator[Token]:
    """The tokens with one of some words, in lower case, found without a walk over the others; or with one of some
    values of another of spaCy's attributes, such as DEP."""
    known: dict[int, dict[int, list[int]]] = doc.user_data.setdefault("places", {})
    if attribute not in known:
        places = known[attribute] = defaultdict(list)
        for index, value in enumerate(doc.to_array(attribute).tolist()):
            places[value].append(index)
    found = (known[attribute].get(doc.vocab.strings.add(word), ()) for word in frozenset(words))
    return (doc[i] for i in sorted(i for places in found for i in places))
