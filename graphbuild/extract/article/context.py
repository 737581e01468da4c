"""What the extractors share about one article: its tokens, arguments, speech and the wording."""

from collections import defaultdict
from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc, Token

from graphbuild.extract.article.arguments import Arguments
from graphbuild.extract.article.attribution import Speech
from graphbuild.extract.article.politics import political_tokens
from graphbuild.extract.syntax.grammar import sentence
from graphbuild.model import Article, Mention
from graphbuild.ontology import Ontology
from graphbuild.wording import Wording


@dataclass(frozen=True)
class Context:
    """What an extractor needs of one article. ``tokens`` are those of the Doc, which makes new ones at every pass;
    ``political`` those of them that can tell something of a political actor. An extractor that knows its words asks for
    the tokens that have them and does not walk over the others."""

    doc: Doc
    tokens: tuple[Token, ...]
    political: tuple[Token, ...]
    article: Article
    arguments: Arguments
    speech: Speech
    wording: Wording

    def triggers(self, lemmas: Set[str] = frozenset(), forms: Set[str] = frozenset()) -> list[Token]:
        """The political tokens that have one of some lemmas or forms, in lower case, in their order."""
        by_lemma, by_form = self._index
        found = [t for word in by_lemma.keys() & lemmas for t in by_lemma[word]]
        if forms:
            found += [t for word in by_form.keys() & forms for t in by_form[word] if t.lemma_.lower() not in lemmas]
        return sorted(found, key=lambda token: token.i)

    @cached_property
    def _index(self) -> tuple[dict[str, list[Token]], dict[str, list[Token]]]:
        by_lemma, by_form = defaultdict(list), defaultdict(list)
        for token in self.political:
            by_lemma[token.lemma_.lower()].append(token)
            by_form[token.lower_].append(token)
        return dict(by_lemma), dict(by_form)


_LAST: list[tuple[Sequence[Mention], Context]] = []


def make_context(doc: Doc, article: Article, mentions: Sequence[Mention], ontology: Ontology) -> Context:
    """Index the mentions and the speech of an article; the extractors of one article share the index."""
    if _LAST and _LAST[0][0] is mentions and _LAST[0][1].doc is doc and _LAST[0][1].wording is ontology.wording:
        return _LAST[0][1]
    arguments = Arguments(doc, mentions)
    speech = Speech(doc, arguments, ontology.wording)
    tokens = tuple(doc)
    political = _about_somebody(political_tokens(tokens, doc), arguments, speech)
    context = Context(doc, tokens, political, article, arguments, speech, ontology.wording)
    _LAST[:] = [(mentions, context)]
    return context


def _about_somebody(tokens: Sequence[Token], arguments: Arguments, speech: Speech) -> tuple[Token, ...]:
    """The tokens of sentences that mention an actor, or are quoted from one."""
    out: list[Token] = []
    end, told = 0, False
    for token in tokens:
        if token.i >= end:
            span = sentence(token)
            end = span.end
            told = any(i in arguments.by_token or i in speech.quoted for i in range(span.start, end))
        if told:
            out.append(token)
    return tuple(out)
