"""Who runs for what, over the whole article: a person called a candidate, contender or nominee stands for the contest
that the sentence, or else the article, names ("the Democratic presidential nomination", "leader of the Conservative
Party"). Where the article tells of several contests and the sentence of none, nothing is said."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from graphbuild.extract.article.context import Context, make_context
from graphbuild.extract.article.factuality import factuality
from graphbuild.extract.article.statements import assemble, make_statement
from graphbuild.extract.elections.ballots import ballots
from graphbuild.extract.elections.contest_names import (
    alike,
    american,
    bowed_out,
    of_another_party,
    of_the_other_party,
    tells_nothing,
)
from graphbuild.extract.elections.contest_passages import nearest_label, told_contests
from graphbuild.extract.elections.field import (
    SECOND,
    against_front_runner,
    contest_entity,
    field,
    is_nomination,
    one_nomination,
    primary_label,
    rivals_for_a_nomination,
    season_label,
    without_doubles,
)
from graphbuild.extract.elections.implied_results import implied_results, primaries_by_state
from graphbuild.extract.elections.known_candidates import known_candidates
from graphbuild.extract.elections.leaderships import beaten_to, between, named_leaderships
from graphbuild.extract.elections.running_mates import running_mates, seeking_again
from graphbuild.extract.elections.seats import is_seat
from graphbuild.extract.syntax import predication
from graphbuild.extract.syntax.grammar import children, prepositional
from graphbuild.model import ORGANISATION, PERSON, Article, Entity, Mention, Statement
from graphbuild.ontology import Ontology


def contests(doc: Doc, article: Article, mentions: Sequence[Mention], ontology: Ontology) -> Iterator[Statement]:
    """Statements of stands_for from words for candidates and campaigns."""
    context = make_context(doc, article, mentions, ontology)
    words = ontology.wording.data["contests"]
    told = told_contests(context, words["contests"])
    candidates, campaigns = frozenset(words["candidate_nouns"]), frozenset(words["campaign_nouns"])
    nouns = candidates | campaigns | {"rival"}
    for token in context.triggers(nouns):
        lemma = token.lemma_.lower()
        if lemma in candidates or (lemma == "rival" and token.dep_ != "dobj"):
            heads = predication.self_heads(token)
            several = token.tag_ in ("NNS", "NNPS") or token.dep_ not in ("compound", "nmod", "amod")
            people = [e for h in heads for e in context.arguments.entities(h, types=(PERSON,), spread=several)]
            if token.tag_ == "NNS" and (backer := _backer_after(token, context)) is not None:
                people = [p for p in people if p != backer]
        elif lemma in campaigns:
            owners = [c for c in children(token) if c.dep_ == "poss" or (c.dep_ == "compound" and c.i == token.i - 1)]
            modifiers = {c.lemma_.lower() for c in children(token) if c.dep_ in ("amod", "compound")}
            if modifiers & _OTHER_CAMPAIGNS:
                continue
            people = [e for o in owners for e in context.arguments.entities(o, types=(PERSON,), spread=False)]
        else:
            continue
        label = _own_seat(token) or nearest_label(token, told)
        talked_of = token.dep_ == "pobj" and token.head.lower_ == "as" and token.head.head.lemma_ in _TALKED_OF
        if not people or lemma == "rival":
            continue
        if not told:
            if lemma in candidates and any(is_seat(h) for p in ("for", "in") for h in prepositional(token, p)):
                continue  # "the candidate for Arundel": titles.py tells where
            if lemma in candidates and not any(
                c.dep_ in ("poss", "prep", "compound") or (c.dep_ == "amod" and c.lower_ not in _LIKELY)
                for c in children(token)
            ):
                yield from _for_an_unnamed_post(token, people, context, talked_of=talked_of)
            elif (
                lemma in _SEEKING
                and token.dep_ != "attr"
                and not any(c.dep_ == "prep" and c.lower_ == "of" for c in children(token))
            ):  # "Labour's candidate, Tracy Brabin": in the contest that outcomes.py finds
                for person in dict.fromkeys(people):
                    yield from assemble(
                        "stands_for", person, contest_entity("candidate"), token, context,
                        rule=f"contests/unplaced-{lemma}", confidence=0.6,
                    )  # fmt: skip
            continue
        polarity, modality = (
            factuality(token, context.wording) if lemma in candidates else (_whether_on(token), "actual")
        )
        if modality == "possible":
            continue
        if talked_of and polarity == "positive" and label != SECOND:
            modality = "possible"  # "long touted as a contender"
        ended = lemma in campaigns and polarity == "negative"
        ended = ended and factuality(token.head, context.wording) == ("positive", "actual")
        ended = ended and not any(
            c.dep_ == "mark" and c.lower_ == "for" for c in children(token.head)
        )  # "urged her to"
        lost = polarity == "positive" and any(c.lower_ in _FAILED for c in children(token))
        for person in dict.fromkeys(people):
            own = _own_nomination(person, label, told)
            if not own or of_another_party(person, own):
                continue
            party = american(person) or _worded_party(token)
            contest = contest_entity(season_label(own, party, told, token.sent.text, article, chosen=_is_chosen(token)))
            if lost:
                yield make_statement(
                    "elected_to", person, contest, token, context, polarity="negative", modality="actual", source=None,
                    role="", topic="", rule=f"contests/lost-{lemma}", confidence=0.65,
                )  # fmt: skip
            yield make_statement(
                "stands_for", person, contest, token, context, polarity="negative" if _is_denied(token) or (ended and not lost) else "positive",
                modality=modality, source=None, role="", topic="", rule=f"contests/{lemma}", confidence=0.65,
            )  # fmt: skip


_OTHER_CAMPAIGNS = frozenset(
    "referendum advertising smear media letter remain leave previous re-election reelection election".split()
)


def _for_an_unnamed_post(
    noun: Token, people: Sequence[Entity], context: Context, *, talked_of: bool
) -> Iterator[Statement]:
    """ "X and Y are seen as contenders": for the post that falls vacant, if the article tells of one."""
    polarity, modality = factuality(noun, context.wording)
    for person in dict.fromkeys(people):
        yield make_statement(
            "stands_for", person, None, noun, context, polarity=polarity, modality="possible" if talked_of else modality,
            source=None, role="", topic="", rule=f"contests/unnamed-{noun.lemma_.lower()}", confidence=0.55,
        )  # fmt: skip


def _backer_after(noun: Token, context: Context) -> Entity | None:
    """Who does something with them in "the House candidates *Sanders* had raised money for", "the hopefuls *Trump* endorsed"."""
    for mention in context.arguments.by_token.get(noun.i + 1, ()):
        after = mention.last + 1
        if mention.kind == "name" and after < len(noun.doc) and noun.doc[after].tag_ in ("VBD", "VBZ", "VBP", "MD"):
            return mention.entity
    return None


def _is_denied(noun: Token) -> bool:
    """ "would not be a candidate"."""
    return noun.dep_ == "attr" and any(c.dep_ == "neg" for c in children(noun.head))


_TALKED_OF = frozenset(
    "tout tip mention float see regard speak punt moot suggest view talk consider cite name tap fancy canvass".split()
)
_SEEKING = frozenset("candidate hopeful challenger nominee contender".split())
_LIKELY = frozenset(
    """declared undeclared only leading main likely possible potential strong top serious early clear obvious other chief
    credible official likeliest strongest prime live confirmed""".split()
)
_FAILED = frozenset("unsuccessful failed defeated losing beaten vanquished doomed ill-fated".split())
_ENDING = frozenset("suspend end quit abandon drop scrap halt fold terminate ditch close".split())


def _whether_on(campaign: Token) -> str:
    """ "suspending his campaign", "after her White House campaign ended": a candidacy withdrawn."""
    verb = campaign.head
    ended = verb.lemma_ in _ENDING and campaign.dep_ in ("dobj", "nsubjpass")
    return (
        "negative" if ended or (campaign.dep_ == "nsubj" and verb.lemma_ in ("end", "fold", "collapse")) else "positive"
    )


_SEATS = frozenset("congressional parliamentary council assembly legislative senatorial".split())


_NO_SEAT = frozenset({"NORP", "DATE", "CARDINAL", "PERSON"})


def _own_seat(noun: Token) -> str:
    """ "A New York congressional candidate" tells his contest himself."""
    words = [c for c in children(noun) if c.dep_ in ("amod", "compound", "nmod") and c.i < noun.i]
    if any(t.lower_ == "vice" for c in words for t in c.subtree):
        return "vice president"
    chamber = any(c.text in ("House", "Senate") for c in words)
    if not chamber and not any(c.lower_ in _SEATS for c in words):
        return ""
    first = min(c.left_edge.i for c in words)
    if chamber:  # "California state Senate candidate"
        parts = [
            t.text for t in noun.doc[first : noun.i] if t.pos_ in ("PROPN", "NOUN") and t.ent_type_ not in _NO_SEAT
        ]
        return " ".join(parts) if parts != ["Senate"] else ""
    texts = [t.text for t in noun.doc[first : noun.i] if t.pos_ not in ("DET", "PUNCT") and t.ent_type_ != "NORP"]
    return " ".join([*texts, "seat"])


def _own_nomination(person: Entity, label: str, told: Sequence[tuple[int, str]]) -> str:
    """The contest that a candidate is in: his own party's nomination where the words near him tell of the other one, or
    the article of both."""
    foreign = person.party and not american(person) and (is_nomination(label) or label == SECOND)
    if label and not of_the_other_party(person, label):
        return "" if foreign else label
    party = american(person)
    return primary_label(party) if party and any(told_of == primary_label(party) for _, told_of in told) else ""


def _worded_party(noun: Token) -> str:
    """ "Democratic presidential candidate Bernie Sanders": the party in the words beside a candidate of no known one."""
    words = {
        t.lower_ for c in children(noun) if c.i < noun.i and c.dep_ in ("amod", "compound", "nmod") for t in c.subtree
    }
    return "Democratic" if "democratic" in words else "Republican" if words & {"republican", "gop"} else ""


_PRESUMED = frozenset("presumptive presumed likely expected apparent all-but-certain".split())


def _is_chosen(noun: Token) -> bool:
    """ "The Republican nominee" has been chosen; who battles "to be the nominee" has not, nor has a presumptive one."""
    if noun.lemma_.lower() != "nominee" or any(t.lower_ in _PRESUMED for t in noun.lefts):
        return False
    return not (noun.dep_ == "attr" and noun.head.tag_ == "VB" and noun.head.dep_ in ("xcomp", "advcl", "acl", "ccomp"))


def entered(
    doc: Doc, article: Article, mentions: Sequence[Mention], ontology: Ontology, found: Sequence[Statement]
) -> list[Statement]:
    """Statements with those of the field of a presidential contest (field.py) added."""
    context = make_context(doc, article, mentions, ontology)
    told = told_contests(context, ontology.wording.data["contests"]["contests"])
    found = [s for s in found if not tells_nothing(s)]
    found = alike(bowed_out([_for_the_candidate(s, mentions) for s in found]))
    found = [*found, *field(context, told, found)]
    out = rivals_for_a_nomination(without_doubles([*found, *known_candidates(context, told, found)]))
    out += [*running_mates(context), *seeking_again(context, out)]
    leaders = {label for _, label in told if label.startswith("leader of")}
    if len(leaders) == 1:
        (label,) = leaders
        out += [*between(context, label), *ballots(context, label)]
    out = named_leaderships([*out, *beaten_to(context)], mentions, context.wording.data)
    out = primaries_by_state(context, one_nomination(out))
    out += list(implied_results(context, out))
    return [*out, *against_front_runner(context, out)]


def _for_the_candidate(statement: Statement, mentions: Sequence[Mention]) -> Statement:
    """Support for "the Trump campaign" is support for Trump."""
    obj = statement.object
    if (
        statement.relation != "supports"
        or obj is None
        or obj.type != ORGANISATION
        or not obj.name.endswith(" campaign")
    ):
        return statement
    name = obj.name.removesuffix(" campaign")
    people = {m.entity.id: m.entity for m in mentions if m.entity is not None and m.type == PERSON
              and (m.entity.name == name or m.entity.name.split()[-1] == name)}  # fmt: skip
    return replace(statement, object=next(iter(people.values()))) if len(people) == 1 else statement


def follow(
    doc: Doc, article: Article, mentions: Sequence[Mention], ontology: Ontology, found: Sequence[Statement]
) -> Iterator[Statement]:
    """Who is endorsed "for the Democratic nomination" runs for it."""
    context = make_context(doc, article, mentions, ontology)
    starts = doc.user_data["starts"]
    told = told_contests(context, ontology.wording.data["contests"]["contests"])
    for s in found if told else ():
        if s.relation != "supports" or s.modality != "actual" or s.polarity != "positive":
            continue
        if s.object is None or s.object.type != PERSON or s.subject.id == s.object.id:
            continue
        here = {label for index, label in told if s.evidence.start <= starts[index] < s.evidence.end}
        # The contest must follow the name: "endorsed Biden for the nomination".
        tail = s.evidence.text.partition(s.object.name.split()[-1])[2]
        if len(here) == 1 and re.match(r"[^.;:]{0,30}\bfor (?:the )?", tail):
            yield replace(s, subject=s.object, relation="stands_for", object=contest_entity(next(iter(here))), topic="",
                          evidence=replace(s.evidence, rule="contests/endorsed", confidence=0.65))  # fmt: skip
