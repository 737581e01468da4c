"""What a speaker says *of somebody else*: criticism, praise and demands inside reported speech.

"Mr Anwar said Mr Starmer had failed to listen" -> criticises; "He is a decent man" -> praises; "The president must
stop this" -> urges; "she should go" -> calls_to_resign. Only an evaluative word whose subject (or owner) is a named
actor counts: bare negation in speech is no criticism. The article's own voice judges nobody.
"""

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from graphbuild.discourse import QuoteSpan
from graphbuild.extract import grammar, participants
from graphbuild.extract.addressees import told_to
from graphbuild.extract.context import Context, make_context
from graphbuild.extract.demands import ended, goes, overdue
from graphbuild.extract.factuality import factuality
from graphbuild.extract.faultfinding import fault
from graphbuild.extract.judgements import (
    Judgement,
    is_negated,
    is_not_meant,
    judged,
    judgement,
)
from graphbuild.extract.phrases import phrase_text
from graphbuild.extract.rivals import of_rivals
from graphbuild.extract.statements import assemble, make_statement
from graphbuild.model import GROUP, ORGANISATION, PERSON, Article, Entity, Mention, Statement
from graphbuild.ontology import Ontology

_OBLIGATION_VERBS = frozenset({"need", "have"})


def evaluation(doc: Doc, article: Article, mentions: Sequence[Mention], ontology: Ontology) -> Iterator[Statement]:
    """Statements made by judging words inside quotations and indirect speech."""
    context = make_context(doc, article, mentions, ontology)
    judged_already: set[tuple[int, str]] = set()
    context.arguments.spoken_of.update(_spoken_of(context))
    for token in context.political:
        if token.i not in context.speech.reported or token.pos_ not in _JUDGING:
            continue
        found = (
            _demand(token, context)
            or judgement(token, context)
            or _alleged(token, context)
            or _given(token, context)
            or _rhetorical(token, context)
            or fault(token, context)
        )
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
        if said.cue is not None and doc[said.cue].lower_ not in ("according", "words"):
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
            if target.id != said.speaker.id and target not in said.speakers:
                judged_already.add((token.sent.start, target.id))
                yield make_statement(
                    relation, said.speaker, target, token, context, polarity="positive", modality=modality, source=None,
                    role="", topic=topic, rule=f"evaluation/{token.lemma_.lower()}",
                    confidence=confidence if said.quoted else confidence - 0.05,
                )  # fmt: skip
    yield from _warnings(context)
    yield from of_rivals(context, judged_already)


_JUDGING = frozenset({"VERB", "ADJ", "NOUN", "AUX", "ADV", "NUM", "INTJ"})


def _given(token: Token, context: Context) -> Judgement | None:
    """Thanks, shame and refusals in so many words: "Thank you to X", "Shame on X", "there is no place for X"."""
    lemma = token.lemma_.lower()
    if lemma == "shame":
        return judged("criticises", grammar.prepositional(token, "on"), context, 0.75, token)
    if lemma in ("place", "room") and any(c.dep_ == "det" and c.lower_ == "no" for c in token.children):
        return judged("criticises", grammar.prepositional(token, "for"), context, 0.65, token)
    if lemma not in context.wording.data["judgements"]["thanks"] or token.dep_ in ("prep", "pcomp", "pobj", "npadvmod"):
        return None
    if token.pos_ == "VERB" and not any(c.lower_ == "you" for c in token.children):
        return None
    return judged("praises", grammar.prepositional(token, "to"), context, 0.75, token)


def _rhetorical(token: Token, context: Context) -> Judgement | None:
    """Questions that are reproaches: "Why won't Johnson condemn this?", "How dare he lecture us"."""
    if token.pos_ not in ("VERB", "AUX"):
        return None
    asks = {c.lower_ for c in token.children if c.dep_ == "advmod"}
    dares = token.lemma_.lower() == "dare" and "how" in asks
    undone = (
        "why" in asks and any(c.dep_ == "neg" for c in token.children) and any(t.text == "?" for t in token.sent[-3:])
    )
    if not dares and not undone:
        return None
    heads = [c for c in token.children if c.dep_ in grammar.SUBJECTS]
    heads = heads or [
        g for c in token.children if c.dep_ in ("ccomp", "xcomp") for g in c.children if g.dep_ == "nsubj"
    ]
    return judged("criticises", heads, context, 0.65, token)


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
            told = [*(c for c in cue.children if c.dep_ in ("dobj", "dative")), *grammar.prepositional(cue, "to")]
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
    verb = token.dep_ == "ccomp" and head.pos_ == "VERB" and head.lemma_.lower() == "allege"
    noun = token.dep_ in ("acl", "ccomp") and head.lemma_.lower() in ("allegation", "accusation")
    told = verb or (noun and any(c.dep_ == "mark" and c.lower_ == "that" for c in token.children))
    if token.pos_ not in ("VERB", "AUX") or not told or is_negated(token):
        return None
    found = judged("accuses", participants.agents(token), context, 0.65, token)
    return (*found[:3], phrase_text(token)) if found else None


def _warnings(context: Context) -> Iterator[Statement]:
    """Whom a warning is for, when it names no addressee: "warned that if the government went on, ..."."""
    for verb in context.political:
        if verb.lemma_.lower() not in ("warn", "caution") or verb.pos_ != "VERB" or grammar.is_passive(verb):
            continue
        content = [c for c in verb.children if c.dep_ in ("ccomp", "advcl") and c.i > verb.i]
        if not content or any(c.dep_ in ("dobj", "dative") for c in verb.children):
            continue
        conditions = [
            t for c in content for t in c.subtree
            if t.pos_ in ("VERB", "AUX") and any(g.dep_ == "mark" and g.lower_ in ("if", "unless") for g in t.children)
        ]  # fmt: skip
        speakers = [e for h in participants.agents(verb) for e in context.arguments.entities(h)]
        for condition in conditions[:1]:
            heads = [c for c in condition.children if c.dep_ in grammar.SUBJECTS]
            warned = [e for h in heads for e in context.arguments.entities(h, types=(PERSON, ORGANISATION))]
            for one in speakers:
                for other in warned:
                    if one != other and other.kind != "country":
                        yield from assemble(
                            "warns", one, other, verb, context, rule="evaluation/warn-if", confidence=0.6
                        )


def _is_outlet(entity: Entity, context: Context) -> bool:
    """Newspapers report judgements; they do not make them by that."""
    return entity.type == ORGANISATION and bool(
        set(entity.name.casefold().split()) & context.wording.words("outlet_words")
    )


def _demand(token: Token, context: Context) -> tuple[str, list[Entity], float, str] | None:
    """ "X should resign", "X must act", "it is time for X to go"."""
    if token.pos_ not in ("VERB", "AUX"):
        return None
    quits = _quits(token, context)
    over = ended(token, quits)
    if over and not any(c.dep_ == "mark" and c.lower_ in ("if", "unless", "whether") for c in token.children):
        return judged("calls_to_resign", over, context, 0.7, token)
    quits = quits or goes(token)
    if any(c.dep_ == "aux" and c.lower_ in context.wording.words("obligation") for c in token.children):
        heads = participants.surface_subjects(token)
    elif token.dep_ == "xcomp" and token.head.lower_ == "ought":
        heads = participants.surface_subjects(token.head)
    elif token.dep_ == "ccomp" and token.head.lemma_ == "hope" and _hoped(token):
        heads = participants.surface_subjects(token)
    elif (
        token.dep_ in ("xcomp", "advcl") and token.head.lemma_ in _OBLIGATION_VERBS and token.tag_ == "VB"
        and (token.dep_ == "xcomp" or _needs_to(token.head))
    ):  # fmt: skip
        told = token.head.dep_ == "ccomp" and token.head.lemma_ == "need"
        if token.head.lemma_ == "have" and any(c.dep_ == "dobj" for c in token.head.children):
            return None  # "has the nerve to run"
        if any(c.dep_ == "aux" for c in token.head.children) or (not quits and token.head.tag_ == "VBD" and not told):
            return None
        heads = participants.surface_subjects(token.head)
    elif quits and token.tag_ == "VB" and any(t.lower_ == "time" for t in token.ancestors):
        heads = [c for c in token.children if c.dep_ in grammar.SUBJECTS]
    else:
        return None
    if is_negated(token) or any(c.dep_ == "mark" and c.lower_ == "if" for c in token.children):
        return None
    if token.lemma_ in ("stay", "remain") and not any(c.dep_ in ("acomp", "dobj") for c in token.children):
        return None  # "he should stay": that is support
    if any(c.dep_ == "acomp" and c.lower_ in ("ashamed", "embarrassed") for c in token.children):
        return judged("criticises", heads, context, 0.65, token)
    if any(c.lower_ == "have" and c.dep_ == "aux" for c in token.children):
        relation = "calls_to_resign" if overdue(token, quits) else "criticises"
        return judged(relation, heads, context, 0.6 if quits else 0.5, token) if not grammar.is_passive(token) else None
    if any(t.lower_ == "rather" and t.i < token.i for h in heads for t in h.subtree):
        return None  # "Blair rather than Howard should form the government"
    passive = grammar.is_passive(token)
    if (
        passive
        and not quits
        and token.lemma_
        not in (
            "force",
            "sack",
            "fire",
            "remove",
            "dismiss",
            "oust",
            "suspend",
            "impeach",
            "expel",
        )
    ):
        return None
    relation = "calls_to_resign" if quits or passive else "urges"
    found = told_to(heads) if relation == "urges" else []
    found = found or [
        e for head in heads
        if head.lower_ not in ("i", "we", "you", "it", "this", "that", "there") or head.i in context.arguments.spoken_of
        for e in context.arguments.entities(head, types=(PERSON, ORGANISATION, GROUP) if not quits else (PERSON, ORGANISATION))
    ]  # fmt: skip
    return (relation, found, 0.75 if relation == "calls_to_resign" else 0.65, phrase_text(token)) if found else None


def _needs_to(need: Token) -> bool:
    """ "needed to 'apologise'", where quotation marks made the parser see a purpose; not "is needed to"."""
    return (
        need.lemma_ == "need" and not grammar.is_passive(need) and not any(c.dep_ == "dobj" for c in need.children)
    )  # fmt: skip


def _hoped(token: Token) -> bool:
    """ "I hope the Democrats will end their lawsuits": a hope told in the first person asks for it."""
    first_person = any(c.dep_ == "nsubj" and c.lower_ in ("i", "we") for c in token.head.children)
    return first_person and any(c.dep_ == "aux" and c.lower_ in ("will", "'ll") for c in token.children)


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
