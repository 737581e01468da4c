"""Quotations and who speaks them: spans between quote marks, over paragraphs, with the speaker's head token.

A state machine over straight quote marks, one paragraph at a time; a paragraph that opens with a mark while the last
one was left open, or that is all quotation after a quotation, continues the same speaker. Speakers stand before
("X said: '...'"), inside ("'...', X said, '...'") or after; a bare quotation goes to the speaker of the one before.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from graphbuild.ontology import word_set

SAYING = word_set("saying")
# Doing these one speaks as well: "Davey hit out at the Tories. 'They have no plan.'"
SPEAKING = SAYING | frozenset(
    """criticise criticize attack condemn denounce slam blast lambast hit lash praise welcome thank defend reject dismiss
    apologise apologize appeal address speak respond answer launch rule blame back endorse oppose outline set echo hail
    stress underline point""".split()
)
# What is written, sent or broadcast: its words are its author's.
DOCUMENTS = word_set("documents")


@dataclass(frozen=True, slots=True)
class QuoteSpan:
    """Tokens first..last stand in quotation marks; ``speaker_head`` and ``cue`` are token indexes where known."""

    first: int
    last: int
    speaker_head: int | None = None
    cue: int | None = None


def _marks(doc: Doc, single: bool) -> list[int]:
    out = []
    for token in doc:
        if token.text in ('"', "``", "''"):
            out.append(token.i)
        elif single and token.text in ("'", "`"):
            before = doc[token.i - 1] if token.i else None
            opens = (token.i == 0 or bool(before.whitespace_) or before.text in "([-:") and not token.whitespace_  # type: ignore[union-attr]
            closes = before is not None and (before.is_punct or token.whitespace_ != "" or token.i + 1 == len(doc))
            if opens or (closes and not (before is not None and before.text.endswith("s") and token.tag_ == "POS")):
                out.append(token.i)
    return out


def _marks_in_use(doc: Doc, paragraph_of: Sequence[int]) -> list[int]:
    """The marks that quote: double ones, where the article has any; single ones if it mostly has those, but for
    paragraphs in double marks alone."""
    doubles, both = _marks(doc, single=False), _marks(doc, single=True)
    if len(doubles) < 2:
        return both
    singles = sorted(set(both) - set(doubles))
    if len(singles) <= len(doubles):
        return doubles
    counts = Counter(paragraph_of[i] for i in singles)
    return sorted(
        [i for i in singles if counts[paragraph_of[i]] > 1] + [i for i in doubles if counts[paragraph_of[i]] < 2]
    )


def _spans(doc: Doc) -> list[tuple[int, int]]:
    """(first, last) of every quoted stretch, marks left out; an unclosed mark runs to the end of its paragraph."""
    paragraph_of = doc.user_data.get("paragraphs") or [0] * len(doc)
    by_paragraph: dict[int, list[int]] = {}
    for index in _marks_in_use(doc, paragraph_of):
        by_paragraph.setdefault(paragraph_of[index], []).append(index)
    ends: dict[int, int] = {}
    for index, paragraph in enumerate(paragraph_of):
        ends[paragraph] = index
    out = []
    for paragraph, indexes in sorted(by_paragraph.items()):
        open_at: int | None = None
        for index in indexes:
            token = doc[index]
            opens = not token.whitespace_ and (
                index == 0
                or bool(doc[index - 1].whitespace_)
                or doc[index - 1].is_punct
                or paragraph_of[index - 1] != paragraph
            )
            if open_at is None:
                open_at = index
            elif opens and index - open_at > 1 and doc[index - 1].is_sent_end and bool(doc[index - 1].whitespace_):
                out.append((open_at + 1, index - 1))  # a second opening mark: the first was never closed
                open_at = index
            else:
                if index - open_at > 1:
                    out.append((open_at + 1, index - 1))
                open_at = None
        if open_at is not None and ends[paragraph] > open_at + 2:
            out.append((open_at + 1, ends[paragraph]))
    return out


def _speaker(verb: Token) -> int | None:
    """Head of who says it: the verb's subject, or that of the clause it depends on."""
    own = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass") and c.lower_ not in ("it", "which")]
    if len(own) > 1:  # "co-host X wrote" read as two subjects
        own = [c for c in own if c.ent_type_ == "PERSON"] or own
    for child in own:
        if child.lower_ in ("who", "that") and verb.dep_ == "relcl":
            return verb.head.i
        return _author(child, verb)
    above = verb.head
    if verb.dep_ in ("conj", "advcl", "xcomp", "acl", "relcl") and above.i != verb.i:
        if verb.dep_ in ("acl", "relcl") and above.pos_ in ("NOUN", "PROPN"):
            return _author(above, verb)
        teller = above.head
        if (
            verb.dep_ in ("advcl", "conj")
            and above.dep_ == "ccomp"
            and teller.lemma_.lower() in SAYING
            and (verb.tag_ == "VBG" or (verb.tag_ == "VBD" and above.tag_ != "VBD"))
        ):
            return _speaker(teller)  # "added that his wife will campaign, saying '...'": who added says it
        return _speaker(above)
    before = verb.doc[verb.i - 1] if verb.i else verb
    return before.i if before.pos_ == "PROPN" and before.sent == verb.sent else None


def _author(subject: Token, verb: Token) -> int:
    """For what is written or broadcast ("their letter concluded", "issued a statement saying") whose it is."""
    if subject.lemma_.lower() not in DOCUMENTS:
        return subject.i
    owners = [c for c in subject.children if c.dep_ == "poss"]
    owners += [g for c in subject.children if c.dep_ == "prep" and c.lower_ in ("by", "from") for g in c.children]
    if owners:
        return owners[0].i
    above = subject.head if subject.dep_ != "pobj" else subject.head.head
    if above != verb and above.pos_ == "VERB" and subject.dep_ in ("dobj", "pobj"):
        found = next((c.i for c in above.children if c.dep_ == "nsubj"), None)
        return subject.i if found is None else found
    return subject.i


def _cue(doc: Doc, first: int, last: int, quoted: set[int]) -> Token | None:
    """The reporting verb just before or after a quotation, in the same paragraph."""
    paragraph_of = doc.user_data.get("paragraphs") or [0] * len(doc)
    here = paragraph_of[first]
    # "X said: '...'" and "X said '...'"
    for index in range(first - 2, max(first - 40, -1), -1):
        token = doc[index]
        if paragraph_of[index] != here:
            break
        if index in quoted:
            continue
        if token.is_sent_end and token.text in ".!?" and index < first - 2:
            break
        if token.pos_ == "VERB" and token.lemma_.lower() in SAYING and _speaker(token) is not None:
            return token
        if token.lower_ == "according" and _according(token) is not None and index > first - 12:
            return token
    for index in range(last + 1, min(last + 14, len(doc))):
        token = doc[index]
        if token.lower_ == "words" and index > 1 and doc[index - 2].lower_ == "in" and _according(token) is not None:
            return token  # "'...', in the words of Ian Blackford"
        if paragraph_of[index] != here or (token.text in ".!?;" and index > last + 2):
            break
        if index in quoted:
            continue
        if token.pos_ in ("VERB", "AUX") and token.lemma_.lower() in SAYING and _speaker(token) is not None:
            return token
        if token.lower_ == "according" and _according(token) is not None:
            return token
    return None


def _according(token: Token) -> int | None:
    """Whom "according to" names."""
    return next((g.i for c in token.children for g in c.children if g.dep_ == "pobj"), None)


def _said_by(cue: Token | None) -> int | None:
    if cue is None:
        return None
    return _according(cue) if cue.lower_ in ("according", "words") else _speaker(cue)


def _outside(doc: Doc, speaker: int, cue: Token, last: int, quoted: set[int]) -> int | None:
    """The name between a quotation and its verb, where the parser took a word of the quotation for the subject:
    "'... and so are we,' House chairman Jerry Nadler said"."""
    if cue.i <= last:
        return speaker
    names = [t for t in doc[last + 1 : cue.i] if t.pos_ == "PROPN" and t.ent_type_ == "PERSON" and t.i not in quoted]
    return next((t.i for t in names if doc[t.i + 1].ent_type_ != "PERSON"), speaker)


def _named_before_colon(doc: Doc, first: int) -> int | None:
    """The name in "Ed Davey: 'They have no plan'"."""
    if first < 3 or doc[first - 2].text != ":" or doc[first - 3].pos_ != "PROPN":
        return None
    begin = doc[first - 3].left_edge.i
    paragraph_of = doc.user_data.get("paragraphs") or [0] * len(doc)
    opens = begin == 0 or doc[begin].is_sent_start or paragraph_of[begin - 1] != paragraph_of[begin]
    return first - 3 if opens and first - 3 - begin < 6 else None


def _told_before(doc: Doc, first: int, quoted: set[int]) -> Token | None:
    """For a quotation that opens its paragraph, or follows a full stop, without a reporting verb of its own: the verb
    of the sentence before it, when somebody speaks there."""
    paragraph_of = doc.user_data.get("paragraphs") or [0] * len(doc)
    before = first - 2
    while before >= 0 and (doc[before].is_space or doc[before].text in ("'", '"')):
        before -= 1
    if (
        before < 0
        or paragraph_of[first] - paragraph_of[before] > 1
        or not (doc[before].is_punct or doc[before].is_sent_end)
    ):
        return None
    if before in quoted or (paragraph_of[first] == paragraph_of[before] and doc[before].text not in ".!?:"):
        return None
    root = doc[before].sent.root
    verbs = (root, *(c for c in root.children if c.dep_ in ("conj", "xcomp", "advcl")))
    for verb in verbs:
        if verb.i not in quoted and verb.lemma_.lower() in SPEAKING and _speaker(verb) is not None:
            return verb
    # "Mr Howard was dismissive. 'These things happen.'": whoever the sentence before is about
    if root.i not in quoted and root.pos_ in ("VERB", "AUX") and paragraph_of[first] != paragraph_of[before]:
        speaker = _speaker(root)
        if speaker is not None and (doc[speaker].pos_ == "PROPN" or doc[speaker].lower_ in ("he", "she")):
            return root
    return None


def _clause_before_colon(doc: Doc, first: int, quoted: set[int]) -> Token | None:
    """The verb of "Rubio turned to him: '...'": a clause that a colon ties to the quotation."""
    if first < 4 or doc[first - 2].text != ":":
        return None
    for node in (doc[first - 3], *doc[first - 3].ancestors):
        if node.pos_ in ("VERB", "AUX") and node.i < first and node.i not in quoted:
            speaker = _speaker(node)
            if speaker is not None and (doc[speaker].pos_ == "PROPN" or doc[speaker].lower_ in ("he", "she")):
                return node
    return None


def _named_after(doc: Doc, last: int) -> int | None:
    """The name that signs a quotation: "'...' - Ilhan Omar, congresswoman"."""
    paragraph_of = doc.user_data.get("paragraphs") or [0] * len(doc)
    rest = []
    for index in range(last + 2, min(last + 16, len(doc))):
        if paragraph_of[index] != paragraph_of[last]:
            break
        rest.append(doc[index])
    if not rest or len(rest) > 13 or any(t.pos_ in ("VERB", "AUX") or t.text in ("'", '"', ".") for t in rest[:-1]):
        return None
    names = [t for t in rest[:6] if t.pos_ == "PROPN" and t.ent_type_ == "PERSON"]
    return next((t.i for t in names if t.i + 1 == len(doc) or doc[t.i + 1].ent_type_ != "PERSON"), None)


def quote_spans(doc: Doc) -> list[QuoteSpan]:
    """Every quotation of the Doc in text order, with its speaker where the text gives one; found once for a Doc."""
    known: list[QuoteSpan] | None = doc.user_data.get("quotations")
    if known is not None:
        return known
    doc.user_data["quotations"] = found = _quote_spans(doc)
    return found


def _quote_spans(doc: Doc) -> list[QuoteSpan]:
    paragraph_of = doc.user_data.get("paragraphs") or [0] * len(doc)
    spans = _spans(doc)
    quoted = {i for first, last in spans for i in range(first, last + 1)}
    out: list[QuoteSpan] = []
    for first, last in spans:
        cue = _cue(doc, first, last, quoted)
        speaker = _said_by(cue)
        if speaker is not None and cue is not None and speaker in quoted:
            speaker = _outside(doc, speaker, cue, last, quoted)
        if speaker is None:
            speaker = _named_before_colon(doc, first)
        if speaker is None and out:
            before = out[-1]
            gap = paragraph_of[first] - paragraph_of[before.last]
            between = [doc[i] for i in range(before.last + 1, first) if not doc[i].is_punct and not doc[i].is_space]
            starts = first < 2 or paragraph_of[first - 2] != paragraph_of[first]
            long = last - first >= 5
            if before.speaker_head is not None and (
                (gap <= 1 and starts and long and len(between) <= 12) or (gap == 0 and long and len(between) <= 10)
            ):
                speaker = before.speaker_head
                cue = doc[before.cue] if before.cue is not None else None
        if speaker is None and last - first >= 5:
            cue = _told_before(doc, first, quoted) or _clause_before_colon(doc, first, quoted)
            speaker = _said_by(cue) if cue is not None else _named_after(doc, last)
        out.append(QuoteSpan(first, last, speaker, cue.i if cue is not None else None))
    return out
