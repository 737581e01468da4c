"""Whose post it is: the people named beside a post, its grammatical subject or object, or who the phrase denotes."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from spacy.tokens import Doc, Token

from graphbuild.extract.posts.enumerations import COUNTS, enumerated, listed_before, past_place
from graphbuild.extract.posts.role_labels import RolePhrase
from graphbuild.extract.posts.roles_text import Names, next_name, past_bracket, same_sentence
from graphbuild.extract.syntax.grammar import children
from graphbuild.extract.syntax.participants import surface_subjects
from graphbuild.model import PERSON, Entity, Mention

Holder = tuple[Entity, str]
# "Veritas deputy leader" after "now"; ages; what may open an apposition.
_OPENERS = frozenset("now already still then also currently formerly previously once himself herself".split())
_MODALS = frozenset("will would could may might should can must to 'll wo".split())


def with_holders(names: Names, phrases: list[RolePhrase]) -> Iterator[tuple[RolePhrase, list[Holder]]]:
    """Each post phrase with its people and the rule that found each; also notes in ``names`` where titles lead."""
    phrases = _of_one_body(names, _with_owners(names, phrases))
    for phrase in phrases:
        mention = _mention_after(names, phrase, comma=False)
        if mention is not None:
            names.titled[phrase.first] = names.titled[phrase.noun] = mention
    holders = [_beside(names, phrase) for phrase in phrases]
    for index in range(len(phrases)):
        if not holders[index]:
            holders[index] = _shared(names, phrases, holders, index)
    for phrase, found in zip(phrases, holders, strict=True):
        yield phrase, found or list(_predicated(names, phrase)) or list(_denoted(names, phrase))


def _with_owners(names: Names, phrases: list[RolePhrase]) -> list[RolePhrase]:
    """In "Starmer's chief of staff, X, and director of communications, Y" both serve Starmer."""
    out: list[RolePhrase] = []
    served: RolePhrase | None = None
    for phrase in phrases:
        if phrase.post.kind == "staff" and phrase.owner is not None:
            served = phrase
        elif served is not None and served.owner is not None and _serves_too(names, phrase, served):
            label = f"{phrase.label} to {served.owner.name}"
            phrase = replace(phrase, label=label, owner=served.owner, bare=False, public=True)
        out.append(phrase)
    return out


_BODY = re.compile(r" (?:of|for|at) (?=the |[A-Z]).*")


def _of_one_body(names: Names, phrases: list[RolePhrase]) -> list[RolePhrase]:
    """In "chairman and chief executive of the DNC" and "Reform UK's founder and leader" both posts are of the body."""
    out = list(phrases)
    for index in range(len(out) - 1):
        one, other = out[index], out[index + 1]
        if not _joined(names, one, other) or {one.post.kind, other.post.kind} - {"head"} or one.bare == other.bare:
            continue
        told, bare, place = (one, other, index + 1) if other.bare else (other, one, index)
        body = _BODY.search(told.label)
        if body is not None and told.owner is None and bare.label == bare.post.name and bare.determiner in ("", "the"):
            out[place] = replace(
                bare,
                label=bare.label + body[0],
                bare=False,
                public=told.public,
                parties=told.parties,
                wants_party=False,
            )
    return out


def _serves_too(names: Names, phrase: RolePhrase, served: RolePhrase) -> bool:
    near = phrase.noun - served.noun < 14 and same_sentence(names.doc, served.noun, phrase.noun)
    return near and phrase.post.kind == "staff" and phrase.bare


def _shared(names: Names, phrases: list[RolePhrase], holders: list[list[Holder]], index: int) -> list[Holder]:
    """Two posts of one person: "former home secretary and party chairman X", "X, the lord chancellor and MP for Y"."""
    phrase = phrases[index]
    doc = names.doc
    if index + 1 < len(phrases) and _joined(names, phrase, phrases[index + 1]):
        heads = phrase.post.kind == phrases[index + 1].post.kind == "head"
        following = [h for h in holders[index + 1] if heads or (h[1] == "title" and phrase.determiner in ("", "a"))]
        if following:
            return following
    if index and _joined(names, phrases[index - 1], phrase) and phrases[index - 1].determiner != "":
        before = [h for h in holders[index - 1] if h[1] == "apposition"]
        if before:
            return before
    after = phrase.last + 1
    if phrase.determiner == "" and not phrase.post.plural and after < len(doc) and doc[after].lower_ == "and":
        # "former foreign secretary and Vote Leave campaigner X": words of one noun phrase up to the name
        for ahead in range(after + 1, min(after + 7, len(doc))):
            mention = names.people.get(ahead)
            if mention is not None and mention.entity is not None:
                nouns = doc[after + 1 : ahead - (doc[ahead - 1].text == ",")]
                common = len(nouns) and nouns[-1].tag_ == "NN" and nouns[-1].text[0].islower()
                return [(mention.entity, "title")] if common and same_sentence(doc, after, ahead) else []
            if doc[ahead].text == "," and ahead + 1 in names.people and _closed(doc, names.people[ahead + 1].last + 1):
                continue
            if doc[ahead].pos_ not in ("NOUN", "PROPN", "ADJ") and not (
                names.words.has("passing", names.lowers[ahead]) or doc[ahead].text == "-"
            ):
                break
    return []


def _joined(names: Names, before: RolePhrase, after: RolePhrase) -> bool:
    gap = names.doc[before.last + 1 : after.first]
    return len(gap) == 1 and gap[0].lower_ in ("and", "&", "/") and not before.post.plural


def _beside(names: Names, phrase: RolePhrase) -> list[Holder]:
    """People named right beside the phrase, each with the rule that found them."""
    if phrase.post.name == "boss" and phrase.owner is not None:
        return []  # "Meadows and his boss, President Trump"
    direct = _named_after(names, phrase, comma=False)
    if direct:
        return [(person, "title") for person in direct]
    if phrase.post.plural:
        before = [(person, "apposition") for person in _list_before(names, phrase)]
        return before or [(m.entity, "list") for m in enumerated(names, phrase.last) if m.entity is not None]
    if person := _named_before(names, phrase) or _second_apposed(names, phrase):
        return [person]
    return [(person, "title") for person in _named_after(names, phrase, comma=True)]


def _named_after(names: Names, phrase: RolePhrase, *, comma: bool) -> list[Entity]:
    """ "Labour leader X", "ministers X, Y and Z"; with ``comma`` also "the party's deputy leader, X, said"."""
    mention = _mention_after(names, phrase, comma=comma)
    people = []
    while mention is not None and mention.entity is not None:
        people.append(mention.entity)
        mention = next_name(names, _past_seat(names, mention.last + 1)) if phrase.post.plural else None
    if phrase.post.plural and len(people) == 1 and names.lowers[phrase.first - 1] in ("of", "by", "among", "from"):
        return []  # "in the final ballot of MPs Kemi Badenoch came top"
    return people


def _past_seat(names: Names, index: int) -> int:
    """The token after the state of one in a list: "Sens. X *of Texas* and Y of Florida", "Reps. X, *R-Texas*, and Y"."""
    doc, states = names.doc, names.words.data["states"]
    if index + 1 < len(doc) and doc[index].lower_ in ("of", "from"):
        for size in (2, 1):
            if doc[index + 1 : index + 1 + size].text in states.values():
                return index + 1 + size
        if (end := place_end(names, index + 1)) > index + 1:
            return end
    if index + 3 < len(doc) and doc[index].text == "," and doc[index + 2].text == "-":
        letters = names.words.data["party_letters"]
        if doc[index + 1].text in letters:
            return index + 4
    return index


def place_end(names: Names, index: int) -> int:
    """The token after a place of one to three capitalised words that a comma, "and" or the end follows; "Oyo" in
    "governors Seyi Makinde of Oyo, Samuel Ortom of Benue and X"; the same token where none stands there."""
    doc, end = names.doc, index
    while end < min(len(doc), index + 4) and doc[end].is_title and end not in names.people and end not in names.bodies:
        end += 1
    last = doc[end - 1] if end > index else None
    if last is None or last.pos_ != "PROPN" or end - index > 3 or last.ent_type_ in ("DATE", "TIME"):
        return index
    if end < len(doc) and doc[end].pos_ in ("NOUN", "PROPN"):
        return index
    return end


def _mention_after(names: Names, phrase: RolePhrase, *, comma: bool) -> Mention | None:
    """The name that a post is the title of."""
    doc = names.doc
    inside = names.people.get(phrase.noun)
    if inside is not None and inside.last > phrase.noun_last and not comma:
        return inside
    index = phrase.last + 1
    if comma:
        told = phrase.determiner in ("the", "poss") or bool(phrase.parties) or not phrase.bare
        past_time = index
        while past_time < len(doc) and (
            names.lowers[past_time] in ("for", "since") or doc[past_time].ent_type_ == "DATE"
        ):
            past_time += 1  # "Australia's foreign minister for the past five years, Julie Bishop, is"
        index = past_time if past_time < len(doc) and doc[past_time].text == "," else index
        if index >= len(doc) or doc[index].text not in (",", "-", "–", "—") or not told or phrase.post.plural:
            return None
        index = _past_figures(names, index + 1)
        if _opens_clause(names, phrase, index):
            return None
    index = past_bracket(names, index)
    mention = names.people.get(index) or (names.titled.get(index) if comma else None)
    # After "Reps." the parser may begin a sentence.
    shortened = index == phrase.last + 1 and doc[phrase.last].text.endswith(".")
    if mention is None or mention.first < phrase.noun or not (shortened or same_sentence(doc, phrase.noun, index)):
        return None
    return None if comma and not _closed(doc, past_place(names, mention.last + 1)) else mention


def _opens_clause(names: Names, phrase: RolePhrase, index: int) -> bool:
    """ "In a move against the prime minister, Johnson said": what precedes is over, the name begins the clause."""
    doc = names.doc
    mention = names.people.get(index)
    if mention is None or mention.last + 1 >= len(doc) or phrase.first <= doc[phrase.first].sent.start + 1:
        return False
    verb = doc[mention.last + 1]
    return (
        phrase.determiner in ("the", "poss")
        and verb.tag_ in ("VBD", "VBZ", "VBP", "MD")
        and doc[mention.head].dep_ == "nsubj"
    )


def _past_figures(names: Names, index: int) -> int:
    """Past "party veteran" in "his foreign secretary, party veteran X": the name after it, else the same place."""
    words = names.words
    for ahead in range(index, min(index + 4, len(names.doc))):
        if ahead in names.people:
            return ahead
        lower = names.lowers[ahead]
        if not (lower == "party" or words.has("figures", lower) or words.has("passing", lower)):
            break
    return index


def _closed(doc: Doc, index: int) -> bool:
    return (
        index >= len(doc)
        or doc[index].text in (",", ".", ")", "-", "–", ":", ";", "(")
        or doc[index].pos_ in ("VERB", "AUX")
    )


def _named_before(names: Names, phrase: RolePhrase) -> Holder | None:
    """ "X, the MP for Middlesbrough,", "X (shadow chancellor)", "X MP"."""
    doc = names.doc
    index = phrase.first - 1
    if index in names.people and phrase.post.kind == "seat" and phrase.post.name.isupper():
        named = names.people[index].entity
        return (named, "suffix") if named else None
    titled = phrase.owner is not None and phrase.first in names.people
    while index > 0 and (doc[index].lower_ in _OPENERS or (titled and names.words.in_post(doc[index].lower_))):
        index -= 1  # "now Veritas deputy leader", "President Obama's former campaign strategist"
    index = _before_time(doc, index)
    if index < 1 or doc[index].text not in (",", "-", "–", "—", "(") or phrase.post.plural:
        return None
    index -= 1
    if doc[index].like_num and index > 1 and doc[index - 1].text == ",":
        index -= 2
    elif doc[index].text in (")", ","):
        index = next((i - 1 for i in range(index - 1, max(index - 7, 0), -1) if doc[i].text in ("(", ",")), index)
    mention = names.people.get(index) or before_place(names, index)
    if mention is None or mention.entity is None or not same_sentence(doc, index, phrase.noun):
        return None
    other = names.owner(doc[phrase.noun])
    if _starts_another(names, phrase) or (phrase.determiner == "the" and other is not None and other != mention.entity):
        return None
    return mention.entity, "apposition"


def _before_time(doc: Doc, index: int) -> int:
    """The comma before a time: "Arlen Specter*,* for 29 years a senator", "X*,* until April leader of"."""
    at = index
    while at > index - 6 and at > 0 and (doc[at].ent_type_ in ("DATE", "TIME") or doc[at].lower_ in _SINCE):
        at -= 1
    return at if at < index and doc[at].text == "," else index


_SINCE = frozenset("for until till since from in of late recently the last".split())


def before_place(names: Names, index: int) -> Mention | None:
    """The name before its state: "Harry Reid *of Nevada*, the minority leader", "Eliot Engel, *D-N.Y.*, chairman of"."""
    for at in range(index - 1, max(index - 7, 0), -1):
        mention = names.people.get(at)
        if mention is not None:
            return mention if past_place(names, mention.last + 1) == index + 1 else None
    return None


def _second_apposed(names: Names, phrase: RolePhrase) -> Holder | None:
    """ "X, a Democrat and former Oklahoma state senator", "X, a father of two who is the secretary of housing": the post
    is joined to the noun that stands after the name."""
    token = names.doc[phrase.noun : phrase.noun_last + 1].root
    if phrase.post.plural or token.dep_ != "conj":
        return None
    while token.dep_ == "conj" and token.head.pos_ in ("NOUN", "PROPN", "ADJ"):
        token = token.head
    name = names.people.get(token.head.i) if token.dep_ == "appos" else None
    if name is None or name.entity is None or not same_sentence(names.doc, name.first, phrase.noun):
        return None
    between = range(name.last + 1, phrase.noun)
    return None if any(i in names.people for i in between) else (name.entity, "apposition")


def _list_before(names: Names, phrase: RolePhrase) -> list[Entity]:
    """ "X and Y, both Labour MPs,"."""
    doc = names.doc
    index = phrase.first - 1
    if index > 1 and doc[index].lower_ in ("both", "all"):
        index -= 1
    elif phrase.first < len(doc) and doc[phrase.first].pos_ != "NUM":
        after = phrase.last + 1  # "X and Y, Labour MPs,"; the subject of a verb is another's
        if after >= len(doc) or (doc[after].text not in (",", ".", ")", ";") and doc[after].lower_ != "who"):
            return []
    if index < 1 or doc[index].text not in (",", "-", "–", "—", "("):
        return []
    people = [m.entity for m in listed_before(names, index - 1) if m.entity is not None]
    return people if len(people) > 1 else []


def _starts_another(names: Names, phrase: RolePhrase) -> bool:
    """Does the phrase after a name belong to what follows rather than to the name?"""
    doc = names.doc
    after = phrase.last + 1
    if after >= len(doc):
        return False
    token = doc[after]
    # "Blair, the chancellor and the foreign secretary": a list of people, not one man's post.
    if token.lower_ == "and" and phrase.bare and after + 1 < len(doc) and doc[after + 1].pos_ == "DET":
        end = next((i for i in range(after + 2, min(after + 6, len(doc))) if doc[i].lower_ == "of"), after + 6)
        return any(names.words.in_post(t.lower_) for t in doc[after + 2 : end])
    single = phrase.first == phrase.last and doc[phrase.noun].text.islower()
    if single and token.tag_ in ("VBZ", "VBP", "VBD", "MD") and phrase.determiner == "":
        return True  # "For Comey, justice is bigger"
    if token.pos_ in ("NOUN", "PROPN") and token.text[0].isalpha() and doc[phrase.noun_last].dep_ == "compound":
        return True
    # "drops out and backs Biden, the Hawaii congresswoman announced": the subject of another clause.
    # A noun without a determiner is no subject: "X, General Secretary of the union tweeted".
    return token.tag_ == "POS" or (token.tag_ in ("VBD", "VBZ", "VBP", "MD") and phrase.determiner != "")


def _predicated(names: Names, phrase: RolePhrase) -> Iterator[Holder]:
    """ "is the leader of", "served as", "was named chairman", "replaced Truss as prime minister"."""
    data = names.words.data
    token = names.doc[phrase.noun : phrase.noun_last + 1].root
    while token.dep_ == "conj" and token.head.pos_ in ("NOUN", "PROPN"):
        token = token.head
    if token.dep_ == "appos" and token.head.dep_ == "attr" and token.head.pos_ == "ADJ":
        token = token.head  # "X was the lone Labour MP"
    head = token.head
    if phrase.post.plural and token.dep_ == "pobj" and head.lower_ in ("among", "amongst", "of"):
        yield from ((p, "predicate") for t in _one_of(names, head) if (p := names.person(t)))
    if phrase.post.plural and token.dep_ != "attr":
        return
    if ("leader" in phrase.post.name and any(c.tag_ == "JJR" for c in children(token))) or names.lowers[
        phrase.last + 1 : phrase.last + 2
    ] == ["than"]:
        return  # "he was a stronger leader than Obama": of whom it is said how he leads
    if token.dep_ == "attr" and head.lemma_ in data["linking"] and _actual(head):
        subjects = [c for t in surface_subjects(head) for c in (t, *t.conjuncts)]
        yield from ((p, "predicate") for t in subjects if (p := names.person(t)))
    elif token.dep_ == "nsubj" and head.lemma_ == "be" and phrase.determiner in ("the", "poss") and _actual(head):
        # "the union, whose president is X", "Its leader is X"
        told = [c for c in children(head) if c.dep_ == "attr" and c.i > head.i and c.i in names.people]
        yield from ((p, "predicate") for t in told if (p := names.people[t.i].entity) and names.people[t.i].head == t.i)
    elif token.dep_ == "oprd" and head.lemma_ in data["held_by_object"] and _actual(head):
        yield from ((p, "predicate") for t in _objects(head) if (p := names.person(t)))
    elif token.dep_ == "pobj" and head.lower_ == "of" and head.head.lemma_ in _POSTS:
        # "gave up the post of deputy speaker": whoever leaves or holds it
        verb = head.head.head if head.head.dep_ == "dobj" else head.head.head.head
        if verb.pos_ == "VERB" and verb.lemma_ in _HOLDING and _actual(verb):
            yield from ((p, "predicate") for t in surface_subjects(verb) if (p := names.person(t)))
    elif (own := _time_of(names, phrase)) is not None:
        yield own, "as"
    elif (
        token.dep_ == "advcl"
        and not phrase.determiner
        and names.lowers[phrase.first - 1] in ("while", "whilst", "when")
    ):
        # "backed the pipeline while secretary of state"
        yield from ((p, "as") for t in surface_subjects(head) if (p := names.person(t)))
    elif token.dep_ == "pobj" and head.lower_ == "as":
        must = phrase.post.kind == "contest"
        if head.i <= head.sent.start + 1 and not must:
            # "As leader of the Congress Party, she dominated": fronted, of the subject
            acts = [c for c in children(head.head) if c.dep_ == "aux" and c.lower_ in _MODALS]
            comma = names.doc[phrase.last + 1].text == "," if phrase.last + 1 < len(names.doc) else False
            if head.head.pos_ in ("VERB", "AUX") and comma and not acts:
                yield from ((p, "as") for t in surface_subjects(head.head) if (p := names.person(t)))
            return
        if held := _acting_so(names, phrase, head):
            yield held, "as"
            return
        beside = names.people.get(head.i - 1)
        # "With X as the presumptive nominee", but "with X as president" may be a wish.
        with_name = must and beside is not None and beside.first > 0 and names.lowers[beside.first - 1] == "with"
        if beside is not None and (with_name or _lost_or_given(names, beside, data)):
            yield from ((p, "as") for p in [beside.entity] if p)
            return
        rule = "predicate" if head.head.lemma_.lower() in _ACTED else "as"
        yield from ((p, rule) for t in _as_holders(head.head, data, must) if (p := names.person(t)))


def _acting_so(names: Names, phrase: RolePhrase, as_: Token) -> Entity | None:
    """ "X, *who as Europe minister insisted*", "X, *as chairman*, said": between a subject and its verb."""
    doc, after = names.doc, phrase.last + 1
    index = as_.i - 1
    comma = doc[index].text == ","
    index -= comma
    if index < as_.sent.start or after >= len(doc) or phrase.determiner == "a":
        return None
    if comma and not (doc[after].text == "," and after + 1 < len(doc) and doc[after + 1].pos_ in ("VERB", "AUX")):
        return None
    if not comma and (doc[index].lower_ != "who" or doc[after].tag_ not in ("VBD", "VBZ", "VBP")):
        return None
    if doc[index].lower_ == "who":
        index -= 1 + (doc[index - 1].text == ",")
    mention = names.people.get(index)
    return mention.entity if mention is not None else None


def _time_of(names: Names, phrase: RolePhrase) -> Entity | None:
    """ "*his 38-day stint* as chancellor was over", "*X's time* as leader": read without the parser's help."""
    doc, at = names.doc, phrase.first - 2
    if at < 1 or names.lowers[at + 1] != "as" or names.lowers[at] not in _TIMES:
        return None
    for index in range(at - 1, max(at - 6, doc[at].sent.start - 1), -1):
        token = doc[index]
        if token.tag_ == "PRP$":
            return names.owner(token)
        if token.tag_ == "POS":
            mention = names.people.get(index - 1)
            return mention.entity if mention is not None else names.owner(token.nbor(-1))
        if token.pos_ not in ("ADJ", "NOUN", "NUM", "PUNCT", "VERB") or token.text == ",":
            return None
    return None


_TIMES = frozenset("stint time tenure spell reign term day days years months weeks career record".split())


_POSTS = frozenset("post position office role job title portfolio".split())
_ABOUT_POSTS = frozenset("consider keep lose leave quit resign hold start begin relinquish".split())
_HOLDING = frozenset(
    "give quit leave resign relinquish hold occupy assume vacate lose retain keep surrender step fill".split()
)


def _one_of(names: Names, preposition: Token) -> Iterator[Token]:
    """ "X was among the Labour MPs", "X is one of the ministers", "X, one of the Tory MPs who"."""
    above = preposition.head
    if preposition.lower_ == "of":
        counted = COUNTS.get(above.lower_, 0)
        if above.lower_ not in ("one", "another") and (not counted or above.dep_ != "attr"):
            return
        if above.dep_ == "appos":
            yield above.head
            return
        above = above.head
    if above.lemma_ == "be" and _actual(above):
        several = listed_before(names, above.i - 1)
        yield from (names.doc[m.head] for m in several) if len(several) > 1 else surface_subjects(above)


# To be given a post or to act in one tells of a holder only where it happened; to lose or to keep one always does.
_GIVEN = frozenset("appoint name elect install hire make select choose confirm reinstate".split())
_ACTED = frozenset("serve act work return become".split())


def _as_holders(governor: Token, data: Mapping[str, list[str]], contest: bool) -> Iterator[Token]:
    lemma = governor.lemma_.lower()
    if lemma in data["held_by_subject"] and governor.pos_ in ("VERB", "AUX"):
        if _actual(governor) or (lemma not in _ACTED and not contest):
            yield from surface_subjects(governor)
    elif lemma in data["held_by_object"] and governor.pos_ == "VERB":
        if _actual(governor) or (lemma not in _GIVEN and not contest):
            yield from _objects(governor)
    elif governor.pos_ == "VERB" and lemma in _ABOUT_POSTS:
        # "told him to consider his position as commissioner": the parser hangs "as" on the verb
        things = [c for c in children(governor) if c.dep_ == "dobj" and c.lemma_.lower() in _POSTS]
        yield from (g for c in things for g in children(c) if g.dep_ == "poss")
    elif governor.pos_ in ("VERB", "AUX") and any(
        c.lower_ in data["given_up"] for c in children(governor) if c.dep_ in ("dobj", "advmod", "prt", "prep", "acomp")
    ):
        yield from surface_subjects(governor)  # "is out as", "threw in the towel as", "put in his papers as"
    elif lemma in ("successor", "predecessor"):
        # "X, his successor as leader": both held it
        yield governor.head if governor.dep_ == "appos" else governor
        yield from (c for c in children(governor) if c.dep_ in ("poss", "appos"))
    elif governor.pos_ == "NOUN" and (lemma in data["held_by_owner"] or _first_of_his(governor)):
        yield from (c for c in children(governor) if c.dep_ == "poss")
        verb = governor.head  # "served two terms as governor", "has experience as an MP"
        done = verb.lemma_ in _PASSED
        if governor.dep_ == "dobj" and done and _actual(verb):
            yield from surface_subjects(verb)


_PASSED = frozenset("last survive serve spend complete do have gain bring cite tout".split())


def _first_of_his(noun: Token) -> bool:
    """ "his first big test as home secretary", "her last conference as leader": what one does in a post, counted."""
    counted = any(c.lower_ in ("first", "second", "third", "last", "final", "maiden", "latest") for c in children(noun))
    return counted and any(c.dep_ == "poss" for c in children(noun))


def _lost_or_given(names: Names, mention: Mention, data: Mapping[str, list[str]]) -> bool:
    """ "removed X as", "reinstating X as": the verb right before the name, whatever the parser made of it."""
    if mention.first == 0:
        return False
    verb = names.doc[mention.first - 1]
    if verb.tag_ == "VBG" and verb.dep_ in ("pcomp", "xcomp") and verb.lemma_.lower() in _GIVEN:
        return verb.dep_ == "pcomp" and verb.head.lower_ != "to"  # "opposed to electing X as president"
    return verb.lemma_.lower() in data["held_by_object"] and verb.tag_ in ("VBD", "VBG", "VBN", "VBZ")


def _objects(verb: Token) -> list[Token]:
    found = [c for c in children(verb) if c.dep_ in ("dobj", "nsubjpass")]
    if not found and verb.tag_ == "VBN" and verb.dep_ in ("relcl", "acl", "conj", "advcl"):
        found = surface_subjects(verb)
    return found


def _actual(verb: Token) -> bool:
    """Neither denied nor merely wanted, asked or possible."""
    if verb.tag_ == "VB" and not any(c.dep_ == "aux" for c in children(verb)):
        return False  # "demanded that he become"
    if verb.dep_ == "pcomp" and verb.head.lower_ in ("in", "of", "for", "about", "against", "at", "without", "to"):
        return False  # "no interest in being", "dreams of becoming"
    for child in children(verb):
        if child.dep_ == "neg" or child.lower_ in ("if", "whether", "never"):
            return False
        if child.dep_ in ("aux", "auxpass") and child.lower_ in _MODALS:
            return False
    return verb.dep_ != "xcomp" or verb.tag_ == "VBG"


def _denoted(names: Names, phrase: RolePhrase) -> Iterator[Holder]:
    """A noun phrase that is known to denote somebody and tells a post of his."""
    informal = phrase.post.name in ("chief", "boss", "head") and not phrase.label.startswith("head of")
    if phrase.post.plural and not informal:
        # "the two former prime ministers", of two who are named
        people = [m.entity for m in names.others.get(phrase.noun_last, ()) if m.type == PERSON and m.kind == "nominal"]
        if len(people) > 1:
            yield from ((person, "nominal") for person in people if person is not None)
    if phrase.post.plural or informal:
        return
    for index in range(phrase.noun, phrase.noun_last + 1):
        person = names.owner(names.doc[index])
        if person is not None:
            yield person, "nominal"
            return
