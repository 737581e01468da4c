"""Pronouns by rules on the parse: nearest subject that fits, the speaker of a quotation for "I" and "we"."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from spacy.tokens import Span, Token

from graphbuild.discourse import SAYING, QuoteSpan, quote_spans
from graphbuild.link.gender import gender_of
from graphbuild.model import GROUP, ORGANISATION, PERSON, Entity, Mention
from graphbuild.ontology import word_set

if TYPE_CHECKING:
    from graphbuild.link.mentions import Names

_HE, _SHE = frozenset(["he", "him", "his", "himself"]), frozenset(["she", "her", "hers", "herself"])
_THEY = frozenset(["they", "them", "their", "themselves"])
_I, _WE = frozenset(["i", "me", "my", "myself"]), frozenset(["we", "us", "our", "ourselves"])
_FELLOWS = frozenset(["colleague", "friend", "boss"])
_WANTED = _HE | _SHE | _THEY | _I | _WE | _FELLOWS | {"it"}
_ASKED = frozenset("asked quizzed pressed challenged questioned grilled tackled told".split())
_SUBJECTS = ("nsubj", "nsubjpass")


def resolve_pronouns(names: Names) -> None:
    """Add a mention for every pronoun that denotes one person (or, for "they", one group, body or list)."""
    resolver = _Resolver(names)
    found = [i for i, word in enumerate(names.lowers) if word in _WANTED or i in resolver.unnamed]
    # Who speaks first: in "'He is able,' he said" the second tells whom the first cannot mean.
    for index in sorted(found, key=lambda index: index in resolver.quotes):
        token, word = names.doc[index], names.lowers[index]
        if index in resolver.unnamed:
            resolver.restated(token)
        if word in _HE or word in _SHE:
            resolver.singular(token, "m" if word in _HE else "f")
        elif word in _I or word in _WE:
            resolver.first_person(token)
        elif word in _THEY:
            resolver.plural(token)
        elif word == "it":
            resolver.neuter(token)
        elif word in _FELLOWS and token.tag_ == "NN" and index not in names.taken:
            resolver.fellow(token)
    names.mentions.sort(key=lambda m: (m.first, -m.last))


_TELLING = word_set("coreference_telling")
# Who is treated so "for his remarks" or "over his record" made them.
_TREATING = word_set("treating")
# So many words may stand between two parts of one speech.
_INTERRUPTED = 20
_MOUTHPIECES = word_set("mouthpieces")
# Beside these words a phrase brings in somebody else.
_OTHERS = frozenset(
    "shadow incoming next new other first second third last only then future potential eventual".split()
)
_AID = frozenset("defence defense aid side rescue help assistance support corner camp".split())


def _to_anothers_aid(token: Token) -> bool:
    """ "X and Y leapt to his defence", "are in his corner": nobody is on his own."""
    noun = token.head
    near = ("in", "on", "to") if noun.lower_ in ("corner", "camp", "side") else ("to",)
    return token.dep_ == "poss" and noun.lower_ in _AID and noun.dep_ == "pobj" and noun.head.lower_ in near


_QUESTIONING = frozenset("ask press quiz question grill tell push probe challenge".split())
_RUNNING = frozenset("run manage mastermind chair coordinate lead head co-chair oversee direct".split())
_CAMPAIGNS = frozenset("campaign bid campaigns bids".split())


def _asking(verb: Token) -> Token | None:
    """ "pressed Warren on whether she would stand", "asked him if he would go": the verb of the question."""
    if not any(c.dep_ == "mark" and c.lower_ in ("if", "whether") for c in verb.children):
        return None
    above = verb.head.head if verb.dep_ == "pcomp" else verb.head
    return above if verb.dep_ in ("pcomp", "ccomp", "advcl") and above.lemma_ in _QUESTIONING else None


def _of_anothers_bid(token: Token) -> bool:
    """ "Osborne, who is masterminding his bid": the candidate's, not Osborne's."""
    noun = token.head
    if token.dep_ != "poss" or noun.lower_ not in _CAMPAIGNS or noun.dep_ != "dobj" or noun.head.lemma_ not in _RUNNING:
        return False
    # "is running his campaign on small donations" is about his own
    return noun.head.lemma_ != "run" or not any(
        c.dep_ in ("prep", "agent", "advcl") for c in [*noun.head.children, *noun.children]
    )


def _doers_of(token: Token) -> set[int]:
    """Heads of the subject of the verb whose object a pronoun is, who are never meant by it: "after *Sunak* sacked him",
    "his rivals, *Cruz* and *Rubio*, urged him"."""
    if token.lower_ not in ("him", "her") or token.dep_ not in ("dobj", "dative", "pobj"):
        return set()
    verb = token.head.head if token.dep_ == "pobj" else token.head
    if verb.dep_ == "xcomp" and not any(c.dep_ in ("dobj", "dative") for c in verb.head.children):
        verb = verb.head  # "*Gruffydd* is understood to have told him"
    elif any(c.lower_ == "to" for c in verb.children):
        return set()  # "rang Muller to congratulate him"
    while verb.dep_ == "advcl" and verb.tag_ == "VBG" and not any(c.dep_ in _SUBJECTS for c in verb.children):
        verb = verb.head  # "*Davies* was blunter, calling him a dead man walking"
    doers = [c for c in verb.children if c.dep_ in _SUBJECTS]
    for doer in doers:
        doers += [c for c in doer.children if c.dep_ in ("conj", "appos")]
        if doer.lower_ == "who" and verb.dep_ == "relcl":
            doers.append(verb.head)  # "*Helen Clark*, who called her"
    return {doer.i for doer in doers}


def _as_subject(head: Token) -> Token:
    """The word that a name is joined to: "The leader of the MEPs, *Chris Davies*, said"."""
    while head.dep_ in ("conj", "appos") and head.head.i < head.i:
        head = head.head
    return head


_ADDRESSING = frozenset({"plead", "call", "appeal", "speak", "talk", "lean", "prevail"})


def _verbs_of(token: Token) -> list[Token]:
    """The verb whose object "him" is, and those that it shares its subject with: "praised X but pleaded with *him*", "was
    blunter, calling *him* a fool"."""
    verb = token.head
    if token.dep_ == "nsubj" and verb.dep_ == "ccomp" and verb.head.lemma_ == "demand":
        verb = verb.head  # "demanded *he* go"
    elif token.lower_ not in ("him", "her"):
        return []
    elif token.dep_ == "pobj" and verb.head.lemma_ in _ADDRESSING:
        verb = verb.head
    elif token.dep_ not in ("dobj", "dative"):
        return []
    out = [verb]
    while not any(c.dep_ in _SUBJECTS for c in verb.children):
        above = verb.head.head if verb.dep_ == "pcomp" else verb.head
        objects = any(c.dep_ in ("dobj", "dative") for c in above.children)
        shared = verb.dep_ == "conj" or (verb.dep_ == "advcl" and verb.tag_ == "VBG")
        shared = shared or (verb.dep_ == "xcomp" and not objects)
        # "joined others in urging *him*"; not "accused Trump of attacking *him*"
        shared = shared or (verb.dep_ == "pcomp" and not (objects and above.lemma_ in _TREATING))
        if not shared or above == verb or above.pos_ not in ("VERB", "AUX"):
            break
        verb = above
        out.append(verb)
    return out


class _Resolver:
    """State of one pass over an article's pronouns."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.quotes = {i: q for q in quote_spans(names.doc) for i in range(q.first, q.last + 1)}
        self.people = sorted(
            (m for m in names.mentions if m.type == PERSON and m.entity is not None), key=lambda m: m.first
        )
        self.by_head: dict[int, Mention] = {m.head: m for m in self.people}
        self.others = {m.head: m for m in names.mentions if m.type in (GROUP, ORGANISATION) and m.entity is not None}
        # Phrases that denote a person whom nothing told so far.
        self.unnamed = {m.head: m for m in names.mentions if m.type == PERSON and m.kind == "nominal" and not m.entity}
        self.genders: dict[str, str] = {}
        # Head token of a speaker -> ids of the people whom his own words name: he is none of them.
        self.named_by: dict[int, set[str]] = {}
        for quote in set(self.quotes.values()):
            if quote.speaker_head is not None:
                named = {
                    m.entity.id for m in self.people
                    if m.kind == "name" and m.entity is not None and quote.first <= m.first <= quote.last
                }  # fmt: skip
                self.named_by.setdefault(quote.speaker_head, set()).update(named)

    def gender(self, entity: Entity) -> str:
        if entity.id not in self.genders:
            self.genders[entity.id] = gender_of(entity, self.names)
        return self.genders[entity.id]

    def add(self, token: Token, mention: Mention) -> None:
        new = self.names.add(token.i, token.i, "pronoun", mention.type, mention.entity)
        (self.by_head if mention.type == PERSON else self.others)[token.i] = new
        if mention.type == PERSON:
            self.people.insert(bisect_left([m.first for m in self.people], token.i), new)

    def speaker(self, quote: QuoteSpan | None) -> Mention | None:
        if quote is None or quote.speaker_head is None:
            return None
        return self.by_head.get(quote.speaker_head) or self.others.get(quote.speaker_head)

    def first_person(self, token: Token) -> None:
        found = self.speaker(self.quotes.get(token.i))
        if found is not None and not (token.lower_ in _WE and token.lower_ != "we"):
            self.add(token, found)

    def fits(self, mention: Mention, gender: str, token: Token, speaker: Mention | None) -> bool:
        assert mention.entity is not None
        quote, other = self.quotes.get(token.i), self.quotes.get(mention.first)
        if other is not None and other is not quote:
            # "'X is able,' said Y, 'but he must act'": one speech, cut in two
            if quote is None or quote.speaker_head is None or other.speaker_head != quote.speaker_head:
                return False
            if quote.first - other.last > _INTERRUPTED:
                return False
        if speaker is not None and speaker.entity is not None and mention.entity.id == speaker.entity.id:
            return False  # a speaker is not "he" in his own words
        if mention.entity.id in self.named_by.get(token.i, ()):
            return False  # nor does he speak of himself by name
        return self.gender(mention.entity) in (gender, "")

    def singular(self, token: Token, gender: str) -> None:
        speaker = self.speaker(self.quotes.get(token.i))
        found = (
            self.subject_above(token, gender, speaker)
            or self.announced(token, gender, speaker)
            or self.earlier(token, gender, speaker)
        )
        if found is not None:
            self.add(token, found)

    def subject_above(self, token: Token, gender: str, speaker: Mention | None) -> Mention | None:
        """A fitting subject that governs the pronoun's clause in the same sentence."""
        node = token
        if token.lower_ in ("himself", "herself"):  # "Steve Aiken, who is himself making way"
            verb = next((a for a in token.ancestors if a.dep_ == "relcl"), None)
            who = verb is not None and any(c.lower_ == "who" and c.dep_ in _SUBJECTS for c in verb.children)
            mention = self.by_head.get(verb.head.i) if verb is not None and who else None
            if mention is not None and self.fits(mention, gender, token, speaker):
                return mention
        own = _verbs_of(token)
        doers = _doers_of(token) | {c.i for verb in own for c in verb.children if c.dep_ in _SUBJECTS}
        acting = {m.entity.id for i in doers if (m := self.by_head.get(i)) is not None and m.entity is not None}
        while node.head != node:
            told = node.head if node.dep_ == "xcomp" and node.head.lemma_ in _TELLING else _asking(node)
            for child in told.children if told is not None else ():
                # "told Hogan to consider his position": Hogan's
                mention = self.by_head.get(child.i) if child.dep_ in ("dobj", "dative") and child.i < node.i else None
                if mention is not None and self.fits(mention, gender, token, speaker):
                    return mention
            mention = self.treated(node)
            if mention is not None and node != token and self.fits(mention, gender, token, speaker):
                return mention
            claimed = node.dep_ == "acl" and token.dep_ == "poss"
            claimant = next((c for c in node.head.children if c.dep_ == "poss"), None) if claimed else None
            mention = self.by_head.get(claimant.i) if claimant is not None and claimant.i < node.i else None
            if mention is not None and self.fits(mention, gender, token, speaker):
                return mention  # "contradicted *Trump's* claims that *his* summits helped"
            node = node.head
            by = [g for c in node.children if c.dep_ == "agent" for g in c.children if g.dep_ == "pobj"]
            if token.i in self.quotes:  # "'*X* is able,' said Y, 'but he must act'"
                by += [g for c in node.children if c.dep_ == "ccomp" for g in c.children if g.dep_ in _SUBJECTS]
            for child in [*node.children, *by]:
                if (child.dep_ not in _SUBJECTS and child not in by) or child.i >= token.i:
                    continue
                mention = self.by_head.get(child.i) or self.spoken_for(child)
                if mention is None or not self.fits(mention, gender, token, speaker):
                    continue
                if child.head in own or (mention.entity is not None and mention.entity.id in acting):
                    continue  # an object is not its own subject
                if _to_anothers_aid(token) and child.head == token.head.head.head:
                    continue
                if _of_anothers_bid(token):
                    continue
                return mention
        return None

    def treated(self, node: Token) -> Mention | None:
        """The object of a verb of blame or thanks: "sued *Obama* over his decision", "accused *Trump* of abusing his office"."""
        verb = node.head
        if node.dep_ != "prep" or node.lower_ not in ("for", "over", "of") or verb.lemma_ not in _TREATING:
            return None
        own = (c for c in verb.children if c.dep_ == "dobj" and c.i < node.i)
        return next((self.by_head[c.i] for c in own if c.i in self.by_head), None)

    def spoken_for(self, subject: Token) -> Mention | None:
        """Whose ally or spokesman an unnamed subject is: "An ally of Ms Braverman said *she* had not met her"."""
        if subject.lemma_.lower() not in _MOUTHPIECES:
            return None
        served = [
            g for c in subject.children if c.dep_ == "prep" and c.lower_ in ("of", "for", "to")
            for g in c.children if g.dep_ == "pobj"
        ]  # fmt: skip
        served += [c for c in subject.children if c.dep_ == "poss"]
        return next((self.by_head[g.i] for g in served if g.i in self.by_head), None)

    def announced(self, token: Token, gender: str, speaker: Mention | None) -> Mention | None:
        """ "Asked whether he would stand, Driscoll said"; "As for MacAskill, he was an embarrassment"."""
        opening = token.sent[0]
        second = token.sent[1].lower_ if len(token.sent) > 1 else ""
        if opening.lower_ == "as" and second == "for" and opening.i < token.i:
            named = [
                m
                for m in self.people
                if opening.i + 2 <= m.first <= opening.i + 6 and m.first < token.i and m.kind == "name"
            ]
            return next((m for m in named if self.fits(m, gender, token, speaker)), None)
        if opening.lower_ not in _ASKED or opening.dep_ != "advcl" or opening not in token.ancestors:
            return None
        for child in opening.head.children:
            mention = self.by_head.get(child.i) if child.dep_ in _SUBJECTS and child.i > token.i else None
            if mention is not None and mention.kind != "pronoun" and self.fits(mention, gender, token, speaker):
                return mention
        return None

    def earlier(self, token: Token, gender: str, speaker: Mention | None) -> Mention | None:
        """The subject of the sentence before, else the person named last, within two paragraphs."""
        paragraphs = self.names.doc.user_data["paragraphs"]
        at = bisect_left([m.first for m in self.people], token.i)
        pool = [
            m for m in reversed(self.people[max(0, at - 12) : at])
            if paragraphs[m.first] >= paragraphs[token.i] - 2 and self.fits(m, gender, token, speaker)
        ]  # fmt: skip
        start = token.sent.start
        doers = _doers_of(token)
        before = [m for m in pool if m.first < start]
        anothers = _to_anothers_aid(token) or _of_anothers_bid(token)
        acting = {m.entity.id for m in pool if m.head in doers and m.entity is not None}
        same = [m for m in pool if m.first >= start and not anothers and m.entity and m.entity.id not in acting]
        best = None
        if before:
            sentence = self.names.doc[before[0].head].sent.start
            group = [m for m in before if self.names.doc[m.head].sent.start == sentence]
            subjects = [m for m in group if _as_subject(self.names.doc[m.head]).dep_ in _SUBJECTS]
            best = subjects[-1] if subjects else before[0]
            sure = [m for m in group if m.entity and self.gender(m.entity) == gender]
            own = _HE if gender == "m" else _SHE
            taken_up = [m for m in group if m.text.lower() in own and self.names.doc[m.head].head.dep_ in _SUBJECTS]
            if not subjects and (taken_up or sure):
                best = (taken_up or sure)[0]  # "Her backers include X. *She* ..."
        if same and (best is None or token.dep_ not in _SUBJECTS):
            return self.reacted_to(token, same[0], gender, speaker) or same[0]
        return (
            self.reacted_to(token, best, gender, speaker)
            or self.acted_on(token, same)
            or self.talked_of(token, best, before)
        )

    def acted_on(self, token: Token, same: list[Mention]) -> Mention | None:
        """ "Naomi Long took Mr Poots to task over remarks he made": the object of the verb above the pronoun's clause."""
        above = {t.i for t in token.ancestors}
        for mention in same:
            head = self.names.doc[mention.head]
            if mention.kind != "name":
                continue
            if head.dep_ in ("dobj", "dative") and head.head.i in above - {token.head.i}:
                return mention
            verb = next((t for t in head.ancestors if t.pos_ in ("VERB", "AUX")), None)
            if head.dep_ == "poss" and verb is not None and verb.i in above - {token.head.i}:
                return mention  # "She poured scorn on Sir Keir's plans, saying he would open the door"
        return None

    def talked_of(self, token: Token, best: Mention | None, before: list[Mention]) -> Mention | None:
        """The person named last, unless that is sentences ago and another one is the person in the news."""
        doc, paragraphs = self.names.doc, self.names.doc.user_data["paragraphs"]
        if best is None or doc[token.sent.start - 1].sent.start <= best.first:
            return best
        if paragraphs[best.first] == paragraphs[token.i]:
            return best
        leading, counts = self.in_the_news(token, before)
        if best.entity and leading.entity and counts[leading.entity.id] >= 3 * counts[best.entity.id]:
            return leading
        return best

    def in_the_news(self, token: Token, people: list[Mention]) -> tuple[Mention, Counter[str]]:
        """Who of some people has been mentioned most before a pronoun, and how often each has been."""
        at = bisect_left([m.first for m in self.people], token.i)
        counts = Counter(m.entity.id for m in self.people[:at] if m.entity)
        return max(people, key=lambda m: counts[m.entity.id] if m.entity else 0), counts

    def reacted_to(self, token: Token, last: Mention | None, gender: str, speaker: Mention | None) -> Mention | None:
        """ "Cable had pressed *him* to go", "'*He* has kept no promise,' said Spanberger": not whoever spoke last, but the
        person in the news, on whom all remark."""
        if last is None or last.entity is None or not self.remarks(last, token):
            return None
        noun = token.head if token.dep_ == "poss" else token
        doers = _doers_of(token)
        acting = doers or {c.i for c in token.sent.root.children if c.dep_ in _SUBJECTS}
        by_whom = speaker is not None or any(i in self.by_head or i in self.others for i in acting)
        acts = noun.dep_ in _SUBJECTS and token.lower_ != "him"  # "urged him to go"
        if not by_whom or (speaker is None and (acts or token.i in self.quotes)):
            return None
        at = bisect_left([m.first for m in self.people], token.i)
        people = [m for m in reversed(self.people[:at]) if m.head not in doers and self.fits(m, gender, token, speaker)]
        leading, counts = self.in_the_news(token, people)
        assert leading.entity is not None
        much = counts[leading.entity.id] >= max(3, (2 if speaker is None else 3) * counts[last.entity.id])
        return leading if much and self.gender(leading.entity) == gender else None

    def remarks(self, mention: Mention, token: Token) -> bool:
        """Whether somebody mentioned before a pronoun comes in only there, to say or do something, or stands beside its
        subject: "X, who has the support of *Y*, thanked him"."""
        head = self.names.doc[mention.head]
        if head.sent.start == token.sent.start:
            return head.dep_ != "poss" and any(head in self.names.doc[i].subtree for i in _doers_of(token))
        if any(t.dep_ == "advcl" and t.head.i > token.i for t in token.ancestors):
            return False  # "after Clinton accused him, he warned"
        new = not any(m.entity == mention.entity and m.first < head.sent.start for m in self.people)
        return _as_subject(head).dep_ in _SUBJECTS and (new or token.i in self.quotes) and mention.kind != "pronoun"

    def restated(self, token: Token) -> None:
        """ "'...,' *the far-right politician* wrote", "*The ex-minister* told Sky": whoever spoke or acted in the sentence
        before; "accused *the senator* of lying": the person in the news."""
        beside = {c.lower_ for c in token.children}
        barred = {"relcl", "appos", "compound", "poss"} | ({"prep"} if "former" not in beside else set())
        if "the" not in beside or beside & _OTHERS or token.lower_ in _MOUTHPIECES | {"judge", "winner"}:
            return
        proper = any(t.pos_ == "PROPN" and t.ent_type_ != "NORP" for t in token.subtree)
        if proper or any(c.dep_ in barred for c in token.children):
            return  # "the head of the RNC" may be anybody
        meant = None
        if token.dep_ == "nsubj" and token.head.lemma_.lower() in SAYING and token.i not in self.quotes:
            meant = self.lately_acting(token)
        elif token.dep_ in ("dobj", "pobj", "dative") and token.i not in self.quotes:
            meant = self.outstanding(
                token, _doers_of(token) | {c.i for c in token.sent.root.children if c.dep_ in _SUBJECTS}
            )
        if meant is not None:
            place = self.unnamed[token.i]
            new = replace(place, entity=meant.entity)
            self.names.mentions[self.names.mentions.index(place)] = self.by_head[token.i] = new
            self.people.insert(bisect_left([m.first for m in self.people], new.first), new)

    def lately_acting(self, token: Token) -> Mention | None:
        """The one subject of the last sentence before a phrase, in its paragraph or the one before, that names somebody."""
        doc, paragraphs = self.names.doc, self.names.doc.user_data["paragraphs"]
        at = bisect_left([m.first for m in self.people], token.left_edge.i)
        before = [
            m for m in self.people[max(0, at - 12) : at]
            if m.first < token.sent.start and m.first not in self.quotes and paragraphs[m.first] >= paragraphs[token.i] - 1
        ]  # fmt: skip
        last = [m for m in before if doc[m.head].sent == doc[before[-1].head].sent]
        subjects = {m.entity.id: m for m in last if m.entity and _as_subject(doc[m.head]).dep_ in _SUBJECTS}
        return next(iter(subjects.values())) if len(subjects) == 1 else None

    def outstanding(self, token: Token, others: Collection[int]) -> Mention | None:
        """Who is mentioned far more than anybody else before a phrase, besides those whose head tokens are given."""
        barred = {m.entity for i in others if (m := self.by_head.get(i)) is not None}
        at = bisect_left([m.first for m in self.people], token.left_edge.i)
        people = [m for m in reversed(self.people[:at]) if m.entity and m.entity not in barred]
        if not people:
            return None
        leading, counts = self.in_the_news(token, people)
        second = max((counts[m.entity.id] for m in people if m.entity and m.entity != leading.entity), default=0)
        return leading if leading.entity and counts[leading.entity.id] >= max(3, 2 * second) else None

    def fellow(self, token: Token) -> None:
        """ "thanked *her colleague*", "said *his friend* was a decent man": the person in the news who is not their owner."""
        owner = next((c for c in token.children if c.dep_ == "poss"), None)
        named = any(c.dep_ in ("appos", "compound") for c in token.children) or token.dep_ in (
            "appos",
            "compound",
            "attr",
        )
        if owner is None or owner.i not in self.by_head or named:
            return
        leading = self.outstanding(token, {owner.i})
        if leading is not None:
            self.by_head[token.i] = self.names.add(token.left_edge.i, token.i, "nominal", PERSON, leading.entity)

    def neuter(self, token: Token) -> None:
        """ "The union said *it* would back Biden": the body whose words or plans the clause gives."""
        verb = token.head
        if token.dep_ not in _SUBJECTS or verb.dep_ != "ccomp" or verb.head.pos_ != "VERB":
            return
        if any(c.dep_ in ("ccomp", "csubj") or (c.dep_ == "xcomp" and c.tag_ == "VB") for c in verb.children) and any(
            c.dep_ in ("acomp", "attr") for c in verb.children
        ):
            return  # "said it was time to", "said it was clear that"
        for child in verb.head.children:
            mention = self.others.get(child.i) if child.dep_ == "nsubj" and child.i < token.i else None
            if mention is not None and mention.type == ORGANISATION and child.tag_ not in ("NNS", "NNPS"):
                self.add(token, mention)

    def plural(self, token: Token) -> None:
        """ "they": a list of people, a group or a body that is the nearest plural subject; none when two fit as well."""
        if token.lower_ == "them":
            # "wrote to MPs urging them": the group just named
            near = [m for i, m in self.others.items() if token.sent.start <= i < token.i and m.type == GROUP]
            if near:
                self.add(token, max(near, key=lambda m: m.first))
                return
        node = token
        while node.head != node:
            node = node.head
            for child in node.children:
                # The subject that governs the clause: "the Lib Dems gave details about their proposals".
                governs = child.dep_ in _SUBJECTS and child.i < token.i
                if governs and child.i in self.others and not (token.lower_ == "them" and child.head == token.head):
                    self.add(token, self.others[child.i])
                    return
        sentences = [s for s in (token.sent, self.before(token)) if s is not None]
        for sent in sentences:
            for candidate in sent:
                if candidate.i >= token.i:
                    break
                if candidate.dep_ not in _SUBJECTS:
                    continue
                joined = [t for t in candidate.subtree if t.dep_ == "conj"]
                heads = [candidate, *(self.closing_name(t) for t in joined)]
                if candidate.i in self.names.lists:
                    for entity in self.names.lists[candidate.i]:
                        self.names.add(token.i, token.i, "pronoun", PERSON, entity)
                    return
                people = [
                    self.by_head[t.i] for t in heads if t.i in self.by_head and self.by_head[t.i].kind != "pronoun"
                ]
                listed = [m.entity for m in people if m.entity is not None]
                named = [
                    m for m in self.people if m.kind == "name" and sent.start <= m.first and m.last < candidate.head.i
                ]
                wholes = [self.names.listed_before(m) for m in named if people]
                listed = max([listed, *(w for w in wholes if people[0].entity in w)], key=len)
                if len(listed) > 1:
                    for entity in listed:
                        self.names.add(token.i, token.i, "pronoun", PERSON, entity)
                    return
                if candidate.i in self.others and candidate.head != token.head:
                    self.add(token, self.others[candidate.i])
                    return

    def closing_name(self, token: Token) -> Token:
        """The name that closes a phrase, "leader of Pendle Council Asjad Mahmood", else the token itself."""
        if token.i in self.by_head or token.pos_ != "NOUN":
            return token
        last = token.right_edge
        return last if last.i in self.by_head and self.by_head[last.i].kind == "name" else token

    def before(self, token: Token) -> Span | None:
        start = token.sent.start
        return self.names.doc[start - 1].sent if start else None
