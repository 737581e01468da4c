"""Inquiries into whether somebody did something: "is examining whether Morneau broke the rules", "opened an investigation
into whether he took bribes", "asked Denham to examine whether he ought to have gone"."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from graphbuild.extract.article.context import Context, make_context
from graphbuild.extract.article.statements import assemble
from graphbuild.extract.syntax import participants
from graphbuild.extract.syntax.governors import is_demanded
from graphbuild.extract.syntax.grammar import children
from graphbuild.model import ORGANISATION, PERSON, Article, Mention, Statement
from graphbuild.ontology import Ontology

_EXAMINE = frozenset("examine investigate probe inquire look".split())
_INQUIRIES = frozenset("investigation inquiry enquiry probe review".split())


def inquiries(doc: Doc, article: Article, mentions: Sequence[Mention], ontology: Ontology) -> Iterator[Statement]:
    """Statements of investigates at verbs of examining and nouns for inquiries that an indirect question follows."""
    if "whether" not in article.text:
        return
    context = make_context(doc, article, mentions, ontology)
    for token in context.triggers(forms={"whether"}):
        for above in list(token.ancestors)[:4]:
            yield from _inquiry(above, context)


def _inquiry(token: Token, context: Context) -> Iterator[Statement]:
    lemma = token.lemma_.lower()
    if lemma in _EXAMINE and token.pos_ == "VERB":
        heads = participants.agents(token)
    elif is_demanded(token, context.wording):
        return  # "demanding an investigation into whether he lied"
    elif lemma in _INQUIRIES and token.pos_ == "NOUN":
        heads = [c for c in children(token) if c.dep_ == "poss"] or participants.doer_above(token)
    else:
        return
    questions = [q for q in _questions(token) if q.i > token.i]
    if not questions:
        return
    subjects = [e for h in heads for e in context.arguments.entities(h, types=(PERSON, ORGANISATION))]
    for question in questions:
        about = [
            e
            for h in participants.surface_subjects(question)
            for e in context.arguments.entities(h, types=(PERSON, ORGANISATION))
        ]
        for subject in subjects:
            for target in about:
                if target.id != subject.id and subject.kind not in ("newspaper", "broadcaster"):
                    yield from assemble(
                        "investigates", subject, target, token, context, rule=f"inquiries/{lemma}", confidence=0.72
                    )


def _questions(token: Token) -> Iterator[Token]:
    """Verbs of the indirect questions below a word or its "into"."""
    places = [token, *(c for c in children(token) if c.dep_ in ("prep", "prt", "advmod"))]
    for place in places:
        for child in children(place):
            asks = any(g.lower_ == "whether" for g in children(child))
            if child.dep_ in ("ccomp", "pcomp", "advcl", "acl") and child.pos_ in ("VERB", "AUX") and asks:
                yield child
