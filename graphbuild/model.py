"""The values that the stages hand to each other: frozen, slotted, stdlib only.

    Article -> (Doc) -> Mention -> Statement(+ Evidence) -> triples

Dates are ISO 8601 strings at the precision that is known ("2016-06-26", "2016-06", "2016") and "" when unknown, so
that a missing date stays missing and comparison is plain string comparison. Character offsets always count
code points of ``Article.text``, the stored text, exactly as it was read; cleaning marks passages, it never cuts them.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, fields
from typing import Any

PERSON, ORGANISATION, GROUP, PLACE, PHRASE = "person", "organisation", "group", "place", "phrase"
ENTITY_TYPES = (PERSON, ORGANISATION, GROUP, PLACE, PHRASE)
POLARITIES = ("positive", "negative")
MODALITIES = ("actual", "intended", "possible", "alleged")


def digest(parts: Iterable[str]) -> str:
    """Hash parts to 24 hexadecimal digits; the separator cannot occur in them, so ("a", "bc") and ("ab", "c") differ.

    >>> digest(["a", "bc"]) == digest(["ab", "c"])
    False
    """
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:24]


@dataclass(frozen=True, slots=True)
class Dropped:
    """A passage of an article that is not part of the story: ``text[start:end]`` and why it is left out."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Article:
    """One news article as stored. Only ``id`` and ``text`` are needed.

    ``date`` is the publication date, ``source`` the outlet. ``dropped`` lists the passages that cleaning found to be
    boilerplate, sorted and disjoint. ``family`` names the group of copies of one text (the id of its first member).
    """

    id: str
    text: str
    title: str = ""
    date: str = ""
    source: str = ""
    url: str = ""
    language: str = ""
    author: str = ""
    family: str = ""
    dropped: tuple[Dropped, ...] = ()

    @property
    def content_hash(self) -> str:
        """Hash of everything a build reads from this article."""
        return digest([self.id, self.title, self.date, self.source, self.url, self.text])


@dataclass(frozen=True, slots=True)
class Entity:
    """A node of the graph: person, organisation, group, place, or phrase (a policy, post or seat in words).

    ``id`` is the local part of its IRI, for example "person/keir-starmer"; vocab.py mints it and turns it into an IRI.
    ``name`` is the canonical full name without honorific. ``same_as`` lists Wikidata ids such as "Q6383803".
    What the gazetteer knows: ``party``, the name of a person's party, and ``kind``, "politician", "party", "country" or
    the kind of a body ("government", "council", "newspaper"); "" for an entity that only the article knows, but "people"
    for a group that is a nation's ("Americans").
    """

    id: str
    name: str
    type: str
    aliases: tuple[str, ...] = field(default=(), compare=False)
    same_as: tuple[str, ...] = field(default=(), compare=False)
    party: str = field(default="", compare=False)
    kind: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in an article that denotes an entity: ``article.text[start:end] == text``.

    ``first`` and ``last`` are the first and last token (inclusive) in the article's Doc, ``head`` its syntactic head.
    ``kind`` is "name", "nominal" ("the prime minister", "Labour MPs"), "title" (words beside a name that tell its bearer's
    post) or "pronoun". ``entity`` is None when the mention is a person or body that cannot be resolved; such a mention
    never becomes a node.
    """

    start: int
    end: int
    text: str
    type: str
    kind: str
    first: int
    last: int
    head: int
    entity: Entity | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where one statement was found: the sentence (``text`` == stored text [start:end]), the trigger word in it, the
    name of the rule, and the confidence (0 to 1, calibrated on annotated articles)."""

    article: str
    start: int
    end: int
    text: str
    trigger: str = ""
    rule: str = ""
    confidence: float = 1.0

    @property
    def id(self) -> str:
        """Content hash without the statement; graph.py combines it with the statement's."""
        return digest([self.article, str(self.start), str(self.end), self.rule])


@dataclass(frozen=True, slots=True)
class Statement:
    """Subject, relation, object, and how the article presents it, with one piece of evidence.

    The same claim found elsewhere is another value with the same ``id``, so merging is set union.
    ``object`` is None when the text does not say (sacked by whom). ``source`` is who says so when the article attributes
    the statement. ``direct`` tells whether it may become a plain edge: positive, actual and in the article's own voice.
    """

    subject: Entity
    relation: str
    object: Entity | None
    evidence: Evidence
    polarity: str = "positive"
    modality: str = "actual"
    source: Entity | None = None
    topic: str = ""
    role: str = ""
    date: str = ""

    @property
    def id(self) -> str:
        """Content hash of subject, relation, object, polarity, modality, source, date and role."""
        return digest(
            [
                self.subject.id,
                self.relation,
                self.object.id if self.object else "",
                self.polarity,
                self.modality,
                self.source.id if self.source else "",
                self.date,
                self.role,
            ]
        )

    @property
    def direct(self) -> bool:
        return (
            self.polarity == "positive"
            and self.modality == "actual"
            and self.source is None
            and self.object is not None
        )


def to_dict(value: Article | Entity | Mention | Evidence | Statement | Dropped) -> dict[str, Any]:
    """Plain dictionary of a value, ready for JSON."""
    return asdict(value)


def entity_from_dict(data: dict[str, Any] | None) -> Entity | None:
    """The inverse of to_dict for an entity; None stays None."""
    if data is None:
        return None
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in data.items()}
    return Entity(**values)


def statement_from_dict(data: dict[str, Any]) -> Statement:
    """The inverse of to_dict for a statement."""
    subject = entity_from_dict(data["subject"])
    if subject is None:
        raise ValueError("a statement has no subject")
    rest = {k: v for k, v in data.items() if k not in ("subject", "object", "source", "evidence")}
    return Statement(
        subject=subject,
        object=entity_from_dict(data["object"]),
        source=entity_from_dict(data["source"]),
        evidence=Evidence(**data["evidence"]),
        **rest,
    )


def article_from_dict(data: dict[str, Any]) -> Article:
    """The inverse of to_dict for an article; unknown keys are an error."""
    known = {f.name for f in fields(Article)}
    unknown = sorted(set(data) - known)
    if unknown:
        raise ValueError(f"unknown article keys {unknown}; allowed are {sorted(known)}")
    dropped = tuple(Dropped(**d) for d in data.get("dropped", ()))
    return Article(**{**data, "dropped": dropped})
