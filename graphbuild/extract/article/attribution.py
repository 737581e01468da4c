"""Who says so: the speaker under whose reporting verb, quotation or "according to" a trigger stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from spacy.attrs import DEP
from spacy.tokens import Doc, Token

from graphbuild.discourse import QuoteSpan, quote_spans
from graphbuild.extract.article.arguments import Arguments
from graphbuild.extract.syntax.grammar import TELLING, aside, children, prepositional, sentence, spotted, tells
from graphbuild.extract.syntax.participants import agents, claimed_by, surface_subjects
from graphbuild.model import Entity
from graphbuild.wording import Wording


@dataclass(frozen=True, slots=True)
class Attribution:
    """``speaker`` is None when the text attributes to nobody that can be named ("critics say"), ``speakers`` are all who speak together; ``quoted`` tells a
    passage in quotation marks from indirect speech; ``cue`` is the reporting word's token index."""

    speaker: Entity | None
    quoted: bool
    cue: int | None
    speakers: tuple[Entity, ...] = ()


class Speech:
    """The reported speech of one article."""

    def __init__(self, doc: Doc, arguments: Arguments, wording: Wording) -> None:
        self.doc = doc
        self.arguments = arguments
        self.wording = wording
        self.finds = wording.words("finding_verbs")
        self.says = wording.words("say_verbs") | self.finds
        self.claims = wording.words("speech_nouns") | wording.words("accuse_verbs")
        self.quotes: Sequence[QuoteSpan] = quote_spans(doc)
        self.quoted = {i: q for q in self.quotes for i in range(q.first, q.last + 1)}
        self._attributed: dict[int, Attribution | None] = {}

    def quote_at(self, token: Token) -> QuoteSpan | None:
        """The quotation that a token stands in."""
        return self.quoted.get(token.i)

    @cached_property
    def reported(self) -> frozenset[int]:
        """The tokens that may be attributed: a cheap test before ``attribution``."""
        outlets = self.wording.words("news_outlet_verbs")
        found = set(self.quoted)
        for sent in self.doc.sents:
            if sent.root.lemma_ in outlets or sent.start in self._according:
                found.update(range(sent.start, sent.end))
        for clause in spotted(self.doc, ("ccomp", "parataxis", "acl", "relcl"), DEP):
            above = clause.head.lemma_.lower()
            said = above in self.says and clause.dep_ in ("ccomp", "parataxis")
            if said or above in self.claims or tells(clause):
                found.update(range(clause.left_edge.i, clause.right_edge.i + 1))
        for index in self.asides:
            found.update(range(self.doc[index].left_edge.i, self.doc[index].right_edge.i + 1))
        return frozenset(found)

    @cached_property
    def _according(self) -> dict[int, Token]:
        """The first "according" of each sentence that has one, by the token index at which the sentence starts."""
        found = list(spotted(self.doc, ("according",)))
        return {token.sent.start: token for token in reversed(found)}

    @cached_property
    def asides(self) -> dict[int, Token]:
        """The verbs of speech put in between a subject and its verb, by the token index of that verb."""
        verbs = [token.head for token in spotted(self.doc, ("parataxis",), DEP)]
        return {verb.i: heard for verb in verbs if (heard := aside(verb)) is not None}

    def _entity(self, heads: Sequence[Token]) -> Entity | None:
        for head in heads:
            found = self.arguments.entities(head)
            if found:
                return found[0]
        return None

    def speaker_of_quote(self, quote: QuoteSpan) -> Entity | None:
        return self._entity([self.doc[quote.speaker_head]]) if quote.speaker_head is not None else None

    def attribution(self, trigger: Token) -> Attribution | None:
        """The nearest attribution above the trigger, or None when the article speaks in its own voice."""
        if trigger.i not in self._attributed:
            self._attributed[trigger.i] = self._attribution(trigger)
        return self._attributed[trigger.i]

    def _attribution(self, trigger: Token) -> Attribution | None:
        node = trigger
        for _ in range(12):
            head = node.head
            if (between := self.asides.get(node.i)) is not None and between.lemma_ in self.says:
                return Attribution(self._entity(surface_subjects(between)), False, between.i)
            # "insisted that the tribunal, which is examining his payments, ...": the clause is the reporter's
            first = node.left_edge if node.dep_ == "relcl" else None
            beside = first is not None and first.i and first.nbor(-1).text == "," and not self.quote_at(trigger)
            if head == node or (beside and not tells(node)):
                break
            if node.dep_ in ("ccomp", "parataxis") and self._is_said(node, head):
                heads = self._sayers(head)
                together = tuple(e for h in heads for e in self.arguments.entities(h))
                within = self._in_quote(trigger, head)
                speaker = self._entity(heads)
                quote = self.quote_at(trigger) if speaker is None and within else None
                if quote is not None and quote.cue == head.i:
                    speaker = self.speaker_of_quote(quote)
                return Attribution(speaker, within, head.i, together)
            told = node.dep_ in ("acl", "ccomp", "relcl") and head.lemma_.lower() in self.claims
            misread = tells(node)
            if misread and head.dep_ in ("dobj", "dative") and head.head.lemma_ in TELLING:
                return Attribution(self._entity(agents(head.head)), self._in_quote(trigger, head.head), head.head.i)
            if misread or (told and any(c.dep_ == "mark" and c.lower_ == "that" for c in children(node))):
                return Attribution(self._entity(claimed_by(head)), False, head.i)
            node = head
        quote = self.quote_at(trigger)
        whole = quote is not None and quote.cue is not None and self.doc[quote.first].text[:1].isupper()
        if quote is not None and quote.last - quote.first > (1 if whole else 3):
            return Attribution(self.speaker_of_quote(quote), True, quote.cue)
        return self._aside(trigger)

    def _is_said(self, clause: Token, verb: Token) -> bool:
        """Whether a verb reports a clause; "found that he lied" does, "found him guilty" and "ruled it out" do not."""
        lemma = verb.lemma_.lower()
        if verb.pos_ != "VERB" or lemma not in self.says:
            return False
        return lemma not in self.finds or (
            clause.pos_ in ("VERB", "AUX")
            and clause.tag_ != "VBG"
            and any(c.dep_ in ("mark", "aux") or (c.dep_ == "nsubj" and c.tag_ != "PRP") for c in children(clause))
        )

    def _sayers(self, verb: Token) -> Sequence[Token]:
        """Heads of who says; for "..., saying that", hung on a clause without an actor, the subject of what is above."""
        heads = agents(verb) or surface_subjects(verb)
        above = verb
        while verb.tag_ == "VBG" and above.dep_ in ("advcl", "ccomp") and self._entity(heads) is None:
            above = above.head
            heads = agents(above) or heads
        return heads

    def _in_quote(self, trigger: Token, cue: Token) -> bool:
        quote = self.quote_at(trigger)
        return quote is not None and not quote.first <= cue.i <= quote.last

    def _aside(self, trigger: Token) -> Attribution | None:
        """ "according to X" and ", X reports" in the trigger's sentence."""
        sent = sentence(trigger)
        token = self._according.get(sent.start)
        if token is not None and token.i + 1 < len(self.doc) and not _is_beside(trigger, token):
            heads = [g for c in children(token) for g in children(c) if g.dep_ == "pobj"] + list(
                prepositional(token, "to")
            )
            return Attribution(self._entity(heads), False, token.i)
        root = sent.root
        reports = root.lemma_ in self.wording.words("news_outlet_verbs") and root.i > trigger.i
        if reports and any(t.dep_ == "ccomp" and t.head == root for t in [trigger, *trigger.ancestors]):
            return Attribution(self._entity(surface_subjects(root)), False, root.i)
        return None


def _is_beside(trigger: Token, cue: Token) -> bool:
    """Whether the trigger stands in a clause of its own, which "according to a poll" over the sentence says nothing of."""
    for node in (trigger, *trigger.ancestors):
        if node.dep_ in ("relcl", "acl", "advcl", "appos", "amod", "pcomp"):
            return not node.left_edge.i <= cue.i <= node.right_edge.i
    return any(node.dep_ == "relcl" and trigger.i < node.left_edge.i for node in cue.ancestors)
