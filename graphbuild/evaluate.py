"""Precision, recall and F1 of statements against annotated articles, by relation, with each error explained.

A predicted statement is right when subject, relation, object and polarity are those of an annotated one (strict), and
the modality too (modal). Names match by the aliases that the annotation gives; phrase objects by the overlap of their
words. Each statement matches at most one of the other side (maximum bipartite matching).
"""

import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graphbuild.errors import GraphbuildError

_HONORIFICS = frozenset(
    "mr mrs ms miss mx dr sir dame lord lady baroness baron rt hon prof professor the rev senator congressman "
    "congresswoman rep sen president prime minister chancellor mp msp ms".split()
)
_PHRASES = frozenset(["calls_for", "opposes", "favours", "holds_role", "stands_for", "elected_to", "resigns_from"])
_STOP = frozenset("a an the of for in on at to and his her their its with by from s over as".split())
Record = dict[str, Any]


def fold(text: str) -> str:
    """Lower-case words without accents, possessives and punctuation."""
    plain = unicodedata.normalize("NFKD", text or "")
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold().replace("’", "'")
    return re.sub(r"[^a-z0-9]+", " ", re.sub(r"'s\b", "", plain)).strip()


def bare(name: str) -> str:
    """A folded name without honorifics."""
    words = fold(name).split()
    while len(words) > 1 and words[0] in _HONORIFICS:
        words = words[1:]
    return " ".join(words)


def _stems(text: str) -> set[str]:
    return {re.sub(r"(ies|es|s|ing|ed)$", "", w) if len(w) > 4 else w for w in fold(text).split() if w not in _STOP}


def overlap(first: str, second: str) -> float:
    """Dice overlap of the word stems of two phrases, 0 to 1."""
    a, b = _stems(first), _stems(second)
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def _label(value: Any) -> str:
    return (value.get("name") or value.get("label") or "") if isinstance(value, dict) else (value or "")


class _Accepted:
    """The names that one annotated article accepts for its entities."""

    def __init__(self, article: Record) -> None:
        self.names: dict[str, set[str]] = defaultdict(set)
        self.people: set[str] = set()
        for entity in article.get("entities", []):
            key = bare(entity["name"])
            self.names[key] |= {key, *(bare(a) for a in entity.get("aliases", []))}
            if entity.get("type") == "person":
                self.people.add(key)

    def same(self, gold: str, given: str) -> bool:
        g, p = bare(gold), bare(given)
        if not p or g == p:
            return bool(p)
        if g in self.people:
            a, b = g.split(), p.split()
            alike = len(b) > 1 and a[-1] == b[-1] and (set(a) <= set(b) or set(b) <= set(a))
            return alike or (p in self.names.get(g, {g}) and len(b) > 1)
        return p in self.names.get(g, {g}) or overlap(gold, given) >= 0.67


def _same_object(accepted: _Accepted, gold: Record, given: Record) -> bool:
    g, p = gold.get("object") or "", _label(given.get("object"))
    if not g or accepted.same(g, p):
        return True
    if gold["relation"] not in _PHRASES:
        return False
    extra = " ".join(filter(None, [p, given.get("role") or "", given.get("topic") or ""]))
    wanted = " ".join(filter(None, [g, gold.get("role") or ""]))
    return max(overlap(g, p), overlap(g, extra), overlap(wanted, extra)) >= 0.5


def matches(accepted: _Accepted, gold: Record, given: Record, modal: bool) -> bool:
    """Whether a predicted statement says what an annotated one says."""
    if gold["relation"] != given["relation"] or (gold.get("polarity") or "positive") != (
        given.get("polarity") or "positive"
    ):
        return False
    if modal and (gold.get("modality") or "actual") != (given.get("modality") or "actual"):
        return False
    if accepted.same(gold["subject"], _label(given["subject"])) and _same_object(accepted, gold, given):
        return True
    turned = {**given, "subject": given["object"], "object": given["subject"]}
    return (
        gold["relation"] == "meets"
        and accepted.same(gold["subject"], _label(turned["subject"]))
        and _same_object(accepted, gold, turned)
    )


def pair_up(
    accepted: _Accepted, golds: Sequence[Record], given: Sequence[Record], modal: bool = False
) -> dict[int, int]:
    """Maximum bipartite matching, annotated index -> predicted index (Kuhn's algorithm)."""
    edges = [[j for j, p in enumerate(given) if matches(accepted, g, p, modal)] for g in golds]
    owner: dict[int, int] = {}

    def place(i: int, seen: set[int]) -> bool:
        for j in edges[i]:
            if j not in seen:
                seen.add(j)
                if j not in owner or place(owner[j], seen):
                    owner[j] = i
                    return True
        return False

    for i in range(len(golds)):
        place(i, set())
    return {i: j for j, i in owner.items()}


@dataclass
class Score:
    """Counts of one evaluation; ``errors`` are (kind, cause, article, statement)."""

    right: Counter[str] = field(default_factory=Counter)
    gold: int = 0
    predicted: int = 0
    sources_right: int = 0
    relations: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    errors: list[tuple[str, str, str, Record]] = field(default_factory=list)

    def figures(self, kind: str) -> tuple[float, float, float]:
        """(precision, recall, F1) for kind "strict" or "modal"."""
        return _prf(self.right[kind], self.predicted, self.gold)

    def lines(self, errors: int = 0) -> Iterator[str]:
        """The score as a short readable table."""
        for kind in ("strict", "modal"):
            p, r, f = self.figures(kind)
            yield f"{kind:7} P {p:.3f}  R {r:.3f}  F1 {f:.3f}   ({self.right[kind]} of {self.predicted} predicted, {self.gold} annotated)"
        yield f"source  {self.sources_right / max(self.right['strict'], 1):.3f} of the right ones name the right source"
        for name, c in sorted(self.relations.items()):
            p, r, f = _prf(c["right"], c["predicted"], c["gold"])
            yield f"  {name:16} P {p:.2f}  R {r:.2f}  F1 {f:.2f}   annotated {c['gold']}, predicted {c['predicted']}"
        causes = Counter((kind, cause) for kind, cause, _, _ in self.errors)
        for (kind, cause), count in causes.most_common():
            yield f"  {kind}: {cause}: {count}"
        for kind, cause, article, s in self.errors[:errors]:
            evidence = s.get("evidence")
            text = evidence.get("text", "") if isinstance(evidence, dict) else str(evidence or "")
            yield f"{kind} ({cause}) {article} | {_label(s['subject'])} | {s['relation']} | {_label(s.get('object'))} | {text[:160]}"


def _prf(right: int, predicted: int, gold: int) -> tuple[float, float, float]:
    p, r = right / predicted if predicted else 0.0, right / gold if gold else 0.0
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def evaluate(gold: Iterable[Record], predicted: Iterable[Record]) -> Score:
    """Score predicted statements (lines of statements.jsonl) against annotated articles."""
    by_article: dict[str, list[Record]] = defaultdict(list)
    for statement in predicted:
        by_article[str(statement["article"])].append(statement)
    score = Score()
    for article in gold:
        golds, given = article["statements"], _distinct(by_article.get(str(article["id"]), []))
        accepted = _Accepted(article)
        strict = pair_up(accepted, golds, given)
        score.gold += len(golds)
        score.predicted += len(given)
        score.right["strict"] += len(strict)
        score.right["modal"] += len(pair_up(accepted, golds, given, modal=True))
        for i, j in strict.items():
            wanted, said = golds[i].get("source") or "", _label(given[j].get("source"))
            score.sources_right += (not wanted and not said) or (
                bool(wanted) and bool(said) and bare(wanted).split()[-1] == bare(said).split()[-1]
            )
        _count(score, accepted, article, golds, given, strict)
    return score


def _distinct(statements: Sequence[Record]) -> list[Record]:
    seen: dict[tuple[str, ...], Record] = {}
    for s in statements:
        key = (
            bare(_label(s["subject"])),
            s["relation"],
            fold(_label(s.get("object"))),
            s.get("polarity") or "positive",
            s.get("modality") or "actual",
        )
        seen.setdefault(key, s)
    return list(seen.values())


def _count(
    score: Score,
    accepted: _Accepted,
    article: Record,
    golds: Sequence[Record],
    given: Sequence[Record],
    strict: dict[int, int],
) -> None:
    hit = set(strict.values())
    for i, g in enumerate(golds):
        score.relations[g["relation"]]["gold"] += 1
        score.relations[g["relation"]]["right"] += i in strict
        if i not in strict:
            score.errors.append(("missed", _why_missed(accepted, g, given), str(article["id"]), g))
    for j, p in enumerate(given):
        score.relations[p["relation"]]["predicted"] += 1
        if j not in hit:
            score.errors.append(("false", _why_false(accepted, p, golds), str(article["id"]), p))


def _why_missed(accepted: _Accepted, gold: Record, given: Sequence[Record]) -> str:
    same = [p for p in given if p["relation"] == gold["relation"]]
    named = {bare(_label(p["subject"])) for p in given} | {bare(_label(p.get("object"))) for p in given}
    for p in same:
        subject, obj = accepted.same(gold["subject"], _label(p["subject"])), _same_object(accepted, gold, p)
        if subject and obj:
            return "wrong polarity"
        if subject or (obj and gold.get("object")):
            return "wrong argument"
    return "no trigger" if bare(gold["subject"]) in named else "no mention of the subject"


def _why_false(accepted: _Accepted, given: Record, golds: Sequence[Record]) -> str:
    for g in golds:
        subject, obj = accepted.same(g["subject"], _label(given["subject"])), _same_object(accepted, g, given)
        if subject and obj and g["relation"] != given["relation"]:
            return "other relation"
        if g["relation"] == given["relation"] and subject and obj:
            return "wrong polarity, or said twice"
        if g["relation"] == given["relation"] and (subject or (obj and g.get("object"))):
            return "wrong argument"
    return "not annotated"


def read_records(path: Path) -> list[Record]:
    """The lines of a JSONL file. Raises GraphbuildError naming the file and line that is not JSON."""
    records = []
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    records.append(json.loads(line))
                except ValueError as error:
                    raise GraphbuildError(f"{path}, line {number}: not JSON: {error}") from error
    return records


def evaluate_files(gold: Path, predicted: Path) -> Score:
    """Score a statements.jsonl, or the one in a build's folder, against a file of annotated articles."""
    path = predicted / "statements.jsonl" if predicted.is_dir() else predicted
    return evaluate(read_records(gold), read_records(path))
