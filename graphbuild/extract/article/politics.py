"""Which statements are about politics: the same verbs tell of footballers and film stars.

An actor is political when the gazetteer knows him (a politician, party, government, council, union), when the article
gives him a party or a public post, or when his name says so ("Labour MPs", "Pendle Borough Council"). A statement
between actors needs one of them to be political; a stance on a policy needs its holder to be.
"""

import re
from collections.abc import Callable, Iterator, Sequence, Set
from functools import lru_cache

from spacy.attrs import LOWER
from spacy.tokens import Doc, Token
from spacy.vocab import Vocab

from graphbuild.discourse import quote_spans
from graphbuild.extract.policy.policies import STANCES
from graphbuild.model import GROUP, PERSON, PHRASE, PLACE, Entity, Mention, Statement
from graphbuild.ontology import Ontology

_POSTS = frozenset({"resigns_from", "sacked_by", "appointed_by", "stands_for", "elected_to", "succeeds"})
_CONTESTS = frozenset({"stands_for", "elected_to", "defeats"})
_VOTES = re.compile(
    r"\b(?:by-?elections?|(?:general|local|council|special|parliamentary) election|constituency|parliament\w*|first preferences|recount|"
    r"[\d,]+ votes|candidate|(?:Labour|Tory|Conservative|Lib Dem|SNP|Democrat\w*|Republican|Green|Ukip|UKIP) (?:candidate|seat)|majority|"
    r"for (?:the )?(?:Labou?r|Greens?|Tories|Conservatives|Lib Dems|Liberals?|Liberal Democrats|SNP|Nationals?|NDP|Democrats|Republicans|BJP|Congress|U[Kk][Ii][Pp]|Reform|Plaid|Sinn Féin))\b"
)
_MOVES = frozenset({"joins", "leaves"})
_DEPARTURES = frozenset({"leaves", "resigns_from", "expelled_by"})
# Whom polls ask.
_POLLED = frozenset("americans britons australians canadians scots independents residents".split())
_LEFT = frozenset("party campaign cabinet government committee union council international".split())
_OTHER_KINDS = frozenset({"newspaper", "broadcaster", "company", "people"})


_PARAGRAPHS = "political paragraphs"


def mark_political(doc: Doc, mentions: Sequence[Mention], told: Sequence[Statement], ontology: Ontology) -> None:
    """Note on the Doc which paragraphs can give a statement that ``political`` keeps: those that name a political actor,
    are spoken by one or have a word of politics. ``told`` are the background facts found already."""
    is_political = _judge(told, ontology)
    words = _ids(doc.vocab, ontology.wording.words("political_words") | _POLLED)
    of_token = doc.user_data.get("paragraphs") or [0] * len(doc)
    found = {number for number, word in zip(of_token, doc.to_array(LOWER).tolist(), strict=True) if word in words}
    others = set()
    for mention in mentions:
        if is_political(mention.entity):
            found.add(of_token[mention.head])
        else:
            others.add(mention.head)
    for quote in quote_spans(doc):
        if quote.speaker_head is not None and quote.speaker_head not in others:
            found.update(of_token[quote.first : quote.last + 1])
    doc.user_data[_PARAGRAPHS] = found


def political_tokens(tokens: Sequence[Token], doc: Doc) -> Sequence[Token]:
    """Those of the tokens of an article that stand in the paragraphs that ``mark_political`` noted, or all where it did
    not."""
    found = doc.user_data.get(_PARAGRAPHS)
    of_token = doc.user_data.get("paragraphs")
    if found is None or of_token is None:
        return tokens
    return [token for token, number in zip(tokens, of_token, strict=True) if number in found]


@lru_cache(maxsize=4)
def _ids(vocab: Vocab, words: frozenset[str]) -> frozenset[int]:
    return frozenset(vocab.strings.add(word) for word in words)


# Only legislators do these, and only politicians are backed or fought by politicians.
_LEGISLATING = re.compile(
    r"^(?:favours|opposes)/(?:vote|table|sponsor|co-sponsor|cosponsor|author|second|pilot|move)|^divisions/"
)
_IN_POLITICS = frozenset({"supports", "defeats", "challenges", "succeeds"})


def _engaged(statements: Sequence[Statement], is_political: Callable[[Entity | None], bool]) -> set[str]:
    """The ids of persons who stand for election, take part in a parliament's votes or are what politicians back."""
    out: set[str] = set()
    for s in statements:
        if s.relation in _CONTESTS or _LEGISLATING.match(s.evidence.rule):
            out.add(s.subject.id)
        if s.relation in _IN_POLITICS and s.object is not None and s.object.type == PERSON:
            if is_political(s.subject):
                out.add(s.object.id)
            elif s.relation != "supports" and is_political(s.object):
                out.add(s.subject.id)
    return out


def _judge(
    statements: Sequence[Statement], ontology: Ontology, engaged: Set[str] = frozenset()
) -> Callable[[Entity | None], bool]:
    """Whether an entity is political, by the gazetteer, its name or the background facts among some statements."""
    words = ontology.wording.words("political_words")
    known = engaged | {
        s.subject.id for s in statements
        if s.relation == "member_of" or (s.relation == "holds_role" and s.object and _words(s.object.name) & words)
    }  # fmt: skip

    def is_political(entity: Entity | None) -> bool:
        if entity is None:
            return False
        if entity.kind:
            return entity.kind not in _OTHER_KINDS
        if entity.id in known:
            return True
        return entity.type != PERSON and bool(_words(entity.name) & words)

    return is_political


def political(statements: Sequence[Statement], ontology: Ontology) -> Iterator[Statement]:
    """Statements with a political actor; background facts (holds_role, member_of) are kept as they are."""
    words = ontology.wording.words("political_words")
    is_political = _judge(statements, ontology)
    is_political = _judge(statements, ontology, _engaged(statements, is_political))
    for s in statements:
        if s.relation in _MOVES and s.object is not None and not _can_be_left(s.object, words):
            continue
        if s.relation in _DEPARTURES and s.object is not None and s.object.kind == "international":
            continue  # a country's way out of the European Union is a policy, not somebody's departure
        if s.relation == "calls_to_resign" and s.object is not None and s.object.kind == "people":
            continue  # "Americans go to the polls"
        voted = s.evidence.rule == "outcomes/seat" or (s.relation in _CONTESTS and _VOTES.search(s.evidence.text))
        if voted or s.relation in ("holds_role", "member_of") or is_political(s.subject):
            yield s
        elif s.relation in STANCES:
            polled = s.subject.type == GROUP and s.subject.name.casefold().split()[-1] in _POLLED
            if polled or (s.subject.type == GROUP and s.source is not None and is_political(s.source)):
                yield s
        elif (s.object is not None and s.object.type not in (PHRASE, PLACE) and is_political(s.object)) or (
            s.relation in _POSTS and _words(f"{s.role} {s.object.name if s.object else ''}") & words
        ):
            yield s


def _can_be_left(body: Entity, words: frozenset[str]) -> bool:
    """Whether one can be a member of a body: a party, a group, a government; not a street, a court or a league."""
    if body.kind:
        return body.kind in _LEFT
    return bool(_words(body.name) & (words | {"group", "movement", "alliance", "bloc", "league", "front", "veritas"}))


def _words(text: str) -> frozenset[str]:
    return frozenset(re.sub(r"['\u2019]s\b|[^\w\s]", " ", text.casefold()).split())
