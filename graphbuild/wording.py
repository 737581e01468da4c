"""Loads ontologies/english/: how each relation is put into words.

A relation's file lists *patterns*: a trigger (verb, noun or adjective) and where its arguments stand in the sentence.
Grammar (voice, control, relative clauses, coordination) is not the file's business; extract/syntax/grammar.py and
extract/syntax/participants.py know it once.

    relation: sacked_by
    patterns:
      - verbs: [sack, fire, dismiss]      # "May sacked Williamson", "Williamson was sacked by May"
        subject: [obj]                    # the logical object
        object: [subj]                    # the logical subject; "?" at the end of a list makes the slot optional
      - nouns: [sacking, dismissal]
        subject: [of, poss]
        object: [by, "?"]
    examples:
      - {text: "...", yields: [[Gavin Williamson, sacked_by, Theresa May]]}
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from graphbuild.errors import OntologyError

_PATTERN_KEYS = {
    "verbs", "nouns", "adjectives", "subject", "object", "topic", "role", "with", "clause", "polarity",
    "modality", "confidence", "phrase", "passive", "not_with", "types", "subject_types", "via", "under", "reset",
    "not_clause", "sentence", "not_sentence", "mutual",
}  # fmt: skip
_FILE_KEYS = {"relation", "patterns", "examples"}
SLOTS = {
    "subj", "obj", "surface", "poss", "mod", "attr", "head", "clause_subj", "clause_obj", "clause_role", "comp", "clause", "label", "labelled", "claimant", "hearer", "self", "told", "clause_own", "dative_above", "phrase_mod",
    "obj_poss", "subj_poss", "seat", "seat_obj", "clause_seat", "clause_by", "giver", "included", "above", "receiver", "opposite", "rival_of", "dative", "for_whom", "?",
}  # fmt: skip  # besides these, any preposition names its object, and with "_poss" whose that object is
TYPES = {"person", "organisation", "group", "place"}


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way to word a relation. ``needs`` maps a slot to the lemmas that must stand there ("throw *weight* behind").
    With ``mutual`` the actors joined by "and" in the subject's slot do it with each other ("Foster and O'Neill met").
    ``clause`` names the word set that the complement clause's verb must be in ("urge him *to quit*"). ``wanted`` are
    sets of words of which the sentence must have one each, or else the pattern need not be tried."""

    relation: str
    rule: str
    kind: str
    lemma: str
    particle: str
    subject: tuple[str, ...]
    object: tuple[str, ...]
    subject_optional: bool
    object_optional: bool
    topic: tuple[str, ...]
    role: tuple[str, ...]
    needs: tuple[tuple[str, frozenset[str]], ...]
    bars: tuple[tuple[str, frozenset[str]], ...]
    clause: frozenset[str]
    not_clause: frozenset[str]
    sentence: frozenset[str]
    not_sentence: frozenset[str]
    under: frozenset[str]
    reset: bool
    polarity: str
    modality: str
    confidence: float
    phrase: bool
    passive: bool | None
    types: frozenset[str]
    subject_types: frozenset[str]
    via: bool
    mutual: bool
    wanted: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence and the statements that it must (and, where empty, must not) yield."""

    text: str
    yields: tuple[tuple[str, ...], ...]
    file: str


@dataclass(frozen=True)
class Wording:
    """Patterns by (kind, lemma), named word sets, kinds of like nouns, and the examples of every file."""

    patterns: dict[tuple[str, str], tuple[Pattern, ...]]
    sets: dict[str, frozenset[str]]
    examples: tuple[Example, ...]
    like_nouns: tuple[frozenset[str], ...] = ()
    data: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def triggers(self) -> frozenset[str]:
        """The lemmas that have a pattern."""
        return frozenset(lemma for _, lemma in self.patterns)

    @cached_property
    def _by_first_wanted(self) -> dict[tuple[str, str], dict[str, tuple[int, ...]]]:
        """Where the patterns of a trigger stand by the words of their first wanted set, "" for those that want none: a
        common verb has dozens, of which a sentence calls for one or two."""
        out: dict[tuple[str, str], dict[str, tuple[int, ...]]] = {}
        for key, patterns in self.patterns.items():
            places = defaultdict(list)
            for place, pattern in enumerate(patterns):
                for word in pattern.wanted[0] if pattern.wanted else ("",):
                    places[word].append(place)
            out[key] = {word: tuple(found) for word, found in places.items()}
        return out

    def fitting(self, kind: str, lemma: str, sentence: frozenset[str]) -> list[Pattern]:
        """The patterns of a trigger whose wanted words the sentence has, in their order."""
        places = self._by_first_wanted.get((kind, lemma))
        if places is None:
            return []
        found = set(places.get("", ())).union(*(places[word] for word in places.keys() & sentence))
        patterns = (self.patterns[kind, lemma][place] for place in sorted(found))
        return [p for p in patterns if len(p.wanted) < 2 or not any(w.isdisjoint(sentence) for w in p.wanted[1:])]

    def words(self, name: str) -> frozenset[str]:
        """The word set ``name``; raises OntologyError when lexicon.yaml has none."""
        try:
            return self.sets[name]
        except KeyError:
            known = ", ".join(sorted(self.sets))
            raise OntologyError(f"lexicon.yaml: no word set {name!r}; there are {known}") from None

    def nouns_like(self, noun: str) -> frozenset[str]:
        """The nouns that may name the same thing as one in lower case, itself with them; none when it is of no kind."""
        return next((kind for kind in self.like_nouns if noun in kind), frozenset())


def _read(path: Path) -> Any:
    try:
        # Scalars stay strings: YAML 1.1 would read the prepositions "on" and "off" as booleans.
        return yaml.load(path.read_text("utf-8"), Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    except yaml.YAMLError as error:
        raise OntologyError(f"{path.name}: not valid YAML: {' '.join(str(error).split())}") from error


def _words(value: Any, sets: dict[str, frozenset[str]], where: str) -> frozenset[str]:
    """Expand a word list in which "@name" stands for a word set."""
    out: set[str] = set()
    for word in [value] if isinstance(value, str) else value:
        if str(word).startswith("@"):
            if word[1:] not in sets:
                raise OntologyError(f"{where}: unknown word set {word!r}; allowed are {', '.join(sorted(sets))}")
            out |= sets[word[1:]]
        else:
            out.add(str(word))
    return frozenset(out)


def _slots(value: Any, where: str) -> tuple[tuple[str, ...], bool]:
    names = [value] if isinstance(value, str) else list(value or [])
    for name in names:
        if not (name in SLOTS or name.replace("_", "").isalpha()):
            raise OntologyError(
                f"{where}: unknown slot {name!r}; allowed are {', '.join(sorted(SLOTS))} or a preposition"
            )
    return tuple(n for n in names if n != "?"), "?" in names


def _flag(value: str | None) -> bool:
    return value == "true"


def _check_keys(entry: dict[str, Any], allowed: set[str], where: str) -> None:
    unknown = sorted(set(entry) - allowed)
    if unknown:
        raise OntologyError(f"{where}: unknown key {unknown[0]!r}; allowed are {', '.join(sorted(allowed))}")


def _patterns(entry: dict[str, Any], relation: str, where: str, sets: dict[str, frozenset[str]]) -> list[Pattern]:
    _check_keys(entry, _PATTERN_KEYS, where)
    subject, subject_optional = _slots(entry.get("subject"), where)
    obj, object_optional = _slots(entry.get("object"), where)
    if not subject:
        raise OntologyError(f"{where}: a pattern needs the key 'subject'; allowed are {', '.join(sorted(SLOTS))}")
    common = {
        "relation": relation,
        "subject": subject,
        "object": obj,
        "subject_optional": subject_optional,
        "object_optional": object_optional or not obj,
        "topic": _slots(entry.get("topic"), where)[0],
        "role": _slots(entry.get("role"), where)[0],
        "needs": tuple(sorted((k, _words(v, sets, where)) for k, v in (entry.get("with") or {}).items())),
        "bars": tuple(sorted((k, _words(v, sets, where)) for k, v in (entry.get("not_with") or {}).items())),
        "clause": _words(entry["clause"], sets, where) if entry.get("clause") else frozenset(),
        "not_clause": _words(entry.get("not_clause") or [], sets, where),
        "sentence": _words(entry.get("sentence") or [], sets, where),
        "not_sentence": _words(entry.get("not_sentence") or [], sets, where),
        "under": _words(entry.get("under") or [], sets, where),
        "reset": _flag(entry.get("reset")),
        "polarity": entry.get("polarity", "positive"),
        "modality": entry.get("modality", ""),
        "confidence": float(entry.get("confidence", 0.9)),
        "phrase": _flag(entry.get("phrase")),
        "passive": _flag(entry["passive"]) if "passive" in entry else None,
        "types": frozenset(entry.get("types") or ("person", "organisation", "group")),
        "subject_types": frozenset(entry.get("subject_types") or ("person", "organisation", "group")),
        "via": _flag(entry.get("via")),
        "mutual": _flag(entry.get("mutual")),
    }
    # What must stand in a slot must stand in the sentence, and so must a preposition that must have an object.
    must = [
        words or frozenset({slot.split("_")[0]})
        for slot, words in common["needs"]
        if words or slot not in ("obj", "comp")
    ]
    common["wanted"] = (*must, *([common["sentence"]] if common["sentence"] else []))
    if bad := sorted((common["types"] | common["subject_types"]) - TYPES):
        raise OntologyError(f"{where}: unknown type {bad[0]!r}; allowed are {', '.join(sorted(TYPES))}")
    out = []
    for key, kind in (("verbs", "verb"), ("nouns", "noun"), ("adjectives", "adj")):
        for word in sorted(_words(entry.get(key) or [], sets, where)):
            lemma, _, particle = word.partition(" ")
            rule = f"{relation}/{word.replace(' ', '-')}"
            wanted = (*common["wanted"], *(frozenset({word}) for word in particle.split()))
            out.append(Pattern(rule=rule, kind=kind, lemma=lemma, particle=particle, **common | {"wanted": wanted}))
    if not out:
        raise OntologyError(f"{where}: a pattern needs one of the keys verbs, nouns, adjectives")
    return out


def _kinds(content: Any, where: str) -> tuple[frozenset[str], ...]:
    if not isinstance(content, list) or not all(isinstance(kind, list) for kind in content):
        raise OntologyError(f"{where}: must be a list of lists of nouns")
    twice = sorted(noun for noun, n in Counter(noun for kind in content for noun in kind).items() if n > 1)
    if twice:
        raise OntologyError(f"{where}: the noun {twice[0]!r} stands twice; a noun is of one kind")
    return tuple(frozenset(kind) for kind in content)


def load_sets(file: Path) -> dict[str, frozenset[str]]:
    """The word sets of a file such as lexicon.yaml by their names; in one "@name" stands for a set before it."""
    sets: dict[str, frozenset[str]] = {}
    for name, words in _read(file).items():
        sets[name] = _words(words, sets, f"{file.name}, {name}")
    return sets


def load_wording(directory: Path, relations: frozenset[str]) -> Wording:
    """Load every file of ontologies/english/. Raises OntologyError naming the file, the key and what is allowed."""
    sets = load_sets(directory / "lexicon.yaml")
    index: dict[tuple[str, str], list[Pattern]] = defaultdict(list)
    examples: list[Example] = []
    data: dict[str, Any] = {}
    like_nouns: tuple[frozenset[str], ...] = ()
    for path in sorted(directory.glob("*.yaml")):
        if path.name in ("lexicon.yaml", "grammar.yaml"):
            continue
        content = _read(path)
        if path.name == "like_nouns.yaml":
            like_nouns = _kinds(content, path.name)
            continue
        if not isinstance(content, dict) or "relation" not in content:
            data[path.stem] = content
            continue
        _check_keys(content, _FILE_KEYS, path.name)
        relation = content["relation"]
        if relation not in relations:
            raise OntologyError(
                f"{path.name}: unknown relation {relation!r}; allowed are {', '.join(sorted(relations))}"
            )
        for number, entry in enumerate(content.get("patterns") or [], 1):
            for pattern in _patterns(entry, relation, f"{path.name}, pattern {number}", sets):
                index[pattern.kind, pattern.lemma].append(pattern)
        for entry in content.get("examples") or []:
            _check_keys(entry, {"text", "yields", "why"}, f"{path.name}, example")
            yields = tuple(tuple(str(v) for v in item) for item in entry.get("yields") or [])
            examples.append(Example(entry["text"], yields, path.name))
    return Wording({k: tuple(v) for k, v in index.items()}, sets, tuple(examples), like_nouns, data)
