"""A relation found at a trigger -> Statement: factuality, attribution, date, role and evidence put to it."""

from collections.abc import Iterator

from spacy.tokens import Token

from graphbuild.extract.article.context import Context
from graphbuild.extract.article.dates import event_date
from graphbuild.extract.article.factuality import factuality, weaker
from graphbuild.extract.patterns.slots import slot_heads, words_around
from graphbuild.extract.policy.policies import PROPOSING, STANCES
from graphbuild.extract.syntax import governors
from graphbuild.extract.syntax.grammar import children
from graphbuild.extract.syntax.phrases import phrase_text
from graphbuild.model import GROUP, ORGANISATION, Entity, Evidence, Statement
from graphbuild.parse import offsets
from graphbuild.wording import Pattern


def assemble(
    relation: str, subject: Entity, obj: Entity | None, token: Token, context: Context, *,
    pattern: Pattern | None = None, rule: str = "", confidence: float = 0.0, polarity: str = "", modality: str = "",
) -> Iterator[Statement]:  # fmt: skip
    """Put factuality, attribution, date, role and evidence to a found relation."""
    anchor = token
    if pattern is not None and pattern.reset:
        anchor = next(g for g in governors.governors(token) if g.lemma_.lower() in pattern.under)
    found_polarity, found_modality = factuality(anchor, context.wording)
    if pattern is not None:
        if pattern.polarity == "negative" and found_polarity == "negative" and token.lemma_ == "rule":
            found_modality = weaker(found_modality, "possible")  # "refused to rule out a bid"
        if pattern.polarity == "negative":
            found_polarity = "positive" if found_polarity == "negative" else "negative"
        if pattern.modality:
            found_modality = weaker(found_modality, pattern.modality)
    polarity, modality = polarity or found_polarity, modality or found_modality
    if relation == "resigns_from" and polarity == "negative" and modality == "actual" and token.tag_ in ("VB", "VBG"):
        modality = "intended"  # "refused to go", "ruled out quitting"
    if relation == "defeats" and modality == "actual" and not _SURVEYED.isdisjoint(words_around(token)):
        modality = "possible"  # "the poll shows Carson beating Clinton"
    if relation in STANCES and polarity == "negative":
        if (relation == "favours" or (relation == "calls_for" and token.lemma_ == "want")) and _withheld(token):
            relation, polarity, modality = "opposes", "positive", "actual"  # "could not support the bill"
        elif not (
            token.lemma_ in ("rule", "call") or (relation == "favours" and token.pos_ == "NOUN") or _put_off(token)
        ):
            return  # "is not committed to it", "had never asked for it": no position is told
    if relation in STANCES and modality == "intended":
        modality = "actual"  # taking a position is the act
    if relation == "favours" and polarity == "negative" and token.lemma_.lower() in PROPOSING:
        return  # who puts forward no plan has none
    if relation == "opposes" and polarity == "negative" and token.lemma_ == "rule":
        relation, polarity, modality = "favours", "positive", "possible"  # "refused to rule out" a rise
    if relation in STANCES and polarity == "negative" and modality == "possible":
        return
    if relation == "sacked_by" and modality != "actual" and obj is not None and obj.type == GROUP:
        return  # rebels "plot to oust" somebody: a challenge
    if modality == "possible" and (subject.type == GROUP or relation == "succeeds"):
        return  # "MPs can still stand down" is said of nobody, "is thinking of replacing him" of another one
    said = context.speech.attribution(token)
    source = None
    if said is not None and not (pattern is not None and pattern.kind == "noun" and _is_presupposed(token)):
        if said.speaker is None:
            sure = said.cue is not None and context.doc[said.cue].lemma_ in ("confirm", "announce", "admit")
            modality = modality if said.quoted or sure else weaker(modality, "alleged")
        elif (
            subject not in said.speakers
            and said.speaker.id != subject.id
            and not (relation.endswith("_by") and obj is not None and said.speaker.id == obj.id)
        ):
            source = said.speaker
            spoken_for = relation in _ITS_LINE and source.party == subject.name
            if not spoken_for and (source.type != ORGANISATION or (obj is not None and source.id == obj.id)):
                modality = weaker(modality, "alleged") if modality == "actual" else modality
    yield make_statement(
        relation, subject, obj, token, context, polarity=polarity, modality=modality, source=source,
        role=_text(pattern.role, pattern, token) if pattern else "", topic=_text(pattern.topic, pattern, token) if pattern else "",
        rule=rule or (pattern.rule if pattern else ""), confidence=confidence or (pattern.confidence if pattern else 0.5),
    )  # fmt: skip


_SURVEYED = frozenset("survey hypothetical matchup match-up respondent pollster".split())
# What a party wants its people say.
_ITS_LINE = STANCES | {"urges"}


def _is_presupposed(noun: Token) -> bool:
    """ "said Blair's appointment of Boateng was wrong": what somebody says of a deed that is somebody's leaves it a deed."""
    return noun.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj", "conj") and any(
        c.dep_ == "poss" or (c.dep_ == "det" and c.lower_ in ("the", "that", "this")) for c in children(noun)
    )


# Whose verb this is takes a side by not taking the other.
_BACKING = frozenset("support back favour favor endorse agree approve accept want condone like".split())


def _put_off(token: Token) -> bool:
    """ "his decision not to push for a ceasefire", "refused to call for it", "abstained"."""
    if token.dep_ == "xcomp":
        return token.head.lemma_ in ("refuse", "decline", "fail", "choose", "decide")
    return token.dep_ in ("acl", "pcomp") or token.lemma_ == "abstain"


_DISPOSED = frozenset("inclined incline prepared prepare willing ready going minded able about".split())


def _withheld(token: Token) -> bool:
    """ "could not support the bill", "does not want a vote", "is not inclined to vote for it": a favour that one will not
    do is opposition."""
    if any(c.dep_ == "aux" and c.lower_ in ("can", "ca", "could", "will", "wo", "would") for c in children(token)):
        return token.lemma_ != "want"
    if token.lemma_ in _BACKING and any(c.dep_ == "neg" for c in children(token)):
        return any(c.dep_ == "aux" and c.lemma_ == "do" for c in children(token)) and not any(
            c.dep_ in ("xcomp", "ccomp") and c.tag_ != "VBG" for c in children(token)
        )
    return token.dep_ == "xcomp" and (token.head.lemma_ in _DISPOSED or token.head.lower_ in _DISPOSED)


def _text(slots: tuple[str, ...], pattern: Pattern | None, token: Token) -> str:
    for name in slots:
        if pattern is not None:
            for head in slot_heads(pattern, name, token, None):
                return phrase_text(head)
    return ""


def make_statement(
    relation: str, subject: Entity, obj: Entity | None, token: Token, context: Context, *, polarity: str, modality: str,
    source: Entity | None, role: str, topic: str, rule: str, confidence: float,
) -> Statement:  # fmt: skip
    """A statement whose evidence is the trigger's sentence."""
    start, end = offsets(token.sent)
    text = context.article.text[start:end]
    trimmed = text.strip()
    start += text.index(trimmed) if trimmed else 0
    evidence = Evidence(context.article.id, start, start + len(trimmed), trimmed, token.text, rule, confidence)
    date = event_date(token, context.article)
    if role in (subject.name, obj.name if obj else ""):
        role = ""
    return Statement(subject, relation, obj, evidence, polarity, modality, source, topic, role, date)
