"""From the head token of a noun phrase to the entities that it denotes, through the article's mentions."""

from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Doc, Token

from graphbuild.discourse import DOCUMENTS
from graphbuild.extract.syntax.grammar import by_agents, children, conjuncts, prepositional
from graphbuild.model import GROUP, ORGANISATION, PERSON, Entity, Mention
from graphbuild.ontology import word_set

_ACTORS = (PERSON, ORGANISATION, GROUP)
# "a spokesman for X", "X's office": who speaks for a named principal counts as the principal.
_VOICES = word_set("voices")
# Whoever of a body looks into things does it for the body: "detectives from Scotland Yard", "FBI agents".
_OFFICERS = frozenset("detective agent investigator auditor inspector".split())
# What is led or made by somebody is his: "an insurgency led by Dutton".
_LEADING = word_set("leading")
_PARTITIVE = word_set("partitive")
# A person's relation to the owner: never the owner himself.
RELATED_PEOPLE = word_set("related_people")
# What is done to somebody: "the sacking of X" and "X's arrest" are not X's deeds; nor is "the treatment of X".
_SUFFERED = word_set("suffered")
_INFLICTED = word_set("inflicted")
_HONORIFICS = frozenset("mr mrs ms miss mx dr".split())
_KINDS_OF_BODY = frozenset("union newspaper network charity party foundation".split())
_PARTISANS = frozenset("democrat republican libertarian conservative liberal".split())
_PROPOSALS = frozenset("amendment bill motion proposal treaty law act referendum resolution".split())
_AFFAIRS = frozenset("affair scandal row dispute saga controversy case crisis scheme".split())
_CAMPAIGNS = word_set("campaigns")


_SOME = frozenset("some many several few other most certain various numerous countless individual".split())


def _some(noun: Token) -> bool:
    return any((c.lower_ in _SOME or c.dep_ == "nummod") and c.i < noun.i for c in children(noun))


# Letters after a name, which a parser takes for its head.
_AFTER_NAMES = frozenset("MP MPs MSP MEP MLA MS AM TD MPP MHA MLC QC KC OBE MBE CBE Jr Sr III".split())


class Arguments:
    """The mentions of one article, found by token."""

    def __init__(self, doc: Doc, mentions: Sequence[Mention]) -> None:
        self.doc = doc
        self.by_head: dict[int, list[Mention]] = {}
        self.by_token: dict[int, list[Mention]] = {}
        # Pronouns whose meaning an extractor found out: token index -> entity.
        self.spoken_of: dict[int, Entity] = {}
        self._at: dict[int, list[Mention]] = {}
        for mention in mentions:
            self.by_head.setdefault(mention.head, []).append(mention)
            for index in range(mention.first, mention.last + 1):
                self.by_token.setdefault(index, []).append(mention)

    def mentions_at(self, token: Token) -> list[Mention]:
        """Mentions headed by the token; else names that cover it. The list is shared: do not change it."""
        found = self._at.get(token.i)
        if found is None:
            found = self._at[token.i] = self._mentions_at(token)
        return found

    def _mentions_at(self, token: Token) -> list[Mention]:
        found = self.by_head.get(token.i)
        if found:
            longest = max(m.last - m.first for m in found)
            return [m for m in found if m.last - m.first == longest]
        covering = [m for m in self.by_token.get(token.i, ()) if m.kind == "name"]
        # A name inside a longer phrase ("Labour" in "Labour plans") must not stand for the whole phrase.
        return [
            m
            for m in covering
            if token.dep_ not in ("nsubj", "dobj", "pobj", "ROOT") or (m.last >= token.i and token.pos_ == "PROPN")
        ]

    def entities(
        self,
        token: Token,
        *,
        types: Iterable[str] = _ACTORS,
        via: bool = False,
        spread: bool = True,
        doers: bool = False,
    ) -> list[Entity]:
        """Entities denoted by a phrase head and what is coordinated with it, in text order, without repeats.

        With ``via`` a phrase about somebody's doing ("Corbyn's campaign", "the handling of it by May") stands for
        that somebody; with ``doers`` only for him who does it ("the sacking of X" is none of X's doing). A group whose members are named ("16 frontbenchers, including X and Y") gives the members.
        """
        out: list[Entity] = []
        allowed = frozenset(types)
        for head in conjuncts(token) if spread else [token]:
            for entity in (*(self._listed(head) if spread else ()), *self._one(head, via=via, doers=doers)):
                # A country acts through its government: "Trump threatened Iran".
                acts = entity.type in allowed or (entity.kind == "country" and ORGANISATION in allowed)
                if acts and entity not in out:
                    out.append(entity)
        return out

    def _listed(self, head: Token) -> list[Entity]:
        """Names of a list that the parser did not coordinate: "Jody Wilson-Raybould and Jane Philpott" where it took
        the first for part of the second, and "X, Y, the former minister, and Z" where Y looks like an apposition."""
        here = [m for m in self.mentions_at(head) if m.kind == "name" and m.type == PERSON and m.entity is not None]
        if not here:
            return self._listed_bodies(head)
        out = []
        before = here[0].first - 1
        # "Boehner and Senate Republican Leader Mitch McConnell"
        while before > max(0, here[0].first - 6) and head.doc[before].pos_ == "PROPN":
            if any(m.type == PERSON for m in self.by_token.get(before, ())):
                break
            before -= 1
        if before > 0 and head.doc[before].lower_ in ("and", "or", "&"):
            out += [m.entity for m in self.by_token.get(before - 1, ()) if m.kind == "name" and m.type == PERSON
                    and m.last == before - 1 and head.doc[m.head].head.i in range(before + 1, here[0].last + 1)]  # fmt: skip
        if any(
            c.dep_ == "cc" for a in (head, *(c for c in children(head) if c.dep_ == "appos")) for c in children(a)
        ) and not any(t.text == ":" for t in head.doc[head.i : head.right_edge.i + 1]):
            out += [m.entity for c in children(head) if c.dep_ == "appos" for m in self.mentions_at(c)
                    if m.kind == "name" and m.type == PERSON and m.head == c.i and not head.i < head.head.i < c.i]  # fmt: skip
        return [e for e in out if e is not None and e != here[0].entity]

    def _listed_bodies(self, head: Token) -> list[Entity]:
        """ "the Sierra Club, Emily's List and the League of Voters", where the second looks like an apposition: read word
        by word, name after name."""
        here = [m for m in self.mentions_at(head) if m.kind == "name" and m.type == ORGANISATION]
        if not here or not any(c.dep_ == "appos" for c in children(head)):
            return []
        found: list[Entity] = []
        index, closed = here[0].last + 1, False
        while index < len(self.doc) and not closed:
            start = index
            while index < len(self.doc) and self.doc[index].lower_ in (",", "and", "&", "the"):
                closed = closed or self.doc[index].lower_ in ("and", "&")
                index += 1
            starting = [m for m in self.by_token.get(index, ()) if m.first == index and m.kind == "name"]
            named = [m for m in starting if m.type == ORGANISATION]
            if index == start or not named:
                return []
            longest = max(named, key=lambda m: m.last)
            found += [longest.entity] if longest.entity is not None else []
            index = longest.last + 1
        return found if closed else []

    def _one(self, head: Token, *, via: bool, doers: bool) -> list[Entity]:
        if head.i in self.spoken_of:
            return [self.spoken_of[head.i]]
        named = [m.entity for m in self.mentions_at(head) if m.entity is not None]
        if (
            named and all(e.type == ORGANISATION for e in named) and any(
                c.dep_ == "det" and (head.lower_ in _PARTISANS or (c.lower_ in ("a", "an") and named[0].kind == "party"))
                for c in children(head)
            )
        ):  # fmt: skip
            # "a Democrat", "the only Republican who": one of the party, not the party
            return [e for e in self._named(head.head) if e.type == PERSON] if head.dep_ == "appos" else []
        if named and head.tag_ in ("NNS", "NNPS") and all(e.kind == "party" for e in named) and _some(head):
            return list(self._members(head))  # "some Republicans" are not the party
        if named:
            if all(e.type == GROUP or (e.kind == "party" and head.tag_ in ("NNS", "NNPS")) for e in named):
                members = list(self._members(head))
                if members:
                    return members
            return named
        if self.mentions_at(head) and head.pos_ == "PRON":
            return []
        if head.text in _AFTER_NAMES and head.i:
            before = [m for m in self.by_token.get(head.i - 1, ()) if m.kind == "name" and m.type == PERSON]
            if before:
                return [m.entity for m in before[:1] if m.entity is not None]  # "Andrew Tyrie MP"
        named = self._apposed(head) or self._inverted(head) or self._after_comma(head)
        if named:
            return named
        if (head.dep_ in ("compound", "nmod", "poss") and head.head.i > head.i) or head.tag_ == "NNP":
            # "sacked MP Howard Flight": the title's head is the name; "slammed President Barack Obama Friday", misread
            beside = [
                m
                for m in self.by_token.get(head.i + 1, ())
                if m.first == head.i + 1 and m.type == PERSON and m.entity is not None
            ]
            if beside:
                return [m.entity for m in beside if m.entity is not None]
        parted = self._parted(head)
        if parted:
            return parted
        members = list(self._members(head)) if head.lemma_.lower() not in _CAMPAIGNS else []
        if members:
            return members
        if head.lower_ in _KINDS_OF_BODY:
            # "the GMB union": the name stands before what it is
            before = [
                m
                for c in children(head)
                if c.dep_ in ("compound", "nmod") and c.i == head.i - 1
                for m in self.mentions_at(c)
            ]
            if named := [
                m.entity for m in before if m.type == ORGANISATION and m.kind == "name" and m.entity is not None
            ]:
                return named
        if head.lemma_.lower() in _VOICES or head.lower_ in _VOICES:
            return self._principal(head)
        if head.lemma_.lower() in _OFFICERS and head.tag_ == "NNS":
            return [
                e for e in self._principal(head, "from", "with", "at") if e.type == ORGANISATION and e.kind != "country"
            ]
        if head.lemma_.lower() in _PARTITIVE:
            return [
                e
                for t in prepositional(head, "of")
                for e in self.entities(t)
                if e.type == GROUP or head.lemma_ in ("both", "one", "all")
            ]
        # "Ross, the MP who had accused him", with a clause of its own, is Ross; "Ross, his MP" need not be.
        told = head.tag_[-1] != "S" and any(c.dep_ == "relcl" for c in children(head))
        if head.dep_ == "appos" and (told or head.lemma_.lower() not in RELATED_PEOPLE) and head.head != head:
            above = self._named(head.head)  # "Momentum, an organisation that backed him"
            if above:
                return above
        if (
            head.dep_ == "attr"
            and head.head.lemma_ == "be"
            and any(c.dep_ == "relcl" and not any(g.tag_ == "MD" for g in children(c)) for c in children(head))
        ):
            # "Future45 is a super PAC that attacks her"
            return [e for c in children(head.head) if c.dep_ == "nsubj" for e in self._named(c)]
        if via and (head.lower_ == "head" or not any(m.kind == "nominal" for m in self.by_head.get(head.i, ()))):
            return self._owner(head, doers=doers)
        return []

    def _apposed(self, head: Token) -> list[Entity]:
        """ "the Tory MP, X"; "Y's chief of staff, X, and director of communications, Z" gives both."""
        found = [(c, self._named(c)) for c in children(head) if c.dep_ == "appos" and c.pos_ in ("PROPN", "NOUN")]
        found = [(c, entities) for c, entities in found if entities]
        if head.pos_ == "PROPN" and head.ent_type_ in ("PERSON", ""):
            # "Margo, a Republican," is not the party
            found = [(c, es) for c, es in found if c.lower_ not in _PARTISANS and all(e.kind != "party" for e in es)]
        if not found:
            return []
        out = list(found[0][1])
        if head.tag_ in ("NNS", "NNPS"):
            # "The senators running -- Cruz of Texas, Graham of South Carolina and Rubio of Florida --": a chain of names
            chain = [c for c, _ in found]
            for name in chain:
                chain += [c for c in children(name) if c.dep_ in ("appos", "conj") and self._names_person(c)]
                out += [e for e in self._named(name) if e not in out]
            return out
        for child, entities in found[1:]:
            if any(t.dep_ == "cc" for t in head.doc[found[0][0].i : child.i]):
                out += entities
        return out

    def _parted(self, head: Token) -> list[Entity]:
        """ "ousted veteran Tory Sir Julian Brazier", where the parser ends the object before the name."""
        doc, of_token = head.doc, head.doc.user_data.get("paragraphs")
        if head.tag_ != "NN" or head.dep_ not in ("dobj", "pobj") or any(c.i > head.i for c in children(head)):
            return []
        for index in range(head.i + 1, min(head.i + 4, len(doc))):
            token = doc[index]
            if (
                (of_token and of_token[index] != of_token[head.i])  # not in the next paragraph
                or not token.text[:1].isupper()
                or token.pos_ != "PROPN"
            ):
                return []
            for m in self.by_token.get(index, ()):
                if m.kind == "name" and m.type == PERSON and m.first == index and m.entity is not None:
                    apart = doc[m.head].dep_ in ("nsubj", "nsubjpass", "poss") or doc[index - 1].pos_ == "PUNCT"
                    return [] if apart else [m.entity]
        return []

    def _names_person(self, token: Token) -> bool:
        return any(m.kind == "name" and m.type == PERSON and m.head == token.i for m in self.mentions_at(token))

    def _after_comma(self, head: Token) -> list[Entity]:
        """ "the Democratic candidate, former attorney Doug Jones, ...", where the parser saw no apposition."""
        doc, first = head.doc, head.i + 2
        definite = any(c.dep_ in ("det", "poss") and c.lower_ != "no" for c in children(head))
        if head.pos_ != "NOUN" or not definite or head.tag_ != "NN" or first >= len(doc) or doc[first - 1].text != ",":
            return []
        for index in range(first, min(first + 7, len(doc))):
            token = doc[index]
            if token.pos_ in ("VERB", "AUX", "CCONJ", "PRON", "SCONJ", "ADP") or token.text in (",", ";", '"'):
                return []
            found = [
                m for m in self.by_token.get(index, ()) if m.kind == "name" and m.type == PERSON and m.first == index
            ]
            if found:
                after = found[0].last + 1
                closed = after >= len(doc) or doc[after].text in (",", ".", ";", "-", ")")
                apart = doc[found[0].head].dep_ not in ("nsubj", "nsubjpass", "conj", "poss")
                return [m.entity for m in found if m.entity is not None] if closed and apart else []
        return []

    def _inverted(self, head: Token) -> list[Entity]:
        """ "leader of Pendle Borough Council Asjad Mahmood": the name closes the phrase."""
        last = head.right_edge.i
        if head.pos_ != "NOUN" or not head.i < last <= head.i + 13:
            return []
        if head.tag_ == "NNS" and any(c.dep_ == "prep" and c.right_edge.i == last for c in children(head)):
            return []  # "opponents of President Trump"
        ends = [m for m in self.by_token.get(last, ()) if m.kind == "name" and m.type == PERSON and m.last == last]
        between = [t for t in head.doc[head.i : last] if t.text not in "()-"]
        if not ends or any(t.is_punct or t.pos_ == "VERB" for t in between):
            return []
        if any(c.dep_ == "poss" and c.pos_ == "PROPN" for c in children(head)) and head.lemma_ not in RELATED_PEOPLE:
            return []  # "Trump's acquittal of Navy SEAL Eddie Gallagher" is Trump's
        # "dismissed talk of a challenge to May" is not May: the name must not be the object of a preposition.
        begins = [m.first - (head.doc[m.first - 1].lower_ in _HONORIFICS) for m in ends]
        return [
            m.entity for m, begin in zip(ends, begins, strict=True)
            if m.entity is not None and begin > head.i + 2 and head.doc[begin - 1].pos_ != "ADP"
        ]  # fmt: skip

    def _named(self, token: Token) -> list[Entity]:
        return [m.entity for m in self.mentions_at(token) if m.entity is not None]

    def _members(self, head: Token) -> Iterator[Entity]:
        """Names listed after "including", "such as", "among them", or a number and a colon: "two Democrats: X and Y"."""
        if head.tag_ in ("NNS", "NNPS") and any(c.dep_ == "nummod" for c in children(head)):
            colon = next((t.i for t in head.doc[head.i : head.sent.end] if t.text == ":"), None)
            if colon is not None and head.doc[colon - 1].sent == head.sent:
                for index in range(colon + 1, head.sent.end):
                    yield from (
                        m.entity for m in self.by_token.get(index, ())
                        if m.first == index and m.kind == "name" and m.type == PERSON and m.entity is not None
                    )  # fmt: skip
        yield from self._among_them(head)
        for child in children(head):
            if (child.dep_ in ("prep", "acl") and child.lower_ in ("including", "like", "include")) or (
                child.lower_ == "as" and child.i and child.nbor(-1).lower_ == "such"
            ):
                for grandchild in children(child):
                    if grandchild.dep_ in ("pobj", "dobj"):
                        for token in conjuncts(grandchild):
                            named = [e for e in self._named(token) if e.type == PERSON]
                            yield from named or self._members(token)

    def _among_them(self, head: Token) -> Iterator[Entity]:
        """ "67 MPs, among them Leadsom and Davis": read word by word."""
        doc = head.doc
        near = range(head.i + 1, min(head.i + 6, len(doc) - 3)) if head.tag_ in ("NNS", "NNPS") else ()
        start = next((i for i in near if doc[i].lower_ == "among" and doc[i + 1].lower_ == "them"), None)
        if start is None:
            yield from self._before_among_them(head)
            return
        at = start + 2
        while at < len(doc) and (names := [m for m in self.by_token.get(at, ()) if m.first == at and m.kind == "name"]):
            yield from (m.entity for m in names if m.type == PERSON and m.entity is not None)
            at = max(m.last for m in names) + 1
            while at < len(doc) and doc[at].lower_ in (",", "and"):
                at += 1

    def _before_among_them(self, head: Token) -> list[Entity]:
        """ "48 MPs, Sadiq Khan and David Lammy among them,": the names stand before it."""
        doc, found = head.doc, list[Entity]()
        if (
            head.tag_ not in ("NNS", "NNPS")
            or head.i + 2 >= len(doc)
            or doc[head.i + 1].text not in (",", "-", "–", "—", "(")
        ):
            return []
        for index in range(head.i + 2, min(head.i + 25, head.sent.end - 1)):
            token = doc[index]
            if token.lower_ == "among" and doc[index + 1].lower_ in ("them", "these"):
                return found
            if token.pos_ in ("VERB", "AUX") or token.text in (";", "."):
                return []
            found += [m.entity for m in self.by_token.get(index, ())
                      if m.first == index and m.kind == "name" and m.type == PERSON and m.entity is not None]  # fmt: skip
        return []

    def _principal(self, head: Token, *prepositions: str) -> list[Entity]:
        for child in children(head):
            if child.dep_ in ("poss", "compound", "amod", "nmod"):
                found = [e for c in conjuncts(child) for e in self._named(c)]  # "the Cruz and Kasich campaigns"
                if found:
                    return found
        for preposition in prepositions or ("for", "of"):
            for token in prepositional(head, preposition):
                found = [e for e in self.entities(token) if e.type in _ACTORS]
                if found:
                    return found
        return []

    def _owner(self, head: Token, *, doers: bool = False) -> list[Entity]:
        """Who owns the deed: "May's deal", "its record", "the conduct of X", "the decision by Y"."""
        if head.lemma_.lower() in RELATED_PEOPLE:
            return []  # "Moore's rival" is not Moore
        lemma = head.lemma_.lower()
        suffered, inflicted = doers and lemma in _SUFFERED, doers and lemma in _INFLICTED
        of_whom = prepositional(head, "of")
        for child in children(head):
            if child.dep_ == "poss" and (of_whom or not suffered):
                clause = (
                    next((t for t in head.ancestors if t.dep_ == "relcl"), None) if child.lower_ == "whose" else None
                )
                found = self._named(clause.head) if clause is not None else []
                found = found or self._named(child) or (self._owner(child) if child.pos_ == "NOUN" else [])
                if found:
                    return found
        for preposition in ("by", "of", "from") if not inflicted else ("by",):
            for token in prepositional(head, preposition):
                found = [e for e in self.entities(token) if e.type in _ACTORS]
                if found:
                    return found
        for child in children(head):
            if child.dep_ == "acl" and child.lemma_ in _LEADING:
                found = [e for h in by_agents(child) for e in self.entities(h)]
                if found:
                    return found
        for token in prepositional(head, "in"):
            # "the platitudes in Starmer's speech"
            if token.lemma_.lower() in DOCUMENTS:
                return self._owner(token)
        if lemma in _PROPOSALS or lemma in _AFFAIRS or suffered:
            return []  # "the SNP amendment" is not the SNP
        for child in children(head):
            if child.dep_ in ("compound", "amod", "nmod"):
                whose = (ORGANISATION, PERSON) if head.lemma_.lower() in _CAMPAIGNS else (ORGANISATION,)
                found = [e for e in self._named(child) if e.type in whose]
                if found:
                    return found
        return []
