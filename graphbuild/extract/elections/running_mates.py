"""Who stands beside or again: running mates, and who is up for re-election to the post that he holds."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from graphbuild.extract.article.context import Context
from graphbuild.extract.article.factuality import factuality
from graphbuild.extract.article.statements import make_statement
from graphbuild.extract.elections.field import PRESIDENT, SECOND, contest_entity
from graphbuild.extract.syntax import grammar, participants, predication
from graphbuild.extract.syntax.grammar import children, spotted
from graphbuild.model import PERSON, Entity, Statement

_MAYBE = frozenset("potential possible prospective likely would-be".split())


def running_mates(context: Context) -> Iterator[Statement]:
    """Who is called somebody's running mate stands for vice president."""
    for token in spotted(context.doc, frozenset(("mate", "running-mate"))):
        if not _running(token):
            continue
        if token.dep_ in ("dobj", "pobj") and not any(c.dep_ == "appos" for c in children(token)) and not _as(token):
            continue
        polarity, modality = factuality(token.head if token.dep_ == "attr" else token, context.wording)
        if any(c.lower_ in _MAYBE for c in children(token)):
            modality = "possible"
        heads = [token] if token.dep_ == "conj" else predication.self_heads(token)
        for head in heads:
            for person in context.arguments.entities(head, types=(PERSON,), spread=False):
                yield make_statement(
                    "stands_for", person, contest_entity(SECOND), token, context, polarity=polarity,
                    modality=modality, source=None, role="", topic="", rule="race/running-mate", confidence=0.7,
                )  # fmt: skip


def _running(token: Token) -> bool:
    before = [t.lower_ for t in token.doc[max(0, token.i - 2) : token.i]]
    return token.lower_ == "running-mate" or before[-1:] == ["running"] or before == ["running", "-"]


def _as(token: Token) -> bool:
    return token.dep_ == "pobj" and token.head.lower_ == "as"


_SEATS = (
    *"president senator governor representative congress mayor mp msp premier councillor".split(),
    "attorney general",
    "prime minister",
)
_RUNNING_AGAIN = frozenset("seek face win want run stand fight campaign bid vie aim hope deserve".split())


def seeking_again(context: Context, found: Sequence[Statement]) -> Iterator[Statement]:
    """Who is up for re-election stands for the post that the article says he holds."""
    posts: dict[str, str] = {}
    for s in found:
        if s.relation != "holds_role" or s.object is None or not s.object.name.lower().startswith(_SEATS):
            continue
        if len(s.object.name) > len(posts.get(s.subject.id, "")):
            posts[s.subject.id] = s.object.name
    if not posts:
        return
    for token in spotted(context.doc, frozenset(("reelection", "election"))):
        if token.lower_ == "election" and not _again(token):
            continue
        verb = next((a for a in token.ancestors if a.pos_ in ("VERB", "AUX")), token)
        polarity, modality = factuality(verb, context.wording)
        if polarity == "negative":
            continue
        for person in _incumbents(token, context):
            label = posts.get(person.id)
            if label:
                label = PRESIDENT if label.lower().startswith("president") else f"re-election as {label}"
                yield make_statement(
                    "stands_for", person, contest_entity(label), token, context, polarity="positive",
                    modality=modality, source=None, role="", topic="", rule="race/re-election", confidence=0.65,
                )  # fmt: skip


def _again(token: Token) -> bool:
    return token.i > 1 and token.nbor(-1).text == "-" and token.nbor(-2).lower_ == "re"


def _up(token: Token) -> bool:
    before = [t.lower_ for t in token.doc[max(0, token.i - 4) : token.i]]
    return "up" in before and "for" in before


def _incumbents(token: Token, context: Context) -> list[Entity]:
    """Whose re-election it is: "X faces re-election", "his re-election bid", "senators up for re-election, among them X"."""

    def people(heads: Sequence[Token]) -> list[Entity]:
        return [e for h in heads for e in context.arguments.entities(h, types=(PERSON,))]

    if _up(token):
        # "senators up for re-election, among them X of Maine and Y of Ohio"
        for word in token.sent:
            if word.i > token.i and (
                word.lower_ == "including" or (word.lower_ == "them" and word.nbor(-1).lower_ == "among")
            ):
                inside = (m for i in range(word.i, token.sent.end) for m in context.arguments.by_head.get(i, ()))
                named = [m.entity for m in inside if m.type == PERSON and m.kind == "name" and m.entity is not None]
                return list(dict.fromkeys(named))
    node = token
    while node.dep_ in ("compound", "nmod") and node.head.pos_ in ("NOUN", "PROPN"):
        node = node.head
    own = [c for t in {token, node} for c in children(t) if c.dep_ == "poss"] + grammar.prepositional(token, "of")
    if own:
        return people(own)
    for above in node.ancestors:
        if above.pos_ == "NOUN" and above.tag_ == "NNS" and people([above]):
            return people([above])
        if above.lower_ == "up" and above.head.pos_ == "NOUN":
            return people([above.head])
        if above.pos_ in ("VERB", "AUX"):
            if above.lemma_ not in _RUNNING_AGAIN and above.lemma_ != "be":
                return (
                    people([above.head]) if above.dep_ in ("acl", "relcl") and above.lemma_ in ("come", "stand") else []
                )
            return people(participants.agents(above))
    return []
