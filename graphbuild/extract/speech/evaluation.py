"""What a speaker says *of somebody else*: criticism, praise and demands inside reported speech.

"Mr Anwar said Mr Starmer had failed to listen" -> criticises; "He is a decent man" -> praises; "The president must
stop this" -> urges; "she should go" -> calls_to_resign. Only an evaluative word whose subject (or owner) is a named
actor counts: bare negation in speech is no criticism. The article's own voice judges nobody.
"""

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from graphbuild.discourse import QuoteSpan
from graphbuild.extract.article.context import Context, make_context
from graphbuild.extract.article.factuality import factuality, is_question
from graphbuild.extract.article.statements import assemble, make_statement
from graphbuild.extract.speech.blame_of_rivals import of_rivals
from graphbuild.extract.speech.faultfinding import fault
from graphbuild.extract.speech.judgements import (
    Judgement,
    claim_denied,
    is_hypothetical_clause,
    is_negated,
    is_not_meant,
    judged,
    judgement,
)
from graphbuild.extract.speech.spoken_demands import spoken_demand
from graphbuild.extract.syntax import grammar, participants
from graphbuild.extract.syntax.grammar import children
from graphbuild.extract.syntax.phrases import phrase_text
from graphbuild.model import GROUP, ORGANISATION, PERSON, Article, Entity, Mention, Statement
from graphbuild.ontology import Ontology


def evaluation(doc: Doc, article: Article, mentions: Sequence[Mention], ontology: Ontology) -> Iterator[Statement]:
    """Statements made by judging words inside quotations and indirect speech."""
    context = make_context(doc, article, mentions, ontology)
    judged_already: set[tuple[int, str]] = set()
    context.arguments.spoken_of.update(_spoken_of(context))
    for token in context.political:
        if token.i not in context.speech.reported or token.pos_ not in _JUDGING:
            continue
        if token.pos_ in ("VERB", "AUX"):
            found = (
                spoken_demand(token, context)
                or judgement(token, context)
                or _alleged(token, context)
                or _given(token, context)
                or _rhetorical(token, context)
                or fault(token, context)
                or _grumbled(token, context)
            )
        else:
            found = judgement(token, context) or _given(token, context) or fault(token, context)
        if found is None:
            continue
        relation, targets, confidence, topic = found
        said = context.speech.attribution(token)
        if (
            said is None
            or said.speaker is None
            or _is_outlet(said.speaker, context)
            or is_not_meant(token, said.quoted)
        ):
            continue
        modality = "actual"
        # A claim has been made, whatever becomes of it: "Cummings's claim that he lied was rejected".
        claimed = relation == "accuses" and said.cue is not None and doc[said.cue].pos_ == "NOUN"
        if said.cue is not None and not claimed and doc[said.cue].lower_ not in ("according", "words"):
            polarity, modality = factuality(doc[said.cue], context.wording)
            cue = doc[said.cue].lemma_.lower()
            if polarity == "negative" or cue in ("deny", "apologise", "apologize", "joke"):
                continue
            if cue in ("admit", "concede") and relation != "praises":  # one's own faults; but another's merits
                continue
        if relation == "denies_claim_of" and said.cue is not None and doc[said.cue].lemma_ in context.speech.finds:
            relation = "criticises"  # who finds a claim untrue is none that it was made against
        if relation == "urges" and said.cue is not None and doc[said.cue].lemma_.lower() in ("warn", "caution"):
            relation = "warns"  # "warned that Labour must be choosy"
        for target in targets:
            if target.id != said.speaker.id and target not in said.speakers:
                judged_already.add((token.sent.start, target.id))
                yield make_statement(
                    relation, said.speaker, target, token, context, polarity="positive", modality=modality, source=None,
                    role="", topic=topic, rule=f"evaluation/{token.lemma_.lower()}",
                    confidence=confidence if said.quoted else confidence - 0.05,
                )  # fmt: skip
    yield from _warnings(context)
    yield from _told_off(context)
    yield from of_rivals(context, judged_already)


_JUDGING = frozenset({"VERB", "ADJ", "NOUN", "AUX", "ADV", "NUM", "INTJ"})


# There is none: "no place for X", "no truth in it".
_WANTING = frozenset({"place", "room", "truth", "substance", "basis", "foundation", "merit"})


def _given(token: Token, context: Context) -> Judgement | None:
    """Thanks, shame and refusals in so many words: "Thank you to X", "Shame on X", "there is no place for X", "there is no
    truth in X's claims"."""
    lemma = token.lemma_.lower()
    if lemma == "shame":
        return judged("criticises", grammar.prepositional(token, "on"), context, 0.75)
    if lemma in ("ashamed", "prison", "jail", "bars"):  # "belongs in jail", "should be ashamed of himself"
        verb = token.head if token.dep_ == "acomp" else token.head.head
        due = verb.lemma_ == "belong" or any(c.lower_ in ("should", "ought") for c in children(verb) if c.dep_ == "aux")
        return judged("criticises", participants.surface_subjects(verb), context, 0.65) if due else None
    if lemma in _WANTING and any(c.dep_ == "det" and c.lower_ == "no" for c in children(token)):
        if lemma in ("place", "room"):
            return judged("criticises", grammar.prepositional(token, "for"), context, 0.65)
        return claim_denied([h for p in ("in", "to", "for") for h in grammar.prepositional(token, p)], context)
    if lemma not in context.wording.data["judgements"]["thanks"] or token.dep_ in ("prep", "pcomp", "pobj"):
        return None
    if token.dep_ == "npadvmod" and not (token.i and token.nbor(-1).is_quote):
        return None
    if token.pos_ == "VERB" and not any(c.lower_ == "you" for c in children(token)):
        return None
    return judged("praises", grammar.prepositional(token, "to"), context, 0.75)


def _rhetorical(token: Token, context: Context) -> Judgement | None:
    """Questions that are reproaches: "Why won't Johnson condemn this?", "How dare he lecture us"."""
    asks = {c.lower_ for c in children(token) if c.dep_ == "advmod"}
    dares = token.lemma_.lower() == "dare" and "how" in asks
    undone = (
        "why" in asks and any(c.dep_ == "neg" for c in children(token)) and any(t.text == "?" for t in token.sent[-3:])
    )
    if not dares and not undone:
        return None
    heads = [c for c in children(token) if c.dep_ in grammar.SUBJECTS]
    heads = heads or [
        g for c in children(token) if c.dep_ in ("ccomp", "xcomp") for g in children(c) if g.dep_ == "nsubj"
    ]
    return judged("criticises", heads, context, 0.65)


_HE_OR_SHE = frozenset({"he", "she", "him", "her", "his"})
_YOU = frozenset({"you", "your", "yourself"})
_TELLING = frozenset("tell ask remind inform warn write tweet say reply shout message text".split())


def _spoken_of(context: Context) -> Iterator[tuple[int, Entity]]:
    """Pronouns of a quotation that its reporting verb explains: "'She is fantastic,' he said of Patel", "Starmer told
    Johnson: 'You are a disgrace'"."""
    for quote in context.speech.quotes:
        if quote.cue is None:
            continue
        cue = context.doc[quote.cue]
        heads = [h for p in ("of", "about") for h in grammar.prepositional(cue, p)]
        yield from _meant(quote, _HE_OR_SHE, heads, context)
        if cue.lemma_.lower() in _TELLING:
            told = [*(c for c in children(cue) if c.dep_ in ("dobj", "dative")), *grammar.prepositional(cue, "to")]
            yield from _meant(quote, _YOU, told, context)


def _meant(
    quote: QuoteSpan, words: frozenset[str], heads: Sequence[Token], context: Context
) -> Iterator[tuple[int, Entity]]:
    people = [e for h in heads for e in context.arguments.entities(h, types=(PERSON,))]
    if len(people) == 1:
        for index in range(quote.first, quote.last + 1):
            if context.doc[index].lower_ in words:
                yield index, people[0]


def _alleged(token: Token, context: Context) -> Judgement | None:
    """What somebody alleges of an actor accuses him: "alleged that Trump paid her", "the allegation that he knew"."""
    head = token.head
    verb = token.dep_ == "ccomp" and head.pos_ == "VERB" and head.lemma_.lower() in ("allege", "charge")
    noun = token.dep_ in ("acl", "ccomp", "relcl") and head.lemma_.lower() in ("allegation", "accusation", "charge")
    told = verb or (
        noun and (grammar.tells(token) or any(c.dep_ == "mark" and c.lower_ == "that" for c in children(token)))
    )
    told = told or ((heard := context.speech.asides.get(token.i)) is not None and heard.lemma_ == "allege")
    if not told or is_negated(token):
        return None
    found = judged("accuses", participants.agents(token), context, 0.65)
    return (*found[:3], phrase_text(token)) if found else None


def _grumbled(token: Token, context: Context) -> Judgement | None:
    """Whom a complaint is about: "fumed that Blair was all spin", "complained that May had kept him in the dark"."""
    grumbling = context.wording.words("grumbling_verbs")
    told = token.dep_ == "ccomp" and token.head.lemma_ in grumbling and token.head.tag_ != "VBG"
    told = told or ((heard := context.speech.asides.get(token.i)) is not None and heard.lemma_ in grumbling)
    if not told or token.tag_ == "VBG" or is_question(token):
        return None
    return judged("criticises", participants.surface_subjects(token), context, 0.6)


def _warnings(context: Context) -> Iterator[Statement]:
    """Whom a warning is for, when it names no addressee: "warned that if the government went on, ..."."""
    for verb in context.triggers({"warn", "caution"}):
        if verb.pos_ != "VERB" or grammar.is_passive(verb):
            continue
        content = [c for c in children(verb) if c.dep_ in ("ccomp", "advcl") and c.i > verb.i]
        if not content or any(c.dep_ in ("dobj", "dative") for c in children(verb)):
            continue
        conditions = [
            t for c in content for t in c.subtree
            if t.pos_ in ("VERB", "AUX") and any(g.dep_ == "mark" and g.lower_ in ("if", "unless") for g in children(t))
        ]  # fmt: skip
        speakers = [e for h in participants.agents(verb) for e in context.arguments.entities(h)]
        for condition in conditions[:1]:
            heads = [c for c in children(condition) if c.dep_ in grammar.SUBJECTS]
            warned = [e for h in heads for e in context.arguments.entities(h, types=(PERSON, ORGANISATION))]
            for one in speakers:
                for other in warned:
                    if one != other and other.kind != "country":
                        yield from assemble(
                            "warns", one, other, verb, context, rule="evaluation/warn-if", confidence=0.6
                        )


_SACKING = frozenset("sack fire dismiss remove suspend expel".split())
_LOSING = frozenset("lose face forfeit regret".split())


def _told_off(context: Context) -> Iterator[Statement]:
    """Threats told: "told rebels they would be expelled", "was told by No10 that he would lose the whip"."""
    entities = context.arguments.entities
    for verb in context.triggers({"tell"}):
        for clause in (c for c in children(verb) if c.dep_ == "ccomp"):
            will = any(c.dep_ == "aux" and c.lower_ in ("will", "would", "'ll", "'d") for c in children(clause))
            harm = _SACKING | context.wording.words("hostile_verbs") if grammar.is_passive(clause) else _LOSING
            if not will or clause.lemma_ not in harm or is_negated(clause) or is_hypothetical_clause(clause):
                continue
            told = [e for h in participants.patients(verb) for e in entities(h)]
            if clause.lemma_ in _SACKING and not any(t.lower_ in ("if", "unless") for t in verb.sent):
                told = [e for e in told if e.type == GROUP]  # of one man it is the sacking itself
            meant = [e for h in participants.surface_subjects(clause) for e in entities(h)]
            for one in (e for h in participants.agents(verb) for e in entities(h)):
                for other in told:
                    if other.id != one.id and (other in meant or not meant):
                        yield from assemble(
                            "threatens", one, other, verb, context, rule="evaluation/told", confidence=0.65
                        )


def _is_outlet(entity: Entity, context: Context) -> bool:
    """Newspapers report judgements; they do not make them by that."""
    return entity.type == ORGANISATION and bool(
        set(entity.name.casefold().split()) & context.wording.words("outlet_words")
    )
