"""Positions on policies that no single trigger word carries: promises ("a Tory government would abolish tuition fees",
"we will build more homes"), needs ("the country needs a referendum", "there must be an inquiry") and verdicts ("the bill
is a disgrace"). What is promised gives favours (refused: opposes), what is needed calls_for, what is judged opposes or
favours.

The object is a short noun or verb phrase in the text's words (phrases.py).
"""

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from graphbuild.extract.article.context import Context, make_context
from graphbuild.extract.article.factuality import is_question
from graphbuild.extract.article.statements import assemble
from graphbuild.extract.patterns.phrase_objects import fate
from graphbuild.extract.policy.platforms import OF_PLATFORMS, platforms
from graphbuild.extract.policy.policies import FATES, GOVERNING, has_content, is_public_act
from graphbuild.extract.policy.policy_labels import assured, is_own_party, stance_phrase
from graphbuild.extract.policy.told_stances import told_stances
from graphbuild.extract.policy.verdicts import acts_judged, effects
from graphbuild.extract.speech.judgements import is_hypothetical_clause
from graphbuild.extract.syntax import grammar, participants
from graphbuild.extract.syntax.grammar import children
from graphbuild.extract.syntax.phrases import fullest
from graphbuild.model import ORGANISATION, PERSON, Article, Entity, Mention, Statement
from graphbuild.ontology import Ontology, word_set

_FUTURE = frozenset({"will", "would", "'ll", "’ll", "'d", "’d", "shall", "wo", "ll"})
_IN_HINDSIGHT = frozenset({"later", "eventually", "subsequently"})
_OUGHT = frozenset({"should", "must", "ought"})


def stances(doc: Doc, article: Article, mentions: Sequence[Mention], ontology: Ontology) -> Iterator[Statement]:
    """Statements of favours, opposes and calls_for made by promises, needs and verdicts."""
    context = make_context(doc, article, mentions, ontology)
    for token in context.political:
        if token.pos_ in ("VERB", "AUX"):
            yield from _promises(token, context)
            if token.lemma_.lower() in _NEEDING:
                yield from _needs(token, context)
            yield from _assurances(token, context)
            yield from told_stances(token, context)
            for relation, head, trigger in effects(token, context):
                yield from _of_policy(relation, head, trigger, context, "stances/effect")
        if token.pos_ in ("ADJ", "NOUN"):
            yield from _verdicts(token, context)
            for relation, head, trigger in acts_judged(token, context):
                yield from _of_policy(relation, head, trigger, context, "stances/act")
        if token.pos_ in ("NOUN", "PROPN", "VERB", "ADP") and token.lemma_.lower() in OF_PLATFORMS:
            yield from platforms(token, context)


def _promises(verb: Token, context: Context) -> Iterator[Statement]:
    if not is_public_act(verb, context.wording):
        return
    first = verb
    while (
        first.dep_ == "conj"
        and first.head.pos_ == "VERB"
        and not any(c.dep_ in ("aux", "nsubj") for c in children(first))
    ):
        first = first.head
    going = first.dep_ == "xcomp" and (first.head.lower_ == "going" or _is_to(first))
    lead = first.head if going else first
    if not going and not any(c.dep_ == "aux" and c.lower_ in _FUTURE for c in children(lead)):
        return
    against = any(c.lower_ == "against" for c in children(verb))  # "will be voting against it"
    if against or grammar.is_passive(verb) or is_hypothetical_clause(lead) or is_question(verb):
        return
    if any((c.dep_ == "aux" and c.lower_ == "have") or c.lower_ in _IN_HINDSIGHT for c in children(lead)) and not going:
        return  # "would have cut", "would later admit"
    if any(c.dep_ == "advmod" and c.lower_ in ("how", "when", "where", "why") for c in children(lead)):
        return  # "made conflicting statements about how he would tackle it"
    done = fate(verb, context) if verb.lemma_ in FATES else None  # "would pardon Trump"
    if done is None and not _is_policy(verb, context):
        return
    if verb.lemma_ in ("hold", "have", "attend") and any(
        o.lemma_ in context.wording.words("occasions") for o in grammar.own_objects(verb)
    ):
        return  # "will hold a meeting": an appointment
    negated = any(c.dep_ == "neg" or c.lower_ == "never" for c in (*children(lead), *children(verb)))
    heads = participants.surface_subjects(lead)
    if not heads and lead.dep_ == "ccomp" and any(c.dep_ == "nsubj" and c.lower_ == "it" for c in children(lead)):
        heads = participants.agents(lead.head)  # "the government announced it is to spend"
    actors = [
        e for h in heads for e in context.arguments.entities(h, types=(PERSON, ORGANISATION), via=h.lemma_.lower() in GOVERNING)
    ]  # fmt: skip
    policy = done or stance_phrase(verb, verb)
    if policy is None:
        return
    if _on_condition(lead):
        return
    said = context.speech.attribution(verb)
    if said is not None and not said.quoted and said.speaker is None:
        return  # "accusations that he would slash spending"
    for actor in actors:
        if said is not None and said.speaker is not None and said.speaker.id != actor.id and actor.type == PERSON:
            continue  # what one says that another one will do
        yield from assemble(
            "opposes" if negated else "favours", actor, policy, verb, context,
            rule="stances/promise", confidence=0.6, polarity="positive", modality=_alleged(verb, actor, context),
        )  # fmt: skip


_ASSURING = frozenset("promise pledge vow guarantee undertaking commitment assurance undertake insist swear".split())


def _assurances(verb: Token, context: Context) -> Iterator[Statement]:
    """ "his vow that Britain would leave the EU", "promised that taxes would be cut", "will make sure that we leave"."""
    if verb.dep_ not in ("ccomp", "acl") or is_question(verb):
        return
    head = verb.head
    mark = next((c for c in children(verb) if c.dep_ == "mark" and c.lower_ == "that"), None)
    if mark is not None and mark.i and mark.nbor(-1).pos_ == "NOUN" and mark.nbor(-1).lemma_.lower() in _ASSURING:
        head = mark.nbor(-1)  # "under fire over his vow that", hung on the verb
    lemma = head.lemma_.lower()
    sure = lemma in ("sure", "ensure") or (lemma == "make" and any(c.lower_ == "sure" for c in children(head)))
    future = any(c.dep_ == "aux" and c.lower_ in _FUTURE for c in children(verb))
    if sure:
        above = head if head.pos_ == "VERB" else head.head
        if not any(c.dep_ == "aux" and c.lower_ in _FUTURE for c in children(above)):
            return
        holders = participants.surface_subjects(above)
    elif future and (lemma in _ASSURING - {"insist"} or (lemma in _DECLARING and _decreed(verb, context))):
        holders = [c for c in children(head) if c.dep_ == "poss"] if head.pos_ == "NOUN" else participants.agents(head)
    else:
        return
    if head.head.lemma_ in ("refuse", "decline", "fail") or (
        verb.lemma_ == "be" and any(c.lower_ == "it" for c in children(verb))
    ):
        return
    policy = assured(verb) if has_content(verb, context.arguments, context.wording) else None
    holders = [*holders, *(c for c in children(verb) if c.dep_ == "nsubj" and is_own_party(c))]
    actors = [e for h in holders for e in context.arguments.entities(h, types=(PERSON, ORGANISATION))]
    if policy is None or any(
        c.dep_ == "nsubj" and c.pos_ != "PRON" and not is_own_party(c) and e.id in _ids(c, context)
        for e in actors
        for c in children(verb)
    ):
        return
    negated = any(c.dep_ == "neg" for c in children(verb))
    for actor in actors:
        yield from assemble(
            "opposes" if negated else "favours", actor, policy, verb, context, rule="stances/assurance", confidence=0.6,
            polarity="positive", modality=_alleged(verb, actor, context) if sure else "actual",
        )  # fmt: skip


_DECLARING = frozenset({"announce", "confirm", "reveal", "declare", "decree", "decide", "rule", "agree"})


def _decreed(verb: Token, context: Context) -> bool:
    """ "announced that benefits would be frozen": an act of government, in the passive."""
    return grammar.is_passive(verb) and is_public_act(verb, context.wording)


def _ids(head: Token, context: Context) -> set[str]:
    return {e.id for e in context.arguments.entities(head)}


def _alleged(token: Token, actor: Entity, context: Context) -> str:
    """What somebody else says that an actor will do is a claim; what he or the article says is his position."""
    said = context.speech.attribution(token)
    if said is None or (said.speaker is not None and (said.speaker.id == actor.id or said.speaker.party == actor.name)):
        return "actual"
    return "alleged"


_IN_POWER = word_set("in_power")


def _on_condition(verb: Token) -> bool:
    """Whether something is to be only if something else is; "if elected" is no such condition."""
    return any(
        c.dep_ == "advcl"
        and any(g.dep_ == "mark" and g.lower_ in ("if", "unless") for g in children(c))
        and not any(t.lemma_.lower() in _IN_POWER for t in c.subtree)
        for c in children(verb)
    )


def _is_to(verb: Token) -> bool:
    """ "the government is to spend £200m on drugs"."""
    be = verb.head
    return (
        be.lemma_ == "be" and be.tag_ in ("VBZ", "VBP", "VBD") and verb.i == be.i + 2 and verb.nbor(-1).lower_ == "to"
    )


def _is_policy(verb: Token, context: Context) -> bool:
    """Whether the verb has an object that is a thing, not an actor or a pronoun."""
    objects = grammar.own_objects(verb) or [
        h for p in ("from", "in", "down", "on", "for", "into", "to", "out") for h in grammar.prepositional(verb, p)
    ]
    return has_content(verb, context.arguments, context.wording) and any(
        (h.pos_ in ("NOUN", "PROPN") or h.tag_ == "VBG")
        and h.lemma_.lower() not in context.wording.words("people_nouns") | context.wording.words("no_policy_nouns")
        and not any(m.type == PERSON for m in context.arguments.mentions_at(h)) and h.ent_type_ not in ("DATE", "TIME")
        and h != verb.head
        for h in objects
    )  # fmt: skip


def _speaker(token: Token, context: Context) -> Entity | None:
    said = context.speech.attribution(token)
    return said.speaker if said is not None else None


def _needs(verb: Token, context: Context) -> Iterator[Statement]:
    things: list[Token] = []
    lemma = verb.lemma_.lower()
    words = context.wording.words
    public = words("policy_nouns") | words("event_nouns") | words("public_things")
    if (
        lemma in ("need", "require", "deserve")
        and verb.dep_ not in ("relcl", "acl", "amod")
        and not grammar.is_passive(verb)
    ):
        if any(h.lower_ in context.wording.words("common_subjects") for h in participants.surface_subjects(verb)):
            things = grammar.own_objects(verb)
    elif lemma in ("need", "require") and grammar.is_passive(verb) and verb.dep_ not in ("acl", "relcl", "amod"):
        things = participants.surface_subjects(verb)
    elif lemma == "be" and any(c.dep_ == "expl" for c in children(verb)):
        if any(c.dep_ == "aux" and c.lower_ in _OUGHT for c in children(verb)) or _needed(verb):
            things = [c for c in children(verb) if c.dep_ in ("attr", "nsubj")]
    elif lemma == "be" and any(c.dep_ == "csubj" and c.lemma_ == "need" and any(g.lower_ == "what" for g in children(c)) for c in children(verb)):  # fmt: skip
        things = [c for c in children(verb) if c.dep_ == "attr"]  # "what we need is an inquiry"
    elif lemma == "be" and (time := [c for c in children(verb) if c.dep_ == "attr" and c.lower_ == "time"]):
        # "it was time for an inquiry", "it is time to ban it"
        acts = (c for t in (verb, *time) for c in children(t) if c.tag_ == "VB" and c.i > verb.i)
        acts = (
            a for a in acts if is_public_act(a, context.wording) and not any(c.dep_ == "nsubj" for c in children(a))
        )
        things = [a for a in acts if has_content(a, context.arguments, context.wording)]
        things += [t for t in grammar.prepositional(time[0], "for") if t.lemma_.lower() in public]
    elif lemma == "be" and any(c.dep_ == "acomp" and c.lemma_.lower() in _VITAL for c in children(verb)):
        things = [t for t in participants.surface_subjects(verb) if t.lemma_.lower() in public or t.pos_ == "VERB"]
    if not things or any(c.lower_ == "longer" for t in (verb, *children(verb)) for c in children(t)):
        return  # "is no longer needed"
    if is_hypothetical_clause(verb) or is_question(verb) or any(c.dep_ == "neg" for c in children(verb)):
        return
    if _on_condition(verb) or (grammar.is_passive(verb) and any(c.dep_ == "xcomp" for c in children(verb))):
        return  # "premises will be required to keep records"
    things = [t for t in things if not any(c.lower_ in ("no", "whatever", "what", "which") for c in children(t))]
    speaker = _speaker(verb, context)
    if speaker is None:
        return
    there = words("policy_nouns") - words("event_nouns")
    made = [
        t
        for t in things
        if t.lemma_.lower() in there
        and any(c.dep_ == "poss" or c.lower_ in ("the", "this", "these") for c in children(t))
    ]
    # "the proposals are necessary": they are there
    yield from _about(made, "favours", speaker, verb, context, "stances/need")
    yield from _about([t for t in things if t not in made], "calls_for", speaker, verb, context, "stances/need")


_NEEDING = frozenset({"need", "require", "deserve", "be"})
_VITAL = frozenset("needed necessary essential vital imperative overdue crucial required urgent long-overdue".split())


def _needed(verb: Token) -> bool:
    return verb.dep_ == "xcomp" and verb.head.lemma_ in ("need", "have")


_RELUCTANT = frozenset("fear worry admit concede acknowledge confess deny dispute doubt complain warn".split())


def _of_policy(relation: str, head: Token, trigger: Token, context: Context, rule: str) -> Iterator[Statement]:
    """What a speaker says of a policy or an act, as his stance."""
    said = context.speech.attribution(trigger)
    cue = context.doc[said.cue].lemma_.lower() if said is not None and said.cue is not None else ""
    if cue in _RELUCTANT and not (relation == "opposes" and cue in ("warn", "fear") and grammar.own_objects(trigger)):
        return  # "admitted that the measures will breach"
    speaker = said.speaker if said is not None else None
    policy = (
        stance_phrase(fullest(head, context.wording) if head.pos_ != "VERB" else head, trigger)
        if speaker is not None
        else None
    )
    if speaker is not None and policy is not None:
        yield from assemble(
            relation, speaker, policy, trigger, context, rule=rule, confidence=0.6, polarity="positive", modality="actual",
        )  # fmt: skip


def _verdicts(token: Token, context: Context) -> Iterator[Statement]:
    """ "This bill is a disgrace", "the plans are unworkable"."""
    if token.dep_ not in ("acomp", "attr") or token.head.lemma_ != "be":
        return
    lemma, words = token.lemma_.lower(), context.wording.words
    bad = lemma in words("negative_adjectives") or lemma in words("negative_nouns") or lemma in words("wrong_words")
    good = token.pos_ == "ADJ" and lemma in words("positive_adjectives")
    if bad == good:
        return
    verb = token.head
    speaker = _speaker(verb, context)
    if speaker is None or is_hypothetical_clause(verb) or is_question(verb) or _on_condition(verb):
        return
    if any(c.dep_ == "advmod" and c.lower_ == "as" for c in children(token)):
        return  # "is only as good as our people"
    if any(c.dep_ == "neg" for c in children(verb)) or any(
        c.dep_ == "det" and c.lower_ == "no" for c in children(token)
    ):
        return
    things = [
        h for h in participants.surface_subjects(verb)
        if h.lemma_.lower() in words("policy_nouns") - {"system", "order", "charge", "push", "debate", "election"}
        and not any(c.dep_ == "poss" and context.arguments.mentions_at(c) for c in children(h))  # the owner is judged
    ]  # fmt: skip
    yield from _about(things, "opposes" if bad else "favours", speaker, verb, context, "stances/verdict")


_NO_WANTS = frozenset("time way need doubt fact truth question answer problem reason more help leadership".split())


def _about(
    things: Sequence[Token], relation: str, speaker: Entity, trigger: Token, context: Context, rule: str
) -> Iterator[Statement]:
    for thing in things:
        for part in grammar.conjuncts(thing):
            if part.pos_ not in ("NOUN", "PROPN", "VERB") or part.lemma_.lower() in context.wording.words(
                "people_nouns"
            ):
                continue
            if context.arguments.mentions_at(part) or part.ent_type_ in ("DATE", "TIME", "PERSON", "CARDINAL"):
                continue
            policy = stance_phrase(
                part if part.lemma_ in ("idea", "change", "move") else fullest(part, context.wording), part
            )
            if policy is not None and policy.name.casefold() not in _NO_WANTS:
                yield from assemble(
                    relation, speaker, policy, trigger, context, rule=rule, confidence=0.55,
                    polarity="positive", modality="actual",
                )  # fmt: skip
