"""What a speaker says *of somebody else*: criticism, praise and demands inside reported speech.

"Mr Anwar said Mr Starmer had failed to listen" -> criticises; "He is a decent man" -> praises; "The president must
stop this" -> urges; "she should go" -> calls_to_resign. Only an evaluative word whose subject (or owner) is a named
actor counts: bare negation in speech is no criticism. The article's own voice judges nobody.
"""

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from graphbuild.extract import grammar
from graphbuild.extract.arguments import RELATED_PEOPLE
from graphbuild.extract.events import Context, make_context, make_statement
from graphbuild.extract.factuality import factuality, is_question
from graphbuild.extract.phrases import phrase_text
from graphbuild.model import GROUP, ORGANISATION, PERSON, Article, Entity, Mention, Statement
from graphbuild.ontology import Ontology

_OBLIGATION_VERBS = frozenset({"need", "have"})


def evaluation(doc: Doc, article: Article, mentions: Sequence[Mention], ontology: Ontology) -> Iterator[Statement]:
    """Statements made by judging words inside quotations and indirect speech."""
    context = make_context(doc, article, mentions, ontology)
    judged_already: set[tuple[int, str]] = set()
    context.arguments.spoken_of.update(_spoken_of(context))
    for token in doc:
        if token.pos_ not in ("VERB", "ADJ", "NOUN", "AUX", "ADV"):
            continue
        judged = _judgement(token, context)
        if judged is None:
            continue
        relation, targets, confidence, topic = judged
        said = context.speech.attribution(token)
        if said is None or said.speaker is None or _is_outlet(said.speaker, context) or _not_meant(token, said.quoted):
            continue
        modality = "actual"
        if said.cue is not None and doc[said.cue].lower_ != "according":
            polarity, modality = factuality(doc[said.cue], context.wording)
            if polarity == "negative" or doc[said.cue].lemma_.lower() in (
                "deny",
                "admit",
                "concede",
                "apologise",
                "apologize",
                "joke",
            ):
                continue
        for target in targets:
            if target.id != said.speaker.id:
                judged_already.add((token.sent.start, target.id))
                yield make_statement(
                    relation, said.speaker, target, token, context, polarity="positive", modality=modality, source=None,
                    role="", topic=topic, rule=f"evaluation/{token.lemma_.lower()}",
                    confidence=confidence if said.quoted else confidence - 0.05,
                )  # fmt: skip
    yield from _of_rivals(context, judged_already)


def _spoken_of(context: Context) -> Iterator[tuple[int, Entity]]:
    """Pronouns of a quotation that its reporting verb explains: "'She is fantastic,' he said of Patel"."""
    for quote in context.speech.quotes:
        if quote.cue is None:
            continue
        heads = [h for p in ("of", "about") for h in grammar.prepositional(context.doc[quote.cue], p)]
        people = [e for h in heads for e in context.arguments.entities(h, types=(PERSON,))]
        if len(people) == 1:
            for index in range(quote.first, quote.last + 1):
                if context.doc[index].lower_ in ("he", "she", "him", "her", "his"):
                    yield index, people[0]


def _of_rivals(context: Context, judged: set[tuple[int, str]]) -> Iterator[Statement]:
    """What somebody says of another party or its people, in a clause with words of blame and none of praise."""
    doc, words = context.doc, context.wording.words
    blame = words("negative_adjectives") | words("negative_nouns") | words("negative_verbs")
    praise = words("positive_adjectives") | words("positive_nouns")
    for token in doc:
        if token.i not in context.arguments.by_head or token.pos_ not in ("NOUN", "PROPN"):
            continue
        targets = [
            m.entity for m in context.arguments.mentions_at(token)
            if m.entity is not None and m.head == token.i and m.kind == "name" and m.type in (PERSON, ORGANISATION)
        ]  # fmt: skip
        if not targets or not _acts(token) or (token.sent.start, targets[0].id) in judged:
            continue
        said = context.speech.attribution(token)
        if (
            said is None
            or said.speaker is None
            or not _rivals(said.speaker, targets[0])
            or _not_meant(token, said.quoted)
        ):
            continue
        clause = _clause_of(token, said.cue)
        if clause is None or is_hypothetical_clause(clause) or is_question(clause):
            continue
        span = [
            t
            for t in clause.subtree
            if t.i != said.cue and not (t.dep_ in ("advcl", "relcl") and token not in t.subtree)
        ]
        if any(t.lemma_.lower() in praise and t.i != token.i for t in span):
            continue
        blamed = [
            t for t in span
            if t.lemma_.lower() in blame and t.pos_ in ("VERB", "ADJ", "NOUN") and not _negated(t) and t.i != said.cue
            and (t.pos_ != "VERB" or any(token in h.subtree for h in grammar.agents(t)))
        ]  # fmt: skip
        unable = (
            token.dep_ == "nsubj" and token.head == clause and _negated(clause) and _could_do_better(clause, context)
        )
        if not blamed and not unable:
            continue
        trigger = blamed[0] if blamed else clause
        modality = "actual"
        if said.cue is not None and doc[said.cue].lower_ != "according":
            polarity, modality = factuality(doc[said.cue], context.wording)
            if polarity == "negative":
                continue
        judged.add((token.sent.start, targets[0].id))
        yield make_statement(
            "criticises", said.speaker, targets[0], trigger, context, polarity="positive", modality=modality,
            source=None, role="", topic="", rule="evaluation/rival", confidence=0.5,
        )  # fmt: skip


def _could_do_better(verb: Token, context: Context) -> bool:
    """ "can't do this", "have no plan", "don't know": what is denied is something that one ought to do."""
    return any(c.dep_ == "aux" and c.lower_ in ("can", "ca", "could") for c in verb.children) or _duty(
        verb, context.wording.words("duty_verbs") | {"have", "know", "offer", "provide", "care", "work", "want"}
    )


_DOING = frozenset({"of", "by", "under", "for", "at", "as"})


def _acts(token: Token) -> bool:
    """Whether the phrase stands where a doer or an owner stands, not where somebody is done to."""
    if token.dep_ in ("dobj", "iobj", "dative"):
        return False
    return token.dep_ != "pobj" or token.head.lower_ in _DOING


def _rivals(speaker: Entity, target: Entity) -> bool:
    """Whether the two are of different parties, as far as known."""

    def party(entity: Entity) -> str:
        return entity.name if entity.kind == "party" else entity.party

    ours, theirs = party(speaker), party(target)
    return bool(ours and theirs and ours != theirs)


def _clause_of(token: Token, cue: int | None) -> Token | None:
    """The verb of the innermost finite clause around a token, below the reporting verb."""
    node = token
    while node.head != node:
        node = node.head
        if node.i == cue:
            return None
        if node.pos_ in ("VERB", "AUX") and (
            node.tag_ in ("VBD", "VBP", "VBZ", "MD") or any(c.dep_ in grammar.SUBJECTS for c in node.children)
        ):
            return node
    return None


def _is_outlet(entity: Entity, context: Context) -> bool:
    """Newspapers report judgements; they do not make them by that."""
    return entity.type == ORGANISATION and bool(
        set(entity.name.casefold().split()) & context.wording.words("outlet_words")
    )


def _judgement(token: Token, context: Context) -> tuple[str, list[Entity], float, str] | None:
    """(relation, targets, confidence, topic) of a judging word, or None."""
    lemma = token.lemma_.lower()
    words = context.wording.words
    demanded = _demand(token, context)
    if demanded is not None:
        return demanded
    if is_question(token):
        return None
    if token.dep_ == "advcl" and token.tag_ == "VBG":
        return None  # "said Bush can win, dismissing the notion": whose doing it is, the parse does not tell
    if token.pos_ in ("VERB", "AUX"):
        negative = _negated(token)
        found = _light(token, negative, context)
        if found:
            return found
        if lemma in words("wrongdoing_verbs") and not negative and not is_hypothetical_clause(token):
            found = _target("accuses", grammar.agents(token), context, 0.6, token)
            return (*found[:3], phrase_text(token)) if found else None
        if (lemma in words("negative_verbs") and not negative) or (_duty(token, words("duty_verbs")) and negative):
            if is_hypothetical_clause(token):
                return None
            heads = grammar.agents(token) if lemma != "trust" else grammar.patients(token)
            return _target("criticises", heads, context, 0.6, token)
        found = _shows_ill(token, context)
        if found:
            return found
        failed = token.dep_ == "xcomp" and token.head.lemma_.lower() in words("negative_implicatives")
        if lemma in words("positive_verbs") and not negative and not failed and not is_hypothetical_clause(token):
            return _target("praises", grammar.agents(token), context, 0.3, token)
        return None
    if token.pos_ == "ADJ" and token.dep_ in ("acomp", "oprd", "attr", "ROOT", "ccomp", "conj"):
        return _predicate(token, "negative_adjectives", "positive_adjectives", context)
    if token.pos_ == "NOUN" and token.dep_ in ("attr", "oprd", "ROOT", "ccomp", "conj"):
        found = _predicate(token, "negative_nouns", "positive_nouns", context)
        if found:
            return found
    return _attributive(token, context)


# What a politician who loses it is blamed for.
_HOLDS = frozenset(
    "control grip touch way plot authority credibility nerve trust respect mandate bearing bottle".split()
)


def _whole(token: Token) -> str:
    """The lemma of a noun with what a hyphen ties to it: "cover-up"."""
    doc, i = token.doc, token.i
    tied = i >= 2 and doc[i - 1].text == "-" and not doc[i - 2].whitespace_
    return f"{doc[i - 2].lower_}-{token.lemma_.lower()}" if tied else str(token.lemma_.lower())


_CODES = frozenset("law rule code oath constitution lockdown regulation protocol".split())


_LIGHT = frozenset(
    """let lose have show offer lack do make deliver run engage involve indulge participate collude break breach flout
    violate be""".split()
)


def _light(verb: Token, negative: bool, context: Context) -> tuple[str, list[Entity], float, str] | None:
    """Judgements whose weight is not in the verb: "let us down", "has no plan", "is doing a great job", "broke the
    code", "is in denial"."""
    lemma, words = verb.lemma_.lower(), context.wording.words
    if lemma not in _LIGHT or is_hypothetical_clause(verb):
        return None
    heads = grammar.agents(verb)
    if lemma == "let" and not negative and any(c.lower_ == "down" for c in verb.children):
        return _target("criticises", heads, context, 0.6, verb)
    objects = [c for c in verb.children if c.dep_ == "dobj"]
    if lemma == "lose" and not negative and any(t.lemma_.lower() in _HOLDS for t in objects):
        return _target("criticises", heads, context, 0.6, verb)
    if lemma in ("have", "show", "offer", "lack") and (lemma == "lack" or not negative):
        for thing in objects:
            without = lemma == "lack" or any(c.dep_ == "det" and c.lower_ == "no" for c in thing.children)
            if without and thing.lemma_.lower() in words("wanted_qualities"):
                return _target("criticises", heads, context, 0.6, verb)
    if lemma in ("do", "make", "have", "deliver", "run", "show") and not negative:
        for thing in objects:
            modifiers = {c.lemma_.lower() for c in thing.children if c.dep_ == "amod" and not _anti(c)}
            good, bad = modifiers & words("positive_adjectives"), modifiers & words("negative_adjectives")
            if bool(good) != bool(bad) and thing.lemma_.lower() in (
                "job",
                "work",
                "record",
                "campaign",
                "leadership",
                "choice",
                "decision",
                "mistake",
                "call",
                "contribution",
                "difference",
                "thing",
            ):
                return _target("praises" if good else "criticises", heads, context, 0.6, verb)
    if lemma in ("engage", "involve", "indulge", "participate", "collude") and not negative:
        for thing in grammar.prepositional(verb, "in"):
            if _whole(thing) in words("negative_nouns") or _whole(thing) in words("wrongdoing_nouns"):
                return _target("accuses", heads, context, 0.6, verb)
    if (
        lemma in ("break", "breach", "flout", "violate")
        and not negative
        and any(t.lemma_.lower() in _CODES for t in objects)
    ):
        return _target("accuses", heads, context, 0.65, verb)
    if lemma == "be" and not negative:
        for preposition in (
            c
            for c in verb.children
            if c.dep_ == "prep" and c.lower_ in ("in", "out", "at", "beneath", "beyond", "under")
        ):
            if any(f"{preposition.lower_} {t.lemma_.lower()}" in words("sorry_states") for t in preposition.subtree):
                return _target("criticises", grammar.surface_subjects(verb), context, 0.6, verb)
    return None


def _duty(verb: Token, duties: frozenset[str]) -> bool:
    lemma = verb.lemma_.lower()
    return lemma in duties or any(
        f"{lemma} {c.lower_}" in duties for c in verb.children if c.dep_ in ("prt", "prep", "advmod")
    )


def _shows_ill(verb: Token, context: Context) -> tuple[str, list[Entity], float, str] | None:
    """ "Labour's rule was characterised by lost trust", "Tory plans would cause failure"."""
    if (
        verb.lemma_.lower() not in context.wording.words("showing_verbs")
        or _negated(verb)
        or is_hypothetical_clause(verb)
    ):
        return None
    ill = grammar.own_objects(verb) if not grammar.is_passive(verb) else grammar.by_agents(verb)
    for preposition in ("in", "to", "as", "into"):
        ill += grammar.prepositional(verb, preposition)
    for head in ill:
        for part in grammar.conjuncts(head):
            modifiers = {c.lemma_.lower() for c in part.children if c.dep_ == "amod"}
            if part.lemma_.lower() in context.wording.words("negative_nouns") or modifiers & context.wording.words(
                "negative_adjectives"
            ):
                return _target("criticises", grammar.surface_subjects(verb), context, 0.55, verb)
    return None


def _negated(token: Token) -> bool:
    """Whether a word is denied: by "not" or "never", by "far from", or by "does not think that" above it."""
    if any(c.dep_ == "neg" or c.lower_ == "never" for c in token.children):
        return True
    if token.dep_ == "pcomp" and token.head.lower_ == "from" and token.head.head.lower_ == "far":
        return True
    above = token.head
    return (
        token.dep_ == "ccomp" and above.lemma_ in ("think", "believe") and any(c.dep_ == "neg" for c in above.children)
    )


# What somebody calls untrue: "this fiction that Obama doesn't know what he is doing".
_UNTRUE = frozenset({"fiction", "myth", "lie", "falsehood", "notion", "fallacy", "pretence", "pretense", "nonsense"})


def _not_meant(token: Token, quoted: bool) -> bool:
    """Whether the words are not the speaker's own judgement: a relative clause in indirect speech (the reporter's
    words), or a claim that he calls untrue or puts down to others ("accused of")."""
    for node in (token, *token.ancestors):
        if node.dep_ == "relcl" and not quoted and node.tag_ != "VB":
            return True
        if node.dep_ in ("acl", "ccomp") and node.head.lemma_.lower() in _UNTRUE:
            return True
        if (
            node.dep_ == "pcomp"
            and node.head.lower_ == "of"
            and node.head.head.lemma_ in ("accuse", "accusation", "allegation")
        ):
            return True
    return False


def is_hypothetical_clause(token: Token) -> bool:
    return any(
        (c.dep_ == "mark" and c.lower_ in ("if", "unless", "whether"))
        or (c.dep_ == "aux" and c.lower_ in ("could", "might", "may"))
        for c in token.children
    )


def _target(
    relation: str, heads: Sequence[Token], context: Context, confidence: float, token: Token
) -> tuple[str, list[Entity], float, str] | None:
    targets = [
        e
        for head in heads
        if head.lower_ not in ("i", "we", "you", "it", "this", "that")
        for e in context.arguments.entities(head, types=(PERSON, ORGANISATION, GROUP), via=True)
    ]
    return (relation, targets, confidence, "") if targets else None


def _anti(word: Token) -> bool:
    """ "non-racist", "anti-corrupt"."""
    return word.i >= 2 and word.nbor(-1).text == "-" and word.nbor(-2).lower_ in ("non", "anti", "counter")


def _copula(token: Token) -> Token | None:
    node = token
    while node.dep_ == "conj":
        node = node.head
    if node.head.pos_ in ("AUX", "VERB") and node.dep_ in ("acomp", "attr", "oprd"):
        return node.head
    return node if any(c.dep_ in ("nsubj", "cop") for c in node.children) else None


def _predicate(
    token: Token, negative: str, positive: str, context: Context
) -> tuple[str, list[Entity], float, str] | None:
    """ "X is weak", "X is a disgrace"; a negated judgement is dropped, not turned round."""
    lemma = token.lemma_.lower()
    if lemma in ("guilty", "complicit") and (copula := _copula(token)) is not None and not _negated(copula):
        return _target("accuses", grammar.surface_subjects(copula), context, 0.65, token)
    modifiers = [c for c in token.children if c.dep_ == "amod" and not _anti(c)]
    is_negative = lemma in context.wording.words(negative) or any(
        m.lemma_.lower() in context.wording.words("negative_adjectives") for m in modifiers
    )
    is_positive = lemma in context.wording.words(positive) or any(
        m.lemma_.lower() in context.wording.words("positive_adjectives") for m in modifiers
    )
    if is_negative == is_positive:
        return None
    copula = _copula(token)
    if copula is None or is_hypothetical_clause(copula):
        return None
    if _negated(copula) or _negated(token) or any(c.dep_ == "det" and c.lower_ == "no" for c in token.children):
        if is_negative:
            return None
        is_negative = True
    heads = grammar.surface_subjects(copula) if copula != token else [c for c in token.children if c.dep_ == "nsubj"]
    if not heads and any(c.dep_ in ("nsubj", "expl") and c.lower_ in ("it", "this", "that") for c in copula.children):
        # "it is shameful that Patel refuses to apologise": judged is who does it
        clauses = [
            c for c in (*copula.children, *token.children) if c.dep_ in ("ccomp", "xcomp", "advcl") and c.i > token.i
        ]
        heads = [h for c in clauses for h in c.children if h.dep_ == "nsubj"]
    return _target("criticises" if is_negative else "praises", heads, context, 0.65, token)


def _attributive(token: Token, context: Context) -> tuple[str, list[Entity], float, str] | None:
    """ "Sunak's poor judgement", "Labour's failure to act", "this failing SNP government"."""
    if token.pos_ != "NOUN" or token.lemma_.lower() in RELATED_PEOPLE:
        return None
    words = context.wording.words
    lemma = token.lemma_.lower()
    modifiers = {c.lemma_.lower() for c in token.children if c.dep_ == "amod" and not _anti(c)}
    owners = [c for c in token.children if c.dep_ == "poss"]
    negative = lemma in words("negative_nouns") or bool(modifiers & words("negative_adjectives"))
    positive = bool(modifiers & words("positive_adjectives"))
    if negative == positive:
        return None
    if not owners and lemma in words("negative_nouns"):
        owners = (
            [h for p in ("of", "by", "from") for h in grammar.prepositional(token, p)][:1]
            if lemma in ("failure", "incompetence", "hypocrisy", "arrogance", "weakness", "betrayal")
            else []
        )
    if not owners and context.arguments.mentions_at(token):
        owners = [token]
    return _target("criticises" if negative else "praises", owners, context, 0.55, token) if owners else None


def _demand(token: Token, context: Context) -> tuple[str, list[Entity], float, str] | None:
    """ "X should resign", "X must act", "it is time for X to go"."""
    if token.pos_ not in ("VERB", "AUX"):
        return None
    quits = _quits(token, context)
    if any(c.dep_ == "aux" and c.lower_ in context.wording.words("obligation") for c in token.children):
        heads = grammar.surface_subjects(token)
    elif token.dep_ == "xcomp" and token.head.lower_ == "ought":
        heads = grammar.surface_subjects(token.head)
    elif token.dep_ == "xcomp" and token.head.lemma_ in _OBLIGATION_VERBS and token.tag_ == "VB":
        told = token.head.dep_ == "ccomp" and token.head.lemma_ == "need"
        if token.head.lemma_ == "have" and any(c.dep_ == "dobj" for c in token.head.children):
            return None  # "has the nerve to run"
        if any(c.dep_ == "aux" for c in token.head.children) or (not quits and token.head.tag_ == "VBD" and not told):
            return None
        heads = grammar.surface_subjects(token.head)
    elif quits and token.tag_ == "VB" and any(t.lower_ == "time" for t in token.ancestors):
        heads = [c for c in token.children if c.dep_ in grammar.SUBJECTS]
    else:
        return None
    if _negated(token) or any(c.dep_ == "mark" and c.lower_ == "if" for c in token.children):
        return None
    if any(c.dep_ == "acomp" and c.lower_ in ("ashamed", "embarrassed") for c in token.children):
        return _target("criticises", heads, context, 0.65, token)
    if any(c.lower_ == "have" and c.dep_ == "aux" for c in token.children):
        return _target("criticises", heads, context, 0.5, token) if not grammar.is_passive(token) else None
    if any(t.lower_ == "rather" and t.i < token.i for h in heads for t in h.subtree):
        return None  # "Blair rather than Howard should form the government"
    passive = grammar.is_passive(token)
    if passive and token.lemma_ not in (
        "force",
        "sack",
        "fire",
        "remove",
        "dismiss",
        "oust",
        "suspend",
        "impeach",
        "expel",
    ):
        return None
    relation = "calls_to_resign" if quits or passive else "urges"
    found = [
        e for head in heads if head.lower_ not in ("i", "we", "you", "it", "this", "that", "there")
        for e in context.arguments.entities(head, types=(PERSON, ORGANISATION, GROUP) if not quits else (PERSON, ORGANISATION))
    ]  # fmt: skip
    return (relation, found, 0.75 if relation == "calls_to_resign" else 0.65, phrase_text(token)) if found else None


def _quits(verb: Token, context: Context) -> bool:
    lemma = verb.lemma_.lower()
    for word in (*context.wording.words("quit_intransitive"), "go"):
        if not word.startswith(lemma):
            continue
        first, _, particle = word.partition(" ")
        if lemma == first and (not particle or grammar.has_particle(verb, particle)):
            after = ("prep", "advmod", "xcomp", "prt", "acomp")
            return lemma != "go" or not any(
                c.dep_ in after and c.lower_ not in ("now", "and", "immediately", "according", "after", "over", "today")
                for c in verb.children
            )
    if lemma in ("give", "hand", "relinquish", "surrender", "vacate", "leave", "quit"):
        posts = context.wording.words("post_nouns")
        return any(c.dep_ == "dobj" and c.lemma_.lower() in posts for c in verb.children)
    return lemma == "consider" and any(c.dep_ == "dobj" and c.lemma_ == "position" for c in verb.children)
