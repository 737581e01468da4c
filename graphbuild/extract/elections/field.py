"""The field of a contest for the presidency of the United States: who is treated as a candidate without the word.

Articles of a campaign name the contest once and then speak of "the Sanders campaign", of delegates, polls and
endorsements. Where an article tells such a contest, people of a party whom it speaks of so stand for it: before the
conventions for their party's nomination, after them for president. Who runs against the front-runner challenges him.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from spacy.tokens import Doc, Span, Token

from graphbuild.extract.article.context import Context
from graphbuild.extract.article.statements import make_statement
from graphbuild.extract.elections.contestants import contestants
from graphbuild.extract.syntax import participants
from graphbuild.extract.syntax.grammar import children, spotted
from graphbuild.model import PERSON, PHRASE, Article, Entity, Statement
from graphbuild.vocab import mint_id

PRESIDENT, SECOND = "president", "vice president"
# Who seeks a party's nomination runs for president: the label says both.
_NOMINATION = "nomination for president"
_PARTIES = {"Democratic Party": "Democratic", "Republican Party": "Republican"}
_HORSE_RACE = re.compile(
    r"\d[\d,.]*(?:-| )?(?: ?%|(?:percentage )?points?|per ?cent|(?:[a-z]+ )?delegates?)|\bper ?cent\b|"
    r"\bdelegates?\b.*\bfor\b|\b(?:first|second|third|fourth) place\b|\b(?:single|double)[- ]digit lead\b|\bdeadlocked\b|\bneck[- ]and[- ]neck\b|\bstatistical tie\b|\bin (?:the )?(?:(?:latest|recent|new|national) )?polls\b"
)
_RIVALRY = re.compile(
    r"\b(?:rival|challenger|opponents?|against|beat(?:ing)?|defeat|overtake|catch up with|lags?|lagging|trails?|trailing|stop(?:ping)?|fight|"
    r"versus|take on|taking on|outpoll|challenge|lead over|[Dd]eny(?:ing)?)\b|\b[Ss]top[- ]|Never ?Trump"
)
_BEHIND = "[Ss]top|[Ss]topping|lags?|lagging|trails?|trailing|[Nn]ever|behind|take on|beating|[Dd]eny(?:ing)?"
_SEEKING = frozenset(
    """win clinch claim secure seek capture gain earn take lose lock get land pursue contest stop deny prevent ride vie compete battle march
    cruise run""".split()
)
_SPEAKERS = frozenset(
    "manager strategist spokesman spokeswoman pollster adviser advisor aide director analyst chairman chairwoman official staffer donor".split()
)
# Who serves a party or a candidate is none; nor is who was president, nor who is while others of his party run.
_OFFICER = re.compile(
    r"\b(?:chair(?:man|woman)? of the (?:Republican|Democratic|\w+ Republican|\w+ Democratic)|adviser|aide|strategist|spokes\w+|manager|pollster)",
    re.IGNORECASE,
)
_HEAD_OF_STATE = re.compile(r"(?:former |ex-)?president(?: of the United States)?", re.IGNORECASE)
_BENCH = re.compile(r"\b(?:[Cc]ourt|[Jj]ustice|[Jj]udge|[Cc]onfirm\w*|[Hh]earings?|Senate)\b")
_YEAR = re.compile(r"\b(?:1[789]\d\d|20\d\d)\b")


def contest_entity(label: str) -> Entity:
    """The node of a contest."""
    return Entity(mint_id("phrase", label), label, PHRASE)


def season(article: Article) -> str:
    """ "general" from August of an election year to its November, "primary" for the year and a half before, "none"
    between elections, "" where the date is unknown."""
    if len(article.date) < 7:
        return ""
    year, month = int(article.date[:4]), int(article.date[5:7])
    if year % 4 == 0 and month < 12:
        return "general" if article.date[5:10] >= "07-15" else "primary"
    return "primary" if year % 4 == 3 and month > 1 else "none"


def past_year(text: str, article: Article) -> bool:
    """Whether a text names a year before the one of the contest that an article is about."""
    if not article.date:
        return False
    now = int(article.date[:4])
    return any(int(year) < now for year in _YEAR.findall(text))


def primary_label(party: str) -> str:
    """The contest for a party's nomination."""
    return f"{party} {_NOMINATION}"


def is_nomination(label: str) -> bool:
    """Whether a contest is the one for a party's nomination for the presidency."""
    return label.endswith(_NOMINATION)


def is_presidential(label: str) -> bool:
    """Whether a contest is the one for the presidency, or for a party's nomination for it."""
    return label == PRESIDENT or is_nomination(label)


def under_way(context: Context) -> dict[str, frozenset[str]]:
    """The contests of the article's day that the gazetteer knows, with the ids of those who stand in them."""
    known: dict[str, frozenset[str]] = context.doc.user_data.get("candidates", {})
    return known


def season_label(
    label: str, party: str, told: Sequence[tuple[int, str]], sentence: str, article: Article, *, chosen: bool = False
) -> str:
    """The contest that a candidate of a party is in: the nomination where the article tells of nominations and the
    time is right for it, else the presidency, as for who is ``chosen``: the nominee."""
    if is_nomination(label) and chosen:
        return PRESIDENT
    if is_nomination(label):
        late = season(article) == "general" and not re.search(r"\bnomination\b", sentence)
        return PRESIDENT if late or past_year(sentence, article) else label
    if (
        label != PRESIDENT
        or chosen
        or not party
        or past_year(sentence, article)
        or season(article) in ("general", "none")
    ):
        return label
    labels = {label for _, label in told if is_nomination(label)}
    if primary_label(party) in labels or season(article) == "primary":
        return primary_label(party)
    return label


def party_of(person: Entity, statements: Sequence[Statement]) -> str:
    """The adjective of a person's American party: the gazetteer's, or as the article states it."""
    if person.party in _PARTIES:
        return _PARTIES[person.party]
    told = {
        s.object.name for s in statements
        if s.relation == "member_of" and s.subject.id == person.id and s.object is not None
    }  # fmt: skip
    named = [_PARTIES[name] for name in told if name in _PARTIES]
    return named[0] if len(named) == 1 else ""


def field(context: Context, told: Sequence[tuple[int, str]], found: Sequence[Statement]) -> Iterator[Statement]:
    """Statements of stands_for and challenges for a presidential contest that the article tells."""
    labels = {label for _, label in told}
    time = season(context.article)
    if time == "none" or not any(map(is_presidential, labels)):
        return
    if not time and labels == {PRESIDENT}:
        return
    words = context.wording.data["contests"]
    running = {s.subject.id for s in found if s.relation == "stands_for"}
    endorsers = {
        s.subject.id for s in found
        if s.relation == "supports" and s.polarity == "positive" and s.object is not None and s.object.type == PERSON
        and s.evidence.rule.partition("/")[2] in ("endorse", "back", "throw", "announce", "bestow", "confer", "offer", "lend")
    }  # fmt: skip
    officers = {
        s.subject.id for s in found if s.relation == "holds_role" and s.object and _OFFICER.search(s.object.name)
    }
    presidents = {
        s.subject.id
        for s in found
        if s.relation == "holds_role" and s.object and _HEAD_OF_STATE.fullmatch(s.object.name)
    }
    filled = {
        party_of(s.subject, found)
        for s in found
        if s.relation == "stands_for" and s.object and s.object.name == PRESIDENT
    }
    # Where the gazetteer knows who stands on the article's day, nobody else does without the word.
    standing = under_way(context).items()
    known = {person for contest, people in standing if is_presidential(contest) for person in people}
    entered: dict[str, tuple[Entity, Token]] = {}
    for person, token in _cued(context, frozenset(words["following_nouns"]), found):
        text = token.sent.text
        if not past_year(text, context.article) and not (time == "general" and re.search(r"\bre-?election\b", text)):
            entered.setdefault(person.id, (person, token))
    seen = Counter(m.entity.id for ms in context.arguments.by_head.values() for m in ms if m.entity is not None)
    leaning = {person.id: _leaning(person, token, found, labels, context) for person, token in entered.values()}
    for person, token in sorted(entered.values(), key=lambda pair: (-seen[pair[0].id], pair[1].i)):
        party = leaning[person.id]
        other = _other_race(token, told)
        if known and not other and person.id not in known:
            continue
        if person.id in endorsers or person.id in officers:
            continue
        if person.id in presidents and any(
            leaning[other] == party and other != person.id and other not in presidents for other in entered
        ):
            continue  # a president whose party has other candidates does not run
        if person.id in running or not (party or other):
            continue
        if other:
            label = other
        elif time != "primary" and re.search(r"\bgeneral election\b", token.sent.text):
            label = PRESIDENT
        elif time == "general":
            if party in filled:
                continue
            filled.add(party)
            label = PRESIDENT
        else:
            label = season_label(PRESIDENT, party, told, token.sent.text, context.article)
        yield make_statement(
            "stands_for", person, contest_entity(label), telling(person, token, context), context, polarity="positive",
            modality="actual", source=None, role="", topic="", rule="contests/field", confidence=0.65,
        )  # fmt: skip


_CANDIDACY = re.compile(
    r"\b(?:candidates?|candidac\w+|nominees?|nomination|hopefuls?|contenders?|front-?runner|running (?:for|against)|"
    r"(?:presidential|leadership|White House|re-?election) (?:race|bid|campaign|run|rivals?)|re-?elected|second term)\b",
    re.IGNORECASE,
)


def telling(person: Entity, token: Token, context: Context) -> Token:
    """The first name of a candidate in a sentence that speaks of candidates in so many words, better evidence than a
    poll; else the given one."""
    for index, mentions in sorted(context.arguments.by_head.items()):
        if any(m.entity is not None and m.entity.id == person.id and m.kind == "name" for m in mentions):
            sentence = context.doc[index].sent.text
            if _CANDIDACY.search(sentence) and not (_BENCH.search(sentence) or past_year(sentence, context.article)):
                return context.doc[index]
    return token


def _leaning(
    person: Entity, token: Token, found: Sequence[Statement], labels: Collection[str], context: Context
) -> str:
    """A person's party; for a politician of none that of the side or of the only nomination told of with him."""
    party = party_of(person, found)
    if party or person.kind != "politician" or person.party:
        return party
    here = {
        _PARTIES[m.entity.name] for t in token.sent for m in context.arguments.by_head.get(t.i, ())
        if m.entity is not None and m.entity.name in _PARTIES
    } or {p for _, e in _people(token.sent, context) if (p := party_of(e, found))}  # fmt: skip
    told = {label.split(" ")[0] for label in labels if is_nomination(label)}
    for parties in (here, told):
        if len(parties) == 1:
            return next(iter(parties))
    return ""


def _other_race(token: Token, told: Sequence[tuple[int, str]]) -> str:
    """The race that the words before a name were about last, when it is another than the presidential one."""
    near = [(at, label) for at, label in told if token.i - 80 < at < token.sent.end]
    label = max(near)[1] if near else PRESIDENT
    return "" if label == SECOND or is_presidential(label) else label


_BACKING = frozenset("endorse back vote-for nominate stump-for campaign-for rally-behind".split())


def _cued(context: Context, following: frozenset[str], found: Sequence[Statement]) -> Iterator[tuple[Entity, Token]]:
    """(person, word that tells) of everybody spoken of as one speaks of candidates."""
    doc = context.doc
    yield from _seekers(context)
    yield from contestants(context)
    backers: dict[str, set[str]] = {}
    for s in found:
        if s.relation == "supports" and s.object is not None and s.polarity == "positive":
            backers.setdefault(s.object.id, set()).add(s.subject.id)
    for s in found:
        if re.search(r"\bre-?election\b", s.evidence.text):
            continue
        if s.relation in ("supports", "defeats") and s.object is not None:
            candidates = [s.object, s.subject] if s.relation == "defeats" else [s.object]
            cue = s.evidence.rule.partition("/")[2]
            if s.relation == "supports" and cue not in _BACKING:
                continue
            if (
                s.relation == "supports"
                and cue not in ("vote-for", "nominate")
                and len(backers.get(s.object.id, ())) < 2
            ):
                continue  # one endorsement may be for anything
            token = next((t for t in _sentence(doc, s) if t.text == s.evidence.trigger), None)
            yield from ((p, token) for p in candidates if p.type == PERSON and token is not None)
    for sentence in doc.sents:
        people = _people(sentence, context)
        if len({e.id for _, e in people}) > 1 and _HORSE_RACE.search(sentence.text):
            yield from (
                (e, t) for t, e in people
                if t.dep_ not in ("compound", "nmod", "amod", "poss") and not {c.lemma_.lower() for c in children(t)} & _SPEAKERS
            )  # fmt: skip
        yield from _contestants(sentence, people, context)
        for token, entity in people:
            head = token.head
            if (
                head.lemma_.lower() in following
                and (token.dep_ in ("poss", "compound", "nmod") or (token.dep_ == "pobj" and head.lower_ == "of"))
            ) or (token.dep_ == "pobj" and head.lower_ in ("of", "for") and head.head.lemma_.lower() in following):
                named = "nomination" in (head.lower_, head.head.lower_)
                if not (named and _BENCH.search(sentence.text)):
                    yield entity, token


def _seekers(context: Context) -> Iterator[tuple[Entity, Token]]:
    """Who wins, seeks or is denied "the nomination"."""
    for token in context.tokens:
        if token.lower_ != "nomination" or not any(c.lower_ in ("the", "his", "her", "their") for c in children(token)):
            continue
        for verb in [t for t in token.ancestors if t.pos_ == "VERB"][:2]:
            if verb.lemma_.lower() not in _SEEKING:
                continue
            for head in participants.surface_subjects(verb):
                yield from ((e, token) for e in context.arguments.entities(head, types=(PERSON,)))


_RACE = re.compile(
    r"\b(?:Democratic|Republican|GOP|G\.O\.P\.) (?:presidential )?(?:race|field|debate|primary)\b|\b(?:double|single)[- ]digit lead\b|"
    r"\b(?:win|winning|won|lose|losing|lost|losses|victory|victories|defeat) (?:in )?(?:the )?(?:Iowa|New Hampshire|Nevada|South Carolina)\b"
)


def _contestants(
    sentence: Span, people: Sequence[tuple[Token, Entity]], context: Context
) -> Iterator[tuple[Entity, Token]]:
    """Who does something, other than to speak, in a sentence about the race."""
    if not _RACE.search(sentence.text):
        return
    for token, entity in people:
        first = token
        while first.dep_ == "conj":
            first = first.head
        verb = first.head
        if first.dep_ == "nsubj" and verb.pos_ == "VERB" and verb.lemma_ not in context.wording.words("say_verbs"):
            yield entity, token


def _sentence(doc: Doc, statement: Statement) -> Span | tuple[Token, ...]:
    for sentence in doc.sents:
        if sentence.start_char <= statement.evidence.start < sentence.end_char:
            return sentence
    return ()


def _people(sentence: Span, context: Context, *, pronouns: bool = False) -> list[tuple[Token, Entity]]:
    out = []
    for token in sentence:
        for mention in context.arguments.by_head.get(token.i, ()):
            if mention.type == PERSON and (pronouns or mention.kind != "pronoun") and mention.entity is not None:
                out.append((token, mention.entity))
    return out


def one_nomination(found: Sequence[Statement]) -> list[Statement]:
    """Statements without the rarer of two nominations that one person would seek: nobody runs in two parties."""
    sought: dict[str, Counter[str]] = {}
    for s in found:
        if s.relation == "stands_for" and s.object is not None and is_nomination(s.object.name):
            worded = s.object.name.partition(" ")[0] in s.evidence.text  # "for the Democratic nomination"
            sought.setdefault(s.subject.id, Counter())[s.object.name] += 10 if worded else 1
    own = {}
    for person, labels in sought.items():
        (first, most), (_, second) = [*labels.most_common(2), ("", 0)][:2]
        if most > second > 0:
            own[person] = first
    return [
        s for s in found
        if s.relation not in ("stands_for", "elected_to") or s.object is None or not is_nomination(s.object.name)
        or own.get(s.subject.id, s.object.name) == s.object.name
    ]  # fmt: skip


_LEADERSHIP = re.compile(
    r"(?:leadership|remaining|primary) (?:rival|contender)|rivals? for the (?:\w+ )?(?:leadership|nomination)"
)


def rivals_for_a_nomination(found: Sequence[Statement]) -> list[Statement]:
    """Statements without those that challenge a mere "rival": he is challenged only for a nomination that both seek."""
    sought: dict[str, set[str]] = {}
    for s in found:
        if s.relation == "stands_for" and s.object is not None and is_nomination(s.object.name):
            sought.setdefault(s.subject.id, set()).add(s.object.name)
    return [
        s for s in found
        if s.evidence.rule != "challenges/rival" or s.object is None or _LEADERSHIP.search(s.evidence.text)
        or sought.get(s.subject.id, set()) & sought.get(s.object.id, set())
    ]  # fmt: skip


def against_front_runner(context: Context, found: Sequence[Statement]) -> Iterator[Statement]:
    """Who runs for the nomination of the front-runner's party is said, in a sentence of rivalry, to challenge him."""
    contest: dict[str, set[str]] = {}
    for s in found:
        if s.relation == "stands_for" and s.object is not None and s.polarity == "positive":
            contest.setdefault(s.subject.id, set()).add(s.object.name)
    front = _front(context, contest)
    if not front:
        return
    for sentence in context.doc.sents:
        people = {e.id: (t, e) for t, e in _people(sentence, context, pronouns=True)}
        leaders = [e for _, e in people.values() if e.id in front]
        if len(leaders) != 1 or not _RIVALRY.search(sentence.text):
            continue
        leader = leaders[0]
        for token, person in people.values():
            shared = contest.get(person.id, set()) & contest.get(leader.id, set())
            if person.id == leader.id or not any(map(is_nomination, shared)):
                continue
            yield make_statement(
                "challenges", person, leader, token, context, polarity="positive", modality="actual",
                source=None, role="", topic="", rule="contests/front-runner", confidence=0.6,
            )  # fmt: skip


def _front(context: Context, contest: dict[str, set[str]]) -> frozenset[str]:
    """Who is called the front-runner or presumptive nominee, or has most delegates."""
    ids = set()
    names = {m.entity.name.split()[-1]: m.entity for ms in context.arguments.by_head.values() for m in ms
             if m.entity is not None and m.entity.id in contest}  # fmt: skip
    if names:
        surnames = "|".join(map(re.escape, names))
        chased = re.compile(rf"\b(?:{_BEHIND})[ -]?(?:[A-Z][a-z]+\.? )?({surnames})\b")
        counts = Counter(names[found].id for found in chased.findall(context.article.text))
        ids |= {i for i, n in counts.most_common(1) if n > 1}
    for token in spotted(context.doc, frozenset({"frontrunner", "nominee", "runner"})):
        word = token.lower_
        called = word in ("frontrunner", "nominee") or (
            word == "runner" and token.i > 1 and token.nbor(-2).lower_ == "front"
        )
        if word == "nominee" and not any(c.lower_ in ("presumptive", "likely") for c in children(token)):
            called = False
        if called:
            near = [token.head] if token.dep_ in ("compound", "nmod", "amod", "appos") else []
            near += [c for c in children(token) if c.dep_ == "appos"]
            if token.dep_ == "attr":
                near += [c for c in children(token.head) if c.dep_ == "nsubj"]
            ids |= {e.id for t in near for e in context.arguments.entities(t, types=(PERSON,), spread=False)}
    return frozenset(i for i in ids if any(map(is_nomination, contest.get(i, ()))))


def without_doubles(statements: Sequence[Statement]) -> list[Statement]:
    """Who runs for a nomination is not also told to run for president, nor to have won it by a single primary."""
    nominated = {
        (s.subject.id, s.polarity) for s in statements
        if s.relation == "stands_for" and s.object is not None and is_nomination(s.object.name)
    }  # fmt: skip
    return [
        s for s in statements
        if not (
            s.relation == "stands_for" and s.object is not None and s.object.name == PRESIDENT
            and (s.subject.id, s.polarity) in nominated
        )
    ]  # fmt: skip
