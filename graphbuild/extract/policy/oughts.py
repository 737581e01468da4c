"""What a speaker says ought to be done or not: "the law should be changed", "we must rebuild the railways", "there can be
no second referendum", "we cannot allow this bill to pass". What ought to be gives calls_for, what ought not opposes; what
"will" be or not gives favours or opposes.

What a named actor should do is an urge (evaluation.py).
"""

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from graphbuild.extract.article.context import Context, make_context
from graphbuild.extract.article.factuality import is_question
from graphbuild.extract.article.statements import assemble
from graphbuild.extract.policy.policies import has_content, is_public_act
from graphbuild.extract.policy.policy_labels import HOLDING, assured, policy_entity, stance_phrase
from graphbuild.extract.syntax import grammar, participants
from graphbuild.extract.syntax.grammar import children
from graphbuild.extract.syntax.phrases import fullest, gerund, phrase_text, verb_phrase
from graphbuild.model import GROUP, ORGANISATION, PERSON, Article, Entity, Mention, Statement
from graphbuild.ontology import Ontology

_OUGHT = frozenset({"should", "must", "ought", "shall"})
_CANNOT = frozenset({"can", "ca", "could", "will", "wo", "would", "must", "should"})
# What is not allowed to go on: the complement is what is opposed.
_LETTING = frozenset("allow permit accept countenance tolerate condone endorse support sanction approve".split())
_BELONGING = frozenset("stay remain rejoin join keep retain quit withdraw belong".split())
_WE = frozenset({"we", "country", "nation", "society"})


def oughts(doc: Doc, article: Article, mentions: Sequence[Mention], ontology: Ontology) -> Iterator[Statement]:
    """Statements of calls_for, opposes and favours made by modal verbs in reported or quoted speech."""
    context = make_context(doc, article, mentions, ontology)
    for token in context.political:
        if token.pos_ not in ("VERB", "AUX"):
            continue
        if token.lemma_ == "face" and token.dep_ == "conj":
            yield from _ultimatum(token, context)
        if token.lemma_ in context.wording.words("wanting_verbs"):
            yield from _wanted_done(token, context)
        if any(c.dep_ == "expl" for c in children(token)):
            found = _there(token, context)
        elif _negated(token) and token.lemma_.lower() in _LETTING and not grammar.is_passive(token):
            found = _not_let(token, context)
        else:
            found = _ought(token, context)
        for relation, entity, trigger in found:
            speaker = _speaker(trigger, context)
            if speaker is None or is_question(token) or _conditional(token):
                continue
            yield from assemble(
                relation, speaker, entity, trigger, context, rule=f"oughts/{token.lemma_.lower()}", confidence=0.58,
                polarity="positive", modality="actual",
            )  # fmt: skip


def _wanted_done(asking: Token, context: Context) -> Iterator[Statement]:
    """ "wants the cap (to be) lifted", "called for the report to be published", "demanded that it be scrapped"."""
    actors: list[Entity] = []
    for act in children(asking):
        if act.dep_ not in ("ccomp", "xcomp", "advcl", "acl") or act.tag_ not in ("VBN", "VBD") or act.i < asking.i:
            continue
        subject = next((c for c in children(act) if c.dep_ in grammar.SUBJECTS and c.i > asking.i), None)
        marks = {c.lower_ for c in children(act) if c.dep_ == "mark"}
        aux = {c.lower_ for c in children(act) if c.dep_ in ("aux", "auxpass")}
        bare = (
            not aux
            and not marks
            and asking.lemma_ in ("want", "like", "prefer", "demand")
            and not grammar.own_objects(act)
        )
        if subject is None or not (
            bare or ("be" in aux and aux <= {"to", "be", "should"} and marks <= {"that", "for"})
        ):
            continue
        if (
            act.lemma_.lower() in context.wording.words("no_act_verbs")
            or is_question(asking)
            or _conditional(asking)
            or "[" in [t.text for t in act.doc[asking.i : act.i]]
        ):
            continue
        denied = _negated(act) or any(c.dep_ == "det" and c.lower_ == "no" for c in children(subject))
        entity = _done_to(act, subject, context)
        actors = actors or [e for h in participants.agents(asking) for e in context.arguments.entities(h)]
        for actor in actors if entity is not None else ():
            yield from assemble(
                "opposes" if denied else "calls_for", actor, entity, asking, context, rule="oughts/wanted-done",
                confidence=0.66, modality="actual",
            )  # fmt: skip


def _ultimatum(face: Token, context: Context) -> Iterator[Statement]:
    """ "gave Johnson a month to withdraw his plans or face legal action"."""
    asked = face.head
    if asked.tag_ != "VB" or not any(c.dep_ == "cc" and c.lower_ == "or" for c in children(asked)):
        return
    above = next((t for t in asked.ancestors if t.pos_ == "VERB"), None)
    if above is None or above.lemma_.lower() not in ("give", "tell", "warn", "order", "urge", "ask", "demand"):
        return
    heads = [c for c in children(above) if c.dep_ in ("dobj", "dative") or c.dep_ == "nsubjpass"]
    heads += [c for c in children(asked) if c.dep_ == "nsubj"]
    for one in (e for h in participants.agents(above) for e in context.arguments.entities(h)):
        for other in (e for h in heads for e in context.arguments.entities(h, types=(PERSON, ORGANISATION))):
            if one.id != other.id:
                yield from assemble("threatens", one, other, face, context, rule="oughts/or-face", confidence=0.7,
                                    polarity="positive", modality="actual")  # fmt: skip


def _speaker(token: Token, context: Context) -> Entity | None:
    said = context.speech.attribution(token)
    if said is None or said.speaker is None or said.speaker.type not in (PERSON, ORGANISATION, GROUP):
        return None
    cue = context.doc[said.cue] if said.cue is not None else None
    return None if cue is not None and any(c.dep_ == "neg" for c in children(cue)) else said.speaker


def _conditional(token: Token) -> bool:
    return any(
        (c.dep_ == "mark" and c.lower_ in ("if", "unless", "whether"))
        or (c.dep_ == "advcl" and any(g.lower_ in ("if", "unless") for g in children(c)))
        for c in children(token)
    )


def _negated(token: Token) -> bool:
    return any(c.dep_ == "neg" or c.lower_ == "never" for c in children(token))


def _aux(token: Token) -> set[str]:
    return {c.lower_ for c in children(token) if c.dep_ == "aux"}


_FORETELLING = frozenset("warn suggest fear predict admit concede acknowledge expect doubt".split())
Found = tuple[str, Entity, Token]


def _there(verb: Token, context: Context) -> Iterator[Found]:
    """ "there can be no second referendum"."""
    if verb.lemma_ != "be" or not _aux(verb) & _CANNOT:
        return
    said = context.speech.attribution(verb)
    if said is not None and said.cue is not None and context.doc[said.cue].lemma_.lower() in _FORETELLING:
        return  # "warned there would be no deal"
    public = (
        context.wording.words("policy_nouns")
        | context.wording.words("event_nouns")
        | {"border", "increase", "attempt", "return"}
    )
    for thing in (c for c in children(verb) if c.dep_ in ("attr", "nsubj")):
        for part in grammar.conjuncts(thing):
            if part.pos_ != "NOUN" or not any(c.dep_ == "det" and c.lower_ == "no" for c in children(part)):
                continue
            if part.lemma_.lower() in context.wording.words("vague_events") or part.lemma_.lower() not in public:
                continue
            entity = stance_phrase(part, verb)
            if entity is not None:
                name = entity.name.removeprefix("no ")
                yield "opposes", Entity(entity.id.replace("no-", "", 1), name, entity.type), verb


def _not_let(verb: Token, context: Context) -> Iterator[Found]:
    """ "we cannot allow Hillary Clinton to become president", "I will not accept the deal"."""
    if not _aux(verb) & _CANNOT or grammar.is_passive(verb):
        return
    heads = participants.surface_subjects(verb)
    speaker = _speaker(verb, context)
    mine = any(h.lower_ in ("we", "i") or h.lower_ in _WE for h in heads)
    if not mine and not (speaker and any(e.id == speaker.id for h in heads for e in context.arguments.entities(h))):
        return
    doc = verb.doc
    for child in children(verb):
        if child.dep_ in ("ccomp", "xcomp") and child.i > verb.i:
            subject = next((g for g in children(child) if g.dep_ in grammar.SUBJECTS), None)
            if subject is None or subject.pos_ == "PRON":
                continue
            first, last = subject.left_edge.i, verb_phrase(child)[1]
            if doc[first].pos_ == "DET":
                first += 1
            if last - first <= 14:
                yield "opposes", policy_entity(doc, first, last, doc[first : last + 1].text), verb
            return
    for child in children(verb):
        policy = child.dep_ == "dobj" and child.lemma_.lower() in context.wording.words("policy_nouns")
        if policy and not context.arguments.mentions_at(child):
            entity = stance_phrase(child, verb)
            if entity is not None:
                yield "opposes", entity, verb


def _ought(verb: Token, context: Context) -> Iterator[Found]:
    """ "taxes should be cut", "we need to rebuild the railways"."""
    lead = verb
    if verb.dep_ == "xcomp" and verb.tag_ == "VB" and verb.head.lemma_ in ("need", "have", "get", "ought"):
        lead = verb.head
        if lead.lemma_ == "get" and "have" not in {c.lemma_ for c in children(lead) if c.dep_ == "aux"}:
            return
        if (lead.tag_ == "VBD" and lead.lemma_ == "have") or (
            _aux(lead) & {"will", "would", "'d", "may", "might", "could"}
        ):
            return
    elif not _aux(verb) & _OUGHT or _inverted(verb):
        return
    if any(c.dep_ == "aux" and c.lower_ == "have" for c in children(verb)):
        return  # "should have been done" blames
    negative = _negated(verb) or (lead is not verb and _negated(lead))
    if negative and lead is not verb:
        return  # "does not need to"
    lemma = verb.lemma_.lower()
    passive = grammar.is_passive(verb)
    subjects = participants.surface_subjects(lead)
    if (lemma == "go" and {"ahead", "through", "forward"} & {c.lower_ for c in children(verb)}) or lemma in _GOING_ON:
        public = context.wording.words("policy_nouns") | context.wording.words("event_nouns")
        for subject in (s for s in subjects if s.pos_ == "NOUN" and s.lemma_.lower() in public):
            if (entity := stance_phrase(subject, verb)) is not None:
                yield ("opposes" if negative else "calls_for"), entity, verb
        return
    own = any(s.lower_ in context.wording.words("own_countries") for s in subjects)
    if (
        not is_public_act(verb, context.wording)
        and lemma not in context.wording.words("act_verbs")
        and not (own and lemma in _BELONGING)
        and not (passive and lemma not in context.wording.words("no_act_verbs"))
    ):
        return
    relation = "opposes" if negative else "calls_for"
    if grammar.is_passive(verb) or (lead is not verb and any(c.dep_ == "auxpass" for c in children(verb))):
        for subject in subjects:
            entity = _done_to(verb, subject, context)
            if entity is not None:
                yield relation, entity, verb
        return
    if not (own or any(s.lower_ in _WE for s in subjects)) or not has_content(verb, context.arguments, context.wording):
        return
    entity = assured(verb) if own else stance_phrase(verb, lead)
    if entity is not None:
        yield relation, entity, verb


# What a plan does that is to be: "the scheme should not proceed".
_GOING_ON = frozenset({"proceed", "continue", "happen"})


def _inverted(verb: Token) -> bool:
    """ "should their package be deemed insufficient": a condition."""
    subjects = [c.i for c in children(verb) if c.dep_ in grammar.SUBJECTS]
    return bool(subjects) and any(
        c.lower_ == "should" and c.dep_ == "aux" and c.i < min(subjects) for c in children(verb)
    )


_GIVING = frozenset("give hand grant award offer allow".split())
_ENDING = frozenset("scrap abolish axe ban end drop remove restore reinstate create publish".split())


def _done_to(verb: Token, subject: Token, context: Context) -> Entity | None:
    """The act that a passive asks for, in the active: "the law should be changed" -> "changing the law"."""
    those = subject.lower_ in ("those", "anyone", "anybody") and any(
        c.dep_ in ("relcl", "acl") for c in children(subject)
    )
    if subject.pos_ not in ("NOUN", "PROPN") and not those:
        return None
    actors = context.arguments.entities(subject, spread=False)
    handed = next((c for c in children(verb) if c.dep_ == "dobj" and verb.lemma_ in _GIVING), None)
    if handed is not None and phrase_text(handed):  # "the UN to be handed the lead in Baghdad"
        last = verb_phrase(verb)[1]
        text = f"{gerund(verb.lemma_)} {phrase_text(subject)} {verb.doc[handed.left_edge.i : last + 1].text}"
        return policy_entity(verb.doc, subject.i, last, text)
    if any(a.type in (ORGANISATION, GROUP) for a in actors):
        return None
    if actors and verb.lemma_.lower() not in context.wording.words("policy_verbs") | context.wording.words("act_verbs"):
        return None
    if subject.lemma_.lower() in context.wording.words("no_policy_nouns") - {"people"} and verb.lemma_ not in _ENDING:
        return None
    if verb.lemma_ in HOLDING and subject.lemma_.lower() in context.wording.words("event_nouns"):
        return stance_phrase(fullest(subject, context.wording), verb)
    if subject.lower_ == "rest":
        return None
    subject = fullest(subject, context.wording) if not actors and not those else subject
    doc = verb.doc
    thing = doc[subject.i : subject.right_edge.i + 1].text if those else phrase_text(subject)
    thing = actors[0].name if actors else thing.removeprefix("no ")
    first, last = verb_phrase(verb)
    rest = doc[verb.i + 1 : last + 1].text if last > verb.i else ""
    text = " ".join(part for part in (gerund(verb.lemma_), thing, rest) if part)
    if len(text.split()) > 14:
        return None
    entity = policy_entity(doc, first, last, text)
    named = policy_entity(doc, subject.left_edge.i, subject.i, thing)
    key = sorted({*entity.id.rsplit("/", 1)[-1].split("-"), *named.id.rsplit("/", 1)[-1].split("-")})
    return Entity(f"{entity.id.rsplit('/', 1)[0]}/{'-'.join(key)}", text, entity.type)
