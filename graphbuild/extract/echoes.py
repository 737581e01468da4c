"""What a sentence says over again of somebody else: "So did X", "So too has X", "as did Y"; and whom a denial answers that
names nobody: "the president rejected the claims" denies the claims of who accused him before."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from graphbuild.extract.article.context import Context, make_context
from graphbuild.extract.article.statements import make_statement
from graphbuild.extract.syntax import grammar, participants
from graphbuild.extract.syntax.grammar import children
from graphbuild.model import GROUP, ORGANISATION, PERSON, Article, Entity, Mention, Statement
from graphbuild.ontology import Ontology, word_set
from graphbuild.parse import offsets

_AUXILIARIES = frozenset("do does did have has had is are was were will would".split())
_ECHOED = word_set("echoed")
_DENYING = frozenset("reject deny dismiss rebut refute dispute repudiate rubbish".split())
_CLAIMS = word_set("claims_answered")


def echoes(
    doc: Doc, article: Article, mentions: Sequence[Mention], ontology: Ontology, found: Sequence[Statement]
) -> Iterator[Statement]:
    """Statements that repeat others of another subject, or answer them."""
    context = make_context(doc, article, mentions, ontology)
    said: list[Statement] = list(found)
    accused = any(s.relation in _AGAINST for s in found)
    for token in context.triggers(_ANSWERING if accused else _DENYING, {"so", "as"}):
        new = list(_echo(token, context, said))
        said += new  # an echo may be echoed in its turn
        yield from new


def _echo(token: Token, context: Context, found: Sequence[Statement]) -> Iterator[Statement]:
    """The statements that one word of the text says over again."""
    if token.lower_ in ("so", "as") and token.i and token.i + 1 < len(context.doc):
        yield from _so_did(token, context, found)
    elif token.pos_ == "VERB" and token.lemma_ in _ANSWERING:
        yield from _denied(token, context, found)


def _so_did(so: Token, context: Context, found: Sequence[Statement]) -> Iterator[Statement]:
    doc = context.doc
    verb = so.i + 1 + (so.i + 1 < len(doc) and doc[so.i + 1].lower_ in ("too", ",", "also"))
    if so.i + 2 < len(doc) and doc[so.i + 1].text == ",":  # "and so, moments later, did Cantor"
        closing = next((i for i in range(so.i + 2, min(so.i + 7, len(doc) - 1)) if doc[i].text == ","), so.i + 1)
        verb = closing + 1
    if verb + 1 >= len(doc) or doc[verb].lower_ not in _AUXILIARIES:
        return
    # "So did X" echoes the sentence before, "..., and so did X" and "..., as did X" what stands before them.
    first = so.i == so.sent.start
    if not first and (doc[so.i - 1].lower_ not in ("and", ",") or doc[verb + 1].pos_ == "PRON"):
        return
    named = [m for t in doc[verb + 1 : verb + 9] if t.sent == so.sent for m in context.arguments.mentions_at(t)]
    heads = [doc[m.head] for m in named if m.kind == "name" and m.type in (PERSON, ORGANISATION)][:1]
    others = [e for h in heads for e in context.arguments.entities(h, types=(PERSON, ORGANISATION))]
    start, end = offsets(doc[so.i - 1].sent)
    told = [s for s in found if start <= s.evidence.start < end and s.relation in _ECHOED and s.source is None]
    if not first and len(told) != 1:
        told = [s for s in told if s.evidence.rule.startswith("echoes")]
    # Only the sentence's own subject is echoed: the statements of whoever makes most of them.
    subjects = {s.subject.id for s in told if s.subject not in others}
    if len(subjects) != 1:
        return
    for other in others:
        for one in told:
            if one.object is None or one.object.id != other.id:
                yield make_statement(
                    one.relation, other, one.object, so, context, polarity=one.polarity, modality=one.modality, source=None,
                    role="", topic=one.topic, rule="echoes/so-did", confidence=0.75
                )  # fmt: skip


def _denied(verb: Token, context: Context, found: Sequence[Statement]) -> Iterator[Statement]:
    """A denial by somebody who has just been accused: it denies the claim of his accuser."""
    told = [s for s in _lately(verb, context, found) if s.object is not None and s.polarity == "positive"]
    # A claim that is named may be criticism told before; "it" and "nothing wrong" answer an accusation.
    named = any(c.dep_ == "dobj" and c.lemma_.lower() in _CLAIMS for c in children(verb))
    deniers = [
        e for h in participants.agents(verb) for e in context.arguments.entities(h, types=(PERSON, ORGANISATION))
    ]
    for denier in deniers:
        against = [s for s in told if s.object == denier and s.subject != denier]
        # Of several it stays open whose claims, but for the one who is said to accuse.
        plain = [s for s in against if s.evidence.rule.startswith("accuses/")]
        accusers = {s.subject.id: s.subject for s in plain or against}
        answers = named or any(s.relation == "accuses" for s in against)
        if not (accusers and answers) and (other := _claimant(verb, denier, context)) is not None:
            accusers, answers = {other.id: other}, True
        if len(accusers) == 1 and answers and _is_denial(verb, denier, context):
            yield make_statement(
                "denies_claim_of", denier, next(iter(accusers.values())), verb, context, polarity="positive", modality="actual",
                source=None, role="", topic="", rule="echoes/denied", confidence=0.7
            )  # fmt: skip


_ALLEGING = frozenset("claim allege accuse suggest complain charge insinuate".split())


def _claimant(verb: Token, denier: Entity, context: Context) -> Entity | None:
    """Who spoke last before a denial that names nobody, and is not of the denier's own party."""
    objects = [c for c in children(verb) if c.dep_ in ("dobj", "ccomp")]
    if verb.lemma_ not in _DENYING or not objects:
        return None
    alleged = objects[0].dep_ == "ccomp"  # "denied that anyone was intimidated" answers who claimed it
    pointing = any(c.lower_ in ("the", "this", "that", "these", "those", "such") for c in objects[0].children)
    taken_up = objects[0].lower_ in ("it", "that", "this") or (pointing and objects[0].lemma_.lower() in _CLAIMS)
    if not alleged and not taken_up:
        return None
    start = verb.sent.start
    for _ in range(3):
        start = context.doc[start - 1].sent.start if start else 0
    for index in range(verb.i - 1, start - 1, -1):
        said = context.speech.attribution(context.doc[index]) if index in context.speech.reported else None
        if (
            said is None
            or said.speaker is None
            or said.speaker.type == GROUP
            or denier in (said.speaker, *said.speakers)
        ):
            continue
        if alleged and (said.cue is None or context.doc[said.cue].lemma_ not in _ALLEGING):
            continue
        if not denier.party or said.speaker.party != denier.party:
            return said.speaker
    return None


def _lately(verb: Token, context: Context, found: Sequence[Statement]) -> list[Statement]:
    """What was said against anybody before a verb, in its sentence or the three before."""
    start = verb.sent.start
    for _ in range(3):
        start = context.doc[start - 1].sent.start if start else 0
    first, last = context.doc[start].idx, verb.idx
    return [s for s in found if first <= s.evidence.start < last and s.relation in _AGAINST]


_AGAINST = frozenset({"accuses", "criticises", "calls_to_resign"})
_IT = frozenset("it that this they them these those he she there".split())
_SAID_BY_DENIERS = word_set("said_by_deniers")
_ANSWERING = _DENYING | _SAID_BY_DENIERS | {"call", "brand", "describe", "label"}


def _is_denial(verb: Token, denier: Entity, context: Context) -> bool:
    """Whether somebody denies by a verb: "rejected the claim", "called it a lie", "insisted that he had done nothing wrong",
    "said there was no truth in it", "protested his innocence", "'Absolute nonsense,' he said"."""
    untrue = context.wording.words("untrue_words")
    if any(c.dep_ in ("neg", "auxpass") for c in children(verb)):
        return False
    if verb.lemma_ == "deny":
        given = {c.lemma_.lower() for c in children(verb) if c.dep_ in ("dobj", "dative")}
        return not given & context.wording.words("deniable_things")
    things = [
        c for c in children(verb) if c.dep_ in ("dobj", "oprd", "dep", "attr", "ccomp", "nsubj") and c.i != verb.i
    ]
    if verb.lemma_ in _DENYING | {"call", "brand", "describe", "label"}:
        named = {t.lemma_.lower() for c in children(verb) for t in c.subtree if c.dep_ != "nsubj"}
        own = any(
            g.dep_ in ("poss", "compound") or g.lower_ in ("by", "from")
            for c in things
            for g in children(c)
            if c.dep_ == "dobj"
        )
        bare = [c for c in things if c.dep_ == "dobj" and (c.lower_ in _IT or c.lemma_.lower() in _CLAIMS)]
        plain = verb.lemma_ in ("deny", "reject", "refute", "rebut") or (
            verb.lemma_ in _DENYING and any(c.lemma_.lower() in _CLAIMS for c in bare)
        )
        return bool(bare) and not own and (plain or bool(named & untrue))
    if any(c.lemma_ == "innocence" for c in things):
        return True
    if verb.lemma_ not in _SAID_BY_DENIERS:
        return False
    for said in things:
        if said.dep_ == "dep" and said.lemma_.lower() in untrue:
            return True
        if said.dep_ != "ccomp" or said.pos_ not in ("VERB", "AUX", "NOUN", "ADJ"):
            continue
        subjects = [c for c in children(said) if c.dep_ in (*grammar.SUBJECTS, "expl")]
        about_it = not subjects or any(c.lower_ in _IT - {"he", "she"} or c.lemma_.lower() in _CLAIMS for c in subjects)
        of_himself = any(
            denier in context.arguments.entities(c, types=(PERSON, ORGANISATION), via=True) for c in subjects
        )
        near = [said, *(c for c in children(said) if c.dep_ in ("attr", "acomp", "dobj", "neg", "advmod", "xcomp"))]
        words = {t.lower_ for t in near} | {g.lower_ for t in near for g in children(t) if g.dep_ in ("det", "neg")}
        if about_it and (words & untrue or words & {"no", "not", "n't"}):
            return True
        if of_himself and words & {"not", "n't", "never", "nothing", "innocent", "no"} and "only" not in words:
            return True
    return False
