"""Results told without their contest: "came second", "lost by 1,872", "Twigg saw off Portillo" are about the seat or post
that the sentence, the person's other statements or else the lines before tell of. Who won a contest has beaten those who
lost it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from graphbuild.extract.article.context import Context, make_context
from graphbuild.extract.consolidate import tells_no_contest
from graphbuild.extract.elections.contest_names import SEAT_HELD, of_another_party, of_the_other_party
from graphbuild.extract.elections.contest_passages import told_contests
from graphbuild.extract.elections.field import (
    PRESIDENT,
    SECOND,
    contest_entity,
    is_nomination,
    is_presidential,
    past_year,
)
from graphbuild.extract.elections.leaderships import named_leaderships
from graphbuild.extract.elections.seats import fought_in, no_seat
from graphbuild.extract.syntax.grammar import spotted
from graphbuild.extract.syntax.phrases import seat_name
from graphbuild.model import PERSON, PHRASE, Article, Entity, Mention, Statement
from graphbuild.ontology import Ontology

# Another race in the sentence, or a mere poll, is not the contest of the article.
_ELSEWHERE = re.compile(
    r"\b(?:races?|district|polls (?:show|suggest|put|give)|polling|surveys?|debates?|selection|deputy|replace (?:him|her)|vote on)\b"
)
_PRIMARY = re.compile(r"\b(?:primary|primaries|caucus|caucuses)\b")
_STATE_CONTEST = re.compile(
    r"\b(?:primar(?:y|ies)|caucus(?:es)?|place|debates?|state|delegates?|might|could|would|polls?|percent|demographics?)\b",
    re.IGNORECASE,
)
_ELECTING = re.compile(r"elected_to/(?:re-?)?(?:elect|return)")
_UNDER_WAY = frozenset("elect win wins winning lose loses losing prevail prevails triumph triumphs".split())
_BEFORE = re.compile(
    r"\b(?:[Ll]ast (?:year|month|spring|summer|autumn|fall|winter|time|[A-Z][a-z]+)|(?:years?|months|decades?) (?:ago|earlier|before)|previous\w*|once)\b"
)
# Posts within a party or a body, for which many stand.
_WITHIN = re.compile(r"\b(?:leader|chair\w*|secretary|conven[eo]r|president of the (?!United))\b")
_OFFICE = re.compile(r"(?:governor|mayor|president|premier|MP|senator|representative|speaker|leader) (?:of|for) \w")
# Bodies with many seats: who has one has beaten nobody who has none.
_SEVERAL = re.compile(
    r"^(?!.*\b(?:speaker|leader|president|chair\w*) of)(?:the )?(?:[\w'’-]+ )*(?:parliament|assembly|council|senate|house|commons|congress|meps?|mps?|dáil|seanad|senators?)$",
    re.IGNORECASE,
)
# A seat in general: the sentence or the article has to tell which.
_BARE = re.compile(
    r"^(?:(?:new|next|first|second|[\w-]+est|ever|[A-Z][\w-]+) )*(?:MP|TD|MSP|MEP|MLA|member)$"
    r"|^(?:(?:new|next|first|second|[\w-]+est|ever) )*(?:nominee|mayor|winner|president|governor|speaker)$"
)
_SMALL = frozenset("mp member for of the a seat constituency new next by-election by election ward".split())
# How far back, in characters, "came second" may refer to a contest told before.
_NEAR = 700


def settled(
    doc: Doc, article: Article, mentions: Sequence[Mention], ontology: Ontology, found: Sequence[Statement]
) -> list[Statement]:
    """The statements with a contest put to the results that leave it open, and with what follows from them."""
    if not any(s.relation in ("elected_to", "defeats", "stands_for") for s in found):
        return list(found)
    context = make_context(doc, article, mentions, ontology)
    contests = _Contests(context, found)
    out: list[Statement] = []
    for s in found:
        if s.relation in ("elected_to", "stands_for") and _is_open(s):
            told = s.modality != "possible" and s.evidence.trigger.lower() not in _UNDER_WAY
            label = contests.of(s, (s.subject,)) if told else ""
            if s.evidence.rule.startswith("contests/unplaced") and is_presidential(label):
                label = ""
            if label:
                out.append(replace(s, object=contest_entity(label)))
            elif s.object is not None or _ELECTING.match(s.evidence.rule):
                out.append(s)
            continue
        out.append(s)
        if s.relation == "defeats" and s.object is not None and s.subject.type == s.object.type == PERSON:
            out += _who_has_it(s, contests, article)
    out = named_leaderships(out, mentions, ontology.wording.data)
    return [*out, *_winners_over_losers(out, article, contests.states)]


def _is_open(s: Statement) -> bool:
    if s.object is None or s.relation == "stands_for":
        return tells_no_contest(s)
    return s.object.type == PHRASE and not _ELECTING.match(s.evidence.rule) and bool(_BARE.match(s.object.name))


def _who_has_it(s: Statement, contests: "_Contests", article: Article) -> Iterator[Statement]:
    """Who beats somebody has the seat or post, and the other has not."""
    if s.polarity != "positive" or s.modality not in ("actual", "alleged") or s.object is None:
        return
    if s.evidence.rule.startswith(("outcomes/", "ballots/")):
        return  # won a primary, no nomination; was first in a round
    label = contests.of(s, (s.subject, s.object))
    if not label or is_nomination(label):
        return  # one primary decides no nomination
    if _WITHIN.search(label) and not contests.told_here(s.subject, s):
        return  # who beats a rival within a party may have kept or contested the post
    if is_presidential(label) and (s.modality != "actual" or contests.of_state(s.evidence.text)):
        return  # one state decides no presidency
    for person, polarity in ((s.subject, "positive"), (s.object, "negative")):
        if not contests.has(person, label, polarity, s):
            evidence = replace(s.evidence, rule="outcomes/seat", confidence=0.68)
            yield replace(s, subject=person, relation="elected_to", object=contest_entity(label), polarity=polarity,
                          topic="", evidence=evidence)  # fmt: skip


class _Contests:
    """The contests that an article tells of: which, where, and who is in them."""

    def __init__(self, context: Context, found: Sequence[Statement]) -> None:
        self.context = context
        data = context.wording.data
        self.states = frozenset(data["roles"]["states"].values())
        self.named = [
            s for s in found
            if s.relation in ("elected_to", "stands_for") and s.object is not None and s.object.type == PHRASE
            and not _is_open(s) and not tells_no_contest(s) and s.object.name not in self.states
        ]  # fmt: skip
        self.held = [s for s in found if s.relation == "holds_role" and s.object and SEAT_HELD.match(s.object.name)]
        self.offices = [s for s in found if s.relation == "holds_role" and s.object and _OFFICE.match(s.object.name)]
        starts = context.doc.user_data["starts"]
        self.told = [(starts[i], label) for i, label in told_contests(context, data["contests"]["contests"])]

    def of_state(self, text: str) -> bool:
        """Whether a sentence is about one state's vote."""
        nationwide = "general election" in text
        return bool(_STATE_CONTEST.search(text)) or (not nationwide and any(state in text for state in self.states))

    def told_here(self, winner: Entity, beside: Statement) -> bool:
        """Whether the same sentence says to what the winner was elected."""
        return any(
            s.relation == "elected_to" and s.subject.id == winner.id and s.evidence.start == beside.evidence.start
            for s in self.named
        )  # fmt: skip

    def has(self, person: Entity, label: str, polarity: str, beside: Statement) -> bool:
        """Whether it is told already, in so many words or the same sentence."""
        return any(
            s.relation == "elected_to" and s.subject.id == person.id and s.polarity == polarity and s.object is not None
            and (_key(s.object.name) == _key(label) or s.evidence.start == beside.evidence.start)
            for s in self.named
        )  # fmt: skip

    def of(self, s: Statement, people: Sequence[Entity]) -> str:
        """The contest that a result is about, "" where the article leaves it open."""
        ids = {p.id for p in people}
        inside = [n for n in self.named if n.evidence.start == s.evidence.start]
        here = [
            n for n in inside
            if n.subject.id in ids and n.object and n.object.name != SECOND and not _PRIMARY.search(n.object.name)
        ]  # fmt: skip
        here = [n for n in here if n.polarity == "negative" or not n.evidence.rule.startswith("results/")]
        labels = {n.object.name for n in here if n.object and n.relation == "elected_to"}
        if not labels and (place := self._place(s)) is not None:
            # One state decides no presidency, and a country is no seat.
            return "" if no_seat(place, self.context) else seat_name(place)
        if not labels and s.relation == "elected_to":
            others = (n for n in inside if n.relation == "elected_to" and n.subject.type == PERSON)
            labels = {n.object.name for n in others if n.object}
        known = bool(labels)
        labels = labels or {
            n.object.name for n in here if n.object and (s.relation != "defeats" or not is_presidential(n.object.name))
        }  # fmt: skip
        labels = labels or {
            x for at, x in self.told
            if s.evidence.start <= at < s.evidence.end
            and (s.relation == "defeats" or not is_presidential(x))
        }  # fmt: skip
        text = s.evidence.text
        if not labels and not _ELSEWHERE.search(text) and not _long_ago(text, self.context.article):
            labels = self._elsewhere_of(ids) or self._before(s, ids)
            if _PRIMARY.search(text):
                labels = {x for x in labels if is_nomination(x) or _PRIMARY.search(x)}
            if s.relation == "defeats" and not labels:
                labels = {label for _, label in self.told if label not in (PRESIDENT, SECOND)}
        if not labels and s.evidence.trigger.lower() in ("re", "elected", "re-elected", "reelected", "returned"):
            # "The governor of Edo, X, has been re-elected"
            again = re.search(r"\bre-?elect", text) is not None and s.polarity == "positive"
            labels = {h.object.name for h in self.offices if again and h.object and h.subject.id in ids}
        if not labels and not self.told and (s.relation == "stands_for" or s.polarity == "negative"):
            labels = {h.object.name for h in self.held if h.object and h.subject.id in ids}
        fullest = max(labels, key=lambda x: (len(_key(x)), x), default="")
        label = fullest if all(_key(x) <= _key(fullest) for x in labels) else ""
        if label == SECOND or (s.relation == "elected_to" and is_nomination(label)):
            return ""  # one of many rounds
        if "nomination" in label and "general election" in text:
            return PRESIDENT
        if not known and any(of_another_party(p, label) or of_the_other_party(p, label) for p in people):
            return ""
        return label

    def _place(self, s: Statement) -> Token | None:
        starts = self.context.doc.user_data["starts"]
        for token in spotted(self.context.doc, frozenset((s.evidence.trigger.lower(),))):
            if s.evidence.start <= starts[token.i] < s.evidence.end:
                for place in fought_in(token):
                    found = self.context.arguments.mentions_at(place)
                    named = [m.entity for m in found if m.first <= place.left_edge.i]
                    if not any(e is not None and e.kind and e.kind != "country" for e in named):
                        return place
        return None

    def _elsewhere_of(self, ids: set[str]) -> set[str]:
        """What the same people stand for or won elsewhere in the article."""
        own = [n for n in self.named if n.subject.id in ids and n.object and n.modality != "possible"]
        labels = {n.object.name for n in own if n.object and not past_year(n.evidence.text, self.context.article)}
        return labels - {SECOND}

    def _before(self, s: Statement, ids: set[str]) -> set[str]:
        """The contest told last before a result, else the article's only one; never a presidency, of which more than
        one may be told."""
        local = [
            (n.evidence.start, n.object.name) for n in self.named
            if n.object and not past_year(n.evidence.text, self.context.article) and n.subject.id not in ids
            and n.subject.type == PERSON
        ]  # fmt: skip
        every = [*local, *self.told]
        if s.relation == "stands_for" and any(is_presidential(x) for _, x in every):
            return set()
        local = [(at, x) for at, x in every if not is_presidential(x) and SECOND not in x.casefold()]
        near = [(at, label) for at, label in local if 0 <= s.evidence.start - at < _NEAR]
        if near:
            last = max(at for at, _ in near)
            return {label for at, label in near if at == last}
        labels = {label for _, label in local}
        return labels if len({_key(x) for x in labels}) == 1 else set()


def _long_ago(text: str, article: Article) -> bool:
    return past_year(text, article) or bool(_BEFORE.search(text))


def _key(label: str) -> frozenset[str]:
    return frozenset(re.split(r"[\s-]+", label.casefold())) - _SMALL


def _winners_over_losers(found: Sequence[Statement], article: Article, states: frozenset[str]) -> Iterator[Statement]:
    """Where one won a contest and others lost it, the one has beaten the others."""
    results: dict[frozenset[str], dict[str, dict[str, Statement]]] = {}
    for s in found:
        if s.relation != "elected_to" or s.object is None or s.modality not in ("actual", "intended"):
            continue
        if s.subject.type != PERSON or _SEVERAL.match(s.object.name) or is_presidential(s.object.name):
            continue
        if not past_year(s.evidence.text, article) and not (_PRIMARY.search(s.object.name) or s.object.name in states):
            results.setdefault(_key(s.object.name), {}).setdefault(s.polarity, {}).setdefault(s.subject.id, s)
    met = {frozenset((s.subject.id, s.object.id)) for s in found if s.relation == "defeats" and s.object is not None}
    for sides in results.values():
        won, lost = sides.get("positive", {}), sides.get("negative", {})
        if len(won) != 1:
            continue
        (winner,) = won.values()
        for loser in lost.values():
            if frozenset((winner.subject.id, loser.subject.id)) not in met and loser.subject.id != winner.subject.id:
                yield replace(
                    loser, subject=winner.subject, relation="defeats", object=loser.subject, polarity="positive",
                    modality=winner.modality, topic="", evidence=replace(loser.evidence, rule="outcomes/over", confidence=0.62),
                )  # fmt: skip
