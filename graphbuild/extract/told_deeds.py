"""Whose a deed is that only an earlier sentence tells: "Johnson compared them to letter boxes. Starmer condemned *the
remarks*." Words go back to whoever spoke last, acts to whom the sentence before is about."""

from spacy.tokens import Span, Token

from graphbuild.discourse import SPEAKING
from graphbuild.extract import grammar
from graphbuild.extract.arguments import Arguments
from graphbuild.extract.attribution import Speech
from graphbuild.model import ORGANISATION, PERSON, Entity

_WORDS = frozenset(
    """comment remark statement claim tweet post word speech outburst accusation allegation assertion suggestion
    attack message letter tirade outburst rant video article ad advert rant insult slur joke apology response answer interview""".split()
)
_ACTS = frozenset(
    """decision move announcement appointment sacking dismissal firing nomination pick choice endorsement intervention
    behaviour behavior conduct action defection resignation departure climbdown volte-face reversal retreat about-turn about-face u-turn stunt refusal withdrawal line-up lineup reshuffle gesture vote threat pledge promise""".split()
)
_REPORTING = frozenset({"newspaper", "broadcaster", "agency", "magazine", "pollster"})
_POINTING = frozenset({"the", "this", "that", "these", "those"})
_SAID = SPEAKING | frozenset("compare liken brand label dub depict joke imply allude propose send share".split())


def told_before(head: Token, arguments: Arguments, speech: Speech) -> list[Entity]:
    """Who said or did what a bare "the comments", "the decision" or "That" takes up; [] when the text leaves it open."""
    lemma = head.lemma_.lower()
    pointing = lemma in _WORDS | _ACTS and any(c.lower_ in _POINTING for c in head.children if c.dep_ == "det")
    taken_up = head.lower_ in ("that", "this") and head.dep_ == "nsubj" and head.i == head.sent.start
    if not (pointing or taken_up) or head.sent.start == 0:
        return []
    if any(
        c.dep_ in ("poss", "compound", "relcl", "acl")
        or (c.dep_ == "prep" and c.lower_ not in ("about", "on", "that", "over", "to"))
        for c in head.children
    ):
        return []  # of a kind or an owner of its own
    return _doer(head.doc[head.sent.start - 1].sent, arguments, speech, spoken=lemma in _WORDS)


def _doer(sentence: Span, arguments: Arguments, speech: Speech, *, spoken: bool) -> list[Entity]:
    quote = speech.quote_at(sentence.root)
    if quote is not None:
        speaker = speech.speaker_of_quote(quote)
        return [speaker] if speaker is not None and spoken else []
    verb = sentence.root
    if verb.pos_ != "VERB" or grammar.is_passive(verb) or (spoken and verb.lemma_.lower() not in _SAID):
        return []
    heads = [c for c in verb.children if c.dep_ == "nsubj"]
    found = [e for h in heads for e in arguments.entities(h, types=(PERSON, ORGANISATION))]
    return found if len(found) == 1 and found[0].kind not in _REPORTING else []
