"""How those voted of whom a report of a division says only that they "rebelled", "abstained", "sided with Labour" or "walked
through the No lobby": the measure is the one that the article says was voted on.

Runs after the other extractors, whose statements tell which side those were on with whom somebody voted.
"""

import re
from collections.abc import Iterator, Sequence

from spacy.attrs import LEMMA
from spacy.tokens import Doc, Span, Token

from graphbuild.extract.article.context import Context, make_context
from graphbuild.extract.article.factuality import is_question
from graphbuild.extract.article.statements import assemble
from graphbuild.extract.patterns.phrase_objects import fate
from graphbuild.extract.policy.enactments import enacted, named_acts
from graphbuild.extract.policy.policies import FATES, has_content, meant
from graphbuild.extract.policy.policy_labels import AT_ISSUE, policy_entity, stance_phrase
from graphbuild.extract.syntax import grammar, participants
from graphbuild.extract.syntax.grammar import children
from graphbuild.extract.syntax.phrases import fullest
from graphbuild.model import GROUP, ORGANISATION, PERSON, Article, Entity, Mention, Statement
from graphbuild.ontology import Ontology

_ACTORS = (PERSON, ORGANISATION, GROUP)
_WITH = ("with", "alongside")
_AGAINST = frozenset({"no", "nay", "noes", "opposite", "against"})
_FOR = frozenset({"yes", "aye", "ayes", "yea"})
_TO_ITS_OWN = {"defy": {"whip", "whips", "line"}, "break": {"rank", "ranks"}, "cross": {"floor", "aisle"}}
_TRIGGERS = frozenset("vote rebel abstain lobby defy break cross side stay register".split())
_DECIDING = frozenset("approve pass reject defeat throw carry adopt back annul endorse give ratify".split())
_VOTES = frozenset("vote rebellion revolt division ballot rebel abstain defeat showdown".split())
_ON_WHAT = frozenset({"on", "over", "against", "for"})
_ORDERING = frozenset("order urge tell ask whip instruct refuse threaten call".split())
_NO_MEASURES = frozenset({"vote", "reading", "confidence", "whip", "leadership"})
_JUDGING = frozenset("impeach convict acquit censure expel".split())
_BIDS = frozenset("bid attempt move effort push vote plan motion resolution drive".split())


def divisions(
    doc: Doc,
    article: Article,
    mentions: Sequence[Mention],
    ontology: Ontology,
    found: Sequence[Statement],
    measure: Entity,
) -> Iterator[Statement]:
    """Statements of favours and opposes on the article's measure by votes that do not name it."""
    context = make_context(doc, article, mentions, ontology)
    votes = [
        (token, way, mates) for token in context.triggers(_TRIGGERS) if not is_question(token) for way, mates in _vote(token, context)
    ]  # fmt: skip
    side = {s.subject.id: s.relation for s in found if s.object == measure and s.polarity == "positive"}
    parties = {s.subject.id: s.object.id for s in found if s.relation == "member_of" and s.object is not None}
    for token, way, mates in votes:
        verb = token if token.pos_ == "VERB" else next((t for t in token.ancestors if t.pos_ in grammar.VERBAL), token)
        heads = [
            h for h in (*participants.agents(verb), *participants.listed(verb))
            if not any(c.lower_ in ("some", "several", "many", "few") for c in children(h))
        ]  # fmt: skip
        voters = [e for h in heads for e in context.arguments.entities(h, types=_ACTORS)]
        if way == "with":
            known = {side[m.id] for m in mates if m.id in side} or {
                _OPPOSED[m.name] for m in mates if m.name in _OPPOSED
            }
            way = known.pop() if len(known) == 1 else ""
        elif way == "across":
            known = {side[parties[v.id]] for v in voters if parties.get(v.id) in side}
            way = {"favours": "opposes", "opposes": "favours"}[known.pop()] if len(known) == 1 else ""
            mates = []
        polarity = "negative" if way == "absent" else "positive"
        relation = {"absent": "favours"}.get(way, way)
        for voter in dict.fromkeys([*voters, *mates]) if relation else ():
            side.setdefault(voter.id, relation)
            yield from assemble(
                relation, voter, measure, token, context, rule=f"divisions/{token.lemma_.lower()}", confidence=0.62,
                polarity=polarity, modality="actual",
            )  # fmt: skip


# What became of a bill, and so which way the house voted that decided on it.
_CARRIED = frozenset("carry pass approve adopt scrape sail squeak go clear survive ratify".split())
_BEATEN = frozenset("defeat reject throw sweep crush kill fail fall sink lose vote block".split())
_COUNT = re.compile(r"\b\d{1,3}(?: votes)? ?(?:to|against|[-\u2013])+ ?(?:\d{1,3}|\w+)\b|\b\d{1,3} (?:votes|members)")


def passages(doc: Doc, article: Article, mentions: Sequence[Mention], ontology: Ontology) -> Iterator[Statement]:
    """ "The bill was carried by 113 votes to nine", "his attempt to legalise it was crushed in the Commons": the house is
    for or against it."""
    context = make_context(doc, article, mentions, ontology)
    for verb in grammar.spotted(doc, _CARRIED | _BEATEN, LEMMA):
        passive, lemma = grammar.is_passive(verb), verb.lemma_.lower()
        through = any(c.lower_ in ("through", "down", "aside", "out") for c in children(verb))
        if verb.pos_ != "VERB" or is_question(verb) or (lemma in ("go", "sail", "scrape", "squeak") and not through):
            continue
        if (not passive and lemma in ("vote", "throw", "sweep", "lose", "carry")) or any(c.dep_ in ("neg", "aux") and c.tag_ in ("MD", "RB") for c in children(verb)):  # fmt: skip
            continue
        if not _COUNT.search(grammar.sentence(verb).text) or any(context.arguments.entities(h) for h in grammar.by_agents(verb)):  # fmt: skip
            continue
        for head in (c for c in children(verb) if c.dep_ == ("nsubjpass" if passive else "nsubj")):
            aim = next((c for c in children(head) if c.dep_ in ("acl", "relcl") and c.tag_ == "VB" and head.lemma_ in _BIDS), None)  # fmt: skip
            if head.lower_ != "it" and aim is None and head.lemma_.lower() not in context.wording.words("policy_nouns"):
                continue
            policy = AT_ISSUE if head.lower_ == "it" else stance_phrase(aim or fullest(head, context.wording), verb)
            house = _house(verb, context)
            if policy is not None and house is not None:
                yield from assemble(
                    "favours" if lemma in _CARRIED else "opposes", house, policy, verb, context, rule="divisions/passage",
                    confidence=0.6, polarity="positive", modality="actual"
                )  # fmt: skip


def _house(verb: Token, context: Context) -> Entity | None:
    """The house in whose division something was carried: that of the sentence, else the last one named before it."""
    start, end = grammar.sentence(verb).start, grammar.sentence(verb).end
    houses = [
        (i, m.entity) for i in sorted(context.arguments.by_token) if i < end
        for m in context.arguments.by_token[i] if m.entity is not None and m.entity.kind in ("chamber", "parliament")
    ]  # fmt: skip
    here = [e for i, e in houses if i >= start]
    return here[0] if here else houses[-1][1] if houses else None


# The count of a vote, or what was voted on.
_DIVIDED = re.compile(
    r"\b\d{1,3}(?: votes)?(?: to |[-\u2013]| against )\d{1,3}\b|\b(?:second|third) reading\b|\bvot(?:e|es|ed|ing) (?:on|against|for|by)\b"
)
_OPPOSED = {"Opposition": "opposes", "UK Government": "favours"}


def _vote(token: Token, context: Context) -> Iterator[tuple[str, list[Entity]]]:
    """How ("opposes", "favours", "absent", "with" others, "across" party lines) a word says that its subject voted, and
    with whom; nothing where the words beside it tell on what."""
    lemma, words = token.lemma_.lower(), {c.lower_ for c in children(token)}
    if (
        lemma == "lobby"
        and token.pos_ in ("NOUN", "PROPN")
        and (around := words | {c.lower_ for h in children(token) for c in children(h)})
    ):
        verb = next((t for t in token.ancestors if t.pos_ == "VERB"), None)
        way = "opposes" if around & _AGAINST else "favours" if around & _FOR else "with"
        mates = _beside(verb, context) if verb is not None else []
        if way != "with" or mates:
            yield way, mates
        return
    if token.pos_ != "VERB" or any(c.dep_ == "neg" for c in children(token)):
        return
    if token.dep_ in ("xcomp", "ccomp") and token.head.lemma_ in _ORDERING:
        return
    told = [h for p in ("on", "over", "against", "for", "to") for h in grammar.prepositional(token, p)]
    told = [h for h in told if h.ent_type_ not in ("DATE", "TIME", "CARDINAL")]
    if lemma in _TO_ITS_OWN and any(c.dep_ == "dobj" and c.lower_ in _TO_ITS_OWN[lemma] for c in children(token)):
        if not any(
            c.dep_ in ("xcomp", "advcl") and c.lemma_ in ("vote", "back", "support", "oppose", "join")
            for c in children(token)
        ):
            yield ("opposes" if lemma == "defy" else "across"), []
    elif lemma == "rebel" and not told:
        yield "opposes", []
    elif (
        (lemma == "abstain" and not told and not grammar.prepositional(token, "from"))
        or (
            lemma == "register"
            and any(
                c.dep_ == "dobj" and c.lemma_ == "vote" and any(g.lower_ == "no" for g in children(c))
                for c in children(token)
            )
        )
        or (lemma == "stay" and "away" in words and "lobbies" in {t.lower_ for t in token.subtree})
    ):
        yield "absent", []
    elif lemma in ("vote", "side") and not told and not any(c.dep_ in ("xcomp", "dobj") for c in children(token)):
        if words & _AGAINST or words & _FOR:
            yield ("opposes" if words & _AGAINST else "favours"), []
        elif mates := _beside(token, context):
            yield "with", mates


def _beside(verb: Token, context: Context) -> list[Entity]:
    """With whom somebody voted: "alongside the Tories", "joined the Conservatives in the No lobby"."""
    heads = [h for p in _WITH for h in grammar.prepositional(verb, p)]
    heads += [h for h in grammar.own_objects(verb) if verb.lemma_ == "join"]
    return [e for h in heads for e in context.arguments.entities(h, types=_ACTORS)]


def voted_measure(doc: Doc, article: Article, mentions: Sequence[Mention], ontology: Ontology) -> Entity | None:
    """What the article says was voted on: the one bill that it names, else what its headline puts after "on" or "over", else
    the first thing that is voted on under a telling name."""
    if not _DIVIDED.search(article.text):
        return None
    title = next(doc.sents, None)
    if title is None:
        return None
    context = make_context(doc, article, mentions, ontology)
    acts = {
        text: span
        for key, span in named_acts(doc).items()
        for text in [span[2]]
        if key.split()[0] in ("bill", "act", "hb")
    }
    bills = {t: s for t, s in acts.items() if t.endswith("Bill")} or acts
    if len(bills) == 1:
        first, last, text = next(iter(bills.values()))
        return policy_entity(doc, first, last, text)
    for trigger, head in (*_in_headline(title, context.wording.words("policy_nouns")), *_voted_on(context)):
        # A headline read as one long name is no measure: "Starmer guts welfare bill to see off Labour revolt".
        if (entity := _telling(trigger, head, context)) is not None and len(entity.name.split()) <= _LONGEST:
            return entity
    return None


_LONGEST = 8


def _in_headline(title: Span, policies: frozenset[str]) -> Iterator[tuple[Token, Token]]:
    for token in title:
        if token.dep_ == "prep" and token.lower_ in ("on", "over") and token.head.lemma_.lower() not in policies:
            yield from ((token.head, c) for c in children(token) if c.dep_ == "pobj")
        elif token.lemma_.lower() in _BIDS and token.pos_ == "NOUN":
            yield from ((token, c) for c in children(token) if c.dep_ in ("acl", "relcl") and c.lemma_ in FATES)


def _voted_on(context: Context) -> Iterator[tuple[Token, Token]]:
    for token in context.tokens:
        lemma = token.lemma_.lower()
        if lemma in _VOTES:
            after = token.nbor() if token.i + 1 < len(token.doc) else token  # wherever the parser hung it
            places = [after] if after.lower_ in _ON_WHAT else [c for c in children(token) if c.dep_ == "prep"]
            yield from (
                (token, h) for place in places if place.lower_ in _ON_WHAT
                for h in children(place) if h.dep_ in ("pobj", "pcomp")
            )  # fmt: skip
            yield from ((token, c) for c in children(token) if c.dep_ in ("xcomp", "acl") and c.tag_ == "VB")
        elif lemma in _JUDGING and token.pos_ == "VERB":
            yield token, token
        elif lemma in _DECIDING and token.pos_ == "VERB":
            yield from (
                (token, h) for h in (*grammar.own_objects(token), *(c for c in children(token) if c.dep_ == "dative"))
            )


def _telling(trigger: Token, head: Token, context: Context) -> Entity | None:
    """The policy of a head where its own words, or those of a fuller phrase with the same noun, tell which it is."""
    if head.pos_ == "VERB":
        if head.lemma_ in FATES and (entity := fate(head, context)) is not None:
            return entity
        return stance_phrase(head, trigger) if has_content(head, context.arguments, context.wording) else None
    words = context.wording.words
    head = fullest(meant(head, trigger), context.wording)
    if head.pos_ not in ("NOUN", "PROPN") or head.ent_type_ in ("DATE", "TIME", "CARDINAL", "GPE", "PERSON"):
        return None
    if head.lemma_.lower() in words("people_nouns") | words("no_policy_nouns") | _NO_MEASURES:
        return None
    if context.arguments.mentions_at(head) and not enacted(head):
        return None
    entity = stance_phrase(head, trigger)
    return entity if entity is not None and len(entity.name.split()) > 1 else None
