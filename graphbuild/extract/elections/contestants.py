"""Where the grammar puts a candidate: who is beaten, faced or voted for, who vies or trails, "rival Ted Cruz"."""

from collections.abc import Iterator

from spacy.tokens import Token

from graphbuild.extract.article.context import Context
from graphbuild.extract.syntax.grammar import children
from graphbuild.model import PERSON, Entity

# Who is beaten, faced or voted for is in the race; so is who vies or trails.
_DONE_TO = frozenset(
    """beat defeat trail overtake outpoll trounce rout face challenge elect nominate outspend outraise unseat best trounce
    oppose outperform stop lead match battle fight debate drub edge crush clobber""".split()
)
_DOING = frozenset("vie compete campaign barnstorm trail concede clinch poll underperform outperform outspend".split())
_AGAINST = frozenset("against over behind versus vs with".split())
_STRIFE = frozenset(
    """run race compete lose lead win victory advantage contest matchup match-up fight battle campaign vote trail ahead edge
    margin duel showdown contend ballot election primary""".split()
)
_RIVALS = frozenset("rival opponent challenger foe competitor".split())
_VOTES = frozenset("vote ballot".split())


def contestants(context: Context) -> Iterator[tuple[Entity, Token]]:
    """(person, his word) of everybody who stands where the grammar puts a candidate."""
    for index, mentions in context.arguments.by_head.items():
        people = [m.entity for m in mentions if m.type == PERSON and m.entity is not None and m.kind != "nominal"]
        if people and _contends(context.tokens[index]):
            yield people[0], context.tokens[index]


def _contends(token: Token) -> bool:
    first = token
    while first.dep_ == "conj":
        first = first.head
    verb, role = first.head, first.dep_
    if role in ("dobj", "nsubjpass"):
        return verb.lemma_ in _DONE_TO or _is_rival(token)
    if role == "nsubj":
        return verb.pos_ == "VERB" and (verb.lemma_ in _DOING or _is_rival(token))
    if role == "pobj":
        what = verb.head.lemma_.lower()
        if verb.lower_ in _AGAINST:
            return what in _STRIFE
        if verb.lower_ == "for":
            return what in _VOTES
        return (verb.lower_ == "to" and what in ("lose", "loss", "concede", "second")) or _is_rival(token)
    return _is_rival(token)


def _is_rival(token: Token) -> bool:
    """ "rival Ted Cruz", "his opponent, X"."""
    nouns = [c for c in children(token) if c.dep_ in ("compound", "nmod", "amod", "appos")]
    nouns += [token.head] if token.dep_ == "appos" else []
    return any(c.lemma_.lower() in _RIVALS for c in nouns)
