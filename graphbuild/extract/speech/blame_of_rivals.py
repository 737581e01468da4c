"""What rivals say of each other: a clause of blame about another party or its people, in the words of an opponent."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from graphbuild.extract.article.context import Context
from graphbuild.extract.article.factuality import factuality, is_question
from graphbuild.extract.article.statements import make_statement
from graphbuild.extract.speech.judgements import is_hypothetical_clause, is_negated, is_not_meant
from graphbuild.extract.syntax import grammar, participants
from graphbuild.extract.syntax.grammar import children
from graphbuild.model import ORGANISATION, PERSON, Entity, Statement


def of_rivals(context: Context, judged: set[tuple[int, str]]) -> Iterator[Statement]:
    """What somebody says of another party or its people, in a clause with words of blame and none of praise."""
    doc, words = context.doc, context.wording.words
    blame = words("negative_adjectives") | words("negative_nouns") | words("negative_verbs")
    praise = words("positive_adjectives") | words("positive_nouns")
    for token in context.political:
        if token.i not in context.arguments.by_head or token.pos_ not in ("NOUN", "PROPN"):
            continue
        targets = [
            m.entity for m in context.arguments.mentions_at(token)
            if m.entity is not None and m.head == token.i and m.kind in ("name", "nominal") and m.type in (PERSON, ORGANISATION)
        ]  # fmt: skip
        if not targets or not _acts(token) or (token.sent.start, targets[0].id) in judged:
            continue
        said = context.speech.attribution(token)
        if (
            said is None
            or said.speaker is None
            or not _are_rivals(said.speaker, targets[0])
            or is_not_meant(token, said.quoted)
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
            if t.lemma_.lower() in blame and t.pos_ in ("VERB", "ADJ", "NOUN") and t.dep_ != "compound" and not is_negated(t) and t.i != said.cue
            and not (t.dep_ in ("attr", "acomp") and is_negated(t.head))
            and (t.pos_ != "VERB" or any(token in h.subtree for h in participants.agents(t)))
        ]  # fmt: skip
        if not blamed and not _worse_off(token, clause, span, context):
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


def _worse_off(token: Token, clause: Token, span: Sequence[Token], context: Context) -> bool:
    """Blame that takes a rival to be heard as such: "the Tories can't do this", "Labour would tax more", "nobody will
    get ahead under Clinton"."""
    data = context.wording.data["judgements"]
    if token.dep_ == "pobj" and token.head.lower_ == "under":
        return is_negated(clause) or any(t.lower_ in ("no", "nobody", "nothing", "worse", "less") for t in span)
    if token.dep_ != "nsubj" or token.head != clause or clause.dep_ in ("advcl", "relcl"):
        return False
    if is_negated(clause):
        return clause.lemma_.lower() not in data["blameless_undone"]
    doing = [clause, *(c for c in children(clause) if c.dep_ == "xcomp" or (c.dep_ == "conj" and c.pos_ == "VERB"))]
    return any(
        verb.lemma_.lower() in data["rival_verbs"]
        and not is_negated(verb)
        and any(c.dep_ in ("dobj", "advmod", "prt", "prep") for c in children(verb))
        for verb in doing
    )


_DOING = frozenset({"of", "by", "under", "for", "at", "as"})


def _acts(token: Token) -> bool:
    """Whether the phrase stands where a doer or an owner stands, not where somebody is done to."""
    if token.dep_ in ("dobj", "iobj", "dative"):
        return False
    return token.dep_ != "pobj" or token.head.lower_ in _DOING


def _are_rivals(speaker: Entity, target: Entity) -> bool:
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
            node.tag_ in ("VBD", "VBP", "VBZ", "MD") or any(c.dep_ in grammar.SUBJECTS for c in children(node))
        ):
            return node
    return None
