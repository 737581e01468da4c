"""Judging words: what a clause says, good or bad, of the actor that it is about.

Every form gives (relation, targets, confidence, topic): predicates ("X is weak"), owned nouns ("X's failure"), verbs
("X betrayed us"), and light verbs whose weight is in the noun ("X has no plan").
"""

from collections.abc import Sequence

from spacy.tokens import Token

from graphbuild.extract.article.arguments import RELATED_PEOPLE
from graphbuild.extract.article.context import Context
from graphbuild.extract.article.factuality import is_question
from graphbuild.extract.speech.deeds import anti, deed, whole
from graphbuild.extract.speech.told_deeds import told_before
from graphbuild.extract.syntax import grammar, participants
from graphbuild.extract.syntax.grammar import children
from graphbuild.extract.syntax.phrases import phrase_text
from graphbuild.model import GROUP, ORGANISATION, PERSON, Entity

Judgement = tuple[str, list[Entity], float, str]


def judgement(token: Token, context: Context) -> Judgement | None:
    """(relation, targets, confidence, topic) of a judging word, or None."""
    lemma = token.lemma_.lower()
    words = context.wording.words
    if is_question(token):
        return None
    if token.dep_ == "advcl" and token.tag_ == "VBG":
        return None  # "said Bush can win, dismissing the notion": whose doing it is, the parse does not tell
    if token.tag_ == "VBN" and token.lower_ in words("negative_adjectives") and _is_state(token):
        return judged("criticises", participants.surface_subjects(token), context, 0.6)  # "is obsessed with"
    if token.pos_ in ("VERB", "AUX"):
        if _of_others_will(token) or _only_thought_of(token, context):
            return None
        negative = is_negated(token)
        relation = deed(token, negative, context)
        if relation and not (is_hypothetical_clause(token) or (relation == "praises" and not _is_asserted(token))):
            found = judged(relation, _doers(token), context, 0.6)
            if found:
                return found
        if lemma in words("wrongdoing_verbs") and not negative and not is_hypothetical_clause(token):
            found = judged("accuses", participants.agents(token), context, 0.6)
            return (*found[:3], phrase_text(token)) if found else None
        if (lemma in words("negative_verbs") and not negative) or (negative and _is_duty(token, words("duty_verbs"))):
            if is_hypothetical_clause(token):
                return None
            heads = participants.agents(token) if lemma not in ("trust", "believe") else participants.patients(token)
            return judged("criticises", heads, context, 0.6)
        found = _shows_ill(token, context)
        if found:
            return found
        refused = token.dep_ == "xcomp" and token.head.lemma_.lower() in (
            "refuse",
            "decline",
            "neglect",
            "unwilling",
            "forget",
        )
        if (
            refused
            and not is_negated(token.head)
            and not is_hypothetical_clause(token)
            and _is_duty(token, words("duty_verbs"))
        ):
            return judged("criticises", participants.surface_subjects(token), context, 0.58)  # "refused to listen"
        failed = token.dep_ == "xcomp" and token.head.lemma_.lower() in words("negative_implicatives")
        if lemma in words("positive_verbs") and not negative and not failed and not is_hypothetical_clause(token):
            return judged("praises", participants.agents(token), context, 0.3)
        return None
    if lemma in ("slow", "late", "quick") and token.dep_ == "acomp" and (copula := _copula(token)) is not None:
        late = any(c.dep_ in ("xcomp", "prep") and c.i > token.i for c in children(token)) and lemma != "quick"
        if late and not is_negated(copula) and not is_hypothetical_clause(copula):
            return judged("criticises", participants.surface_subjects(copula), context, 0.6)  # "was slow to act"
    if token.pos_ == "NOUN" and token.dep_ == "pobj" and lemma in words("negative_nouns"):
        return _one_of_them(token, context) or _attributive(token, context)
    if token.pos_ == "ADJ" and token.dep_ in ("acomp", "oprd", "attr", "ROOT", "ccomp", "conj"):
        return _predicate(token, "negative_adjectives", "positive_adjectives", context)
    if token.pos_ in ("NOUN", "NUM") and token.dep_ in ("attr", "oprd", "ROOT", "ccomp", "conj"):
        found = _predicate(token, "negative_nouns", "positive_nouns", context)
        if not found and token.tag_ == "NN" and not any(c.dep_ == "det" for c in children(token)):
            found = _predicate(token, "negative_adjectives", "positive_nouns", context)  # "rudderless", read as a noun
        if found:
            return found
    return _attributive(token, context)


def _is_state(participle: Token) -> bool:
    return grammar.is_passive(participle) and not (
        is_negated(participle) or is_hypothetical_clause(participle) or grammar.by_agents(participle)
    )


_ATTEMPTS = frozenset("attempt effort plan bid move decision campaign scheme plot desire intention willingness".split())


def _of_others_will(verb: Token) -> bool:
    """Deeds that somebody else lets or makes one do ("lets agents do their job", "encouraged him to lie") and mere
    purposes ("obstruction to hamper the probe")."""
    above = verb.head
    if verb.dep_ == "ccomp" and above.lemma_ in ("let", "make", "help", "watch", "see"):
        return True
    if verb.dep_ in ("xcomp", "ccomp") and above.lemma_ in participants.OBJECT_CONTROL and verb.tag_ == "VB":
        return above.lemma_ not in ("need", "want", "expect") and any(c.dep_ == "dobj" for c in children(above))
    if verb.tag_ != "VB" or not any(c.lower_ == "to" and c.dep_ == "aux" for c in children(verb)):
        return False
    return verb.dep_ == "acl" and above.lemma_.lower() not in _ATTEMPTS and above.pos_ == "NOUN"


def _only_thought_of(verb: Token, context: Context) -> bool:
    """ "any thought of selling the company"."""
    if verb.dep_ != "pcomp" or verb.head.lower_ != "of":
        return False
    noun = verb.head.head
    return noun.pos_ == "NOUN" and noun.lemma_.lower() in context.wording.words("mere_thoughts")


def _is_asserted(verb: Token) -> bool:
    """Whether somebody does it: no infinitive ("failed to lead"), no duty, no possibility."""
    lead = verb
    while lead.dep_ == "conj" and lead.head.pos_ in ("VERB", "AUX") and lead.tag_ == lead.head.tag_:
        lead = lead.head
    helpers = {c.lower_ for c in children(lead) if c.dep_ in ("aux", "neg", "cc", "preconj")}
    return lead.tag_ != "VB" or bool(helpers & {"will", "would", "'ll", "did", "does", "do"})


def _doers(verb: Token) -> list[Token]:
    """Whose deed it is: the logical subject, also of "have failed to lead" and "is unable to lead"."""
    if verb.lemma_ in ("involve", "engage", "implicate") and grammar.is_passive(verb):
        return participants.surface_subjects(verb)  # "was involved in a cover-up"
    return participants.agents(verb)


def _is_duty(verb: Token, duties: frozenset[str]) -> bool:
    lemma = verb.lemma_.lower()
    return lemma in duties or any(
        f"{lemma} {c.lower_}" in duties for c in children(verb) if c.dep_ in ("prt", "prep", "advmod")
    )


def _shows_ill(verb: Token, context: Context) -> Judgement | None:
    """ "Labour's rule was characterised by lost trust", "Tory plans would cause failure"."""
    if (
        verb.lemma_.lower() not in context.wording.words("showing_verbs")
        or is_negated(verb)
        or is_hypothetical_clause(verb)
    ):
        return None
    ill = grammar.own_objects(verb) if not grammar.is_passive(verb) else grammar.by_agents(verb)
    for preposition in ("in", "to", "as", "into"):
        ill += grammar.prepositional(verb, preposition)
    for head in ill:
        for part in grammar.conjuncts(head):
            modifiers = {whole(c) for c in children(part) if c.dep_ == "amod"}
            if part.lemma_.lower() in context.wording.words("negative_nouns") or modifiers & context.wording.words(
                "negative_adjectives"
            ):
                return judged("criticises", participants.surface_subjects(verb), context, 0.55)
    return None


# "is far from ready to lead", "incapable of leading", "falls short of leading"
_FAR_FROM = frozenset({("far", "from"), ("incapable", "of"), ("short", "of")})


def is_negated(token: Token) -> bool:
    """Whether a word is denied: by "not" or "never", by "far from", or by "does not think that" above it."""
    if any(c.dep_ == "neg" or c.lower_ == "never" or _no_longer(c) for c in children(token)):
        return True
    if any(
        g.lower_ in ("neither", "nobody")
        for c in children(token)
        if c.dep_ in grammar.SUBJECTS
        for g in (c, *children(c))
    ):
        return True
    if token.dep_ == "pcomp" and (token.head.head.lower_, token.head.lower_) in _FAR_FROM:
        return True
    above = token.head
    return (
        token.dep_ == "ccomp" and above.lemma_ in ("think", "believe") and any(c.dep_ == "neg" for c in children(above))
    )


def _no_longer(adverb: Token) -> bool:
    return adverb.lower_ == "longer" and any(c.lower_ == "no" for c in children(adverb))


# What somebody calls untrue: "this fiction that Obama doesn't know what he is doing".
_UNTRUE = frozenset({"fiction", "myth", "lie", "falsehood", "notion", "fallacy", "pretence", "pretense", "nonsense"})


def is_not_meant(token: Token, quoted: bool) -> bool:
    """Whether the words are not the speaker's own judgement: a relative clause in indirect speech (the reporter's
    words), or a claim that he calls untrue or puts down to others ("accused of")."""
    for node in (token, *token.ancestors):
        told = grammar.tells(node) or node.head.lower_ == "time"  # "it was time the government listened"
        if node.dep_ == "relcl" and not quoted and node.tag_ != "VB" and not told:
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
    if token.dep_ == "xcomp" and token.head.pos_ == "VERB" and is_hypothetical_clause(token.head):
        return True  # "if he continues to fumble"
    return any(
        (c.dep_ in ("mark", "prep") and c.lower_ in ("if", "unless", "whether", "provided", "providing"))
        or (c.dep_ == "aux" and (c.lower_ in ("might", "may") or (c.lower_ == "could" and not is_negated(token))))
        for c in children(token)
    )


def judged(relation: str, heads: Sequence[Token], context: Context, confidence: float) -> Judgement | None:
    targets = [
        e
        for head in heads
        if head.lower_ not in ("i", "we", "you", "it", "this", "that") or head.i in context.arguments.spoken_of
        for e in context.arguments.entities(head, types=(PERSON, ORGANISATION, GROUP), via=True, doers=True)
    ] or [e for head in heads if head.pos_ == "NOUN" for e in told_before(head, context.arguments, context.speech)]
    return (relation, targets, confidence, "") if targets else None


def _copula(token: Token) -> Token | None:
    node = token
    while node.dep_ == "conj":
        node = node.head
    if node.head.pos_ in ("AUX", "VERB") and node.dep_ in ("acomp", "attr", "oprd"):
        return node.head
    return node if any(c.dep_ in ("nsubj", "cop") for c in children(node)) else None


_CLAIMS = frozenset(
    """claim allegation accusation suggestion assertion charge statement remark comment report story figure account version
    argument contention narrative portrayal characterisation characterization rumour rumor""".split()
)


def claim_denied(heads: Sequence[Token], context: Context) -> Judgement | None:
    """Whose claims are said to be untrue, when it is claims that are spoken of."""
    said = any(h.lemma_.lower() in _CLAIMS for h in heads)
    return judged("denies_claim_of", heads, context, 0.65) if said else None


def _one_of_them(token: Token, context: Context) -> Judgement | None:
    """ "is among a parade of charlatans", "is part of the swamp", "behaves like a bully"."""
    node = token.head
    if node.lower_ == "of" and node.head.pos_ == "NOUN":
        group = node.head
        if group.lower_ == "part" and group.dep_ == "attr":
            return _of_copula(group.head, token, context)
        node = group.head
    if node.dep_ != "prep" or node.head.pos_ not in ("VERB", "AUX"):
        return None
    verb = node.head
    among = node.lower_ == "among" and verb.lemma_ == "be"
    like = node.lower_ == "like" and verb.lemma_.lower() in ("be", "behave", "act", "sound", "look", "talk", "conduct")
    return _of_copula(verb, token, context) if among or like else None


def _of_copula(verb: Token, token: Token, context: Context) -> Judgement | None:
    if is_negated(verb) or is_hypothetical_clause(verb):
        return None
    return judged("criticises", participants.surface_subjects(verb), context, 0.6)


def _predicate(token: Token, negative: str, positive: str, context: Context) -> Judgement | None:
    """ "X is weak", "X is a disgrace"; a negated judgement is dropped, not turned round."""
    lemma = token.lemma_.lower()
    if (
        lemma in ("guilty", "complicit", "corrupt", "culpable", "crooked")
        and (copula := _copula(token)) is not None
        and not (is_negated(copula) or is_hypothetical_clause(copula))
    ):
        return judged("accuses", participants.surface_subjects(copula), context, 0.65)
    is_negative, is_positive = _valence(token, negative, positive, context)
    if lemma in context.wording.words("bad_ends"):
        is_negative = _bad_end(token, context)  # "responsible for the mess", "more interested in X than in Y"
    if is_negative == is_positive and (is_negative or lemma not in context.wording.words("needed_adjectives")):
        return None
    copula = _copula(token)
    if copula is None or is_hypothetical_clause(copula):
        return None
    if copula.dep_ == "xcomp" and copula.head.lemma_.lower() in context.wording.words("striving_verbs"):
        return None  # "wants to be a tough guy"
    if (
        copula.tag_ == "VB"
        and copula.dep_ in ("ROOT", "ccomp")
        and not any(c.dep_ in ("nsubj", "aux") for c in children(copula))
    ):
        return None  # "be my hero"
    if any(c.dep_ == "aux" and c.lower_ in ("must", "should", "ought", "shall") for c in children(copula)):
        return None  # "must be as aggressive"
    if is_negated(copula) or is_negated(token) or any(c.dep_ == "det" and c.lower_ == "no" for c in children(token)):
        if is_negative:
            return None
        is_negative = True
    elif not is_positive and not is_negative:
        return None
    reflects = is_negative and lemma in context.wording.words("reflecting")
    for_whom = grammar.prepositional(token, "for") if reflects else []
    if for_whom and context.arguments.entities(for_whom[0], types=(PERSON, ORGANISATION)):
        return judged("criticises", for_whom, context, 0.6)  # "the decision is damning for Braverman"
    heads = (
        participants.surface_subjects(copula) if copula != token else [c for c in children(token) if c.dep_ == "nsubj"]
    )
    # "what Trump said was inappropriate"
    heads = heads or [h for c in children(copula) if c.dep_ == "csubj" for h in children(c) if h.dep_ == "nsubj"]
    if not heads and any(c.dep_ in ("nsubj", "expl") and c.lower_ in ("it", "this", "that") for c in children(copula)):
        # "it is shameful that Patel refuses to apologise": judged is who does it
        clauses = [
            c
            for c in (*children(copula), *children(token))
            if c.dep_ in (("ccomp", "xcomp", "advcl") if is_negative else ("ccomp",)) and c.i > token.i
        ]
        heads = [h for c in clauses for h in children(c) if h.dep_ == "nsubj"]
    untrue = is_negative and lemma in context.wording.words("untrue_of_claims")
    denied = claim_denied(heads, context) if untrue else None
    if denied is not None:
        return denied
    if not is_negative and not _of_a_person(heads, token, context):
        return None
    return judged("criticises" if is_negative else "praises", heads, context, 0.65)


def _bad_end(token: Token, context: Context) -> bool:
    if token.lemma_ == "interested":
        return any(c.lower_ == "more" for c in children(token)) and any(t.lower_ == "than" for t in token.subtree)
    ills = context.wording.words("negative_nouns") | context.wording.words("ills")
    return any(h.lemma_.lower() in ills for p in ("for", "of", "in", "to") for h in grammar.prepositional(token, p))


def _valence(token: Token, negative: str, positive: str, context: Context) -> tuple[bool, bool]:
    """Whether a predicate blames, and whether it praises, by its own word or by an adjective before it."""
    named = {token.lemma_.lower(), whole(token), f"{token.doc[max(token.i - 1, 0)].lower_} {token.lemma_.lower()}"}
    lemma = token.lemma_.lower()
    modifiers = [c for c in children(token) if c.dep_ == "amod" and not anti(c)]
    is_negative = (
        not named.isdisjoint(context.wording.words(negative))
        or _wants(token, context)
        or any(whole(m) in context.wording.words("negative_adjectives") for m in modifiers)
    )
    if token.pos_ == "ADJ" and any(
        c.dep_ == "advmod" and c.lower_ == "too" and c.i == token.i - 1 for c in children(token)
    ):
        is_negative = lemma not in ("kind", "modest", "early", "late", "far", "close", "busy", "good", "ill", "tired")
    is_positive = lemma in context.wording.words(positive) or any(
        whole(m) in context.wording.words("positive_adjectives") for m in modifiers
    )
    if token.lower_ == "one" or lemma == "example":
        # "is one of our most distinguished senators"
        among = grammar.prepositional(token, "of")[:1]
        is_positive = is_positive or any(
            whole(c) in context.wording.words("positive_adjectives") for t in among for c in children(t)
        )
        is_negative = is_negative or any(
            whole(c) in context.wording.words("negative_adjectives") for t in among for c in children(t)
        )
    return is_negative, is_positive


def _wants(noun: Token, context: Context) -> bool:
    """ "a party without a purpose", "all talk and no action"."""
    without = grammar.prepositional(noun, "without") if noun.pos_ == "NOUN" else []
    lacked = any(t.lemma_.lower() in context.wording.words("wanted_qualities") for t in without)
    show = noun.lemma_ in context.wording.words("mere_show")
    return lacked or (show and any(c.lower_ == "all" for c in children(noun)))


def _of_a_person(heads: Sequence[Token], token: Token, context: Context) -> bool:
    """Whether a good word is one of praise: "make America great" and "all of whom are good men, but" are none."""
    if token.head.lemma_ == "make" or any(c.lower_ == "but" for t in (token, token.head) for c in children(t)):
        return False
    found = [e for h in heads for e in context.arguments.entities(h, via=True, doers=True)]
    return any(e.type != GROUP and e.kind != "country" for e in found)


def _attributive(token: Token, context: Context) -> Judgement | None:
    """ "Sunak's poor judgement", "Labour's failure to act", "chaos at the heart of Downing Street"."""
    if token.pos_ != "NOUN" or token.lemma_.lower() in RELATED_PEOPLE or _denied(token):
        return None
    words, data = context.wording.words, context.wording.data["judgements"]
    lemma = whole(token)
    modifiers = {whole(c) for c in children(token) if c.dep_ == "amod" and not anti(c)}
    faint = lemma in data["measures"] and bool(modifiers & set(data["faint_adjectives"]))
    failing = lemma in data["failings"]
    negative = lemma in words("negative_nouns") or failing or faint or bool(modifiers & words("negative_adjectives"))
    positive = bool(modifiers & words("positive_adjectives"))
    if negative == positive:
        return None
    owners = [c for c in children(token) if c.dep_ == "poss"]
    if not owners and (failing or lemma in words("negative_nouns")):
        owners = _seat_of(token, failing, context) or _made_by(token)
    if not owners and negative:
        owners = grammar.prepositional(token, "by")  # "a desperate attempt by Collins"
    if not owners and context.arguments.mentions_at(token):
        owners = [token]
    if positive and not _of_a_person(owners, token, context):
        return None
    return judged("criticises" if negative else "praises", owners, context, 0.55) if owners else None


_MAKING = frozenset("make create cause leave bequeath inflict commit unleash peddle spread tell pedal".split())


def _made_by(noun: Token) -> list[Token]:
    """Whose doing it is: "the mistakes made by X", "the chaos that X has caused"."""
    for clause in children(noun):
        if clause.dep_ in ("acl", "relcl") and clause.lemma_.lower() in _MAKING:
            found = grammar.by_agents(clause) or [
                c for c in children(clause) if c.dep_ == "nsubj" and c.lower_ not in grammar.RELATIVE
            ]
            if found:
                return found
    return []


def _denied(noun: Token) -> bool:
    """ "the idea that there is no chaos", "not a failure of the government"."""
    return any((c.dep_ == "det" and c.lower_ == "no") or c.dep_ == "neg" for c in children(noun))


def _seat_of(noun: Token, failing: bool, context: Context) -> list[Token]:
    """Whose or where the failing is: "the failure of the government", "chaos in Downing Street"."""
    if failing:
        for preposition in ("of", "by", "from", "on_the_part_of"):
            found = grammar.prepositional(noun, preposition)[:1]
            if found:
                return found
    for preposition in ("in", "at", "inside", "within", "under"):
        for place in grammar.prepositional(noun, preposition)[:1]:
            inner = (
                grammar.prepositional(place, "of")[:1] if place.lemma_ in ("heart", "top", "core", "rank") else [place]
            )
            bodies = [
                h
                for h in inner
                if any(e.kind != "country" for e in context.arguments.entities(h, types=(ORGANISATION,)))
            ]
            people = preposition == "under" and [h for h in inner if context.arguments.entities(h, types=(PERSON,))]
            if bodies or people:
                return bodies or people or []
    return []
