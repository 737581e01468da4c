"""Whose a deed is that only an earlier sentence tells: "Johnson compared them to letter boxes. Starmer condemned *the
remarks*." Words go back to whoever spoke last; acts to whom the last sentence is about that does not remark on them
itself; "the removal of Gordhan" to whoever removed him."""

from collections import Counter
from collections.abc import Iterator, Sequence

from spacy.attrs import LEMMA
from spacy.tokens import Doc, Span, Token

from graphbuild.discourse import SPEAKING
from graphbuild.extract.article.arguments import Arguments
from graphbuild.extract.article.attribution import Speech
from graphbuild.extract.syntax import grammar, participants
from graphbuild.extract.syntax.grammar import children
from graphbuild.model import ORGANISATION, PERSON, Entity
from graphbuild.ontology import word_set

_WORDS = word_set("words_told")
_ACTS = word_set("acts_told")
# What is done to somebody, and the verbs that tell who did it.
_OUT = word_set("putting_out")
_IN = frozenset("appoint name pick choose select nominate promote install make elevate hire".split())
_DONE_TO = dict.fromkeys(
    """removal sacking dismissal firing ouster ousting suspension expulsion exclusion demotion deselection axing sidelining
    treatment purge barring dumping""".split(), _OUT
) | dict.fromkeys("appointment nomination promotion selection elevation hiring installation".split(), _IN)  # fmt: skip
# What somebody does himself, and the verbs that tell of it.
_DONE = {
    "defection": frozenset("defect cross jump switch join quit".split()),
    "resignation": frozenset("resign quit".split()),
    "departure": frozenset("leave quit resign depart step stand".split()),
    "endorsement": frozenset("endorse back".split()),
}
_REPORTING = frozenset({"newspaper", "broadcaster", "agency", "magazine", "pollster"})
_POINTING = frozenset({"the", "this", "that", "these", "those"})
_SAID = SPEAKING | frozenset("compare liken brand label dub depict joke imply allude propose send share".split())
# So many sentences of remarks may stand between an act and a remark on it.
_REMARKS = 6


def told_before(head: Token, arguments: Arguments, speech: Speech) -> list[Entity]:
    """Who said or did what a bare "the comments", "the decision", "it" or "the removal of X" takes up; [] when the text
    leaves it open."""
    lemma = head.lemma_.lower()
    if lemma in _DONE_TO:
        return _who_did(_DONE_TO[lemma], _sufferers(head, arguments), head.doc, arguments)
    if head.sent.start == 0 or not _takes_up(head):
        return []
    if lemma in _DONE:
        return _who_acted(_DONE[lemma], head, arguments)
    spoken = lemma in _WORDS
    for sentence in _before(head):
        quote = speech.quote_at(sentence.root)
        if spoken and (target := _remarked_on(sentence, arguments)) is not None:
            return [target]
        if spoken and quote is not None:
            speaker = speech.speaker_of_quote(quote)
            return [speaker] if speaker is not None else []
        if spoken or (quote is None and not any(_takes_up(t) for t in sentence)):
            return _doer(sentence, arguments, spoken=spoken)
    return []


def _takes_up(head: Token) -> bool:
    """Whether a word stands for what has just been told."""
    if head.lower_ in ("that", "this"):
        return head.dep_ == "nsubj" and head.i == head.sent.start
    pointing = any(c.lower_ in _POINTING for c in children(head) if c.dep_ == "det")
    return (
        pointing
        and head.lemma_.lower() in _WORDS | _ACTS
        and not any(
            c.dep_ in ("poss", "compound", "relcl", "acl")
            or (c.dep_ == "prep" and c.lower_ not in ("about", "on", "that", "over", "to"))
            for c in children(head)
        )
    )  # of a kind or an owner of its own


def _before(head: Token) -> Iterator[Span]:
    start = head.sent.start
    for _ in range(_REMARKS):
        if not start:
            return
        sentence = head.doc[start - 1].sent
        yield sentence
        start = sentence.start


def _remarked_on(sentence: Span, arguments: Arguments) -> Entity | None:
    """The person in the news whom a sentence only remarks on: the remarks at issue are his."""
    here = {
        e.id: e
        for t in sentence
        for e in arguments.entities(t, types=(PERSON,), spread=False)
        if t.dep_ not in ("nsubj", "nsubjpass")
    }
    counts = Counter(m.entity.id for ms in arguments.by_head.values() for m in ms if m.entity and m.type == PERSON)
    (leading, most), *rest = [*counts.most_common(2), ("", 0)]
    return here.get(leading) if most >= 2 * rest[0][1] else None


def _doer(sentence: Span, arguments: Arguments, *, spoken: bool) -> list[Entity]:
    verb = sentence.root
    if verb.pos_ != "VERB" or (spoken and (grammar.is_passive(verb) or verb.lemma_.lower() not in _SAID)):
        return []
    found = [e for h in participants.agents(verb) for e in arguments.entities(h, types=(PERSON, ORGANISATION))]
    return found if len(found) == 1 and found[0].kind not in _REPORTING else []


def _sufferers(noun: Token, arguments: Arguments) -> list[Entity]:
    """To whom it is done: "*Gordhan's* removal", "the treatment of *Driscoll*"."""
    heads = [c for c in children(noun) if c.dep_ == "poss"] + grammar.prepositional(noun, "of")
    return [e for h in heads for e in arguments.entities(h, types=(PERSON,))]


def _who_acted(verbs: frozenset[str], noun: Token, arguments: Arguments) -> list[Entity]:
    """Who is told first to have done so, before a noun for it."""
    for verb in grammar.spotted(noun.doc, verbs, LEMMA):
        if verb.i < noun.i and verb.pos_ == "VERB":
            found = [e for h in participants.agents(verb) for e in arguments.entities(h, types=(PERSON,))]
            if found:
                return found
    return []


def _who_did(verbs: frozenset[str], sufferers: Sequence[Entity], doc: Doc, arguments: Arguments) -> list[Entity]:
    """The one who is told to have done so, to whoever is named beside the noun."""
    doers = {}
    for verb in grammar.spotted(doc, verbs, LEMMA):
        struck = [e for h in participants.patients(verb) for e in arguments.entities(h, types=(PERSON,))]
        if verb.pos_ == "VERB" and struck and (not sufferers or set(struck) & set(sufferers)):
            heads = participants.agents(verb)
            doers.update({e.id: e for h in heads for e in arguments.entities(h, types=(PERSON, ORGANISATION))})
    found = [e for e in doers.values() if e not in sufferers]
    return found if len(found) == 1 else []
