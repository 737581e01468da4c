"""Demands made in speech: "X must act", "X should resign", "it is time for X to go"."""

from spacy.tokens import Token

from graphbuild.extract.article.addressees import told_to
from graphbuild.extract.article.context import Context
from graphbuild.extract.speech.judgements import Judgement, is_negated, judged
from graphbuild.extract.speech.resignation_demands import ended, goes, overdue, quits
from graphbuild.extract.syntax import grammar, participants
from graphbuild.extract.syntax.grammar import children
from graphbuild.extract.syntax.phrases import phrase_text
from graphbuild.model import GROUP, ORGANISATION, PERSON

_OBLIGATION_VERBS = frozenset({"need", "have"})
# "He should be sacked" asks that he go, "he should be told" nothing of him.
_PUT_OUT = frozenset("force sack fire remove dismiss oust suspend impeach expel relieve replace recall".split())
_SACKING = frozenset("sack fire dismiss oust axe".split())


def spoken_demand(token: Token, context: Context) -> Judgement | None:
    """What the clause of a verb asks of an actor: "X should resign", "X must act", "it is time for X to go"."""
    going = quits(token, context.wording.words)
    over = ended(token, going)
    conditional = any(c.dep_ == "mark" and c.lower_ in ("if", "unless", "whether") for c in children(token))
    if over and (not conditional or token.head.lemma_ == "be"):
        return judged("calls_to_resign", over, context, 0.7)
    going = going or goes(token)
    heads = _obliged(token, going, context)
    if heads is None:
        return None
    heads = _who_is_told(token) or heads
    late = any(c.lower_ == "have" and c.dep_ == "aux" for c in children(token))
    if is_negated(token) and late and not grammar.is_passive(token):
        return judged("criticises", heads, context, 0.55)  # "should never have gone to war"
    if is_negated(token) or any(
        (c.dep_ == "mark" and c.lower_ == "if") or (c.dep_ == "advmod" and c.lower_ == "why") for c in children(token)
    ):
        return None
    if token.dep_ in ("ccomp", "xcomp", "advcl") and _is_judged(token, context):
        return None
    if token.lemma_ in ("stay", "remain") and not any(c.dep_ in ("acomp", "dobj") for c in children(token)):
        return None  # "he should stay": that is support
    if any(c.dep_ == "acomp" and c.lower_ in ("ashamed", "embarrassed") for c in children(token)):
        return judged("criticises", heads, context, 0.65)
    if late:
        relation = "calls_to_resign" if overdue(token, going) else "criticises"
        return judged(relation, heads, context, 0.6 if going else 0.5) if not grammar.is_passive(token) else None
    if any(t.lower_ == "rather" and t.i < token.i for h in heads for t in h.subtree):
        return None  # "Blair rather than Howard should form the government"
    passive = grammar.is_passive(token)
    if not passive and token.lemma_ in _SACKING:  # "May must sack Johnson": Johnson should go
        return judged("calls_to_resign", participants.patients(token), context, 0.65)
    if passive and not going and token.lemma_ not in _PUT_OUT:
        return None
    relation = "calls_to_resign" if going or passive else "urges"
    if relation == "urges" and token.head.lower_ == "time":  # "time for America to lead"
        heads = [h for h in heads if all(e.kind != "country" for e in context.arguments.entities(h))]
    found = told_to(heads) if relation == "urges" else []
    found = found or [
        e for head in heads
        if head.lower_ not in ("i", "we", "you", "it", "this", "that", "there") or head.i in context.arguments.spoken_of
        for e in context.arguments.entities(head, types=(PERSON, ORGANISATION, GROUP) if not going else (PERSON, ORGANISATION))
    ]  # fmt: skip
    return (relation, found, 0.75 if relation == "calls_to_resign" else 0.65, phrase_text(token)) if found else None


def _obliged(token: Token, going: bool, context: Context) -> list[Token] | None:
    """Heads of who is said to have to do something, or None where the clause speaks of no duty."""
    if any(c.dep_ == "aux" and c.lower_ in context.wording.words("obligation") for c in children(token)):
        return participants.surface_subjects(token)
    if token.dep_ == "xcomp" and token.head.lower_ == "ought":
        return participants.surface_subjects(token.head)
    if token.dep_ == "ccomp" and token.head.lemma_ == "hope" and _hoped(token):
        return participants.surface_subjects(token)
    if (
        token.dep_ in ("xcomp", "advcl") and token.head.lemma_ in _OBLIGATION_VERBS and token.tag_ == "VB"
        and (token.dep_ == "xcomp" or _needs_to(token.head))
    ):  # fmt: skip
        told = token.head.dep_ == "ccomp" and token.head.lemma_ == "need"
        if token.head.lemma_ == "have" and any(c.dep_ == "dobj" for c in children(token.head)):
            return None  # "has the nerve to run"
        if any(c.dep_ == "aux" for c in children(token.head)) or (not going and token.head.tag_ == "VBD" and not told):
            return None
        return participants.surface_subjects(token.head)
    if token.tag_ == "VBD" and token.head.lower_ == "time" and not any(c.dep_ == "det" for c in children(token.head)):
        return [c for c in children(token) if c.dep_ in grammar.SUBJECTS]  # "it's time Johnson came clean"
    if token.tag_ == "VB" and (
        token.head.lower_ == "time"
        or (going and any(t.lower_ == "time" for t in (*token.ancestors, *children(token.head))))
    ):
        return [c for c in children(token) if c.dep_ in grammar.SUBJECTS] or _told_the_time(token)
    if token.tag_ == "VB" and token.dep_ == "pcomp" and token.head.lower_ in ("but", "except") and going:
        return _without_choice(token, context)
    return _up_to(token)


def _who_is_told(token: Token) -> list[Token]:
    """ "told *Johnson* that he should go": who is told what he should do."""
    own = [c for c in children(token) if c.dep_ == "nsubj"]
    if token.dep_ != "ccomp" or token.head.lemma_ not in ("tell", "inform", "advise", "warn", "remind"):
        return []
    return participants.patients(token.head) if own and own[0].lower_ in ("he", "she", "they") else []


def _is_judged(token: Token, context: Context) -> bool:
    """ "it is unfair that he should stay": what should be is only found bad."""
    bad = context.wording.words("negative_adjectives")
    return any(c.dep_ == "acomp" and c.lemma_.lower() in bad for c in (token.head, *children(token.head)))


def _told_the_time(token: Token) -> list[Token]:
    """ "told *Cuomo* it was time to go"."""
    verb = next((t for t in token.ancestors if t.lemma_ == "tell"), None)
    return [c for c in children(verb) if c.dep_ in ("dobj", "dative")] if verb is not None else []


def _without_choice(token: Token, context: Context) -> list[Token] | None:
    """ "*he* has no option but to go"; "he had no option" of quoted speech is a tale, no demand."""
    for verb in token.ancestors:
        if verb.pos_ in ("VERB", "AUX"):
            left = [c for c in children(verb) if c.dep_ in ("dobj", "attr") and c.lemma_.lower() in _CHOICES]
            none = any(g.lower_ in ("no", "little") for c in left for g in children(c))
            told = verb.tag_ == "VBD" and context.speech.quote_at(verb) is not None
            return participants.surface_subjects(verb) if none and verb.lemma_ == "have" and not told else None
    return None


_CHOICES = frozenset({"option", "choice", "alternative"})
_BURDENS = frozenset({"onus", "burden", "responsibility", "duty", "ball"})


def _up_to(token: Token) -> list[Token] | None:
    """ "it is up to *Blair* to explain", "the onus is on *Blair* to explain"; what is up to somebody to decide is left to him."""
    verb = token.head
    if token.lemma_ in ("decide", "determine", "choose", "judge", "say"):
        return None
    if token.tag_ != "VB" or token.dep_ not in ("advcl", "xcomp", "ccomp") or verb.lemma_ != "be":
        return None
    for child in children(verb):
        if child.i > token.i or child.lower_ not in ("up", "on", "with"):
            continue
        subjects = {c.lemma_.lower() for c in children(verb) if c.dep_ in ("nsubj", "expl")}
        if child.lower_ == "up" and "it" in subjects:
            return grammar.prepositional(child, "to")
        if child.lower_ in ("on", "with") and subjects & _BURDENS:
            return [g for g in children(child) if g.dep_ == "pobj"]
    return None


def _needs_to(need: Token) -> bool:
    """ "needed to 'apologise'", where quotation marks made the parser see a purpose; not "is needed to"."""
    return (
        need.lemma_ == "need" and not grammar.is_passive(need) and not any(c.dep_ == "dobj" for c in children(need))
    )  # fmt: skip


def _hoped(token: Token) -> bool:
    """ "I hope the Democrats will end their lawsuits": a hope told in the first person asks for it."""
    first_person = any(c.dep_ == "nsubj" and c.lower_ in ("i", "we") for c in children(token.head))
    return first_person and any(c.dep_ == "aux" and c.lower_ in ("will", "'ll") for c in children(token))
